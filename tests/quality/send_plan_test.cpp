#include "core/quality/send_plan.h"

#include <gtest/gtest.h>

namespace foyer::quality {
namespace {

using wire::Tier;

constexpr TimePoint kStart(100s);

struct PlanRow {
  const char* name;
  Tier tier;
  Redundancy wanted;
  LossPicture picture;
  PlanLimits limits;
  int frameBytes, copies, distance;
  bool hasLbrr;
};

TEST(SendPlan, fitsTierAndRedundancyIntoTheBits) {
  const PlanRow rows[] = {
      {"good alone", Tier::Good, Redundancy::None, {}, {}, 59, 0, 2, false},
      {"little loss", Tier::Good, Redundancy::Lbrr, {.loss = 0.02}, {}, 59, 0, 2, true},
      {"one near copy of 16k",
       Tier::Good,
       Redundancy::OneCopy,
       {.loss = 0.1, .burst = 1.1},
       {},
       40,
       1,
       1,
       false},
      {"two copies at 10.4k",
       Tier::Good,
       Redundancy::TwoCopies,
       {.loss = 0.3, .burst = 1.4},
       {},
       26,
       2,
       1,
       false},
      {"runs of three",
       Tier::Good,
       Redundancy::TwoCopies,
       {.loss = 0.2, .burst = 3},
       {},
       26,
       2,
       2,
       false},
      {"runs of six",
       Tier::Good,
       Redundancy::TwoCopies,
       {.loss = 0.2, .burst = 6},
       {},
       26,
       2,
       3,
       false},
      {"studio has bits for copies",
       Tier::Studio64,
       Redundancy::TwoCopies,
       {.loss = 0.2},
       {},
       53,
       2,
       1,
       false},
      {"a cap on the payload",
       Tier::Studio64,
       Redundancy::None,
       {},
       {.maxPayloadBps = 32'000},
       80,
       0,
       2,
       false},
      {"a cap and copies",
       Tier::Studio64,
       Redundancy::TwoCopies,
       {.loss = 0.2},
       {.maxPayloadBps = 32'000},
       26,
       2,
       1,
       false},
      {"room for one copy",
       Tier::Good,
       Redundancy::TwoCopies,
       {.loss = 0.2},
       {.maxWireBps = 60'000},
       27,
       1,
       1,
       false},
      {"no room for any",
       Tier::Good,
       Redundancy::TwoCopies,
       {.loss = 0.2},
       {.maxWireBps = 40'000},
       59,
       0,
       2,
       true},
      {"Codec2 repeats",
       Tier::Catastrophic,
       Redundancy::OneCopy,
       {.loss = 0.1},
       {},
       18,
       1,
       1,
       false},
      {"Codec2 on a narrow way",
       Tier::Catastrophic,
       Redundancy::OneCopy,
       {.loss = 0.1},
       {.maxWireBps = 7'000},
       18,
       0,
       2,
       false},
  };
  for (const PlanRow& row : rows) {
    const SendPlan plan = planFor(row.tier, row.wanted, row.picture, row.limits);
    EXPECT_EQ(plan.tier, row.tier) << row.name;
    EXPECT_EQ(plan.frameBytes, row.frameBytes) << row.name;
    EXPECT_EQ(plan.copies, row.copies) << row.name;
    if (row.copies > 0) {
      EXPECT_EQ(plan.distance, row.distance) << row.name;
    }
    EXPECT_EQ(plan.hasLbrr, row.hasLbrr) << row.name;
    EXPECT_LE(plan.payloadBps(), row.limits.maxPayloadBps.value_or(plan.payloadBps())) << row.name;
    if (row.copies > 0) {
      EXPECT_LE(plan.wireBps(), row.limits.maxWireBps.value_or(plan.wireBps())) << row.name;
    }
  }
}

TEST(SendPlan, withoutRedundancyTheWireRateIsTheTiers) {
  for (const wire::TierInfo& info : wire::tierTable())
    EXPECT_EQ(planFor(info.tier, Redundancy::None, {}, {}).wireBps(),
              static_cast<int>(wire::wireBitrateBps(info.tier)))
        << info.name;
}

TEST(SendPlan, lowDelayHalvesThePacketsOfTheUpperTiersWhereThereIsRoom) {
  const SendPlan fast = planFor(Tier::Good, Redundancy::None, {}, {.isLowDelay = true});
  EXPECT_EQ(fast.time, wire::PacketTime::Ms10);
  EXPECT_EQ(fast.frameBytes, 29);
  EXPECT_EQ(
      planFor(Tier::Good, Redundancy::None, {}, {.maxWireBps = 60'000, .isLowDelay = true}).time,
      wire::PacketTime::Ms20);
  EXPECT_EQ(planFor(Tier::Low, Redundancy::None, {}, {.isLowDelay = true}).time,
            wire::PacketTime::Ms40);
}

struct Reports {
  RedundancyTuner tuner;
  TimePoint now = kStart;
  // A second of 50 packets each.
  void seconds(int count, std::uint32_t lost, double burst = 1) {
    for (int i = 0; i < count; ++i) {
      now += 1s;
      tuner.onReport(now, 50, 50 - lost, lost == 0 ? 0 : burst);
    }
  }
};

TEST(SendPlan, goodInHalfAsManyPacketsSavesTheHeaders) {
  const SendPlan plan = planFor(Tier::Good, Redundancy::None, {}, {.isSparse = true});
  const SendPlan usual = planFor(Tier::Good, Redundancy::None, {}, {});
  EXPECT_EQ(plan.time, wire::PacketTime::Ms40);
  EXPECT_EQ(plan.bitrateBps(), usual.bitrateBps());
  EXPECT_LE(plan.wireBps(), 42'000);
  for (const Tier other : {Tier::Studio64, Tier::Low, Tier::Degraded})
    EXPECT_EQ(planFor(other, Redundancy::None, {}, {.isSparse = true}),
              planFor(other, Redundancy::None, {}, {}));
}

TEST(RedundancyTuner, findsWhatIsWantedWithinFiveSecondsAndGivesItBackWithinFifteen) {
  struct Row {
    std::uint32_t lost;
    Redundancy wanted;
  };
  for (const Row& row : {Row{5, Redundancy::OneCopy}, Row{10, Redundancy::TwoCopies},
                         Row{20, Redundancy::TwoCopies}}) {
    Reports reports;
    reports.seconds(20, 0);
    EXPECT_EQ(reports.tuner.wanted(), Redundancy::None);
    reports.seconds(4, row.lost);
    EXPECT_EQ(reports.tuner.wanted(), row.wanted) << row.lost;
    reports.seconds(30, row.lost);
    EXPECT_EQ(reports.tuner.wanted(), row.wanted) << row.lost;
    reports.seconds(14, 0);
    EXPECT_EQ(reports.tuner.wanted(), Redundancy::None) << row.lost;
  }
}

TEST(RedundancyTuner, oneLostPacketIsNoLoss) {
  Reports reports;
  reports.seconds(5, 0);
  reports.seconds(1, 1);
  reports.seconds(10, 0);
  EXPECT_EQ(reports.tuner.wanted(), Redundancy::None);
}

TEST(RedundancyTuner, runsAreWeighedByWhatWasLostInThem) {
  Reports reports;
  reports.seconds(5, 12, 6);
  EXPECT_NEAR(reports.tuner.picture().burst, 6, 1e-9);
  reports.seconds(10, 2, 1);
  EXPECT_LT(reports.tuner.picture().burst, 2);
}

TEST(RedundancyTuner, anotherNetworkBeginsWithACopyAndNoMemory) {
  Reports reports;
  reports.seconds(10, 20);
  reports.tuner.onNetworkChanged(reports.now);
  EXPECT_GE(reports.tuner.wanted(), Redundancy::OneCopy);
  reports.seconds(8, 0);
  EXPECT_EQ(reports.tuner.wanted(), Redundancy::None);
}

}  // namespace
}  // namespace foyer::quality
