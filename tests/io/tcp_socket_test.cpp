#include "core/io/tcp_socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "core/base/random.h"
#include "core/io/socket_address.h"
#include "tests/io/wait.h"

namespace foyer::io {
namespace {

const SocketAddress kLoopback4{IpAddress::v4(127, 0, 0, 1), 0};
const SocketAddress kLoopback6{*IpAddress::parse("::1"), 0};

struct End {
  std::unique_ptr<TcpSocket> socket;
  Bytes got;
  bool isOpen = false;
  int drained = 0;
  std::optional<Fault> fault;

  [[nodiscard]] TcpEvents events() {
    return {.onOpen = [this](TimePoint) { isOpen = true; },
            .onBytes = [this](TimePoint, ByteView bytes) { append(got, bytes); },
            .onDrained = [this](TimePoint) { ++drained; },
            .onClosed =
                [this](TimePoint, const Fault& why) {
                  EXPECT_FALSE(fault) << "told once";
                  fault = why;
                }};
  }
};

struct Pair {
  explicit Pair(const SocketAddress& at, std::shared_ptr<const net::TlsCredentials> serverSide = {})
      : loop(clock) {
    auto opened = TcpListener::open(loop, at, [this, serverSide](TimePoint, auto& incoming) {
      b.socket = incoming.take({.tls = serverSide}, b.events());
    });
    EXPECT_TRUE(opened);
    if (opened) listener = std::move(*opened);
  }
  bool connect(TcpOptions options = {}) {
    a.socket = TcpSocket::connect(loop, listener->localAddress(), std::move(options), a.events());
    return turnUntil(loop, [&] { return (a.isOpen && b.isOpen) || a.fault; }) && !a.fault;
  }
  // Writes all of it, waiting for room where there is none.
  bool sendAll(End& from, const End& to, ByteView bytes) {
    const std::size_t wanted = to.got.size() + bytes.size();
    return turnUntil(loop, [&] {
      while (!bytes.empty()) {
        const ByteView piece = bytes.first(std::min<std::size_t>(bytes.size(), 4000));
        if (!from.socket->write(piece)) break;
        bytes = bytes.subspan(piece.size());
      }
      return to.got.size() == wanted;
    });
  }
  // In this order: sockets leave the loop before it goes.
  SystemClock clock;
  EventLoop loop;
  End a, b;
  std::unique_ptr<TcpListener> listener;
};

Bytes noise(std::size_t size) {
  Bytes bytes(size);
  SeededRandom(size).fill(bytes);
  return bytes;
}

TEST(TcpSocket, carriesBytesBothWaysOverBothFamilies) {
  for (const SocketAddress& at : {kLoopback4, kLoopback6}) {
    Pair pair(at);
    ASSERT_TRUE(pair.connect());
    EXPECT_EQ(pair.b.socket->remote(), pair.a.socket->localAddress());
    const Bytes up = noise(1'000'000), down = noise(300'000);
    ASSERT_TRUE(pair.sendAll(pair.a, pair.b, up));
    ASSERT_TRUE(pair.sendAll(pair.b, pair.a, down));
    EXPECT_EQ(pair.b.got, up);
    EXPECT_EQ(pair.a.got, down);
  }
}

TEST(TcpSocket, carriesBytesInsideTls) {
  const auto shown = net::TlsCredentials::selfSigned();
  ASSERT_TRUE(shown);
  Pair pair(kLoopback4, *shown);
  ASSERT_TRUE(pair.connect({.tls = net::TlsCredentials::unchecked()}));
  const Bytes up = noise(1'000'000), down = noise(300'000);
  ASSERT_TRUE(pair.sendAll(pair.a, pair.b, up));
  ASSERT_TRUE(pair.sendAll(pair.b, pair.a, down));
  EXPECT_EQ(pair.b.got, up);
  EXPECT_EQ(pair.a.got, down);
  pair.a.socket.reset();
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.b.fault.has_value(); }));
  EXPECT_EQ(pair.b.fault->code, "closed") << "in order";
  EXPECT_EQ(pair.b.fault->stage, "connection");
}

TEST(TcpSocket, saysWhyTlsFailed) {
  const auto shown = net::TlsCredentials::selfSigned("relay.example.net");
  ASSERT_TRUE(shown);
  Pair pair(kLoopback4, *shown);
  const auto trust = net::TlsCredentials::trusting((*shown)->certificate());
  ASSERT_TRUE(trust);
  EXPECT_FALSE(pair.connect({.tls = *trust, .serverName = "other.example.net"}));
  EXPECT_EQ(pair.a.fault->stage, "connect");
  EXPECT_EQ(pair.a.fault->code, "tls_wrong_name");
  EXPECT_FALSE(pair.a.fault->retryable);
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.b.fault.has_value(); }));
  EXPECT_EQ(pair.b.fault->code, "tls_refused");
  EXPECT_FALSE(pair.b.isOpen);
}

TEST(TcpSocket, saysThatNobodyListens) {
  SystemClock clock;
  EventLoop loop(clock);
  SocketAddress gone;
  {
    auto opened = TcpListener::open(loop, kLoopback4, [](TimePoint, auto&) {});
    ASSERT_TRUE(opened);
    gone = (*opened)->localAddress();
  }
  End a;
  a.socket = TcpSocket::connect(loop, gone, {}, a.events());
  EXPECT_FALSE(a.fault) << "not inside the call";
  ASSERT_TRUE(turnUntil(loop, [&] { return a.fault.has_value(); }));
  EXPECT_EQ(a.fault->code, "refused");
  EXPECT_FALSE(a.socket->write(Bytes{1}));
}

