// A QUIC connection of two endpoints whose every packet goes through two allocations on the real
// coturn: what a call does where nothing else gets through.
#include <gtest/gtest.h>

#include "core/crypto/identity.h"
#include "core/net/endpoint.h"
#include "tests/io/coturn/coturn.h"
#include "tests/io/coturn/turn_wire.h"
#include "tests/io/wait.h"

namespace foyer::test {
namespace {

using namespace foyer::net;

// The path's label; the same for its whole life.
const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 0), 9};

struct Side {
  Side(TurnConfig config, const Bytes& certificate, const EndpointConfig& quic)
      : turn(std::move(config), certificate), endpoint(quic, identity, random) {}

  void step() {
    turn.turn(1ms);
    const TimePoint now = turn.now();
    for (const TurnUser::Data& data : turn.data) {
      (void)endpoint.handleDatagram(
          now, {.local = kLabel, .remote = data.peer, .ecn = 0, .payload = data.payload});
    }
    turn.data.clear();
    const auto due = endpoint.pollTimeout();
    if (due && *due <= now) endpoint.handleTimeout(now);
    while (auto event = endpoint.pollEvent()) {
      if (const auto* got = std::get_if<DatagramReceived>(&*event)) received.push_back(got->bytes);
      if (const auto* up = std::get_if<Connected>(&*event)) connected = *up;
    }
    endpoint.pollTransmit(now, [&](const TransmitBatch& batch) {
      for (std::size_t at = 0; at < batch.payload.size(); at += batch.segmentSize) {
        const std::size_t size = std::min(batch.segmentSize, batch.payload.size() - at);
        turn.send(batch.remote, batch.payload.subspan(at, size));
      }
    });
  }

  io::OsRandom random;
  crypto::Identity identity = crypto::Identity::generate(random);
  TurnUser turn;
  Endpoint endpoint;
  std::vector<Bytes> received;
  std::optional<Connected> connected;
};

class QuicOverTurn : public testing::TestWithParam<TurnTransport> {};

TEST_P(QuicOverTurn, aConnectionStandsAndCarriesDatagramsBothWays) {
  if (const std::string why = Coturn::whyNot(); !why.empty()) GTEST_SKIP() << why;
  const std::string password = randomWord();
  Coturn server(
      {.ip = std::nullopt, .hasTls = true, .lines = {"lt-cred-mech", "user=amina:" + password}});
  ASSERT_TRUE(server.isUp());
  const auto config = [&](TurnTransport transport) {
    TurnConfig made;
    made.transport = transport;
    made.server = transport == TurnTransport::Tls ? server.tls() : server.plain();
    made.credentials = {"amina", *TurnPassword::from(password)};
    return made;
  };
  EndpointConfig accepting;
  accepting.acceptMode = AcceptMode::Open;
  // On a busy machine a datagram may wait, and must not be thought too old for that.
  accepting.serverProfile.datagramMaxAge = Duration::zero();
  Side caller(config(GetParam()), server.certificate(), {});
  Side callee(config(TurnTransport::Udp), server.certificate(), accepting);
  ASSERT_TRUE(caller.turn.allocate() && callee.turn.allocate()) << server.log();
  const SocketAddress callerAt = *caller.turn.client().relayed();
  const SocketAddress calleeAt = *callee.turn.client().relayed();
  ASSERT_TRUE(caller.turn.permit(calleeAt) && callee.turn.permit(callerAt)) << server.log();

  DialOptions dial;
  dial.local = kLabel;
  dial.remote = calleeAt;
  dial.profile.datagramMaxAge = Duration::zero();
  dial.pin = KeyPin::to(callee.identity.fingerprint());
  ASSERT_TRUE(caller.endpoint.connect(caller.turn.now(), dial));
  const auto until = [&](const std::function<bool()>& done) {
    const TimePoint end = caller.turn.now() + io::kPatience;
    while (!done() && caller.turn.now() < end) {
      caller.step();
      callee.step();
    }
    return done();
  };
  ASSERT_TRUE(until([&] { return caller.connected && callee.connected; })) << server.log();
  EXPECT_EQ(callee.connected->remote, callerAt);
  EXPECT_EQ(callee.connected->peer, caller.identity.publicKey());
  // Voice: 120 bytes every turn, both ways.
  const auto arrived = [](const Side& side) { return side.received.size(); };
  for (std::uint8_t i = 0; i < 100; ++i) {
    const TimePoint now = caller.turn.now();
    ASSERT_TRUE(caller.endpoint.sendDatagram(now, caller.connected->id, {}, Bytes(120, i)));
    ASSERT_TRUE(callee.endpoint.sendDatagram(now, callee.connected->id, {}, Bytes(120, i)));
    const bool isThere =
        until([&] { return arrived(caller) == i + 1U && arrived(callee) == i + 1U; });
    ASSERT_TRUE(isThere) << int{i};
    EXPECT_EQ(callee.received.back(), Bytes(120, i));
  }
  EXPECT_EQ(caller.turn.client().stats().strayData, 0u);
}

INSTANTIATE_TEST_SUITE_P(Coturn, QuicOverTurn,
                         testing::Values(TurnTransport::Udp, TurnTransport::Tcp,
                                         TurnTransport::Tls),
                         [](const auto& one) { return std::string(toString(one.param)); });

}  // namespace
}  // namespace foyer::test
