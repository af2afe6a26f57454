#include "core/quality/controller.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace foyer::quality {
namespace {

using wire::Tier;

constexpr TimePoint kStart(100s);

// A way of a certain rate in front of a peer that reports each second, and at once when the queue
// grows: what the controller sees of a real one, without the packets.
struct Way {
  QualityController controller;
  TimePoint now = kStart;
  double rateKbps;
  double loss = 0;
  Duration delay = 0ms;  // of the way itself, above the smallest so far
  double queueKbit = 0;
  std::optional<double> pairKbps;
  std::vector<TimePoint> changes;
  TimePoint reportAt = kStart + 1s;
  std::uint32_t seen = 0;

  explicit Way(double kbps, ControllerSettings settings = {})
      : controller(kStart, settings), rateKbps(kbps) {}
  [[nodiscard]] Tier tier() const { return controller.plan().tier; }
  [[nodiscard]] Duration queue() const {
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(queueKbit / rateKbps));
  }
  void run(Duration length) {
    constexpr Duration kStep = 20ms;
    for (const TimePoint end = now + length; now < end;) {
      now += kStep;
      const double sent = controller.maySend(now) ? controller.plan().wireBps() / 1000.0 : 0;
      queueKbit = std::clamp(queueKbit + (sent - rateKbps) * 0.02, 0.0, rateKbps * 0.4);
      controller.handleTimeout(now);
      const bool isUrgent = queue() > 100ms && now >= reportAt - 800ms;
      if (now >= reportAt || isUrgent) {
        reportAt = now + 1s;
        SenderView view{
            .lossShare = loss,
            .expected = 50,
            .received = static_cast<std::uint32_t>(50 * (1 - loss)),
            .burst = loss > 0 ? 1.0 : 0.0,
            .queueingDelay = queue() + delay,
            .deliveredKbps = (queueKbit > 0 ? std::min(sent, rateKbps) : sent) * (1 - loss),
            .pairKbps = pairKbps.value_or(rateKbps)};
        controller.onReport(now, view);
      }
      if (controller.changes() != seen) {
        seen = controller.changes();
        changes.push_back(now);
      }
    }
  }
};

TEST(QualityController, autoBeginsAtGoodAndStaysWhereTheWayIsWideEnoughForIt) {
  Way way(65);
  EXPECT_EQ(way.tier(), Tier::Good);
  way.run(120s);
  EXPECT_EQ(way.tier(), Tier::Good);
  EXPECT_TRUE(way.changes.empty());
}

TEST(QualityController, aWideWayIsProbedAfterThirtySecondsAndUsed) {
  Way way(1000);
  way.run(29s);
  EXPECT_EQ(way.tier(), Tier::Good);
  way.run(11s);
  EXPECT_EQ(way.tier(), Tier::Studio64);
  EXPECT_EQ(way.controller.cause(), Cause::Probe);
  way.run(120s);
  EXPECT_EQ(way.changes.size(), 1U);
}

TEST(QualityController, aFallOfCapacityIsFollowedAtOnceAndTheQueueDrains) {
  Way way(200);
  way.run(20s);
  way.rateKbps = 24;
  way.run(3s);
  EXPECT_EQ(way.tier(), Tier::Degraded);
  EXPECT_EQ(way.controller.cause(), Cause::Delay);
  EXPECT_LT(way.queue(), 100ms);
  way.run(57s);
  EXPECT_EQ(way.changes.size(), 1U) << "nothing is tried that two packets show to be impossible";
  way.rateKbps = 200;
  way.run(20s);
  EXPECT_EQ(way.tier(), Tier::Good);
  EXPECT_EQ(way.controller.cause(), Cause::Recovered);
}

TEST(QualityController, withoutWordOfTwoPacketsRetriesGrowRare) {
  Way way(200);
  way.pairKbps = 1000;  // the narrow link is hidden behind a queue that tells nothing
  way.run(20s);
  way.rateKbps = 24;
  way.run(30s);
  const std::size_t early = way.changes.size();
  way.run(240s);
  EXPECT_LE(way.changes.size() - early, 2U * 4U + 2U) << "at most a try a minute";
}

