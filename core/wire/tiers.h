// The quality tiers: stable names, and what each means on the wire (docs/protocol.md; the table is
// pinned by a test). What a call does with them is core/quality's. Values, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/wire/media_packet.h"

namespace foyer::wire {

// From the best down; codec2_3200 is a manual choice beside the ladder.
enum class Tier : std::uint8_t {
  Studio64,
  Studio48,
  Studio32,
  Good,
  Low,
  Degraded,
  Catastrophic,
  Codec2_3200,
};
constexpr std::size_t kTierCount = 8;

struct TierInfo {
  Tier tier;
  std::string_view name;  // on the wire and in scripts
  CodecId codec;
  std::uint32_t bitrateBps;  // of the codec, constant (keys.md section 8: CBR); whole frame bytes
  PacketTime packetTime;
  std::uint16_t frameBytes;   // of one primary frame
  std::uint16_t bucketBytes;  // padded size of a packet with that frame alone
};

[[nodiscard]] const std::array<TierInfo, kTierCount>& tierTable();
[[nodiscard]] const TierInfo& tierInfo(Tier tier);
[[nodiscard]] std::string_view toString(Tier tier);
[[nodiscard]] std::optional<Tier> parseTier(std::string_view name);
// Bits a second on an IPv4 wire: IP, UDP, QUIC, hop header and seal included, one direction,
// acknowledgements not.
[[nodiscard]] std::uint32_t wireBitrateBps(Tier tier);

}  // namespace foyer::wire
