#include "core/media/voice_echo_filter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foyer::media {
namespace {

// Share of a transform's samples that are new: how much of a filter's error shows in one block.
constexpr float kNewShare = static_cast<float>(kVoiceBlock) / static_cast<float>(kVoiceFft);
// How much of the filter's power a block is expected to change while the far end is heard: rooms
// and clocks move. Larger follows faster and hears more of the near end.
constexpr float kForget = 0.0005F;
// The first guess of an echo path: about -6 dB in all, falling as rooms do.
constexpr float kStartPower = 0.12F;
constexpr float kStartDecay = 0.7F;
// Below about -66 dBFS the far end teaches nothing.
constexpr float kFarFloor = 16.0F * 16.0F;
constexpr float kDisturbanceSmoothing = 0.6F;
constexpr float kDisturbanceFloor = 50.0F;
constexpr float kUncertainFloor = 1e-9F;
// A filter whose output is louder than its input knows another room than this one.
constexpr float kWatchSmoothing = 0.85F;
constexpr float kDiverged = 1.15F;
constexpr int kBlocksBetweenDoubts = 15;
// A doubt so soon after another: the first guess is too loud for this room, or there is no echo.
constexpr int kSoonBlocks = 60;
constexpr float kLowestStartPower = 1e-4F;
constexpr float kConverged = 0.5F;

float powerOf(std::span<const float> block) {
  float sum = 0;
  for (const float s : block) sum += s * s;
  return sum / static_cast<float>(block.size());
}

}  // namespace

EchoFilter::EchoFilter()
    : m_xRe(kPartitions * kStride),
      m_xIm(kPartitions * kStride),
      m_xPower(kPartitions * kStride),
      m_wRe(kPartitions * kStride),
      m_wIm(kPartitions * kStride),
      m_uncertain(kPartitions * kStride),
      m_wasRe(kTracked * kStride),
      m_wasIm(kTracked * kStride),
      m_taps(kTaps) {
  expectEcho();
}

void EchoFilter::expectEcho() {
  m_startPower = kStartPower;
  m_sinceDoubt = kSoonBlocks;
  doubt();
}

void EchoFilter::doubt() {
  if (m_sinceDoubt < kBlocksBetweenDoubts) return;
  if (m_sinceDoubt < kSoonBlocks) m_startPower = std::max(m_startPower / 2, kLowestStartPower);
  float power = m_startPower;
  for (std::size_t p = 0; p < kPartitions; ++p, power *= kStartDecay) {
    for (std::size_t k = 0; k < kVoiceBins; ++k) {
      float& uncertain = m_uncertain[p * kStride + k];
      uncertain = std::max(uncertain, power);
    }
  }
  m_sinceDoubt = 0;
}

void EchoFilter::process(std::span<const float> far, std::span<const float> near,
                         std::span<float> echo, std::span<float> error) {
  std::copy(m_farFrame.begin() + kVoiceBlock, m_farFrame.end(), m_farFrame.begin());
  std::copy(far.begin(), far.end(), m_farFrame.end() - kVoiceBlock);
  m_head = (m_head + kPartitions - 1) % kPartitions;
  float* const xRe = &m_xRe[slotOf(0)];
  float* const xIm = &m_xIm[slotOf(0)];
  m_fft.forward(m_farFrame, {xRe, kStride}, {xIm, kStride});
  float* const xPower = &m_xPower[slotOf(0)];
  for (std::size_t k = 0; k < kVoiceBins; ++k) xPower[k] = xRe[k] * xRe[k] + xIm[k] * xIm[k];

  m_re.fill(0);
  m_im.fill(0);
  for (std::size_t p = 0; p < kPartitions; ++p) {
    const float* const __restrict ar = &m_xRe[slotOf(p)];
    const float* const __restrict ai = &m_xIm[slotOf(p)];
    const float* const __restrict br = &m_wRe[p * kStride];
    const float* const __restrict bi = &m_wIm[p * kStride];
    for (std::size_t k = 0; k < kStride; ++k) {
      m_re[k] += ar[k] * br[k] - ai[k] * bi[k];
      m_im[k] += ar[k] * bi[k] + ai[k] * br[k];
    }
  }
  m_fft.inverse(m_re, m_im, m_time);
  std::copy(m_time.end() - kVoiceBlock, m_time.end(), echo.begin());
  for (std::size_t i = 0; i < kVoiceBlock; ++i) error[i] = near[i] - echo[i];

  std::fill(m_time.begin(), m_time.end() - kVoiceBlock, 0.0F);
  std::copy(error.begin(), error.end(), m_time.end() - kVoiceBlock);
  m_fft.forward(m_time, m_re, m_im);

  const bool isFarActive = powerOf(far) > kFarFloor;
  ++m_sinceDoubt;
  if (isFarActive) watchForDivergence(near, error);
  learn(isFarActive);
  constrain(0);
  constrain(1 + m_next);
  m_next = (m_next + 1) % (kPartitions - 1);
}

void EchoFilter::watchForDivergence(std::span<const float> near, std::span<const float> error) {
  m_nearPower += (1 - kWatchSmoothing) * (powerOf(near) - m_nearPower);
  m_errorPower += (1 - kWatchSmoothing) * (powerOf(error) - m_errorPower);
  if (m_errorPower > kDiverged * m_nearPower) doubt();
  if (m_errorPower < kConverged * m_nearPower) m_startPower = kStartPower;
}

