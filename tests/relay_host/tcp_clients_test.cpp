// The relay over TLS on TCP: real clients, and those who only want to cost something.
#include "relaylite/host/tcp_clients.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/crypto/identity.h"
#include "core/io/net_driver.h"
#include "core/io/os_random.h"
#include "core/io/tcp_carrier.h"
#include "core/net/endpoint.h"
#include "core/wire/frame_reader.h"
#include "core/wire/link.h"
#include "core/wire/message.h"
#include "relaylite/host/hosted_relay.h"
#include "tests/io/wait.h"

namespace foyer::relayhost {
namespace {

const SocketAddress kAnyPort{IpAddress::v4(127, 0, 0, 1), 0};

// A client of a relay that has no UDP.
struct TcpOnly {
  explicit TcpOnly(io::EventLoop& onLoop)
      : carrier(onLoop,
                [this](const SocketAddress& remote, ByteView datagram) {
                  driver.receive(io::tcpLabel(remote.ip.family), remote, datagram);
                }),
        identity(crypto::Identity::generate(random)),
        endpoint(net::EndpointConfig{}, identity, random),
        driver(onLoop, endpoint, [this](TimePoint) { return drain(); }),
        loop(onLoop) {
    driver.addPort(carrier, io::tcpLabel(IpAddress::Family::V4));
  }
  void join(const SocketAddress& remote, const net::KeyPin& pin) {
    net::DialOptions dial;
    dial.remote = remote;
    dial.local = io::tcpLabel(remote.ip.family);
    dial.pin = pin;
    const auto made = endpoint.connect(loop.clock().now(), dial);
    ASSERT_TRUE(made);
    id = *made;
    wire::Hello hello;
    hello.id = 1;
    ASSERT_TRUE(endpoint.sendControl(id, wire::encodeFrame(hello)));
    driver.pump(loop.clock().now());
  }
  // Where the relay sees it now, in `reflected`.
  void ask() {
    wire::Reflect question;
    question.id = ++asked;
    (void)endpoint.sendControl(id, wire::encodeFrame(question));
    driver.pump(loop.clock().now());
  }
  bool drain() {
    bool any = false;
    while (const auto event = endpoint.pollEvent()) {
      any = true;
      if (std::holds_alternative<net::Closed>(*event)) ++closed;
      const auto* received = std::get_if<net::ControlReceived>(&*event);
      if (received == nullptr) continue;
      reader.feed(received->bytes, [&](ByteView frame) {
        const auto message = wire::decodeMessage(frame);
        if (!message) return;
        if (const auto* welcome = std::get_if<wire::Welcome>(&*message))
          observed = welcome->observed;
        if (const auto* answer = std::get_if<wire::Reflected>(&*message))
          reflected = answer->observed;
      });
    }
    return any;
  }

