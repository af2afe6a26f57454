// What is heard of a peer: levelled, at the person's own volume, never harmful.
#include "core/media/voice_output.h"

#include <gtest/gtest.h>

#include <limits>

#include "bench/support/voice_room.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

using room::Pcm;

Pcm run(VoiceOutput& output, Pcm pcm, std::size_t block = 120) {
  for (std::size_t i = 0; i < pcm.size(); i += block)
    output.process(std::span(pcm).subspan(i, std::min(block, pcm.size() - i)));
  return pcm;
}

Pcm talker(double levelDbfs, double seconds) {
  return room::toPcm(room::speech(test::clip("clip_a.wav"), seconds, levelDbfs));
}

double levelOf(const Pcm& pcm, double from, double to) {
  return room::dbfs(room::activePower(room::between(pcm, from, to)));
}

Pcm tone(float level, double seconds) {
  Pcm out(static_cast<std::size_t>(seconds * 48000));
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<std::int16_t>(
        level * std::sin(2 * std::numbers::pi_v<float> * 400 * static_cast<float>(i) / 48000));
  return out;
}

TEST(VoiceOutput, plainPassesEveryBit) {
  const Pcm in = talker(-12, 3);
  VoiceOutput output(VoiceOutputSettings::plain());
  EXPECT_EQ(run(output, in), in);
  // The limiter alone leaves alone what is not too loud.
  const Pcm quiet = talker(-26, 3);
  VoiceOutput safe({.isLevelled = false});
  EXPECT_EQ(run(safe, quiet), quiet);
}

TEST(VoiceOutput, bringsTalkersTogether) {
  VoiceOutput forQuiet, forLoud;
  const Pcm quiet = run(forQuiet, talker(-32, 12)), loud = run(forLoud, talker(-12, 12));
  EXPECT_NEAR(levelOf(quiet, 6, 12), -20, 3);
  EXPECT_NEAR(levelOf(loud, 6, 12), -20, 3);
}

TEST(VoiceOutput, silenceAndNoiseAreNotRaised) {
  VoiceOutput output;
  room::Wave noise(5 * 48000);
  room::addNoise(noise, -60, 3);
  const Pcm in = room::toPcm(noise);
  EXPECT_EQ(run(output, in), in);
}

TEST(VoiceOutput, volumeIsThePersonsOwnAndMovesWithoutAClick) {
  const Pcm in = tone(8000, 1);
  VoiceOutput output({.volume = 1, .isLevelled = false});
  output.set({.volume = 0.5F, .isLevelled = false});
  const Pcm half = run(output, in);
  EXPECT_NEAR(levelOf(half, 0.5, 1), levelOf(in, 0.5, 1) - 6.02, 0.1);
  int largest = 0;
  for (std::size_t i = 1; i < half.size(); ++i)
    largest = std::max(largest, std::abs(half[i] - half[i - 1]));
  EXPECT_LT(largest, 450);  // the tone itself moves by 419
  output.set({.volume = 0, .isLevelled = false});
  EXPECT_EQ(run(output, in).back(), 0);
  for (const float strange : {std::numeric_limits<float>::quiet_NaN(), -3.0F, 1e9F}) {
    output.set({.volume = strange, .isLevelled = false});
    for (const std::int16_t s : run(output, in)) ASSERT_LE(std::abs(int{s}), 32000);
  }
}

TEST(VoiceOutput, nothingReachesFullScaleAndNothingStaysLoud) {
  for (const std::size_t block : {std::size_t{120}, std::size_t{480}, std::size_t{77}}) {
    VoiceOutput output({.volume = 4, .isLevelled = false});
    const Pcm out = run(output, tone(32767, 2), block);
    for (const std::int16_t s : out) ASSERT_LE(std::abs(int{s}), 26000);
    EXPECT_LT(levelOf(out, 0.5, 2), -7);
    // A shout does not deafen what follows it.
    const Pcm quiet = talker(-32, 3);
    EXPECT_NEAR(levelOf(run(output, quiet, block), 1.5, 3), levelOf(quiet, 1.5, 3) + 12, 0.5);
  }
}

}  // namespace
}  // namespace foyer::media
