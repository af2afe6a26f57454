// Clocks that tests set by hand: sleep, wake and jumps without waiting for them.
#pragma once

#include "core/io/clock.h"

namespace foyer::io {

class ManualClock final : public SteadySource {
 public:
  [[nodiscard]] TimePoint now() override { return m_now; }
  [[nodiscard]] Duration bootTime() override { return m_boot; }
  [[nodiscard]] WallTime wall() override { return m_wall; }

  void advance(Duration by) {
    m_now += by;
    m_boot += by;
    m_wall.unixMs += toMilliseconds(by);
  }
  // The machine sleeps: MONOTONIC stands still.
  void sleep(Duration by) {
    m_boot += by;
    m_wall.unixMs += toMilliseconds(by);
  }
  void setWallForward(Duration by) { m_wall.unixMs += toMilliseconds(by); }

 private:
  TimePoint m_now{10s};
  Duration m_boot{15s};
  WallTime m_wall{1'700'000'000'000};
};

}  // namespace foyer::io
