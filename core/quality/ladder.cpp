#include "core/quality/ladder.h"

#include <algorithm>

namespace foyer::quality {
namespace {

// Place in the ladder, 0 = best. Codec2 3200 stands on the last step but one.
std::size_t placeOf(wire::Tier tier) {
  if (tier == wire::Tier::Codec2_3200) tier = wire::Tier::Degraded;
  return static_cast<std::size_t>(std::find(kLadder.begin(), kLadder.end(), tier) -
                                  kLadder.begin());
}

bool isCodec2(wire::Tier tier) { return wire::tierInfo(tier).codec != wire::CodecId::Opus; }

}  // namespace

std::optional<wire::Tier> oneDown(wire::Tier tier) {
  const std::size_t place = placeOf(tier);
  if (place + 1 >= kLadder.size()) return std::nullopt;
  return kLadder[place + 1];
}

std::optional<wire::Tier> oneUp(wire::Tier tier) {
  if (tier == wire::Tier::Codec2_3200) return wire::Tier::Degraded;
  const std::size_t place = placeOf(tier);
  if (place == 0) return std::nullopt;
  return kLadder[place - 1];
}

bool isAbove(wire::Tier a, wire::Tier b) {
  return wire::tierInfo(a).bitrateBps > wire::tierInfo(b).bitrateBps;
}

wire::Tier effectiveTier(std::optional<wire::Tier> choice, const Capability& capability) {
  wire::Tier tier = choice.value_or(wire::Tier::Good);
  if (isAbove(tier, capability.highest)) tier = capability.highest;
  if (isCodec2(tier) && !capability.hasCodec2) tier = wire::Tier::Degraded;
  return tier;
}

}  // namespace foyer::quality
