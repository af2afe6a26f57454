#include "core/net/datagram_stream.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/base/random.h"

namespace foyer::net {
namespace {

constexpr TimePoint kStart{1000s};

Bytes sized(std::size_t size, std::uint8_t fill = 7) { return Bytes(size, fill); }

TEST(DatagramStream, everyCutOfAStreamGivesTheSameDatagrams) {
  SeededRandom random(3);
  for (int run = 0; run < 200; ++run) {
    DatagramWriter writer(true);
    std::vector<Bytes> sent, got;
    Bytes stream;
    for (int i = 0; i < 20; ++i) {
      Bytes datagram(1 + random.next() % kMaxStreamDatagram);
      random.fill(datagram);
      writer.push(kStart, datagram);
      sent.push_back(datagram);
      append(stream, writer.take(kStart, 100));
    }
    DatagramReader reader;
    for (ByteView rest = stream; !rest.empty();) {
      const auto size =
          std::min<std::size_t>(rest.size(), 1 + random.next() % (run % 2 ? 5 : 4000));
      ASSERT_TRUE(reader.feed(rest.first(size), [&](ByteView d) { got.push_back(toBytes(d)); }));
      ASSERT_LT(reader.waiting(), kMaxStreamDatagram + kStreamDatagramHeader);
      rest = rest.subspan(size);
    }
    EXPECT_EQ(got, sent) << "run " << run;
    EXPECT_EQ(reader.waiting(), 0U);
  }
}

TEST(DatagramStream, lengthsThatNobodyHasEndIt) {
  const auto nobody = [](ByteView) { ADD_FAILURE(); };
  for (const auto& [length, error] :
       {std::pair{0, DatagramStreamError::Empty}, std::pair{1501, DatagramStreamError::TooLarge},
        std::pair{65535, DatagramStreamError::TooLarge}}) {
    for (const bool isCut : {false, true}) {
      DatagramReader reader;
      Bytes head;
      appendU16(head, static_cast<std::uint16_t>(length));
      if (isCut) {
        ASSERT_TRUE(reader.feed(ByteView(head).first(1), nobody));
        head.erase(head.begin());
      }
      ASSERT_FALSE(reader.feed(head, nobody));
      EXPECT_EQ(reader.feed(Bytes{0, 1, 5}, nobody).error(), error) << "for good";
      EXPECT_EQ(reader.waiting(), 0U);
    }
  }
}

TEST(DatagramStream, theLargestPasses) {
  DatagramWriter writer(true);
  writer.push(kStart, sized(kMaxStreamDatagram));
  writer.push(kStart, sized(kMaxStreamDatagram + 1));
  writer.push(kStart, {});
  EXPECT_EQ(writer.stats().droppedSize, 2U);
  DatagramReader reader;
  std::size_t got = 0;
  ASSERT_TRUE(reader.feed(writer.take(kStart, 1), [&](ByteView d) { got += d.size(); }));
  EXPECT_EQ(got, kMaxStreamDatagram);
  EXPECT_TRUE(writer.isEmpty());
}

TEST(DatagramStream, whenFullTheOldestGiveWay) {
  DatagramWriter writer(true);
  constexpr std::size_t kSize = 1000;
  constexpr int kSent = 100;
  for (int i = 0; i < kSent; ++i) {
    writer.push(kStart, sized(kSize, static_cast<std::uint8_t>(i)));
    ASSERT_LE(writer.waitingBytes(), DatagramWriter::kMaxWaitingBytes);
  }
  const Bytes first = writer.take(kStart, 1);
  EXPECT_EQ(first[2], kSent - DatagramWriter::kMaxWaitingBytes / kSize);
  EXPECT_EQ(writer.stats().droppedFull, kSent - DatagramWriter::kMaxWaitingBytes / kSize);
}

TEST(DatagramStream, whatWaitedTooLongIsNotSent) {
  DatagramWriter writer(true);
  writer.push(kStart, sized(10, 1));
  writer.push(kStart + 200ms, sized(10, 2));
  const Bytes taken = writer.take(kStart + DatagramWriter::kMaxAge + 1ms, 1000);
  ASSERT_EQ(taken.size(), 12U);
  EXPECT_EQ(taken[2], 2);
  EXPECT_EQ(writer.stats().droppedOld, 1U);
}

TEST(DatagramStream, whatWaitsForTheOpeningDoesNotAge) {
  DatagramWriter writer(false);
  writer.push(kStart, sized(10, 1));
  writer.setOpen(kStart + 5s);
  EXPECT_EQ(writer.take(kStart + 5s + 100ms, 1000).size(), 12U);
  writer.push(kStart + 6s, sized(10, 1));
  EXPECT_TRUE(writer.take(kStart + 7s, 1000).empty());
}

TEST(DatagramStream, takingIsBoundedAndWhole) {
  DatagramWriter writer(true);
  for (int i = 0; i < 4; ++i) writer.push(kStart, sized(100));
  EXPECT_EQ(writer.take(kStart, 250).size(), 204U);
  EXPECT_EQ(writer.take(kStart, 1).size(), 102U);
  EXPECT_EQ(writer.take(kStart, 1000).size(), 102U);
  EXPECT_TRUE(writer.take(kStart, 1000).empty());
}

}  // namespace
}  // namespace foyer::net