void EchoFilter::learn(bool isFarActive) {
  const float forget = isFarActive ? kForget : 0;
  std::array<float, kStride> expected{};
  for (std::size_t p = 0; p < kPartitions; ++p) {
    const float* const __restrict x = &m_xPower[slotOf(p)];
    const float* const __restrict wr = &m_wRe[p * kStride];
    const float* const __restrict wi = &m_wIm[p * kStride];
    float* const __restrict u = &m_uncertain[p * kStride];
    for (std::size_t k = 0; k < kStride; ++k) {
      u[k] = (1 - forget) * u[k] + forget * (wr[k] * wr[k] + wi[k] * wi[k]);
      expected[k] += x[k] * u[k];
    }
  }
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const float power = m_re[k] * m_re[k] + m_im[k] * m_im[k];
    m_disturbance[k] += (1 - kDisturbanceSmoothing) * (power - m_disturbance[k]);
    m_uncertainty[k] = kNewShare * expected[k];
    m_step[k] = 1 / (m_uncertainty[k] + m_disturbance[k] + kDisturbanceFloor);
    m_re[k] *= m_step[k];
    m_im[k] *= m_step[k];
  }
  for (std::size_t p = 0; p < kPartitions; ++p) {
    const float* const __restrict xr = &m_xRe[slotOf(p)];
    const float* const __restrict xi = &m_xIm[slotOf(p)];
    const float* const __restrict x = &m_xPower[slotOf(p)];
    float* const __restrict wr = &m_wRe[p * kStride];
    float* const __restrict wi = &m_wIm[p * kStride];
    float* const __restrict u = &m_uncertain[p * kStride];
    for (std::size_t k = 0; k < kStride; ++k) {
      wr[k] += u[k] * (xr[k] * m_re[k] + xi[k] * m_im[k]);
      wi[k] += u[k] * (xr[k] * m_im[k] - xi[k] * m_re[k]);
      const float left = u[k] * (1 - kNewShare * x[k] * u[k] * m_step[k]);
      u[k] = std::max(left, kUncertainFloor);
    }
  }
}

// A partition has kVoiceBlock taps; what adaptation in the frequency domain puts behind them would
// wrap around into the output.
void EchoFilter::constrain(std::size_t partition) {
  const std::span<float> re(&m_wRe[partition * kStride], kStride);
  const std::span<float> im(&m_wIm[partition * kStride], kStride);
  m_fft.inverse(re, im, m_time);
  std::fill(m_time.begin() + kVoiceBlock, m_time.end(), 0.0F);
  m_fft.forward(m_time, re, im);
}

void EchoFilter::shift(int samples) {
  for (std::size_t p = 0; p < kPartitions; ++p) {
    m_fft.inverse({&m_wRe[p * kStride], kStride}, {&m_wIm[p * kStride], kStride}, m_time);
    std::copy_n(m_time.begin(), kVoiceBlock,
                m_taps.begin() + static_cast<std::ptrdiff_t>(p * kVoiceBlock));
  }
  const auto size = static_cast<int>(kTaps);
  const int by = std::clamp(samples, -size, size);
  if (by < 0) {
    std::move(m_taps.begin() - by, m_taps.end(), m_taps.begin());
    std::fill(m_taps.end() + by, m_taps.end(), 0.0F);
  } else {
    std::move_backward(m_taps.begin(), m_taps.end() - by, m_taps.end());
    std::fill(m_taps.begin(), m_taps.begin() + by, 0.0F);
  }
  for (std::size_t p = 0; p < kPartitions; ++p) {
    m_time.fill(0);
    std::copy_n(m_taps.begin() + static_cast<std::ptrdiff_t>(p * kVoiceBlock), kVoiceBlock,
                m_time.begin());
    m_fft.forward(m_time, {&m_wRe[p * kStride], kStride}, {&m_wIm[p * kStride], kStride});
  }
  expectEcho();
  m_hasPhases = false;
}

float EchoFilter::movedSinceLastCall() {
  // Where speech is strong and a movement of a few samples is less than a turn.
  constexpr std::size_t kFirstBin = 6, kLastBin = 64;  // 0.3 … 3 kHz
  double up = 0, down = 0;
  for (std::size_t p = 0; p < kTracked; ++p) {
    for (std::size_t k = kFirstBin; k <= kLastBin; ++k) {
      const std::size_t i = p * kStride + k;
      const auto bin = static_cast<double>(k);
      const double re = m_wRe[i] * m_wasRe[i] + m_wIm[i] * m_wasIm[i];
      const double im = m_wIm[i] * m_wasRe[i] - m_wRe[i] * m_wasIm[i];
      up -= bin * im;
      down += bin * bin * re;
    }
  }
  std::copy_n(m_wRe.begin(), m_wasRe.size(), m_wasRe.begin());
  std::copy_n(m_wIm.begin(), m_wasIm.size(), m_wasIm.begin());
  const bool isKnown = m_hasPhases && down > 1e-6;
  m_hasPhases = true;
  if (!isKnown) return 0;
  return static_cast<float>(up / down * static_cast<double>(kVoiceFft) / (2 * std::numbers::pi));
}

}  // namespace foyer::media
