// What an AUDIO thread needs of the system: its clock, a name and a better priority.
#pragma once

#include <optional>

#include "core/base/time.h"

namespace foyer::audio {

// CLOCK_MONOTONIC.
[[nodiscard]] TimePoint monotonicNow();

// Names the calling thread and asks for SCHED_RR at the lowest real-time priority. A refusal is
// normal for programs without the right to it and changes nothing.
void becomeAudioThread();
// Whether the newest AUDIO thread of this program was given that priority; nullopt before there was
// one. Any thread.
[[nodiscard]] std::optional<bool> isAudioRealTime();

// The time that `samples` at 48 kHz take, rounded down to the nanosecond.
[[nodiscard]] constexpr Duration durationOfSamples(std::int64_t samples) {
  return Duration(samples * 62500 / 3);  // 1e9 / 48000 = 62500 / 3
}

}  // namespace foyer::audio
