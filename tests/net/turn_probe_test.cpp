// "Test this server" against a scripted one; tests/io/coturn has the real one.
#include "core/net/turn_probe.h"

#include "tests/net/turn_server.h"

namespace foyer::test {
namespace {

// A probe and its server, 15 ms apart each way, in virtual time.
struct Tested {
  explicit Tested(TurnTransport transport = TurnTransport::Udp, const char* username = "amina") {
    TurnConfig config;
    config.server = kTurn;
    config.transport = transport;
    server.username = username;
    config.credentials = {username, *TurnPassword::from("secret")};
    probe.emplace(std::move(config), random);
  }

  // What goes to the relayed address comes back to it.
  std::optional<Bytes> answer(const Bytes& message) {
    if ((message[0] & 0xf0) == 0x40) return relays ? std::optional(message) : std::nullopt;
    const auto stun = StunMessage::parse(message);
    if (stun->method() != StunMethod::Send) return server.answer(message);
    ++sent;
    EXPECT_EQ(stun->xorAddress(StunAttribute::XorPeerAddress), kRelayed) << "nobody else";
    if (!relays) return std::nullopt;
    std::array<std::uint8_t, 200> buffer{};
    StunWriter writer(buffer, StunMethod::Data, StunClass::Indication, stun->transaction());
    writer.addXorAddress(StunAttribute::XorPeerAddress, kRelayed);
    writer.add(StunAttribute::Data, *stun->find(StunAttribute::Data));
    return toBytes(*writer.finish());
  }
  // Until it is done or `span` is over.
  void run(Duration span = 1min) {
    if (!hasStarted) probe->start(now);
    hasStarted = true;
    const TimePoint end = now + span;
    while (!probe->isDone() && !probe->wantsConnection()) {
      probe->pollTransmit(now, [&](ByteView message) {
        if (auto made = answer(toBytes(message))) onTheWay.emplace_back(now + 30ms, *made);
      });
      std::optional<TimePoint> next = probe->pollTimeout();
      if (!onTheWay.empty() && (!next || onTheWay.front().first < *next)) {
        next = onTheWay.front().first;
      }
      if (!next || *next > end) return;
      now = std::max(now, *next);
      while (!onTheWay.empty() && onTheWay.front().first <= now) {
        (void)probe->handle(now, probe->server(), onTheWay.front().second);
        onTheWay.pop_front();
      }
      probe->handleTimeout(now);
    }
  }

  SeededRandom random{3};
  TimePoint now = fromNanoseconds(1'000'000'000);
  TurnScript server;
  std::optional<TurnProbe> probe;
  std::deque<std::pair<TimePoint, Bytes>> onTheWay;
  bool relays = true;
  bool hasStarted = false;
  int sent = 0;
};

TEST(TurnProbe, aGoodServerIsUsableAndGetsEverythingBack) {
  Tested tested(TurnTransport::Udp, "1795000000:amina");
  tested.run();
  ASSERT_TRUE(tested.probe->isDone());
  const TurnReport& report = tested.probe->report();
  EXPECT_TRUE(report.isUsable);
  EXPECT_FALSE(report.fault);
  EXPECT_EQ(report.relayed, kRelayed);
  EXPECT_EQ(report.mapped, kMapped);
  EXPECT_EQ(report.roundTrip, 30ms);
  EXPECT_EQ(report.relayRoundTrip, 30ms);
  EXPECT_EQ(report.took, 60ms);
  EXPECT_EQ(report.credentialsExpiry, 1795000000);
  EXPECT_TRUE(report.isGivenBack);
  EXPECT_EQ(StunMessage::parse(tested.server.requests.back())->u32(StunAttribute::Lifetime), 0u);
  EXPECT_EQ(tested.probe->pollTimeout(), std::nullopt);
}

TEST(TurnProbe, aServerThatDoesNotLeadBackIsUsableAllTheSame) {
  Tested tested;
  tested.relays = false;
  tested.run();
  ASSERT_TRUE(tested.probe->isDone());
  EXPECT_TRUE(tested.probe->report().isUsable);
  EXPECT_EQ(tested.probe->report().relayRoundTrip, std::nullopt);
  EXPECT_TRUE(tested.probe->report().isGivenBack);

  Tested forbidding;
  forbidding.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (message.method() != StunMethod::CreatePermission) return std::nullopt;
    return forbidding.server.error(message, 403);
  };
  forbidding.run();
  EXPECT_TRUE(forbidding.probe->report().isUsable);
  EXPECT_TRUE(forbidding.probe->report().isGivenBack);
  EXPECT_EQ(forbidding.sent, 0);
}

TEST(TurnProbe, whyAServerIsNoUseIsSaidInTime) {
  Tested silent;
  silent.server.isSilent = true;
  const TimePoint began = silent.now;
  silent.run();
  ASSERT_TRUE(silent.probe->isDone());
  EXPECT_EQ(silent.probe->report().fault, (TurnFault{TurnStage::Allocate, TurnCause::NoAnswer, 0}));
  EXPECT_EQ(silent.now - began, 5'500ms);
  EXPECT_EQ(silent.probe->report().took, 5'500ms);
  EXPECT_EQ(silent.server.requests.size(), 4u);
  EXPECT_EQ(silent.probe->report().roundTrip, std::nullopt);

  Tested wrong;
  wrong.server.password = "another";
  wrong.run();
  EXPECT_FALSE(wrong.probe->report().isUsable);
  EXPECT_EQ(wrong.probe->report().fault,
            (TurnFault{TurnStage::Allocate, TurnCause::WrongCredentials, 401}));
  EXPECT_EQ(wrong.probe->report().roundTrip, 30ms) << "it answers, after all";
}

TEST(TurnProbe, aTimeThatMayBelongToEitherQuestionIsNotTold) {
  Tested tested;
  int lost = 0;
  tested.server.instead = [&](const StunMessage&) -> std::optional<Bytes> {
    return ++lost == 1 ? std::optional(Bytes{}) : std::nullopt;
  };
  tested.run();
  EXPECT_TRUE(tested.probe->report().isUsable);
  EXPECT_EQ(tested.probe->report().roundTrip, std::nullopt);
}

TEST(TurnProbe, aBrokenConnectionEndsIt) {
  Tested tested(TurnTransport::Tls);
  tested.server.isSilent = true;
  tested.run(1s);
  EXPECT_FALSE(tested.probe->isDone());
  tested.probe->disconnected(tested.now);
  EXPECT_TRUE(tested.probe->isDone());
  EXPECT_EQ(tested.probe->report().fault, (TurnFault{TurnStage::Allocate, TurnCause::NoAnswer, 0}));
  EXPECT_EQ(tested.probe->pollTimeout(), std::nullopt);
  EXPECT_FALSE(tested.probe->handle(tested.now, kTurn, Bytes{0x40, 0, 0, 0}));
}

TEST(TurnProbe, aRedirectedStreamAsksForItsConnection) {
  Tested tested(TurnTransport::Tcp);
  tested.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (tested.probe->server() == kOtherTurn) return std::nullopt;
    return tested.server.error(message, 300, false, [](StunWriter& writer) {
      writer.addAddress(StunAttribute::AlternateServer, kOtherTurn);
    });
  };
  tested.run();
  ASSERT_TRUE(tested.probe->wantsConnection());
  EXPECT_EQ(tested.probe->report().redirectedTo, kOtherTurn);
  tested.probe->start(tested.now);
  tested.run();
  EXPECT_TRUE(tested.probe->report().isUsable);
}

}  // namespace
}  // namespace foyer::test
