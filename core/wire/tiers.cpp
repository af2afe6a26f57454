#include "core/wire/tiers.h"

namespace foyer::wire {
namespace {

// Bytes a second beside the padded packet, IPv4: IP 20, UDP 8, QUIC 29 (1 header, 8 connection id,
// 1 packet number, 16 tag, 3 frame), hop header 1, media header 4, seal's tag 16.
constexpr std::uint32_t kHeaderBytes = 20 + 8 + 29 + 1 + 4 + 16;

// Below 16 kb/s headers cost more than speech, so packets grow longer (catalogue K-29).
// The bucket holds header, frame and the end mark; quality reports travel in packets of their own.
// The rates are the whole frame bytes that fill a bucket: 59 bytes of Good are 23.6 kb/s.
constexpr std::array<TierInfo, kTierCount> kTable{{
    {Tier::Studio64, "studio64", CodecId::Opus, 64000, PacketTime::Ms20, 160, 192},
    {Tier::Studio48, "studio48", CodecId::Opus, 48000, PacketTime::Ms20, 120, 128},
    {Tier::Studio32, "studio32", CodecId::Opus, 32000, PacketTime::Ms20, 80, 96},
    {Tier::Good, "good", CodecId::Opus, 23600, PacketTime::Ms20, 59, 64},
    {Tier::Low, "low", CodecId::Opus, 16000, PacketTime::Ms40, 80, 96},
    {Tier::Degraded, "degraded", CodecId::Opus, 10200, PacketTime::Ms120, 153, 160},
    {Tier::Catastrophic, "catastrophic", CodecId::Codec2_1200, 1200, PacketTime::Ms120, 18, 24},
    {Tier::Codec2_3200, "codec2-3200", CodecId::Codec2_3200, 3200, PacketTime::Ms60, 24, 32},
}};

}  // namespace

const std::array<TierInfo, kTierCount>& tierTable() { return kTable; }

const TierInfo& tierInfo(Tier tier) { return kTable[static_cast<std::size_t>(tier)]; }

std::string_view toString(Tier tier) { return tierInfo(tier).name; }

std::optional<Tier> parseTier(std::string_view name) {
  for (const TierInfo& info : kTable) {
    if (info.name == name) return info.tier;
  }
  return std::nullopt;
}

std::uint32_t wireBitrateBps(Tier tier) {
  const TierInfo& info = tierInfo(tier);
  const auto packetMs = static_cast<std::uint32_t>(toMilliseconds(durationOf(info.packetTime)));
  return (kHeaderBytes + info.bucketBytes) * 8 * 1000 / packetMs;
}

}  // namespace foyer::wire
