#include "core/quality/ladder.h"

#include <gtest/gtest.h>

namespace foyer::quality {
namespace {

using wire::Tier;

TEST(Ladder, ladderFallsInBitrateAndStepsAreInverse) {
  for (std::size_t i = 0; i + 1 < kLadder.size(); ++i) {
    EXPECT_TRUE(isAbove(kLadder[i], kLadder[i + 1]));
    EXPECT_FALSE(isAbove(kLadder[i + 1], kLadder[i]));
    EXPECT_EQ(oneDown(kLadder[i]), kLadder[i + 1]);
    EXPECT_EQ(oneUp(kLadder[i + 1]), kLadder[i]);
  }
  EXPECT_EQ(oneUp(Tier::Studio64), std::nullopt);
  EXPECT_EQ(oneDown(Tier::Catastrophic), std::nullopt);
}

TEST(Ladder, codec2At3200JoinsTheLadderBetweenItsLastSteps) {
  EXPECT_EQ(oneDown(Tier::Codec2_3200), Tier::Catastrophic);
  EXPECT_EQ(oneUp(Tier::Codec2_3200), Tier::Degraded);
  EXPECT_TRUE(isAbove(Tier::Codec2_3200, Tier::Catastrophic));
  EXPECT_TRUE(isAbove(Tier::Degraded, Tier::Codec2_3200));
}

TEST(Ladder, effectiveTierIsTheChoiceWithinCapability) {
  struct Row {
    const char* name;
    std::optional<Tier> choice;
    Capability capability;
    Tier expected;
  };
  const Row rows[] = {
      {"auto starts at good", std::nullopt, {}, Tier::Good},
      {"a choice is respected", Tier::Studio48, {}, Tier::Studio48},
      {"never above the peer", Tier::Studio64, {.highest = Tier::Studio32}, Tier::Studio32},
      {"auto is bounded too", std::nullopt, {.highest = Tier::Low}, Tier::Low},
      {"below the peer stays", Tier::Degraded, {.highest = Tier::Studio32}, Tier::Degraded},
      {"no Codec2", Tier::Catastrophic, {}, Tier::Degraded},
      {"no Codec2 3200", Tier::Codec2_3200, {}, Tier::Degraded},
      {"Codec2", Tier::Catastrophic, {.hasCodec2 = true}, Tier::Catastrophic},
      {"a peer that takes only what we cannot make",
       Tier::Good,
       {.highest = Tier::Catastrophic},
       Tier::Degraded},
  };
  for (const Row& row : rows)
    EXPECT_EQ(effectiveTier(row.choice, row.capability), row.expected) << row.name;
}

}  // namespace
}  // namespace foyer::quality
