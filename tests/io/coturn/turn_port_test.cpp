// The address on a TURN server as a local end, and "Test this server", over real sockets: against
// the real coturn, and against servers that refuse, lie, or say nothing.
#include "core/io/turn_port.h"

#include <gtest/gtest.h>

#include "core/io/os_random.h"
#include "core/io/turn_tester.h"
#include "tests/io/coturn/coturn.h"
#include "tests/io/wait.h"

namespace foyer::test {
namespace {

using namespace foyer::net;
using io::TurnPort;
using io::TurnTest;
using io::TurnTester;

const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 2), 7};
const SocketAddress kLoopback{IpAddress::v4(127, 0, 0, 1), 0};

struct Packet {
  SocketAddress peer;
  Bytes bytes;
};

// One local end, and what came of it.
class End {
 public:
  End(io::EventLoop& loop, TurnPort::Server server)
      : m_port(std::make_unique<TurnPort>(
            loop, m_random, kLabel, std::move(server),
            TurnPort::Handlers{.onChanged = [this](TimePoint) { ++changes; },
                               .onPacket =
                                   [this](TimePoint, const SocketAddress& peer, ByteView bytes) {
                                     packets.push_back({peer, toBytes(bytes)});
                                   }})) {}
  TurnPort& port() { return *m_port; }
  [[nodiscard]] std::string fault() const {
    if (!m_port->hasEnded()) return "";
    return m_port->fault() ? m_port->fault()->stage + " " + m_port->fault()->code : "closed";
  }

  int changes = 0;
  std::vector<Packet> packets;

 private:
  io::OsRandom m_random;
  std::unique_ptr<TurnPort> m_port;
};

class TurnPortTest : public testing::Test {
 protected:
  // Faster than for real servers: what never answers is given up after 0.6 s.
  static constexpr TurnRetry kImpatient{
      .first = 100ms, .sendings = 2, .lastWait = 5, .onStream = 600ms};

  TurnPort::Server server(TurnTransport transport, const SocketAddress& at) {
    TurnPort::Server made;
    made.config.server = at;
    made.config.transport = transport;
    made.config.credentials = {"amina", *TurnPassword::from(m_password)};
    made.config.retry = kImpatient;
    made.host = "turn.test";
    return made;
  }
  std::string endingOf(TurnPort::Server given) {
    End end(m_loop, std::move(given));
    EXPECT_TRUE(io::turnUntil(m_loop, [&] { return end.port().hasEnded(); }));
    EXPECT_EQ(end.changes, 1);
    return end.fault();
  }
  TurnTest test(TurnPort::Server given) {
    std::optional<TurnTest> found;
    TurnTester tester(m_loop, m_random, std::move(given),
                      [&](const TurnTest& result) { found = result; });
    EXPECT_FALSE(found) << "never inside the constructor";
    EXPECT_TRUE(io::turnUntil(
        m_loop, [&] { return found.has_value(); }, TurnTester::kLimit + 5s));
    return found.value_or(TurnTest{});
  }

  io::SystemClock m_clock;
  io::EventLoop m_loop{m_clock};
  io::OsRandom m_random;
  std::string m_password = randomWord();
};

class OverRealServer : public TurnPortTest, public testing::WithParamInterface<TurnTransport> {
 protected:
  void SetUp() override {
    if (const std::string why = Coturn::whyNot(); !why.empty()) GTEST_SKIP() << why;
    m_coturn.emplace(Coturn::Options{.hasTls = GetParam() == TurnTransport::Tls,
                                     .lines = {"lt-cred-mech", "user=amina:" + m_password}});
    ASSERT_TRUE(m_coturn->isUp());
  }
  TurnPort::Server real() {
    const bool isTls = GetParam() == TurnTransport::Tls;
    TurnPort::Server made = server(GetParam(), isTls ? m_coturn->tls() : m_coturn->plain());
    made.config.retry = {};
    if (isTls) made.tls = *TlsCredentials::trusting(viewOf(m_coturn->certificatePem()));
    return made;
  }
  std::optional<Coturn> m_coturn;
};

