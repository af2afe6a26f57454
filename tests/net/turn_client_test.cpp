// The client against a scripted server: what is asked, when it is asked again, what is believed.
#include "core/net/turn_client.h"

#include "tests/net/turn_server.h"

namespace foyer::test {
namespace {

using Kind = TurnInput::Kind;

TEST(TurnClient, allocatesAfterOneChallenge) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  ASSERT_EQ(pair.all<TurnAllocated>().size(), 1u);
  const TurnAllocated allocated = pair.all<TurnAllocated>()[0];
  EXPECT_EQ(allocated.relayed, kRelayed);
  EXPECT_EQ(allocated.mapped, kMapped);
  EXPECT_EQ(allocated.lifetime, 600s);
  EXPECT_EQ(pair.client->relayed(), kRelayed);
  ASSERT_EQ(pair.server.requests.size(), 2u);
  const auto first = StunMessage::parse(pair.server.requests[0]);
  EXPECT_FALSE(first->find(StunAttribute::Username)) << "a name is not told before it is asked for";
  EXPECT_EQ(first->u32(StunAttribute::RequestedTransport), 17U << 24);
  EXPECT_FALSE(first->find(StunAttribute::RequestedAddressFamily));
  const auto second = StunMessage::parse(pair.server.requests[1]);
  EXPECT_EQ(second->text(StunAttribute::Username), "amina");
  EXPECT_NE(first->transaction(), second->transaction());
}

TEST(TurnClient, asksForIpv6WhereThatIsWantedAndTakesNothingElse) {
  TurnConfig config;
  config.family = IpAddress::Family::V6;
  TurnPair pair(std::move(config));
  pair.start();
  const auto asked = StunMessage::parse(pair.server.requests[0]);
  EXPECT_EQ(asked->u32(StunAttribute::RequestedAddressFamily), 2U << 24);
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::BadAnswer, 0}))
      << "the script gives an IPv4 address";
}

TEST(TurnClient, worksWithAServerThatAsksForNoCredentials) {
  TurnPair pair;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    return pair.server.make(message, StunClass::Success, false, [](StunWriter& writer) {
      writer.addXorAddress(StunAttribute::XorRelayedAddress, kRelayed)
          .addXorAddress(StunAttribute::XorMappedAddress, kMapped)
          .addLifetime(600);
    });
  };
  EXPECT_TRUE(pair.allocate());
  EXPECT_TRUE(pair.ready());
}

TEST(TurnClient, aRefusalIsAFaultWithItsCause) {
  struct Row {
    std::uint16_t code;
    TurnCause cause;
    bool retryable;
  };
  const std::vector<Row> rows = {
      {300, TurnCause::BadRedirect, false},
      {400, TurnCause::Refused, false},
      {403, TurnCause::Forbidden, false},
      {420, TurnCause::Refused, false},
      {440, TurnCause::UnsupportedFamily, false},
      {441, TurnCause::WrongCredentials, false},
      {442, TurnCause::UnsupportedTransport, false},
      {486, TurnCause::QuotaReached, true},
      {500, TurnCause::ServerError, true},
      {508, TurnCause::NoCapacity, true},
      {699, TurnCause::ServerError, true},
  };
  for (const Row& row : rows) {
    TurnPair pair;
    pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
      if (!message.hasIntegrity()) return std::nullopt;
      return pair.server.error(message, row.code);
    };
    pair.start();
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, row.cause, row.code})) << row.code;
    const Fault said = asFault(pair.fault());
    EXPECT_EQ(said.stage, "turn_allocate");
    EXPECT_EQ(said.code, toString(row.cause));
    EXPECT_EQ(said.retryable, row.retryable) << row.code;
    EXPECT_EQ(said.detail, "STUN error " + std::to_string(row.code));
    EXPECT_EQ(pair.client->pollTimeout(), std::nullopt) << "nothing is left to do";
  }
}

TEST(TurnClient, aWrongPasswordIsTriedOnceOnly) {
  TurnConfig config;
  config.credentials = {"amina", *TurnPassword::from("guess")};
  TurnPair pair(std::move(config));
  pair.start();
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::WrongCredentials, 401}));
  EXPECT_EQ(pair.server.requests.size(), 2u);
}

