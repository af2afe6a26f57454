// Learns the level and colour of the background from what is played while nobody speaks, and makes
// noise like it for when nothing comes: dead silence sounds like a broken line. A room that was
// digitally silent stays so. Value, no thread, no allocation.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace foyer::media {

class ComfortNoise {
 public:
  // One decoded frame, 2.5 … 120 ms.
  void learn(std::span<const std::int16_t> pcm);
  // True when the frame given to learn() last was background alone.
  [[nodiscard]] bool isPassive() const { return m_isPassive; }
  // The next sample, in PCM units.
  [[nodiscard]] float next();

 private:
  static constexpr std::size_t kOrder = 6;
  void solve();

  double m_floor = 0;  // power of the background, squared PCM units
  bool m_hasFloor = false;
  bool m_isPassive = true;
  std::array<double, kOrder + 1> m_correlation{};
  std::array<float, kOrder> m_predictor{};
  float m_gain = 0;
  std::array<float, kOrder> m_past{};
  std::uint32_t m_state = 0x2545F491;
};

}  // namespace foyer::media
