// Whole clients where UDP is blocked: the relay by TLS on TCP, and back to UDP when that works.
#include <gtest/gtest.h>

#include "core/sim/nat_grid.h"
#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

using client::RelayCarrier;

constexpr Duration kOneWay = 20ms;

SimClientOptions tone() {
  SimClientOptions options;
  options.codec = SimCodec::SizedTone;
  options.sound.assign(SimClient::kTickSamples, 1000);
  options.loopsSound = true;
  options.recordsSound = true;
  return options;
}

class RelayByTcp : public testing::Test {
 protected:
  RelayByTcp() { world.network.setDefaultLink({.delay = kOneWay}); }

  [[nodiscard]] static client::RelayStatus statusOf(SimClient& client) {
    const auto relays = client.client().relays();
    return relays.empty() ? client::RelayStatus{} : relays[0];
  }
  void block(const Home& home, bool isBlocked) {
    if (isBlocked)
      home.router->setUdpOnlyWith(std::vector<IpAddress>{});
    else
      home.router->setUdpOnlyWith(std::nullopt);
  }
  bool carries(SimClient& client, RelayCarrier carrier, Duration limit) {
    return world.network.runUntil([&] { return statusOf(client).carrier == carrier; }, limit);
  }
  // Silence on both sides from `from` to now.
  [[nodiscard]] Duration worst(const CallId& call, TimePoint from) const {
    const TimePoint now = world.network.now();
    return std::max(a->longestSilence(call, from, now), b->longestSilence(call, from, now));
  }
  void both(const Home& homeA, const Home& homeB) {
    SimClientOptions options = tone();
    a = &world.addClient(homeA, options);
    b = &world.addClient(homeB, options);
  }

  World world{21};
  SimRelay& relay = world.addPublicRelay();
  SimClient* a = nullptr;
  SimClient* b = nullptr;
};

TEST_F(RelayByTcp, whereUdpIsBlockedTheLobbyIsThereSoon) {
  SimClient& client = world.addClient(world.addHome(*findHomeType("udp-blocked")));
  const TimePoint start = world.network.now();
  world.connect(client, relay);
  ASSERT_TRUE(world.waitForLobby(client, relay));
  // TCP, TLS and QUIC take a round trip each, admission and lobby another.
  EXPECT_LE(world.network.now() - start, client::RelaySession::kTcpAfter + 5 * 2 * kOneWay);
  EXPECT_EQ(statusOf(client).carrier, RelayCarrier::Tcp);
  EXPECT_EQ(statusOf(client).carrierPort, 443);
  EXPECT_FALSE(statusOf(client).observed) << "a port of TCP is none of UDP";
}

TEST_F(RelayByTcp, whereUdpWorksNobodyOpensTcp) {
  SimClient& client = world.addClient(world.addHome(*findHomeType("symmetric-random")));
  std::size_t most = 0;
  const auto watch = world.network.every(
      10ms, [&](TimePoint) { most = std::max(most, world.network.streamCount()); });
  world.connect(client, relay);
  ASSERT_TRUE(world.waitForLobby(client, relay));
  world.network.runFor(60s);
  EXPECT_EQ(most, 0U);
  EXPECT_EQ(statusOf(client).carrier, RelayCarrier::Udp);
  EXPECT_EQ(statusOf(client).carrierPort, 4700);
}

TEST_F(RelayByTcp, callsAreHeardWhicheverSideIsBlocked) {
  const HomeType& blocked = *findHomeType("udp-blocked");
  const HomeType& plain = *findHomeType("linux");
  for (const auto& [caller, callee] :
       {std::pair{&blocked, &plain}, std::pair{&plain, &blocked}, std::pair{&blocked, &blocked}}) {
    SCOPED_TRACE(std::string(caller->name) + " calls " + std::string(callee->name));
    for (const double loss : {0.0, 0.02}) {
      const PairOutcome outcome = runPair(*caller, *callee, {.seed = 4, .loss = loss, .limit = 3s});
      EXPECT_EQ(outcome.failedAt, "");
      ASSERT_TRUE(outcome.isAudible());
      EXPECT_LE(*outcome.heardByCaller, 1500ms);
      EXPECT_LE(*outcome.heardByCallee, 1500ms);
      EXPECT_EQ(outcome.way, WaySeen::Relay);
    }
  }
}