TEST_P(OverRealServer, packetsReachAPlainPeerAndItsAnswersComeBack) {
  End end(m_loop, real());
  ASSERT_TRUE(io::turnUntil(m_loop, [&] { return end.port().relayed().has_value(); }))
      << end.fault() << m_coturn->log();
  EXPECT_EQ(end.changes, 1);
  auto peer = io::UdpSocket::open(kLoopback);
  ASSERT_TRUE(peer);
  const SocketAddress peerAt = (*peer)->localAddress();
  const auto echo = [&] {
    (*peer)->receive([&](const io::ReceivedDatagram& datagram) {
      EXPECT_EQ(datagram.remote, end.port().relayed());
      (*peer)->queue(datagram.remote, 0, datagram.bytes);
    });
    (*peer)->flush();
  };
  // All at once: they wait until the server lets the peer through, and none is lost.
  constexpr std::size_t kAtOnce = 10;
  for (std::uint8_t i = 0; i < kAtOnce; ++i) end.port().queue(m_loop.now(), peerAt, Bytes(100, i));
  end.port().flush(m_loop.now());
  ASSERT_TRUE(io::turnUntil(m_loop, [&] {
    echo();
    return end.packets.size() == kAtOnce;
  })) << m_coturn->log();
  for (std::uint8_t i = 0; i < kAtOnce; ++i) {
    EXPECT_EQ(end.packets[i].peer, peerAt);
    EXPECT_EQ(end.packets[i].bytes, Bytes(100, i)) << "in order";
  }
  // One after the other, of many sizes, by the channel that stands by then.
  for (std::size_t i = 0; i < 30; ++i) {
    end.packets.clear();
    const Bytes packet(1 + i * 48, static_cast<std::uint8_t>(i));
    end.port().queue(m_loop.now(), peerAt, packet);
    end.port().flush(m_loop.now());
    ASSERT_TRUE(io::turnUntil(m_loop,
                              [&] {
                                echo();
                                return !end.packets.empty();
                              }))
        << "packet " << i;
    EXPECT_EQ(end.packets[0].bytes, packet);
  }
  end.port().close(m_loop.now());
  ASSERT_TRUE(io::turnUntil(m_loop, [&] { return end.port().hasEnded(); }));
  EXPECT_TRUE(end.port().wasGivenBack());
  EXPECT_EQ(end.fault(), "closed");
}

TEST_P(OverRealServer, aPeerThatWasNeverSentToIsNotHeard) {
  End end(m_loop, real());
  ASSERT_TRUE(io::turnUntil(m_loop, [&] { return end.port().relayed().has_value(); }));
  const SocketAddress any{IpAddress::v4(127, 77, 1, 9), 0};
  auto stranger = io::UdpSocket::open(any);
  auto friendly = io::UdpSocket::open(kLoopback);
  ASSERT_TRUE(stranger && friendly);
  const SocketAddress friendAt = (*friendly)->localAddress();
  end.port().queue(m_loop.now(), friendAt, Bytes(10, 1));
  end.port().flush(m_loop.now());
  ASSERT_TRUE(io::turnUntil(m_loop, [&] {
    std::size_t got = 0;
    (*friendly)->receive([&](const io::ReceivedDatagram&) { ++got; });
    return got > 0;
  }));
  (*stranger)->queue(*end.port().relayed(), 0, Bytes(10, 66));
  (*stranger)->flush();
  (*friendly)->queue(*end.port().relayed(), 0, Bytes(10, 2));
  (*friendly)->flush();
  ASSERT_TRUE(io::turnUntil(m_loop, [&] { return !end.packets.empty(); }));
  EXPECT_EQ(end.packets.size(), 1u);
  EXPECT_EQ(end.packets[0].peer, friendAt);
}

