#include "core/net/stun_client.h"

#include <gtest/gtest.h>

#include <set>

namespace foyer::test {

using namespace foyer::net;

namespace {

constexpr TimePoint kStart = fromNanoseconds(9'000'000'000);

SocketAddress at(std::string_view text) { return SocketAddress::parse(text).value(); }

struct Sent {
  TimePoint time;
  SocketAddress local;
  SocketAddress remote;
  Bytes bytes;
};

// What a server makes of a request.
struct Reply {
  StunClass messageClass = StunClass::Success;
  StunMethod method = StunMethod::Binding;
  std::optional<SocketAddress> mapped;
  std::optional<SocketAddress> other;
  std::uint16_t errorCode = 0;
  bool hasUnknown = false;
};

Bytes replyTo(ByteView request, const Reply& reply) {
  const auto message = StunMessage::parse(request);
  EXPECT_TRUE(message);
  Bytes buffer(256);
  StunWriter writer(buffer, reply.method, reply.messageClass, message->transaction());
  if (reply.mapped) writer.addXorAddress(StunAttribute::XorMappedAddress, *reply.mapped);
  if (reply.other) writer.addAddress(StunAttribute::OtherAddress, *reply.other);
  if (reply.errorCode != 0) writer.addErrorCode(reply.errorCode, "no");
  if (reply.hasUnknown) writer.addU32(static_cast<StunAttribute>(0x7fff), 0);
  return toBytes(writer.addFingerprint().finish().value());
}

class Asking {
 public:
  SeededRandom random{3};
  StunClient client{random};
  TimePoint now = kStart;
  std::vector<Sent> sent;

  StunQueryId ask(const StunQuery& query) {
    const auto id = client.ask(now, query);
    EXPECT_TRUE(id);
    transmit();
    return id.value_or(0);
  }
  void transmit() {
    client.pollTransmit(now, [&](const TransmitBatch& batch) {
      EXPECT_EQ(batch.packets(), 1U);
      sent.push_back({now, batch.local, batch.remote, toBytes(batch.payload)});
    });
  }
  // Goes from wake-up to wake-up.
  void runUntil(TimePoint end) {
    for (auto next = client.pollTimeout(); next && *next <= end; next = client.pollTimeout()) {
      ASSERT_GT(*next, now) << "a wake-up that does nothing";
      now = *next;
      client.handleTimeout(now);
      transmit();
    }
    now = end;
  }
  bool answer(const Sent& request, const Reply& reply, std::optional<SocketAddress> from = {}) {
    const Bytes bytes = replyTo(request.bytes, reply);
    return client.handleDatagram(now, {request.local, from.value_or(request.remote), 0, bytes});
  }
};

const SocketAddress kLocal = at("0.0.0.0:4000");
const SocketAddress kServer = at("198.51.100.1:3478");
const SocketAddress kOtherServer = at("198.51.100.2:3478");
const SocketAddress kMapped = at("203.0.113.9:61000");

}  // namespace

TEST(StunClient, tellsTheMappedAddressItsServerAndTheRoundTrip) {
  Asking asking;
  const StunQueryId id = asking.ask({.local = kLocal, .server = kServer});
  ASSERT_EQ(asking.sent.size(), 1U);
  EXPECT_EQ(asking.sent[0].remote, kServer);
  EXPECT_EQ(asking.sent[0].local, kLocal);
  EXPECT_EQ(asking.sent[0].bytes.size(), kStunHeader);  // says nothing about who asks
  asking.now += 40ms;
  EXPECT_TRUE(asking.answer(asking.sent[0], {.mapped = kMapped, .other = kOtherServer}));
  const auto answer = asking.client.pollEvent();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->id, id);
  EXPECT_EQ(answer->outcome, StunOutcome::Answered);
  EXPECT_EQ(answer->query.server, kServer);
  EXPECT_EQ(answer->mapped, kMapped);
  EXPECT_EQ(answer->other, kOtherServer);
  EXPECT_EQ(answer->roundTrip, 40ms);
  EXPECT_EQ(answer->sends, 1U);
  EXPECT_FALSE(asking.client.pollEvent());
  EXPECT_FALSE(asking.client.pollTimeout());
  // A second copy of the answer is nobody's any more.
  EXPECT_FALSE(asking.answer(asking.sent[0], {.mapped = kMapped}));
}

TEST(StunClient, asksAgainAt100MsAndDoublesUntilTheDeadline) {
  Asking asking;
  (void)asking.ask({.local = kLocal, .server = kServer, .deadline = 10s});
  asking.runUntil(kStart + 20s);
  std::vector<std::int64_t> times;
  std::set<Bytes> contents;
  for (const Sent& sent : asking.sent) {
    times.push_back(toMilliseconds(sent.time - kStart));
    contents.insert(sent.bytes);
  }
  EXPECT_EQ(times, (std::vector<std::int64_t>{0, 100, 300, 700, 1500, 3100, 6300}));
  EXPECT_EQ(contents.size(), 1U);  // retransmissions, not new transactions
  const auto answer = asking.client.pollEvent();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->outcome, StunOutcome::NoAnswer);
  EXPECT_EQ(answer->sends, kStunMaxSends);
  EXPECT_EQ(asking.client.underWay(), 0U);
  EXPECT_FALSE(asking.client.pollTimeout());
}

