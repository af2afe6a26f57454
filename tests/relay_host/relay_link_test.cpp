#include "relaylite/host/relay_link.h"

#include <gtest/gtest.h>

#include "core/wire/link.h"
#include "relaylite/host/relay_sockets.h"

namespace foyer::relayhost {
namespace {

IpAddress ip(const char* text) { return *IpAddress::parse(text); }
SocketAddress at(const char* text) { return *SocketAddress::parse(text); }

const std::vector<io::LocalAddress> kLocal{{ip("192.168.1.5"), "eth0"},
                                           {ip("2001:db8::5"), "eth0"},
                                           {ip("fe80::1"), "eth0"},
                                           {ip("127.0.0.1"), "lo"},
                                           {ip("::1"), "lo"}};

TEST(RelayLink, aWildcardStandsForTheMachinesReachableAddresses) {
  EXPECT_EQ(linkAddresses({at("0.0.0.0:7"), at("[::]:7")}, kLocal),
            (std::vector{at("192.168.1.5:7"), at("[2001:db8::5]:7")}));
  EXPECT_EQ(linkAddresses({at("0.0.0.0:7")}, kLocal), (std::vector{at("192.168.1.5:7")}));
}

TEST(RelayLink, aBoundAddressStandsForItself) {
  EXPECT_EQ(linkAddresses({at("127.0.0.1:7")}, kLocal), (std::vector{at("127.0.0.1:7")}));
}

TEST(RelayLink, withoutANetworkItIsLoopback) {
  EXPECT_EQ(linkAddresses({at("0.0.0.0:7")}, {{ip("127.0.0.1"), "lo"}}),
            (std::vector{at("127.0.0.1:7")}));
  EXPECT_EQ(linkAddresses({at("[::]:7")}, {}), (std::vector{at("[::1]:7")}));
}

std::string warningOf(const std::vector<SocketAddress>& addresses,
                      std::optional<SocketAddress> unanswered = std::nullopt) {
  const auto warning = reachWarning(addresses, unanswered);
  return warning ? warning->stage + '/' + warning->code : std::string();
}

TEST(RelayLink, whatMeansNothingElsewhereIsWarnedOf) {
  EXPECT_EQ(warningOf({at("127.0.0.1:7")}), "reach/only_here");
  EXPECT_EQ(warningOf({at("[::1]:7"), at("127.0.0.1:7")}, at("127.0.0.1:7")), "reach/only_here");
  EXPECT_EQ(warningOf({at("192.168.1.5:7"), at("127.0.0.1:7")}), "");
  EXPECT_EQ(warningOf({at("169.254.7.7:7")}), "") << "two computers on one cable";
}

TEST(RelayLink, anAddressThatDidNotAnswerIsWarnedOfAsLongAsItIsGivenAway) {
  EXPECT_EQ(warningOf({at("192.168.1.5:7")}, at("192.168.1.5:7")), "reach/firewall");
  EXPECT_EQ(warningOf({at("192.168.9.9:7")}, at("192.168.1.5:7")), "") << "another network";
}

TEST(RelayLink, hasAtMostFourHosts) {
  std::vector<io::LocalAddress> many;
  for (std::uint8_t i = 1; i < 10; ++i) many.push_back({IpAddress::v4(10, 0, 0, i), "eth0"});
  EXPECT_EQ(linkAddresses({at("0.0.0.0:7")}, many).size(), kMaxHostsInLink);
}

TEST(RelayLink, parsesBackWithTheInvite) {
  Fingerprint print;
  print.bytes.fill(0xab);
  const std::string text = relayLink({at("192.168.1.5:7"), at("[2001:db8::5]:7")}, print, "tok");
  const auto link = wire::parseRelayLink(text);
  ASSERT_TRUE(link) << text;
  EXPECT_EQ(link->hosts.size(), 2u);
  EXPECT_EQ(link->invite, "tok");
  EXPECT_EQ(link->relay, print);
}

TEST(RelaySockets, bothFamiliesShareOnePort) {
  const auto sockets = openRelaySockets("", 0);
  ASSERT_TRUE(sockets);
  ASSERT_FALSE(sockets->empty());
  for (const auto& socket : *sockets) {
    EXPECT_EQ(socket->localAddress().port, sockets->front()->localAddress().port);
    EXPECT_NE(socket->localAddress().port, 0);
  }
}

TEST(RelaySockets, aTakenPortOffersAFreeOne) {
  const auto first = openRelaySockets("127.0.0.1", 0);
  ASSERT_TRUE(first);
  const std::uint16_t port = first->front()->localAddress().port;
  const auto second = openRelaySockets("127.0.0.1", port);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault.stage, "binding");
  EXPECT_EQ(second.error().fault.code, "port_taken");
  ASSERT_TRUE(second.error().freePort);
  EXPECT_TRUE(openRelaySockets("127.0.0.1", *second.error().freePort));
}

TEST(RelaySockets, tcpListensWhereUdpDoesOnOnePort) {
  io::SystemClock clock;
  io::EventLoop loop(clock);
  TcpClients clients(loop, {}, [](const SocketAddress&, ByteView) {});
  ASSERT_TRUE(listenForTcp(clients, "", 0));
  ASSERT_NE(clients.port(), 0);
  TcpClients others(loop, {}, [](const SocketAddress&, ByteView) {});
  const auto taken = listenForTcp(others, "", clients.port());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().fault.stage, "binding");
  EXPECT_EQ(taken.error().fault.code, "port_taken");
  EXPECT_NE(taken.error().fault.detail.find("TCP"), std::string::npos);
  EXPECT_EQ(listenForTcp(others, "nonsense", 0).error().fault.code, "bad_address");
}

TEST(RelayLinkText, namesThePortForTcpWhereItIsNotTheUsualOne) {
  const Fingerprint relay{};
  const std::vector<SocketAddress> where{{IpAddress::v4(192, 0, 2, 1), 5}};
  EXPECT_EQ(relayLink(where, relay, "", 0), relayLink(where, relay, ""));
  EXPECT_EQ(relayLink(where, relay, "", 443), relayLink(where, relay, ""));
  EXPECT_NE(relayLink(where, relay, "", 8443).find("?tcp=8443#"), std::string::npos);
  EXPECT_NE(relayLink(where, relay, "t", 8443).find("?invite=t&tcp=8443#"), std::string::npos);
}

TEST(RelaySockets, nonsenseIsAnError) {
  EXPECT_EQ(openRelaySockets("nonsense", 0).error().fault.code, "bad_address");
  EXPECT_EQ(openRelaySockets("192.0.2.1", 0).error().fault.code, "address_not_local");
}

}  // namespace
}  // namespace foyer::relayhost
