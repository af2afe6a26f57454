// How a round trip is told to others: as one of a few steps, so that nobody's place can be told
// from it and lists stay still (docs/adr/0027). Value functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace foyer::relaylite {

inline constexpr std::array<std::uint16_t, 14> kLegSteps = {1,  2,   5,   10,  20,  35,  50,
                                                            75, 100, 150, 200, 300, 500, 1000};

// The step nearest to `roundTrip`. One that was told stays until the round trip is past the middle
// between it and the next by a tenth.
[[nodiscard]] std::uint16_t legStep(Duration roundTrip, std::optional<std::uint16_t> told);

}  // namespace foyer::relaylite
