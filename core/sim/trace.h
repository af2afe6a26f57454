// Traces of a network as text, one entry per media packet: entries are separated by white space or
// commas, a line that begins with # is a remark. Pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace foyer::sim {

// The longest one-way delay that a trace or a scenario may name.
constexpr double kLongestDelayMs = 3.6e6;

// "0" arrives, "1" is lost; the digits may also stand together. nullopt: anything else, or nothing.
[[nodiscard]] std::optional<std::vector<bool>> parseLossTrace(std::string_view text);
// One-way delays in milliseconds, fractions allowed, 0 … kLongestDelayMs.
[[nodiscard]] std::optional<std::vector<Duration>> parseDelayTrace(std::string_view text);

}  // namespace foyer::sim
