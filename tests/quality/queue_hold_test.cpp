#include "core/quality/queue_hold.h"

#include <gtest/gtest.h>

namespace foyer::quality {
namespace {

constexpr TimePoint kStart(100s);

// 48 kbit sent since the echoed packet, one second of work done on them by a way of 20 kb/s (of 24
// that arrive, some belong to others): 1.4 s are left.
SenderView longQueue() { return {.sentSinceEchoBits = 48'000, .sinceEcho = 1s}; }

TEST(SenderView, whatWasSentSinceTheEchoIsTheBacklog) {
  EXPECT_EQ(longQueue().backlog(24'000), 1s);
  EXPECT_EQ(longQueue().backlog(48'000), 0s);
  EXPECT_EQ(longQueue().backlog(96'000), 0s) << "never less than nothing";
  EXPECT_EQ(longQueue().backlog(0), 0s);
}

TEST(QueueHold, nothingIsSentUntilTheQueueIsNearlyEmpty) {
  QueueHold hold;
  EXPECT_TRUE(hold.maySend(kStart));
  hold.onFall(kStart, longQueue(), 24'000);
  EXPECT_FALSE(hold.maySend(kStart));
  EXPECT_FALSE(hold.maySend(kStart + 1200ms));
  EXPECT_TRUE(hold.maySend(kStart + 1500ms));
  EXPECT_TRUE(hold.isBlind(kStart + 1500ms)) << "reports still tell of what was sent before";
  EXPECT_FALSE(hold.isBlind(kStart + 4s));
}

TEST(QueueHold, aShortQueueIsNotWorthAHole) {
  QueueHold hold;
  hold.onFall(kStart, {.sentSinceEchoBits = 10'000, .sinceEcho = 400ms}, 24'000);
  EXPECT_TRUE(hold.maySend(kStart));
}

TEST(QueueHold, noHoldIsLongerThanTwoSeconds) {
  QueueHold hold;
  hold.onFall(kStart, {.sentSinceEchoBits = 10'000'000, .sinceEcho = 0s}, 8'000);
  EXPECT_FALSE(hold.maySend(kStart + 1900ms));
  EXPECT_TRUE(hold.maySend(kStart + 2s));
}

TEST(QueueHold, aQueueThatDropsHoldsNoMoreThanWhatStandsInIt) {
  QueueHold hold;
  hold.onFall(kStart, longQueue(), 24'000);
  hold.onReport(kStart + 200ms, {.lossShare = 0.4}, 300ms);
  EXPECT_FALSE(hold.maySend(kStart + 400ms));
  EXPECT_TRUE(hold.maySend(kStart + 500ms));
}

TEST(QueueHold, whatStandsAfterTheFirstHoldIsWaitedForAgain) {
  QueueHold hold;
  hold.onFall(kStart, longQueue(), 24'000);
  const SenderView rest{.sentSinceEchoBits = 24'000, .sinceEcho = 600ms};
  hold.onReport(kStart + 2s, rest, 500ms);
  EXPECT_TRUE(hold.maySend(kStart + 2s)) << "that report is of before the hold";
  hold.onReport(kStart + 3500ms, rest, 500ms);
  EXPECT_FALSE(hold.maySend(kStart + 3500ms));
}

TEST(QueueHold, aDelayWithoutAFallOrLongAfterItIsNotTheQueueOfThisCall) {
  QueueHold hold;
  hold.onReport(kStart, longQueue(), 500ms);
  EXPECT_TRUE(hold.maySend(kStart));
  hold.onFall(kStart, {}, 24'000);
  hold.onReport(kStart + 7s, longQueue(), 500ms);
  EXPECT_TRUE(hold.maySend(kStart + 7s));
}

TEST(QueueHold, anotherNetworkHasAnotherQueue) {
  QueueHold hold;
  hold.onFall(kStart, longQueue(), 24'000);
  hold.onNetworkChanged();
  EXPECT_TRUE(hold.maySend(kStart));
  EXPECT_FALSE(hold.isBlind(kStart));
}

}  // namespace
}  // namespace foyer::quality
