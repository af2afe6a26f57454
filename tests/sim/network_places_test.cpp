#include <gtest/gtest.h>

#include "core/sim/network.h"
#include "tests/sim/talker.h"

namespace foyer::sim {
namespace {

const SocketAddress kServer{IpAddress::v4(9, 9, 9, 9), 4700};
const SocketAddress kServer6{*IpAddress::parse("2a01:9::9"), 4700};
const IpAddress kWanA = IpAddress::v4(80, 1, 0, 1);
const IpAddress kWanB = IpAddress::v4(80, 2, 0, 1);
const IpAddress kTen = IpAddress::v4(192, 168, 1, 10);
const IpAddress kTwenty = IpAddress::v4(192, 168, 1, 20);
const IpAddress kThirty = IpAddress::v4(192, 168, 1, 30);
constexpr std::uint16_t kPort = 4800;

RouterSpec routerAt(const IpAddress& outside, NatSpec nat = {}) {
  RouterSpec spec;
  spec.outside = outside;
  spec.nat = nat;
  return spec;
}

Place placeIn(Router& router, std::vector<IpAddress> addresses) {
  return {kPort, {{.router = &router, .addresses = std::move(addresses)}}};
}

// A server on the internet and two homes with one private range.
struct TwoHomes : ::testing::Test {
  void SetUp() override {
    network.setDefaultLink({.delay = 20ms});
    network.attach(server, Place{kServer.port, {{.addresses = {kServer.ip, kServer6.ip}}}});
    network.attach(a, placeIn(homeA, {kTen}));
    network.attach(neighbour, placeIn(homeA, {kTwenty}));
    network.attach(b, placeIn(homeB, {kTen}));
  }
  void settle() { network.runFor(1s); }
  // What `who` is for the rest of the world, with the mapping that makes it so.
  SocketAddress seen(Talker& who) {
    who.say(kServer);
    settle();
    return server.lastRemote();
  }

