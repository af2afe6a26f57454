#include "core/media/voice_alignment.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace foyer::media {
namespace {

// The direct path stands this far inside the filter, so that a small mistake loses nothing.
constexpr int kMargin = 240;  // 5 ms
// Found this far from there: aligned anew.
constexpr int kTooEarly = -144, kTooLate = 480;  // -3 ms, +10 ms
// A told delay that differs this much for so long is a change of the devices, not their jitter.
constexpr double kToldTolerance = 192;  // 4 ms
constexpr int kToldBlocks = 10;
// Two clocks drift apart in what is told, too; that is no jump, and the filter sees it by itself.
constexpr double kToldFollow = 1.0 / 128;
constexpr int kSearchBlocks = 16;
// Sound cards' clocks differ by at most this.
constexpr double kMaxPace = 300e-6;
constexpr double kPaceGain = 0.25;

constexpr float kSpectrumSmoothing = 0.7F;
// RMS of about -56 dBFS: below it there is nothing to compare.
constexpr float kFarAudible = 50.0F;
constexpr float kClearPeak = 6.0F;  // times the RMS of the correlation
constexpr int kSamePeak = 4;        // 1 ms

double sincWindow(double x, double half) {
  if (std::abs(x) >= half) return 0;
  const double t = std::numbers::pi * x;
  const double sinc = std::abs(t) < 1e-9 ? 1 : std::sin(t) / t;
  return sinc * (0.5 + 0.5 * std::cos(t / half));
}

}  // namespace

EchoDelayEstimator::EchoDelayEstimator()
    : m_time(kFar),
      m_farRe(m_fft.bins()),
      m_farIm(m_fft.bins()),
      m_nearRe(m_fft.bins()),
      m_nearIm(m_fft.bins()),
      m_crossRe(m_fft.bins()),
      m_crossIm(m_fft.bins()),
      m_farPower(m_fft.bins()),
      m_nearPower(m_fft.bins()) {}

void EchoDelayEstimator::forget() {
  m_isFresh = true;
  m_last.reset();
  m_agreed = 0;
}

std::optional<int> EchoDelayEstimator::update(std::span<const float> far,
                                              std::span<const float> near) {
  float power = 0;
  for (const float s : far) power += s * s;
  if (power < kFarAudible * kFarAudible * static_cast<float>(kFar)) return std::nullopt;
  m_fft.forward(far, m_farRe, m_farIm);
  std::fill(m_time.begin(), m_time.end(), 0.0F);
  std::copy(near.begin(), near.end(), m_time.begin());
  m_fft.forward(m_time, m_nearRe, m_nearIm);
  const float keep = m_isFresh ? 0 : kSpectrumSmoothing;
  m_isFresh = false;
  for (std::size_t k = 0; k < m_fft.bins(); ++k) {
    const auto smooth = [&](float& value, float now) { value = keep * value + (1 - keep) * now; };
    smooth(m_crossRe[k], m_nearRe[k] * m_farRe[k] + m_nearIm[k] * m_farIm[k]);
    smooth(m_crossIm[k], m_nearRe[k] * m_farIm[k] - m_nearIm[k] * m_farRe[k]);
    smooth(m_farPower[k], m_farRe[k] * m_farRe[k] + m_farIm[k] * m_farIm[k]);
    smooth(m_nearPower[k], m_nearRe[k] * m_nearRe[k] + m_nearIm[k] * m_nearIm[k]);
    const float weight = 1 / (std::sqrt(m_farPower[k] * m_nearPower[k]) + 1.0F);
    m_farRe[k] = m_crossRe[k] * weight;
    m_farIm[k] = m_crossIm[k] * weight;
  }
  m_fft.inverse(m_farRe, m_farIm, m_time);
  float sum = 0;
  std::size_t best = 0;
  for (std::size_t m = 0; m < kNear; ++m) {
    sum += m_time[m] * m_time[m];
    if (std::abs(m_time[m]) > std::abs(m_time[best])) best = m;
  }
  const float rms = std::sqrt(sum / static_cast<float>(kNear));
  if (std::abs(m_time[best]) < kClearPeak * rms) {
    m_agreed = 0;
    return std::nullopt;
  }
  const int lag = static_cast<int>(kLater) - static_cast<int>(best);
  m_agreed = m_last && std::abs(*m_last - lag) <= kSamePeak ? m_agreed + 1 : 0;
  m_last = lag;
  return m_agreed >= 1 ? m_last : std::nullopt;
}

