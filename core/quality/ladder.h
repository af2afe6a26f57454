// The order of the tiers, and which of them a call may use. Names, rates and packet times are in
// core/wire/tiers.h, what is sent in send_plan.h.
// Left out: choosing a tier (controller.h). Value, no thread.
#pragma once

#include <array>
#include <optional>

#include "core/wire/tiers.h"

namespace foyer::quality {

// Best first. Codec2 3200 is a choice by hand and not a step of the ladder.
inline constexpr std::array kLadder = {
    wire::Tier::Studio64, wire::Tier::Studio48, wire::Tier::Studio32,    wire::Tier::Good,
    wire::Tier::Low,      wire::Tier::Degraded, wire::Tier::Catastrophic};

// One step down or up the ladder; nullopt at its ends. From Codec2 3200: down is Catastrophic,
// up is Degraded.
[[nodiscard]] std::optional<wire::Tier> oneDown(wire::Tier tier);
[[nodiscard]] std::optional<wire::Tier> oneUp(wire::Tier tier);
// True when `a` asks more of the network than `b`.
[[nodiscard]] bool isAbove(wire::Tier a, wire::Tier b);

// The best tier that a person who pays by volume is sent: no studio (catalogue W-097).
constexpr wire::Tier kMeteredMost = wire::Tier::Good;

// What a peer announced it can take, and what this build's codecs can do.
struct Capability {
  wire::Tier highest = wire::Tier::Studio64;
  bool hasCodec2 = false;  // both ends
  bool operator==(const Capability&) const = default;
};
// The tier to send: the person's choice (nullopt = auto, which starts at Good) within capability.
// Without Codec2 its tiers become Degraded.
[[nodiscard]] wire::Tier effectiveTier(std::optional<wire::Tier> choice,
                                       const Capability& capability);

}  // namespace foyer::quality
