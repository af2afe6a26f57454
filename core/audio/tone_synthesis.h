// Sounds computed as 48 kHz mono int16: rings, ring-back, test sound, end of call. Each ends in at
// least 100 ms of silence, which a player may lose. Value, no thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/audio/ring.h"

namespace foyer::audio {

enum class Tone : std::uint8_t {
  Incoming,  // a ring
  Outgoing,  // a quiet ring-back, 1 s in a period of 4 s
  Test,      // three notes, 1.4 s, once
  Ended,     // two falling notes, 0.55 s, once
};

[[nodiscard]] bool repeats(Tone tone);
// One period; begins and ends in silence without clicks, peaks at or below -9 dBFS.
[[nodiscard]] std::vector<std::int16_t> synthesise(Tone tone, Ring ring = Ring::Chimes);

}  // namespace foyer::audio