TEST(QualityController, randomLossCostsRedundancyAndNotTheTier) {
  Way way(300, {.isMetered = true});  // nothing above Good is tried
  way.run(10s);
  const int before = way.controller.plan().bitrateBps();
  way.loss = 0.2;
  way.run(4s);
  EXPECT_EQ(way.controller.plan().copies, 2);
  EXPECT_LT(way.controller.plan().bitrateBps(), before) << "B-30: within four seconds";
  way.run(60s);
  EXPECT_EQ(way.tier(), Tier::Good);
  EXPECT_LE(way.controller.plan().payloadBps(), 32'000);
  way.loss = 0;
  way.run(15s);
  EXPECT_EQ(way.controller.plan().copies, 0);
}

TEST(QualityController, studioGivesItsBitsToCopiesAfterThreeLossyReports) {
  Way way(1000);
  way.run(45s);
  ASSERT_EQ(way.tier(), Tier::Studio64);
  way.loss = 0.1;
  way.run(5s);
  EXPECT_EQ(way.tier(), Tier::Good);
  EXPECT_EQ(way.controller.cause(), Cause::Loss);
}

TEST(QualityController, aChoiceIsRespectedWhateverTheWaySays) {
  Way way(24, {.choice = Tier::Studio48});
  way.run(60s);
  EXPECT_EQ(way.tier(), Tier::Studio48);
  EXPECT_TRUE(way.changes.empty());
}

TEST(QualityController, whatThePeerCanTakeAndWhatIsMeteredBound) {
  Way peer(1000, {.capability = {.highest = Tier::Low}});
  EXPECT_EQ(peer.tier(), Tier::Low);
  peer.run(60s);
  EXPECT_EQ(peer.tier(), Tier::Low);
  Way metered(1000, {.isMetered = true});
  metered.run(120s);
  EXPECT_EQ(metered.tier(), Tier::Good) << "W-097: no studio";
  Way late(1000);
  late.run(60s);
  ASSERT_EQ(late.tier(), Tier::Studio64);
  late.controller.configure(late.now, {.isMetered = true});
  EXPECT_EQ(late.tier(), Tier::Good);
  EXPECT_EQ(late.controller.cause(), Cause::Metered);
}

TEST(QualityController, alternatingSecondsChangeAtMostOnceInThree) {
  Way way(200);
  way.run(10s);
  for (int i = 0; i < 30; ++i) {
    way.rateKbps = i % 2 == 0 ? 30 : 200;
    way.run(1s);
  }
  for (std::size_t i = 1; i < way.changes.size(); ++i)
    EXPECT_GE(way.changes[i] - way.changes[i - 1], 3s);
  EXPECT_LE(way.changes.size(), 2U);
}

TEST(QualityController, aLongerWayIsNoQueue) {
  Way way(500);
  way.run(20s);
  way.delay = 120ms;  // a handover to a longer route
  way.run(30s);
  EXPECT_EQ(way.controller.queueingDelay(), 0ms);
  EXPECT_FALSE(isAbove(Tier::Low, way.tier()));
  way.run(60s);
  EXPECT_FALSE(isAbove(Tier::Good, way.tier()));
}

TEST(QualityController, silenceOfThePeerIsABadReport) {
  QualityController controller(kStart, {});
  controller.onReport(kStart + 1s, {.expected = 50, .received = 50});
  controller.handleTimeout(*controller.pollTimeout());
  EXPECT_EQ(controller.plan().tier, Tier::Degraded);
}

// A queue that stood before the first packet shows no delay, only loss.
TEST(QualityController, aFullLinkIsNotTakenForRandomLoss) {
  QualityController controller(kStart, {});
  controller.onReport(kStart + 3s, {.lossShare = 0.12,
                                    .expected = 58,
                                    .received = 51,
                                    .burst = 1,
                                    .deliveredKbps = 57.8,
                                    .pairKbps = 60});
  EXPECT_EQ(controller.plan().tier, Tier::Good);
  EXPECT_EQ(controller.plan().time, wire::PacketTime::Ms40) << "the same speech in fewer packets";
  EXPECT_EQ(controller.plan().copies, 0);
}

TEST(QualityController, aWayBetweenLowAndGoodCarriesGoodInFewerPackets) {
  Way way(50);
  way.run(120s);
  EXPECT_EQ(way.tier(), Tier::Good);
  EXPECT_EQ(way.controller.plan().time, wire::PacketTime::Ms40);
  EXPECT_LE(way.changes.size(), 2U);
  // And on a link that grew, in as many as ever.
  way.rateKbps = 400;
  way.run(90s);
  EXPECT_EQ(way.controller.plan().time, wire::PacketTime::Ms20);
}

TEST(QualityController, anotherNetworkIsBegunCarefully) {
  Way way(1000);
  way.run(60s);
  ASSERT_EQ(way.tier(), Tier::Studio64);
  way.controller.onNetworkChanged(way.now);
  EXPECT_EQ(way.tier(), Tier::Good);
  EXPECT_EQ(way.controller.cause(), Cause::Network);
  EXPECT_GE(way.controller.plan().copies, 1);
}

TEST(QualityController, aQueueOfSecondsIsLeftToDrain) {
  QualityController controller(kStart, {});
  controller.onReport(kStart + 5s, {.expected = 50, .received = 50});
  controller.onReport(kStart + 6s, {.expected = 20,
                                    .received = 20,
                                    .queueingDelay = 600ms,
                                    .deliveredKbps = 24,
                                    .sentSinceEchoBits = 40'000,
                                    .sinceEcho = 700ms});
  EXPECT_FALSE(controller.maySend(kStart + 6s));
  EXPECT_TRUE(controller.maySend(kStart + 8s));
}

}  // namespace
}  // namespace foyer::quality