TEST(StunClient, theDeadlineEndsAQueryWhateverIsStillToBeSent) {
  Asking asking;
  (void)asking.ask({.local = kLocal, .server = kServer});
  asking.runUntil(kStart + kStunDeadline - 1ms);
  EXPECT_FALSE(asking.client.pollEvent());
  asking.runUntil(kStart + kStunDeadline);
  EXPECT_EQ(asking.client.pollEvent()->outcome, StunOutcome::NoAnswer);
  EXPECT_EQ(asking.sent.size(), 5U);
}

TEST(StunClient, onlyTheServerThatWasAskedAnswersOnTheSocketThatAsked) {
  Asking asking;
  (void)asking.ask({.local = kLocal, .server = kServer});
  (void)asking.ask({.local = kLocal, .server = kOtherServer});
  const Sent first = asking.sent[0];
  EXPECT_FALSE(asking.answer(first, {.mapped = kMapped}, kOtherServer));
  EXPECT_FALSE(asking.answer(first, {.mapped = kMapped}, at("198.51.100.1:3479")));
  Sent elsewhere = first;
  elsewhere.local = at("0.0.0.0:4001");
  EXPECT_FALSE(asking.answer(elsewhere, {.mapped = kMapped}));
  Sent guessed = first;
  guessed.bytes[19] = static_cast<std::uint8_t>(guessed.bytes[19] ^ 1);
  EXPECT_FALSE(asking.answer(guessed, {.mapped = kMapped}));
  // The request itself, come back by a hairpin, is no answer.
  EXPECT_FALSE(asking.client.handleDatagram(asking.now, {kLocal, kServer, 0, first.bytes}));
  EXPECT_FALSE(asking.answer(first, {.method = StunMethod::Allocate, .mapped = kMapped}));
  EXPECT_FALSE(asking.answer(first, {.messageClass = StunClass::Indication, .mapped = kMapped}));
  EXPECT_FALSE(asking.client.pollEvent());
  EXPECT_EQ(asking.client.underWay(), 2U);
  EXPECT_TRUE(asking.answer(first, {.mapped = kMapped}));
}

TEST(StunClient, anAnswerFromTheOtherAddressIsTakenWhereItWasAskedFor) {
  Asking asking;
  (void)asking.ask({.local = kLocal,
                    .server = kServer,
                    .change = {.ip = true, .port = true},
                    .answerFrom = kOtherServer});
  const Sent sent = asking.sent.at(0);
  EXPECT_EQ(sent.remote, kServer);
  const auto request = StunMessage::parse(sent.bytes);
  ASSERT_TRUE(request && request->changeRequest());
  EXPECT_TRUE(request->changeRequest()->ip && request->changeRequest()->port);
  EXPECT_FALSE(asking.answer(sent, {.mapped = kMapped}, at("198.51.100.3:3478")));
  EXPECT_TRUE(asking.answer(sent, {.mapped = kMapped}, kOtherServer));
  EXPECT_EQ(asking.client.pollEvent()->outcome, StunOutcome::Answered);
}

TEST(StunClient, aServerThatCannotChangeItsAddressHasNotAnsweredTheQuestion) {
  for (const Reply& reply :
       {Reply{.mapped = kMapped}, Reply{.messageClass = StunClass::Error, .errorCode = 420}}) {
    Asking asking;
    (void)asking.ask({.local = kLocal,
                      .server = kServer,
                      .change = {.ip = true, .port = true},
                      .answerFrom = kOtherServer});
    EXPECT_TRUE(asking.answer(asking.sent.at(0), reply, kServer));
    EXPECT_EQ(asking.client.pollEvent()->outcome,
              reply.errorCode == 0 ? StunOutcome::BadAnswer : StunOutcome::Refused);
  }
}

