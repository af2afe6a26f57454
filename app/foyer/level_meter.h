// How a level in dBFS becomes lit steps: at once upwards, one step per 80 ms downwards. Leaves out
// drawing and clocks. Value, no thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace foyer::app {

struct MeterScale {
  int steps = 6;
  float firstDb = -42.f;  // the first step lights here
  float stepDb = 6.f;
};
constexpr MeterScale kArchScale{};  // sixth arch at -12 dBFS
constexpr MeterScale kSlatScale{
    .steps = 24, .firstDb = -60.f, .stepDb = 2.5f};  // last slat at -2.5 dBFS

class LevelMeter {
 public:
  static constexpr std::int64_t kReleaseMs = 80;  // per step of six; finer scales fall faster

  explicit constexpr LevelMeter(MeterScale scale) : m_scale(scale) {}

  void feed(float db, std::int64_t nowMs) {
    const float above = (db - m_scale.firstDb) / m_scale.stepDb;
    const int target = std::isfinite(above)
                           ? std::clamp(static_cast<int>(std::floor(above)) + 1, 0, m_scale.steps)
                           : 0;
    const std::int64_t perStep = std::max<std::int64_t>(1, kReleaseMs * 6 / m_scale.steps);
    const std::int64_t falls = std::max<std::int64_t>(0, nowMs - m_sinceMs) / perStep;
    if (target >= m_step) {
      m_step = target;
      m_sinceMs = nowMs;
    } else if (falls > 0) {
      m_step = static_cast<int>(std::max<std::int64_t>(target, m_step - falls));
      m_sinceMs = nowMs;
    }
  }
  void clear() { m_step = 0; }
  [[nodiscard]] int step() const { return m_step; }

 private:
  MeterScale m_scale;
  int m_step = 0;
  std::int64_t m_sinceMs = 0;
};

}  // namespace foyer::app
