// A keyboard beside the microphone, and what is none.
#include "core/media/voice_typing.h"

#include <gtest/gtest.h>

#include "bench/support/voice_room.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

using room::Pcm;
using room::Wave;

// A key that goes down and, 80 ms later and more quietly, up again: bright noise that falls by
// 60 dB within 30 ms.
void addKey(Wave& wave, double at, double peakDbfs, SeededRandom& random) {
  for (const auto& [later, dB] : {std::pair{0.0, 0.0}, std::pair{0.08, -6.0}}) {
    const auto from = static_cast<std::size_t>((at + later) * room::kRate);
    const double level = 32768 * std::pow(10, (peakDbfs + dB) / 20) / 3;
    float low = 0;
    for (std::size_t i = 0; i < 1920 && from + i < wave.size(); ++i) {
      const auto fall = static_cast<float>(std::pow(10, -3.0 * static_cast<double>(i) / 1440));
      low += 0.5F * (room::gaussian(random) - low);
      wave[from + i] += static_cast<float>(level) * fall * low;
    }
  }
}

Wave typing(double seconds, double keysPerSecond, double peakDbfs, double noiseDbfs) {
  SeededRandom random(5);
  Wave wave(static_cast<std::size_t>(seconds * room::kRate));
  room::addNoise(wave, noiseDbfs, 3);
  for (double t = 0.5; t < seconds; t += (0.6 + 0.8 * random.unit()) / keysPerSecond)
    addKey(wave, t, peakDbfs, random);
  return wave;
}

// Seconds from the beginning to the first time that typing is noticed, and of notice in all.
struct Noticed {
  double first = -1, all = 0;
};
Noticed run(TypingDetector& detector, const Wave& wave, std::size_t block = 480) {
  const Pcm pcm = room::toPcm(wave);
  Noticed out;
  for (std::size_t i = 0; i + block <= pcm.size(); i += block) {
    detector.push({pcm.data() + i, block});
    if (!detector.isTyping()) continue;
    if (out.first < 0) out.first = static_cast<double>(i + block) / room::kRate;
    out.all += static_cast<double>(block) / room::kRate;
  }
  return out;
}

TEST(TypingDetector, noticesAKeyboardWithinSecondsHoweverLoud) {
  for (const double peak : {-10.0, -25.0, -33.0}) {
    for (const double keys : {3.0, 6.0}) {
      TypingDetector detector;
      const Noticed noticed = run(detector, typing(8, keys, peak, -70));
      EXPECT_GT(noticed.first, 0.5) << peak << " dBFS, " << keys;
      EXPECT_LT(noticed.first, 3.5) << peak << " dBFS, " << keys;
      EXPECT_GT(noticed.all, 4) << peak << " dBFS, " << keys;
    }
  }
}

TEST(TypingDetector, forgetsIt) {
  TypingDetector detector;
  EXPECT_GT(run(detector, typing(5, 5, -25, -70)).first, 0);
  Wave quiet(4 * 48000);
  room::addNoise(quiet, -70, 9);
  EXPECT_LT(run(detector, quiet).all, 3.5);
  EXPECT_FALSE(detector.isTyping());
}

TEST(TypingDetector, speechIsNoTyping) {
  for (const char* name : {"clip_a.wav", "clip_b.wav"}) {
    for (const double level : {-40.0, -26.0, -16.0}) {
      Wave wave = room::speech(test::clip(name), 20, level);
      room::addNoise(wave, -72, 3);
      TypingDetector detector;
      EXPECT_EQ(run(detector, wave).all, 0) << name << level;
    }
  }
}

TEST(TypingDetector, neitherAreNoiseSingleClicksNorWhatNobodyHears) {
  Wave noise(6 * 48000);
  room::addNoise(noise, -40, 3);
  TypingDetector forNoise, forMouse, forFaint;
  EXPECT_EQ(run(forNoise, noise).all, 0);
  EXPECT_EQ(run(forMouse, typing(12, 0.5, -25, -70)).all, 0);
  EXPECT_EQ(run(forFaint, typing(8, 5, -66, -80)).all, 0);
}

TEST(TypingDetector, speakingEndsTheNotice) {
  TypingDetector detector;
  EXPECT_GT(run(detector, typing(5, 5, -25, -70)).first, 0);
  Wave wave = room::speech(test::clip("clip_a.wav"), 2, -26);
  room::addNoise(wave, -70, 3);
  EXPECT_LT(run(detector, wave).all, 1);
}

TEST(TypingDetector, amountsOfSamplesDoNotMatter) {
  const Wave wave = typing(6, 5, -25, -70);
  TypingDetector a, b;
  EXPECT_NEAR(run(a, wave, 480).first, run(b, wave, 7).first, 0.011);
}

}  // namespace
}  // namespace foyer::media
