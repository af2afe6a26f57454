#include "core/media/time_stretch.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

std::vector<std::int16_t> voice(double hertz, std::size_t n) {
  std::vector<std::int16_t> pcm(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double t = 2 * 3.14159265358979 * hertz * static_cast<double>(i) / 48'000;
    pcm[i] = static_cast<std::int16_t>(5000 * std::sin(t) + 3000 * std::sin(2 * t + 0.5) +
                                       2000 * std::sin(3 * t + 1));
  }
  return pcm;
}

constexpr std::size_t kFrom = kStretchHistory;
constexpr std::size_t kEnd = kFrom + kMaxPeriod + kCrossFade;

TEST(TimeStretch, removesWholePeriodsOfAVoiceWithoutAStep) {
  for (const double hertz : {80.0, 110.0, 143.0, 220.0, 310.0}) {
    TimeStretcher stretcher;
    auto pcm = voice(hertz, kEnd + kMaxPeriod);
    const int own = test::largestStep(pcm);
    const std::size_t removed =
        stretcher.accelerate(pcm, kFrom, kEnd, kMaxPeriod, kSafeLikeness, false);
    ASSERT_GT(removed, 0U) << hertz;
    const double periods = static_cast<double>(removed) * hertz / 48'000;
    EXPECT_NEAR(periods, std::round(periods), 0.02) << hertz;
    EXPECT_LE(test::largestStep({pcm.data(), kEnd - removed}), own * 5 / 4) << hertz;
  }
}

TEST(TimeStretch, repeatsWholePeriodsOfAVoiceWithoutAStep) {
  for (const double hertz : {80.0, 110.0, 143.0, 220.0, 310.0}) {
    TimeStretcher stretcher;
    auto pcm = voice(hertz, kEnd + kMaxPeriod);
    const auto before = pcm;
    const int own = test::largestStep(pcm);
    const std::size_t added = stretcher.expand(pcm, kFrom, kEnd, 480, kSafeLikeness, false);
    ASSERT_GT(added, 0U) << hertz;
    const double periods = static_cast<double>(added) * hertz / 48'000;
    EXPECT_NEAR(periods, std::round(periods), 0.02) << hertz;
    EXPECT_LE(test::largestStep({pcm.data(), kEnd + added}), own * 5 / 4) << hertz;
    for (std::size_t i = kFrom; i < kEnd; ++i) ASSERT_EQ(pcm[i + added], before[i]);
    for (std::size_t i = 0; i < kFrom; ++i) ASSERT_EQ(pcm[i], before[i]) << "history is heard";
  }
}

TEST(TimeStretch, leavesAloneWhatHasNoPeriod) {
  SeededRandom random(5);
  std::vector<std::int16_t> noise(kEnd + kMaxPeriod);
  for (std::int16_t& s : noise) s = static_cast<std::int16_t>(random.below(20'000)) - 10'000;
  const auto before = noise;
  TimeStretcher stretcher;
  EXPECT_EQ(stretcher.accelerate(noise, kFrom, kEnd, kMaxPeriod, kSafeLikeness, false), 0U);
  EXPECT_EQ(stretcher.expand(noise, kFrom, kEnd, 480, kSafeLikeness, false), 0U);
  EXPECT_EQ(noise, before);
  // Near silence any place will do.
  EXPECT_GT(stretcher.accelerate(noise, kFrom, kEnd, kMaxPeriod, kSafeLikeness, true), 0U);
}

TEST(TimeStretch, removesNoMoreThanAllowed) {
  auto pcm = voice(100, kEnd + kMaxPeriod);  // a period of 480
  const auto before = pcm;
  TimeStretcher stretcher;
  EXPECT_EQ(stretcher.accelerate(pcm, kFrom, kEnd, 400, kSafeLikeness, false), 0U);
  EXPECT_EQ(pcm, before);
  EXPECT_EQ(stretcher.accelerate(pcm, kFrom, kEnd, 400, kSafeLikeness, true), 400U);
}

TEST(TimeStretch, needsEnoughSound) {
  auto pcm = voice(150, kEnd + kMaxPeriod);
  TimeStretcher stretcher;
  EXPECT_EQ(
      stretcher.accelerate(pcm, kFrom, kFrom + kMinPeriod + kCrossFade - 1, kMaxPeriod, 0, true),
      0U);
  EXPECT_EQ(stretcher.accelerate(pcm, kFrom, kFrom, kMaxPeriod, 0, true), 0U);
  EXPECT_EQ(stretcher.expand(pcm, kFrom, kFrom + kCrossFade - 1, 480, 0, true), 0U);
  EXPECT_EQ(stretcher.expand(pcm, 0, 960, 480, 0, true), 0U) << "no history to repeat";
}

TEST(TimeStretch, findsThePeriodToGoOnWith) {
  for (const double hertz : {90.0, 150.0, 240.0}) {
    const auto pcm = voice(hertz, kStretchHistory);
    const auto period = static_cast<double>(TimeStretcher().periodAtEnd(pcm));
    const double periods = period * hertz / 48'000;
    EXPECT_NEAR(periods, std::round(periods), 0.02) << hertz;
  }
  const std::vector<std::int16_t> zeros(kStretchHistory);
  EXPECT_EQ(TimeStretcher().periodAtEnd(zeros), kMaxPeriod);
}

}  // namespace
}  // namespace foyer::media
