// What a lying peer gets from the side that guesses ports (catalogue K-17, ADR 0018): no more than
// the budget, and nothing where no relay has seen it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/client/call_paths.h"
#include "core/client/client.h"
#include "core/client/labels.h"

namespace foyer::client {
namespace {

using wire::CandidateKind;

SocketAddress at(const char* text) { return *SocketAddress::parse(text); }

net::NatReport reportOf(net::NatMapping mapping, net::PortPattern pattern) {
  net::NatReport report;
  report.mapping = mapping;
  report.filtering = net::NatFiltering::AddressAndPortDependent;
  report.allocation = {pattern, pattern == net::PortPattern::Sequential ? 1 : 0};
  return report;
}

const net::NatReport kStrict =
    reportOf(net::NatMapping::EndpointIndependent, net::PortPattern::Preserving);
const net::NatReport kRandom =
    reportOf(net::NatMapping::AddressAndPortDependent, net::PortPattern::Random);

struct CallGuesses : testing::Test {
  SeededRandom random{9};
  crypto::Identity identity = crypto::Identity::generate(random);
  net::Endpoint endpoint{{}, identity, random};
  CallPaths paths{
      CallId{},
      identity.publicKey(),
      {crypto::Role::Callee, crypto::SecretKey::random(random), crypto::SecretKey::random(random),
       crypto::SecretKey::random(random), crypto::SecretKey::random(random)},
      1,
      random};
  std::vector<net::HostAddress> own{{*IpAddress::parse("192.168.7.20"), 24}};
  std::vector<IpAddress> vouched{*IpAddress::parse("81.2.69.142")};
  TimePoint now{1000s};
  std::map<IpAddress, int> sent;
  std::map<std::int64_t, int> perSecond;

  void offer(const std::vector<wire::Candidate>& candidates, const net::NatReport& nat) {
    paths.setPeerNat(now, net::traitsOf(nat, true));
    paths.setPeerCandidates(now, candidates, own, vouched);
  }
  void giveSockets() {
    std::vector<ExtraLocal> locals;
    for (std::size_t i = 0; i < paths.wantedSockets(); ++i)
      locals.push_back({{IpAddress::v4(0, 0, 0, 0), static_cast<std::uint16_t>(30'000 + i)},
                        std::nullopt,
                        CandidateKind::Predicted});
    paths.setExtraLocals(now, locals);
  }
  void runFor(Duration time) {
    for (const TimePoint end = now + time; now < end; now += 5ms) {
      paths.handleTimeout(now, endpoint);
      paths.pollTransmit(now, [&](const net::TransmitBatch& batch) {
        ++sent[batch.remote.ip];
        ++perSecond[toMilliseconds(now - TimePoint{}) / 1000];
        EXPECT_GE(batch.remote.port, 1024);
        EXPECT_LE(batch.payload.size(), 30U);
      });
    }
  }
  [[nodiscard]] int sentTo(const char* ip) { return sent[*IpAddress::parse(ip)]; }
};

TEST_F(CallGuesses, goOnlyWhereARelayHasSeenThePeer) {
  paths.setOwnNat(now, kStrict, true);
  offer({{CandidateKind::Reflexive, at("93.184.216.34:4000")}}, kRandom);
  runFor(20s);
  EXPECT_LE(sentTo("93.184.216.34"), 8) << "a bystander that only the peer speaks for";
  offer({{CandidateKind::Reflexive, at("93.184.216.34:4000")},
         {CandidateKind::Reflexive, at("81.2.69.142:4000")}},
        kRandom);
  runFor(30s);
  EXPECT_LE(sentTo("93.184.216.34"), 8);
  EXPECT_GE(sentTo("81.2.69.142"), static_cast<int>(net::kGuessBudget));
  const auto notes = paths.notes();
  EXPECT_EQ(std::count_if(notes.begin(), notes.end(),
                          [](const PathNote& note) { return note.reason == "birthday"; }),
            1)
      << "the record says that it was tried, once";
}

TEST_F(CallGuesses, areBoundedWhateverThePeerTells) {
  vouched.push_back(*IpAddress::parse("81.2.69.143"));
  paths.setOwnNat(now, kStrict, true);
  for (int i = 0; i < 60; ++i) {
    const auto port = static_cast<std::uint16_t>(5000 + i);
    const IpAddress ip = vouched[static_cast<std::size_t>(i % 2)];
    offer({{CandidateKind::Reflexive, {ip, port}}}, i % 3 == 0 ? kStrict : kRandom);
    runFor(5s);
    giveSockets();
  }
  const int all = sentTo("81.2.69.142") + sentTo("81.2.69.143");
  // Each address that it names is asked 14 times as any candidate is.
  EXPECT_LE(all, static_cast<int>(net::kGuessBudget) + 60 * 14);
  for (const auto& [second, count] : perSecond) EXPECT_LE(count, 100) << second;
}

TEST_F(CallGuesses, ofTheHardSideGoToOneAddressAndEndWithTheFirstContact) {
  paths.setOwnNat(now, kRandom, true);
  offer({{CandidateKind::Reflexive, at("81.2.69.142:4000")}}, kStrict);
  runFor(1200ms);
  ASSERT_EQ(paths.wantedSockets(), net::kBirthdaySockets);
  giveSockets();
  runFor(20s);
  EXPECT_LE(sentTo("81.2.69.142"), static_cast<int>(3 * net::kBirthdaySockets) + 14 * 2);
  EXPECT_GE(sentTo("81.2.69.142"), static_cast<int>(3 * net::kBirthdaySockets));
  EXPECT_EQ(sent.size(), 1U);
  EXPECT_EQ(paths.wantedSockets(), 0U);
}

TEST_F(CallGuesses, areLeftOutWhereOneSideHasSwitchedThemOff) {
  paths.setOwnNat(now, kStrict, false);
  offer({{CandidateKind::Reflexive, at("81.2.69.142:4000")}}, kRandom);
  runFor(14s);
  EXPECT_LE(sentTo("81.2.69.142"), 14);
}

}  // namespace
}  // namespace foyer::client
