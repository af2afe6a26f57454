#include "core/net/candidate.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/wire/limits.h"

namespace foyer::net {
namespace {

SocketAddress at(const char* text) { return *SocketAddress::parse(text); }
const std::vector<HostAddress> kOwn = {{*IpAddress::parse("192.168.1.7"), 24},
                                       {*IpAddress::parse("10.20.30.40"), 16},
                                       {*IpAddress::parse("127.0.0.1"), 8}};

TEST(Candidate, aPeerCannotAimProbesAtWhomItLikes) {
  const struct {
    const char* address;
    std::optional<CandidateRefusal> refusal;
  } kCases[] = {
      {"192.168.1.20:5000", std::nullopt},                   // the same LAN
      {"10.20.99.1:5000", std::nullopt},                     // a wide one
      {"81.2.3.4:5000", std::nullopt},                       // public
      {"192.168.2.20:5000", CandidateRefusal::ForeignLan},   // somebody's else
      {"100.64.0.9:5000", CandidateRefusal::ForeignLan},     // a provider's
      {"127.0.0.1:5000", CandidateRefusal::Unusable},        // this machine's services
      {"169.254.1.1:5000", CandidateRefusal::Unusable},      //
      {"224.0.0.251:5353", CandidateRefusal::Unusable},      // everybody on the LAN
      {"255.255.255.255:5000", CandidateRefusal::Unusable},  //
      {"0.0.0.0:5000", CandidateRefusal::Unusable},          //
      {"81.2.3.4:53", CandidateRefusal::PortTooLow},         // a service
      {"[2a01:1::1]:5000", CandidateRefusal::NoSuchFamily},  //
      {"[ff02::1]:5000", CandidateRefusal::Unusable},        //
  };
  for (const auto& one : kCases)
    EXPECT_EQ(refusalOf(at(one.address), kOwn), one.refusal) << one.address;
  EXPECT_EQ(refusalOf(at("81.2.3.4:5000"), {}), CandidateRefusal::NoSuchFamily);
}

TEST(Candidate, whatIsOfferedIsBoundedAndLeavesRoomForEachKind) {
  std::vector<SocketAddress> hosts;
  for (std::uint8_t i = 1; i < 40; ++i) hosts.push_back({IpAddress::v4(10, 0, 0, i), 4000});
  hosts.insert(hosts.begin(), at("127.0.0.1:4000"));
  const std::vector<SocketAddress> mapped{at("81.2.3.4:7000")};
  const std::vector<SocketAddress> observed{at("81.2.3.4:7000"), at("81.2.3.4:4000")};
  const auto offered = candidatesOf(hosts, mapped, observed);
  EXPECT_LE(offered.size(), wire::kMaxCandidates);
  const auto count = [&](wire::CandidateKind kind) {
    return std::count_if(offered.begin(), offered.end(),
                         [&](const auto& c) { return c.kind == kind; });
  };
  EXPECT_EQ(count(wire::CandidateKind::Mapped), 1);
  EXPECT_EQ(count(wire::CandidateKind::Reflexive), 1) << "each address once";
  EXPECT_EQ(offered.front().at, at("10.0.0.1:4000")) << "never loopback";
}

}  // namespace
}  // namespace foyer::net
