#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/media/resampler.h"
#include "core/wire/media_packet.h"
#include "core/wire/tiers.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

using wire::CodecId;
using wire::PacketTime;

const VoiceCodecFactory kCodecs;

struct Mode {
  CodecId codec;
  PacketTime shortest;
  std::size_t bytes;  // of that
};
constexpr Mode kModes[] = {{CodecId::Codec2_1200, PacketTime::Ms40, 6},
                           {CodecId::Codec2_3200, PacketTime::Ms20, 8}};

// A voice of `pitch` Hz whose loudness swings `swing` times a second.
std::vector<std::int16_t> voice(double pitch, double swing, double seconds) {
  std::vector<std::int16_t> pcm(static_cast<std::size_t>(seconds * 48000));
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    const double t = static_cast<double>(i) / 48000;
    double s = 0;
    for (int h = 1; h <= 20; ++h) s += std::sin(2 * M_PI * pitch * h * t) / h;
    pcm[i] = static_cast<std::int16_t>(5000 * s * (0.55 + 0.45 * std::sin(2 * M_PI * swing * t)));
  }
  return pcm;
}

std::vector<std::int16_t> throughCodec(const Mode& mode, PacketTime time,
                                       const std::vector<std::int16_t>& pcm) {
  const auto encoder = kCodecs.makeEncoder(mode.codec);
  const auto decoder = kCodecs.makeDecoder(mode.codec);
  encoder->configure({.codec = mode.codec, .time = time});
  const std::size_t samples = frameSamples(time);
  std::vector<std::int16_t> out(pcm.size() / samples * samples);
  std::array<std::uint8_t, kMaxFrameBytes> bytes;
  for (std::size_t at = 0; at < out.size(); at += samples) {
    const std::size_t size = encoder->encode({pcm.data() + at, samples}, bytes);
    EXPECT_TRUE(decoder->decode({bytes.data(), size}, {out.data() + at, samples}));
  }
  return out;
}

// Root mean square of each 5 ms.
std::vector<double> loudness(std::span<const std::int16_t> pcm) {
  std::vector<double> levels(pcm.size() / 240);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < 240; ++k) sum += std::pow(pcm[i * 240 + k], 2);
    levels[i] = std::sqrt(sum / 240);
  }
  return levels;
}

// Likeness of two courses of loudness, `lag` steps of 5 ms apart; 1 = the same.
double likeness(const std::vector<double>& a, const std::vector<double>& b, std::size_t lag) {
  const std::size_t count = std::min(a.size(), b.size()) - lag;
  double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < count; ++i) ma += a[i], mb += b[i + lag];
  ma /= static_cast<double>(count), mb /= static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double x = a[i] - ma, y = b[i + lag] - mb;
    ab += x * y, aa += x * x, bb += y * y;
  }
  return ab / std::sqrt(aa * bb + 1);
}

TEST(Codec2, takesThePacketTimesThatAreWholeFrames) {
  for (const Mode& mode : kModes) {
    const std::size_t shortest = frameSamples(mode.shortest);
    for (int code = 0; code <= static_cast<int>(PacketTime::Ms120); ++code) {
      const auto time = static_cast<PacketTime>(code);
      const auto encoder = kCodecs.makeEncoder(mode.codec);
      const auto decoder = kCodecs.makeDecoder(mode.codec);
      encoder->configure({.codec = mode.codec, .time = time});
      std::vector<std::int16_t> pcm(frameSamples(time), 100);
      std::array<std::uint8_t, kMaxFrameBytes> bytes{};
      const bool isWhole = pcm.size() % shortest == 0;
      const std::size_t size = encoder->encode(pcm, bytes);
      EXPECT_EQ(size, isWhole ? mode.bytes * (pcm.size() / shortest) : 0) << code;
      EXPECT_EQ(decoder->decode({bytes.data(), std::max<std::size_t>(size, 6)}, pcm), isWhole);
      EXPECT_EQ(encoder->encode(pcm, MutableByteView(bytes).first(size - (size > 0 ? 1 : 0))), 0U)
          << "no room";
    }
  }
}

TEST(Codec2, theTiersHaveTheFrameSizesOfTheWireTable) {
  int tiers = 0;
  for (const wire::TierInfo& tier : wire::tierTable()) {
    if (tier.codec != CodecId::Codec2_1200 && tier.codec != CodecId::Codec2_3200) continue;
    const auto encoder = kCodecs.makeEncoder(tier.codec);
    ASSERT_TRUE(encoder);
    const std::vector<std::int16_t> pcm(frameSamples(tier.packetTime), 100);
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    EXPECT_EQ(encoder->codec(), tier.codec);
    EXPECT_EQ(encoder->encode(pcm, bytes), tier.frameBytes) << tier.name;
    ++tiers;
  }
  EXPECT_EQ(tiers, 2);
}

