// What the lobby says of the way to a person: both legs through a relay.
#include "tests/scenarios/two_people.h"
#include "tests/scenarios/watching_relay.h"

namespace foyer::sim {
namespace {

// In milliseconds; nothing while it is not known.
std::optional<std::int64_t> delayTo(SimClient& from, const Fingerprint& to) {
  for (const client::Person& person : from.client().people())
    if (person.fingerprint == to && person.relayedDelay)
      return toMilliseconds(*person.relayedDelay);
  return std::nullopt;
}

struct ThreePeople : TwoPeople {
  explicit ThreePeople(std::uint64_t seed) : TwoPeople(seed) {
    c = &world.addClient({.alias = "Cem"});
  }
  SimClient* c = nullptr;
};

TEST(Legs, twoPeopleOnOneRelayHaveDifferentFigures) {
  ThreePeople people(80);
  World& world = people.world;
  world.network.setLink(*people.a, people.relay, {.delay = 5ms});
  world.network.setLink(*people.b, people.relay, {.delay = 1ms});
  world.network.setLink(*people.c, people.relay, {.delay = 75ms});
  ASSERT_TRUE(world.meet(*people.a, *people.b, people.relay));
  ASSERT_TRUE(world.meet(*people.a, *people.c, people.relay));
  world.network.runFor(1s);
  const auto near = delayTo(*people.a, people.b->fingerprint());
  const auto far = delayTo(*people.a, people.c->fingerprint());
  ASSERT_TRUE(near && far);
  EXPECT_NEAR(static_cast<double>(*near), 12, 2);
  EXPECT_NEAR(static_cast<double>(*far), 160, 3);
  // The same way, seen from its other end.
  EXPECT_NEAR(static_cast<double>(*delayTo(*people.c, people.a->fingerprint())), 160, 3);

  // What a call gets. Without a direct way it stays on the relay.
  for (SimClient* side : {people.a, people.c})
    side->tell([](client::Client& c, TimePoint now) { c.setGoesDirect(now, false); });
  const CallId call = test::talk(world, *people.a, *people.c);
  world.network.runFor(5s);
  const auto status = world.status(*people.a, call);
  ASSERT_TRUE(status && status->endToEndRtt);
  EXPECT_NEAR(static_cast<double>(toMilliseconds(*status->endToEndRtt)), static_cast<double>(*far),
              40);
}

TEST(Legs, theFigureFollowsEitherLegAndIsGoneWithTheRelay) {
  TwoPeople people(81);
  World& world = people.world;
  ASSERT_TRUE(world.meet(*people.a, *people.b, people.relay));
  world.network.runFor(1s);
  const auto delay = [&] { return delayTo(*people.a, people.b->fingerprint()); };
  ASSERT_EQ(delay(), 40);
  world.network.setLink(*people.b, people.relay, {.delay = 100ms});
  EXPECT_TRUE(world.network.runUntil([&] { return delay() == 220; }, 10min));
  world.network.setLink(*people.a, people.relay, {.delay = 50ms});
  EXPECT_TRUE(world.network.runUntil([&] { return delay() >= 295; }, 10min));
  people.a->tell([&](client::Client& c, TimePoint now) {
    c.disconnectRelay(now, people.relay.relay().fingerprint());
  });
  EXPECT_EQ(delay(), std::nullopt);
}

TEST(Legs, nobodyIsToldAgainWhileNothingMoves) {
  TwoPeople people(82);
  ASSERT_TRUE(people.world.meet(*people.a, *people.b, people.relay));
  people.world.network.runFor(60s);
  const auto changes = [&] {
    return std::ranges::count_if(people.a->events(), [](const auto& event) {
      return std::holds_alternative<client::PeopleChanged>(event);
    });
  };
  const auto before = changes();
  people.world.network.runFor(10min);
  EXPECT_EQ(changes(), before);
}

TEST(Legs, aRelayThatTellsNoneLeavesTheFigureOut) {
  World world(83);
  world.network.setDefaultLink({.delay = 10ms});
  WatchingRelay relay(world.network, {IpAddress::v4(198, 51, 100, 9), 4433}, 84);
  SimClient& a = world.addClient({.alias = "Ann"});
  SimClient& b = world.addClient({.alias = "Ben"});
  for (SimClient* side : {&a, &b})
    (void)side->tell(
        [&](client::Client& c, TimePoint now) { return c.connectRelay(now, relay.target()); });
  ASSERT_TRUE(world.network.runUntil([&] { return a.client().people().size() == 1; }, 10s));
  world.network.runFor(60s);
  EXPECT_TRUE(a.client().relays().at(0).rtt) << "the own leg alone is no answer";
  EXPECT_EQ(delayTo(a, b.fingerprint()), std::nullopt);
}

}  // namespace
}  // namespace foyer::sim
