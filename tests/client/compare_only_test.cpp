// Whole calls with somebody whose key changed: what reaches the other end's loudspeaker, whatever
// the person at this end presses.
#include <gtest/gtest.h>

#include <cmath>

#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

using client::CallPhase;
using client::Client;

// A tone all the time, so that any voice that gets through is heard at once.
SimClientOptions loud() {
  SimClientOptions options;
  options.codec = SimCodec::Opus;
  options.loopsSound = true;
  for (int i = 0; i < 48000; ++i)
    options.sound.push_back(
        static_cast<std::int16_t>(9000 * std::sin(i * 2 * 3.14159265 * 300 / 48000)));
  return options;
}

struct CompareOnly : ::testing::Test {
  CompareOnly() : world(41), relay(world.addRelay()) {
    world.network.setDefaultLink({.delay = 10ms});
    SimClientOptions options = loud();
    options.alias = "Ann";
    ann = &world.addClient(options);
    options.alias = "Ben";
    ben = &world.addClient(options);
  }
  void talk() {
    ASSERT_TRUE(world.meet(*ann, *ben, relay));
    call = test::talk(world, *ann, *ben);
    ASSERT_FALSE(HasFailure());
  }
  // Whether `listener` hears anything during the next second.
  bool hears(SimClient& listener) {
    // What is still on its way, and what a decoder makes of it, fades first.
    world.network.runFor(500ms);
    bool heard = false;
    for (int i = 0; i < 10; ++i) {
      world.network.runFor(100ms);
      heard |= listener.sounds().at(call).seam->report.outputLevelDb.load() > -80;
    }
    return heard;
  }
  World world;
  SimRelay& relay;
  SimClient* ann = nullptr;
  SimClient* ben = nullptr;
  CallId call;
};

TEST_F(CompareOnly, theCallerSendsSilenceUntilTheWordsMatchWhateverIsPressed) {
  ann->contacts().set(ben->key(), {.isKeyChanged = true});
  talk();
  const auto at = world.status(*ann, call);
  EXPECT_TRUE(at->isCompareOnly && at->isVoiceHeld && at->isPrivate);
  EXPECT_FALSE(hears(*ben));
  EXPECT_TRUE(hears(*ann)) << "Ben reads the words out";
  EXPECT_TRUE(world.status(*ben, call)->isPeerMuted);
  ann->tell([&](Client& c, TimePoint now) { c.setMuted(now, true); });
  ann->tell([&](Client& c, TimePoint now) { c.setMuted(now, false); });
  EXPECT_FALSE(hears(*ben));
  EXPECT_TRUE(world.status(*ben, call)->isPeerMuted);
  const auto spoke =
      ann->tell([&](Client& c, TimePoint now) { return c.speakUnverified(now, call); });
  ASSERT_FALSE(spoke) << "only who was called may";
  EXPECT_EQ(spoke.error().code, "not_held");
  EXPECT_FALSE(hears(*ben));
  ann->tell([&](Client& c, TimePoint now) { return c.verdict(now, call, true); });
  EXPECT_TRUE(hears(*ben));
  EXPECT_FALSE(world.status(*ann, call)->isCompareOnly);
  EXPECT_FALSE(world.status(*ben, call)->isPeerMuted);
  EXPECT_EQ(world.status(*ben, call)->sas->peers, std::optional(true));
}

TEST_F(CompareOnly, whoWasCalledMaySpeakKnowinglyButNotOnceTheWordsDiffered) {
  ben->contacts().set(ann->key(), {.isKeyChanged = true});
  talk();
  EXPECT_TRUE(world.status(*ben, call)->isPrivate) << "no address for a key nobody compared";
  EXPECT_FALSE(hears(*ann));
  EXPECT_TRUE(ben->tell([&](Client& c, TimePoint now) { return c.speakUnverified(now, call); }));
  EXPECT_TRUE(hears(*ann));
  EXPECT_TRUE(world.status(*ben, call)->isCompareOnly) << "speaking is not verifying";
  ben->tell([&](Client& c, TimePoint now) { return c.verdict(now, call, false); });
  EXPECT_FALSE(hears(*ann));
  EXPECT_FALSE(ben->tell([&](Client& c, TimePoint now) { return c.speakUnverified(now, call); }));
  ben->tell([&](Client& c, TimePoint now) { c.setMuted(now, false); });
  EXPECT_FALSE(hears(*ann));
  EXPECT_EQ(world.status(*ben, call)->phase, CallPhase::Active);
}

TEST_F(CompareOnly, wordsThatDifferSilenceAnyCall) {
  talk();
  EXPECT_TRUE(hears(*ben));
  ann->tell([&](Client& c, TimePoint now) { return c.verdict(now, call, false); });
  ann->tell([&](Client& c, TimePoint now) { c.setMuted(now, false); });
  EXPECT_FALSE(hears(*ben));
  EXPECT_EQ(world.status(*ben, call)->sas->peers, std::optional(false)) << "told";
  EXPECT_TRUE(hears(*ann)) << "and not believed: ben is not silenced by it";
  ann->tell([&](Client& c, TimePoint now) { return c.verdict(now, call, true); });
  EXPECT_TRUE(hears(*ben));
  EXPECT_EQ(world.status(*ben, call)->sas->peers, std::optional(true));
}

// A relay must not see when the words were compared.
TEST_F(CompareOnly, silenceAndVoiceHaveTheSameSizes) {
  ann->contacts().set(ben->key(), {.isKeyChanged = true});
  talk();
  const auto bytes = [&] { return world.status(*ann, call)->tx.bytes; };
  const auto packets = [&] { return world.status(*ann, call)->tx.packets; };
  const auto share = [&] {
    const auto b = bytes(), p = packets();
    world.network.runFor(5s);
    return static_cast<double>(bytes() - b) / static_cast<double>(packets() - p);
  };
  world.network.runFor(11s);
  const double held = share();
  ann->tell([&](Client& c, TimePoint now) { return c.verdict(now, call, true); });
  EXPECT_EQ(held, share());
}

}  // namespace
}  // namespace foyer::sim