TEST(Codec2, speechKeepsItsRhythmAndLoudness) {
  const auto speech = test::clip("clip_b.wav");
  for (const Mode& mode : kModes) {
    const auto out = throughCodec(mode, mode.shortest, speech);
    EXPECT_GT(likeness(loudness(speech), loudness(out), 6), 0.75) << toString(mode.codec);
    EXPECT_NEAR(levelDbfs(speech), levelDbfs(out), 4) << toString(mode.codec);
  }
}

TEST(Codec2, longPacketsSoundAsShortOnesDo) {
  const auto speech = test::clip("clip_b.wav");
  for (const Mode& mode : kModes) {
    const auto one = loudness(throughCodec(mode, mode.shortest, speech));
    const auto three = loudness(throughCodec(mode, PacketTime::Ms120, speech));
    EXPECT_GT(likeness(one, three, 0), 0.98) << toString(mode.codec);
  }
}

TEST(Codec2, theDelayIsTold) {
  const auto spoken = test::clip("clip_a.wav");
  for (const Mode& mode : kModes) {
    const auto heard = throughCodec(mode, mode.shortest, spoken);
    const auto a = loudness(spoken), b = loudness(heard);
    std::size_t best = 0;
    for (std::size_t lag = 1; lag < 40; ++lag)
      if (likeness(a, b, lag) > likeness(a, b, best)) best = lag;
    const auto encoder = kCodecs.makeEncoder(mode.codec);
    EXPECT_NEAR(static_cast<double>(best) * 5, encoder->lookaheadSamples() / 48.0, 6)
        << toString(mode.codec);
  }
}

// What wire::silenceFrame makes; the codec itself would roar.
TEST(Codec2, aFrameOfZerosIsSilenceWithoutAClick) {
  for (const Mode& mode : kModes) {
    const std::size_t samples = frameSamples(mode.shortest);
    const auto spoken = voice(125, 0, 1);
    const auto encoder = kCodecs.makeEncoder(mode.codec);
    const auto decoder = kCodecs.makeDecoder(mode.codec);
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    std::vector<std::int16_t> heard;
    std::vector<std::int16_t> out(samples);
    const auto speak = [&] {
      for (std::size_t at = 0; at + samples <= spoken.size(); at += samples) {
        const std::size_t size = encoder->encode({spoken.data() + at, samples}, bytes);
        ASSERT_TRUE(decoder->decode({bytes.data(), size}, out));
        heard.insert(heard.end(), out.begin(), out.end());
      }
    };
    speak();
    const int own = test::largestStep(heard);
    Bytes frame(mode.bytes, 0x77);
    wire::silenceFrame(mode.codec, mode.shortest, frame);
    for (int i = 0; i < 10; ++i) {
      ASSERT_TRUE(decoder->decode(frame, out));
      heard.insert(heard.end(), out.begin(), out.end());
      if (i > 1) {
        EXPECT_EQ(std::count(out.begin(), out.end(), 0), static_cast<std::ptrdiff_t>(samples));
      }
    }
    speak();
    EXPECT_LE(test::largestStep(heard), own * 5 / 4) << toString(mode.codec);
  }
}

TEST(Codec2, aLostFrameGoesOnAndFades) {
  for (const Mode& mode : kModes) {
    const auto spoken = voice(125, 0, 1);
    const std::size_t samples = frameSamples(mode.shortest);
    const auto encoder = kCodecs.makeEncoder(mode.codec);
    const auto decoder = kCodecs.makeDecoder(mode.codec);
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    std::vector<std::int16_t> heard;
    std::vector<std::int16_t> out(samples);
    for (std::size_t at = 0; at + samples <= spoken.size(); at += samples) {
      const std::size_t size = encoder->encode({spoken.data() + at, samples}, bytes);
      ASSERT_TRUE(decoder->decode({bytes.data(), size}, out));
      heard.insert(heard.end(), out.begin(), out.end());
    }
    const int own = test::largestStep(heard);
    const int before = levelDbfs({heard.data() + heard.size() - 960, 960});
    std::vector<std::int16_t> block(480);
    std::vector<int> levels;
    for (int i = 0; i < 20; ++i) {
      decoder->conceal(block);
      heard.insert(heard.end(), block.begin(), block.end());
      levels.push_back(levelDbfs(block));
    }
    EXPECT_NEAR(levels[0], before, 3) << toString(mode.codec);
    EXPECT_NEAR(levels[1], before, 3) << toString(mode.codec);
    for (std::size_t i = 3; i < levels.size(); ++i) EXPECT_LE(levels[i], levels[i - 1] + 1);
    EXPECT_LE(levels[13], -90) << toString(mode.codec);
    EXPECT_LE(test::largestStep(heard), own * 5 / 4) << toString(mode.codec);
    // And the voice comes back.
    const std::size_t size = encoder->encode({spoken.data(), samples}, bytes);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(decoder->decode({bytes.data(), size}, out));
    EXPECT_GT(levelDbfs(out), before - 12);
  }
}

