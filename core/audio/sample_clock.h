// Maps the sample count of a device to CLOCK_MONOTONIC from noisy measurements: follows slowly, so
// that successive blocks have times without jitter, and jumps when the device really jumped.
// Value, no thread.
#pragma once

#include <cstdint>
#include <optional>

#include "core/audio/audio_thread.h"
#include "core/base/time.h"

namespace foyer::audio {

class SampleClock {
 public:
  // A larger error is a hole in the sound, not noise of the measurement.
  static constexpr Duration kJump = 40ms;
  // Share of an error that is taken over at each measurement: settles in half a second.
  static constexpr int kSlew = 16;

  // `measured` = when sample `index` was taken or sounds. Returns the smoothed time of it.
  TimePoint update(std::int64_t index, TimePoint measured) {
    const TimePoint start = measured - durationOfSamples(index);
    if (!m_start) {
      m_start = start;
    } else {
      const Duration error = start - *m_start;
      const bool isJump = error > kJump || error < -kJump;
      *m_start += isJump ? error : error / kSlew;
    }
    return *m_start + durationOfSamples(index);
  }
  // The time of a sample near the last update; needs one.
  [[nodiscard]] TimePoint at(std::int64_t index) const {
    return m_start.value_or(TimePoint()) + durationOfSamples(index);
  }
  void reset() { m_start.reset(); }

 private:
  std::optional<TimePoint> m_start;  // of sample 0
};

}  // namespace foyer::audio
