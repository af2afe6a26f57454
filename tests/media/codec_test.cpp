#include "core/media/codec.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/wire/media_packet.h"
#include "core/wire/tiers.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

const VoiceCodecFactory kOpus;
const SizedCodecFactory kSized;

TEST(OpusCodec, everyTierHasTheFrameSizeOfTheWireTable) {
  const auto speech = test::clip("clip_a.wav");
  for (const wire::TierInfo& tier : wire::tierTable()) {
    if (tier.codec != wire::CodecId::Opus) continue;
    for (const bool hasFec : {false, true}) {
      const auto encoder = kOpus.makeEncoder(tier.codec);
      const auto decoder = kOpus.makeDecoder(tier.codec);
      ASSERT_TRUE(encoder && decoder);
      encoder->configure({.time = tier.packetTime,
                          .bitrateBps = static_cast<int>(tier.bitrateBps),
                          .inBandFec = hasFec});
      const std::size_t samples = frameSamples(tier.packetTime);
      std::vector<std::int16_t> out(samples);
      std::array<std::uint8_t, kMaxFrameBytes> bytes;
      // Over speech and the silence at the end alike: sizes tell nothing.
      for (std::size_t at = 0; at + samples <= speech.size(); at += samples) {
        const std::size_t size = encoder->encode({speech.data() + at, samples}, bytes);
        ASSERT_EQ(size, tier.frameBytes) << tier.name << " at " << at;
        ASSERT_TRUE(decoder->decode({bytes.data(), size}, out)) << tier.name;
      }
    }
  }
}

