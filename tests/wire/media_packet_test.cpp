#include "core/wire/media_packet.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/random.h"

namespace foyer::wire {
namespace {

bool equal(ByteView a, ByteView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

TEST(Varint, matchesTheExamplesOfRfc9000) {
  struct Row {
    Bytes bytes;
    std::uint64_t value;
  };
  const std::vector<Row> rows = {
      {{0xc2, 0x19, 0x7c, 0x5e, 0xff, 0x14, 0xe8, 0x8c}, 151288809941952652},
      {{0x9d, 0x7f, 0x3e, 0x7d}, 494878333},
      {{0x7b, 0xbd}, 15293},
      {{0x25}, 37}};
  for (const Row& row : rows) {
    const auto decoded = decodeVarint(row.bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->value, row.value);
    EXPECT_EQ(decoded->size, row.bytes.size());
    Bytes out(8);
    out.resize(encodeVarint(row.value, out));
    EXPECT_EQ(out, row.bytes);
    for (std::size_t length = 0; length < row.bytes.size(); ++length) {
      EXPECT_FALSE(decodeVarint(ByteView(row.bytes).first(length)));
    }
  }
  EXPECT_EQ(decodeVarint(Bytes{0x40, 0x25})->value, 37u);
}

TEST(Varint, edgesOfEachLengthComeBackAndFullSpansRefuse) {
  for (const std::uint64_t value :
       {std::uint64_t{0}, std::uint64_t{63}, std::uint64_t{64}, std::uint64_t{16383},
        std::uint64_t{16384}, (std::uint64_t{1} << 30) - 1, std::uint64_t{1} << 30, kMaxVarint}) {
    Bytes out(8);
    const std::size_t size = encodeVarint(value, out);
    EXPECT_EQ(size, varintSize(value));
    EXPECT_EQ(decodeVarint(out)->value, value);
    EXPECT_EQ(encodeVarint(value, MutableByteView(out).first(size - 1)), 0u);
  }
}

struct Sample {
  Bytes store;
  InnerPacket packet;
};

Sample randomPacket(RandomSource& random) {
  Sample made;
  made.store.resize(1500);
  random.fill(made.store);
  constexpr std::array kCodecs = {CodecId::None, CodecId::Opus, CodecId::Codec2_1200,
                                  CodecId::Codec2_3200, CodecId::Sized};
  const auto codec = [&] { return kCodecs[random.below(kCodecs.size())]; };
  const auto time = [&] { return static_cast<PacketTime>(random.below(9)); };
  made.packet.codec = codec();
  made.packet.packetTime = time();
  made.packet.mediaTime = static_cast<std::uint16_t>(random.u64());
  made.packet.frame = ByteView(made.store).first(random.below(300));
  made.packet.earlierCount = random.below(kMaxEarlierFrames + 1);
  for (std::size_t i = 0; i < made.packet.earlierCount; ++i) {
    made.packet.earlierFrames[i] = {
        static_cast<std::uint8_t>(1 + random.below(255)), codec(), time(),
        ByteView(made.store).subspan(300 * (i + 1), 1 + random.below(100))};
  }
  if (random.below(2) == 1) {
    made.packet.report = QualityReport{
        static_cast<std::uint8_t>(random.u64()),  static_cast<std::uint32_t>(random.u64()),
        static_cast<std::uint16_t>(random.u64()), static_cast<std::uint16_t>(random.u64()),
        static_cast<std::uint16_t>(random.u64()), static_cast<std::uint16_t>(random.u64()),
        static_cast<std::uint32_t>(random.u64()), static_cast<std::uint16_t>(random.u64()),
        static_cast<std::uint8_t>(random.u64()),  static_cast<std::uint8_t>(random.u64()),
        static_cast<std::uint16_t>(random.u64()), static_cast<std::uint16_t>(random.u64()),
        static_cast<std::uint16_t>(random.u64())};
  }
  if (random.below(2) == 1)
    made.packet.levelDb = static_cast<std::int8_t>(-static_cast<int>(random.below(128)));
  return made;
}

void expectSame(const InnerPacket& a, const InnerPacket& b) {
  EXPECT_EQ(a.codec, b.codec);
  EXPECT_EQ(a.packetTime, b.packetTime);
  EXPECT_EQ(a.mediaTime, b.mediaTime);
  EXPECT_TRUE(equal(a.frame, b.frame));
  ASSERT_EQ(a.earlierCount, b.earlierCount);
  for (std::size_t i = 0; i < a.earlierCount; ++i) {
    EXPECT_EQ(a.earlierFrames[i].distance, b.earlierFrames[i].distance);
    EXPECT_EQ(a.earlierFrames[i].codec, b.earlierFrames[i].codec);
    EXPECT_EQ(a.earlierFrames[i].packetTime, b.earlierFrames[i].packetTime);
    EXPECT_TRUE(equal(a.earlierFrames[i].frame, b.earlierFrames[i].frame));
  }
  EXPECT_EQ(a.report, b.report);
  EXPECT_EQ(a.levelDb, b.levelDb);
}

TEST(InnerPacket, comesBackAsItWas) {
  SeededRandom random(31);
  for (int round = 0; round < 2000; ++round) {
    const Sample sample = randomPacket(random);
    Bytes out(kMaxInner);
    const std::size_t size = encodeInner(sample.packet, out);
    ASSERT_EQ(size, innerSize(sample.packet));
    const auto back = decodeInner(ByteView(out).first(size));
    ASSERT_TRUE(back);
    expectSame(*back, sample.packet);
    EXPECT_EQ(encodeInner(sample.packet, MutableByteView(out).first(size - 1)), 0u);
  }
}

TEST(InnerPacket, truncatedAndFlippedNeverCrash) {
  SeededRandom random(32);
  for (int round = 0; round < 200; ++round) {
    const Sample sample = randomPacket(random);
    Bytes out(kMaxInner);
    out.resize(encodeInner(sample.packet, out));
    for (std::size_t length = 0; length < out.size(); ++length) {
      // A cut at an item's end is a shorter packet, anywhere else an error.
      (void)decodeInner(ByteView(out).first(length));
    }
    for (int flip = 0; flip < 200; ++flip) {
      Bytes copy = out;
      copy[random.below(copy.size())] ^= static_cast<std::uint8_t>(1 + random.below(255));
      const auto decoded = decodeInner(copy);
      if (decoded) {
        EXPECT_LE(decoded->frame.size(), copy.size());
      }
    }
  }
}

TEST(InnerPacket, theLayoutIsAsDocumented) {
  const Bytes frame = {0xaa, 0xbb};
  InnerPacket packet{CodecId::Opus, PacketTime::Ms20, 0x1234, frame};
  packet.levelDb = -30;
  Bytes out(64);
  out.resize(encodeInner(packet, out));
  EXPECT_EQ(toHex(out),
            "13123402aabb"
            "1101e2");
}

TEST(InnerPacket, unknownItemsAreSkippedAndKnownOnesMayGrow) {
  const auto packet = fromHex(
      "13000001aa"
      "6303010203"
      "1102e2ff"
      "6300");
  const auto decoded = decodeInner(*packet);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->levelDb, -30);
  EXPECT_EQ(decoded->frame.size(), 1u);
}

TEST(InnerPacket, itemsThatMakeNoSenseAreSkippedAlone) {
  // An empty copy, one of distance 0, one of an unknown codec, a short report, a level above 0
  // dBFS.
  const auto packet = fromHex(
      "13000001aa"
      "0100"
      "010300"
      "1311"
      "01030154bb"
      "100101"
      "110105");
  const auto decoded = decodeInner(*packet);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->earlierCount, 0u);
  EXPECT_FALSE(decoded->report);
  EXPECT_FALSE(decoded->levelDb);
}

TEST(InnerPacket, errorsHaveNames) {
  EXPECT_EQ(decodeInner({}).error(), MediaError::TooShort);
  EXPECT_EQ(decodeInner(*fromHex("53000000")).error(), MediaError::UnknownCodec);
  EXPECT_EQ(decodeInner(*fromHex("19000000")).error(), MediaError::UnknownPacketTime);
  EXPECT_EQ(decodeInner(*fromHex("13000002aa")).error(), MediaError::BadLength);
  EXPECT_EQ(decodeInner(*fromHex("130000ffffffffffffffff")).error(), MediaError::BadLength);
}

TEST(PacketTime, durationsAndCodesMatch) {
  for (std::uint8_t code = 0; code < 9; ++code) {
    const auto time = static_cast<PacketTime>(code);
    EXPECT_EQ(packetTimeOf(durationOf(time)), time);
    EXPECT_EQ(durationOf(time) % kMediaTimeUnit, Duration::zero());
  }
  EXPECT_FALSE(packetTimeOf(30ms));
}

TEST(Silence, keepsSizesAndTakesEverythingElseOut) {
  const Bytes voice(40, 0xa5);
  InnerPacket packet{CodecId::Opus, PacketTime::Ms20, 7, voice};
  packet.earlierFrames[0] = {2, CodecId::Codec2_1200, PacketTime::Ms40, voice};
  packet.earlierCount = 1;
  packet.report = QualityReport{.number = 3};
  packet.levelDb = -12;
  Bytes inner(kMaxInner), out(kMaxInner);
  inner.resize(encodeInner(packet, inner));
  out.resize(silenceInner(inner, out));
  ASSERT_EQ(out.size(), inner.size());
  EXPECT_EQ(std::count(out.begin(), out.end(), 0xa5), 0);
  const auto read = decodeInner(out);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->mediaTime, 7);
  EXPECT_EQ(read->report, packet.report);
  EXPECT_EQ(read->levelDb, kSilenceDb);
  EXPECT_EQ(read->earlier()[0].distance, 2);
  Bytes again(kMaxInner);
  EXPECT_EQ(silenceInner(Bytes{1, 2}, again), 0U);
}

}  // namespace
}  // namespace foyer::wire
