#include "core/media/voice_typing.h"

#include <algorithm>

namespace foyer::media {
namespace {

constexpr int kStepsPerSecond = 400;
// Quieter than this nobody hears: differences of about 6 steps of int16, a click of -60 dBFS.
constexpr float kLeastFloor = 6.0F * 6.0F;
constexpr float kLoud = 8, kPeak = 30;  // 9 and 15 dB over the background
// Power of the differences of neighbouring samples over that of the samples: white noise has 2, a
// tone of 2 kHz .07, vowels less.
constexpr float kBrightShare = 0.07F;
// The background: followed down within 0.1 s, up by 3 dB a second.
constexpr float kFloorFall = 0.03F, kFloorRise = 1.0017F;
constexpr int kLongestClick = 24;  // 60 ms
constexpr int kSpeech = 32;        // 80 ms of sound is somebody or something else
constexpr int kGap = 8;            // 20 ms: what follows sooner is the same sound
constexpr int kWithin = 3 * kStepsPerSecond, kNoticeSteps = 3 * kStepsPerSecond;

}  // namespace

void TypingDetector::push(std::span<const std::int16_t> pcm) {
  for (const std::int16_t sample : pcm) {
    const auto s = static_cast<float>(sample);
    const float difference = s - m_last;
    m_last = s;
    m_bright += difference * difference;
    m_all += s * s;
    if (++m_filled < kStep) continue;
    step(m_bright / kStep, m_all / kStep);
    m_filled = 0;
    m_bright = m_all = 0;
  }
}

void TypingDetector::step(float bright, float all) {
  ++m_steps;
  m_notice = std::max(0, m_notice - 1);
  if (m_isFirst) m_floor = bright;
  m_isFirst = false;
  m_floor = bright < m_floor ? m_floor + kFloorFall * (bright - m_floor) : m_floor * kFloorRise;
  m_floor = std::max(m_floor, kLeastFloor);

  if (bright > kLoud * m_floor) {
    m_quiet = 0;
    ++m_loud;
    if (bright > m_peak) {
      m_peak = bright;
      m_isBright = bright > kBrightShare * all;
    }
    // Somebody speaks: what looked like clicks was part of it.
    if (m_loud == kSpeech) m_clickCount = m_notice = 0;
    return;
  }
  if (m_loud == 0 || ++m_quiet < kGap) return;
  if (m_loud <= kLongestClick && m_isBright && m_peak > kPeak * m_floor) onClick();
  m_loud = 0;
  m_peak = 0;
}

void TypingDetector::onClick() {
  std::shift_left(m_clickAt.begin(), m_clickAt.end(), 1);
  m_clickAt.back() = m_steps;
  m_clickCount = std::min(m_clickCount + 1, kClicks);
  if ((m_clickCount == kClicks && m_steps - m_clickAt.front() < kWithin) || m_notice > 0)
    m_notice = kNoticeSteps;
}

}  // namespace foyer::media
