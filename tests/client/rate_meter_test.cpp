#include <gtest/gtest.h>

#include "core/client/live_call.h"

namespace foyer::client {
namespace {

// Half a packet more or less is all that a whole number of steps can be wrong by; the mean is
// exact.
TEST(RateMeter, aSteadyStreamHasItsRateAtAnyMoment) {
  RateMeter meter;
  TimePoint now(1000s);
  double sum = 0;
  for (int packet = 0; packet < 600; ++packet, now += 20ms) {
    meter.add(now, 100);
    if (packet < 200) continue;
    EXPECT_NEAR(meter.kbps(now), 40, 0.4) << packet;
    sum += meter.kbps(now);
  }
  EXPECT_NEAR(sum / 400, 40, 0.02);
  EXPECT_NEAR(meter.kbps(now + 1s), 22, 3);
  EXPECT_EQ(meter.kbps(now + 3s), 0);
}

}  // namespace
}  // namespace foyer::client