  Network network{7};
  Router& homeA = network.addRouter(routerAt(kWanA));
  Router& homeB = network.addRouter(routerAt(kWanB));
  Talker server{network}, a{network}, neighbour{network}, b{network};
};

TEST_F(TwoHomes, theWorldSeesTheOutsideAddressAndAnswersFindTheirWay) {
  server.answers = true;
  const TimePoint start = network.now();
  EXPECT_EQ(seen(a), (SocketAddress{kWanA, kPort}));
  ASSERT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(a.heard[0].at - start, 40ms);
  EXPECT_EQ(a.heard[0].local, (SocketAddress{kTen, kPort}));
  EXPECT_EQ(a.heard[0].remote, kServer);
  // The neighbour wants the same port.
  EXPECT_EQ(seen(neighbour), (SocketAddress{kWanA, kPort + 1}));
  // Nobody asked for this.
  b.say({kWanA, kPort});
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(homeA.nat().counters().drops.at(NatDrop::Filtered), 1U);
}

TEST_F(TwoHomes, punchingOpensBothNats) {
  const SocketAddress outsideA = seen(a);
  const SocketAddress outsideB = seen(b);
  a.say(outsideB, {1});
  settle();
  EXPECT_TRUE(b.heard.empty());
  const TimePoint start = network.now();
  b.say(outsideA, {2});
  settle();
  ASSERT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(a.lastRemote(), outsideB);
  EXPECT_EQ(a.heard[0].at - start, 20ms);
  a.say(outsideB, {3});
  settle();
  ASSERT_EQ(b.heard.size(), 1U);
  EXPECT_EQ(b.lastRemote(), outsideA);
}

// The filter judges when the packet is there, not when it left.
TEST_F(TwoHomes, packetsThatCrossOnTheWayBothGetThrough) {
  const SocketAddress outsideA = seen(a);
  const SocketAddress outsideB = seen(b);
  a.say(outsideB);
  network.runFor(10ms);
  b.say(outsideA);
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(b.heard.size(), 1U);
}

TEST_F(TwoHomes, theLanIsDirectAndPrivateAddressesStayInTheirHome) {
  const TimePoint start = network.now();
  a.say({kTwenty, kPort});
  settle();
  ASSERT_EQ(neighbour.heard.size(), 1U);
  EXPECT_EQ(neighbour.lastRemote(), (SocketAddress{kTen, kPort}));
  EXPECT_EQ(neighbour.heard[0].at - start, kLanDelay);
  EXPECT_EQ(homeA.counters().outward, 0U);

  // b means a's neighbour: nobody in b's home has that address; then somebody else has.
  b.say({kTwenty, kPort});
  settle();
  EXPECT_EQ(neighbour.heard.size(), 1U);
  Talker printer(network);
  network.attach(printer, placeIn(homeB, {kTwenty}));
  b.say({kTwenty, kPort});
  settle();
  EXPECT_EQ(neighbour.heard.size(), 1U);
  EXPECT_EQ(printer.heard.size(), 1U);
  // Another private range leaves by the router and reaches nobody.
  b.say({IpAddress::v4(10, 0, 0, 5), kPort});
  settle();
  EXPECT_EQ(homeB.counters().outward, 1U);
}

TEST(Places, hairpinWorksAsTheNatSays) {
  for (const bool hairpins : {false, true}) {
    SCOPED_TRACE(hairpins);
    Network network(1);
    Router& home = network.addRouter(
        routerAt(kWanA, {.filtering = NatRule::EndpointIndependent, .hairpins = hairpins}));
    Talker server(network), a(network), b(network);
    network.attach(server, kServer);
    network.attach(a, placeIn(home, {kTen}));
    network.attach(b, placeIn(home, {kTwenty}));
    b.say(kServer);
    network.runFor(1s);
    const TimePoint start = network.now();
    a.say(server.lastRemote());
    network.runFor(1s);
    ASSERT_EQ(b.heard.size(), hairpins ? 1U : 0U);
    if (!hairpins) continue;
    // b was first at the router and has the port that a wants.
    EXPECT_EQ(b.lastRemote(), (SocketAddress{kWanA, kPort + 1}));
    EXPECT_EQ(b.heard[0].at - start, kLanDelay);
  }
}

TEST(Places, behindTwoRoutersBothTranslateAndBothFilter) {
  Network network(1);
  Router& outer = network.addRouter(routerAt(kWanA));
  RouterSpec inner = routerAt(IpAddress::v4(192, 168, 1, 50), {.firstPort = 7000});
  inner.inside = IpAddress::v4(192, 168, 2, 1);
  Router& second = network.addRouter(inner, &outer);
  Talker server(network), a(network), printer(network);
  server.answers = true;
  network.attach(server, kServer);
  network.attach(a, placeIn(second, {IpAddress::v4(192, 168, 2, 10)}));
  network.attach(printer, placeIn(outer, {kTwenty}));
  a.say(kServer);
  network.runFor(1s);
  EXPECT_EQ(server.lastRemote(), (SocketAddress{kWanA, 7000}));
  ASSERT_EQ(a.heard.size(), 1U);
  // The LAN between the routers can be reached from within, as the inner router's address.
  a.say({kTwenty, kPort});
  network.runFor(1s);
  EXPECT_EQ(printer.lastRemote(), (SocketAddress{*second.outside(), 7000}));
  // A port opened at the inner router alone is open to the LAN between, not to the world.
  second.setGrantsMappings(true);
  const auto grant = second.addMapping(network.now(), {a.heard[0].local.ip, 9}, 9999, 1h);
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->outside, (SocketAddress{*second.outside(), 9999}));
  ASSERT_TRUE(network.openSocket(a, 9));
  printer.say(grant->outside);
  server.say({kWanA, 9999});
  network.runFor(1s);
  ASSERT_EQ(a.heard.size(), 2U);
  EXPECT_EQ(a.heard[1].local.port, 9);
  EXPECT_EQ(a.lastRemote(), (SocketAddress{kTwenty, kPort}));
}

TEST(Places, neighboursOfOneProviderMeetAtItsNatOrInItsNetwork) {
  Network network(1);
  RouterSpec provider = routerAt(kWanA, {.filtering = NatRule::EndpointIndependent});
  provider.inside = IpAddress::v4(100, 64, 0, 1);
  provider.prefixLength = 10;
  Router& cgn = network.addRouter(provider);
  Router& homeA =
      network.addRouter(routerAt(IpAddress::v4(100, 64, 0, 10), {.firstPort = 5000}), &cgn);
  Router& homeB =
      network.addRouter(routerAt(IpAddress::v4(100, 64, 0, 20), {.firstPort = 6000}), &cgn);
  Talker server(network), a(network), b(network);
  network.attach(server, kServer);
  network.attach(a, placeIn(homeA, {kTen}));
  network.attach(b, placeIn(homeB, {kTen}));
  a.say(kServer);
  network.runFor(1s);
  const SocketAddress publicA = server.lastRemote();
  b.say(kServer);
  network.runFor(1s);
  const SocketAddress publicB = server.lastRemote();
  EXPECT_EQ(publicA, (SocketAddress{kWanA, 5000}));
  EXPECT_EQ(publicB, (SocketAddress{kWanA, 6000}));

  a.say(publicB);
  network.runFor(1s);
  b.say(publicA);
  network.runFor(1s);
  ASSERT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(a.lastRemote(), publicB);

  // Within the provider's network, by the home routers' addresses there.
  a.say({*homeB.outside(), 6000});
  network.runFor(1s);
  b.say({*homeA.outside(), 5000});
  network.runFor(1s);
  ASSERT_EQ(a.heard.size(), 2U);
  EXPECT_EQ(a.lastRemote(), (SocketAddress{*homeB.outside(), 6000}));
}

struct DualStack : TwoHomes {
  void SetUp() override {
    TwoHomes::SetUp();
    network.attach(six, placeIn(homeSix, {kThirty, ip6}));
    network.attach(other, Place{kPort, {{.router = &homeOnly6, .addresses = {otherIp6}}}});
  }
  static RouterSpec withSix(RouterSpec spec, const char* inside) {
    spec.insideV6 = IpAddress::parse(inside);
    return spec;
  }
  const IpAddress ip6 = *IpAddress::parse("2a01:1:1:1::30");
  const IpAddress otherIp6 = *IpAddress::parse("2a01:2:2:2::40");
  Router& homeSix =
      network.addRouter(withSix(routerAt(IpAddress::v4(80, 3, 0, 1)), "2a01:1:1:1::1"));
  Router& homeOnly6 = network.addRouter(withSix({}, "2a01:2:2:2::1"));
  Talker six{network}, other{network};
};

TEST_F(DualStack, v6KeepsItsAddressAndTheFirewallWantsToBeOpenedFromInside) {
  const SocketAddress mine{ip6, kPort}, theirs{otherIp6, kPort};
  other.say(mine, {1});
  settle();
  EXPECT_TRUE(six.heard.empty());
  six.say(theirs, {2});
  settle();
  ASSERT_EQ(other.heard.size(), 1U);
  EXPECT_EQ(other.lastRemote(), mine);
  EXPECT_EQ(other.heard[0].local, theirs);
  other.say(mine, {3});
  settle();
  EXPECT_EQ(six.heard.size(), 1U);
  // The family of the remote picks the source.
  six.say(kServer);
  settle();
  EXPECT_EQ(server.lastRemote(), (SocketAddress{IpAddress::v4(80, 3, 0, 1), kPort}));
  six.say(kServer6);
  settle();
  EXPECT_EQ(server.lastRemote(), mine);
  // Where there is no IPv4, nothing leaves.
  other.say(kServer);
  settle();
  EXPECT_EQ(server.heard.size(), 2U);
}

TEST_F(DualStack, brokenV6LosesEverythingAndSaysNothing) {
  homeSix.setV6Broken(true);
  six.say(kServer6);
  settle();
  EXPECT_TRUE(server.heard.empty());
  EXPECT_TRUE(six.told.empty());
  six.say(kServer);
  settle();
  EXPECT_EQ(server.heard.size(), 1U);
}

TEST_F(DualStack, aHoleInTheFirewallLetsStrangersIn) {
  homeSix.setGrantsMappings(true);
  const auto grant = homeSix.addMapping(network.now(), {ip6, kPort}, 1, 1h);
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->outside, (SocketAddress{ip6, kPort}));
  other.say(grant->outside);
  settle();
  EXPECT_EQ(six.heard.size(), 1U);
}