TEST_P(OverRealServer, aServerIsTestedAndNothingIsLeft) {
  const TurnTest good = test(real());
  EXPECT_FALSE(good.fault) << good.fault->stage << " " << good.fault->code << m_coturn->log();
  EXPECT_TRUE(good.report.isUsable);
  EXPECT_TRUE(good.report.relayRoundTrip);
  EXPECT_TRUE(good.report.isGivenBack);
  TurnPort::Server wrong = real();
  wrong.config.credentials.password = *TurnPassword::from("another");
  const TurnTest refused = test(std::move(wrong));
  EXPECT_FALSE(refused.report.isUsable);
  ASSERT_TRUE(refused.fault);
  EXPECT_EQ(refused.fault->stage, "turn_allocate");
  EXPECT_EQ(refused.fault->code, "wrong_credentials");
}

INSTANTIATE_TEST_SUITE_P(Coturn, OverRealServer,
                         testing::Values(TurnTransport::Udp, TurnTransport::Tcp,
                                         TurnTransport::Tls),
                         [](const auto& one) { return std::string(toString(one.param)); });

TEST_F(TurnPortTest, aCertificateOfSomebodyElseEndsItBeforeAnyNameIsSaid) {
  if (const std::string why = Coturn::whyNot(); !why.empty()) GTEST_SKIP() << why;
  Coturn coturn({.hasTls = true, .lines = {"lt-cred-mech", "user=amina:" + m_password}});
  ASSERT_TRUE(coturn.isUp());
  TurnPort::Server unknown = server(TurnTransport::Tls, coturn.tls());
  const auto trusted = TlsCredentials::systemTrust();
  ASSERT_TRUE(trusted) << "this system trusts nobody: ca-certificates is missing";
  unknown.tls = *trusted;
  EXPECT_EQ(endingOf(std::move(unknown)), "turn_tls untrusted");
  TurnPort::Server other = server(TurnTransport::Tls, coturn.tls());
  other.tls = *TlsCredentials::trusting(viewOf(coturn.certificatePem()));
  other.host = "turn.elsewhere.test";
  EXPECT_EQ(endingOf(std::move(other)), "turn_tls wrong_name");
  EXPECT_EQ(coturn.log().find("amina"), std::string::npos);
}

TEST_F(TurnPortTest, whoIsNotThereIsToldByTheStage) {
  auto silent = io::UdpSocket::open(kLoopback);
  ASSERT_TRUE(silent);
  const SocketAddress at = (*silent)->localAddress();
  EXPECT_EQ(endingOf(server(TurnTransport::Udp, at)), "turn_allocate no_answer");
  // Nobody listens there for TCP.
  EXPECT_EQ(endingOf(server(TurnTransport::Tcp, at)), "turn_connect refused");
  TurnPort::Server tls = server(TurnTransport::Tls, at);
  tls.tls = TlsCredentials::unchecked();
  EXPECT_EQ(endingOf(std::move(tls)), "turn_connect refused");
}

// A TCP server that answers whoever comes with the same bytes.
class Parrot {
 public:
  Parrot(io::EventLoop& loop, Bytes words) : m_words(std::move(words)) {
    auto opened = io::TcpListener::open(
        loop, kLoopback, [this](TimePoint, io::TcpListener::Incoming& incoming) {
          auto& taken = m_taken.emplace_back();
          taken = incoming.take(
              {}, {.onOpen = {},
                   .onBytes = [this, index = m_taken.size() - 1](
                                  TimePoint, ByteView) { m_taken[index]->write(m_words); },
                   .onDrained = {},
                   .onClosed = {}});
        });
    EXPECT_TRUE(opened);
    m_listener = std::move(*opened);
  }
  [[nodiscard]] SocketAddress address() const { return m_listener->localAddress(); }

 private:
  Bytes m_words;
  std::unique_ptr<io::TcpListener> m_listener;
  std::vector<std::unique_ptr<io::TcpSocket>> m_taken;
};

