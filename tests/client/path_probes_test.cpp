// What a peer can make this side send, and where to (catalogue K-11, K-17): the peer lies here.
#include "core/client/path_probes.h"

#include <gtest/gtest.h>

#include <map>

#include "core/client/client.h"

namespace foyer::client {
namespace {

using wire::Candidate;
using wire::CandidateKind;

SocketAddress at(const char* text) { return *SocketAddress::parse(text); }

struct PathProbesTest : testing::Test {
  SeededRandom random{5};
  crypto::SecretKey key = crypto::SecretKey::random(random);
  PathProbes probes{crypto::Role::Caller, key, random};
  PathRecord record;
  std::vector<net::HostAddress> own{{*IpAddress::parse("192.168.7.20"), 24}};
  std::vector<IpAddress> vouched{*IpAddress::parse("81.2.69.142")};
  TimePoint now{};
  std::map<SocketAddress, int> sent;

  void offer(const std::vector<Candidate>& candidates) {
    probes.setPeer(now, candidates, own, vouched, record);
  }
  void runFor(Duration time) {
    const TimePoint end = now + time;
    while (now < end) {
      probes.pollTransmit(
          now, true, [&](const net::TransmitBatch& batch) { ++sent[batch.remote]; }, record);
      now = std::min(end, std::max(now + 1ms, probes.pollTimeout().value_or(end)));
    }
  }
  [[nodiscard]] int sentTo(const char* ip) const {
    int sum = 0;
    for (const auto& [to, count] : sent)
      if (to.ip == *IpAddress::parse(ip)) sum += count;
    return sum;
  }
  [[nodiscard]] int total() const {
    int sum = 0;
    for (const auto& [to, count] : sent) sum += count;
    return sum;
  }
};

TEST_F(PathProbesTest, nothingGoesWhereThePeerMustNotPoint) {
  offer({{CandidateKind::Host, at("127.0.0.1:5000")},
         {CandidateKind::Host, at("169.254.1.1:5000")},
         {CandidateKind::Host, at("10.0.0.1:5000")},
         {CandidateKind::Host, at("192.168.8.1:5000")},
         {CandidateKind::Host, at("224.0.0.251:5353")},
         {CandidateKind::Host, at("255.255.255.255:5000")},
         {CandidateKind::Mapped, at("0.0.0.0:5000")},
         {CandidateKind::Reflexive, at("81.2.69.142:53")},
         {CandidateKind::Reflexive, at("[2001:db8::1]:5000")},
         {CandidateKind::Host, at("[::1]:5000")}});
  runFor(60s);
  EXPECT_EQ(total(), 0);
  EXPECT_EQ(probes.targets(), 0U);
}

TEST_F(PathProbesTest, aThirdPartyGetsFewPacketsOnceWhateverThePeerNames) {
  // Another sixteen addresses each second for an hour, and the whole search repeated.
  for (int second = 0; second < 3600; ++second) {
    std::vector<Candidate> lies;
    for (std::size_t i = 0; i < wire::kMaxCandidates; ++i)
      lies.push_back({CandidateKind::Reflexive,
                      {IpAddress::v4(7, 7, static_cast<std::uint8_t>(second % 250),
                                     static_cast<std::uint8_t>(i)),
                       static_cast<std::uint16_t>(2000 + second)}});
    offer(lies);
    if (second % 15 == 0) probes.askAgain(now);
    runFor(1s);
  }
  EXPECT_LE(total(), static_cast<int>(PathProbes::kMaxUnvouchedAsks));
  std::map<IpAddress, int> hosts;
  for (const auto& [to, count] : sent) hosts[to.ip] += count;
  EXPECT_LE(hosts.size(), PathProbes::kMaxUnvouched);
}

TEST_F(PathProbesTest, onePortAfterAnotherOfAThirdPartyIsTheSame) {
  for (int second = 0; second < 3600; ++second) {
    offer({{CandidateKind::Reflexive,
            {IpAddress::v4(7, 7, 7, 7), static_cast<std::uint16_t>(2000 + second)}}});
    runFor(1s);
  }
  EXPECT_GT(sentTo("7.7.7.7"), 0);
  EXPECT_LE(sentTo("7.7.7.7"), static_cast<int>(PathProbes::kMaxUnvouchedAsks));
}

TEST_F(PathProbesTest, theOwnLanIsNotLookedOver) {
  for (int host = 1; host < 255; ++host) {
    offer({{CandidateKind::Host,
            {IpAddress::v4(192, 168, 7, static_cast<std::uint8_t>(host)), 4000}}});
    runFor(10s);
  }
  EXPECT_LE(sent.size(), PathProbes::kMaxNear);
}

TEST_F(PathProbesTest, spoofedAsksOfThePeerPointAtNobodyEither) {
  const auto ask = net::encodeProbe(key, crypto::Role::Callee, net::ProbeAsk{});
  for (int i = 0; i < 20'000; ++i) {
    const SocketAddress victim{
        IpAddress::v4(7, 7, static_cast<std::uint8_t>(i / 250), static_cast<std::uint8_t>(i % 250)),
        4000};
    EXPECT_TRUE(probes.handle(now, at("0.0.0.0:1"), victim, ask, record));
    runFor(1ms);
  }
  // Twenty seconds of a thousand asks each: answers at the rate of answers, and few asks.
  const int answers =
      static_cast<int>(PathProbes::kAnswersBurst + 20 * PathProbes::kAnswersPerSecond) + 1;
  EXPECT_LE(total(), answers + static_cast<int>(PathProbes::kMaxUnvouchedAsks));
}

TEST_F(PathProbesTest, theBurstTowardsOneTargetAndAllOfThemIsPaced) {
  std::vector<Candidate> many;
  for (std::uint16_t i = 0; i < wire::kMaxCandidates; ++i)
    many.push_back({CandidateKind::Reflexive, {vouched[0], static_cast<std::uint16_t>(5000 + i)}});
  offer(many);
  for (int tenth = 0; tenth < 100; ++tenth) {
    const int before = total();
    runFor(100ms);
    EXPECT_LE(total() - before, 100ms / PathProbes::kProbesApart + PathProbes::kProbesAtOnce);
  }
  runFor(60s);
  for (const auto& [to, count] : sent) EXPECT_EQ(count, 14) << to.toString();
  EXPECT_TRUE(probes.isExhausted());
}

TEST_F(PathProbesTest, theFirstAddressesAreAskedAtOnce) {
  offer({{CandidateKind::Host, at("192.168.7.9:5000")},
         {CandidateKind::Host, at("192.168.7.10:5000")},
         {CandidateKind::Reflexive, at("81.2.69.142:5000")}});
  probes.pollTransmit(
      now, true, [&](const net::TransmitBatch& batch) { ++sent[batch.remote]; }, record);
  EXPECT_EQ(total(), 3);
}

// Where nothing was heard yet a whole packet of QUIC goes only if a relay says that the peer is
// there.
TEST_F(PathProbesTest, theLikeliestWayIsOneThatARelayVouchesFor) {
  offer({{CandidateKind::Host, at("192.168.7.9:5000")}});
  EXPECT_FALSE(probes.likeliest());
  offer({{CandidateKind::Host, at("192.168.7.9:5000")},
         {CandidateKind::Predicted, at("81.2.69.142:5004")},
         {CandidateKind::Reflexive, at("81.2.69.142:5000")},
         {CandidateKind::Relayed, at("81.2.69.142:6000")}});
  ASSERT_TRUE(probes.likeliest());
  EXPECT_EQ(probes.likeliest()->remote, at("81.2.69.142:5000"));
  offer({{CandidateKind::Host, at("9.9.9.9:5000")},
         {CandidateKind::Reflexive, at("81.2.69.142:5000")}});
  EXPECT_FALSE(probes.likeliest()) << "it says that it is reached better elsewhere";
}

TEST_F(PathProbesTest, aBetterAddressMayStillAnswer) {
  const SocketAddress six = at("[2a01:4f8::1]:5000");
  own.push_back({*IpAddress::parse("2a01:4f9::7"), 64});
  offer({{CandidateKind::Host, six},
         {CandidateKind::Host, at("192.168.7.9:5000")},
         {CandidateKind::Reflexive, at("81.2.69.142:5000")}});
  const PathWay seen = probes.wayOf(at("81.2.69.142:5000"));
  EXPECT_TRUE(probes.mayHaveBetter(seen));
  EXPECT_FALSE(probes.mayHaveBetter(probes.wayOf(six)));
  const auto ask = net::encodeProbe(key, crypto::Role::Callee, net::ProbeAsk{});
  ASSERT_TRUE(probes.handle(now, probes.wayOf(six).local, six, ask, record));
  EXPECT_FALSE(probes.mayHaveBetter(seen));
}

// A relay's word may come after the address did.
TEST_F(PathProbesTest, whatIsVouchedForLaterIsAskedAsOftenAsAnyOther) {
  const std::vector<Candidate> offered{{CandidateKind::Reflexive, at("9.9.9.9:5000")}};
  offer(offered);
  runFor(30s);
  EXPECT_EQ(sentTo("9.9.9.9"), static_cast<int>(PathProbes::kUnvouchedAsks));
  vouched.push_back(*IpAddress::parse("9.9.9.9"));
  offer(offered);
  runFor(30s);
  EXPECT_EQ(sentTo("9.9.9.9"), 14);
}

TEST_F(PathProbesTest, whoAsksFromSomewhereIsDialledOnceThisSideAskedThereToo) {
  offer({{CandidateKind::Reflexive, at("81.2.69.142:5000")}});
  const auto ask = net::encodeProbe(key, crypto::Role::Callee, net::ProbeAsk{});
  ASSERT_TRUE(probes.handle(now, at("0.0.0.0:1"), at("81.2.69.142:5000"), ask, record));
  EXPECT_FALSE(probes.best({})) << "this side's NAT may not be open yet";
  runFor(5ms);
  const auto best = probes.best({});
  ASSERT_TRUE(best);
  EXPECT_EQ(best->remote, at("81.2.69.142:5000"));
  EXPECT_FALSE(probes.best(std::vector{best->remote}));
  // A reflected ask of one's own is nobody's.
  const auto reflected = net::encodeProbe(key, crypto::Role::Caller, net::ProbeAsk{});
  EXPECT_FALSE(probes.handle(now, at("0.0.0.0:1"), at("81.2.69.142:5000"), reflected, record));
}

}  // namespace
}  // namespace foyer::client
