#include "relaylite/leg_ladder.h"

#include <algorithm>

namespace foyer::relaylite {
namespace {

constexpr double kPast = 0.1;

double middle(std::size_t below) { return (kLegSteps[below] + kLegSteps[below + 1]) / 2.0; }

std::uint16_t nearest(double ms) {
  std::size_t at = 0;
  while (at + 1 < kLegSteps.size() && ms >= middle(at)) ++at;
  return kLegSteps[at];
}

}  // namespace

std::uint16_t legStep(Duration roundTrip, std::optional<std::uint16_t> told) {
  const double ms = std::chrono::duration<double, std::milli>(roundTrip).count();
  if (!told) return nearest(ms);
  const auto found = std::find(kLegSteps.begin(), kLegSteps.end(), *told);
  if (found == kLegSteps.end()) return nearest(ms);
  const auto at = static_cast<std::size_t>(found - kLegSteps.begin());
  const bool isBelow = at > 0 && ms < middle(at - 1) * (1 - kPast);
  const bool isAbove = at + 1 < kLegSteps.size() && ms > middle(at) * (1 + kPast);
  return isBelow || isAbove ? nearest(ms) : *told;
}

}  // namespace foyer::relaylite
