#include "core/media/wav.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"

namespace foyer::media {
namespace {

void le(Bytes& to, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Bytes wav(std::uint16_t format, std::uint16_t channels, std::uint32_t rate, std::uint16_t bits,
          const std::vector<std::int16_t>& samples, bool hasExtraChunk = false) {
  Bytes out;
  append(out, viewOf("RIFF"));
  le(out, static_cast<std::uint32_t>(36 + samples.size() * 2), 4);
  append(out, viewOf("WAVE"));
  if (hasExtraChunk) {
    append(out, viewOf("LIST"));
    le(out, 3, 4);
    append(out, viewOf("abc"));
    out.push_back(0);  // pad
  }
  append(out, viewOf("fmt "));
  le(out, 16, 4);
  le(out, format, 2);
  le(out, channels, 2);
  le(out, rate, 4);
  le(out, rate * channels * bits / 8, 4);
  le(out, static_cast<std::uint32_t>(channels * bits / 8), 2);
  le(out, bits, 2);
  append(out, viewOf("data"));
  le(out, static_cast<std::uint32_t>(samples.size() * 2), 4);
  for (const std::int16_t s : samples) le(out, static_cast<std::uint16_t>(s), 2);
  return out;
}

std::vector<std::int16_t> sine(double hertz, std::uint32_t rate, std::size_t n) {
  std::vector<std::int16_t> pcm(n);
  for (std::size_t i = 0; i < n; ++i)
    pcm[i] = static_cast<std::int16_t>(
        10'000 * std::sin(2 * 3.14159265358979 * hertz * static_cast<double>(i) / rate));
  return pcm;
}

TEST(Wav, ownFilesComeBackAsTheyWere) {
  SeededRandom random(1);
  std::vector<std::int16_t> samples(1'000);
  for (std::int16_t& s : samples) s = static_cast<std::int16_t>(random.next());
  const Bytes file = makeWav48kMono(samples);
  EXPECT_EQ(file.size(), kWavHeaderBytes + 2'000);
  const auto parsed = parseWav(file);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->samples, samples);
  EXPECT_EQ(parsed->sourceRate, 48'000U);
  EXPECT_EQ(parsed->sourceChannels, 1);
  EXPECT_EQ(wavHeader48kMono(2'000), Bytes(file.begin(), file.begin() + 44));
}

TEST(Wav, channelsAreMixed) {
  const auto parsed =
      parseWav(wav(1, 2, 48'000, 16, {100, 300, -32'768, -32'768, 32'767, -32'767}));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->samples, (std::vector<std::int16_t>{200, -32'768, 0}));
}

TEST(Wav, otherRatesAreConvertedWithoutOtherTones) {
  for (const std::uint32_t rate : {8'000U, 16'000U, 22'050U, 24'000U, 44'100U, 44'101U, 96'000U}) {
    const auto parsed = parseWav(wav(1, 1, rate, 16, sine(440, rate, rate)));
    ASSERT_TRUE(parsed) << rate;
    ASSERT_NEAR(static_cast<double>(parsed->samples.size()), 48'000, 2) << rate;
    const auto wanted = sine(440, 48'000, 48'000);
    double error = 0;
    double energy = 0;
    for (std::size_t i = 2'000; i < 40'000; ++i) {
      error += std::pow(parsed->samples[i] - wanted[i], 2);
      energy += std::pow(wanted[i], 2);
    }
    EXPECT_GT(10 * std::log10(energy / error), 55) << rate;
  }
}

TEST(Wav, tonesAboveTheNewBandAreRemoved) {
  const auto pcm = resample(sine(30'000, 96'000, 96'000), 96'000, 48'000);
  int loudest = 0;
  for (std::size_t i = 1'000; i < 40'000; ++i) loudest = std::max(loudest, std::abs(pcm[i]));
  EXPECT_LT(loudest, 30);
}

TEST(Wav, unknownChunksAreSkippedAndACutFileIsReadToItsEnd) {
  Bytes file = wav(1, 1, 48'000, 16, {1, 2, 3, 4}, true);
  EXPECT_EQ(parseWav(file)->samples, (std::vector<std::int16_t>{1, 2, 3, 4}));
  file.resize(file.size() - 3);
  EXPECT_EQ(parseWav(file)->samples, (std::vector<std::int16_t>{1, 2}));
}

TEST(Wav, whatCannotBeReadIsNamed) {
  const std::vector<std::int16_t> some{1, 2};
  struct Row {
    Bytes file;
    WavError expected;
  };
  Bytes noData = wav(1, 1, 48'000, 16, some);
  noData.resize(36);
  Bytes dataFirst = wavHeader48kMono(4);
  dataFirst[12] = 'x';
  const Row rows[] = {
      {{}, WavError::NotWave},
      {toBytes(viewOf("RIFFxxxxWAVX")), WavError::NotWave},
      {toBytes(viewOf("RIFFxxxxWAVE")), WavError::BadFormat},
      {dataFirst, WavError::BadFormat},
      {wav(3, 1, 48'000, 16, some), WavError::NotPcm16},
      {wav(1, 1, 48'000, 24, some), WavError::NotPcm16},
      {wav(1, 1, 3'999, 16, some), WavError::BadRate},
      {wav(1, 1, 192'001, 16, some), WavError::BadRate},
      {wav(1, 0, 48'000, 16, some), WavError::BadChannels},
      {wav(1, 9, 48'000, 16, some), WavError::BadChannels},
      {wav(1, 1, 48'000, 16, {}), WavError::NoData},
      {noData, WavError::NoData},
      {wav(1, 1, 4'000, 16, std::vector<std::int16_t>(kMaxWavSamples / 12 + 1)), WavError::TooLong},
  };
  for (const Row& row : rows) {
    const auto parsed = parseWav(row.file);
    ASSERT_FALSE(parsed) << toString(row.expected);
    EXPECT_STREQ(toString(parsed.error()), toString(row.expected));
  }
}

TEST(Wav, cutAndFlippedFilesNeverCrash) {
  const Bytes file = wav(1, 2, 44'100, 16, sine(500, 44'100, 200), true);
  for (std::size_t n = 0; n <= file.size(); ++n) (void)parseWav({file.data(), n});
  for (std::size_t i = 0; i < 60; ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes flipped = file;
      flipped[i] ^= static_cast<std::uint8_t>(1 << bit);
      (void)parseWav(flipped);
    }
  }
}

}  // namespace
}  // namespace foyer::media