TEST(TcpSocket, anAddressWithoutAWayFailsLater) {
  SystemClock clock;
  EventLoop loop(clock);
  End a;
  // Never a destination (RFC 1122 section 3.2.1.3).
  a.socket = TcpSocket::connect(loop, {IpAddress::v4(255, 255, 255, 255), 9}, {}, a.events());
  EXPECT_FALSE(a.fault);
  ASSERT_TRUE(turnUntil(loop, [&] { return a.fault.has_value(); }));
  EXPECT_EQ(a.fault->stage, "connect");
}

TEST(TcpSocket, whoConnectsAndSaysNothingIsLeftAfterAWhile) {
  Pair pair(kLoopback4);
  const auto shown = net::TlsCredentials::selfSigned();
  ASSERT_TRUE(shown);
  End server;
  auto listener = TcpListener::open(pair.loop, kLoopback4, [&](TimePoint, auto& incoming) {
    server.socket = incoming.take({.tls = *shown, .openWithin = 50ms}, server.events());
  });
  ASSERT_TRUE(listener);
  pair.a.socket = TcpSocket::connect(pair.loop, (*listener)->localAddress(), {}, pair.a.events());
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return server.fault.has_value(); }));
  EXPECT_EQ(server.fault->code, "timeout");
  EXPECT_EQ(server.fault->stage, "connect");
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.a.fault.has_value(); }));
}

TEST(TcpSocket, whoDoesNotReadFillsABoundedBufferAndNoMore) {
  Pair pair(kLoopback4);
  ASSERT_TRUE(pair.connect());
  // A socket of the kernel that nobody reads from.
  const int mute = socket(AF_INET, SOCK_STREAM, 0);
  RawAddress raw;
  toRaw(pair.listener->localAddress(), raw);
  pair.b.isOpen = false;
  ASSERT_EQ(connect(mute, raw.get(), raw.length), 0);
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.b.isOpen; }));
  std::size_t accepted = 0;
  const Bytes chunk(4000);
  // Until the buffers of the kernel and ours are full, which takes no more than a few megabytes.
  bool isFull = false;
  for (int i = 0; i < 20'000 && !isFull; ++i) {
    if (pair.b.socket->write(chunk)) {
      accepted += chunk.size();
    } else {
      pair.loop.runOnce(20ms);
      isFull = !pair.b.socket->write(chunk);
    }
  }
  EXPECT_TRUE(isFull);
  EXPECT_LE(pair.b.socket->pending(), TcpSocket::kMaxPending);
  EXPECT_GT(accepted, TcpSocket::kMaxPending);
  close(mute);
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.b.fault.has_value(); }));
  EXPECT_EQ(pair.b.fault->code, "reset");
}

TEST(TcpSocket, tellsWhenThereIsRoomAgain) {
  Pair pair(kLoopback4);
  ASSERT_TRUE(pair.connect());
  const Bytes chunk(4000);
  while (pair.a.socket->write(chunk)) {
  }
  ASSERT_GT(pair.a.socket->pending(), 0U);
  ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.a.drained > 0; }));
  EXPECT_EQ(pair.a.socket->pending(), 0U);
  EXPECT_TRUE(pair.a.socket->write(chunk));
}

TEST(TcpSocket, mayBeDeletedInEachOfItsCallbacks) {
  const auto shown = net::TlsCredentials::selfSigned();
  ASSERT_TRUE(shown);
  for (const std::string where : {"open", "bytes", "closed"}) {
    Pair pair(kLoopback4, *shown);
    bool isGone = false;
    std::unique_ptr<TcpSocket> socket;
    const auto drop = [&](const char* here) {
      if (where != here) return;
      socket.reset();
      isGone = true;
    };
    socket = TcpSocket::connect(pair.loop, pair.listener->localAddress(),
                                {.tls = net::TlsCredentials::unchecked()},
                                {.onOpen = [&](TimePoint) { drop("open"); },
                                 .onBytes = [&](TimePoint, ByteView) { drop("bytes"); },
                                 .onDrained = {},
                                 .onClosed = [&](TimePoint, const Fault&) { drop("closed"); }});
    ASSERT_TRUE(turnUntil(pair.loop, [&] { return pair.b.isOpen || isGone; }));
    if (pair.b.isOpen) {
      pair.b.socket->write(Bytes(40'000));
      if (where == "closed") pair.b.socket.reset();
    }
    EXPECT_TRUE(turnUntil(pair.loop, [&] { return isGone; })) << where;
  }
}

TEST(TcpListener, leavesWhomNobodyTakes) {
  SystemClock clock;
  EventLoop loop(clock);
  int asked = 0;
  auto listener = TcpListener::open(loop, kLoopback4, [&](TimePoint, auto& incoming) {
    EXPECT_TRUE(incoming.remote().ip.isLoopback());
    ++asked;
  });
  ASSERT_TRUE(listener);
  End a;
  a.socket = TcpSocket::connect(loop, (*listener)->localAddress(), {}, a.events());
  ASSERT_TRUE(turnUntil(loop, [&] { return a.fault.has_value(); }));
  EXPECT_EQ(asked, 1);
}

TEST(TcpListener, saysThatThePortIsTaken) {
  SystemClock clock;
  EventLoop loop(clock);
  auto one = TcpListener::open(loop, kLoopback4, [](TimePoint, auto&) {});
  ASSERT_TRUE(one);
  const auto other = TcpListener::open(loop, (*one)->localAddress(), [](TimePoint, auto&) {});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().stage, "bind");
  EXPECT_EQ(other.error().code, "port_taken");
}

}  // namespace
}  // namespace foyer::io