TEST_F(TwoHomes, interfacesComeAndGoAndTheNodeIsTold) {
  EXPECT_EQ(network.addressesOf(a), (std::vector<LocalAddress>{{"eth0", kTen, 24}}));
  // A cable beside the Wi-Fi, better, in the other home.
  const InterfaceSpec cable{
      .name = "cable", .router = &homeB, .addresses = {kThirty}, .metric = kPlainMetric - 1};
  network.addInterface(a, cable);
  const LocalAddress onWifi{"eth0", kTen, 24}, onCable{"cable", kThirty, 24};
  ASSERT_EQ(a.told.size(), 1U);
  EXPECT_EQ(a.told[0], (std::vector<LocalAddress>{onCable, onWifi}));
  EXPECT_EQ(seen(a).ip, kWanB);
  // The old one still serves who asks for it.
  a.say(kServer, {1}, {kTen, 0});
  settle();
  EXPECT_EQ(server.lastRemote().ip, kWanA);

  // What is on its way when the cable is pulled is lost.
  server.answers = true;
  a.say(kServer);
  network.runFor(30ms);
  network.setInterfaceUp(a, "cable", false);
  settle();
  EXPECT_TRUE(a.heard.empty());
  EXPECT_EQ(a.told.back(), std::vector<LocalAddress>{onWifi});
  EXPECT_EQ(seen(a).ip, kWanA);
  a.say(kServer, {1}, {kThirty, 0});
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
  network.removeInterface(a, "eth0");
  EXPECT_TRUE(a.told.back().empty());
  const std::size_t before = server.heard.size();
  a.say(kServer);
  settle();
  EXPECT_EQ(server.heard.size(), before);
  network.setInterfaceUp(a, "cable", true);
  EXPECT_EQ(a.told.back(), std::vector<LocalAddress>{onCable});
  EXPECT_EQ(seen(a).ip, kWanB);
}

