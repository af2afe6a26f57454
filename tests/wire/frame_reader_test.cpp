#include "core/wire/frame_reader.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::wire {
namespace {

Bytes frameOf(ByteView content) {
  Bytes out;
  appendU32(out, static_cast<std::uint32_t>(content.size()));
  append(out, content);
  return out;
}

TEST(FrameReader, findsTheSameFramesHoweverTheStreamIsCut) {
  SeededRandom random(21);
  std::vector<Bytes> sent;
  Bytes stream;
  for (const std::size_t size : {std::size_t{1}, std::size_t{3}, std::size_t{500}, kMaxFrame,
                                 std::size_t{2}, std::size_t{70}}) {
    Bytes content(size);
    random.fill(content);
    append(stream, frameOf(content));
    sent.push_back(std::move(content));
  }
  for (const std::size_t largest :
       {std::size_t{1}, std::size_t{5}, std::size_t{100}, std::size_t{2000}, stream.size()}) {
    FrameReader reader;
    std::vector<Bytes> got;
    for (std::size_t at = 0; at < stream.size();) {
      const std::size_t size = std::min(stream.size() - at, 1 + random.below(largest));
      ASSERT_TRUE(reader.feed(ByteView(stream).subspan(at, size),
                              [&](ByteView frame) { got.push_back(toBytes(frame)); }));
      at += size;
    }
    EXPECT_EQ(got, sent);
    EXPECT_EQ(reader.held(), 0u);
  }
}

TEST(FrameReader, refusesEmptyAndOverlongFramesForGood) {
  for (const std::uint32_t length :
       {std::uint32_t{0}, static_cast<std::uint32_t>(kMaxFrame + 1), std::uint32_t{0xffffffff}}) {
    Bytes stream = frameOf(Bytes{'a'});
    appendU32(stream, length);
    append(stream, Bytes(100));
    FrameReader reader;
    int frames = 0;
    EXPECT_FALSE(reader.feed(stream, [&](ByteView) { ++frames; }));
    EXPECT_EQ(frames, 1);
    EXPECT_TRUE(reader.isBroken());
    EXPECT_FALSE(reader.feed(frameOf(Bytes{'b'}), [&](ByteView) { ++frames; }));
    EXPECT_EQ(frames, 1);
    EXPECT_EQ(reader.held(), 0u);
  }
}

TEST(FrameReader, holdsNoMoreThanWasSentOfAnUnfinishedFrame) {
  FrameReader reader;
  Bytes start;
  appendU32(start, kMaxFrame);
  EXPECT_TRUE(reader.feed(start, [](ByteView) {}));
  EXPECT_TRUE(reader.feed(Bytes(10), [](ByteView) {}));
  EXPECT_EQ(reader.held(), 14u);
}

}  // namespace
}  // namespace foyer::wire
