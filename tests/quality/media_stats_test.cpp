#include "core/quality/media_stats.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::quality {
namespace {

constexpr TimePoint kStart(50s);

Arrival packet(TimePoint at, std::uint64_t counter, std::uint16_t mediaTime) {
  return {.at = at, .counter = counter, .mediaTime = mediaTime, .packetTime = 20ms, .bytes = 84};
}

// 20 ms packets from `from` on; every counter for which `isLost` says so is left out.
template <class IsLost>
TimePoint feed(ReceiverStats& stats, TimePoint from, std::uint64_t firstCounter, int count,
               IsLost&& isLost) {
  for (int i = 0; i < count; ++i, from += 20ms) {
    const std::uint64_t counter = firstCounter + static_cast<std::uint64_t>(i);
    if (!isLost(counter))
      stats.onPacket(packet(from, counter, static_cast<std::uint16_t>(counter * 8)));
  }
  return from;
}

TEST(ReceiverStats, nothingToReportBeforeTheFirstPacket) {
  ReceiverStats stats;
  EXPECT_FALSE(stats.pollReport(kStart + 10s, 0ms));
  EXPECT_FALSE(stats.pollTimeout());
  EXPECT_EQ(stats.lost(), 0U);
}

TEST(ReceiverStats, lossIsCountedPerInterval) {
  ReceiverStats stats;
  TimePoint now = feed(stats, kStart, 0, 50, [](std::uint64_t c) { return c % 10 == 5; });
  EXPECT_FALSE(stats.pollReport(kStart + 999ms, 0ms));
  const auto first = stats.pollReport(now, 37ms);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->number, 0);
  EXPECT_EQ(first->expected, 50);
  EXPECT_EQ(first->received, 45);
  EXPECT_EQ(first->highestCounter, 49U);
  EXPECT_EQ(first->bufferMs, 37);
  EXPECT_NEAR(stats.lossShare(), 0.1, 1e-9);

  now = feed(stats, now, 50, 50, [](std::uint64_t) { return false; });
  const auto second = stats.pollReport(now, 0ms);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->number, 1);
  EXPECT_EQ(second->expected, 50);
  EXPECT_EQ(second->received, 50);
  EXPECT_EQ(stats.lossShare(), 0);
  EXPECT_EQ(stats.lost(), 5U);
}

TEST(ReceiverStats, reportsGoOnWhenTheStreamStops) {
  ReceiverStats stats;
  const TimePoint stopped = feed(stats, kStart, 7, 10, [](std::uint64_t) { return false; });
  (void)stats.pollReport(kStart + 1s, 0ms);
  const auto report = stats.pollReport(kStart + 2s, 0ms);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->expected, 0);
  EXPECT_EQ(report->received, 0);
  EXPECT_EQ(report->echoHoldMs, toMilliseconds(kStart + 2s - (stopped - 20ms)));
}

