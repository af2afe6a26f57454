#include "core/media/codec.h"

#include <gtest/gtest.h>
#include <opus.h>

#include <algorithm>
#include <functional>

#include "bench/speech/estoi.h"
#include "bench/speech/spectral_distance.h"
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

// Sizes must not follow speech (docs/keys.md), whatever the packet time and the redundancy.
TEST(OpusCodec, sizesAreConstantForEveryTimeRateAndRedundancy) {
  const auto speech = test::clip("clip_a.wav");
  for (int code = static_cast<int>(wire::PacketTime::Ms10);
       code <= static_cast<int>(wire::PacketTime::Ms120); ++code) {
    const auto time = static_cast<wire::PacketTime>(code);
    const std::size_t samples = frameSamples(time);
    for (const int bitrate : {6'000, 9'800, 10'200, 16'000, 23'600, 32'000, 64'000}) {
      for (const int redundancy : {0, 1, 2, 3}) {
        const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
        const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
        encoder->configure({.time = time,
                            .bitrateBps = bitrate,
                            .inBandFec = (redundancy & 1) != 0,
                            .expectedLossPercent = 20,
                            .dred = (redundancy & 2) != 0 ? 400ms : 0ms});
        std::vector<std::int16_t> out(samples);
        std::array<std::uint8_t, kMaxFrameBytes> bytes;
        const std::size_t expected =
            std::max<std::size_t>(static_cast<std::size_t>(bitrate) * samples / 384'000, 8);
        for (std::size_t at = 0; at + samples <= 28'800; at += samples) {
          const std::size_t size = encoder->encode({speech.data() + 48'000 + at, samples}, bytes);
          ASSERT_EQ(size, std::min<std::size_t>(expected, kMaxFrameBytes))
              << code << " " << bitrate << " " << redundancy << " at " << at;
          ASSERT_TRUE(decoder->decode({bytes.data(), size}, out));
        }
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

// SILK wideband is what NoLACE repairs; libopus alone falls to narrowband when it hears of loss.
TEST(OpusCodec, theMiddleRatesAreWidebandWhateverIsLost) {
  const auto speech = test::clip("clip_a.wav");
  for (const int bitrate : {8'500, 10'600, 16'000}) {
    for (const int loss : {0, 10, 40}) {
      const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
      encoder->configure(
          {.bitrateBps = bitrate, .inBandFec = bitrate == 16'000, .expectedLossPercent = loss});
      std::array<std::uint8_t, kMaxFrameBytes> bytes;
      for (std::size_t n = 0; n < 100; ++n) {
        ASSERT_GT(encoder->encode({speech.data() + n * 960, 960}, bytes), 0U);
        // RFC 6716 section 3.1: configurations 8 to 11 are SILK, wideband.
        const int configuration = bytes[0] >> 3;
        ASSERT_TRUE(configuration >= 8 && configuration <= 11)
            << configuration << " at " << bitrate << " with " << loss << " % lost";
      }
    }
  }
}

TEST(OpusCodec, pausesAreLeftOutOnRequestAndSoundLikeTheRoom) {
  // A second of speech, then five of a quiet room.
  auto sound = test::clip("clip_a.wav");
  sound.resize(6 * 48'000);
  SeededRandom random(2);
  for (std::size_t i = 48'000; i < sound.size(); ++i)
    sound[i] = static_cast<std::int16_t>(static_cast<int>(random.below(121)) - 60);
  const int room = levelDbfs({sound.data() + 96'000, 48'000});
  for (const bool isDtx : {false, true}) {
    for (const int bitrate : {10'600, 23'600}) {
      const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
      const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
      encoder->configure(
          {.bitrateBps = bitrate, .inBandFec = false, .expectedLossPercent = 0, .isDtx = isDtx});
      std::array<std::uint8_t, kMaxFrameBytes> bytes;
      std::vector<std::int16_t> heard(sound.size());
      int small = 0;
      for (std::size_t at = 0; at < sound.size(); at += 960) {
        const std::size_t size = encoder->encode({sound.data() + at, 960}, bytes);
        ASSERT_GT(size, 0U);
        ASSERT_TRUE(decoder->decode({bytes.data(), size}, {heard.data() + at, 960}));
        if (at >= 96'000 && size <= 2) ++small;
      }
      if (!isDtx) {
        EXPECT_EQ(small, 0);
        continue;
      }
      EXPECT_GT(small, 120) << "of 200, at " << bitrate;
      EXPECT_NEAR(levelDbfs({heard.data() + 5 * 48'000, 48'000}), room, 12) << bitrate;
    }
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

// Frames of 20 ms; three of every ten are lost, and made up for by `recover`.
std::vector<std::int16_t> withThreeLost(
    const std::vector<std::vector<std::uint8_t>>& frames, Decoder& decoder,
    const std::function<void(const std::vector<std::uint8_t>& next, int missing,
                             std::span<std::int16_t> out)>& recover) {
  std::vector<std::int16_t> heard(frames.size() * 960);
  for (std::size_t n = 0; n < frames.size(); ++n) {
    const std::span<std::int16_t> out(heard.data() + n * 960, 960);
    const std::size_t place = n % 10;
    if (place >= 6 && place <= 8 && n + 9 - place < frames.size())
      recover(frames[n + 9 - place], static_cast<int>(9 - place), out);
    else
      EXPECT_TRUE(decoder.decode(frames[n], out));
  }
  return heard;
}

TEST(OpusCodec, deepRedundancyTellsWhatThreeLostFramesWere) {
  const auto speech = test::clip("clip_a.wav");
  const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
  encoder->configure(
      {.bitrateBps = 32'000, .inBandFec = false, .expectedLossPercent = 30, .dred = 200ms});
  std::vector<std::vector<std::uint8_t>> frames;
  std::array<std::uint8_t, kMaxFrameBytes> bytes;
  for (std::size_t at = 0; at + 960 <= speech.size(); at += 960) {
    const std::size_t size = encoder->encode({speech.data() + at, 960}, bytes);
    ASSERT_EQ(size, 80U) << "the budget is kept";
    frames.emplace_back(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
  }
  std::vector<std::int16_t> whole(frames.size() * 960);
  const auto intact = kOpus.makeDecoder(wire::CodecId::Opus);
  for (std::size_t n = 0; n < frames.size(); ++n)
    ASSERT_TRUE(intact->decode(frames[n], {whole.data() + n * 960, 960}));

  const auto guessing = kOpus.makeDecoder(wire::CodecId::Opus);
  const auto guessed =
      withThreeLost(frames, *guessing,
                    [&](const auto&, int, std::span<std::int16_t> out) { guessing->conceal(out); });
  int told = 0;
  const auto knowing = kOpus.makeDecoder(wire::CodecId::Opus);
  const auto recovered = withThreeLost(
      frames, *knowing, [&](const auto& next, int missing, std::span<std::int16_t> out) {
        if (knowing->dredSamplesBefore(next) >= missing * 960 &&
            knowing->decodeDred(missing * 960, out)) {
          ++told;
          return;
        }
        knowing->conceal(out);
      });
  if (!opusFeatures().dred) {
    EXPECT_EQ(told, 0);
    EXPECT_EQ(knowing->dredSamplesBefore(frames[50]), 0);
    return;
  }
  EXPECT_GT(told, 100) << "of 150; pauses are not described";
  EXPECT_GT(knowing->dredSamplesBefore(frames[50]), 3 * 960);
  // Further back than described, or beyond the frame itself: no.
  std::vector<std::int16_t> out(960);
  EXPECT_FALSE(knowing->decodeDred(48'000 * 2, out));
  EXPECT_FALSE(knowing->decodeDred(480, out));
  const double byGuess = speech::logSpectralDistance(whole, guessed, speech::kWidebandHz);
  const double byDred = speech::logSpectralDistance(whole, recovered, speech::kWidebandHz);
  EXPECT_LT(byDred, byGuess * 0.85);
  EXPECT_GT(speech::estoi(speech, recovered), speech::estoi(speech, guessed) + 0.05);
}

TEST(OpusCodec, saysWhatTheLibraryCan) {
  const OpusFeatures& features = opusFeatures();
  EXPECT_NE(std::string(features.version).find("libopus"), std::string::npos);
  // NoLACE needs the same models as deep concealment.
  if (features.osce) {
    EXPECT_TRUE(features.deepPlc);
  }
}

// docs/adr/0029: what the codec decodes is what libopus decodes at one complexity; which one, by
// the kind of packet.
std::vector<std::int16_t> decodedByLibrary(int complexity,
                                           const std::vector<std::vector<std::uint8_t>>& packets) {
  int error = OPUS_OK;
  const std::unique_ptr<OpusDecoder, decltype(&opus_decoder_destroy)> decoder(
      opus_decoder_create(static_cast<opus_int32>(kSampleRate), 1, &error), opus_decoder_destroy);
  opus_decoder_ctl(decoder.get(), OPUS_SET_COMPLEXITY(complexity));
  std::vector<std::int16_t> sound(packets.size() * 960);
  for (std::size_t i = 0; i < packets.size(); ++i)
    EXPECT_EQ(opus_decode(decoder.get(), packets[i].data(),
                          static_cast<opus_int32>(packets[i].size()), &sound[i * 960], 960, 0),
              960);
  return sound;
}

TEST(OpusCodec, widebandIsEnhancedAndFullBandIsNot) {
  if (!opusFeatures().osce) GTEST_SKIP() << "this libopus has no NoLACE";
  const auto speech = test::clip("clip_a.wav");
  for (const auto& [bitrate, complexity] : {std::pair{16'000, 7}, {32'000, 5}, {64'000, 5}}) {
    const auto encoder = kOpus.makeEncoder(wire::CodecId::Opus);
    const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
    encoder->configure({.bitrateBps = bitrate});
    std::vector<std::vector<std::uint8_t>> packets;
    std::vector<std::int16_t> heard;
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    std::array<std::int16_t, 960> out;
    for (std::size_t at = 0; at + 960 <= speech.size() && packets.size() < 100; at += 960) {
      const std::size_t size = encoder->encode({speech.data() + at, 960}, bytes);
      packets.emplace_back(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
      ASSERT_TRUE(decoder->decode({bytes.data(), size}, out));
      heard.insert(heard.end(), out.begin(), out.end());
    }
    EXPECT_EQ(heard, decodedByLibrary(complexity, packets)) << bitrate;
    EXPECT_NE(heard, decodedByLibrary(complexity == 7 ? 5 : 7, packets)) << bitrate;
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
