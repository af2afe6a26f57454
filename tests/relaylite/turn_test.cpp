// Credentials for the operator's TURN server: for clients that were admitted, each its own, with an
// end.
#include <gtest/gtest.h>

#include "core/net/turn_credentials.h"
#include "tests/relaylite/relay_world.h"

namespace foyer::relaylite {
namespace {

using testing::TestClient;
using testing::World;

const std::string kSecret = "shared with coturn";

TurnOffer offer(std::uint32_t lifetimeSeconds = 3600) {
  return {{"turn:turn.example.org", "turns:turn.example.org"},
          std::make_shared<const net::TurnPassword>(*net::TurnPassword::from(kSecret)),
          lifetimeSeconds};
}

RelayConfig config() {
  RelayConfig made;
  made.turn = offer();
  return made;
}

TEST(RelayTurn, whatIsGivenIsWhatTheServerAcceptsForAnHour) {
  World world(config());
  TestClient& client = world.join();
  world.send(client, wire::TurnGet{7});
  ASSERT_TRUE(world.runUntil([&] { return client.count<wire::TurnGiven>() == 1; }));
  const auto given = *client.last<wire::TurnGiven>();
  EXPECT_EQ(given.id, 7u);
  EXPECT_EQ(given.links, offer().links);
  EXPECT_EQ(given.ttlSeconds, 3600u);
  const auto end = net::turnExpiry(given.username);
  ASSERT_TRUE(end);
  EXPECT_NEAR(static_cast<double>(*end), 1'700'000'000.0 + 3600, 5);
  // Nothing but the secret and that end makes this password.
  const auto colon = given.username.find(':');
  const auto expected = net::makeTurnRest(viewOf(kSecret), given.username.substr(colon + 1), *end);
  ASSERT_TRUE(expected);
  EXPECT_EQ(given.username, expected->username);
  EXPECT_EQ(given.password, expected->password.text());
  EXPECT_EQ(given.username.find(client.who().hex()), std::string::npos);
}

TEST(RelayTurn, twoClientsAreTwoUsers) {
  World world(config());
  TestClient& a = world.join();
  TestClient& b = world.join();
  world.send(a, wire::TurnGet{1});
  world.send(b, wire::TurnGet{1});
  ASSERT_TRUE(world.runUntil(
      [&] { return a.count<wire::TurnGiven>() == 1 && b.count<wire::TurnGiven>() == 1; }));
  EXPECT_NE(a.last<wire::TurnGiven>()->username, b.last<wire::TurnGiven>()->username);
}

TEST(RelayTurn, aRelayWithoutAServerSaysThatItHasNone) {
  World world;
  TestClient& client = world.join();
  world.send(client, wire::TurnGet{1});
  ASSERT_TRUE(world.runUntil([&] { return client.count<wire::TurnGiven>() == 1; }));
  EXPECT_EQ(*client.last<wire::TurnGiven>(), (wire::TurnGiven{1, {}, {}, {}, 0}));
  // And has one from the next question on when its configuration says so.
  world.relay().offerTurn(offer(60));
  world.send(client, wire::TurnGet{2});
  ASSERT_TRUE(world.runUntil([&] { return client.count<wire::TurnGiven>() == 2; }));
  EXPECT_EQ(client.last<wire::TurnGiven>()->ttlSeconds, 60u);
}

TEST(RelayTurn, whoIsNotAdmittedGetsNothing) {
  World world(config());
  TestClient& client = world.addClient();
  world.dial(client);
  world.send(client, wire::TurnGet{1});
  world.run(1s);
  EXPECT_EQ(client.count<wire::TurnGiven>(), 0u);
  EXPECT_TRUE(client.closed);
}

TEST(RelayTurn, askingOnAndOnIsRefused) {
  World world(config());
  TestClient& client = world.join();
  constexpr std::uint32_t kAsks = 20;
  for (std::uint32_t i = 1; i <= kAsks; ++i) world.send(client, wire::TurnGet{i});
  world.run(1s);
  EXPECT_EQ(client.count<wire::TurnGiven>(), static_cast<std::size_t>(RelayLimits{}.turnBurst));
  ASSERT_TRUE(client.last<wire::ErrorMessage>());
  EXPECT_EQ(client.last<wire::ErrorMessage>()->code, wire::ErrorCode::RateLimited);
  EXPECT_EQ(client.last<wire::ErrorMessage>()->about, "turn_get");
  EXPECT_FALSE(client.closed);
}

}  // namespace
}  // namespace foyer::relaylite
