// The NAT check in every kind of home of the laboratory: what it measures is what the kind says.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/net/nat_check.h"
#include "core/sim/nat_types.h"
#include "core/sim/stun_server.h"

namespace foyer::sim {
namespace {

using net::NatAnswer;
using net::NatFiltering;
using net::NatMapping;
using net::PortPattern;

constexpr std::uint16_t kPort = 4800;
constexpr std::uint16_t kStunPort = StunServer::kPort;

// A host that does nothing but check.
class CheckingHost final : public Node {
 public:
  CheckingHost(Network& network, const Place& place) {
    network.attach(*this, place);
    m_config.observers = {{IpAddress::v4(9, 9, 9, 9), kStunPort},
                          {IpAddress::v4(8, 8, 8, 8), kStunPort},
                          {*IpAddress::parse("2a01:ffff::9"), kStunPort},
                          {*IpAddress::parse("2a01:fffe::9"), kStunPort}};
    for (const LocalAddress& local : network.addressesOf(*this)) {
      m_config.hostAddresses.push_back(local.ip);
      (local.ip.isV4() ? m_config.mainV4 : m_config.mainV6) =
          net::NatSocket{{local.ip, kPort}, kPort};
      for (std::uint16_t i = 0; i < 8; ++i) {
        const auto port = static_cast<std::uint16_t>(50'000 + 13 * i);
        (void)network.openSocket(*this, port);
        m_config.extra.push_back({{local.ip, port}, port});
      }
    }
    m_check.emplace(m_config, m_random);
  }
  net::NatCheck& check() { return *m_check; }

  void handleDatagram(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                      std::uint8_t ecn, ByteView bytes) override {
    (void)m_check->handleDatagram(now, {local, remote, ecn, bytes});
  }
  void handleTimeout(TimePoint now) override { m_check->handleTimeout(now); }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const override {
    return m_check ? m_check->pollTimeout() : std::nullopt;
  }
  void drain(TimePoint now, const Sink& sink) override {
    if (!m_check) return;  // being attached
    m_check->pollTransmit(now, [&](const net::TransmitBatch& batch) {
      sink(batch.local, batch.remote, batch.ecn, batch.payload, false);
    });
  }

 private:
  SeededRandom m_random{4};
  net::NatCheckConfig m_config;
  std::optional<net::NatCheck> m_check;
};

struct Internet {
  explicit Internet(std::uint64_t seed, Duration delay = 20ms) : network(seed) {
    network.setDefaultLink({.delay = delay});
  }
  net::NatReport check(const HomeType& type) {
    const Home home = makeHome(network, type, 5);
    CheckingHost host(network, placeIn(home, 0, kPort));
    host.check().start(network.now());
    network.touch(host);
    startedAt = network.now();
    EXPECT_TRUE(network.runUntil([&] { return host.check().isDone(); }, 30s));
    took = network.now() - startedAt;
    network.detach(host);
    return host.check().report();
  }

