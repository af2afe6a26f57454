// Puts a recording under its original although a jitter buffer stretched and shrank it on the way:
// the delay is found anew five times a second by cross-correlation, and the recording is cut and
// joined accordingly. Left out: the first guess of the delay (sim::matchSound). Pure function.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace foyer::speech {

struct Alignment {
  // The part of the reference that the recording covers, in samples of the reference.
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::int16_t> degraded;  // end - begin samples
  double delayMs = 0;                  // median
  double delaySpreadMs = 0;            // 5 % to 95 % quantile
  double found = 0;                    // share of the places with speech whose delay was found
};

// Looks up to `reachMs` around `roughDelayMs` (position in the recording minus position in the
// reference). 48 kHz mono.
[[nodiscard]] Alignment align(std::span<const std::int16_t> reference,
                              std::span<const std::int16_t> recording, double roughDelayMs,
                              double reachMs = 200);

}  // namespace foyer::speech
