// The NAT check through real sockets, with the real coturn as an RFC 5780 server of two addresses
// and a second one as an independent observer. Loopback has no NAT, and that is what must be found.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "core/io/clock.h"
#include "core/io/os_random.h"
#include "core/io/udp_socket.h"
#include "core/net/nat_check.h"
#include "tests/io/coturn/coturn.h"
#include "tests/io/wait.h"

namespace foyer::test {
namespace {

using namespace foyer::net;

// The sockets that a check names, and the loop that turns both.
class Checking {
 public:
  NatCheckConfig config;

  void open(std::size_t extra) {
    config.mainV4 = add();
    for (std::size_t i = 0; i < extra; ++i) config.extra.push_back(add());
    config.hostAddresses = {IpAddress::v4(127, 0, 0, 1)};
  }
  [[nodiscard]] NatReport run() {
    NatCheck check(config, m_random);
    check.start(m_clock.now());
    const bool isDone = io::waitUntil([&] {
      for (const auto& socket : m_sockets)
        socket->receive([&](const io::ReceivedDatagram& datagram) {
          (void)check.handleDatagram(m_clock.now(), {socket->localAddress(), datagram.remote,
                                                     datagram.ecn, datagram.bytes});
        });
      const auto due = check.pollTimeout();
      if (due && *due <= m_clock.now()) check.handleTimeout(m_clock.now());
      check.pollTransmit(m_clock.now(), [&](const TransmitBatch& batch) {
        for (const auto& socket : m_sockets) {
          if (socket->localAddress() != batch.local) continue;
          socket->queue(batch.remote, batch.ecn, batch.payload);
          socket->flush();
        }
      });
      return check.isDone();
    });
    EXPECT_TRUE(isDone);
    return check.report();
  }

 private:
  NatSocket add() {
    auto opened = io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0});
    EXPECT_TRUE(opened);
    m_sockets.push_back(std::move(*opened));
    const SocketAddress address = m_sockets.back()->localAddress();
    return {address, address.port};
  }

  io::SystemClock m_clock;
  io::OsRandom m_random;
  std::vector<std::unique_ptr<io::UdpSocket>> m_sockets;
};

TEST(NatCheckWithCoturn, findsThatLoopbackTranslatesNothingAndFiltersNothing) {
  if (!Coturn::whyNot().empty()) GTEST_SKIP() << Coturn::whyNot();
  const Coturn first({.secondIp = IpAddress::v4(127, 0, 0, 2)});
  const Coturn second({.ip = IpAddress::v4(127, 0, 0, 3)});
  ASSERT_TRUE(first.isUp() && second.isUp());
  Checking checking;
  checking.config.observers = {first.plain(), second.plain()};
  checking.open(4);
  const NatReport report = checking.run();
  EXPECT_EQ(report.observersAnswered, 2U);
  EXPECT_EQ(report.udp, NatAnswer::Yes);
  EXPECT_EQ(report.translated, NatAnswer::No);
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(report.filtering, NatFiltering::EndpointIndependent) << first.log();
  EXPECT_EQ(report.allocation.pattern, PortPattern::Preserving);
  EXPECT_EQ(report.hairpin, NatAnswer::Yes);
  EXPECT_EQ(report.mappedV4, checking.config.mainV4->label);
  EXPECT_TRUE(report.disagreeing.empty());
  EXPECT_EQ(outlookOf(report), NatOutlook::DirectWithAll);
}

TEST(NatCheckWithCoturn, oneServerOfTwoAddressesIsEnoughForTheClasses) {
  if (!Coturn::whyNot().empty()) GTEST_SKIP() << Coturn::whyNot();
  const Coturn server({.secondIp = IpAddress::v4(127, 0, 0, 2)});
  ASSERT_TRUE(server.isUp());
  Checking checking;
  checking.config.observers = {server.plain()};
  checking.open(1);
  const NatReport report = checking.run();
  EXPECT_EQ(report.mapping, NatMapping::EndpointIndependent);
  EXPECT_EQ(report.filtering, NatFiltering::EndpointIndependent);
  EXPECT_EQ(report.hairpin, NatAnswer::Unknown);
}

}  // namespace
}  // namespace foyer::test
