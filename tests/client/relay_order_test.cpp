// Which relay a call goes through when both people are on several.
#include <gtest/gtest.h>

#include "core/sim/world.h"

namespace foyer::sim {
namespace {

struct TwoRelays {
  TwoRelays() : one(world.addRelay()), two(world.addRelay()) {
    a = &world.addClient({.alias = "Ann"});
    b = &world.addClient({.alias = "Ben"});
    for (SimClient* client : {a, b})
      for (SimRelay* relay : {&one, &two}) world.connect(*client, *relay);
    world.network.runFor(3s);
  }
  [[nodiscard]] Fingerprint idOf(SimRelay& relay) { return world.targetOf(relay).fingerprint; }
  void prefer(std::vector<Fingerprint> order) {
    a->tell([&](client::Client& c, TimePoint) {
      c.setRelayOrder(order);
      return true;
    });
  }
  Fingerprint relayOfNextCall() {
    const auto placed = world.call(*a, *b);
    EXPECT_TRUE(placed);
    const Fingerprint through = world.status(*a, *placed)->relay;
    a->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, *placed); });
    world.network.runFor(1s);
    return through;
  }
  World world{31};
  SimRelay& one;
  SimRelay& two;
  SimClient* a = nullptr;
  SimClient* b = nullptr;
};

TEST(RelayOrder, theCallGoesThroughThePreferredRelay) {
  TwoRelays them;
  them.prefer({them.idOf(them.two), them.idOf(them.one)});
  EXPECT_EQ(them.relayOfNextCall(), them.idOf(them.two));
  them.prefer({them.idOf(them.one), them.idOf(them.two)});
  EXPECT_EQ(them.relayOfNextCall(), them.idOf(them.one));
  them.prefer({them.idOf(them.two)});
  EXPECT_EQ(them.relayOfNextCall(), them.idOf(them.two)) << "who is not named comes last";
}

TEST(RelayOrder, theNextOneIsTakenWhereThePersonIsNotOnThePreferredOne) {
  TwoRelays them;
  them.prefer({them.idOf(them.two), them.idOf(them.one)});
  them.b->tell([&](client::Client& c, TimePoint now) {
    c.disconnectRelay(now, them.idOf(them.two));
    return true;
  });
  them.world.network.runFor(3s);
  EXPECT_EQ(them.relayOfNextCall(), them.idOf(them.one));
}

}  // namespace
}  // namespace foyer::sim
