#include "core/sim/nat_types.h"

#include <gtest/gtest.h>

#include "tests/sim/talker.h"

namespace foyer::sim {
namespace {

constexpr std::uint16_t kPort = 4800;
const SocketAddress kServer{IpAddress::v4(9, 9, 9, 9), 4700};
const SocketAddress kSecond{IpAddress::v4(9, 9, 9, 8), 4700};
const SocketAddress kServer6{*IpAddress::parse("2a01:ffff::9"), 4700};

// What a kind of home promises, told apart from the table that makes it so.
enum class Ways { V4, V6, Both, None };
enum class Lets { Everybody, Address, Socket };
struct Promise {
  const char* name;
  Ways ways;
  bool isSymmetric;
  Lets lets;
};
constexpr Promise kPromises[] = {
    {"open", Ways::V4, false, Lets::Everybody},
    {"firewalled", Ways::V4, false, Lets::Socket},
    {"full-cone", Ways::V4, false, Lets::Everybody},
    {"address-restricted", Ways::V4, false, Lets::Address},
    {"port-restricted", Ways::V4, false, Lets::Socket},
    {"linux", Ways::V4, false, Lets::Socket},
    {"symmetric-sequential", Ways::V4, true, Lets::Socket},
    {"symmetric-random", Ways::V4, true, Lets::Socket},
    {"cgnat+port-restricted", Ways::V4, false, Lets::Socket},
    {"cgnat-symmetric+port-restricted", Ways::V4, true, Lets::Socket},
    {"double-nat", Ways::V4, false, Lets::Socket},
    {"port-restricted+pmp", Ways::V4, false, Lets::Socket},
    {"symmetric-random+pmp", Ways::V4, true, Lets::Socket},
    {"v6-only", Ways::V6, false, Lets::Socket},
    {"dual-stack", Ways::Both, false, Lets::Socket},
    {"dual-stack-v6-broken", Ways::V4, false, Lets::Socket},
    {"udp-blocked", Ways::None, false, Lets::Socket},
};

struct Lab {
  explicit Lab(std::uint64_t seed) : network(seed) {
    network.setDefaultLink({.delay = 20ms});
    network.attach(server, Place{kServer.port, {{.addresses = {kServer.ip, kServer6.ip}}}});
    network.attach(second, kSecond);
  }
  // The source that `where` sees; nullopt when nothing comes.
  std::optional<SocketAddress> seen(Talker& who, Talker& where, const SocketAddress& address) {
    where.heard.clear();
    who.say(address);
    network.runFor(100ms);
    if (where.heard.empty()) return std::nullopt;
    return where.lastRemote();
  }
  // Both send to what the server saw of the other, and to whoever is heard; as a race would.
  bool punches(Talker& a, Talker& b, const SocketAddress& server_) {
    const auto seenA = seen(a, server, server_);
    const auto seenB = seen(b, server, server_);
    if (!seenA || !seenB) return false;
    a.heard.clear();
    b.heard.clear();
    for (int round = 0; round < 4; ++round) {
      a.say(a.heard.empty() ? *seenB : a.lastRemote());
      b.say(b.heard.empty() ? *seenA : b.lastRemote());
      network.runFor(100ms);
    }
    return !a.heard.empty() && !b.heard.empty();
  }

