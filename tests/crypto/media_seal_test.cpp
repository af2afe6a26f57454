#include "core/crypto/media_seal.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>

#include "core/crypto/enc.h"

namespace foyer::crypto {
namespace {

constexpr TimePoint kStart{};
constexpr Duration kPacketTime = 20ms;

SecretKey chainOf(std::uint64_t seed) {
  SeededRandom random(seed);
  return SecretKey::random(random);
}

struct Sender {
  MediaSealer sealer;
  explicit Sender(std::uint64_t seed, TimePoint now = kStart) : sealer(now, chainOf(seed)) {}
  Bytes packet(TimePoint now, std::size_t innerSize = 20) {
    std::array<std::uint8_t, kMaxMediaPacket> out;
    const Bytes inner(innerSize, 0x5a);
    const auto size = sealer.seal(now, inner, out);
    return size ? toBytes(ByteView(out).first(*size)) : Bytes{};
  }
};
struct Receiver {
  MediaOpener opener;
  explicit Receiver(std::uint64_t seed) : opener(chainOf(seed)) {}
  Result<OpenedMedia, MediaOpenError> open(TimePoint now, ByteView packet) {
    std::array<std::uint8_t, 1024> inner;
    return opener.open(now, packet, inner);
  }
};

TEST(MediaSeal, roundTripsEveryInnerLength) {
  Sender sender(1);
  Receiver receiver(1);
  SeededRandom random(7);
  std::array<std::uint8_t, kMaxMediaPacket> out;
  std::array<std::uint8_t, 1024> opened;
  for (std::size_t size = 0; size <= kMaxMediaInner; ++size) {
    Bytes inner(size);
    random.fill(inner);
    const auto sealed = sender.sealer.seal(kStart, inner, out);
    ASSERT_TRUE(sealed);
    const auto result = receiver.opener.open(kStart, ByteView(out).first(*sealed), opened);
    ASSERT_TRUE(result) << size;
    EXPECT_EQ(toBytes(ByteView(opened).first(result->size)), inner);
    EXPECT_EQ(result->counter, size);
  }
  EXPECT_EQ(sender.sealer.seal(kStart, Bytes(kMaxMediaInner + 1), out).error(),
            MediaSealError::TooLong);
}

TEST(MediaSeal, everyFlippedBitAndEveryTruncationIsRefused) {
  Sender sender(2);
  const Bytes packet = sender.packet(kStart);
  for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
    Receiver receiver(2);
    Bytes changed = packet;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(receiver.open(kStart, changed)) << bit;
    EXPECT_TRUE(receiver.open(kStart, packet));
  }
  Receiver receiver(2);
  for (std::size_t size = 0; size < packet.size(); ++size) {
    EXPECT_FALSE(receiver.open(kStart, ByteView(packet).first(size)));
  }
}

// keys.md section 15
TEST(MediaSeal, nonce_never_repeats) {
  // A million packets over five epochs with refused calls between them: each (epoch, counter) once.
  Sender sender(3);
  std::uint64_t expected = 0;
  std::set<std::uint32_t> epochs;
  std::array<std::uint8_t, kMaxMediaPacket> out;
  const Bytes inner(20);
  TimePoint now = kStart;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    now += 3ms;
    if (i % 1000 == 0) {
      EXPECT_FALSE(sender.sealer.seal(now, Bytes(2000), out));
      EXPECT_FALSE(sender.sealer.seal(now, inner, MutableByteView(out).first(10)));
      // What a refused call wrote must not have been sealed under a counter used later.
    }
    const std::uint32_t epochBefore = sender.sealer.epoch();
    ASSERT_EQ(sender.sealer.nextCounter(), expected);
    const auto size = sender.sealer.seal(now, inner, out);
    ASSERT_TRUE(size);
    ASSERT_GE(sender.sealer.epoch(), epochBefore);
    ASSERT_EQ(readU16(out.data() + 2), static_cast<std::uint16_t>(expected));
    epochs.insert(sender.sealer.epoch());
    ++expected;
  }
  EXPECT_EQ(epochs.size(), 6U);
}

TEST(MediaSeal, stopsAtTheHardLimit) {
  MediaSealer sealer(kStart, chainOf(4), 0, kMaxMediaPackets - 1);
  std::array<std::uint8_t, kMaxMediaPacket> out;
  EXPECT_TRUE(sealer.seal(kStart, {}, out));
  EXPECT_EQ(sealer.seal(kStart, {}, out).error(), MediaSealError::Exhausted);
}