TEST(ReceiverStats, lateAndReorderedPacketsTakeLossBack) {
  ReceiverStats stats;
  stats.onPacket(packet(kStart, 100, 0));
  stats.onPacket(packet(kStart + 20ms, 102, 16));
  EXPECT_EQ(stats.lost(), 1U);
  stats.onPacket(packet(kStart + 21ms, 101, 8));
  EXPECT_EQ(stats.lost(), 0U);
  stats.onPacket(packet(kStart + 22ms, 99, 65'528));  // before the first that came
  EXPECT_EQ(stats.lost(), 0U);
}

TEST(ReceiverStats, noBurstOfReportsAfterSleep) {
  ReceiverStats stats;
  feed(stats, kStart, 0, 5, [](std::uint64_t) { return false; });
  const TimePoint woken = kStart + 3600s;
  EXPECT_TRUE(stats.pollReport(woken, 0ms));
  EXPECT_FALSE(stats.pollReport(woken + 1ms, 0ms));
  EXPECT_TRUE(stats.pollReport(woken + 1s, 0ms));
}

TEST(ReceiverStats, jitterIsZeroForASteadyStreamAndFollowsAShakyOne) {
  ReceiverStats steady;
  feed(steady, kStart, 0, 200, [](std::uint64_t) { return false; });
  EXPECT_EQ(steady.jitter(), 0ms);

  ReceiverStats shaky;
  SeededRandom random(3);
  double sum = 0;
  for (std::uint64_t c = 0; c < 2000; ++c) {
    const Duration delay(static_cast<std::int64_t>(random.below(20'000'000)));
    shaky.onPacket(
        packet(kStart + 20ms * static_cast<int>(c) + delay, c, static_cast<std::uint16_t>(c * 8)));
    sum += static_cast<double>(shaky.jitter().count()) * 1e-6;
  }
  // The mean difference of two uniform delays is a third of their range.
  EXPECT_NEAR(sum / 2000, 6.7, 0.5);
}

TEST(ReceiverStats, mediaTimeMayWrap) {
  ReceiverStats stats;
  stats.onPacket(packet(kStart, 1, 65'532));
  stats.onPacket(packet(kStart + 20ms, 2, 4));
  EXPECT_EQ(stats.jitter(), 0ms);
}

TEST(ReceiverStats, tellsWhatStandsInTheWayAndHowFastItEmpties) {
  ReceiverStats stats;
  TimePoint now = feed(stats, kStart, 0, 100, [](std::uint64_t) { return false; });
  EXPECT_EQ(stats.queueingDelay(), 0ms);
  EXPECT_FALSE(stats.isUrgent(now));
  (void)stats.pollReport(now, 0ms);
  // From now on each packet takes twice its time to come through.
  for (std::uint64_t c = 100; c < 108; ++c) {
    now += 40ms;
    stats.onPacket(packet(now, c, static_cast<std::uint16_t>(c * 8)));
  }
  EXPECT_GE(stats.queueingDelay(), 100ms);
  ASSERT_TRUE(stats.isUrgent(now));
  const auto report = stats.pollReport(now, 0ms);
  ASSERT_TRUE(report) << "delay that grows is told before the second is over";
  EXPECT_NEAR(report->deliveredTenth / 10.0, (84 + kWireOverhead) * 8 / 40.0, 0.2);
  EXPECT_FALSE(stats.pollReport(now + 50ms, 0ms)) << "at most ten a second";
  EXPECT_TRUE(stats.pollReport(now + 1s, 0ms)) << "and it counts as the next one";
}

TEST(ReceiverStats, aClumpAfterAStallIsNoQueue) {
  ReceiverStats stats;
  const TimePoint now = feed(stats, kStart, 0, 100, [](std::uint64_t) { return false; });
  (void)stats.pollReport(now, 0ms);
  for (std::uint64_t c = 100; c < 110; ++c) {
    stats.onPacket(packet(now + 180ms, c, static_cast<std::uint16_t>(c * 8)));
    EXPECT_EQ(stats.isUrgent(now + 180ms), false) << c;
  }
}

TEST(ReceiverStats, twoPacketsSentAtOnceTellWhatTheWayCarries) {
  ReceiverStats stats;
  const TimePoint now = feed(stats, kStart, 0, 50, [](std::uint64_t) { return false; });
  Arrival timed = packet(now - 20ms + 10ms, 50, 49 * 8);
  timed.isTimed = true;
  timed.bytes = 68;
  stats.onPacket(timed);
  const auto report = stats.pollReport(kStart + 1s, 0ms);
  ASSERT_TRUE(report);
  EXPECT_NEAR(report->pairTenth / 10.0, (68 + kWireOverhead) * 8 / 10.0, 0.2);
  EXPECT_EQ(stats.jitter(), 0ms) << "it is not one of the regular packets";
  EXPECT_EQ(stats.pollReport(kStart + 2s, 0ms)->pairTenth, wire::kPairUnknown);
}

TEST(ReceiverStats, meanRunOfLostPackets) {
  ReceiverStats stats;
  feed(stats, kStart, 0, 50, [](std::uint64_t c) { return c % 10 >= 7; });
  const auto report = stats.pollReport(kStart + 1s, 0ms);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->burstTenths, 30);
}

TEST(ReceiverStats, anotherPacketTimeIsNoOtherDelay) {
  ReceiverStats stats;
  TimePoint now = feed(stats, kStart, 0, 50, [](std::uint64_t) { return false; });
  // Packets of 120 ms leave when they are complete.
  std::uint16_t mediaTime = 50 * 8;
  for (std::uint64_t c = 50; c < 58; ++c, mediaTime = static_cast<std::uint16_t>(mediaTime + 48)) {
    Arrival arrival = packet(now + 100ms, c, mediaTime);
    arrival.packetTime = 120ms;
    stats.onPacket(arrival);
    now += 120ms;
  }
  EXPECT_EQ(stats.queueingDelay(), 0ms);
}

TEST(SenderStats, readsLossJitterAndRoundTrip) {
  SenderStats sender;
  ReceiverStats receiver;
  // 35 ms there, 15 ms back.
  for (int i = 0; i < 60; ++i) {
    const auto mediaTime = static_cast<std::uint16_t>(i * 8);
    sender.onSent(kStart + 20ms * i, mediaTime, 100);
    if (i % 4 != 0)
      receiver.onPacket(packet(kStart + 20ms * i + 35ms, static_cast<std::uint64_t>(i), mediaTime));
  }
  const TimePoint reportedAt = kStart + 20ms * 59 + 35ms + 7ms;
  const auto report = receiver.pollReport(reportedAt, 12ms);
  ASSERT_TRUE(report);
  ASSERT_TRUE(sender.onReport(reportedAt + 15ms, *report));
  const SenderView& view = sender.view();
  EXPECT_NEAR(view.lossShare, 14.0 / 59.0, 1e-9);  // the very first is not missed
  ASSERT_TRUE(view.roundTrip);
  EXPECT_EQ(*view.roundTrip, 50ms);
  EXPECT_EQ(view.peerJitterBuffer, 12ms);
  EXPECT_EQ(view.reports, 1U);
}

TEST(SenderStats, oldAndRepeatedReportsChangeNothing) {
  SenderStats sender;
  wire::QualityReport report{.number = 255, .expected = 50, .received = 25};
  EXPECT_TRUE(sender.onReport(kStart, report));
  EXPECT_FALSE(sender.onReport(kStart, report));
  report.number = 254;
  report.received = 0;
  EXPECT_FALSE(sender.onReport(kStart, report));
  EXPECT_NEAR(sender.view().lossShare, 0.5, 1e-9);
  report.number = 0;  // after the wrap
  EXPECT_TRUE(sender.onReport(kStart, report));
  EXPECT_NEAR(sender.view().lossShare, 1, 1e-9);
}

// 200 kb/s into a way of 20 kb/s that takes 25 ms: what the report tells is a second old.
TEST(SenderStats, theBacklogIsOfNowAndNotOfTheReport) {
  SenderStats sender;
  constexpr std::size_t kSealed = 500 - kWireOverhead;
  const auto mediaTime = [](int i) { return static_cast<std::uint16_t>(i * 8); };
  // An empty way first: the round trip without a queue, 50 ms.
  sender.onSent(kStart, mediaTime(0), kSealed);
  EXPECT_TRUE(sender.onReport(kStart + 50ms, {.number = 0, .echoMediaTime = mediaTime(0)}));
  EXPECT_EQ(sender.view().backlog(20'000), 0s);
  for (int i = 1; i <= 50; ++i) sender.onSent(kStart + 1s + 20ms * i, mediaTime(i), kSealed);
  // Packet 5 stood 820 ms in the queue; the 45 after it need 9 s, of which 25 ms are over when the
  // report comes.
  EXPECT_TRUE(sender.onReport(kStart + 1970ms,
                              {.number = 1, .echoMediaTime = mediaTime(5), .queueMs = 820}));
  const Duration backlog = sender.view().backlog(20'000);
  EXPECT_GE(backlog, 8950ms);
  EXPECT_LE(backlog, 9s);
}

TEST(SenderStats, aReportOfNothingMeansAllIsLostOnlyIfSomethingWasSent) {
  SenderStats sender;
  EXPECT_TRUE(sender.onReport(kStart, {.number = 0}));
  EXPECT_EQ(sender.view().lossShare, 0);
  for (int i = 0; i < 50; ++i)
    sender.onSent(kStart + 20ms * i, static_cast<std::uint16_t>(i * 8), 100);
  EXPECT_TRUE(sender.onReport(kStart + 1s, {.number = 1}));
  EXPECT_EQ(sender.view().lossShare, 1);
}

TEST(SenderStats, impossibleNumbersStayInRange) {
  SenderStats sender;
  sender.onSent(kStart, 8, 100);
  EXPECT_TRUE(sender.onReport(
      kStart + 5ms,
      {.number = 0, .expected = 10, .received = 60'000, .echoMediaTime = 8, .echoHoldMs = 65'535}));
  EXPECT_EQ(sender.view().lossShare, 0);
  EXPECT_FALSE(sender.view().roundTrip) << "a hold longer than the whole trip is a lie";
}

TEST(MouthToEar, isTheSumOfItsParts) {
  EXPECT_EQ(mouthToEar({.captureDevice = 10ms,
                        .packetTime = 20ms,
                        .codec = 6500us,
                        .network = 1ms,
                        .jitterBuffer = 12ms,
                        .playoutDevice = 10ms}),
            59500us);
}

}  // namespace
}  // namespace foyer::quality
