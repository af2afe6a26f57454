#include "core/net/nat_check.h"

#include <gtest/gtest.h>

#include "tests/net/fake_nat.h"

namespace foyer::test {

using namespace foyer::net;

namespace {

using By = FakeNat::By;
using Ports = FakeNat::Ports;

const char* said(const NatReport& report, std::string_view name) {
  static std::string word;
  for (const auto& [key, value] : describe(report))
    if (key == name) return (word = value).c_str();
  return "absent";
}

NatReport measure(const FakeNat& nat, const std::vector<FakeServer>& servers,
                  const NatCheckConfig& config = FakeWorld::config()) {
  FakeWorld world;
  world.nat = nat;
  world.servers = servers;
  const NatReport report = world.run(config);
  EXPECT_TRUE(world.check->isDone());
  return report;
}

bool sentAnythingTo(const FakeWorld& world, const IpAddress& ip) {
  return std::any_of(world.sentTo.begin(), world.sentTo.end(),
                     [&](const SocketAddress& to) { return to.ip == ip; });
}

}  // namespace

TEST(NatCheck, tellsEveryKindOfNat) {
  struct Row {
    const char* name;
    FakeNat nat;
    NatMapping mapping;
    NatFiltering filtering;
    PortAllocation allocation;
    NatAnswer hairpin;
    const char* outlook;
  };
  using enum NatMapping;
  const PortAllocation kPreserving{PortPattern::Preserving, 0};
  const PortAllocation kRandom{PortPattern::Random, 0};
  const std::vector<Row> rows{
      {"full cone",
       {.mapsBy = By::Nothing, .filtersBy = By::Nothing, .hairpins = true},
       EndpointIndependent,
       NatFiltering::EndpointIndependent,
       kPreserving,
       NatAnswer::Yes,
       "direct_with_all"},
      {"address restricted, random ports",
       {.mapsBy = By::Nothing, .filtersBy = By::Address, .ports = Ports::Random},
       EndpointIndependent,
       NatFiltering::AddressDependent,
       kRandom,
       NatAnswer::No,
       "direct_with_all"},
      {"port restricted",
       {.mapsBy = By::Nothing, .filtersBy = By::AddressAndPort},
       EndpointIndependent,
       NatFiltering::AddressAndPortDependent,
       kPreserving,
       NatAnswer::No,
       "direct_with_most"},
      {"port restricted with hairpin",
       {.mapsBy = By::Nothing, .filtersBy = By::AddressAndPort, .hairpins = true},
       EndpointIndependent,
       NatFiltering::AddressAndPortDependent,
       kPreserving,
       NatAnswer::Yes,
       "direct_with_most"},
      {"port restricted, counting",
       {.mapsBy = By::Nothing, .filtersBy = By::AddressAndPort, .ports = Ports::Counting},
       EndpointIndependent,
       NatFiltering::AddressAndPortDependent,
       {PortPattern::Sequential, 1},
       NatAnswer::No,
       "direct_with_most"},
      {"symmetric, counting by twos",
       {.mapsBy = By::AddressAndPort,
        .filtersBy = By::AddressAndPort,
        .ports = Ports::Counting,
        .delta = 2},
       AddressAndPortDependent,
       NatFiltering::AddressAndPortDependent,
       {PortPattern::Sequential, 2},
       NatAnswer::Unknown,
       "direct_by_prediction"},
      {"symmetric, counting down",
       {.mapsBy = By::AddressAndPort,
        .filtersBy = By::AddressAndPort,
        .ports = Ports::Counting,
        .delta = -1},
       AddressAndPortDependent,
       NatFiltering::AddressAndPortDependent,
       {PortPattern::Sequential, -1},
       NatAnswer::Unknown,
       "direct_by_prediction"},
      {"symmetric, random",
       {.mapsBy = By::AddressAndPort, .filtersBy = By::AddressAndPort, .ports = Ports::Random},
       AddressAndPortDependent,
       NatFiltering::AddressAndPortDependent,
       kRandom,
       NatAnswer::Unknown,
       "direct_with_easy"},
      {"symmetric by address, random",
       {.mapsBy = By::Address, .filtersBy = By::Address, .ports = Ports::Random},
       AddressDependent,
       NatFiltering::AddressDependent,
       kRandom,
       NatAnswer::Unknown,
       "direct_with_easy"},
  };
  for (const Row& row : rows) {
    const NatReport report = measure(row.nat, FakeWorld::twoServers());
    EXPECT_EQ(report.mapping, row.mapping) << row.name << " " << toString(report.mapping);
    EXPECT_EQ(report.filtering, row.filtering) << row.name << " " << toString(report.filtering);
    EXPECT_EQ(report.allocation, row.allocation)
        << row.name << " " << toString(report.allocation.pattern) << report.allocation.delta;
    EXPECT_EQ(report.hairpin, row.hairpin) << row.name << " " << toString(report.hairpin);
    EXPECT_STREQ(said(report, "outlook"), row.outlook) << row.name;
    EXPECT_EQ(report.translated, NatAnswer::Yes) << row.name;
    EXPECT_EQ(report.udp, NatAnswer::Yes) << row.name;
    EXPECT_EQ(report.ipv4, NatAnswer::Yes) << row.name;
    EXPECT_EQ(report.ipv6, NatAnswer::Unknown) << row.name;  // nobody to ask
    EXPECT_EQ(report.roundTrip, 20ms) << row.name;
    EXPECT_TRUE(report.disagreeing.empty()) << row.name;
    EXPECT_EQ(report.mappedV4.has_value(), row.mapping == EndpointIndependent) << row.name;
  }
}

TEST(NatCheck, sameFindingsWhenEverySecondDatagramIsLost) {
  FakeWorld world;
  world.nat = {
      .mapsBy = By::AddressAndPort, .filtersBy = By::AddressAndPort, .ports = Ports::Counting};
  world.servers = FakeWorld::twoServers();
  world.losesEverySecond = true;
  const NatReport report = world.run(FakeWorld::config());
  EXPECT_TRUE(world.check->isDone());
  EXPECT_EQ(report.mapping, NatMapping::AddressAndPortDependent);
  EXPECT_EQ(report.allocation, (PortAllocation{PortPattern::Sequential, 1}));
}

TEST(NatCheck, whereNobodyTranslatesThereIsOnlyAFirewall) {
  const FakeNat nat{.filtersBy = By::AddressAndPort, .translates = false};
  NatCheckConfig config = FakeWorld::config();
  const IpAddress own = at("198.18.7.7:1").ip;
  config.hostAddresses.push_back(own);
  config.mainV4->label.ip = own;
  for (NatSocket& socket : config.extra) socket.label.ip = own;
  const NatReport report = measure(nat, FakeWorld::twoServers(), config);
  EXPECT_EQ(report.translated, NatAnswer::No);
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(report.filtering, NatFiltering::AddressAndPortDependent);
  EXPECT_EQ(report.mappedV4, at("198.18.7.7:4000"));
}

TEST(NatCheck, udpThatIsBlockedIsSaidSoAfterOneDeadline) {
  FakeWorld world;
  world.blocksUdp = true;
  world.servers = FakeWorld::twoServers();
  const NatReport report = world.run(FakeWorld::config());
  EXPECT_TRUE(world.check->isDone());
  EXPECT_EQ(world.now - world.startedAt, kStunDeadline);
  EXPECT_EQ(report.udp, NatAnswer::No);
  EXPECT_EQ(report.mapping, NatMapping::Unknown);
  EXPECT_STREQ(said(report, "outlook"), "relay_over_tcp");
  EXPECT_STREQ(said(report, "round_trip_ms"), "absent");
}

TEST(NatCheck, withoutObserversNothingIsClaimed) {
  const NatReport report = measure({}, {});
  EXPECT_EQ(report.udp, NatAnswer::Unknown);
  EXPECT_STREQ(said(report, "outlook"), "unknown");
}

TEST(NatCheck, oneObserverWithOneAddressCannotTellTheMapping) {
  // It sees one stable port through every NAT there is.
  const NatReport report = measure({.mapsBy = By::AddressAndPort, .ports = Ports::Random},
                                   {{.address = at("192.0.2.50:3478")}});
  EXPECT_EQ(report.mapping, NatMapping::Unknown);
  EXPECT_EQ(report.filtering, NatFiltering::Unknown);
  EXPECT_EQ(report.hairpin, NatAnswer::Unknown);
  EXPECT_EQ(report.udp, NatAnswer::Yes);
  // Two ports of one host are one word as well.
  const NatReport twoPorts =
      measure({.mapsBy = By::Address, .ports = Ports::Random},
              {{.address = at("192.0.2.50:3478")}, {.address = at("192.0.2.50:3479")}});
  EXPECT_EQ(twoPorts.mapping, NatMapping::Unknown);
}

TEST(NatCheck, oneServerWithTwoAddressesIsEnoughForTheClassesButNotForProbingItsWord) {
  FakeWorld world;
  world.nat = {.filtersBy = By::Address, .ports = Ports::Random, .hairpins = true};
  world.servers = {FakeWorld::twoServers().front()};
  const NatReport report = world.run(FakeWorld::config());
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(report.filtering, NatFiltering::AddressDependent);
  EXPECT_EQ(report.hairpin, NatAnswer::Unknown);
  EXPECT_FALSE(sentAnythingTo(world, world.nat.ip));
}

TEST(NatCheck, aLyingObserverIsOutvotedAndNamed) {
  auto servers = FakeWorld::twoServers();
  servers.push_back({.address = at("192.0.2.99:3478"), .lie = at("198.18.0.66:6666")});
  // Comes first and offers everything; still it is not the one that is believed.
  servers.back().other = at("192.0.2.100:3479");
  std::rotate(servers.begin(), servers.end() - 1, servers.end());
  FakeWorld world;
  world.nat = {.filtersBy = By::AddressAndPort, .ports = Ports::Random, .hairpins = true};
  world.servers = servers;
  const NatReport report = world.run(FakeWorld::config());
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(report.filtering, NatFiltering::AddressAndPortDependent);
  EXPECT_EQ(report.hairpin, NatAnswer::Yes);
  ASSERT_TRUE(report.mappedV4);
  EXPECT_EQ(report.mappedV4->ip, world.nat.ip);
  EXPECT_EQ(report.disagreeing, std::vector<SocketAddress>{at("192.0.2.99:3478")});
  EXPECT_STREQ(said(report, "observers_disagreeing"), "1");
  // Nothing went where it pointed, nor to its second address.
  EXPECT_FALSE(sentAnythingTo(world, at("198.18.0.66:1").ip));
  EXPECT_FALSE(sentAnythingTo(world, at("192.0.2.100:1").ip));
}

TEST(NatCheck, oneLieAgainstOneTruthMakesTheVerdictCareful) {
  auto servers = FakeWorld::twoServers();
  servers[1].lie = at("198.18.0.66:6666");
  FakeWorld world;
  world.nat.hairpins = true;
  world.servers = servers;
  const NatReport report = world.run(FakeWorld::config());
  EXPECT_EQ(report.mapping, NatMapping::Unknown);
  EXPECT_EQ(report.hairpin, NatAnswer::Unknown);
  EXPECT_FALSE(report.mappedV4);
  EXPECT_EQ(report.disagreeing.size(), 2U + 2U);  // and the second address of the first
  EXPECT_FALSE(sentAnythingTo(world, at("198.18.0.66:1").ip));

  servers[1] = {.address = at("192.0.2.50:3478"), .liesAboutThePort = true};
  const NatReport port = measure({}, servers);
  EXPECT_TRUE(port.mapping == NatMapping::AddressDependent ||
              port.mapping == NatMapping::EndpointDependent)
      << toString(port.mapping);
  EXPECT_FALSE(port.mappedV4);
}

TEST(NatCheck, anAddressThatAServerOutThereCannotSeeIsNotBelievedEvenOfAll) {
  for (const char* lie : {"192.168.1.1:5000", "127.0.0.1:5000", "169.254.3.3:5000",
                          "203.0.113.7:53", "[fd00::1]:5000"}) {
    FakeWorld world;
    world.servers = FakeWorld::twoServers();
    for (FakeServer& server : world.servers) server.lie = at(lie);
    const NatReport report = world.run(FakeWorld::config());
    EXPECT_EQ(report.mapping, NatMapping::Unknown) << lie;
    EXPECT_FALSE(report.mappedV4) << lie;
    EXPECT_EQ(report.udp, NatAnswer::Yes) << lie;  // that much is true
    EXPECT_FALSE(sentAnythingTo(world, at(lie).ip)) << lie;
  }
}

TEST(NatCheck, slowAndSilentAndNonsensicalObserversDoNotStopTheOthers) {
  auto servers = FakeWorld::twoServers();
  servers[0].delay = 900ms;
  servers[1].delay = 700ms;
  servers.push_back({.address = at("192.0.2.60:3478"), .isSilent = true});
  servers.push_back({.address = at("192.0.2.61:3478"), .talksNonsense = true});
  const NatReport report =
      measure({.filtersBy = By::AddressAndPort, .ports = Ports::Counting}, servers);
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(report.filtering, NatFiltering::AddressAndPortDependent);
  EXPECT_EQ(report.allocation, (PortAllocation{PortPattern::Sequential, 1}));
  EXPECT_EQ(report.observersAsked, 4U);
  EXPECT_EQ(report.observersAnswered, 2U);
  EXPECT_STREQ(said(report, "slow"), "yes");
  EXPECT_TRUE(report.disagreeing.empty());
}

TEST(NatCheck, aServerThatRefusesToAnswerFromElsewhereLeavesFilteringUnknown) {
  auto servers = FakeWorld::twoServers();
  servers[0].refusesChanges = true;
  const NatReport report = measure({.filtersBy = By::Address}, servers);
  EXPECT_EQ(report.filtering, NatFiltering::Unknown);
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
}

TEST(NatCheck, anotherAddressThatIsNoneIsNotFollowed) {
  for (const char* other : {"198.51.100.1:3479", "198.51.100.2:3478", "198.51.100.2:80",
                            "10.0.0.1:3479", "127.0.0.1:3479", "169.254.1.1:3479", "224.0.0.1:3479",
                            "255.255.255.255:3479", "[2001:db8::9]:3479"}) {
    FakeWorld world;
    world.nat = {.mapsBy = By::AddressAndPort, .ports = Ports::Random};
    world.servers = FakeWorld::twoServers();
    world.servers[0].saysOther = at(other);
    const NatReport report = world.run(FakeWorld::config());
    EXPECT_EQ(report.mapping, NatMapping::EndpointDependent) << other;
    EXPECT_EQ(report.filtering, NatFiltering::Unknown) << other;
    const bool isItsOwn = at(other).ip == world.servers[0].address.ip;
    EXPECT_EQ(sentAnythingTo(world, at(other).ip), isItsOwn) << other;
  }
}

TEST(NatCheck, filteringIsNotAskedWhereTheMainSocketHasOpenedTheFilterItself) {
  auto config = FakeWorld::config();
  config.extra.clear();
  auto servers = FakeWorld::twoServers();
  // The second address of the first server is an observer of its own.
  servers.push_back({.address = at("198.51.100.2:3478")});
  servers[0].other = at("198.51.100.2:3479");
  EXPECT_EQ(measure({.filtersBy = By::Address}, servers, config).filtering, NatFiltering::Unknown);
  EXPECT_EQ(measure({.filtersBy = By::Address}, FakeWorld::twoServers(), config).filtering,
            NatFiltering::AddressDependent);
}

TEST(NatCheck, ipv6IsFoundBesideIpv4AndAloneIsMeasuredItself) {
  auto servers = FakeWorld::twoServers();
  servers.push_back({.address = at("[2001:db8:a::1]:3478")});
  servers.push_back({.address = at("[2001:db8:b::1]:3478")});
  const NatReport both = measure({}, servers);
  EXPECT_EQ(both.ipv4, NatAnswer::Yes);
  EXPECT_EQ(both.ipv6, NatAnswer::Yes);
  EXPECT_EQ(both.family, IpAddress::Family::V4);
  EXPECT_EQ(both.mappedV6, at("[2001:db8::2]:4000"));

  servers[0].isSilent = servers[1].isSilent = true;
  const NatReport alone = measure({}, servers);
  EXPECT_EQ(alone.ipv4, NatAnswer::No);
  EXPECT_EQ(alone.family, IpAddress::Family::V6);
  EXPECT_EQ(alone.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(alone.translated, NatAnswer::No);

  servers[0].isSilent = servers[1].isSilent = false;
  servers[2].isSilent = servers[3].isSilent = true;
  EXPECT_EQ(measure({}, servers).ipv6, NatAnswer::No);
}

TEST(NatCheck, withoutExtraSocketsTheMainOneTellsWhatItCan) {
  auto config = FakeWorld::config();
  config.extra.clear();
  auto servers = FakeWorld::twoServers();
  servers.push_back({.address = at("192.0.2.70:3478")});
  const NatReport report = measure({.mapsBy = By::AddressAndPort,
                                    .filtersBy = By::AddressAndPort,
                                    .ports = Ports::Counting,
                                    .delta = 3},
                                   servers, config);
  EXPECT_EQ(report.mapping, NatMapping::AddressAndPortDependent);
  EXPECT_EQ(report.allocation, (PortAllocation{PortPattern::Sequential, 3}));
  EXPECT_EQ(report.hairpin, NatAnswer::Unknown);
  ASSERT_TRUE(report.newestPort);
  EXPECT_EQ(predictPorts(*report.newestPort, report.allocation, 1).at(0), *report.newestPort + 3);
}

TEST(NatCheck, whatARelaySawCountsAsAnObserver) {
  FakeWorld world;
  world.nat = {.ports = Ports::Random};
  world.servers = {FakeWorld::twoServers().back()};
  const SocketAddress seen = world.nat.out(world.now, at("10.0.0.2:4000"), at("192.0.2.1:4433"));
  NatCheckConfig config = FakeWorld::config();
  config.observers = {world.servers[0].address};
  SeededRandom random(1);
  NatCheck check(config, random);
  check.observed(at("192.0.2.1:4433"), seen);
  EXPECT_EQ(check.report().mapping, NatMapping::Unknown);
  check.observed(at("192.0.2.2:4433"), seen);
  EXPECT_EQ(check.report().mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(check.report().mappedV4, seen);
  for (std::uint8_t i = 10; i < 200; ++i)
    check.observed({IpAddress::v4(192, 0, 2, i), 4433}, at("198.18.0.1:5000"));
  EXPECT_LE(check.report().disagreeing.size(), 2 * kMaxNatObservers + 2);
}

TEST(NatCheck, theSlowStepBracketsTheLifeOfASilentMapping) {
  auto config = FakeWorld::config();
  config.lifetimeWaits = {30s, 60s, 120s, 180s};
  FakeWorld world;
  world.nat = {.ports = Ports::Random, .lifetime = 100s};
  world.servers = FakeWorld::twoServers();
  const NatReport report = world.run(config, 300s);
  EXPECT_TRUE(world.check->isDone());
  EXPECT_EQ(report.lifetimeAtLeast, 60s);
  EXPECT_EQ(report.lifetimeBelow, 120s);
  EXPECT_STREQ(said(report, "lifetime_at_least_ms"), "60000");
  EXPECT_LT(world.now - world.startedAt, 190s);

  // A NAT that keeps ports makes the same mapping anew: nothing is claimed, nothing waited for.
  FakeWorld preserving;
  preserving.nat = {.ports = Ports::Preserving, .lifetime = 100s};
  preserving.servers = FakeWorld::twoServers();
  const NatReport unknown = preserving.run(config, 300s);
  EXPECT_EQ(unknown.lifetimeAtLeast, Duration::zero());
  EXPECT_FALSE(unknown.lifetimeBelow);
  EXPECT_LT(preserving.now - preserving.startedAt, 10s);
}

TEST(NatCheck, isDoneInSecondsAndSendsLittle) {
  FakeWorld world;
  world.nat = {
      .mapsBy = By::AddressAndPort, .filtersBy = By::AddressAndPort, .ports = Ports::Random};
  world.servers = FakeWorld::twoServers();
  (void)world.run(FakeWorld::config());
  EXPECT_LE(world.now - world.startedAt, 3s);
  EXPECT_LE(world.sentTo.size(), 40U);
}

TEST(NatCheck, moreObserversThanTheBoundAndDoublesAreNotAsked) {
  std::vector<FakeServer> servers;
  for (std::uint8_t i = 1; i <= 40; ++i)
    servers.push_back({.address = {IpAddress::v4(192, 0, 2, i), 3478}});
  FakeWorld world;
  world.servers = servers;
  auto config = FakeWorld::config();
  config.observers = {at("0.0.0.0:3478"), servers[0].address, servers[0].address};
  for (const FakeServer& server : servers) config.observers.push_back(server.address);
  EXPECT_EQ(world.run(config).observersAsked, kMaxNatObservers);
}

TEST(NatCheck, straysAreLeftToOthers) {
  FakeWorld world;
  world.servers = FakeWorld::twoServers();
  (void)world.run(FakeWorld::config());
  SeededRandom random(9);
  Bytes stray(kStunHeader);
  for (int i = 0; i < 1000; ++i) {
    random.fill(stray);
    EXPECT_FALSE(world.check->handleDatagram(
        world.now, {at("10.0.0.2:4000"), at("198.51.100.1:3478"), 0, stray}));
  }
}

TEST(NatVerdict, randomWordsNeverCrashAndNeverOutvoteAMajority) {
  SeededRandom random(21);
  for (int run = 0; run < 3000; ++run) {
    const std::size_t honest = 2 + random.below(4);
    const std::size_t liars = random.below(honest);
    std::vector<NatSample> samples;
    for (std::size_t i = 0; i < honest; ++i)
      samples.push_back(
          {i, {IpAddress::v4(192, 0, 2, static_cast<std::uint8_t>(i)), 3478}, at("203.0.113.7:9")});
    for (std::size_t i = 0; i < liars; ++i)
      for (std::uint64_t word = 0; word <= random.below(3); ++word)
        samples.push_back({honest + i,
                           {IpAddress::v4(192, 0, 3, static_cast<std::uint8_t>(random.below(3))),
                            static_cast<std::uint16_t>(3478 + random.below(2))},
                           {IpAddress::v4(198, 18, 0, static_cast<std::uint8_t>(random.below(2))),
                            static_cast<std::uint16_t>(1 + random.below(3))}});
    for (std::size_t i = samples.size() - 1; i > 0; --i)
      std::swap(samples[i], samples[random.below(i + 1)]);
    const NatVerdict verdict = concludeMapping(samples);
    ASSERT_EQ(verdict.mapping, NatMapping::EndpointIndependent) << "run " << run;
    ASSERT_EQ(verdict.mapped, at("203.0.113.7:9")) << "run " << run;
    ASSERT_EQ(verdict.disagreeing.size(), liars) << "run " << run;
    ASSERT_TRUE(verdict.isConfirmed);
  }
}

}  // namespace foyer::test
