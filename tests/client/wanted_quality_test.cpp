// What one side asks of the other about the voice it is sent (docs/protocol.md, `most`).
#include <gtest/gtest.h>

#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

using wire::Tier;

struct Talk {
  explicit Talk(std::uint64_t seed) : world(seed), relay(world.addRelay()) {
    EXPECT_TRUE(world.meet(a, b, relay));
    call = test::talk(world, a, b);
  }
  Tier sentBy(SimClient& client) { return world.status(client, call)->sending.tier; }
  client::QualityCause causeAt(SimClient& client) {
    return world.status(client, call)->sending.cause;
  }
  void setMetered(SimClient& client, bool isMetered) {
    client.tell([&](client::Client& c, TimePoint now) { c.setMetered(now, isMetered); });
  }
  void choose(SimClient& client, std::optional<Tier> tier) {
    client.tell([&](client::Client& c, TimePoint now) { return c.setQuality(now, call, tier); });
  }

  World world;
  SimRelay& relay;
  SimClient& a = world.addClient({.alias = "Ann"});
  SimClient& b = world.addClient({.alias = "Ben"});
  CallId call{};
};

TEST(WantedQuality, whoPaysByVolumeIsSentNoStudio) {
  Talk talk(4);
  talk.choose(talk.a, Tier::Studio64);
  talk.world.network.runFor(2s);
  ASSERT_EQ(talk.sentBy(talk.a), Tier::Studio64);

  talk.setMetered(talk.b, true);
  talk.world.network.runFor(3s);
  EXPECT_EQ(talk.sentBy(talk.a), Tier::Good);
  EXPECT_EQ(talk.causeAt(talk.a), client::QualityCause::PeerLimit);
  EXPECT_LE(talk.world.status(talk.b, talk.call)->rx.kbps, 40) << "sealed bytes: less arrives";

  talk.setMetered(talk.b, false);
  talk.world.network.runFor(1s);
  EXPECT_EQ(talk.sentBy(talk.a), Tier::Studio64) << "the choice is respected again";
}

TEST(WantedQuality, isToldAsSoonAsThereAreKeys) {
  World world(5);
  SimRelay& relay = world.addRelay();
  SimClient& a = world.addClient({.alias = "Ann"});
  SimClient& b = world.addClient({.alias = "Ben"});
  b.tell([](client::Client& c, TimePoint now) { c.setMetered(now, true); });
  a.tell(
      [](client::Client& c, TimePoint now) { c.setQualityDefaults(now, Tier::Studio48, false); });
  ASSERT_TRUE(world.meet(a, b, relay));
  const CallId call = test::talk(world, a, b);
  world.network.runFor(1s);
  EXPECT_EQ(world.status(a, call)->sending.tier, Tier::Good);
  EXPECT_FALSE(world.status(a, call)->isPeerMuted);
}

// Muting says the whole state again, and must not lift the limit.
TEST(WantedQuality, survivesMuting) {
  Talk talk(6);
  talk.choose(talk.a, Tier::Studio32);
  talk.setMetered(talk.b, true);
  talk.b.tell([](client::Client& c, TimePoint now) { c.setMuted(now, true); });
  talk.world.network.runFor(1s);
  EXPECT_TRUE(talk.world.status(talk.a, talk.call)->isPeerMuted);
  EXPECT_EQ(talk.sentBy(talk.a), Tier::Good);
}

}  // namespace
}  // namespace foyer::sim
