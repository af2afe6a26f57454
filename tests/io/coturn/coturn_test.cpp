// The TURN client against the real coturn, over UDP, TCP and TLS.
#include <gtest/gtest.h>

#include <deque>

#include "core/io/udp_socket.h"
#include "core/net/turn_probe.h"
#include "tests/io/coturn/coturn.h"
#include "tests/io/coturn/turn_wire.h"
#include "tests/io/wait.h"

namespace foyer::test {
namespace {

using namespace foyer::net;

const SocketAddress kLoopback{IpAddress::v4(127, 0, 0, 1), 0};

// Sends back what comes, from a port of its own: a peer that knows nothing of TURN.
class Echo {
 public:
  explicit Echo(const SocketAddress& at = kLoopback) {
    auto opened = io::UdpSocket::open(at);
    EXPECT_TRUE(opened);
    m_socket = std::move(*opened);
  }
  [[nodiscard]] SocketAddress address() const { return m_socket->localAddress(); }
  void turn() {
    m_socket->receive([&](const io::ReceivedDatagram& datagram) {
      heardFrom = datagram.remote;
      m_socket->queue(datagram.remote, 0, datagram.bytes);
    });
    m_socket->flush();
  }
  std::optional<SocketAddress> heardFrom;

 private:
  std::unique_ptr<io::UdpSocket> m_socket;
};

class RealServer : public testing::Test {
 protected:
  void SetUp() override {
    const std::string why = Coturn::whyNot();
    if (!why.empty()) GTEST_SKIP() << why;
  }

  // With one user; more lines as given.
  Coturn& serve(std::vector<std::string> lines = {}, bool hasTls = false,
                std::optional<IpAddress> ip = std::nullopt) {
    lines.push_back("lt-cred-mech");
    lines.push_back("user=amina:" + m_password);
    return m_servers.emplace_back(Coturn::Options{.ip = ip, .hasTls = hasTls, .lines = lines});
  }
  TurnConfig config(const Coturn& server, TurnTransport transport = TurnTransport::Udp) const {
    TurnConfig made;
    made.transport = transport;
    made.server = transport == TurnTransport::Tls ? server.tls() : server.plain();
    made.credentials = {"amina", *TurnPassword::from(m_password)};
    return made;
  }
  // `count` payloads of many sizes go there and come back through the server.
  static void exchange(TurnUser& user, Echo& echo, int count) {
    user.data.clear();
    std::vector<Bytes> sent;
    for (int i = 0; i < count; ++i) {
      Bytes payload(static_cast<std::size_t>(1 + (i * 137) % 1200), static_cast<std::uint8_t>(i));
      user.send(echo.address(), payload);
      sent.push_back(std::move(payload));
      const bool isBack = user.until([&] {
        echo.turn();
        return user.data.size() == sent.size();
      });
      ASSERT_TRUE(isBack) << "payload " << i;
      EXPECT_EQ(user.data.back().payload, sent.back());
      EXPECT_EQ(user.data.back().peer, echo.address());
    }
    EXPECT_EQ(echo.heardFrom, user.client().relayed());
  }

