#include <gtest/gtest.h>

#include "core/client/live_call.h"

namespace foyer::client {
namespace {

// A rate of the last two seconds is made of steps, the newest of which is never whole.
TEST(RateMeter, aSteadyStreamHasItsRateAtAnyMoment) {
  RateMeter meter;
  TimePoint now(1000s);
  for (int packet = 0; packet < 500; ++packet, now += 20ms) {
    meter.add(now, 100);
    if (packet >= 150) {
      EXPECT_NEAR(meter.kbps(now), 40, 0.6) << packet;
    }
  }
  EXPECT_NEAR(meter.kbps(now + 1s), 20, 4);
  EXPECT_EQ(meter.kbps(now + 3s), 0);
}

}  // namespace
}  // namespace foyer::client
