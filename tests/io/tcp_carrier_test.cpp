#include "core/io/tcp_carrier.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/io/manual_clock.h"
#include "tests/io/wait.h"

namespace foyer::io {
namespace {

const SocketAddress kLoopback{IpAddress::v4(127, 0, 0, 1), 0};

// A relay's side: takes streams, answers every datagram with itself, or says what it is told to.
struct Server {
  explicit Server(EventLoop& loop) {
    auto made = net::TlsCredentials::selfSigned();
    EXPECT_TRUE(made);
    auto opened = TcpListener::open(loop, kLoopback, [this, tls = *made](TimePoint, auto& in) {
      ++accepted;
      if (!says.empty()) {
        plain = in.take({.tls = isPlain ? nullptr : tls},
                        {.onOpen = {},
                         .onBytes = [this](TimePoint, ByteView) { plain->write(viewOf(says)); },
                         .onDrained = {},
                         .onClosed = {}});
        return;
      }
      link = DatagramLink::accept(in, {.tls = tls},
                                  {.onOpen = {},
                                   .onDatagram =
                                       [this](TimePoint at, ByteView datagram) {
                                         got.push_back(toBytes(datagram));
                                         link->push(at, datagram);
                                         link->flush(at);
                                       },
                                   .onClosed = [this](TimePoint, const Fault&) { ++closed; }});
    });
    EXPECT_TRUE(opened);
    listener = std::move(*opened);
  }
  [[nodiscard]] const SocketAddress& at() const { return listener->localAddress(); }

  std::string says;
  bool isPlain = false;
  std::vector<Bytes> got;
  int accepted = 0, closed = 0;
  std::unique_ptr<DatagramLink> link;
  std::unique_ptr<TcpSocket> plain;
  std::unique_ptr<TcpListener> listener;
};

struct Fixture {
  explicit Fixture(SteadySource& clock) : loop(clock), server(loop) {}
  void send(const Bytes& datagram) {
    carrier.queue(loop.now(), server.at(), datagram);
    carrier.flush(loop.now());
  }
  EventLoop loop;
  Server server;
  std::vector<Bytes> got;
  TcpCarrier carrier{loop, [this](const SocketAddress& remote, ByteView datagram) {
                       EXPECT_EQ(remote, server.at());
                       got.push_back(toBytes(datagram));
                     }};
};

TEST(TcpCarrier, opensForTheFirstDatagramAndLosesNoneOfThem) {
  SystemClock clock;
  Fixture f(clock);
  EXPECT_EQ(f.server.accepted, 0);
  f.send({1});
  f.send({2, 2});
  ASSERT_TRUE(turnUntil(f.loop, [&] { return f.got.size() == 2; }));
  EXPECT_EQ(f.server.got, (std::vector<Bytes>{{1}, {2, 2}}));
  EXPECT_EQ(f.got, f.server.got);
  EXPECT_EQ(f.server.accepted, 1);
  EXPECT_EQ(f.carrier.openLinks(), 1U);
}

TEST(TcpCarrier, aBrokenConnectionIsReplacedAfterAMoment) {
  SystemClock clock;
  Fixture f(clock);
  f.send({1});
  ASSERT_TRUE(turnUntil(f.loop, [&] { return f.got.size() == 1; }));
  f.server.link.reset();
  ASSERT_TRUE(turnUntil(f.loop, [&] { return f.carrier.openLinks() == 0; }));
  ASSERT_TRUE(turnUntil(f.loop, [&] {
    f.send({2});
    return f.got.size() > 1;
  }));
  EXPECT_EQ(f.server.accepted, 2);
}

TEST(TcpCarrier, aWebServerThereIsLeftAloneForLongerEachTime) {
  SystemClock clock;
  Fixture f(clock);
  f.server.says = "HTTP/1.1 400 Bad Request\r\n\r\n";
  const TimePoint start = clock.now();
  ASSERT_TRUE(turnUntil(f.loop, [&] {
    f.send({1});
    return f.server.accepted == 3;
  }));
  // Half a second after the first, one after the second.
  EXPECT_GE(clock.now() - start, TcpCarrier::kFirstPause * 3 - 10ms);
  EXPECT_TRUE(f.got.empty());
}

TEST(TcpCarrier, whoAnswersInTheRelaysPlaceIsRememberedUntilARelayDoes) {
  SystemClock clock;
  Fixture f(clock);
  f.send({1});
  ASSERT_TRUE(turnUntil(f.loop, [&] { return f.got.size() == 1; }));
  EXPECT_FALSE(f.carrier.hasMetStranger());
  f.server.link.reset();
  f.server.says = "HTTP/1.1 302 Found\r\n\r\n";
  ASSERT_TRUE(turnUntil(f.loop, [&] {
    f.send({2});
    return f.carrier.hasMetStranger();
  }));
  // Without TLS, as a page of the network itself has none.
  f.carrier.onNetworkChanged({kLoopback.ip});
  EXPECT_FALSE(f.carrier.hasMetStranger()) << "another network has other people";
  f.server.isPlain = true;
  ASSERT_TRUE(turnUntil(f.loop, [&] {
    f.send({3});
    return f.carrier.hasMetStranger();
  }));
  f.server.says.clear();
  f.server.isPlain = false;
  ASSERT_TRUE(turnUntil(f.loop, [&] {
    f.send({4});
    return f.got.size() > 1;
  }));
  EXPECT_FALSE(f.carrier.hasMetStranger());
}

TEST(TcpCarrier, whatIsNotUsedIsClosed) {
  ManualClock clock;
  Fixture f(clock);
  const auto turn = [&](const std::function<bool()>& done) { return turnUntil(f.loop, done); };
  f.send({1});
  ASSERT_TRUE(turn([&] { return f.got.size() == 1; }));
  clock.advance(TcpCarrier::kUnusedAfter - 1s);
  f.send({2});
  ASSERT_TRUE(turn([&] { return f.got.size() == 2; }));
  EXPECT_EQ(f.carrier.openLinks(), 1U);
  clock.advance(TcpCarrier::kUnusedAfter + 6s);
  ASSERT_TRUE(turn([&] { return f.server.closed == 1; }));
  EXPECT_EQ(f.carrier.openLinks(), 0U);
}

TEST(TcpCarrier, leavesAnAddressThatIsGone) {
  SystemClock clock;
  Fixture f(clock);
  f.send({1});
  ASSERT_TRUE(turnUntil(f.loop, [&] { return f.got.size() == 1; }));
  f.carrier.onNetworkChanged({kLoopback.ip});
  EXPECT_EQ(f.carrier.openLinks(), 1U);
  f.carrier.onNetworkChanged({IpAddress::v4(192, 0, 2, 1)});
  EXPECT_EQ(f.carrier.openLinks(), 0U);
  f.send({2});
  ASSERT_TRUE(turnUntil(f.loop, [&] { return f.got.size() == 2; }));
  EXPECT_EQ(f.server.accepted, 2);
}

TEST(TcpCarrier, asManyAddressesAsItKeepsAndNoMore) {
  SystemClock clock;
  Fixture f(clock);
  for (std::uint16_t i = 0; i < 200; ++i)
    f.carrier.queue(f.loop.now(), {IpAddress::v4(127, 0, 1, static_cast<std::uint8_t>(i + 1)), 9},
                    Bytes{1});
  // Nobody listens there; what was refused makes no room for others at once.
  f.loop.runOnce(10ms);
  f.send({1});
  f.loop.runOnce(10ms);
  EXPECT_EQ(f.server.accepted, 0);
}

}  // namespace
}  // namespace foyer::io