TEST_F(RelayByTcp, whenUdpComesBackTheCallMovesThereUnheard) {
  const Home home = world.addHome(*findHomeType("port-restricted"));
  block(home, true);
  both(home, world.addHome(*findHomeType("udp-blocked")));
  ASSERT_TRUE(world.meet(*a, *b, relay));
  const CallId call = test::talk(world, *a, *b);
  world.network.runFor(3s);
  ASSERT_EQ(statusOf(*a).carrier, RelayCarrier::Tcp);
  const auto admitted = relay.relay().metrics().admitted;
  block(home, false);
  const TimePoint free = world.network.now();
  ASSERT_TRUE(carries(*a, RelayCarrier::Udp, 130s));
  world.network.runFor(3s);
  EXPECT_LE(worst(call, free), 20ms);
  EXPECT_EQ(relay.relay().metrics().admitted, admitted) << "nothing had to be said again";
  EXPECT_TRUE(statusOf(*a).observed) << "now the relay sees the UDP address";
  EXPECT_EQ(statusOf(*b).carrier, RelayCarrier::Tcp);
  // The connection that carried it before is not needed any more.
  EXPECT_TRUE(world.status(*a, call)->phase == client::CallPhase::Active);
}

TEST_F(RelayByTcp, whenUdpIsBlockedInACallItGoesOnOverTcp) {
  const Home home = world.addHome(*findHomeType("port-restricted"));
  both(home, world.addHome(*findHomeType("symmetric-random")));
  ASSERT_TRUE(world.meet(*a, *b, relay));
  const CallId call = test::talk(world, *a, *b);
  world.network.runFor(3s);
  const TimePoint blocked = world.network.now();
  block(home, true);
  ASSERT_TRUE(carries(*a, RelayCarrier::Tcp, 10s));
  world.network.runFor(5s);
  EXPECT_LE(worst(call, blocked), 1500ms);
  const TimePoint later = world.network.now();
  world.network.runFor(5s);
  EXPECT_LE(worst(call, later), 20ms);
  EXPECT_EQ(world.status(*a, call)->phase, client::CallPhase::Active);
}

TEST_F(RelayByTcp, aNetworkThatBlocksUdpIsNotAskedAllTheTime) {
  SimClient& client = world.addClient(world.addHome(*findHomeType("udp-blocked")));
  world.connect(client, relay);
  ASSERT_TRUE(world.waitForLobby(client, relay));
  int packets = 0;
  world.network.setWitness([&](const Node& sender, const SocketAddress&, const SocketAddress&,
                               ByteView) { packets += &sender == &client ? 1 : 0; });
  world.network.runFor(600s);
  // Every minute in the end, a few challenges to each of two families at most.
  EXPECT_GT(packets, 10);
  EXPECT_LT(packets, 300);
  EXPECT_EQ(statusOf(client).carrier, RelayCarrier::Tcp);
  EXPECT_EQ(statusOf(client).phase, client::RelayPhase::Connected);
}

TEST_F(RelayByTcp, withoutTcpThereItIsUnreachableAndTriedAgain) {
  const Home home = world.addHome(*findHomeType("udp-blocked"));
  home.router->setTcpOnlyTo(std::vector<std::uint16_t>{});
  SimClient& client = world.addClient(home);
  const TimePoint start = world.network.now();
  world.connect(client, relay);
  ASSERT_TRUE(world.network.runUntil(
      [&] { return statusOf(client).phase == client::RelayPhase::Waiting; }, 20s));
  EXPECT_LE(world.network.now() - start, 12s);
  EXPECT_EQ(statusOf(client).fault->code, "unreachable");
  home.router->setTcpOnlyTo(std::nullopt);
  EXPECT_TRUE(world.waitForLobby(client, relay, 30s));
  EXPECT_EQ(statusOf(client).carrier, RelayCarrier::Tcp);
}

TEST_F(RelayByTcp, fromABlockedNetworkToAFreeOneAndBack) {
  const Home cafe = world.addHome(*findHomeType("udp-blocked"));
  const Home mobile = world.addHome(*findHomeType("cgnat+port-restricted"));
  both(cafe, world.addHome(*findHomeType("linux")));
  ASSERT_TRUE(world.meet(*a, *b, relay));
  const CallId call = test::talk(world, *a, *b);
  world.network.runFor(2s);
  world.network.addInterface(*a, interfaceIn(mobile, 50, "mobile"));
  world.network.setInterfaceUp(*a, "eth0", false);
  const TimePoint moved = world.network.now();
  ASSERT_TRUE(carries(*a, RelayCarrier::Udp, 5s)) << "another network is asked at once";
  world.network.runFor(3s);
  EXPECT_LE(worst(call, moved), 300ms);
  world.network.setInterfaceUp(*a, "eth0", true);
  world.network.setInterfaceUp(*a, "mobile", false);
  const TimePoint back = world.network.now();
  ASSERT_TRUE(carries(*a, RelayCarrier::Tcp, 10s));
  world.network.runFor(3s);
  EXPECT_LE(worst(call, back), 1700ms);
  EXPECT_EQ(world.status(*a, call)->phase, client::CallPhase::Active);
}

}  // namespace
}  // namespace foyer::sim
