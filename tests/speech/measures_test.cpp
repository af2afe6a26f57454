// The measures of bench/speech on the project's own speech: what is known of them from theory
// (identity, level, monotony) and from measurements elsewhere (white noise at 5 dB).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include "bench/speech/alignment.h"
#include "bench/speech/estoi.h"
#include "bench/speech/spectral_distance.h"
#include "bench/speech/spectrum.h"
#include "core/base/random.h"
#include "core/media/wav.h"

namespace foyer::speech {
namespace {

using Pcm = std::vector<std::int16_t>;
constexpr std::size_t kSecond = 48'000;

// Six seconds: measures of a debug build under a sanitizer take their time.
Pcm speechClip(const char* name = "clip_a.wav") {
  std::ifstream file(std::string(FOYER_SOURCE_DIR "/resources/speech/") + name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  auto wav = media::parseWav(viewOf(bytes));
  if (!wav) return {};
  wav->samples.resize(std::min(wav->samples.size(), 6 * kSecond));
  return wav->samples;
}

double power(const Pcm& pcm) {
  double sum = 0;
  for (const std::int16_t s : pcm) sum += double(s) * s;
  return sum / static_cast<double>(pcm.size());
}

Pcm withWhiteNoise(const Pcm& pcm, double snrDb) {
  SeededRandom random(7);
  const double deviation = std::sqrt(power(pcm) * std::pow(10, -snrDb / 10));
  Pcm noisy = pcm;
  for (std::int16_t& s : noisy) {
    double gauss = -6;  // twelve uniform ones make a normal one
    for (int i = 0; i < 12; ++i) gauss += random.unit();
    s = static_cast<std::int16_t>(std::clamp(s + deviation * gauss, -32768.0, 32767.0));
  }
  return noisy;
}

Pcm scaled(const Pcm& pcm, double gain) {
  Pcm out = pcm;
  for (std::int16_t& s : out) s = static_cast<std::int16_t>(std::lround(gain * s));
  return out;
}

TEST(Estoi, identicalSpeechIsOneAtAnyLevel) {
  const Pcm clean = speechClip();
  ASSERT_EQ(clean.size(), 6 * kSecond);
  EXPECT_NEAR(estoi(clean, clean), 1.0, 1e-9);
  EXPECT_NEAR(estoi(clean, scaled(clean, 0.25)), 1.0, 0.01);
}

// Audio notes, section 4: .589 at 5 dB and .817 at 15 dB on other clips.
TEST(Estoi, whiteNoiseIsWhereOthersMeasuredIt) {
  const Pcm clean = speechClip();
  EXPECT_NEAR(estoi(clean, withWhiteNoise(clean, 5)), 0.589, 0.08);
  EXPECT_NEAR(estoi(clean, withWhiteNoise(clean, 15)), 0.817, 0.08);
}

TEST(Estoi, otherSpeechAndNoSpeechAreUnintelligible) {
  const Pcm clean = speechClip();
  EXPECT_LT(estoi(clean, speechClip("clip_b.wav")), 0.2);
  EXPECT_NEAR(estoi(clean, Pcm(clean.size())), 0, 1e-9);
  EXPECT_EQ(estoi(Pcm(clean.size()), clean), 0);
  EXPECT_EQ(estoi({}, {}), 0);
}

TEST(Estoi, gapsCostMoreTheMoreThereAre) {
  const Pcm clean = speechClip();
  double last = 1;
  for (const std::size_t every : {20U, 10U, 5U, 3U}) {
    Pcm holed = clean;
    for (std::size_t frame = 0; frame < holed.size() / 960; frame += every)
      std::fill_n(holed.begin() + static_cast<std::ptrdiff_t>(frame * 960), 960, std::int16_t{0});
    const double now = estoi(clean, holed);
    EXPECT_LT(now, last - 0.01) << "every " << every;
    last = now;
  }
}

TEST(LogSpectralDistance, isZeroForTheSameAndGrowsWithWhatIsTakenAway) {
  const Pcm clean = speechClip();
  EXPECT_EQ(logSpectralDistance(clean, clean, kFullBandHz), 0);
  // Half the level is 6.02 dB in every bin but those that are silence before or after.
  const double half = logSpectralDistance(clean, scaled(clean, 0.5), kWidebandHz);
  EXPECT_GT(half, 4.5);
  EXPECT_LE(half, 6.03);
  EXPECT_GT(logSpectralDistance(clean, withWhiteNoise(clean, 5), kWidebandHz),
            logSpectralDistance(clean, withWhiteNoise(clean, 15), kWidebandHz) + 1);
}

// What was cut off above 8 kHz is seen in the full band and not below.
TEST(LogSpectralDistance, seesLostBandwidthOnlyWhereItLooks) {
  const Pcm clean = withWhiteNoise(speechClip(), 20);
  const Pcm narrow = media::resample(media::resample(clean, 48'000, 16'000), 16'000, 48'000);
  EXPECT_LT(logSpectralDistance(clean, narrow, 7'000), 1);
  EXPECT_GT(logSpectralDistance(clean, narrow, kFullBandHz), 8);
}

TEST(Align, findsADelayThatStepsOnTheWay) {
  const Pcm clean = speechClip();
  Pcm recording(kSecond / 10);  // 100 ms
  const auto at = [&](std::size_t i) { return clean.begin() + static_cast<std::ptrdiff_t>(i); };
  recording.insert(recording.end(), at(0), at(2 * kSecond));
  recording.insert(recording.end(), 1'920, 0);  // 40 ms more
  recording.insert(recording.end(), at(2 * kSecond), at(4 * kSecond));
  recording.insert(recording.end(), at(4 * kSecond + 2'880), clean.end());  // 60 ms less
  const Alignment aligned = align(clean, recording, 110);
  EXPECT_EQ(aligned.begin, 0U);
  EXPECT_NEAR(aligned.delaySpreadMs, 60, 1);
  EXPECT_GT(aligned.found, 0.95);
  const auto covered = std::span(clean).subspan(aligned.begin, aligned.end - aligned.begin);
  ASSERT_EQ(covered.size(), aligned.degraded.size());
  EXPECT_GT(estoi(covered, aligned.degraded), 0.95);
  EXPECT_LT(estoi(clean, std::span(recording).subspan(kSecond / 10)), 0.7);
}

TEST(Align, leavesOutWhatTheRecordingDoesNotHold) {
  const Pcm clean = speechClip();
  const Pcm recording(clean.begin() + kSecond, clean.end() - kSecond);
  const Alignment aligned = align(clean, recording, -1000);
  EXPECT_NEAR(aligned.delayMs, -1000, 0.2);
  EXPECT_EQ(aligned.begin, kSecond);
  EXPECT_EQ(aligned.end, clean.size() - kSecond);
  const auto covered = std::span(clean).subspan(aligned.begin, aligned.end - aligned.begin);
  EXPECT_NEAR(estoi(covered, aligned.degraded), 1, 0.001);
}

TEST(Spectrum, aToneStandsInItsBinAfterTheConversion) {
  Pcm tone(kSecond);
  for (std::size_t i = 0; i < tone.size(); ++i)
    tone[i] = static_cast<std::int16_t>(std::lround(
        8'000 * std::sin(2 * 3.14159265358979 * 1000 * static_cast<double>(i) / 48'000)));
  const std::vector<double> slow = toMeasureRate(tone);
  ASSERT_EQ(slow.size(), 10'000U);
  const Fft fft(1024);
  const auto bins = fft.power(std::span(slow).subspan(4'000, 1'000));
  const auto peak = std::max_element(bins.begin(), bins.end()) - bins.begin();
  EXPECT_NEAR(static_cast<double>(peak) * 10'000 / 1024, 1000, 5);
  EXPECT_NEAR(slow[5'005], 8'000 * std::sin(2 * 3.14159265358979 * 500.5), 5);
}

}  // namespace
}  // namespace foyer::speech