// coturn 4.6.1 does so while it looks the user up, which takes long on a busy machine.
TEST(TurnClient, aRefusalOfACopyIsNotThatOfTheRequest) {
  TurnPair pair;
  std::vector<StunTransactionId> asked;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (!message.hasIntegrity()) return std::nullopt;
    asked.push_back(message.transaction());
    if (asked.size() == 1) return Bytes{};  // still looking
    return pair.server.challenge(message, 401);
  };
  pair.start();
  pair.pass(600ms);
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0], asked[1]);
  EXPECT_TRUE(pair.all<TurnEnded>().empty()) << "the first copy is not answered yet";
  const auto answer = [&] {
    pair.server.instead = nullptr;
    return pair.server.answer(pair.server.requests.back());
  }();
  (void)pair.client->handle(pair.now, kTurn, *answer);
  EXPECT_TRUE(pair.client->isAllocated());
}

TEST(TurnClient, aWrongPasswordIsBelievedThoughCopiesAndAnswersWereLost) {
  TurnConfig config;
  config.credentials = {"amina", *TurnPassword::from("guess")};
  TurnPair pair(std::move(config));
  int asked = 0;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (message.hasIntegrity() && ++asked == 1) return Bytes{};  // lost
    return std::nullopt;
  };
  pair.start();
  pair.pass(10s);
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::WrongCredentials, 401}));
  EXPECT_EQ(asked, 4) << "the lost one, and three that were refused";
}

TEST(TurnClient, withoutCredentialsAChallengeIsTheEnd) {
  TurnConfig config;
  config.credentials.username = "amina";
  TurnPair pair(std::move(config));
  pair.start();
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::WrongCredentials, 401}));
  EXPECT_EQ(pair.server.requests.size(), 1u);
}

TEST(TurnClient, theEndOfTimeLimitedCredentialsIsSaid) {
  TurnConfig config;
  config.credentials = {"1795000000:amina", *TurnPassword::from("secret")};
  const TurnPair pair(std::move(config));
  EXPECT_EQ(pair.client->credentialsExpiry(), 1795000000);
  EXPECT_EQ(TurnPair().client->credentialsExpiry(), std::nullopt);
}

// RFC 8489 section 6.2.1, and section 6.2.2 for streams.
TEST(TurnClient, asksAgainOverUdpOnlyAndGivesUpInTime) {
  for (const TurnTransport transport :
       {TurnTransport::Udp, TurnTransport::Tcp, TurnTransport::Tls}) {
    TurnConfig config;
    config.transport = transport;
    TurnPair pair(std::move(config));
    pair.server.isSilent = true;
    const TimePoint began = pair.now;
    pair.start();
    pair.pass(39'499ms);
    EXPECT_TRUE(pair.events.empty());
    EXPECT_EQ(pair.server.requests.size(), transport == TurnTransport::Udp ? 7u : 1u);
    for (const Bytes& request : pair.server.requests) EXPECT_EQ(request, pair.server.requests[0]);
    pair.pass(1ms);
    EXPECT_EQ(pair.now - began, 39'500ms);
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::NoAnswer, 0}));
  }
}

TEST(TurnClient, oneLostAnswerCostsOneRetransmission) {
  TurnPair pair;
  int lost = 0;
  pair.server.instead = [&](const StunMessage&) -> std::optional<Bytes> {
    return ++lost == 1 ? std::optional(Bytes{}) : std::nullopt;
  };
  pair.start();
  EXPECT_FALSE(pair.client->isAllocated());
  pair.pass(500ms);
  EXPECT_TRUE(pair.client->isAllocated());
}

TEST(TurnClient, aStaleNonceIsReplacedOnceForEachRequest) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  pair.server.nonce = "nonce-2";
  ASSERT_TRUE(pair.ready());
  // Permission stale, permission, channel.
  EXPECT_EQ(pair.server.count(StunMethod::CreatePermission), 2u);
  EXPECT_EQ(pair.server.count(StunMethod::ChannelBind), 1u);
  pair.server.nonce = "nonce-3";
  pair.pass(240s);
  EXPECT_TRUE(pair.client->isAllocated());
  EXPECT_TRUE(pair.all<TurnPeerLost>().empty());
}

