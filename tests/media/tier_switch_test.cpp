// Every receiver decodes every tier at once: a voice that changes its tier between two packets is
// heard without a click, whatever the two tiers are.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/wire/tiers.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

const VoiceCodecFactory kCodecs;
constexpr std::size_t kSeconds = 4;

EncoderSettings settingsOf(const wire::TierInfo& tier) {
  return {.codec = tier.codec,
          .time = tier.packetTime,
          .bitrateBps = static_cast<int>(tier.bitrateBps),
          .inBandFec = false,
          .expectedLossPercent = 0};
}

// A voiced sound that never pauses.
std::vector<std::int16_t> buzz() {
  std::vector<std::int16_t> pcm(kSeconds * 48'000);
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    const double t = static_cast<double>(i) / 48000;
    double s = 0;
    for (int h = 1; h <= 20; ++h) s += std::sin(2 * M_PI * 125 * h * t) / h;
    pcm[i] = static_cast<std::int16_t>(4000 * s);
  }
  return pcm;
}

// Two voices in turn with pauses between them.
std::vector<std::int16_t> voices() {
  auto speech = test::clip("clip_a.wav");
  const auto second = test::clip("clip_b.wav");
  speech.resize(kSeconds * 24'000);
  speech.insert(speech.end(), second.begin(), second.begin() + kSeconds * 24'000);
  return speech;
}

// Heard at the other end of a good network. `next` is the tier from each whole second on, to and
// fro.
std::vector<std::int16_t> heardThrough(const wire::TierInfo& first, const wire::TierInfo& second,
                                       const std::vector<std::int16_t>& speech) {
  test::CallSetup setup;
  setup.factory = &kCodecs;
  setup.encoding = settingsOf(first);
  setup.speech = &speech;
  setup.seconds = kSeconds;
  setup.eachPull = [&, last = 0](double t, Capture& capture, Playout&) mutable {
    const int turn = static_cast<int>(t / 0.73);
    if (turn == last) return;
    last = turn;
    EXPECT_TRUE(capture.setEncoding(settingsOf(turn % 2 == 0 ? first : second)));
  };
  return test::runCall(setup).heard;
}

// The largest step between samples of each 100 ms.
std::vector<int> steps(std::span<const std::int16_t> pcm) {
  constexpr std::size_t kBlock = 4800;
  std::vector<int> largest;
  for (std::size_t at = 0; at + kBlock <= pcm.size(); at += kBlock)
    largest.push_back(test::largestStep(pcm.subspan(at, kBlock)));
  return largest;
}

using Steady = std::map<wire::Tier, std::vector<int>>;

Steady stepsOfSteadyTiers(const std::vector<std::int16_t>& sound) {
  Steady steady;
  for (const wire::TierInfo& tier : wire::tierTable())
    steady[tier.tier] = steps(heardThrough(tier, tier, sound));
  return steady;
}

// `freedom`: how far the same step differs from one encoding to the next.
void expectNoClick(const std::vector<std::int16_t>& heard, const Steady& steady,
                   const wire::TierInfo& first, const wire::TierInfo& second, double freedom) {
  const std::vector<int> found = steps(heard);
  ASSERT_GE(found.size(), kSeconds * 10 - 5);
  for (std::size_t i = 2; i < found.size(); ++i) {
    // The signal's own: in either tier alone, up to 300 ms around, as delays differ.
    int own = 0;
    for (std::size_t k = i < 3 ? 0 : i - 3; k < std::min(i + 4, found.size()); ++k)
      own = std::max({own, steady.at(first.tier)[k], steady.at(second.tier)[k]});
    EXPECT_LE(found[i], own * freedom + 100)
        << first.name << " to " << second.name << " at " << i * 100 << " ms";
  }
}

template <class Check>
void forEveryPair(const Check& check) {
  for (const wire::TierInfo& first : wire::tierTable())
    for (const wire::TierInfo& second : wire::tierTable())
      if (first.tier != second.tier) check(first, second);
}

TEST(TierSwitch, aVoicedSoundGoesOnWithoutClickOrHole) {
  const auto sound = buzz();
  const Steady steady = stepsOfSteadyTiers(sound);
  forEveryPair([&](const wire::TierInfo& first, const wire::TierInfo& second) {
    const auto heard = heardThrough(first, second, sound);
    // The first periods that a model of speech makes are of other shapes each time.
    const bool areModels =
        first.codec != wire::CodecId::Opus && second.codec != wire::CodecId::Opus;
    expectNoClick(heard, steady, first, second, areModels ? 1.3 : 1.15);
    const int usual = levelDbfs({heard.data() + 24'000, 4800});
    // 40 ms: shorter dips are not heard as such.
    for (std::size_t at = 24'000; at + 1920 <= heard.size(); at += 480)
      ASSERT_GT(levelDbfs({heard.data() + at, 1920}), usual - 10)
          << first.name << " to " << second.name << " at " << at / 48 << " ms";
  });
}

// Hiss is another noise in each encoding.
TEST(TierSwitch, speechGoesOnWithoutAClick) {
  const auto sound = voices();
  const Steady steady = stepsOfSteadyTiers(sound);
  forEveryPair([&](const wire::TierInfo& first, const wire::TierInfo& second) {
    expectNoClick(heardThrough(first, second, sound), steady, first, second, 1.5);
  });
}

}  // namespace
}  // namespace foyer::media
