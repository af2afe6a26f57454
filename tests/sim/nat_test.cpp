#include "core/sim/nat.h"

#include <gtest/gtest.h>

namespace foyer::sim {
namespace {

const IpAddress kOutside = IpAddress::v4(80, 1, 0, 1);
const SocketAddress kInside{IpAddress::v4(192, 168, 1, 10), 4800};
const SocketAddress kOther{IpAddress::v4(192, 168, 1, 11), 4800};
const IpAddress kServer = IpAddress::v4(9, 9, 9, 9);
const SocketAddress kRemote{kServer, 1000};
const SocketAddress kSameHost{kServer, 1001};
const SocketAddress kElsewhere{IpAddress::v4(8, 8, 8, 8), 1000};
constexpr TimePoint kStart{1000s};

std::optional<NatDrop> dropOf(const Result<SocketAddress, NatDrop>& result) {
  if (result) return std::nullopt;
  return result.error();
}

// RFC 4787: what each class promises, for every pair of classes and every way to choose ports.
TEST(Nat, everyClassMapsAndFiltersAsItsNameSays) {
  for (const NatRule mapping :
       {NatRule::EndpointIndependent, NatRule::AddressDependent, NatRule::AddressAndPortDependent})
    for (const NatRule filtering : {NatRule::EndpointIndependent, NatRule::AddressDependent,
                                    NatRule::AddressAndPortDependent})
      for (const PortChoice ports :
           {PortChoice::Preserving, PortChoice::Sequential, PortChoice::Random}) {
        SCOPED_TRACE(std::string(toString(mapping)) + " / " + toString(filtering) + " / " +
                     toString(ports));
        Nat nat({.mapping = mapping, .filtering = filtering, .ports = ports}, kOutside, 3);
        const auto first = nat.outbound(kStart, kInside, kRemote);
        ASSERT_TRUE(first);
        EXPECT_EQ(first->ip, kOutside);
        EXPECT_GE(first->port, 1024);
        if (ports == PortChoice::Preserving) {
          EXPECT_EQ(first->port, kInside.port);
        }

        // Who may come in after one packet to kRemote.
        EXPECT_EQ(nat.inbound(kStart, *first, kRemote), kInside);
        const auto sameHost = nat.inbound(kStart, *first, kSameHost);
        EXPECT_EQ(sameHost.has_value(), filtering != NatRule::AddressAndPortDependent);
        const auto stranger = nat.inbound(kStart, *first, kElsewhere);
        EXPECT_EQ(stranger.has_value(), filtering == NatRule::EndpointIndependent);
        if (!stranger) {
          EXPECT_EQ(stranger.error(), NatDrop::Filtered);
        }
        EXPECT_EQ(dropOf(nat.inbound(kStart, {kOutside, 99}, kRemote)), NatDrop::NoMapping);

        // Which remotes share the mapping.
        EXPECT_EQ(nat.outbound(kStart, kInside, kRemote), first);
        EXPECT_EQ(nat.outbound(kStart, kInside, kSameHost) == first,
                  mapping != NatRule::AddressAndPortDependent);
        EXPECT_EQ(nat.outbound(kStart, kInside, kElsewhere) == first,
                  mapping == NatRule::EndpointIndependent);
        // Another host of the home never shares it.
        EXPECT_NE(nat.outbound(kStart, kOther, kRemote), first);
      }
}

TEST(Nat, aMappingEndsItsLifetimeAfterTheLastPacketOut) {
  for (const bool inboundRefreshes : {false, true}) {
    SCOPED_TRACE(inboundRefreshes);
    Nat nat({.ports = PortChoice::Random, .lifetime = 30s, .inboundRefreshes = inboundRefreshes},
            kOutside, 5);
    const auto outside = *nat.outbound(kStart, kInside, kRemote);
    EXPECT_EQ(nat.outbound(kStart + 20s, kInside, kRemote), outside);
    EXPECT_TRUE(nat.inbound(kStart + 49s, outside, kRemote));
    const auto late = nat.inbound(kStart + 51s, outside, kRemote);
    EXPECT_EQ(late.has_value(), inboundRefreshes);
    if (!late) {
      EXPECT_EQ(late.error(), NatDrop::NoMapping);
    }
    EXPECT_NE(nat.outbound(kStart + 100s, kInside, kRemote), outside);
    EXPECT_EQ(nat.tableSize(kStart + 100s), 1U);
  }
}

TEST(Nat, theFilterForgetsEachRemoteByItself) {
  Nat nat({.lifetime = 30s}, kOutside, 5);
  const auto outside = *nat.outbound(kStart, kInside, kRemote);
  ASSERT_EQ(nat.outbound(kStart + 20s, kInside, kElsewhere), outside);
  EXPECT_EQ(dropOf(nat.inbound(kStart + 40s, outside, kRemote)), NatDrop::Filtered);
  EXPECT_TRUE(nat.inbound(kStart + 40s, outside, kElsewhere));
}

TEST(Nat, sequentialPortsGoUpByDeltaAndAround) {
  Nat nat({.mapping = NatRule::AddressAndPortDependent,
           .ports = PortChoice::Sequential,
           .delta = 3,
           .firstPort = 5000,
           .lastPort = 5099},
          kOutside, 1);
  auto last = nat.outbound(kStart, kInside, {kServer, 1})->port;
  int wraps = 0;
  for (std::uint16_t n = 2; n <= 60; ++n) {
    const auto port = nat.outbound(kStart, kInside, {kServer, n})->port;
    EXPECT_EQ((port - last + 100) % 100, 3);
    if (port < last) ++wraps;
    last = port;
  }
  EXPECT_GE(wraps, 1);
}

TEST(Nat, foreignPortsMoveTheSequence) {
  Nat nat({.mapping = NatRule::AddressAndPortDependent,
           .ports = PortChoice::Sequential,
           .foreignPortsPerSecond = 10},
          kOutside, 1);
  const int first = nat.outbound(kStart, kInside, {kServer, 1})->port;
  const int second = nat.outbound(kStart + 10s, kInside, {kServer, 2})->port;
  const int gap = (second - first + 64512) % 64512;
  EXPECT_GE(gap, 101);
  EXPECT_LE(gap, 102);
}

TEST(Nat, aTakenPortGivesTheNextOneOrIsSharedTowardsAnotherRemote) {
  Nat strict({.mapping = NatRule::AddressAndPortDependent}, kOutside, 1);
  EXPECT_EQ(strict.outbound(kStart, kInside, kRemote)->port, 4800);
  EXPECT_EQ(strict.outbound(kStart, kInside, kElsewhere)->port, 4801);
  EXPECT_EQ(strict.outbound(kStart, kOther, kRemote)->port, 4802);

  Nat linux({.mapping = NatRule::AddressAndPortDependent, .sharesPorts = true}, kOutside, 1);
  EXPECT_EQ(linux.outbound(kStart, kInside, kRemote)->port, 4800);
  EXPECT_EQ(linux.outbound(kStart, kInside, kElsewhere)->port, 4800);
  EXPECT_EQ(linux.outbound(kStart, kOther, kSameHost)->port, 4800);
  // Towards one remote the two hosts cannot have the same port.
  const auto other = *linux.outbound(kStart, kOther, kRemote);
  EXPECT_EQ(other.port, 4801);
  const SocketAddress shared{kOutside, 4800};
  EXPECT_EQ(linux.inbound(kStart, shared, kRemote), kInside);
  EXPECT_EQ(linux.inbound(kStart, shared, kSameHost), kOther);
  EXPECT_EQ(linux.inbound(kStart, other, kRemote), kOther);
}

TEST(Nat, everyPortTakenDropsWhatIsNewUntilOneIsFree) {
  for (const PortChoice ports :
       {PortChoice::Preserving, PortChoice::Sequential, PortChoice::Random}) {
    SCOPED_TRACE(toString(ports));
    Nat nat({.ports = ports, .lifetime = 30s, .firstPort = 6000, .lastPort = 6007}, kOutside, 2);
    std::set<std::uint16_t> seen;
    for (std::uint16_t n = 0; n < 8; ++n)
      seen.insert(nat.outbound(kStart + n * 1s, {kInside.ip, n}, kRemote)->port);
    EXPECT_EQ(seen.size(), 8U);
    EXPECT_EQ(dropOf(nat.outbound(kStart + 8s, {kInside.ip, 99}, kRemote)), NatDrop::NoPort);
    // The oldest mapping is over.
    EXPECT_TRUE(nat.outbound(kStart + 30s, {kInside.ip, 99}, kRemote));
    EXPECT_EQ(dropOf(nat.outbound(kStart + 30s, {kInside.ip, 98}, kRemote)), NatDrop::NoPort);
  }
}

TEST(Nat, aFullTableDropsWhatIsNewAndKeepsWhatIsKnown) {
  Nat nat({.lifetime = 30s, .tableLimit = 10}, kOutside, 2);
  for (std::uint16_t n = 1; n <= 100; ++n) {
    const auto out = nat.outbound(kStart, kInside, {kServer, n});
    EXPECT_EQ(out.has_value(), n <= 10);
    if (!out) {
      EXPECT_EQ(out.error(), NatDrop::TableFull);
    }
  }
  EXPECT_EQ(nat.tableSize(kStart), 10U);
  EXPECT_TRUE(nat.outbound(kStart + 20s, kInside, {kServer, 1}));
  EXPECT_EQ(dropOf(nat.outbound(kStart + 20s, kOther, kRemote)), NatDrop::TableFull);
  EXPECT_TRUE(nat.outbound(kStart + 31s, kOther, kRemote));
  EXPECT_EQ(nat.tableSize(kStart + 31s), 2U);
  EXPECT_EQ(nat.counters().drops.at(NatDrop::TableFull), 91U);
}

TEST(Nat, hairpinGoesThroughTheFilterUnderTheOutsideAddress) {
  for (const bool hairpins : {false, true}) {
    SCOPED_TRACE(hairpins);
    Nat nat({.hairpins = hairpins}, kOutside, 2);
    const auto a = *nat.outbound(kStart, kInside, kRemote);
    const auto b = *nat.outbound(kStart, kOther, kRemote);
    // a speaks to b's outside address: what comes back is from a's outside address.
    ASSERT_EQ(nat.outbound(kStart, kInside, b), a);
    EXPECT_EQ(dropOf(nat.inbound(kStart, b, a)), hairpins ? NatDrop::Filtered : NatDrop::Hairpin);
    ASSERT_EQ(nat.outbound(kStart, kOther, a), b);
    const auto in = nat.inbound(kStart, b, a);
    EXPECT_EQ(in.has_value(), hairpins);
    if (in) {
      EXPECT_EQ(*in, kOther);
    }
  }
}

TEST(Nat, aRebootLosesTheTableAndARebindingMovesEveryFlow) {
  Nat nat({}, kOutside, 2);
  const auto before = *nat.outbound(kStart, kInside, kRemote);
  const auto opened = nat.forward(kStart, kOther, 7000, 1h);
  ASSERT_EQ(opened, (SocketAddress{kOutside, 7000}));
  nat.rebind();
  EXPECT_EQ(dropOf(nat.inbound(kStart, before, kRemote)), NatDrop::NoMapping);
  EXPECT_EQ(nat.inbound(kStart, *opened, kElsewhere), kOther);
  EXPECT_NE(nat.outbound(kStart, kInside, kRemote), before);
  nat.reboot();
  EXPECT_EQ(nat.tableSize(kStart), 0U);
  EXPECT_EQ(dropOf(nat.inbound(kStart, *opened, kElsewhere)), NatDrop::NoMapping);
  EXPECT_EQ(nat.outbound(kStart, kInside, kRemote), before);
  nat.setOutside(IpAddress::v4(80, 1, 0, 2));
  EXPECT_EQ(nat.outbound(kStart, kInside, kRemote)->ip, IpAddress::v4(80, 1, 0, 2));
}

TEST(Nat, aForwardedPortIsOpenToEverybodyAndAnswersLeaveFromIt) {
  Nat nat({.mapping = NatRule::AddressAndPortDependent, .ports = PortChoice::Random}, kOutside, 2);
  const auto opened = *nat.forward(kStart, kInside, 4800, 60s);
  EXPECT_EQ(opened.port, 4800);
  // Not yet a guest: a symmetric NAT makes a mapping of its own.
  EXPECT_NE(nat.outbound(kStart, kInside, kElsewhere), opened);
  EXPECT_EQ(nat.inbound(kStart, opened, kRemote), kInside);
  EXPECT_EQ(nat.outbound(kStart, kInside, kRemote), opened);
  // The second host gets another port; renewing keeps the port, and without it the port closes.
  EXPECT_EQ(nat.forward(kStart, kOther, 4800, 60s)->port, 4801);
  EXPECT_EQ(nat.forward(kStart + 50s, kInside, 9999, 60s), opened);
  EXPECT_TRUE(nat.inbound(kStart + 100s, opened, kElsewhere));
  EXPECT_EQ(dropOf(nat.inbound(kStart + 111s, opened, kElsewhere)), NatDrop::NoMapping);
  ASSERT_TRUE(nat.forward(kStart + 120s, kInside, 4800, 60s));
  nat.endForward(kInside);
  EXPECT_EQ(dropOf(nat.inbound(kStart + 121s, opened, kElsewhere)), NatDrop::NoMapping);
}

TEST(Nat, aConeSendsEverythingFromTheForwardedPort) {
  Nat nat({.ports = PortChoice::Random}, kOutside, 2);
  const auto opened = *nat.forward(kStart, kInside, 4800, 60s);
  EXPECT_EQ(nat.outbound(kStart, kInside, kRemote), opened);
  EXPECT_EQ(nat.outbound(kStart, kInside, kElsewhere), opened);
}

TEST(Nat, aForwardedPortIsNobodyElses) {
  Nat nat({.firstPort = 6000, .lastPort = 6001}, kOutside, 2);
  ASSERT_EQ(nat.outbound(kStart, kInside, kRemote)->port, 6000);
  EXPECT_EQ(nat.forward(kStart, kOther, 6000, 1h)->port, 6001);
  EXPECT_EQ(dropOf(nat.outbound(kStart, {kOther.ip, 1}, kRemote)), NatDrop::NoPort);
  EXPECT_FALSE(nat.forward(kStart, {kOther.ip, 2}, 6000, 1h));
}

TEST(Nat, aFirewallKeepsAddressesAndLetsInWhoWasSpokenTo) {
  Nat firewall({.translates = false}, kOutside, 2);
  const SocketAddress inside{*IpAddress::parse("2a01:1:2:3::10"), 4800};
  const SocketAddress remote{*IpAddress::parse("2a01:9::1"), 4800};
  EXPECT_EQ(dropOf(firewall.inbound(kStart, inside, remote)), NatDrop::NoMapping);
  EXPECT_EQ(firewall.outbound(kStart, inside, remote), inside);
  EXPECT_EQ(firewall.inbound(kStart, inside, remote), inside);
  EXPECT_EQ(dropOf(firewall.inbound(kStart, inside, {remote.ip, 1})), NatDrop::Filtered);
  EXPECT_EQ(firewall.forward(kStart, {inside.ip, 7}, 4800, 60s), (SocketAddress{inside.ip, 7}));
  EXPECT_EQ(firewall.inbound(kStart, {inside.ip, 7}, remote), (SocketAddress{inside.ip, 7}));
}

TEST(Nat, equalSeedsGiveEqualPortsAndOthersDoNot) {
  const auto ports = [](std::uint64_t seed) {
    Nat nat({.mapping = NatRule::AddressAndPortDependent, .ports = PortChoice::Random}, kOutside,
            seed);
    std::vector<std::uint16_t> given;
    for (std::uint16_t n = 0; n < 200; ++n)
      given.push_back(nat.outbound(kStart, kInside, {kServer, n})->port);
    return given;
  };
  EXPECT_EQ(ports(1), ports(1));
  EXPECT_NE(ports(1), ports(2));
}

// Whatever comes, in whatever order of time: the table stays within its limit, what goes out can
// be answered at once, and nothing reaches a host that did not ask.
TEST(Nat, aThousandRandomStepsKeepThePromises) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    SeededRandom random(seed);
    const auto rule = [&] { return static_cast<NatRule>(random.below(3)); };
    Nat nat({.mapping = rule(),
             .filtering = rule(),
             .ports = static_cast<PortChoice>(random.below(3)),
             .sharesPorts = random.below(2) == 0,
             .lifetime = 5s,
             .inboundRefreshes = random.below(2) == 0,
             .tableLimit = 40,
             .firstPort = 6000,
             .lastPort = 6030},
            kOutside, seed);
    TimePoint now = kStart;
    for (int i = 0; i < 1000; ++i) {
      now += std::chrono::milliseconds(random.below(300));
      const SocketAddress inside{
          IpAddress::v4(192, 168, 1, static_cast<std::uint8_t>(random.below(4))),
          static_cast<std::uint16_t>(6000 + random.below(4))};
      const SocketAddress remote{IpAddress::v4(9, 9, 9, static_cast<std::uint8_t>(random.below(4))),
                                 static_cast<std::uint16_t>(1 + random.below(4))};
      switch (random.below(10)) {
        case 0:
          (void)nat.forward(now, inside, static_cast<std::uint16_t>(random.below(65536)), 3s);
          break;
        case 1:
          nat.endForward(inside);
          break;
        case 2:
          nat.rebind();
          break;
        case 3:
          if (const auto in = nat.inbound(now, {kOutside, inside.port}, remote)) {
            EXPECT_EQ(in->ip.bytes[0], 192);
          }
          break;
        default:
          if (const auto out = nat.outbound(now, inside, remote)) {
            EXPECT_EQ(nat.inbound(now, *out, remote), inside);
            EXPECT_TRUE(nat.insideOf(now, *out));
          }
      }
      ASSERT_LE(nat.tableSize(now), 40U);
    }
  }
}

}  // namespace
}  // namespace foyer::sim
