// Finds a played sound in a recording by its 1 ms energy envelope: the delay at which both agree
// best, to a quarter of a millisecond, and how well (normalised correlation, 0..1). Pure functions;
// 48 kHz mono int16.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/time.h"

namespace foyer::sim {

// "Heard" begins here: below it the envelope is no longer the speaker's.
constexpr double kHeardSimilarity = 0.85;

struct SoundMatch {
  Duration delay{};       // position in the recording minus position in the source
  double similarity = 0;  // 0..1
  [[nodiscard]] bool isHeard() const { return similarity >= kHeardSimilarity; }
};

// Energy of successive milliseconds.
[[nodiscard]] std::vector<double> energyEnvelope(std::span<const std::int16_t> pcm);

// Looks for `source` in `recording` at delays within [shortest, longest]. nullopt when either is
// shorter than 100 ms or holds no sound.
[[nodiscard]] std::optional<SoundMatch> matchSound(std::span<const std::int16_t> source,
                                                   std::span<const std::int16_t> recording,
                                                   Duration shortest, Duration longest);

}  // namespace foyer::sim
