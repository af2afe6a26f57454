// What each tier means to an encoder, and the order of the ladder. Names, rates and packet times
// are in core/wire/tiers.h; this adds what the wire does not see.
// Left out: choosing a tier by itself (the adaptive controller). Value, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/wire/media_packet.h"
#include "core/wire/tiers.h"

namespace foyer::quality {

struct TierSettings {
  wire::Tier tier = wire::Tier::Good;
  wire::CodecId codec = wire::CodecId::Opus;
  wire::PacketTime time = wire::PacketTime::Ms20;
  int bitrateBps = 24'000;  // codec payload
  bool inBandFec = true;
  int expectedLossPercent = 10;
};

// Best first. Codec2 3200 is a choice by hand and not a step of the ladder.
inline constexpr std::array kLadder = {
    wire::Tier::Studio64, wire::Tier::Studio48, wire::Tier::Studio32,    wire::Tier::Good,
    wire::Tier::Low,      wire::Tier::Degraded, wire::Tier::Catastrophic};

[[nodiscard]] const TierSettings& settingsOf(wire::Tier tier);

// One step down or up the ladder; nullopt at its ends. From Codec2 3200: down is Catastrophic,
// up is Degraded.
[[nodiscard]] std::optional<wire::Tier> oneDown(wire::Tier tier);
[[nodiscard]] std::optional<wire::Tier> oneUp(wire::Tier tier);
// True when `a` asks more of the network than `b`.
[[nodiscard]] bool isAbove(wire::Tier a, wire::Tier b);

// What a peer announced it can take, and what this build's codecs can do.
struct Capability {
  wire::Tier highest = wire::Tier::Studio64;
  bool hasCodec2 = false;  // both ends
};
// The tier to send: the person's choice (nullopt = auto, which starts at Good) within capability.
// Without Codec2 its tiers become Degraded.
[[nodiscard]] wire::Tier effectiveTier(std::optional<wire::Tier> choice,
                                       const Capability& capability);

}  // namespace foyer::quality