TEST(TurnClient, aServerWhoseEveryNonceIsStaleIsLeft) {
  TurnPair pair;
  int made = 0;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    pair.server.nonce = "nonce-" + std::to_string(++made);
    if (!message.hasIntegrity()) return std::nullopt;
    return pair.server.challenge(message, 438);
  };
  pair.start();
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::StaleNonce, 438}));
  EXPECT_EQ(pair.server.requests.size(), 3u);
}

// RFC 8489 section 9.2.5: what is not proven is as if it had not come.
TEST(TurnClient, unsignedAnswersAfterTheChallengeAreIgnored) {
  for (const bool isError : {false, true}) {
    TurnPair pair;
    pair.server.signs = false;
    if (isError) {
      pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
        if (!message.hasIntegrity()) return std::nullopt;
        return pair.server.error(message, 486, false);
      };
    }
    pair.start();
    EXPECT_FALSE(pair.client->isAllocated());
    pair.pass(40s);
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::Unverified, 0}));
    EXPECT_EQ(pair.client->stats().unverified, 7u);
  }
}

TEST(TurnClient, aForgedAnswerDoesNotKeepTheRealOneOut) {
  TurnPair pair;
  pair.server.isSilent = true;
  pair.start();
  Bytes request;
  pair.server.isSilent = false;
  const Bytes challenge = *pair.server.answer(pair.server.requests[0]);
  EXPECT_EQ(pair.client->handle(pair.now, kTurn, challenge).kind, Kind::Used);
  pair.client->pollTransmit(pair.now, [&](ByteView message) { request = toBytes(message); });
  const Bytes answer = *pair.server.answer(request);
  // Any one byte wrong, and the same from somewhere else: nothing happens.
  for (std::size_t i = 0; i < answer.size(); ++i) {
    Bytes damaged = answer;
    damaged[i] ^= 0x10;
    (void)pair.client->handle(pair.now, kTurn, damaged);
    ASSERT_FALSE(pair.client->isAllocated()) << "byte " << i;
    ASSERT_FALSE(pair.client->hasEnded()) << "byte " << i;
  }
  for (std::size_t size = 0; size < answer.size(); ++size) {
    (void)pair.client->handle(pair.now, kTurn, ByteView(answer).first(size));
    ASSERT_FALSE(pair.client->isAllocated()) << size << " bytes";
  }
  EXPECT_EQ(pair.client->handle(pair.now, kOtherTurn, answer).kind, Kind::NotOurs);
  EXPECT_FALSE(pair.client->isAllocated());
  EXPECT_EQ(pair.client->handle(pair.now, kTurn, answer).kind, Kind::Used);
  EXPECT_TRUE(pair.client->isAllocated());
  EXPECT_EQ(pair.client->handle(pair.now, kTurn, answer).kind, Kind::NotOurs) << "a repetition";
}

TEST(TurnClient, answersThatMakeNoSenseEndIt) {
  using Fill = TurnScript::Answer;
  struct Row {
    const char* name;
    Fill fill;
  };
  const auto relayed = [](StunWriter& w, const char* address) {
    w.addXorAddress(StunAttribute::XorRelayedAddress, *SocketAddress::parse(address));
  };
  const auto mapped = [](StunWriter& w) {
    w.addXorAddress(StunAttribute::XorMappedAddress, kMapped);
  };
  const std::vector<Row> rows = {
      {"empty", [](StunWriter&) {}},
      {"no relayed address", [&](StunWriter& w) { mapped(w), w.addLifetime(600); }},
      {"no mapped address", [&](StunWriter& w) { relayed(w, "192.0.2.1:5"), w.addLifetime(600); }},
      {"no lifetime", [&](StunWriter& w) { relayed(w, "192.0.2.1:5"), mapped(w); }},
      {"lifetime 0",
       [&](StunWriter& w) { relayed(w, "192.0.2.1:5"), mapped(w), w.addLifetime(0); }},
      {"relayed port 0",
       [&](StunWriter& w) { relayed(w, "192.0.2.1:0"), mapped(w), w.addLifetime(600); }},
      {"relayed nowhere",
       [&](StunWriter& w) { relayed(w, "0.0.0.0:5"), mapped(w), w.addLifetime(600); }},
      {"relayed multicast",
       [&](StunWriter& w) { relayed(w, "224.0.0.1:5"), mapped(w), w.addLifetime(600); }},
      {"relayed broadcast",
       [&](StunWriter& w) { relayed(w, "255.255.255.255:5"), mapped(w), w.addLifetime(600); }},
      {"the other family",
       [&](StunWriter& w) { relayed(w, "[2001:db8::1]:5"), mapped(w), w.addLifetime(600); }},
      {"an attribute that must be understood",
       [&](StunWriter& w) {
         relayed(w, "192.0.2.1:5"), mapped(w), w.addLifetime(600);
         w.addU32(static_cast<StunAttribute>(0x7abc), 1);
       }},
  };
  for (const Row& row : rows) {
    TurnPair pair;
    pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
      if (!message.hasIntegrity()) return std::nullopt;
      return pair.server.make(message, StunClass::Success, true, row.fill);
    };
    pair.start();
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::BadAnswer, 0})) << row.name;
  }
}

