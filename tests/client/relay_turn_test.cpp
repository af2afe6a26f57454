// What a relay hands out for its operator's TURN server, as the client asks for it and takes it.
#include <gtest/gtest.h>

#include "core/sim/world.h"

namespace foyer::sim {
namespace {

relaylite::TurnOffer offer(std::uint32_t lifetimeSeconds) {
  return {{"turn:turn.example.org", "turns:turn.example.org:443"},
          std::make_shared<const net::TurnPassword>(*net::TurnPassword::from("shared")),
          lifetimeSeconds};
}

struct Pair {
  explicit Pair(relaylite::RelayConfig config = {}) : world(5), relay(world.addRelay(config)) {
    SimClientOptions options;
    options.tellsAddresses = true;
    options.alias = "Ann";
    a = &world.addClient(options);
    options.alias = "Ben";
    b = &world.addClient(options);
    world.network.setDefaultLink({.delay = 10ms});
    EXPECT_TRUE(world.meet(*a, *b, relay));
  }
  void talk() {
    const auto placed = a->tell([&](client::Client& c, TimePoint now) {
      return c.placeCall(now, b->fingerprint(), {}, crypto::CallPolicy::Trusted);
    });
    ASSERT_TRUE(placed);
    ASSERT_TRUE(world.waitForPhase(*b, *placed, client::CallPhase::Ringing));
    b->tell([&](client::Client& c, TimePoint now) { return c.answer(now, *placed, true); });
    ASSERT_TRUE(world.waitForPhase(*a, *placed, client::CallPhase::Active));
    world.network.runFor(500ms);
  }
  void ask() {
    a->tell([](client::Client& c, TimePoint now) { c.requestTurn(now); });
    world.network.runFor(200ms);
  }
  std::optional<client::Client::TurnFrom> given() { return a->client().pollTurn(); }

  World world;
  SimRelay& relay;
  SimClient* a = nullptr;
  SimClient* b = nullptr;
};

relaylite::RelayConfig withTurn() {
  relaylite::RelayConfig config;
  config.turn = offer(600);
  return config;
}

TEST(RelayTurn, isAskedForACallThatMayGoDirectlyAndNotBefore) {
  Pair pair(withTurn());
  pair.ask();
  EXPECT_FALSE(pair.given()) << "nobody speaks";
  EXPECT_FALSE(pair.a->client().hasDirectCall());
  pair.talk();
  ASSERT_TRUE(pair.a->client().hasDirectCall());
  const TimePoint before = pair.world.network.now();
  pair.ask();
  const auto given = pair.given();
  ASSERT_TRUE(given);
  EXPECT_EQ(given->relay, pair.relay.fingerprint());
  EXPECT_EQ(given->relayAt, pair.relay.address().ip);
  ASSERT_EQ(given->turn.links.size(), 2u);
  EXPECT_EQ(given->turn.links[1].format(), "turns:turn.example.org:443");
  EXPECT_FALSE(given->turn.credentials.password.isEmpty());
  // By the relay's word and from when it came: this machine's clock may be wrong.
  EXPECT_GE(given->turn.goodUntil, before + 600s);
  EXPECT_LE(given->turn.goodUntil, before + 600s + 200ms);
  EXPECT_FALSE(pair.given()) << "once";
}

TEST(RelayTurn, aRelayWithoutAServerGivesNone) {
  Pair pair;
  pair.talk();
  pair.ask();
  const auto given = pair.given();
  ASSERT_TRUE(given);
  EXPECT_TRUE(given->turn.links.empty());
}

TEST(RelayTurn, whatIsNoLinkIsLeftOut) {
  relaylite::RelayConfig config;
  config.turn = offer(600);
  config.turn.links = {"http://elsewhere", "turn:user:secret@turn.example.org",
                       "turn:turn.example.org"};
  Pair pair(config);
  pair.talk();
  pair.ask();
  const auto given = pair.given();
  ASSERT_TRUE(given);
  ASSERT_EQ(given->turn.links.size(), 1u);
  EXPECT_EQ(given->turn.links[0].format(), "turn:turn.example.org");
}

}  // namespace
}  // namespace foyer::sim
