#include "core/audio/tone_synthesis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace foyer::audio {
namespace {

void expectGoodSound(const std::vector<std::int16_t>& pcm, const char* what) {
  ASSERT_GT(pcm.size(), 4800u * 4) << what;
  int peak = 0, step = 0;
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    peak = std::max(peak, std::abs(int{pcm[i]}));
    if (i > 0) step = std::max(step, std::abs(pcm[i] - pcm[i - 1]));
  }
  EXPECT_LE(peak, 11628) << what << ": -9 dBFS";
  EXPECT_GE(peak, 1600) << what << ": -26 dBFS";
  EXPECT_LE(step, 2500) << what << ": a jump is heard as a click";
  EXPECT_EQ(pcm.front(), 0) << what;
  EXPECT_TRUE(std::all_of(pcm.end() - 4800, pcm.end(), [](auto s) { return s == 0; })) << what;
}

TEST(ToneSynthesis, everyToneIsLoudEnoughNeverTooLoudAndDoesNotClick) {
  for (const Tone tone : {Tone::Outgoing, Tone::Test, Tone::Ended})
    expectGoodSound(synthesise(tone), "a tone");
  for (const Ring ring : kRings) expectGoodSound(synthesise(Tone::Incoming, ring), toString(ring));
}

// 1: sound, 0: pause, for each 20 ms of the first four seconds of ringing.
std::vector<double> rhythmOf(const std::vector<std::int16_t>& pcm) {
  std::vector<double> rhythm;
  for (std::size_t block = 0; block < 200; ++block) {
    int peak = 0;
    for (std::size_t i = block * 960; i < (block + 1) * 960; ++i)
      peak = std::max(peak, std::abs(int{pcm[i % pcm.size()]}));
    rhythm.push_back(peak > 1000 ? 1 : 0);
  }
  return rhythm;
}

// The half waves of the first 50 ms, as a pitch.
double pitchOf(const std::vector<std::int16_t>& pcm) {
  int crossings = 0;
  for (std::size_t i = 1; i < 2400; ++i) crossings += (pcm[i - 1] < 0) != (pcm[i] < 0) ? 1 : 0;
  return crossings / 0.05 / 2;
}

TEST(ToneSynthesis, ringsAreToldApartByRhythmAndPitch) {
  for (const Ring a : kRings) {
    for (const Ring b : kRings) {
      if (a >= b) continue;
      const auto one = synthesise(Tone::Incoming, a), other = synthesise(Tone::Incoming, b);
      const auto rhythm = rhythmOf(one), otherRhythm = rhythmOf(other);
      int differing = 0;
      for (std::size_t i = 0; i < rhythm.size(); ++i)
        differing += rhythm[i] != otherRhythm[i] ? 1 : 0;
      EXPECT_GE(differing, 40) << toString(a) << ' ' << toString(b) << ": a fifth of the time";
      const double low = std::min(pitchOf(one), pitchOf(other));
      const double high = std::max(pitchOf(one), pitchOf(other));
      // Trill and scale begin with the same note; the one then alternates, the other falls.
      const double least = a == Ring::Trill ? 1.0 : 1.2;
      EXPECT_GE(high, low * least) << toString(a) << ' ' << toString(b);
    }
  }
}

TEST(ToneSynthesis, aRingHasANameThatLeadsBack) {
  for (const Ring ring : kRings) EXPECT_EQ(parseRing(toString(ring)), ring);
  EXPECT_FALSE(parseRing(""));
  EXPECT_FALSE(parseRing("silent"));
}

TEST(ToneSynthesis, onlyRingingRepeats) {
  EXPECT_TRUE(repeats(Tone::Incoming));
  EXPECT_TRUE(repeats(Tone::Outgoing));
  EXPECT_FALSE(repeats(Tone::Test));
  EXPECT_FALSE(repeats(Tone::Ended));
}

}  // namespace
}  // namespace foyer::audio
