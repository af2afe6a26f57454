#include "core/io/net_driver.h"

#include <gtest/gtest.h>

#include "tests/io/wait.h"

namespace foyer::io {
namespace {

// Sends what it is told to, remembers what it got, and wants to be woken once.
struct Machine {
  struct Got {
    SocketAddress local, remote;
    Bytes bytes;
  };
  std::vector<Got> got;
  std::vector<std::pair<SocketAddress, Bytes>> toSend;
  std::size_t segment = 0;
  std::optional<TimePoint> wake;
  int timeouts = 0;
  bool echo = false;

  void handleDatagram(TimePoint, const net::DatagramView& d) {
    got.push_back({d.local, d.remote, toBytes(d.payload)});
    if (echo) toSend.emplace_back(d.remote, toBytes(d.payload));
  }
  void handleTimeout(TimePoint now) {
    if (!wake || *wake > now) return;
    ++timeouts;
    wake.reset();
  }
  void pollTransmit(TimePoint, const net::TransmitSink& sink) {
    for (const auto& [to, bytes] : toSend) {
      const std::size_t size = segment == 0 ? bytes.size() : segment;
      sink({localLabel(to.ip.family), to, 0, size, bytes});
    }
    toSend.clear();
  }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const { return wake; }
};

struct Host {
  explicit Host(EventLoop& loop)
      : driver(loop, machine, [this](TimePoint) {
          ++drains;
          return false;
        }) {
    auto opened4 = UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0});
    auto opened6 = UdpSocket::open({*IpAddress::parse("::1"), 0});
    EXPECT_TRUE(opened4 && opened6);
    v4 = std::move(*opened4);
    v6 = std::move(*opened6);
    driver.addSocket(*v4);
    driver.addSocket(*v6);
  }
  std::unique_ptr<UdpSocket> v4, v6;
  Machine machine;
  int drains = 0;
  NetDriver<Machine> driver;
};

TEST(NetDriver, carriesBothFamiliesUnderTheirConstantLabels) {
  SystemClock clock;
  EventLoop loop(clock);
  Host a(loop), b(loop);
  b.machine.echo = true;
  a.machine.toSend = {{b.v4->localAddress(), {4}}, {b.v6->localAddress(), {6}}};
  a.driver.pump(loop.now());
  ASSERT_TRUE(turnUntil(loop, [&] { return a.machine.got.size() == 2; }));
  ASSERT_EQ(b.machine.got.size(), 2u);
  for (const Machine::Got& got : b.machine.got) {
    EXPECT_EQ(got.local, localLabel(got.remote.ip.family));
    EXPECT_EQ(got.bytes, (Bytes{static_cast<std::uint8_t>(got.remote.ip.isV4() ? 4 : 6)}));
  }
  EXPECT_GT(a.drains, 0);
}

TEST(NetDriver, aBatchIsSplitIntoItsSegments) {
  SystemClock clock;
  EventLoop loop(clock);
  Host a(loop), b(loop);
  a.machine.segment = 1000;
  a.machine.toSend = {{b.v4->localAddress(), Bytes(2500, 7)}};
  a.driver.pump(loop.now());
  ASSERT_TRUE(turnUntil(loop, [&] { return b.machine.got.size() == 3; }));
  EXPECT_EQ(b.machine.got[2].bytes.size(), 500u);
}

TEST(NetDriver, theMachineIsWokenWhenItAskedToBe) {
  SystemClock clock;
  EventLoop loop(clock);
  Host a(loop);
  a.machine.wake = loop.now() + 10ms;
  a.driver.pump(loop.now());
  EXPECT_TRUE(turnUntil(loop, [&] { return a.machine.timeouts == 1; }));
}

TEST(NetDriver, aCommandInsideATurnIsWrittenAtItsEnd) {
  SystemClock clock;
  EventLoop loop(clock);
  Host a(loop), b(loop);
  ASSERT_TRUE(loop.post([&] {
    a.machine.toSend = {{b.v4->localAddress(), {1}}};
    a.driver.touch();
  }));
  EXPECT_TRUE(turnUntil(loop, [&] { return b.machine.got.size() == 1; }));
}

TEST(NetDriver, aRemovedSocketIsNoLongerUsed) {
  SystemClock clock;
  EventLoop loop(clock);
  Host a(loop), b(loop);
  a.driver.removeSocket(*a.v6);
  a.v6.reset();
  a.machine.toSend = {{b.v6->localAddress(), {6}}, {b.v4->localAddress(), {4}}};
  a.driver.pump(loop.now());
  EXPECT_TRUE(turnUntil(loop, [&] { return b.machine.got.size() == 1; }));
  EXPECT_EQ(b.machine.got[0].bytes, Bytes{4});
}

}  // namespace
}  // namespace foyer::io