TEST_F(TurnPortTest, whatIsNoTurnServerIsToldFromOne) {
  Parrot web(m_loop, toBytes(viewOf("HTTP/1.1 400 Bad Request\r\n\r\n")));
  EXPECT_EQ(endingOf(server(TurnTransport::Tcp, web.address())), "turn_connect not_turn");
  TurnPort::Server tls = server(TurnTransport::Tls, web.address());
  tls.tls = TlsCredentials::unchecked();
  EXPECT_EQ(endingOf(std::move(tls)), "turn_tls not_tls");
  // STUN that answers nobody's question, for ever: the time it may take is bounded.
  Parrot stun(m_loop, *fromHex("0101000c2112a442000102030405060708090a0b0020000800011234a1b2c3d4"));
  const TurnTest slow = test(server(TurnTransport::Tcp, stun.address()));
  ASSERT_TRUE(slow.fault);
  EXPECT_EQ(slow.fault->stage + " " + slow.fault->code, "turn_allocate no_answer");
  EXPECT_LT(slow.took, TurnTester::kLimit);
}

TEST_F(TurnPortTest, nonsenseOverUdpIsAsGoodAsSilence) {
  auto liar = io::UdpSocket::open(kLoopback);
  ASSERT_TRUE(liar);
  End end(m_loop, server(TurnTransport::Udp, (*liar)->localAddress()));
  ASSERT_TRUE(io::turnUntil(m_loop, [&] {
    (*liar)->receive([&](const io::ReceivedDatagram& datagram) {
      Bytes echoed = toBytes(datagram.bytes);
      (*liar)->queue(datagram.remote, 0, echoed);           // a request back
      (*liar)->queue(datagram.remote, 0, Bytes(40, 0x40));  // ChannelData of nobody
      (*liar)->queue(datagram.remote, 0, Bytes(3, 0xff));
    });
    (*liar)->flush();
    return end.port().hasEnded();
  }));
  EXPECT_EQ(end.fault(), "turn_allocate no_answer");
  EXPECT_TRUE(end.packets.empty());
}

TEST_F(TurnPortTest, whatAStalledStreamCannotTakeIsLostAndNotKept) {
  // Accepts, and reads nothing of what is sent.
  std::vector<std::unique_ptr<io::TcpSocket>> taken;
  auto listener =
      io::TcpListener::open(m_loop, kLoopback, [&](TimePoint, io::TcpListener::Incoming& incoming) {
        taken.push_back(incoming.take({}, {}));
      });
  ASSERT_TRUE(listener);
  bool isOpen = false;
  io::TurnConnection connection(m_loop, TurnTransport::Tcp, nullptr, "turn.test",
                                {.onOpen = [&](TimePoint) { isOpen = true; },
                                 .onMessage = [](TimePoint, const SocketAddress&, ByteView) {},
                                 .onBroken = [](TimePoint, const Fault&) {}});
  connection.open((*listener)->localAddress());
  ASSERT_TRUE(io::turnUntil(m_loop, [&] { return isOpen; }));
  for (int i = 0; i < 20'000; ++i) connection.send(kLoopback, Bytes(1000, 1));
  EXPECT_LE(connection.pending(), io::TcpSocket::kMaxPending);
}

TEST_F(TurnPortTest, aPortThatIsDeletedAtAnyMomentLeavesNothingBehind) {
  auto silent = io::UdpSocket::open(kLoopback);
  ASSERT_TRUE(silent);
  for (const TurnTransport transport : {TurnTransport::Udp, TurnTransport::Tcp}) {
    for (int turns = 0; turns < 3; ++turns) {
      End end(m_loop, server(transport, (*silent)->localAddress()));
      end.port().queue(m_loop.now(), kLoopback, Bytes(10, 1));
      for (int i = 0; i < turns; ++i) m_loop.runOnce(1ms);
    }
  }
  m_loop.runOnce(5ms);
}

}  // namespace
}  // namespace foyer::test
