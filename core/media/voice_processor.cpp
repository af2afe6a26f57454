#include "core/media/voice_processor.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// Butterworth, second order, 80 Hz at 48 kHz: below it is no voice, only desks and wind.
constexpr float kHighPassB = 0.99262254F;
constexpr float kHighPassA1 = -1.98519066F, kHighPassA2 = 0.98529951F;
constexpr int kHangOverBlocks = 20;
constexpr int kReturnBlocks = 1000;  // 10 s
constexpr int kExpectBlocks = 300;

std::int16_t toSample(float value) {
  return static_cast<std::int16_t>(std::clamp(std::lrint(value), -32768L, 32767L));
}

}  // namespace

VoiceProcessor::VoiceProcessor(const VoiceSettings& settings) : m_settings(settings) {
  m_wasFiltering = isFiltering();
}

void VoiceProcessor::render(std::span<const std::int16_t> samples) {
  while (!samples.empty()) {
    const std::size_t n = std::min(samples.size(), kVoiceBlock);
    for (std::size_t i = 0; i < n; ++i) m_far[i] = samples[i];
    m_alignment.render(std::span(m_far).first(n));
    samples = samples.subspan(n);
  }
}

void VoiceProcessor::highPass(Block& block) {
  // Transposed direct form II.
  for (float& s : block) {
    const float in = s;
    const float out = kHighPassB * in + m_highPass[0];
    m_highPass[0] = -2 * kHighPassB * in - kHighPassA1 * out + m_highPass[1];
    m_highPass[1] = kHighPassB * in - kHighPassA2 * out;
    s = out;
  }
  // Digital silence must not leave numbers behind that are too small to be computed with fast.
  for (float& state : m_highPass)
    if (std::abs(state) < 1e-6F) state = 0;
}

void VoiceProcessor::cancelEcho(const Block& near, Duration echoDelay) {
  m_alignment.take(near, durationToSamples(echoDelay), m_far);
  if (const int shift = m_alignment.takeShift(); shift != 0) m_filter.shift(shift);
  m_filter.process(m_far, near, m_echo, m_error);
  if (++m_sincePace == EchoAlignment::kPaceBlocks) {
    m_sincePace = 0;
    const float moved = m_filter.movedSinceLastCall();
    if (m_withoutEcho == 0) m_alignment.correctPace(moved);
  }
  ++m_sinceExpected;
  const bool isSeen = m_alignment.takeSeen();
  if (m_suppressor.evidence().share() > 0) {
    m_withoutEcho = 0;
    return;
  }
  ++m_withoutEcho;
  // A filter that has learnt that there is no echo is slow to learn that now there is one; it is
  // given time to find out how loud it is.
  if (isSeen && m_sinceExpected > kExpectBlocks) {
    m_sinceExpected = 0;
    m_filter.expectEcho();
  }
  // Without an echo nothing holds what was found by chance.
  if (m_withoutEcho % kReturnBlocks == 0) m_alignment.returnToTold();
}

void VoiceProcessor::capture(std::span<std::int16_t> block, Duration echoDelay) {
  FOYER_ASSERT(block.size() == kVoiceBlock, "voice is processed in blocks of 10 ms");
  std::copy(block.begin(), block.end(), m_near.begin());
  if (m_settings.highPass) highPass(m_near);
  if (m_settings.echoCancellation) {
    cancelEcho(m_near, echoDelay);
  } else {
    m_error = m_near;
    m_echo.fill(0);
  }
  m_suppressor.process({m_settings.echoCancellation, m_settings.noiseSuppression}, m_error, m_echo,
                       m_settings.echoCancellation ? m_filter.uncertainty()
                                                   : std::span<const float>(m_noUncertainty),
                       m_clean);
  if (m_suppressor.isEstimateWrong()) m_filter.doubt();
  m_hangOver = m_suppressor.isVoice() ? kHangOverBlocks : std::max(0, m_hangOver - 1);

  // Switching the delaying stages on or off fades from one path to the other.
  const bool isFilteringNow = isFiltering();
  if (!isFilteringNow && !m_wasFiltering) {
    m_clean = m_near;
  } else if (isFilteringNow != m_wasFiltering) {
    for (std::size_t i = 0; i < kVoiceBlock; ++i) {
      const float done = static_cast<float>(i) / static_cast<float>(kVoiceBlock);
      const float share = isFilteringNow ? done : 1 - done;
      m_clean[i] = share * m_clean[i] + (1 - share) * m_near[i];
    }
  }
  m_wasFiltering = isFilteringNow;
  if (m_settings.gainControl) {
    m_level.process(m_clean, m_suppressor.isVoice());
  } else {
    m_level.leave(m_clean);
  }
  if (m_settings.gainControl || m_limiter.gain() < 1) m_limiter.process(m_clean);
  std::transform(m_clean.begin(), m_clean.end(), block.begin(), toSample);
}

}  // namespace foyer::media
