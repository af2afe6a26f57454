#include "core/audio/tone_synthesis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace foyer::audio {
namespace {

TEST(ToneSynthesis, everyToneIsLoudEnoughNeverTooLoudAndDoesNotClick) {
  for (const Tone tone : {Tone::Incoming, Tone::Outgoing, Tone::Test, Tone::Ended}) {
    const auto pcm = synthesise(tone);
    ASSERT_GT(pcm.size(), 4800u * 4);
    int peak = 0, step = 0;
    for (std::size_t i = 0; i < pcm.size(); ++i) {
      peak = std::max(peak, std::abs(int{pcm[i]}));
      if (i > 0) step = std::max(step, std::abs(pcm[i] - pcm[i - 1]));
    }
    EXPECT_LE(peak, 11628) << "-9 dBFS";
    EXPECT_GE(peak, 1600) << "-26 dBFS";
    EXPECT_LE(step, 2500) << "a jump is heard as a click";
    EXPECT_EQ(pcm.front(), 0);
    EXPECT_TRUE(std::all_of(pcm.end() - 4800, pcm.end(), [](auto s) { return s == 0; }));
  }
}

TEST(ToneSynthesis, onlyRingingRepeats) {
  EXPECT_TRUE(repeats(Tone::Incoming));
  EXPECT_TRUE(repeats(Tone::Outgoing));
  EXPECT_FALSE(repeats(Tone::Test));
  EXPECT_FALSE(repeats(Tone::Ended));
}

}  // namespace
}  // namespace foyer::audio