TEST_F(TwoHomes, aCutInterfaceIsSilentBothWays) {
  server.answers = true;
  const SocketAddress outside = seen(a);
  network.setInterfaceCut(a, "eth0", true);
  a.say(kServer);
  server.say(outside);
  settle();
  EXPECT_EQ(server.heard.size(), 1U);
  EXPECT_EQ(a.heard.size(), 1U);
  EXPECT_TRUE(a.told.empty());
  network.setInterfaceCut(a, "eth0", false);
  server.say(outside);
  settle();
  EXPECT_EQ(a.heard.size(), 2U);
}

TEST_F(TwoHomes, aFirewallBlocksUdpOrLetsSomeAddressesThrough) {
  const SocketAddress outsideB = seen(b);
  homeA.setUdpOnlyWith(std::vector<IpAddress>{kServer.ip});
  server.answers = true;
  EXPECT_EQ(seen(a).ip, kWanA);
  EXPECT_EQ(a.heard.size(), 1U);
  a.say(outsideB);
  b.say({kWanA, kPort});
  settle();
  EXPECT_EQ(homeA.counters().blocked, 2U);
  homeA.setUdpOnlyWith(std::vector<IpAddress>{});
  a.say(kServer);
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
  // At home all is open.
  a.say({kTwenty, kPort});
  settle();
  EXPECT_EQ(neighbour.heard.size(), 1U);
  homeA.setUdpOnlyWith(std::nullopt);
  a.say(kServer);
  settle();
  EXPECT_EQ(a.heard.size(), 2U);
}