  Network network;
  StunServer first{network, {IpAddress::v4(9, 9, 9, 9), IpAddress::v4(9, 9, 9, 8)}};
  StunServer second{network, {IpAddress::v4(8, 8, 8, 8)}};
  StunServer third{network, {*IpAddress::parse("2a01:ffff::9")}};
  StunServer fourth{network, {*IpAddress::parse("2a01:fffe::9")}};
  TimePoint startedAt;
  Duration took{};
};

struct Finding {
  const char* home;
  NatAnswer ipv4, ipv6;
  NatAnswer translated;
  NatMapping mapping;
  NatFiltering filtering;
  PortPattern pattern;
  NatAnswer hairpin;
  const char* outlook;
};

using enum NatAnswer;
constexpr auto kOne = NatMapping::EndpointIndependent;
constexpr auto kEach = NatMapping::AddressAndPortDependent;
constexpr auto kAny = NatFiltering::EndpointIndependent;
constexpr auto kAddress = NatFiltering::AddressDependent;
constexpr auto kSocket = NatFiltering::AddressAndPortDependent;
constexpr auto kKeeps = PortPattern::Preserving;
constexpr auto kCounts = PortPattern::Sequential;
constexpr auto kRandom = PortPattern::Random;

constexpr Finding kFindings[] = {
    {"open", Yes, Unknown, No, kOne, kAny, kKeeps, Yes, "direct_with_all"},
    {"firewalled", Yes, Unknown, No, kOne, kSocket, kKeeps, Yes, "direct_with_most"},
    {"full-cone", Yes, Unknown, Yes, kOne, kAny, kKeeps, Yes, "direct_with_all"},
    {"address-restricted", Yes, Unknown, Yes, kOne, kAddress, kKeeps, Yes, "direct_with_all"},
    {"port-restricted", Yes, Unknown, Yes, kOne, kSocket, kKeeps, Yes, "direct_with_most"},
    // A port for each remote, and always the same one: to others it looks like one for all.
    {"linux", Yes, Unknown, Yes, kOne, kSocket, kKeeps, No, "direct_with_most"},
    {"symmetric-sequential", Yes, Unknown, Yes, kEach, kSocket, kCounts, Unknown,
     "direct_by_prediction"},
    {"symmetric-random", Yes, Unknown, Yes, kEach, kSocket, kRandom, Unknown, "direct_with_easy"},
    {"cgnat+port-restricted", Yes, Unknown, Yes, kOne, kSocket, kRandom, Yes, "direct_with_most"},
    {"cgnat-symmetric+port-restricted", Yes, Unknown, Yes, kEach, kSocket, kRandom, Unknown,
     "direct_with_easy"},
    {"double-nat", Yes, Unknown, Yes, kOne, kSocket, kKeeps, No, "direct_with_most"},
    {"port-restricted+pmp", Yes, Unknown, Yes, kOne, kSocket, kKeeps, Yes, "direct_with_most"},
    {"symmetric-random+pmp", Yes, Unknown, Yes, kEach, kSocket, kRandom, Unknown,
     "direct_with_easy"},
    // Its servers have one address each.
    {"v6-only", Unknown, Yes, No, kOne, NatFiltering::Unknown, kKeeps, Yes, "direct_with_most"},
    {"dual-stack", Yes, Yes, Yes, kOne, kSocket, kKeeps, Yes, "direct_with_most"},
    {"dual-stack-v6-broken", Yes, No, Yes, kOne, kSocket, kKeeps, Yes, "direct_with_most"},
    {"udp-blocked", No, Unknown, Unknown, NatMapping::Unknown, NatFiltering::Unknown,
     PortPattern::Unknown, Unknown, "relay_over_tcp"},
};

TEST(NatCheckRun, findsInEveryHomeWhatTheHomeIs) {
  ASSERT_EQ(homeTypes().size(), std::size(kFindings));
  for (const Finding& finding : kFindings) {
    SCOPED_TRACE(finding.home);
    const HomeType* type = findHomeType(finding.home);
    ASSERT_NE(type, nullptr);
    Internet internet(11);
    const net::NatReport report = internet.check(*type);
    EXPECT_EQ(report.ipv4, finding.ipv4) << toString(report.ipv4);
    EXPECT_EQ(report.ipv6, finding.ipv6) << toString(report.ipv6);
    EXPECT_EQ(report.translated, finding.translated) << toString(report.translated);
    EXPECT_EQ(report.mapping, finding.mapping) << toString(report.mapping);
    EXPECT_EQ(report.filtering, finding.filtering) << toString(report.filtering);
    EXPECT_EQ(report.allocation.pattern, finding.pattern) << toString(report.allocation.pattern);
    EXPECT_EQ(report.hairpin, finding.hairpin) << toString(report.hairpin);
    EXPECT_STREQ(toString(outlookOf(report)), finding.outlook);
    EXPECT_TRUE(report.disagreeing.empty());
    EXPECT_LE(internet.took, 5s);
  }
}

TEST(NatCheckRun, aBusyNatThatCountsIsStillFoundToCount) {
  HomeType type = *findHomeType("symmetric-sequential");
  int found = 0;
  constexpr int kRuns = 100;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    // A hundred new flows a second of other people: three in two gaps between our sockets.
    type.nat->foreignPortsPerSecond = 100;
    type.nat->delta = 1;
    Internet internet(seed);
    const net::NatReport report = internet.check(type);
    EXPECT_EQ(report.mapping, kEach);
    found += report.allocation.pattern == kCounts ? 1 : 0;
  }
  EXPECT_GE(found, kRuns * 95 / 100);
}

TEST(NatCheckRun, slowNetworksGiveTheSameFindings) {
  Internet internet(3, 400ms);  // 800 ms there and back
  const net::NatReport report = internet.check(*findHomeType("address-restricted"));
  EXPECT_EQ(report.mapping, kOne);
  EXPECT_EQ(report.filtering, kAddress);
  EXPECT_EQ(report.hairpin, Yes);
  ASSERT_TRUE(report.roundTrip);
  EXPECT_GE(*report.roundTrip, net::kSlowRoundTrip);
}

}  // namespace
}  // namespace foyer::sim