TEST(TurnClient, challengesThatMakeNoSenseEndIt) {
  const std::vector<std::pair<const char*, TurnScript::Answer>> rows = {
      {"nothing", [](StunWriter&) {}},
      {"no nonce", [](StunWriter& w) { w.addText(StunAttribute::Realm, "r"); }},
      {"no realm", [](StunWriter& w) { w.addText(StunAttribute::Nonce, "n"); }},
      {"an empty nonce",
       [](StunWriter& w) {
         w.addText(StunAttribute::Realm, "r").addText(StunAttribute::Nonce, "");
       }},
      {"a nonce too long",
       [](StunWriter& w) {
         w.addText(StunAttribute::Realm, "r");
         w.addText(StunAttribute::Nonce, std::string(764, 'n'));
       }},
  };
  for (const auto& [name, fill] : rows) {
    TurnPair pair;
    pair.server.instead = [&, &fill = fill](const StunMessage& message) -> std::optional<Bytes> {
      return pair.server.error(message, 401, false, fill);
    };
    pair.start();
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::BadAnswer, 401})) << name;
  }
  // Both of a length that is allowed, but no request has room for them.
  TurnPair pair;
  pair.server.realm = std::string(763, 'r');
  pair.server.nonce = std::string(763, 'n');
  pair.start();
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::BadAnswer, 0}));
}

TEST(TurnClient, followsOneRedirection) {
  TurnPair pair;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (pair.client->server() == kOtherTurn) return std::nullopt;
    return pair.server.error(message, 300, false, [](StunWriter& writer) {
      writer.addAddress(StunAttribute::AlternateServer, kOtherTurn);
    });
  };
  EXPECT_TRUE(pair.allocate());
  ASSERT_EQ(pair.all<TurnRedirected>().size(), 1u);
  EXPECT_EQ(pair.all<TurnRedirected>()[0].server, kOtherTurn);
  EXPECT_EQ(pair.client->server(), kOtherTurn);
  EXPECT_EQ(pair.server.requests.size(), 3u);
  EXPECT_EQ(pair.client->handle(pair.now, kTurn, Bytes{0x40, 0, 0, 1, 1}).kind, Kind::NotOurs)
      << "the first server has nothing to say any more";
}

TEST(TurnClient, aRedirectedStreamWaitsForItsNewConnection) {
  TurnConfig config;
  config.transport = TurnTransport::Tls;
  TurnPair pair(std::move(config));
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (pair.client->server() == kOtherTurn) return std::nullopt;
    return pair.server.error(message, 300, false, [](StunWriter& writer) {
      writer.addAddress(StunAttribute::AlternateServer, kOtherTurn);
    });
  };
  pair.start();
  EXPECT_EQ(pair.all<TurnRedirected>().size(), 1u);
  EXPECT_EQ(pair.server.requests.size(), 1u);
  pair.pass(60s);
  EXPECT_EQ(pair.server.requests.size(), 1u);
  EXPECT_TRUE(pair.allocate());
}

