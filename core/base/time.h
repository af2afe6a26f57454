// Time as values. Nothing below core/io reads a clock: `now` is a parameter, read once per loop
// turn (docs: ARCHITECTURE.md). Deliberately left out: any now().
#pragma once

#include <chrono>
#include <cstdint>

namespace foyer {

using Duration = std::chrono::nanoseconds;
using namespace std::chrono_literals;

// Steady time of one process (CLOCK_MONOTONIC in the real world, virtual time in the simulator).
struct SteadyClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<SteadyClock, Duration>;
  static constexpr bool is_steady = true;
};
using TimePoint = SteadyClock::time_point;

// Wall-clock time, only for display, records and certificates; no security decision uses it.
struct WallTime {
  std::int64_t unixMs = 0;
  auto operator<=>(const WallTime&) const = default;
};

constexpr std::uint64_t toNanoseconds(TimePoint t) {
  return static_cast<std::uint64_t>(t.time_since_epoch().count());
}
constexpr TimePoint fromNanoseconds(std::uint64_t ns) {
  return TimePoint(Duration(static_cast<std::int64_t>(ns)));
}
constexpr std::int64_t toMilliseconds(Duration d) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
}

}  // namespace foyer
