#include "core/net/turn_stream.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::net {
namespace {

Bytes randomBytes(SeededRandom& random, std::size_t size) {
  Bytes bytes(size);
  random.fill(bytes);
  return bytes;
}

Bytes stunOf(SeededRandom& random, std::size_t attributes) {
  Bytes message{static_cast<std::uint8_t>(random.below(2)), 0x17};
  appendU16(message, static_cast<std::uint16_t>(attributes));
  append(message, randomBytes(random, 16 + attributes));
  return message;
}

Bytes channelOf(SeededRandom& random, std::size_t payload) {
  Bytes message;
  appendU16(message, static_cast<std::uint16_t>(0x4000 + random.below(0x1000)));
  appendU16(message, static_cast<std::uint16_t>(payload));
  append(message, randomBytes(random, payload));
  return message;
}

TEST(TurnStream, everyCutOfAStreamGivesTheSameMessages) {
  SeededRandom random(5);
  for (int run = 0; run < 300; ++run) {
    std::vector<Bytes> sent;
    Bytes stream;
    for (std::uint64_t i = 0; i < 1 + random.below(20); ++i) {
      sent.push_back(random.below(2) == 0 ? stunOf(random, 4 * random.below(300))
                                          : channelOf(random, random.below(1500)));
      append(stream, sent.back());
      // Padding is whatever the server has there (section 12.5 does not say zero).
      while (stream.size() % 4 != 0) stream.push_back(static_cast<std::uint8_t>(random.u64()));
    }
    std::vector<Bytes> got;
    TurnStream reader;
    for (ByteView rest = stream; !rest.empty();) {
      const auto size = std::min<std::size_t>(rest.size(), 1 + random.below(run % 2 ? 5 : 4000));
      ASSERT_TRUE(reader.feed(rest.first(size), [&](ByteView m) { got.push_back(toBytes(m)); }));
      ASSERT_LT(reader.waiting(), TurnStream::kMaxMessage);
      rest = rest.subspan(size);
    }
    EXPECT_EQ(got, sent) << "run " << run;
    EXPECT_EQ(reader.waiting(), 0u);
  }
}

TEST(TurnStream, theRestOfAMessageIsWaitedForPaddingIncluded) {
  SeededRandom random(6);
  const Bytes message = channelOf(random, 5);
  TurnStream reader;
  int got = 0;
  const auto count = [&](ByteView) { ++got; };
  ASSERT_TRUE(reader.feed(message, count));
  EXPECT_EQ(got, 0);
  EXPECT_EQ(reader.waiting(), 9u);
  ASSERT_TRUE(reader.feed(Bytes{0, 0}, count));
  EXPECT_EQ(got, 0);
  ASSERT_TRUE(reader.feed(Bytes{0}, count));
  EXPECT_EQ(got, 1);
}

TEST(TurnStream, nonsenseEndsTheStreamForGood) {
  struct Row {
    const char* name;
    Bytes bytes;
    TurnStreamError error;
  };
  const std::vector<Row> rows = {
      {"a web server", toBytes(viewOf("HTTP/1.1 400 Bad Request\r\n")), TurnStreamError::TooLarge},
      {"TLS where TCP was meant", {0x15, 3, 3, 0, 2, 2, 40}, TurnStreamError::NotTurn},
      {"between STUN and channels", {4, 0, 0, 0}, TurnStreamError::NotTurn},
      {"above the channels", {80, 0, 0, 4}, TurnStreamError::NotTurn},
      {"STUN of a length that no STUN has", {1, 3, 0, 3}, TurnStreamError::NotTurn},
      {"a STUN message of 64 kB", {1, 3, 0xff, 0xfc}, TurnStreamError::TooLarge},
      {"a channel message above the bound", {0x40, 0, 0x0f, 0xfd}, TurnStreamError::TooLarge},
  };
  SeededRandom random(7);
  for (const Row& row : rows) {
    TurnStream reader;
    int got = 0;
    const auto count = [&](ByteView) { ++got; };
    ASSERT_TRUE(reader.feed(stunOf(random, 8), count)) << row.name;
    for (std::size_t i = 0; i + 1 < row.bytes.size() && i < 3; ++i) {
      ASSERT_TRUE(reader.feed(ByteView(row.bytes).subspan(i, 1), count)) << row.name;
    }
    const auto refused = reader.feed(ByteView(row.bytes).subspan(3), count);
    ASSERT_FALSE(refused) << row.name;
    EXPECT_EQ(refused.error(), row.error) << row.name;
    EXPECT_EQ(reader.waiting(), 0u) << row.name;
    const auto again = reader.feed(stunOf(random, 8), count);
    ASSERT_FALSE(again) << row.name;
    EXPECT_EQ(again.error(), row.error) << row.name;
    EXPECT_EQ(got, 1) << row.name;
  }
}

}  // namespace
}  // namespace foyer::net
