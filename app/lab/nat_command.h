// `foyer-lab nat`: calls between every two kinds of homes, or one pair many times over, as a table
// or as JSON. Values, no thread.
#pragma once

#include <string>

#include "core/sim/nat_grid.h"

namespace foyer::lab {

struct NatAnswer {
  std::string text;
  bool isAudible = false;  // in every call that UDP allowed
};

// All kinds with all kinds, each calling each. `options.seed` is the first cell's, the next has the
// next.
[[nodiscard]] NatAnswer answerNatGrid(sim::PairOptions options, bool asJson);
// `runs` > 0.
[[nodiscard]] NatAnswer answerNatPair(const sim::HomeType& caller, const sim::HomeType& callee,
                                      int runs, sim::PairOptions options, bool asJson);

}  // namespace foyer::lab
