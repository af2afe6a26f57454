// Makes even times of the moments at which a device asks for sound: it asks late when the machine
// is busy, or for two blocks at once, but what it asks for is played one after the other. Follows
// early calls fast (a device that asked early once will do so again) and late ones slowly, so that
// the times are about the earliest at which each sample may be asked for. Value, no thread.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/time.h"
#include "core/media/frames.h"

namespace foyer::media {

class PullClock {
 public:
  // A larger distance is a device that stood still, or began anew.
  static constexpr Duration kJump = 40ms;
  // Shares of a distance that are taken over at each call.
  static constexpr int kEarly = 4;
  static constexpr int kLate = 128;

  // `samples` were asked for at `now`. Returns the even time of the first of them.
  TimePoint onPull(TimePoint now, std::int64_t samples) {
    const TimePoint expected = m_next.value_or(now);
    const Duration late = now - expected;
    TimePoint at = expected;
    if (late > kJump || late < -kJump) {
      at = now;
    } else {
      at += late / (late < Duration{0} ? kEarly : kLate);
    }
    m_next = at + samplesToDuration(samples);
    return at;
  }

 private:
  std::optional<TimePoint> m_next;
};

}  // namespace foyer::media