  Network network;
  Talker server{network}, second{network};
};

TEST(NatTypes, everyNameIsThereOnceAndPromisesSomething) {
  ASSERT_EQ(homeTypes().size(), std::size(kPromises));
  EXPECT_GE(homeTypes().size(), 12U);
  for (std::size_t i = 0; i < std::size(kPromises); ++i) {
    EXPECT_EQ(homeTypes()[i].name, kPromises[i].name);
    EXPECT_EQ(findHomeType(kPromises[i].name), &homeTypes()[i]);
    EXPECT_FALSE(homeTypes()[i].meaning.empty());
  }
  EXPECT_EQ(findHomeType("cone"), nullptr);
}

TEST(NatTypes, measuredFromTwoServersEachBehavesAsItPromises) {
  for (const Promise& promise : kPromises) {
    SCOPED_TRACE(promise.name);
    Lab lab(3);
    const Home home = makeHome(lab.network, *findHomeType(promise.name), 5);
    Talker host(lab.network);
    lab.network.attach(host, placeIn(home, 0, kPort));
    const auto first = lab.seen(host, lab.server, kServer);
    const auto six = lab.seen(host, lab.server, kServer6);
    EXPECT_EQ(six.has_value(), promise.ways == Ways::V6 || promise.ways == Ways::Both);
    EXPECT_EQ(first.has_value(), promise.ways == Ways::V4 || promise.ways == Ways::Both);
    if (!first) continue;
    EXPECT_FALSE(first->ip.isPrivate());
    // Filtering: the second server was never spoken to; then the same with another port of the
    // first, which was.
    host.heard.clear();
    lab.second.say(*first);
    lab.network.runFor(100ms);
    EXPECT_EQ(!host.heard.empty(), promise.lets == Lets::Everybody);
    host.heard.clear();
    ASSERT_TRUE(lab.network.openSocket(lab.server, 999));
    lab.server.say(*first, {1}, {{}, 999});
    lab.network.runFor(100ms);
    EXPECT_EQ(!host.heard.empty(), promise.lets != Lets::Socket);
    EXPECT_EQ(lab.seen(host, lab.second, kSecond) != first, promise.isSymmetric);
  }
}

// Every pair, both ways round: plain punching works exactly where the theory says it does.
TEST(NatTypes, everyPairPunchesWhereItCan) {
  int number = 0;
  int direct = 0;
  for (const Promise& left : kPromises)
    for (const Promise& right : kPromises) {
      SCOPED_TRACE(std::string(left.name) + " x " + right.name);
      Lab lab(static_cast<std::uint64_t>(++number));
      const Home homeA = makeHome(lab.network, *findHomeType(left.name), 1);
      const Home homeB = makeHome(lab.network, *findHomeType(right.name), 2);
      Talker a(lab.network), b(lab.network);
      lab.network.attach(a, placeIn(homeA, 0, kPort));
      lab.network.attach(b, placeIn(homeB, 0, kPort));
      const auto has = [](const Promise& who, Ways way) {
        return who.ways == way || who.ways == Ways::Both;
      };
      const bool meetsHard = (left.isSymmetric && right.lets == Lets::Socket) ||
                             (right.isSymmetric && left.lets == Lets::Socket);
      const bool byV4 = has(left, Ways::V4) && has(right, Ways::V4) && !meetsHard;
      const bool byV6 = has(left, Ways::V6) && has(right, Ways::V6);
      EXPECT_EQ(canPunch(*homeA.type, *homeB.type), byV4 || byV6);
      EXPECT_EQ(lab.punches(a, b, kServer), byV4);
      EXPECT_EQ(lab.punches(a, b, kServer6), byV6);
      if (byV4 || byV6) ++direct;
    }
  EXPECT_GT(direct, 100);
}

TEST(NatTypes, twoHostsOfOneHomeMeetByTheirPrivateAddresses) {
  for (const HomeType& type : homeTypes()) {
    SCOPED_TRACE(type.name);
    Lab lab(3);
    const Home home = makeHome(lab.network, type, 5);
    Talker a(lab.network), b(lab.network);
    lab.network.attach(a, placeIn(home, 0, kPort));
    lab.network.attach(b, placeIn(home, 1, kPort));
    for (const LocalAddress& address : lab.network.addressesOf(b)) {
      const std::size_t before = b.heard.size();
      a.say({address.ip, kPort});
      lab.network.runFor(100ms);
      EXPECT_EQ(b.heard.size(), before + 1) << address.ip.toString();
    }
  }
}

TEST(NatTypes, aMappingReachesTheHostWhereTheRouterIsTheOnlyOne) {
  for (const HomeType& type : homeTypes()) {
    if (!type.nat) continue;
    SCOPED_TRACE(type.name);
    Lab lab(3);
    const Home home = makeHome(lab.network, type, 5);
    Talker host(lab.network);
    const Place place = placeIn(home, 0, kPort);
    lab.network.attach(host, place);
    const auto grant = home.router->addMapping(
        lab.network.now(), {place.interfaces[0].addresses[0], kPort}, kPort, 1h);
    EXPECT_EQ(grant.has_value(), type.grantsMappings);
    if (!grant) continue;
    lab.second.say(grant->outside);
    lab.network.runFor(100ms);
    EXPECT_EQ(host.heard.size(), 1U);
  }
}

TEST(NatTypes, homesOfOneProviderShareItsAddress) {
  Lab lab(3);
  const HomeType& type = *findHomeType("cgnat+port-restricted");
  Router& provider = makeProvider(lab.network, *type.outerNat, 9);
  const Home homeA = makeHome(lab.network, type, 1, &provider);
  const Home homeB = makeHome(lab.network, type, 2, &provider);
  Talker a(lab.network), b(lab.network);
  lab.network.attach(a, placeIn(homeA, 0, kPort));
  lab.network.attach(b, placeIn(homeB, 0, kPort));
  EXPECT_EQ(lab.seen(a, lab.server, kServer)->ip, provider.outside());
  EXPECT_EQ(lab.seen(b, lab.server, kServer)->ip, provider.outside());
  EXPECT_TRUE(lab.punches(a, b, kServer));
}

}  // namespace
}  // namespace foyer::sim
