#include "core/net/reconnect.h"

#include <gtest/gtest.h>

namespace foyer::test {

using net::Reconnect;

namespace {
constexpr TimePoint kStart = fromNanoseconds(5'000'000'000);
}

TEST(ReconnectBackoff, doublesToItsCap) {
  Reconnect reconnect;
  SeededRandom random(1);
  std::vector<std::int64_t> bounds;
  for (int i = 0; i < 9; ++i) {
    bounds.push_back(toMilliseconds(reconnect.bound()));
    const Duration wait = reconnect.failed(kStart, random) - kStart;
    EXPECT_GE(wait, Duration::zero());
    EXPECT_LT(wait, Duration(bounds.back() * 1'000'000));
  }
  EXPECT_EQ(bounds,
            (std::vector<std::int64_t>{500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000}));
}

TEST(ReconnectBackoff, clientsOfOneRelayDoNotComeBackTogether) {
  SeededRandom random(2);
  int early = 0;
  int late = 0;
  for (int i = 0; i < 1000; ++i) {
    Reconnect reconnect;
    const Duration wait = reconnect.failed(kStart, random) - kStart;
    early += wait < 250ms ? 1 : 0;
    late += wait >= 250ms ? 1 : 0;
  }
  EXPECT_NEAR(early, late, 150);
}

TEST(ReconnectBackoff, aStableConnectionStartsAfreshAndAFlappingOneDoesNot) {
  Reconnect reconnect;
  SeededRandom random(3);
  for (int i = 0; i < 4; ++i) (void)reconnect.failed(kStart, random);
  reconnect.connected(kStart);
  (void)reconnect.failed(kStart + 29s, random);
  EXPECT_EQ(reconnect.attempts(), 5U);
  reconnect.connected(kStart + 60s);
  (void)reconnect.failed(kStart + 90s, random);
  EXPECT_EQ(reconnect.attempts(), 1U);
  reconnect.reset();
  EXPECT_EQ(reconnect.attempts(), 0U);
}

TEST(ReconnectBackoff, theRelaysRetryAfterIsObeyedWithJitterAndBounded) {
  SeededRandom random(4);
  Reconnect reconnect;
  const TimePoint at = reconnect.failed(kStart, random, 20s);
  EXPECT_GE(at, kStart + 20s);
  EXPECT_LE(at, kStart + 20s + 500ms);
  EXPECT_LE(reconnect.failed(kStart, random, Duration(std::chrono::hours(999))),
            kStart + 5min + 1s);
  EXPECT_GE(reconnect.failed(kStart, random, Duration(-5s)), kStart);
}

TEST(ReconnectBackoff, manyFailuresStayAtTheCap) {
  Reconnect reconnect;
  SeededRandom random(5);
  for (int i = 0; i < 1000; ++i) (void)reconnect.failed(kStart, random);
  EXPECT_EQ(reconnect.bound(), 30s);
}

}  // namespace foyer::test