  io::TcpCarrier carrier;
  io::OsRandom random;
  crypto::Identity identity;
  net::Endpoint endpoint;
  io::NetDriver<net::Endpoint> driver;
  io::EventLoop& loop;
  wire::FrameReader reader;
  std::string observed, reflected;
  net::ConnectionId id;
  int closed = 0;
  std::uint32_t asked = 1;
};

class HostedTcpTest : public testing::Test {
 protected:
  HostedTcpTest() {
    std::string name = testing::TempDir() + "foyer-tcp-XXXXXX";
    m_folder = mkdtemp(name.data());
  }
  ~HostedTcpTest() override {
    m_relay.reset();
    std::filesystem::remove_all(m_folder);
  }
  [[nodiscard]] RelayStatus serve() {
    m_relay = std::make_unique<HostedRelay>(m_clock, [this](const RelayUpdate& update) {
      const std::lock_guard lock(m_mutex);
      m_last = update.status;
    });
    RelayOptions options;
    options.listen = "127.0.0.1";
    options.dataDirectory = m_folder;
    options.announce = false;
    options.tcpPort = 0;
    m_relay->start(options);
    EXPECT_TRUE(io::waitUntil([&] { return last().phase == RelayPhase::Serving; }));
    return last();
  }
  [[nodiscard]] RelayStatus last() {
    const std::lock_guard lock(m_mutex);
    return m_last;
  }
  io::SystemClock m_clock;
  std::string m_folder;
  std::mutex m_mutex;
  RelayStatus m_last;
  std::unique_ptr<HostedRelay> m_relay;
};

TEST_F(HostedTcpTest, whoHasNoUdpComesInOverTcp) {
  const RelayStatus relay = serve();
  ASSERT_NE(relay.tcpPort, 0);
  const auto link = wire::parseRelayLink(relay.link);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->tcpPort, relay.tcpPort);
  io::EventLoop loop(m_clock);
  TcpOnly a(loop), b(loop);
  const SocketAddress at{IpAddress::v4(127, 0, 0, 1), relay.tcpPort};
  a.join(at, net::KeyPin::to(relay.fingerprint));
  b.join(at, net::KeyPin::to(relay.fingerprint));
  ASSERT_TRUE(io::turnUntil(loop, [&] { return !a.observed.empty() && !b.observed.empty(); }));
  EXPECT_NE(a.observed, b.observed) << "each is an address of its own";
  EXPECT_EQ(a.carrier.openLinks(), 1U);
  ASSERT_TRUE(io::waitUntil([&] { return last().clients == 2 && last().tcpConnections == 2; }));
}

// Between a client and the relay; its connections can be cut.
struct Middle {
  struct Pipe {
    std::unique_ptr<io::TcpSocket> near, far;
    Bytes early;  // said before the far end stood
  };
  Middle(io::EventLoop& loop, const SocketAddress& relay) {
    auto opened = io::TcpListener::open(loop, kAnyPort, [this, &loop, relay](TimePoint, auto& in) {
      Pipe& pipe = *pipes.emplace_back(std::make_unique<Pipe>());
      pipe.far =
          io::TcpSocket::connect(loop, relay, {},
                                 {.onOpen = [&pipe](TimePoint) { pipe.far->write(pipe.early); },
                                  .onBytes =
                                      [&pipe](TimePoint, ByteView bytes) {
                                        if (pipe.near) pipe.near->write(bytes);
                                      },
                                  .onDrained = {},
                                  .onClosed = {}});
      pipe.near = in.take({}, {.onOpen = {},
                               .onBytes =
                                   [&pipe](TimePoint, ByteView bytes) {
                                     if (pipe.far->isOpen())
                                       pipe.far->write(bytes);
                                     else
                                       append(pipe.early, bytes);
                                   },
                               .onDrained = {},
                               .onClosed = {}});
    });
    EXPECT_TRUE(opened);
    listener = std::move(*opened);
  }
  std::vector<std::unique_ptr<Pipe>> pipes;
  std::unique_ptr<io::TcpListener> listener;
};

TEST_F(HostedTcpTest, aConnectionThatBreaksIsReplacedUnderTheSameSession) {
  const RelayStatus relay = serve();
  io::EventLoop loop(m_clock);
  Middle middle(loop, {IpAddress::v4(127, 0, 0, 1), relay.tcpPort});
  TcpOnly a(loop);
  a.join(middle.listener->localAddress(), net::KeyPin::to(relay.fingerprint));
  ASSERT_TRUE(io::turnUntil(loop, [&] { return !a.observed.empty(); }));
  middle.pipes[0]->near.reset();
  middle.pipes[0]->far.reset();
  // The next packet opens another, and to QUIC the client's address has changed.
  a.ask();
  const auto hasMoved = [&] { return !a.reflected.empty() && a.reflected != a.observed; };
  ASSERT_TRUE(io::turnUntil(loop, [&] {
    if (!a.reflected.empty() && !hasMoved()) {
      a.reflected.clear();
      a.ask();
    }
    return hasMoved();
  }));
  EXPECT_EQ(middle.pipes.size(), 2U);
  EXPECT_EQ(a.closed, 0);
  EXPECT_TRUE(io::waitUntil([&] { return last().clients == 1; }));  // told once a second
}

// ---- those who only want to cost something

struct Guarded {
  explicit Guarded(TcpLimits limits)
      : clients(loop, limits, [this](const SocketAddress& remote, ByteView datagram) {
          got.emplace_back(remote, toBytes(datagram));
        }) {
    EXPECT_TRUE(clients.listen(kAnyPort));
  }
  [[nodiscard]] SocketAddress at() const { return {kAnyPort.ip, clients.port()}; }
  // A connection without TLS: who says nothing, or what they like.
  std::unique_ptr<io::TcpSocket> plain(bool& isClosed) {
    return io::TcpSocket::connect(
        loop, at(), {},
        {.onOpen = {},
         .onBytes = {},
         .onDrained = {},
         .onClosed = [&isClosed](TimePoint, const Fault&) { isClosed = true; }});
  }
  std::unique_ptr<io::TcpSocket> secure(bool& isOpen, bool& isClosed) {
    return io::TcpSocket::connect(
        loop, at(), {.tls = net::TlsCredentials::unchecked()},
        {.onOpen = [&isOpen](TimePoint) { isOpen = true; },
         .onBytes = {},
         .onDrained = {},
         .onClosed = [&isClosed](TimePoint, const Fault&) { isClosed = true; }});
  }
  bool turn(const std::function<bool()>& done) { return io::turnUntil(loop, done); }