EchoAlignment::EchoAlignment()
    : m_history(kHistory),
      m_slowHistory(kSlowHistory),
      m_sinc(kSincPhases * kSincTaps),
      m_lowPass(kLowPassTaps),
      m_nearHistory(kLowPassTaps + kVoiceBlock),
      m_slowNear(EchoDelayEstimator::kNear),
      m_slowFar(EchoDelayEstimator::kFar) {
  for (std::size_t phase = 0; phase < kSincPhases; ++phase) {
    const double part = static_cast<double>(phase) / kSincPhases;
    for (std::size_t i = 0; i < kSincTaps; ++i) {
      const double x = static_cast<double>(i) - (kSincTaps / 2 - 1) - part;
      m_sinc[phase * kSincTaps + i] = static_cast<float>(sincWindow(x, kSincTaps / 2.0));
    }
  }
  // Cut at 1.7 kHz, before every twelfth sample is kept.
  float sum = 0;
  for (std::size_t i = 0; i < kLowPassTaps; ++i) {
    const double x = static_cast<double>(i) - (kLowPassTaps - 1) / 2.0;
    const double t = 2 * std::numbers::pi * 1700.0 / 48000.0 * x;
    const double window = 0.5 + 0.5 * std::cos(2 * std::numbers::pi * x / kLowPassTaps);
    m_lowPass[i] = static_cast<float>(std::sin(t) / t * window);
    sum += m_lowPass[i];
  }
  for (float& tap : m_lowPass) tap /= sum;
}

void EchoAlignment::render(std::span<const float> samples) {
  for (const float s : samples) {
    m_history[static_cast<std::size_t>(m_rendered) % kHistory] = s;
    ++m_rendered;
    if (m_rendered % EchoDelayEstimator::kDecimation == 0) {
      float slow = 0;
      for (std::size_t i = 0; i < kLowPassTaps; ++i)
        slow += m_lowPass[i] *
                m_history[(static_cast<std::size_t>(m_rendered) + kHistory - 1 - i) % kHistory];
      const std::int64_t number = m_rendered / EchoDelayEstimator::kDecimation - 1;
      m_slowHistory[static_cast<std::size_t>(number) % kSlowHistory] = slow;
    }
  }
}

void EchoAlignment::followTold(std::int64_t told) {
  if (!m_hasStarted) {
    m_hasStarted = true;
    m_told = static_cast<double>(told);
    // Nothing that was not rendered yet can be heard.
    m_position = static_cast<double>(
        std::min(told + kMargin, m_rendered - static_cast<std::int64_t>(kVoiceBlock)));
    return;
  }
  const double jump = static_cast<double>(told) - m_told;
  if (std::abs(jump) <= kToldTolerance) {
    m_told += kToldFollow * jump;
    m_jumpBlocks = 0;
    return;
  }
  m_jumpBlocks = std::abs(jump - m_toldJump) <= kToldTolerance ? m_jumpBlocks + 1 : 1;
  m_toldJump = jump;
  if (m_jumpBlocks < kToldBlocks) return;
  m_jumpBlocks = 0;
  m_told = static_cast<double>(told);
  m_position += jump;
  m_estimator.forget();
}

void EchoAlignment::read(std::span<float> far) const {
  const double pace = 1 + m_pace;
  double position = m_position;
  for (float& out : far) {
    const double whole = std::floor(position);
    const auto first = static_cast<std::int64_t>(whole);
    const auto phase = static_cast<std::size_t>((position - whole) * kSincPhases);
    position += pace;
    const std::int64_t begin = first - static_cast<std::int64_t>(kSincTaps / 2 - 1);
    if (first < 0 || first >= m_rendered ||
        begin < m_rendered - static_cast<std::int64_t>(kHistory)) {
      out = 0;
      continue;
    }
    if (phase == 0) {
      out = m_history[static_cast<std::size_t>(first) % kHistory];
      continue;
    }
    const float* const taps = &m_sinc[phase * kSincTaps];
    float sum = 0;
    for (std::size_t i = 0; i < kSincTaps; ++i) {
      const std::int64_t at = begin + static_cast<std::int64_t>(i);
      if (at >= 0 && at < m_rendered)
        sum += taps[i] * m_history[static_cast<std::size_t>(at) % kHistory];
    }
    out = sum;
  }
}

