#include "core/wire/tiers.h"

#include <gtest/gtest.h>

#include <sstream>

namespace foyer::wire {
namespace {

TEST(Tiers, theTableIsTheGoldenOne) {
  std::ostringstream table;
  for (const TierInfo& info : tierTable()) {
    table << info.name << ' ' << toString(info.codec) << ' ' << info.bitrateBps << ' '
          << toMilliseconds(durationOf(info.packetTime)) << " ms " << info.frameBytes << " B in "
          << info.bucketBytes << ", wire " << wireBitrateBps(info.tier) << '\n';
  }
  EXPECT_EQ(table.str(),
            "studio64 opus 64000 20 ms 160 B in 192, wire 108000\n"
            "studio48 opus 48000 20 ms 120 B in 128, wire 82400\n"
            "studio32 opus 32000 20 ms 80 B in 96, wire 69600\n"
            "good opus 23600 20 ms 59 B in 64, wire 56800\n"
            "low opus 16000 40 ms 80 B in 96, wire 34800\n"
            "degraded opus 10200 120 ms 153 B in 160, wire 15866\n"
            "catastrophic codec2-1200 1200 120 ms 18 B in 24, wire 6800\n"
            "codec2-3200 codec2-3200 3200 60 ms 24 B in 32, wire 14666\n");
}

TEST(Tiers, ratesFramesAndBucketsAgree) {
  std::uint8_t index = 0;
  for (const TierInfo& info : tierTable()) {
    EXPECT_EQ(static_cast<std::uint8_t>(info.tier), index++);
    EXPECT_EQ(parseTier(info.name), info.tier);
    const auto ms = static_cast<std::uint32_t>(toMilliseconds(durationOf(info.packetTime)));
    EXPECT_EQ(info.frameBytes, info.bitrateBps * ms / 8000);
    const Bytes frame(info.frameBytes);
    InnerPacket packet{info.codec, info.packetTime, 0, frame};
    // One byte is the end mark of the padding.
    EXPECT_LE(innerSize(packet) + 1, info.bucketBytes);
  }
  EXPECT_FALSE(parseTier("auto"));
  EXPECT_FALSE(parseTier("Good"));
}

}  // namespace
}  // namespace foyer::wire