  io::SystemClock clock;
  io::EventLoop loop{clock};
  std::vector<std::pair<SocketAddress, Bytes>> got;
  TcpClients clients;
};

TEST(TcpClients, whoNeverFinishesTlsIsBoundedAndLeaves) {
  TcpLimits limits;
  limits.handshakesPerAddress = 3;
  limits.handshakeWithin = 100ms;
  Guarded guarded(limits);
  constexpr std::size_t kTries = 10;
  std::array<bool, kTries> closed{};
  std::vector<std::unique_ptr<io::TcpSocket>> sockets;
  for (bool& isClosed : closed) sockets.push_back(guarded.plain(isClosed));
  ASSERT_TRUE(guarded.turn([&] { return guarded.clients.stats().accepted == kTries; }));
  EXPECT_LE(guarded.clients.count(), limits.handshakesPerAddress);
  EXPECT_EQ(guarded.clients.stats().refusedHandshakes, kTries - limits.handshakesPerAddress);
  ASSERT_TRUE(guarded.turn([&] { return std::ranges::count(closed, true) == kTries; }));
  EXPECT_EQ(guarded.clients.count(), 0U);
  EXPECT_EQ(guarded.clients.stats().closedBad, limits.handshakesPerAddress);
  // And then somebody real comes in.
  bool isOpen = false, isClosed = false;
  const auto real = guarded.secure(isOpen, isClosed);
  EXPECT_TRUE(guarded.turn([&] { return isOpen; }));
}

TEST(TcpClients, whoDripsTheirHandshakeByteByByteIsCutAsWell) {
  TcpLimits limits;
  limits.handshakeWithin = 150ms;
  Guarded guarded(limits);
  bool isClosed = false, isOpen = false;
  auto dripping =
      io::TcpSocket::connect(guarded.loop, guarded.at(), {},
                             {.onOpen = [&](TimePoint) { isOpen = true; },
                              .onBytes = {},
                              .onDrained = {},
                              .onClosed = [&](TimePoint, const Fault&) { isClosed = true; }});
  ASSERT_TRUE(guarded.turn([&] { return isOpen; }));
  // The head of a record of 16 kB whose rest comes byte by byte.
  dripping->write(Bytes{22, 3, 1, 0x40, 0});
  ASSERT_TRUE(guarded.turn([&] {
    dripping->write(Bytes{1});
    return isClosed;
  }));
  EXPECT_EQ(guarded.clients.count(), 0U);
}

TEST(TcpClients, garbageAndGiantLengthsEndTheirConnectionAlone) {
  Guarded guarded({});
  bool isOpen = false, isClosed = false, goodOpen = false, goodClosed = false;
  const auto good = guarded.secure(goodOpen, goodClosed);
  ASSERT_TRUE(guarded.turn([&] { return goodOpen; }));
  bool garbageClosed = false;
  auto garbage = guarded.plain(garbageClosed);
  ASSERT_TRUE(guarded.turn([&] { return garbage->isOpen(); }));
  garbage->write(viewOf("GET / HTTP/1.1\r\nHost: relay\r\n\r\n"));
  ASSERT_TRUE(guarded.turn([&] { return garbageClosed; }));

  for (const Bytes& head : {Bytes{0xff, 0xff, 1, 2}, Bytes{0, 0}, Bytes{0x05, 0xdd, 9}}) {
    isOpen = isClosed = false;
    auto giant = guarded.secure(isOpen, isClosed);
    ASSERT_TRUE(guarded.turn([&] { return isOpen; }));
    giant->write(head);
    ASSERT_TRUE(guarded.turn([&] { return isClosed; }));
  }
  EXPECT_TRUE(guarded.got.empty());
  EXPECT_EQ(guarded.clients.stats().closedBad, 4U);
  EXPECT_EQ(guarded.clients.count(), 1U);
  good->write(Bytes{0, 2, 'h', 'i'});
  ASSERT_TRUE(guarded.turn([&] { return !guarded.got.empty(); }));
  EXPECT_EQ(guarded.got[0].second, (Bytes{'h', 'i'}));
  EXPECT_FALSE(goodClosed);
}

TEST(TcpClients, asManyFromOneAddressAndInAllAsItWasTold) {
  TcpLimits limits;
  limits.clientsPerAddress = 2;
  Guarded guarded(limits);
  std::array<bool, 3> open{}, closed{};
  std::vector<std::unique_ptr<io::TcpSocket>> sockets;
  for (std::size_t i = 0; i < 2; ++i) sockets.push_back(guarded.secure(open[i], closed[i]));
  ASSERT_TRUE(guarded.turn([&] { return open[0] && open[1]; }));
  sockets.push_back(guarded.secure(open[2], closed[2]));
  ASSERT_TRUE(guarded.turn([&] { return closed[2]; }));
  EXPECT_EQ(guarded.clients.stats().refusedAddress, 1U);
  sockets[0].reset();
  ASSERT_TRUE(guarded.turn([&] { return guarded.clients.count() == 1; }));
  closed[2] = false;
  sockets.push_back(guarded.secure(open[2], closed[2]));
  EXPECT_TRUE(guarded.turn([&] { return open[2]; })) << "there is room again";

  TcpLimits full;
  full.clients = 1;
  Guarded small(full);
  bool isOpen = false, isClosed = false, secondOpen = false, secondClosed = false;
  const auto first = small.secure(isOpen, isClosed);
  ASSERT_TRUE(small.turn([&] { return isOpen; }));
  const auto second = small.secure(secondOpen, secondClosed);
  ASSERT_TRUE(small.turn([&] { return secondClosed; }));
  EXPECT_EQ(small.clients.stats().refusedFull, 1U);
}

TEST(TcpClients, whoDoesNotReadLosesTheOldestAndHoldsUpNobody) {
  Guarded guarded({});
  bool isOpen = false, isClosed = false, otherOpen = false, otherClosed = false;
  // Reads nothing: its loop does not turn.
  io::EventLoop asleep(guarded.clock);
  auto mute =
      io::TcpSocket::connect(asleep, guarded.at(), {.tls = net::TlsCredentials::unchecked()},
                             {.onOpen = [&](TimePoint) { isOpen = true; },
                              .onBytes = {},
                              .onDrained = {},
                              .onClosed = [&](TimePoint, const Fault&) { isClosed = true; }});
  ASSERT_TRUE(guarded.turn([&] {
    asleep.runOnce(0ms);
    return isOpen && guarded.clients.stats().opened == 1;
  }));
  const auto other = guarded.secure(otherOpen, otherClosed);
  ASSERT_TRUE(guarded.turn([&] { return otherOpen && guarded.clients.stats().opened == 2; }));
  mute->write(Bytes{0, 1, 'm'});
  other->write(Bytes{0, 1, 'o'});
  ASSERT_TRUE(guarded.turn([&] {
    asleep.runOnce(0ms);
    return guarded.got.size() == 2;
  }));
  const SocketAddress deaf = guarded.got[guarded.got[0].second == Bytes{'m'} ? 0U : 1U].first;
  // Far more than the kernel and the bounded queue take; nothing of it may grow.
  const Bytes packet(1200, 1);
  constexpr int kPackets = 20'000;
  for (int i = 0; i < kPackets; ++i) {
    guarded.clients.queue(guarded.loop.now(), deaf, packet);
    guarded.clients.flush(guarded.loop.now());
    if (i % 100 == 0) guarded.loop.runOnce(0ms);
  }
  other->write(Bytes{0, 1, '!'});
  ASSERT_TRUE(guarded.turn([&] { return guarded.got.size() == 3; })) << "others are served";
  mute.reset();
  ASSERT_TRUE(guarded.turn([&] { return guarded.clients.count() == 1; }));
  EXPECT_GT(guarded.clients.stats().dropped, kPackets / 4U);
}

TEST(TcpClients, whomTheRelayHasNothingToSayToIsLet) {
  TcpLimits limits;
  limits.silentFor = 50ms;
  Guarded guarded(limits);
  bool isOpen = false, isClosed = false;
  const auto chatty = guarded.secure(isOpen, isClosed);
  ASSERT_TRUE(guarded.turn([&] { return isOpen; }));
  // Well-formed datagrams that are no QUIC of a client: nobody answers them.
  ASSERT_TRUE(io::turnUntil(
      guarded.loop,
      [&] {
        chatty->write(Bytes{0, 1, 'x'});
        return isClosed;
      },
      20s));
  EXPECT_EQ(guarded.clients.stats().closedSilent, 1U);
  EXPECT_GT(guarded.got.size(), 1U);
}

}  // namespace
}  // namespace foyer::relayhost