TEST(Codec2, anyBytesAndLengthsAreRefusedOrDecoded) {
  SeededRandom random(3);
  std::vector<std::int16_t> out(kMaxFrameSamples);
  for (const Mode& mode : kModes) {
    const auto decoder = kCodecs.makeDecoder(mode.codec);
    for (int i = 0; i < 3000; ++i) {
      const auto time = static_cast<PacketTime>(random.below(9));
      Bytes bytes(random.below(4) == 0
                      ? random.below(60)
                      : mode.bytes * (frameSamples(time) / frameSamples(mode.shortest)));
      random.fill(bytes);
      const bool isWhole =
          !bytes.empty() && frameSamples(time) % frameSamples(mode.shortest) == 0 &&
          bytes.size() * frameSamples(mode.shortest) == mode.bytes * frameSamples(time);
      EXPECT_EQ(decoder->decode(bytes, {out.data(), frameSamples(time)}), isWhole);
      EXPECT_FALSE(decoder->hasCopyOfPrevious(bytes));
      EXPECT_FALSE(decoder->decodeFec(bytes, {out.data(), 960}));
      EXPECT_EQ(decoder->dredSamplesBefore(bytes), 0);
      if (i % 5 == 0) decoder->conceal({out.data(), (1 + random.below(24)) * 120});
      if (i % 50 == 0) decoder->reset();
    }
    // None of it stays: silence is silent, and a voice has its level.
    const auto heard = voice(125, 0, 1);
    const auto encoder = kCodecs.makeEncoder(mode.codec);
    std::array<std::uint8_t, kMaxFrameBytes> bytes;
    const std::size_t samples = frameSamples(mode.shortest);
    for (std::size_t at = 0; at + samples <= heard.size(); at += samples) {
      const std::size_t size = encoder->encode({heard.data() + at, samples}, bytes);
      ASSERT_TRUE(decoder->decode({bytes.data(), size}, {out.data(), samples}));
    }
    EXPECT_NEAR(levelDbfs({out.data(), samples}), levelDbfs(heard), 6) << toString(mode.codec);
    EXPECT_FALSE(decoder->decode({}, {out.data(), samples}));
  }
}

TEST(Resampler, aToneKeepsItsLevelAndIsAsLateAsTold) {
  for (const auto& [from, to] :
       {std::pair{48000, 8000}, {8000, 48000}, {44100, 48000}, {48000, 44100}, {16000, 48000}}) {
    Resampler resampler(from, to);
    ASSERT_TRUE(resampler.isUsable());
    std::vector<std::int16_t> in(static_cast<std::size_t>(from));
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = static_cast<std::int16_t>(10000 *
                                        std::sin(2 * M_PI * 500 * static_cast<double>(i) / from));
    std::vector<std::int16_t> out;
    std::vector<std::int16_t> block(2 * static_cast<std::size_t>(to) / 100);
    for (std::size_t at = 0; at < in.size(); at += in.size() / 100) {
      const std::size_t made = resampler.process({in.data() + at, in.size() / 100}, block);
      out.insert(out.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(made));
    }
    EXPECT_NEAR(static_cast<double>(out.size()), to, 2) << from << " " << to;
    double worst = 0;
    for (std::size_t i = out.size() / 2; i < out.size() - 10; ++i) {
      const double t = static_cast<double>(static_cast<int>(i) - resampler.outputLatency()) / to;
      worst = std::max(worst, std::abs(out[i] - 10000 * std::sin(2 * M_PI * 500 * t)));
    }
    // Half a sample of the told delay is rounded.
    EXPECT_LT(worst, 10000 * 2 * M_PI * 500 * 0.6 / std::min(from, to)) << from << " " << to;
  }
}

TEST(Resampler, whatIsAboveTheNewBandIsGone) {
  Resampler resampler(48000, 8000);
  std::vector<std::int16_t> in(48000);
  for (std::size_t i = 0; i < in.size(); ++i)
    in[i] = static_cast<std::int16_t>(10000 *
                                      std::sin(2 * M_PI * 5500 * static_cast<double>(i) / 48000));
  std::vector<std::int16_t> out(8000);
  ASSERT_EQ(resampler.process(in, out), 8000U);
  EXPECT_LT(levelDbfs({out.data() + 4000, 4000}), levelDbfs(in) - 50);
  resampler.reset();
  EXPECT_EQ(resampler.process({in.data(), 0}, out), 0U);
}

}  // namespace
}  // namespace foyer::media