  std::string m_password = randomWord();
  std::deque<Coturn> m_servers;
};

class OverEachTransport : public RealServer, public testing::WithParamInterface<TurnTransport> {};

TEST_P(OverEachTransport, datagramsReachAPlainPeerAndComeBack) {
  Coturn& server = serve({}, GetParam() == TurnTransport::Tls);
  ASSERT_TRUE(server.isUp());
  TurnUser user(config(server, GetParam()), server.certificate());
  ASSERT_TRUE(user.allocate()) << user.ending() << "\n" << server.log();
  ASSERT_EQ(user.all<TurnAllocated>().size(), 1u);
  EXPECT_TRUE(user.all<TurnAllocated>()[0].mapped.ip.isLoopback());
  Echo echo;
  // Indications first, while the channel is on its way.
  ASSERT_TRUE(user.client().addPeer(user.now(), echo.address()));
  ASSERT_TRUE(user.until([&] { return !user.all<TurnPeerReady>().empty(); })) << server.log();
  exchange(user, echo, 3);
  ASSERT_TRUE(user.until([&] { return user.client().hasChannel(echo.address()); }));
  exchange(user, echo, 30);
  user.client().close(user.now());
  ASSERT_TRUE(user.until([&] { return user.client().hasEnded(); }));
  EXPECT_EQ(user.ending(), "closed");
}

TEST_P(OverEachTransport, aServerIsTestedAndNothingIsLeft) {
  Coturn& server = serve({"user-quota=1"}, GetParam() == TurnTransport::Tls);
  ASSERT_TRUE(server.isUp());
  io::OsRandom random;
  io::SystemClock clock;
  TurnProbe probe(config(server, GetParam()), random);
  const auto wire = TurnWire::connect(GetParam(), probe.server(), server.certificate());
  ASSERT_TRUE(wire);
  probe.start(clock.now());
  const bool isDone = io::waitUntil([&] {
    const TimePoint now = clock.now();
    (void)wire->receive([&](ByteView message) { probe.handle(now, probe.server(), message); });
    probe.handleTimeout(now);
    probe.pollTransmit(now, [&](ByteView message) { wire->send(message); });
    return probe.isDone();
  });
  ASSERT_TRUE(isDone);
  const TurnReport& report = probe.report();
  EXPECT_TRUE(report.isUsable) << server.log();
  EXPECT_FALSE(report.fault);
  EXPECT_TRUE(report.relayRoundTrip) << "the relayed address leads back";
  EXPECT_TRUE(report.roundTrip);
  EXPECT_TRUE(report.isGivenBack);
  EXPECT_LT(report.took, 5s);
  // With a quota of one: what the test took is free again.
  EXPECT_TRUE(io::waitUntil([&] { return TurnUser(config(server)).allocate(); })) << server.log();
}

TEST_P(OverEachTransport, twoAllocationsReachEachOther) {
  Coturn& server = serve({}, GetParam() == TurnTransport::Tls);
  ASSERT_TRUE(server.isUp());
  TurnUser amina(config(server, GetParam()), server.certificate());
  TurnUser bao(config(server, TurnTransport::Udp), server.certificate());
  ASSERT_TRUE(amina.allocate() && bao.allocate()) << server.log();
  const SocketAddress aminaAt = *amina.client().relayed();
  const SocketAddress baoAt = *bao.client().relayed();
  ASSERT_TRUE(amina.permit(baoAt) && bao.permit(aminaAt)) << server.log();
  for (std::uint8_t i = 0; i < 20; ++i) {
    amina.send(baoAt, Bytes(200, i));
    bao.send(aminaAt, Bytes(300, i));
    const bool isThere = amina.until([&] {
      bao.turn(0ms);
      return amina.data.size() == i + 1U && bao.data.size() == i + 1U;
    });
    ASSERT_TRUE(isThere) << int{i};
    EXPECT_EQ(bao.data.back().payload, Bytes(200, i));
    EXPECT_EQ(bao.data.back().peer, aminaAt);
    EXPECT_EQ(amina.data.back().payload, Bytes(300, i));
    EXPECT_EQ(amina.data.back().peer, baoAt);
  }
}

INSTANTIATE_TEST_SUITE_P(Coturn, OverEachTransport,
                         testing::Values(TurnTransport::Udp, TurnTransport::Tcp,
                                         TurnTransport::Tls),
                         [](const auto& one) { return std::string(toString(one.param)); });

TEST_F(RealServer, timeLimitedCredentialsWorkUntilTheirEnd) {
  const std::string secret = randomWord();
  Coturn& server = m_servers.emplace_back(
      Coturn::Options{.lines = {"use-auth-secret", "static-auth-secret=" + secret}});
  ASSERT_TRUE(server.isUp());
  const std::int64_t now = io::SystemClock().wall().unixMs / 1000;
  const auto ending = [&](std::string_view withSecret, std::int64_t end) {
    TurnConfig made = config(server);
    made.credentials = std::move(*makeTurnRest(viewOf(withSecret), "amina", end));
    TurnUser user(std::move(made));
    EXPECT_EQ(user.client().credentialsExpiry(), end);
    return user.allocate() ? "allocated" : user.ending();
  };
  EXPECT_EQ(ending(secret, now + 60), "allocated") << server.log();
  EXPECT_EQ(ending(secret, now - 60), "turn_allocate wrong_credentials 401");
  EXPECT_EQ(ending("another secret", now + 60), "turn_allocate wrong_credentials 401");
}

TEST_F(RealServer, wrongNamesAndPasswordsAreToldAtOnce) {
  Coturn& server = serve();
  ASSERT_TRUE(server.isUp());
  const auto ending = [&](const std::string& name, const std::string& password) {
    TurnConfig made = config(server);
    made.credentials = {name, *TurnPassword::from(password)};
    TurnUser user(std::move(made));
    return user.allocate() ? "allocated" : user.ending();
  };
  EXPECT_EQ(ending("amina", randomWord()), "turn_allocate wrong_credentials 401");
  EXPECT_EQ(ending("bao", m_password), "turn_allocate wrong_credentials 401");
  EXPECT_EQ(ending("amina", m_password), "allocated");
}

TEST_F(RealServer, theQuotaIsToldAndClosingGivesBack) {
  Coturn& server = serve({"user-quota=1"});
  ASSERT_TRUE(server.isUp());
  TurnUser first(config(server));
  ASSERT_TRUE(first.allocate()) << server.log();
  TurnUser second(config(server));
  EXPECT_FALSE(second.allocate());
  EXPECT_EQ(second.ending(), "turn_allocate quota_reached 486");
  first.client().close(first.now());
  ASSERT_TRUE(first.until([&] { return first.client().hasEnded(); }));
  // The server counts the user out a moment after it answers.
  const bool isFree = io::waitUntil([&] { return TurnUser(config(server)).allocate(); });
  EXPECT_TRUE(isFree) << server.log();
}

TEST_F(RealServer, whatAnEarlierRunLeftOnThePortIsNotInTheWay) {
  Coturn& server = serve();
  ASSERT_TRUE(server.isUp());
  std::uint16_t port = 0;
  for (int run = 0; run < 2; ++run) {
    TurnUser user(config(server));
    user.localPort = port;
    ASSERT_TRUE(user.allocate()) << user.ending() << "\n" << server.log();
    port = user.all<TurnAllocated>()[0].mapped.port;
  }
}

TEST_F(RealServer, aShortAllocationIsKeptByRefreshing) {
  Coturn& server = serve({"max-allocate-lifetime=2", "stale-nonce=1"});
  ASSERT_TRUE(server.isUp());
  TurnUser user(config(server));
  ASSERT_TRUE(user.allocate()) << server.log();
  const Duration lifetime = user.all<TurnAllocated>()[0].lifetime;
  ASSERT_EQ(lifetime, 2s) << "the server does as it is told";
  Echo echo;
  ASSERT_TRUE(user.permit(echo.address()));
  // Two lifetimes, with datagrams all the way; the nonce is replaced every second.
  const TimePoint end = user.now() + 2 * lifetime;
  while (user.now() < end) {
    exchange(user, echo, 1);
    ASSERT_FALSE(HasFatalFailure()) << user.ending() << "\n" << server.log();
    user.turn(20ms);
  }
  EXPECT_TRUE(user.client().isAllocated());
}

TEST_F(RealServer, permissionsAndChannelsAreKeptByRenewing) {
  Coturn& server = serve({"permission-lifetime=1", "channel-lifetime=2"});
  ASSERT_TRUE(server.isUp());
  TurnConfig made = config(server);
  made.renewPermission = 300ms;
  made.renewChannel = 500ms;
  TurnUser user(std::move(made));
  ASSERT_TRUE(user.allocate()) << server.log();
  Echo echo;
  ASSERT_TRUE(user.permit(echo.address()));
  const TimePoint end = user.now() + 3s;
  while (user.now() < end) {
    exchange(user, echo, 1);
    ASSERT_FALSE(HasFatalFailure()) << user.ending() << "\n" << server.log();
    user.turn(20ms);
  }
  EXPECT_TRUE(user.client().hasChannel(echo.address()));
}

TEST_F(RealServer, aPeerThatTheOperatorForbidsIsLostWithTheReason) {
  Coturn& server = serve({"denied-peer-ip=10.0.0.0-10.255.255.255"});
  ASSERT_TRUE(server.isUp());
  TurnUser user(config(server));
  ASSERT_TRUE(user.allocate()) << server.log();
  ASSERT_TRUE(user.client().addPeer(user.now(), *SocketAddress::parse("10.1.2.3:9")));
  ASSERT_TRUE(user.until([&] { return !user.all<TurnPeerLost>().empty(); })) << server.log();
  EXPECT_EQ(user.all<TurnPeerLost>()[0].fault,
            (TurnFault{TurnStage::Permission, TurnCause::Forbidden, 403}));
  EXPECT_TRUE(user.client().isAllocated());
}

TEST_F(RealServer, anotherServerIsFollowedTo) {
  Coturn& second = serve();
  ASSERT_TRUE(second.isUp());
  Coturn& first = serve({"alternate-server=" + second.plain().toString()});
  ASSERT_TRUE(first.isUp());
  for (const TurnTransport transport : {TurnTransport::Udp, TurnTransport::Tcp}) {
    TurnUser user(config(first, transport));
    ASSERT_TRUE(user.allocate()) << user.ending() << "\n" << first.log();
    EXPECT_EQ(user.all<TurnRedirected>().size(), 1u);
    EXPECT_EQ(user.client().server(), second.plain());
  }
}

TEST_F(RealServer, ipv6IsRelayedWhereItIs) {
  const IpAddress ip = *IpAddress::parse("::1");
  if (!io::UdpSocket::open({ip, 0})) GTEST_SKIP() << "no IPv6 on this machine";
  Coturn& server = serve({}, false, ip);
  ASSERT_TRUE(server.isUp());
  TurnConfig made = config(server);
  made.family = IpAddress::Family::V6;
  TurnUser user(std::move(made));
  ASSERT_TRUE(user.allocate()) << user.ending() << "\n" << server.log();
  Echo echo({ip, 0});
  ASSERT_TRUE(user.permit(echo.address())) << server.log();
  exchange(user, echo, 5);
}

TEST_F(RealServer, aFamilyThatTheServerDoesNotRelayIsRefused) {
  Coturn& server = serve();
  ASSERT_TRUE(server.isUp());
  TurnConfig made = config(server);
  made.family = IpAddress::Family::V6;
  TurnUser user(std::move(made));
  EXPECT_FALSE(user.allocate());
  EXPECT_EQ(user.ending(), "turn_allocate unsupported_family 440") << server.log();
}

TEST_F(RealServer, aServerThatGoesAwayBreaksTheStream) {
  Coturn& server = serve();
  ASSERT_TRUE(server.isUp());
  TurnUser user(config(server, TurnTransport::Tcp));
  ASSERT_TRUE(user.allocate()) << server.log();
  m_servers.clear();
  (void)user.until([&] { return user.isBroken; });
  EXPECT_TRUE(user.isBroken);
}

}  // namespace
}  // namespace foyer::test
