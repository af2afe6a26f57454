#include "core/net/stun_responder.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/net/stun.h"
#include "core/net/stun_client.h"

namespace foyer::net {
namespace {

const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 0), 1};
const SocketAddress kServer{IpAddress::v4(203, 0, 113, 1), 4433};

class StunResponderTest : public ::testing::Test {
 protected:
  struct Sent {
    SocketAddress remote;
    Bytes bytes;
  };
  std::vector<Sent> ask(TimePoint now, const SocketAddress& from, ByteView bytes) {
    responder.handleDatagram(now, {kLabel, from, 0, bytes});
    std::vector<Sent> sent;
    responder.pollTransmit([&](const TransmitBatch& batch) {
      EXPECT_EQ(batch.local, kLabel);
      sent.push_back({batch.remote, toBytes(batch.payload)});
    });
    return sent;
  }
  static Bytes question(bool hasFingerprint = false, bool wantsChange = false) {
    std::array<std::uint8_t, 64> buffer{};
    StunTransactionId id;
    id.bytes.fill(7);
    StunWriter writer(buffer, StunMethod::Binding, StunClass::Request, id);
    if (wantsChange) writer.addChangeRequest({.ip = true, .port = true});
    if (hasFingerprint) writer.addFingerprint();
    return toBytes(*writer.finish());
  }

  SeededRandom random{3};
  StunResponder responder{random};
  const TimePoint start{1s};
};

TEST_F(StunResponderTest, theClientLearnsWhereItCameFrom) {
  for (const char* text : {"198.51.100.7:50000", "[2001:db8::7]:50000"}) {
    const SocketAddress mapped = *SocketAddress::parse(text);
    StunClient client(random);
    const StunQuery query{.local = kLabel, .server = kServer, .change = {}, .answerFrom = {}};
    ASSERT_TRUE(client.ask(start, query));
    std::vector<Sent> answers;
    client.pollTransmit(
        start, [&](const TransmitBatch& batch) { answers = ask(start, mapped, batch.payload); });
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].remote, mapped);
    EXPECT_TRUE(client.handleDatagram(start + 10ms, {kLabel, kServer, 0, answers[0].bytes}));
    const auto answer = client.pollEvent();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->outcome, StunOutcome::Answered);
    EXPECT_EQ(answer->mapped, mapped);
    EXPECT_EQ(answer->other, std::nullopt);
  }
}

TEST_F(StunResponderTest, anAnswerIsHardlyLongerThanItsQuestion) {
  for (const char* text : {"198.51.100.7:50000", "[2001:db8::7]:50000"}) {
    for (const bool hasFingerprint : {false, true}) {
      const Bytes asked = question(hasFingerprint);
      const auto answers = ask(start, *SocketAddress::parse(text), asked);
      ASSERT_EQ(answers.size(), 1U);
      EXPECT_LE(10 * answers[0].bytes.size(), 22 * asked.size());
      const auto answer = StunMessage::parse(answers[0].bytes);
      ASSERT_TRUE(answer);
      EXPECT_EQ(answer->hasFingerprint(), hasFingerprint);
    }
  }
}

// Somebody who asks for an answer from elsewhere hears that there is none, not silence, which would
// be taken for a filter.
TEST_F(StunResponderTest, thereIsNoSecondAddress) {
  const auto answers = ask(start, {IpAddress::v4(198, 51, 100, 7), 50000}, question(false, true));
  ASSERT_EQ(answers.size(), 1U);
  const auto answer = StunMessage::parse(answers[0].bytes);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->messageClass(), StunClass::Error);
  ASSERT_TRUE(answer->errorCode());
  EXPECT_EQ(answer->errorCode()->code, 420);
}

TEST_F(StunResponderTest, onlyBindingRequestsAreAnswered) {
  std::array<std::uint8_t, 64> buffer{};
  for (const auto messageClass : {StunClass::Indication, StunClass::Success, StunClass::Error}) {
    const StunWriter writer(buffer, StunMethod::Binding, messageClass, {});
    EXPECT_TRUE(ask(start, {IpAddress::v4(198, 51, 100, 7), 50000}, *writer.finish()).empty());
  }
  const StunWriter allocate(buffer, StunMethod::Allocate, StunClass::Request, {});
  EXPECT_TRUE(ask(start, {IpAddress::v4(198, 51, 100, 7), 50000}, *allocate.finish()).empty());
  EXPECT_EQ(responder.stats().ignored, 4U);
}

// Two reflectors that are set on each other fall silent: an answer is no question.
TEST_F(StunResponderTest, anAnswerIsNotAnswered) {
  const auto answers = ask(start, {IpAddress::v4(198, 51, 100, 7), 50000}, question());
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_TRUE(ask(start, kServer, answers[0].bytes).empty());
}

TEST_F(StunResponderTest, oneSourceIsLimitedAndLeavesRoomForOthers) {
  const SocketAddress loud{IpAddress::v4(198, 51, 100, 7), 50000};
  const Bytes asked = question();
  std::size_t answered = 0;
  for (int i = 0; i < 10'000; ++i)
    answered += ask(start + i * 1ms, loud, asked).size();  // ten seconds
  EXPECT_GE(answered, 200U);
  EXPECT_LE(answered, 270U);
  EXPECT_EQ(responder.stats().suppressed, 10'000U - answered);
  EXPECT_EQ(ask(start + 10s, {IpAddress::v4(203, 0, 113, 99), 50000}, asked).size(), 1U);
}

TEST_F(StunResponderTest, allSourcesTogetherAreLimited) {
  const Bytes asked = question();
  std::size_t answered = 0;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const auto ip = IpAddress::v4(10, static_cast<std::uint8_t>(i >> 16),
                                  static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i));
    answered += ask(start + i * 50us, {ip, 50000}, asked).size();  // one second
  }
  EXPECT_GE(answered, 1000U);
  EXPECT_LE(answered, 1501U);
}

}  // namespace
}  // namespace foyer::net
