// The clocks of the operating system behind a seam, and two values that judge them: SleepDetector
// (the machine slept) and WallJumpDetector (somebody set the clock). Only loops and programs hold a
// SteadySource; everything below core/io gets `now` as a parameter. Values, no thread.
#pragma once

#include <optional>

#include "core/base/time.h"

namespace foyer::io {

// Read by one thread at a time unless the implementation says otherwise.
class SteadySource {
 public:
  virtual ~SteadySource() = default;
  // CLOCK_MONOTONIC: stands still while the machine sleeps.
  [[nodiscard]] virtual TimePoint now() = 0;
  // CLOCK_BOOTTIME since boot: goes on while the machine sleeps.
  [[nodiscard]] virtual Duration bootTime() = 0;
  // CLOCK_REALTIME: for display, records and certificates only.
  [[nodiscard]] virtual WallTime wall() = 0;
};

// The real clocks. Stateless, so any thread may read it.
class SystemClock final : public SteadySource {
 public:
  [[nodiscard]] TimePoint now() override;
  [[nodiscard]] Duration bootTime() override;
  [[nodiscard]] WallTime wall() override;
};

// Fed with both clocks about once a second; says how long the machine slept since the last feeding.
class SleepDetector {
 public:
  // Shorter gaps are the clocks being read one after the other, or a stalled thread.
  static constexpr Duration kShortestSleep = 1s;

  // nullopt at the first feeding, and while no sleep of at least kShortestSleep was seen.
  [[nodiscard]] std::optional<Duration> observe(TimePoint now, Duration bootTime);

 private:
  std::optional<Duration> m_ahead;  // of BOOTTIME over MONOTONIC
};

// Fed likewise; says by how much the wall clock was set forward (positive) or back. Time asleep is
// not a jump, so the comparison is with BOOTTIME.
class WallJumpDetector {
 public:
  // Slewing by NTP stays far below this between two feedings.
  static constexpr Duration kSmallestJump = 2s;

  [[nodiscard]] std::optional<Duration> observe(Duration bootTime, WallTime wall);

 private:
  std::optional<Duration> m_offset;  // of the wall clock over BOOTTIME
};

}  // namespace foyer::io