// keys.md section 15
TEST(MediaSeal, counter_wrap_loss) {
  // 32 000 packets lost around each multiple of 2^16, four times: the next one still opens.
  Sender sender(5);
  Receiver receiver(5);
  std::uint64_t sent = 0;
  TimePoint now = kStart;
  std::array<std::uint8_t, kMaxMediaPacket> out;
  const auto skip = [&](std::uint64_t count) {
    for (; count > 0; --count, ++sent) ASSERT_TRUE(sender.sealer.seal(now, {}, out));
  };
  const auto deliver = [&] {
    const Bytes packet = sender.packet(now);
    const auto opened = receiver.open(now, packet);
    ASSERT_TRUE(opened) << toString(opened.error()) << " at " << sent;
    EXPECT_EQ(opened->counter, sent);
    ++sent;
  };
  for (std::uint64_t wrap = 1; wrap <= 4; ++wrap) {
    while (sent < wrap * 65536 - 16000) deliver();
    skip(32000);
    deliver();
  }
}

TEST(MediaSeal, anOutageOf32767PacketsIsBridgedAnywhere) {
  for (const std::uint64_t at : {0ULL, 1ULL, 32768ULL, 65535ULL, 1099511627776ULL}) {
    EXPECT_EQ(expandCounter(at, static_cast<std::uint16_t>(at + 32767)), at + 32767);
    EXPECT_EQ(expandCounter(at, static_cast<std::uint16_t>(at + 1)), at + 1);
    if (at > 1023) {
      EXPECT_EQ(expandCounter(at, static_cast<std::uint16_t>(at - 1023)), at - 1023);
    }
  }
}

// keys.md section 15, the part without paths
TEST(MediaSeal, media_replay_reorder_two_paths) {
  Sender sender(6);
  Receiver receiver(6);
  std::deque<Bytes> slowPath;
  std::set<std::uint64_t> seen;
  TimePoint now = kStart;
  SeededRandom random(6);
  for (int i = 0; i < 2000; ++i) {
    now += kPacketTime;
    slowPath.push_back(sender.packet(now));
    const auto opened = receiver.open(now, slowPath.back());
    ASSERT_TRUE(opened);
    EXPECT_TRUE(seen.insert(opened->counter).second);
    // The second path is 5 s late and repeats everything, sometimes twice.
    if (slowPath.size() > 250) {
      EXPECT_EQ(receiver.open(now, slowPath.front()).error(), MediaOpenError::Replayed);
      if (random.below(2) == 0) slowPath.pop_front();
    }
    if (slowPath.size() > 600) slowPath.erase(slowPath.begin(), slowPath.begin() + 200);
  }
}

TEST(MediaSeal, reorderingInsideTheWindowOpensOnceAndBehindItNever) {
  Sender sender(7);
  Receiver receiver(7);
  std::vector<Bytes> packets;
  for (int i = 0; i < 2048; ++i) packets.push_back(sender.packet(kStart));
  EXPECT_TRUE(receiver.open(kStart, packets[1500]));
  EXPECT_EQ(receiver.open(kStart, packets[1500 - 1024]).error(), MediaOpenError::TooOld);
  for (std::size_t i = 1499; i > 1500 - 1024; --i)
    EXPECT_TRUE(receiver.open(kStart, packets[i])) << i;
  for (std::size_t i = 1500 - 1023; i <= 1500; ++i) {
    EXPECT_EQ(receiver.open(kStart, packets[i]).error(), MediaOpenError::Replayed) << i;
  }
  EXPECT_TRUE(receiver.open(kStart, packets[2047]));
  EXPECT_TRUE(receiver.open(kStart, packets[1501]));
}

// keys.md section 15
TEST(MediaSeal, epoch_step_under_loss) {
  Sender sender(8);
  Receiver receiver(8);
  TimePoint now = kStart;
  SeededRandom random(8);
  // Forged packets with every epoch byte cost at most four derivations, once, and change nothing.
  for (int round = 0; round < 3; ++round) {
    for (int byte = 0; byte < 256; ++byte) {
      Bytes forged(kMinMediaPacket);
      random.fill(forged);
      forged[0] = kMediaVersionByte;
      forged[1] = static_cast<std::uint8_t>(byte);
      EXPECT_FALSE(receiver.open(now, forged));
    }
  }
  EXPECT_EQ(receiver.opener.derivations(), 4U);
  EXPECT_EQ(receiver.opener.epoch(), 0U);
  // An hour with 30 % loss and everything lost for a minute around each step: no packet that
  // arrives fails.
  for (Duration t{}; t < 1h; t += 100ms) {
    now = kStart + t;
    const Bytes packet = sender.packet(now);
    const auto intoEpoch = t % kEpochLength;
    const bool lost = random.below(10) < 3 || intoEpoch < 30s || intoEpoch > kEpochLength - 30s;
    if (lost) continue;
    const auto opened = receiver.open(now, packet);
    ASSERT_TRUE(opened) << toString(opened.error());
    EXPECT_EQ(opened->epoch, sender.sealer.epoch());
  }
  EXPECT_EQ(receiver.opener.epoch(), 5U);
  EXPECT_LE(receiver.opener.derivations(), 9U);
}

