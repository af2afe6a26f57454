#include "core/client/own_legs.h"

#include <gtest/gtest.h>

namespace foyer::client {
namespace {

struct OwnLegsTest : ::testing::Test {
  OwnLegsTest() {
    a.bytes[0] = 1;
    b.bytes[0] = 2;
  }
  static RelayStatus relay(const Fingerprint& who, Duration rtt) {
    RelayStatus status;
    status.fingerprint = who;
    status.phase = RelayPhase::Connected;
    status.rtt = rtt;
    return status;
  }
  // The own leg to relay a, by what it makes with one of a millisecond.
  std::int64_t own(Duration rtt) {
    (void)legs.take({relay(a, rtt)});
    return toMilliseconds(*legs.with(a, std::uint16_t{1})) - 1;
  }
  Fingerprint a, b;
  OwnLegs legs;
};

TEST_F(OwnLegsTest, bothLegsMakeTheDelay) {
  EXPECT_TRUE(legs.take({relay(a, 12ms), relay(b, 40ms)}));
  EXPECT_EQ(legs.with(a, std::uint16_t{20}), 32ms);
  EXPECT_EQ(legs.with(b, std::uint16_t{1}), 41ms);
  EXPECT_EQ(legs.with(a, std::nullopt), std::nullopt);
}

TEST_F(OwnLegsTest, aRelayThatIsNotConnectedOrNotMeasuredHasNone) {
  RelayStatus waiting = relay(a, 12ms), fresh = relay(b, 12ms);
  waiting.phase = RelayPhase::Waiting;
  fresh.rtt.reset();
  EXPECT_FALSE(legs.take({waiting, fresh}));
  EXPECT_EQ(legs.with(a, std::uint16_t{20}), std::nullopt);
  EXPECT_EQ(legs.with(b, std::uint16_t{20}), std::nullopt);
  EXPECT_TRUE(legs.take({relay(a, 12ms)}));
  EXPECT_TRUE(legs.take({}));
  EXPECT_EQ(legs.with(a, std::uint16_t{20}), std::nullopt);
}

TEST_F(OwnLegsTest, itStandsStillUntilItMovedByAStep) {
  EXPECT_EQ(own(300us), 1);
  EXPECT_EQ(own(1900us), 1);
  EXPECT_EQ(own(2600us), 3);
  EXPECT_EQ(own(33ms), 35);
  EXPECT_FALSE(legs.take({relay(a, 31ms)}));
  EXPECT_EQ(own(40ms), 35);
  EXPECT_TRUE(legs.take({relay(a, 41ms)}));
  EXPECT_EQ(own(41ms), 40);
  EXPECT_EQ(own(227ms), 230);
  EXPECT_EQ(own(221ms), 230);
}

}  // namespace
}  // namespace foyer::client