TEST(TurnClient, redirectionsInCirclesAndIntoOtherNetworksAreRefused) {
  const std::vector<const char*> rows = {
      "192.0.2.1:3478",      // itself
      "127.0.0.1:3478",      // our own machine
      "192.168.1.1:80",      // our own network
      "100.64.0.1:3478",     // our provider's
      "169.254.169.254:80",  // a cloud's inside
      "224.0.0.1:3478",     "255.255.255.255:9", "0.0.0.0:3478", "192.0.2.9:0",
      "[2001:db8::1]:3478",  // the socket is of one family
  };
  for (const char* target : rows) {
    TurnPair pair;
    pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
      return pair.server.error(message, 300, false, [&](StunWriter& writer) {
        writer.addAddress(StunAttribute::AlternateServer, *SocketAddress::parse(target));
      });
    };
    pair.start();
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::BadRedirect, 300}))
        << target;
    EXPECT_EQ(pair.server.requests.size(), 1u) << target;
  }
  // Each sends to the other.
  TurnPair pair;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    return pair.server.error(message, 300, false, [&](StunWriter& writer) {
      const bool isFirst = pair.client->server() == kTurn;
      writer.addAddress(StunAttribute::AlternateServer, isFirst ? kOtherTurn : kTurn);
    });
  };
  pair.start();
  EXPECT_EQ(pair.fault().cause, TurnCause::BadRedirect);
  EXPECT_EQ(pair.server.requests.size(), 2u);
}

TEST(TurnClient, refreshesBeforeHalfOfTheLifetime) {
  for (const std::uint32_t lifetime : {2U, 20U, 600U, 4'000'000'000U}) {
    TurnPair pair;
    pair.server.lifetime = lifetime;
    ASSERT_TRUE(pair.allocate());
    const Duration counted = std::chrono::seconds(std::min(lifetime, 3600U));
    pair.pass(counted / 2);
    EXPECT_EQ(pair.server.count(StunMethod::Refresh), 1u) << lifetime;
    pair.pass(counted * 10);
    EXPECT_TRUE(pair.client->isAllocated()) << lifetime;
    EXPECT_LE(pair.server.count(StunMethod::Refresh), 27u) << lifetime;
  }
}

TEST(TurnClient, anOutageShorterThanTheLifetimeIsSurvived) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  pair.pass(239s);
  pair.server.isSilent = true;
  pair.pass(355s);
  EXPECT_TRUE(pair.client->isAllocated());
  pair.server.isSilent = false;
  pair.pass(60s);
  EXPECT_TRUE(pair.client->isAllocated());
  EXPECT_TRUE(pair.all<TurnEnded>().empty());
}

TEST(TurnClient, anAllocationThatCannotBeRefreshedEndsWithIt) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  ASSERT_TRUE(pair.ready());
  pair.server.isSilent = true;
  pair.pass(599s);
  EXPECT_TRUE(pair.client->isAllocated());
  EXPECT_EQ(pair.all<TurnPeerLost>().size(), 1u) << "its permission is over after five minutes";
  pair.pass(1s);
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Refresh, TurnCause::NoAnswer, 0}));
  EXPECT_EQ(pair.client->relayed(), std::nullopt);
  EXPECT_FALSE(pair.client->wrap(pair.now, kPeer, Bytes{1}));
}

TEST(TurnClient, aServerThatForgotTheAllocationEndsIt) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    return pair.server.error(message, 437);
  };
  pair.pass(240s);
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Refresh, TurnCause::Mismatch, 437}));
}

// What a run before this one left on the same port; coturn frees it a second after it was cleared.
TEST(TurnClient, anOldAllocationOfOnesOwnIsCleared) {
  for (const Duration freedAfter : {0s, 1s, 3s, 4s}) {
    TurnPair pair;
    std::optional<TimePoint> cleared;
    pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
      const bool isRefresh = message.method() == StunMethod::Refresh;
      if (!message.hasIntegrity() && isRefresh) return std::nullopt;
      if (isRefresh && !cleared) cleared = pair.now;
      const bool isFree = cleared && pair.now >= *cleared + freedAfter;
      if (isRefresh || isFree) return std::nullopt;
      return pair.server.error(message, 437, message.hasIntegrity());
    };
    pair.start();
    pair.pass(10s);
    EXPECT_EQ(pair.server.count(StunMethod::Refresh), 2u) << "asked, and asked with credentials";
    EXPECT_EQ(pair.client->isAllocated(), freedAfter < 4s) << toMilliseconds(freedAfter);
    if (freedAfter < 4s) continue;
    EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::Mismatch, 437}));
    EXPECT_EQ(pair.server.count(StunMethod::Allocate), 4u);
  }
}