TEST(MediaSeal, thePreviousEpochOpensForTenSeconds) {
  Sender sender(9);
  Receiver receiver(9);
  const Bytes first = sender.packet(kStart);
  const Bytes late = sender.packet(kStart + 599s);
  const Bytes later = sender.packet(kStart + 599s);
  const Bytes next = sender.packet(kStart + 600s);
  EXPECT_EQ(next[1], 1);
  EXPECT_TRUE(receiver.open(kStart, first));
  EXPECT_TRUE(receiver.open(kStart + 600s, next));
  EXPECT_TRUE(receiver.open(kStart + 609s, late));
  EXPECT_EQ(receiver.open(kStart + 610s, later).error(), MediaOpenError::UnknownEpoch);
}

TEST(MediaSeal, aLongSilenceStepsOneEpochAPacket) {
  Sender sender(10);
  Receiver receiver(10);
  EXPECT_TRUE(receiver.open(kStart, sender.packet(kStart)));
  const Bytes packet = sender.packet(kStart + 3h);
  EXPECT_EQ(packet[1], 1);
  EXPECT_TRUE(receiver.open(kStart + 3h, packet));
}

TEST(MediaSeal, fourLostEpochsAreFollowedFiveAreNot) {
  for (const int lost : {4, 5}) {
    Sender sender(11);
    Receiver receiver(11);
    EXPECT_TRUE(receiver.open(kStart, sender.packet(kStart)));
    Bytes packet;
    for (int i = 1; i <= lost; ++i) packet = sender.packet(kStart + i * kEpochLength);
    EXPECT_EQ(receiver.open(kStart, packet).has_value(), lost == 4);
  }
}

// keys.md section 15, the part of the sealer
TEST(MediaSeal, sizes_do_not_follow_speech) {
  Sender sender(12);
  SeededRandom random(12);
  TimePoint now = kStart;
  EXPECT_EQ(sender.packet(now, 90).size(), kMediaHeaderSize + 96 + kTagSize);
  for (int i = 0; i < 3000; ++i) {
    now += kPacketTime;
    EXPECT_EQ(sender.packet(now, random.below(96)).size(), kMediaHeaderSize + 96 + kTagSize);
  }
  // A larger packet raises it at once; it falls only after being told, and once.
  EXPECT_EQ(sender.packet(now, 100).size(), kMediaHeaderSize + 128 + kTagSize);
  EXPECT_EQ(sender.packet(now, 20).size(), kMediaHeaderSize + 128 + kTagSize);
  sender.sealer.allowSmallerBucket();
  EXPECT_EQ(sender.packet(now, 100).size(), kMediaHeaderSize + 128 + kTagSize);
  EXPECT_EQ(sender.packet(now, 50).size(), kMediaHeaderSize + 64 + kTagSize);
  EXPECT_EQ(sender.packet(now, 20).size(), kMediaHeaderSize + 64 + kTagSize);
}

// Sent by the clock: its size says nothing about speech, and speech goes on in its own bucket.
TEST(MediaSeal, aTimedPacketHasItsOwnSize) {
  Sender sender(12);
  EXPECT_EQ(sender.packet(kStart, 90).size(), kMediaHeaderSize + 96 + kTagSize);
  Bytes out(kMaxMediaPacket);
  const auto timed = sender.sealer.seal(kStart, Bytes(33), out, MediaSealer::Kind::Timed);
  ASSERT_TRUE(timed);
  EXPECT_EQ(*timed, kMediaHeaderSize + 48 + kTagSize);
  EXPECT_EQ(sender.sealer.bucket(), 96U);
  EXPECT_EQ(sender.packet(kStart, 20).size(), kMediaHeaderSize + 96 + kTagSize);
}

TEST(MediaSeal, anAuthenticPacketWithoutEndMarkIsCountedAsSeenAndRefused) {
  const SecretKey chain = chainOf(13);
  Bytes packet(kMinMediaPacket);
  packet[0] = kMediaVersionByte;
  aeadSeal(expand(chain, "foyer/1 media key"), 0, ByteView(packet).first(4), Bytes(24),
           MutableByteView(packet).subspan(4));
  Receiver receiver(13);
  EXPECT_EQ(receiver.open(kStart, packet).error(), MediaOpenError::BadPadding);
  EXPECT_EQ(receiver.open(kStart, packet).error(), MediaOpenError::Replayed);
}

}  // namespace
}  // namespace foyer::crypto
