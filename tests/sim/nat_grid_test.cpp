#include "core/sim/nat_grid.h"

#include <gtest/gtest.h>

#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

// Every second type as the caller, another as the callee; foyer-lab nat runs all pairs.
TEST(NatGrid, everyPairHearsEachOtherSoon) {
  const auto types = homeTypes();
  for (std::size_t i = 0; i < types.size(); ++i) {
    const HomeType& caller = types[i];
    const HomeType& callee = types[(i * 7 + 3) % types.size()];
    SCOPED_TRACE(std::string(caller.name) + " calls " + std::string(callee.name));
    const PairOutcome outcome = runPair(caller, callee, {.seed = i + 1, .limit = 2s});
    EXPECT_EQ(outcome.failedAt, "");
    ASSERT_TRUE(outcome.isAudible());
    const Duration bar = caller.blocksUdp || callee.blocksUdp ? 1500ms : 300ms;
    EXPECT_LE(*outcome.heardByCaller, bar);
    EXPECT_LE(*outcome.heardByCallee, bar);
    EXPECT_NE(outcome.way, WaySeen::None);
    EXPECT_EQ(outcome.direct.has_value(), outcome.way != WaySeen::Relay);
  }
}

TEST(NatGrid, equalSeedsGiveEqualOutcomes) {
  const HomeType& hard = *findHomeType("symmetric-random");
  const HomeType& easy = *findHomeType("port-restricted");
  const PairOptions options{.seed = 9, .limit = 2s};
  EXPECT_EQ(runPair(hard, easy, options), runPair(hard, easy, options));
}

TEST(NatGrid, theIntervalOfARateIsWilsons) {
  // The worked figures of Newcombe (1998), table I, method 3: 81 of 263, and 0 of 20.
  const RateInterval some = rateInterval(81, 263);
  EXPECT_NEAR(some.low, 0.2553, 0.0001);
  EXPECT_NEAR(some.high, 0.3662, 0.0001);
  const RateInterval none = rateInterval(0, 20);
  EXPECT_NEAR(none.low, 0, 1e-9);
  EXPECT_NEAR(none.high, 0.1611, 0.0001);
  EXPECT_NEAR(rateInterval(200, 200).high, 1, 1e-9);
}

TEST(NatGrid, theToneTellsHowLongNothingWasHeard) {
  World world(5);
  world.network.setDefaultLink({.delay = 20ms});
  SimRelay& relay = world.addPublicRelay();
  SimClientOptions options;
  options.codec = SimCodec::SizedTone;
  options.recordsSound = true;
  SimClient& a = world.addClient(world.addHome(*findHomeType("linux")), options);
  SimClient& c = world.addClient(world.addHome(*findHomeType("open")), options);
  ASSERT_TRUE(world.meet(a, c, relay));
  const CallId call = test::talk(world, a, c);
  world.network.runFor(3s);
  const TimePoint talking = world.network.now() - 1s;
  EXPECT_EQ(a.longestSilence(call, talking, world.network.now()), 0ms);
  const TimePoint cut = world.network.now();
  world.network.setCut(relay, a, true);
  world.network.setCut(c, a, true);
  world.network.runFor(1s);
  world.network.setCut(relay, a, false);
  world.network.setCut(c, a, false);
  world.network.runFor(3s);
  const Duration gap = a.longestSilence(call, cut, world.network.now());
  EXPECT_GE(gap, 700ms);
  EXPECT_LE(gap, 1500ms);
}

}  // namespace
}  // namespace foyer::sim