// What is sent in place of a voice that must not be heard.
TEST(OpusCodec, aSilenceFrameOfAnySizeAndTimeIsSilence) {
  for (int code = 0; code <= static_cast<int>(wire::PacketTime::Ms120); ++code) {
    const auto time = static_cast<wire::PacketTime>(code);
    for (const std::size_t size : {1, 2, 3, 4, 60, 257, 258, 259, 512, 513, 514, 1000}) {
      // One frame of at most 20 ms is all that a byte or two can name.
      if (size == 1 && time > wire::PacketTime::Ms20) continue;
      const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
      const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
      Bytes frame(size, 0x77);
      wire::silenceFrame(wire::CodecId::Opus, time, frame);
      std::vector<std::int16_t> out(frameSamples(time), 100);
      for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(decoder->decode(frame, out)) << code << " " << size;
        EXPECT_EQ(std::count(out.begin(), out.end(), 0), static_cast<std::ptrdiff_t>(out.size()));
      }
      // After a voice it fades and stays away.
      if (size < 2 + 2 * 6) continue;
      encoder->configure({.time = time, .bitrateBps = 24'000});
      std::vector<std::int16_t> voice(frameSamples(time));
      std::array<std::uint8_t, kMaxFrameBytes> bytes;
      for (int i = 0; i < 20; ++i) {
        for (std::size_t at = 0; at < voice.size(); ++at)
          voice[at] = static_cast<std::int16_t>((at + static_cast<std::size_t>(i)) % 160 * 100);
        ASSERT_TRUE(decoder->decode({bytes.data(), encoder->encode(voice, bytes)}, out));
      }
      for (int i = 0; i < 20; ++i) ASSERT_TRUE(decoder->decode(frame, out)) << code << " " << size;
      EXPECT_LE(*std::max_element(out.begin(), out.end()), 1) << code << " " << size;
      EXPECT_GE(*std::min_element(out.begin(), out.end()), -1) << code << " " << size;
    }
  }
}

TEST(OpusCodec, takesEveryPacketTime) {
  for (int code = 0; code <= static_cast<int>(wire::PacketTime::Ms120); ++code) {
    const auto time = static_cast<wire::PacketTime>(code);
    const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
    const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
    encoder->configure({.time = time, .bitrateBps = 64'000});
    const std::vector<std::int16_t> pcm(frameSamples(time), 100);
    std::vector<std::int16_t> out(pcm.size());
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    const std::size_t size = encoder->encode(pcm, bytes);
    ASSERT_GT(size, 0U) << code;
    EXPECT_TRUE(decoder->decode({bytes.data(), size}, out)) << code;
    std::vector<std::int16_t> wrong(pcm.size() == 960 ? 480 : 960);
    EXPECT_FALSE(decoder->decode({bytes.data(), size}, wrong)) << "a frame of another length";
  }
}

TEST(OpusCodec, settingsOutOfRangeAreClamped) {
  const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
  const std::vector<std::int16_t> pcm(960, 5);
  std::array<std::uint8_t, kMaxFrameBytes> bytes;
  for (const int bad : {-1, 0, 1'000'000'000}) {
    encoder->configure({.bitrateBps = bad, .expectedLossPercent = bad});
    EXPECT_GT(encoder->encode(pcm, bytes), 0U);
  }
}

TEST(OpusCodec, theNextPacketHoldsACopyOfSpeech) {
  const auto speech = test::clip("clip_a.wav");
  const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
  const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
  encoder->configure({});
  std::array<std::uint8_t, kMaxFrameBytes> bytes;
  std::vector<std::int16_t> out(960);
  int copies = 0;
  for (std::size_t n = 0; n < 100; ++n) {
    const std::size_t size = encoder->encode({speech.data() + n * 960, 960}, bytes);
    if (!decoder->hasCopyOfPrevious({bytes.data(), size})) continue;
    ++copies;
    EXPECT_TRUE(decoder->decodeFec({bytes.data(), size}, out));
  }
  EXPECT_GT(copies, 60);
  encoder->configure({.inBandFec = false});
  for (std::size_t n = 100; n < 103; ++n) {
    const std::size_t size = encoder->encode({speech.data() + n * 960, 960}, bytes);
    if (n > 100) {
      EXPECT_FALSE(decoder->hasCopyOfPrevious({bytes.data(), size}));
    }
  }
}

TEST(OpusCodec, rubbishIsRefusedOrDecodedButNeverMore) {
  SeededRandom random(9);
  const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
  std::vector<std::int16_t> out(5760);
  for (int i = 0; i < 3000; ++i) {
    Bytes bytes(random.below(200));
    random.fill(bytes);
    (void)decoder->decode(bytes, {out.data(), 960});
    (void)decoder->hasCopyOfPrevious(bytes);
    if (i % 3 == 0) (void)decoder->decodeFec(bytes, {out.data(), 960});
    if (i % 5 == 0) decoder->conceal({out.data(), 480});
  }
  decoder->reset();
  EXPECT_FALSE(decoder->decode({}, {out.data(), 960}));
  EXPECT_FALSE(decoder->decodeFec({}, {out.data(), 960}));
}

TEST(OpusCodec, saysWhatTheLibraryCan) {
  const OpusFeatures& features = opusFeatures();
  EXPECT_NE(std::string(features.version).find("libopus"), std::string::npos);
  // NoLACE needs the same models as deep concealment.
  if (features.osce) {
    EXPECT_TRUE(features.deepPlc);
  }
}

TEST(VoiceCodecFactory, makesWhatHasSound) {
  using wire::CodecId;
  for (const CodecId codec : {CodecId::Opus, CodecId::Codec2_1200, CodecId::Codec2_3200}) {
    const auto encoder = kOpus.makeEncoder(codec);
    ASSERT_TRUE(encoder);
    EXPECT_EQ(encoder->codec(), codec);
    EXPECT_TRUE(kOpus.makeDecoder(codec));
  }
  for (const CodecId codec : {CodecId::None, CodecId::Sized}) {
    EXPECT_EQ(kOpus.makeEncoder(codec), nullptr);
    EXPECT_EQ(kOpus.makeDecoder(codec), nullptr);
  }
}

TEST(SizedCodec, hasTheSizesOfEveryTier) {
  for (const wire::TierInfo& tier : wire::tierTable()) {
    const auto encoder = kSized.makeEncoder(tier.codec);
    ASSERT_TRUE(encoder) << tier.name;
    encoder->configure({.bitrateBps = static_cast<int>(tier.bitrateBps)});
    const std::vector<std::int16_t> pcm(frameSamples(tier.packetTime));
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    EXPECT_EQ(encoder->encode(pcm, bytes), tier.frameBytes) << tier.name;
    EXPECT_EQ(encoder->codec(), wire::CodecId::Sized);
  }
}

}  // namespace
}  // namespace foyer::media