TEST(StunClient, nonsenseFromTheServerEndsTheQueryWithoutAnAddress) {
  struct Row {
    const char* what;
    Reply reply;
    StunOutcome outcome;
  };
  const Row rows[] = {
      {"no address", {}, StunOutcome::BadAnswer},
      {"port 0", {.mapped = at("203.0.113.9:0")}, StunOutcome::BadAnswer},
      {"unspecified", {.mapped = at("0.0.0.0:5000")}, StunOutcome::BadAnswer},
      {"multicast", {.mapped = at("224.0.0.1:5000")}, StunOutcome::BadAnswer},
      {"broadcast", {.mapped = at("255.255.255.255:5000")}, StunOutcome::BadAnswer},
      {"IPv6 multicast", {.mapped = at("[ff02::1]:5000")}, StunOutcome::BadAnswer},
      {"an attribute that must be understood",
       {.mapped = kMapped, .hasUnknown = true},
       StunOutcome::BadAnswer},
      {"error without a code", {.messageClass = StunClass::Error}, StunOutcome::BadAnswer},
      {"refusal", {.messageClass = StunClass::Error, .errorCode = 420}, StunOutcome::Refused},
      {"sent elsewhere, which is not followed",
       {.messageClass = StunClass::Error, .errorCode = 300},
       StunOutcome::Refused},
  };
  for (const Row& row : rows) {
    Asking asking;
    (void)asking.ask({.local = kLocal, .server = kServer});
    EXPECT_TRUE(asking.answer(asking.sent.at(0), row.reply)) << row.what;
    const auto answer = asking.client.pollEvent();
    ASSERT_TRUE(answer) << row.what;
    EXPECT_EQ(answer->outcome, row.outcome) << row.what << " " << toString(answer->outcome);
    EXPECT_EQ(answer->errorCode, row.reply.errorCode) << row.what;
  }
}

TEST(StunClient, queriesAreBoundedAndDoNotGoToNobody) {
  Asking asking;
  for (std::size_t i = 0; i < kMaxStunQueries; ++i)
    (void)asking.ask({.local = kLocal, .server = kServer});
  EXPECT_EQ(asking.client.ask(asking.now, {.local = kLocal, .server = kServer}).error(),
            StunAskError::TooMany);
  // Answers nobody took count as well.
  asking.runUntil(kStart + 3s);
  EXPECT_EQ(asking.client.ask(asking.now, {.local = kLocal, .server = kServer}).error(),
            StunAskError::TooMany);
  EXPECT_TRUE(asking.client.pollEvent());
  EXPECT_TRUE(asking.client.ask(asking.now, {.local = kLocal, .server = kServer}));
  for (const char* nobody : {"0.0.0.0:3478", "239.1.2.3:3478", "198.51.100.1:0", "[ff05::2]:3478"})
    EXPECT_EQ(asking.client.ask(asking.now, {.local = kLocal, .server = at(nobody)}).error(),
              StunAskError::BadAddress)
        << nobody;
}

TEST(StunClient, everyTransactionHasItsOwnId) {
  Asking asking;
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) (void)asking.ask({.local = kLocal, .server = kServer});
  for (const Sent& sent : asking.sent)
    ids.insert(StunMessage::parse(sent.bytes)->transaction().hex());
  EXPECT_EQ(ids.size(), 100U);
}

TEST(StunClient, aCancelledQueryIsSilent) {
  Asking asking;
  const StunQueryId id = asking.ask({.local = kLocal, .server = kServer});
  asking.client.cancel(id);
  EXPECT_FALSE(asking.client.pollTimeout());
  EXPECT_FALSE(asking.answer(asking.sent.at(0), {.mapped = kMapped}));
  EXPECT_FALSE(asking.client.pollEvent());
}

TEST(StunClient, anyDamageToAnAnswerIsNotAnAnswer) {
  Asking asking;
  (void)asking.ask({.local = kLocal, .server = kServer});
  const Bytes whole = replyTo(asking.sent.at(0).bytes, {.mapped = kMapped});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(asking.client.handleDatagram(asking.now,
                                              {kLocal, kServer, 0, ByteView(whole).first(size)}));
  for (std::size_t i = 0; i < whole.size() - 8; ++i) {
    Bytes bytes = whole;
    bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ 0x10);
    EXPECT_FALSE(asking.client.handleDatagram(asking.now, {kLocal, kServer, 0, bytes})) << i;
  }
  EXPECT_TRUE(asking.client.handleDatagram(asking.now, {kLocal, kServer, 0, whole}));
}

}  // namespace foyer::test