TEST_F(TwoHomes, aNarrowWayLosesLargePacketsBothWays) {
  homeA.setMtu(1280);
  server.answers = true;
  a.say(kServer, Bytes(1252));
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
  a.say(kServer, Bytes(1253));
  server.say({kWanA, kPort}, Bytes(1253));
  settle();
  EXPECT_EQ(server.heard.size(), 1U);
  EXPECT_EQ(a.heard.size(), 1U);
  homeA.setMtu(1500);
  homeA.setCut(true);
  a.say(kServer);
  settle();
  EXPECT_EQ(server.heard.size(), 1U);
}

TEST_F(TwoHomes, eachSocketHasItsOwnMapping) {
  ASSERT_TRUE(network.openSocket(a, 5001));
  EXPECT_FALSE(network.openSocket(a, 5001));
  server.answers = true;
  a.say(kServer, {1}, {{}, 5001});
  settle();
  EXPECT_EQ(server.lastRemote(), (SocketAddress{kWanA, 5001}));
  ASSERT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(a.heard[0].local, (SocketAddress{kTen, 5001}));
  // A port that is not open and an address that is not there send nothing.
  a.say(kServer, {1}, {{}, 5002});
  a.say(kServer, {1}, {kThirty, 5001});
  settle();
  EXPECT_EQ(server.heard.size(), 1U);
  network.closeSocket(a, 5001);
  server.say({kWanA, 5001});
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
}

TEST_F(TwoHomes, aGrantedPortIsOpenToStrangersAndTheServiceAnswersInTheLan) {
  const SocketAddress inside{kTen, kPort};
  EXPECT_EQ(homeA.addMapping(network.now(), inside, 4900, 1h).error(), MappingRefusal::NotAllowed);
  homeA.setGrantsMappings(true);
  EXPECT_EQ(homeA.addMapping(network.now(), {kServer.ip, 1}, 4900, 1h).error(),
            MappingRefusal::NotInside);
  // As a mapping protocol: the node asks the router's own address, and the model grants.
  homeA.setService([&](TimePoint now, const SocketAddress& from, std::uint16_t port, ByteView ask) {
    std::vector<Bytes> answers;
    if (port != 5351 || ask.size() != 1) return answers;
    const auto grant = homeA.addMapping(now, from, 4900, 24h);
    EXPECT_EQ(grant.value().lifetime, kLongestLease);
    answers.push_back({static_cast<std::uint8_t>(grant->outside.port >> 8),
                       static_cast<std::uint8_t>(grant->outside.port & 0xff)});
    return answers;
  });
  a.say({homeA.spec().inside, 5351});
  settle();
  ASSERT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(a.lastRemote(), (SocketAddress{homeA.spec().inside, 5351}));
  EXPECT_EQ(a.heard[0].bytes, (Bytes{4900 >> 8, 4900 & 0xff}));
  b.say({kWanA, 4900});
  settle();
  ASSERT_EQ(a.heard.size(), 2U);
  EXPECT_EQ(a.lastRemote().ip, kWanB);
  // The LAN's address of the router is none outside, and its outside address no service.
  b.say({kWanA, 5351});
  settle();
  EXPECT_EQ(b.heard.size(), 0U);
  ASSERT_TRUE(homeA.addMapping(network.now(), inside, 0, 0s));
  b.say({kWanA, 4900});
  settle();
  EXPECT_EQ(a.heard.size(), 2U);
}

TEST_F(TwoHomes, aRouterMayRebootRebindOrGetAnotherAddress) {
  const SocketAddress before = seen(a);
  homeA.rebind();
  server.say(before);
  settle();
  EXPECT_TRUE(a.heard.empty());
  const SocketAddress rebound = seen(a);
  EXPECT_EQ(rebound.ip, kWanA);
  EXPECT_NE(rebound, before);
  const TimePoint bootedAt = homeA.bootedAt();
  homeA.reboot(network.now());
  EXPECT_GT(homeA.bootedAt(), bootedAt);
  server.say(rebound);
  settle();
  EXPECT_TRUE(a.heard.empty());
  const IpAddress fresh = IpAddress::v4(80, 1, 0, 99);
  network.setOutside(homeA, fresh);
  EXPECT_EQ(seen(a).ip, fresh);
  server.answers = true;
  server.say({fresh, kPort});
  settle();
  EXPECT_EQ(a.heard.size(), 1U);
}