void EchoAlignment::take(std::span<const float> near, std::int64_t echoDelay,
                         std::span<float> far) {
  constexpr auto kBlock = static_cast<std::int64_t>(kVoiceBlock);
  followTold(m_rendered - kBlock - echoDelay);

  std::copy(m_nearHistory.end() - kLowPassTaps, m_nearHistory.end(), m_nearHistory.begin());
  std::copy(near.begin(), near.end(), m_nearHistory.begin() + kLowPassTaps);
  constexpr std::size_t kNew = kVoiceBlock / EchoDelayEstimator::kDecimation;
  std::copy(m_slowNear.begin() + kNew, m_slowNear.end(), m_slowNear.begin());
  for (std::size_t i = 0; i < kNew; ++i) {
    const std::size_t end = kLowPassTaps + (i + 1) * EchoDelayEstimator::kDecimation;
    float slow = 0;
    for (std::size_t j = 0; j < kLowPassTaps; ++j)
      slow += m_lowPass[j] * m_nearHistory[end - 1 - j];
    m_slowNear[m_slowNear.size() - kNew + i] = slow;
  }
  if (++m_sinceSearch >= kSearchBlocks) {
    m_sinceSearch = 0;
    search();
  }
  read(far);
  m_position += static_cast<double>(kBlock) * (1 + m_pace);
  m_told += static_cast<double>(kBlock);
}

void EchoAlignment::search() {
  constexpr auto kDecimation = static_cast<std::int64_t>(EchoDelayEstimator::kDecimation);
  constexpr auto kBefore =
      static_cast<std::int64_t>(EchoDelayEstimator::kNear + EchoDelayEstimator::kLater);
  // The number of the slow far sample that stands beside the end of the slow microphone.
  const std::int64_t end =
      (static_cast<std::int64_t>(m_position) + static_cast<std::int64_t>(kVoiceBlock)) /
      kDecimation;
  const std::int64_t rendered = m_rendered / kDecimation;
  for (std::size_t i = 0; i < m_slowFar.size(); ++i) {
    const std::int64_t at = end - kBefore + static_cast<std::int64_t>(i);
    const bool isKept =
        at >= 0 && at < rendered && at >= rendered - static_cast<std::int64_t>(kSlowHistory);
    m_slowFar[i] = isKept ? m_slowHistory[static_cast<std::size_t>(at) % kSlowHistory] : 0;
  }
  const std::optional<int> lag = m_estimator.update(m_slowFar, m_slowNear);
  if (!lag) return;
  m_isSeen = true;
  const int off = *lag * static_cast<int>(kDecimation) - kMargin;
  if (off >= kTooEarly && off <= kTooLate) return;
  const auto latest = static_cast<double>(m_rendered - static_cast<std::int64_t>(kVoiceBlock));
  // An echo that comes later wants an older far end.
  const double wanted = std::min(m_position - off, latest);
  const int moved = static_cast<int>(std::lround(wanted - m_position));
  if (moved == 0) return;
  m_position += moved;
  m_correction -= moved;
  m_shift += moved;
  m_estimator.forget();
}

bool EchoAlignment::takeSeen() { return std::exchange(m_isSeen, false); }

void EchoAlignment::returnToTold() {
  m_pace = 0;
  m_correction = 0;
  // Of the next block, before which as much again is rendered.
  m_position = std::min(m_told + kMargin, static_cast<double>(m_rendered));
  m_estimator.forget();
}

int EchoAlignment::takeShift() { return std::exchange(m_shift, 0); }

void EchoAlignment::correctPace(float moved) {
  const double rate = moved / static_cast<double>(kPaceBlocks * kVoiceBlock);
  // An echo that comes later and later: the far end is read more slowly.
  m_pace =
      std::clamp(m_pace - kPaceGain * std::clamp(rate, -kMaxPace, kMaxPace), -kMaxPace, kMaxPace);
}

}  // namespace foyer::media
