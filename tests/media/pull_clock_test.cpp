#include "core/media/pull_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace foyer::media {
namespace {

constexpr std::int64_t kBlock = 480;

TEST(PullClock, evenPullsKeepTheirTimes) {
  PullClock clock;
  for (int i = 0; i < 500; ++i) {
    const TimePoint now = TimePoint(3s) + 10ms * i;
    EXPECT_EQ(clock.onPull(now, kBlock), now);
  }
}

TEST(PullClock, aDeviceThatFillsItselfFirstIsSettledAtOnce) {
  PullClock clock;
  // Four blocks at once, then one as each is played.
  TimePoint at;
  for (int i = 0; i < 4; ++i) at = clock.onPull(TimePoint(3s), kBlock);
  for (int i = 0; i < 12; ++i) at = clock.onPull(TimePoint(3s) + 10ms * (i + 1), kBlock);
  EXPECT_NEAR(static_cast<double>((at - (TimePoint(3s) + 120ms)).count()), 0, 1e6);
}

TEST(PullClock, busyMomentsHardlyShow) {
  PullClock clock;
  SeededRandom random(4);
  double worst = 0;
  for (int i = 0; i < 5000; ++i) {
    const TimePoint even = TimePoint(3s) + 10ms * i;
    const auto late =
        Duration(static_cast<std::int64_t>(random.unit() < 0.05 ? 2.5e7 * random.unit() : 0));
    const Duration error = clock.onPull(even + late, kBlock) - even;
    worst = std::max(worst, std::abs(static_cast<double>(error.count())));
  }
  EXPECT_LT(worst, 1e6);
}

TEST(PullClock, followsADeviceThatIsFasterOrSlower) {
  for (const double ppm : {300.0, -300.0}) {
    PullClock clock;
    TimePoint now(3s), at;
    for (int i = 0; i < 60'000; ++i) {
      now = TimePoint(3s) + Duration(static_cast<std::int64_t>(1e7 * i * (1 + ppm * 1e-6)));
      at = clock.onPull(now, kBlock);
    }
    EXPECT_LT(std::abs(static_cast<double>((at - now).count())), 1e6) << ppm;
  }
}

TEST(PullClock, aDeviceThatStoodStillBeginsAnew) {
  PullClock clock;
  clock.onPull(TimePoint(3s), kBlock);
  EXPECT_EQ(clock.onPull(TimePoint(5s), kBlock), TimePoint(5s));
  EXPECT_EQ(clock.onPull(TimePoint(4s), kBlock), TimePoint(4s)) << "and backwards";
}

}  // namespace
}  // namespace foyer::media
