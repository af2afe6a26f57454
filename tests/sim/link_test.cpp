#include "core/sim/link.h"

#include <gtest/gtest.h>

namespace foyer::sim {
namespace {

TEST(Link, theSameSeedLosesTheSamePackets) {
  const LinkSpec spec{
      .delay = 20ms, .jitter = 10ms, .loss = 0.2, .burstPackets = 3, .duplicate = 0.05};
  Link a(spec, 7);
  Link b(spec, 7);
  TimePoint now{1s};
  for (int i = 0; i < 5000; ++i, now += 20ms) {
    const auto x = a.send(now, 150);
    const auto y = b.send(now, 150);
    ASSERT_EQ(x.count, y.count);
    ASSERT_EQ(x.at[0], y.at[0]);
  }
}

TEST(Link, burstLossHasTheAskedMeanAndLength) {
  Link link({.loss = 0.2, .burstPackets = 6}, 3);
  TimePoint now{1s};
  int lost = 0;
  int bursts = 0;
  bool before = false;
  constexpr int kPackets = 200000;
  for (int i = 0; i < kPackets; ++i, now += 20ms) {
    const bool isLost = link.send(now, 100).count == 0;
    lost += isLost;
    bursts += isLost && !before;
    before = isLost;
  }
  EXPECT_NEAR(lost / double(kPackets), 0.2, 0.01);
  EXPECT_NEAR(lost / double(bursts), 6.0, 0.3);
}

TEST(Link, aBottleneckDelaysAndThenDrops) {
  // 1000 bytes at 80 kbit/s take 100 ms each.
  Link link({.delay = 10ms, .rateBps = 80000, .queueLimit = 250ms}, 1);
  const TimePoint now{1s};
  EXPECT_EQ(link.send(now, 1000).at[0], now + 110ms);
  EXPECT_EQ(link.send(now, 1000).at[0], now + 210ms);
  EXPECT_EQ(link.send(now, 1000).at[0], now + 310ms);
  EXPECT_EQ(link.send(now, 1000).count, 0);
  EXPECT_EQ(link.counters().queueDropped, 1U);
}

TEST(Link, jitterKeepsTheOrderUnlessReorderIsAsked) {
  Link kept({.delay = 10ms, .jitter = 50ms}, 5);
  Link mixed({.delay = 10ms, .jitter = 50ms, .reorder = 0.2}, 5);
  TimePoint now{1s};
  TimePoint lastKept{};
  TimePoint lastMixed{};
  int overtaken = 0;
  for (int i = 0; i < 1000; ++i, now += 5ms) {
    const auto k = kept.send(now, 100).at[0];
    EXPECT_GE(k, lastKept);
    lastKept = k;
    const auto m = mixed.send(now, 100).at[0];
    overtaken += m < lastMixed;
    lastMixed = m;
  }
  EXPECT_GT(overtaken, 20);
}

TEST(Link, nothingCrossesACutOrFitsWhenTooBig) {
  Link link({.mtu = 1280}, 1);
  EXPECT_EQ(link.send(TimePoint{1s}, 1281).count, 0);
  link.setCut(true);
  EXPECT_EQ(link.send(TimePoint{1s}, 100).count, 0);
  link.setCut(false);
  EXPECT_EQ(link.send(TimePoint{1s}, 100).count, 1);
}

TEST(Link, tracesCountMediaAlone) {
  Link link({.lossTrace = {false, true, false}}, 1);
  const TimePoint now{1s};
  // Whatever else is sent neither uses an entry nor is lost by one.
  const auto other = [&] { return link.send(now, 100).count; };
  const auto media = [&] { return link.send(now, 100, true).count; };
  EXPECT_EQ(other(), 1);
  EXPECT_EQ(media(), 1);
  EXPECT_EQ(other(), 1);
  EXPECT_EQ(media(), 0);
  EXPECT_EQ(other(), 1);
  EXPECT_EQ(media(), 1);
  EXPECT_EQ(media(), 1);  // from the start again
  EXPECT_EQ(media(), 0);
  EXPECT_EQ(link.counters().media, 5U);
  EXPECT_EQ(link.counters().lost, 2U);
}

TEST(Link, aDelayTraceIsExactEvenWhereItReorders) {
  Link link({.delay = 500ms, .jitter = 100ms, .delayTrace = {40ms, 10ms, 25ms}}, 1);
  TimePoint now{1s};
  EXPECT_EQ(link.send(now, 100).at[0], now + 40ms);  // before any media: the first entry
  EXPECT_EQ(link.send(now, 100, true).at[0], now + 40ms);
  now += 20ms;
  EXPECT_EQ(link.send(now, 100, true).at[0], now + 10ms);  // overtakes the one before
  EXPECT_EQ(link.send(now, 100).at[0], now + 10ms);        // the entry of the newest media packet
  EXPECT_EQ(link.send(now, 100, true).at[0], now + 25ms);
  EXPECT_EQ(link.send(now, 100, true).at[0], now + 40ms);
}

TEST(Link, anotherWeatherLeavesTheQueueAsItIs) {
  // 1000 bytes at 80 kbit/s take 100 ms, at 160 kbit/s 50 ms.
  Link link({.rateBps = 80000, .queueLimit = 250ms}, 1);
  const TimePoint now{1s};
  (void)link.send(now, 1000);
  EXPECT_EQ(link.send(now, 1000).at[0], now + 200ms);
  EXPECT_EQ(link.queueing(now), 200ms);
  link.setSpec({.rateBps = 160000, .queueLimit = 250ms});
  EXPECT_EQ(link.queueing(now), 200ms);
  EXPECT_EQ(link.send(now, 1000).at[0], now + 250ms);
  EXPECT_EQ(link.queueing(now + 100ms), 150ms);
  EXPECT_EQ(link.queueing(now + 1s), 0ms);
}

}  // namespace
}  // namespace foyer::sim