TEST_F(TwoHomes, linksOfHomesAreTheirRoutersLinks) {
  EXPECT_EQ(&network.link(a, server), &network.link(homeA, server));
  EXPECT_EQ(&network.link(a, b), &network.link(homeA, homeB));
  EXPECT_EQ(&network.link(neighbour, b), &network.link(homeA, homeB));
  EXPECT_EQ(network.link(a, b).spec().delay, 20ms);
  EXPECT_EQ(network.link(a, neighbour).spec().delay, kLanDelay);
  const SocketAddress outsideA = seen(a);
  const SocketAddress outsideB = seen(b);
  network.setCut(a, b, true);
  a.say(outsideB);
  b.say(outsideA);
  settle();
  EXPECT_TRUE(a.heard.empty());
  EXPECT_EQ(network.link(homeA, homeB).counters().lost, 1U);
  EXPECT_EQ(seen(a), outsideA);
}

TEST_F(TwoHomes, aWitnessSeesWhatReachesNobodyAndATapWhoIsBehindTheNat) {
  std::vector<SocketAddress> targets;
  network.setWitness(
      [&](const Node& sender, const SocketAddress& from, const SocketAddress& to, ByteView) {
        EXPECT_EQ(&sender, &a);
        EXPECT_EQ(from, (SocketAddress{kTen, kPort}));
        targets.push_back(to);
      });
  const SocketAddress nobody{IpAddress::v4(10, 9, 8, 7), 6};
  a.say(nobody);
  a.say(kServer);
  settle();
  EXPECT_EQ(targets, (std::vector<SocketAddress>{nobody, kServer}));

  network.setWitness({});
  int tapped = 0;
  network.setTap([&](const Node& from, const Node& to, Bytes&) {
    EXPECT_EQ(&from, &server);
    EXPECT_EQ(&to, &a);
    ++tapped;
    return false;
  });
  server.say({kWanA, kPort});
  settle();
  EXPECT_EQ(tapped, 1);
  EXPECT_TRUE(a.heard.empty());
}

TEST_F(TwoHomes, whoSleepsHearsNothingAndWakesLate) {
  const SocketAddress outside = seen(a);
  const TimePoint start = network.now();
  a.wakeAt = start + 10s;
  network.touch(a);
  network.setAsleep(a, true);
  server.say(outside);
  network.runFor(60s);
  EXPECT_TRUE(a.heard.empty());
  EXPECT_TRUE(a.woken.empty());
  network.setAsleep(a, false);
  network.runFor(1s);
  ASSERT_EQ(a.woken.size(), 1U);
  EXPECT_EQ(a.woken[0] - start, 60s);
}

TEST(Places, equalSeedsGiveEqualRuns) {
  const auto run = [](std::uint64_t seed) {
    Network network(seed);
    network.setDefaultLink({.delay = 20ms, .jitter = 10ms, .loss = 0.05});
    const NatSpec symmetric{.mapping = NatRule::AddressAndPortDependent,
                            .filtering = NatRule::EndpointIndependent,
                            .ports = PortChoice::Random};
    Router& homeA = network.addRouter(routerAt(kWanA, symmetric));
    Router& homeB = network.addRouter(routerAt(kWanB, symmetric));
    Talker server(network), a(network), b(network);
    network.attach(server, kServer);
    network.attach(a, placeIn(homeA, {kTen}));
    network.attach(b, placeIn(homeB, {kTen}));
    SeededRandom random(3);
    for (int i = 0; i < 500; ++i) {
      Talker& who = random.below(2) == 0 ? a : b;
      who.say(random.below(2) == 0 || server.heard.empty() ? kServer : server.lastRemote());
      network.runFor(std::chrono::milliseconds(random.below(50)));
    }
    return std::vector{server.heard, a.heard, b.heard};
  };
  const auto first = run(1);
  EXPECT_FALSE(first[1].empty());
  EXPECT_EQ(first, run(1));
  EXPECT_NE(first, run(2));
}

}  // namespace
}  // namespace foyer::sim
