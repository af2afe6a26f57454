#include "core/io/clock.h"

#include <ctime>
#include <utility>

namespace foyer::io {
namespace {

Duration readClock(clockid_t id) {
  timespec t{};
  clock_gettime(id, &t);
  return std::chrono::seconds(t.tv_sec) + Duration(t.tv_nsec);
}

}  // namespace

TimePoint SystemClock::now() { return TimePoint(readClock(CLOCK_MONOTONIC)); }
Duration SystemClock::bootTime() { return readClock(CLOCK_BOOTTIME); }
WallTime SystemClock::wall() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(readClock(CLOCK_REALTIME)).count()};
}

std::optional<Duration> SleepDetector::observe(TimePoint now, Duration bootTime) {
  const Duration ahead = bootTime - now.time_since_epoch();
  const std::optional<Duration> before = std::exchange(m_ahead, ahead);
  if (!before || ahead - *before < kShortestSleep) return std::nullopt;
  return ahead - *before;
}

std::optional<Duration> WallJumpDetector::observe(Duration bootTime, WallTime wall) {
  const Duration offset = std::chrono::milliseconds(wall.unixMs) - bootTime;
  const std::optional<Duration> before = std::exchange(m_offset, offset);
  if (!before) return std::nullopt;
  const Duration jump = offset - *before;
  if (jump < kSmallestJump && jump > -kSmallestJump) return std::nullopt;
  return jump;
}

}  // namespace foyer::io