TEST(TurnClient, anotherUsersAllocationOnOnesPortIsAFault) {
  TurnPair pair;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (!message.hasIntegrity()) return std::nullopt;
    const bool isAllocate = message.method() == StunMethod::Allocate;
    return pair.server.error(message, isAllocate ? 437 : 441);
  };
  pair.start();
  EXPECT_TRUE(pair.all<TurnEnded>().empty()) << "it may be gone in a moment";
  pair.pass(3s);
  EXPECT_EQ(pair.fault(), (TurnFault{TurnStage::Allocate, TurnCause::Mismatch, 437}));
  TurnPair closed;
  closed.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (!message.hasIntegrity()) return std::nullopt;
    return closed.server.error(message, 437);
  };
  closed.start();
  closed.client->close(closed.now);
  closed.settle();
  EXPECT_EQ(closed.all<TurnEnded>().size(), 1u);
}

TEST(TurnClient, closingGivesTheAllocationBack) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  pair.client->close(pair.now);
  pair.client->close(pair.now);
  EXPECT_FALSE(pair.client->isAllocated());
  pair.settle();
  ASSERT_EQ(pair.all<TurnEnded>().size(), 1u);
  EXPECT_FALSE(pair.all<TurnEnded>()[0].fault);
  ASSERT_EQ(pair.server.count(StunMethod::Refresh), 1u);
  EXPECT_EQ(StunMessage::parse(pair.server.requests.back())->u32(StunAttribute::Lifetime), 0u);
  EXPECT_EQ(pair.client->pollTimeout(), std::nullopt);
}

TEST(TurnClient, closingWhileAllocatingLeavesNothingOnTheServer) {
  for (const bool isChallenged : {false, true}) {
    TurnPair pair;
    pair.client->start(pair.now);
    if (!isChallenged) pair.client->close(pair.now);
    pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
      if (message.hasIntegrity()) pair.client->close(pair.now);
      return std::nullopt;
    };
    pair.settle();
    EXPECT_TRUE(pair.client->hasEnded());
    EXPECT_TRUE(pair.all<TurnAllocated>().empty());
    EXPECT_EQ(pair.server.count(StunMethod::Allocate), isChallenged ? 2u : 1u);
    EXPECT_EQ(pair.server.count(StunMethod::Refresh), isChallenged ? 1u : 0u);
    EXPECT_EQ(pair.client->wasGivenBack(), isChallenged);
    ASSERT_EQ(pair.all<TurnEnded>().size(), 1u);
    EXPECT_FALSE(pair.all<TurnEnded>()[0].fault);
  }

  TurnPair unstarted;
  unstarted.client->close(unstarted.now);
  unstarted.start();
  EXPECT_TRUE(unstarted.server.requests.empty());
  EXPECT_EQ(unstarted.all<TurnEnded>().size(), 1u);
}

// A server that says anything at all: the client neither grows nor hangs, and ends or works.
TEST(TurnClient, anyMixOfAnswersLeavesItBoundedAndAlive) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SeededRandom dice(seed);
    TurnPair pair;
    pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
      switch (dice.below(12)) {
        case 0:
          return Bytes{};
        case 1:
          pair.server.nonce += "x";
          return std::nullopt;
        case 2:
          return pair.server.error(message, static_cast<std::uint16_t>(300 + dice.below(400)),
                                   dice.below(2) == 0);
        case 3: {
          Bytes noise(dice.below(100));
          dice.fill(noise);
          noise.push_back(1);
          return noise;
        }
        default:
          return std::nullopt;
      }
    };
    pair.start();
    for (int i = 0; i < 60 && !pair.client->hasEnded(); ++i) {
      (void)pair.client->addPeer(pair.now, {kPeer.ip, static_cast<std::uint16_t>(1 + i % 20)});
      if (dice.below(3) == 0) {
        pair.client->removePeer(pair.now,
                                {kPeer.ip, static_cast<std::uint16_t>(1 + dice.below(20))});
      }
      pair.settle();
      pair.pass(std::chrono::seconds(dice.below(200)));
    }
    pair.client->close(pair.now);
    pair.settle();
    pair.pass(100s);
    EXPECT_TRUE(pair.client->hasEnded()) << "seed " << seed;
    EXPECT_EQ(pair.all<TurnEnded>().size(), 1u) << "seed " << seed;
    EXPECT_EQ(pair.client->pollTimeout(), std::nullopt) << "seed " << seed;
  }
}

}  // namespace
}  // namespace foyer::test
