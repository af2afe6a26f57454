// Whether typing is heard in a microphone: clicks that begin suddenly, are bright, end at once, and
// come as often as fingers do, while nobody speaks. Fed with any amount of 48 kHz mono int16;
// counts sound, not a clock. Value, no thread; nothing allocates.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace foyer::media {

class TypingDetector {
 public:
  void push(std::span<const std::int16_t> pcm);
  // Several clicks within a few seconds; stays for three seconds after the last one.
  [[nodiscard]] bool isTyping() const { return m_notice > 0; }

 private:
  static constexpr std::size_t kStep = 120;  // 2.5 ms
  static constexpr int kClicks = 8;          // so many make typing: four keys, down and up

  void step(float bright, float all);
  void onClick();

  float m_last = 0, m_bright = 0, m_all = 0;  // of the step that is being filled
  std::size_t m_filled = 0;
  float m_floor = 0, m_peak = 0;  // power of the bright part: of the background, of this sound
  bool m_isBright = false;        // the peak was no vowel's
  bool m_isFirst = true;
  int m_loud = 0, m_quiet = 0;  // steps: of the present sound, since the last one
  int m_clickCount = 0;
  std::int64_t m_steps = 0;
  std::array<std::int64_t, kClicks> m_clickAt{};  // the last ones, in steps
  int m_notice = 0;                               // steps
};

}  // namespace foyer::media
