#include "core/quality/tier_settings.h"

#include <algorithm>

namespace foyer::quality {
namespace {

// Below 12 kb/s a second copy of the speech would starve the first.
constexpr std::uint32_t kFecFromBps = 12'000;
constexpr int kFecLossPercent = 10;

TierSettings make(const wire::TierInfo& info) {
  const bool hasFec = info.codec == wire::CodecId::Opus && info.bitrateBps >= kFecFromBps;
  return {.tier = info.tier,
          .codec = info.codec,
          .time = info.packetTime,
          .bitrateBps = static_cast<int>(info.bitrateBps),
          .inBandFec = hasFec,
          .expectedLossPercent = hasFec ? kFecLossPercent : 0};
}

std::array<TierSettings, wire::kTierCount> makeAll() {
  std::array<TierSettings, wire::kTierCount> all;
  for (const wire::TierInfo& info : wire::tierTable())
    all[static_cast<std::size_t>(info.tier)] = make(info);
  return all;
}

// Place in the ladder, 0 = best. Codec2 3200 stands on the last step but one.
std::size_t placeOf(wire::Tier tier) {
  if (tier == wire::Tier::Codec2_3200) tier = wire::Tier::Degraded;
  return static_cast<std::size_t>(std::find(kLadder.begin(), kLadder.end(), tier) -
                                  kLadder.begin());
}

bool isCodec2(wire::Tier tier) { return settingsOf(tier).codec != wire::CodecId::Opus; }

}  // namespace

const TierSettings& settingsOf(wire::Tier tier) {
  static const std::array<TierSettings, wire::kTierCount> all = makeAll();
  return all[static_cast<std::size_t>(tier)];
}

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
  return settingsOf(a).bitrateBps > settingsOf(b).bitrateBps;
}

wire::Tier effectiveTier(std::optional<wire::Tier> choice, const Capability& capability) {
  wire::Tier tier = choice.value_or(wire::Tier::Good);
  if (isAbove(tier, capability.highest)) tier = capability.highest;
  if (isCodec2(tier) && !capability.hasCodec2) tier = wire::Tier::Degraded;
  return tier;
}

}  // namespace foyer::quality
