// The bars of voice processing in a synthetic room with real speech, a few seconds each;
// bench/voice_bench has them at full length beside other engines.
#include "core/media/voice_processor.h"

#include <gtest/gtest.h>

#include "bench/speech/estoi.h"
#include "bench/support/voice_room.h"
#include "core/sim/sound_match.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

using room::Pcm;
using room::Wave;

struct Heard {
  Pcm pcm;
  std::size_t late = 0;
};

Heard run(VoiceProcessor& processor, const Wave& far, const Wave& mic, double toldMs,
          std::size_t renderChunk = kVoiceBlock) {
  const Pcm played = room::toPcm(far);
  Heard out{.pcm = room::toPcm(mic)};
  std::size_t rendered = 0;
  for (std::size_t i = 0; i + kVoiceBlock <= out.pcm.size(); i += kVoiceBlock) {
    // A device that asks for other amounts than 10 ms runs ahead, never behind.
    while (rendered < i + kVoiceBlock) {
      const std::size_t n = std::min(renderChunk, played.size() - rendered);
      processor.render({played.data() + rendered, n});
      rendered += n;
    }
    const Duration ahead = samplesToDuration(static_cast<std::int64_t>(rendered - i - kVoiceBlock));
    processor.capture({out.pcm.data() + i, kVoiceBlock}, test::ms(toldMs) + ahead);
  }
  out.late = static_cast<std::size_t>(durationToSamples(processor.addedLatency()));
  return out;
}

VoiceSettings echoOnly() { return {true, true, false, false}; }

double estoi(const Wave& clean, const Heard& heard, double from, double to) {
  const Pcm reference = room::toPcm(clean);
  const double shift = static_cast<double>(heard.late) / room::kRate;
  return speech::estoi(room::between(reference, from, to),
                       room::between(heard.pcm, from + shift, to + shift));
}

struct EchoCase {
  const char* name;
  room::Spec spec;
  double toldMs;
  double minErle, minEstoi;
};
void PrintTo(const EchoCase& each, std::ostream* out) { *out << each.name; }

class VoiceEcho : public testing::TestWithParam<EchoCase> {};

// Nine seconds: the echo goes after two, and a person who speaks from the fifth second on stays
// intelligible.
TEST_P(VoiceEcho, goesAndLeavesTheNearEnd) {
  const EchoCase& echo = GetParam();
  const Wave far = room::speech(test::clip("clip_a.wav"), 9, -23);
  const Wave alone = room::echoOf(far, echo.spec);
  Wave near = room::speech(test::clip("clip_b.wav"), 9, -26);
  std::fill_n(near.begin(), 5 * 48000, 0.0F);
  const Wave both = room::mixed(alone, near);

  VoiceProcessor farOnly(echoOnly()), doubleTalk(echoOnly());
  const Heard quiet = run(farOnly, far, alone, echo.toldMs);
  const Heard heard = run(doubleTalk, far, both, echo.toldMs);
  const Pcm mic = room::toPcm(alone);
  if (echo.spec.changeAt < 0) {
    EXPECT_GE(room::erle(mic, quiet.pcm, quiet.late, 2, 8.9), echo.minErle);
  } else {
    EXPECT_GE(room::erle(mic, quiet.pcm, quiet.late, 2, echo.spec.changeAt), echo.minErle);
    EXPECT_GE(room::erle(mic, quiet.pcm, quiet.late, echo.spec.changeAt + 2, 8.9), 25);
  }
  EXPECT_GE(estoi(near, heard, 5, 8.9), echo.minEstoi);
  EXPECT_GT(estoi(near, heard, 5, 8.9),
            estoi(near, {.pcm = room::toPcm(both), .late = 0}, 5, 8.9) + 0.1);
}

INSTANTIATE_TEST_SUITE_P(
    Conditions, VoiceEcho,
    testing::Values(
        EchoCase{"near", {.delayMs = 20}, 20, 30, 0.8},
        EchoCase{"late", {.delayMs = 120}, 120, 30, 0.8},
        EchoCase{"toldTooEarly", {.delayMs = 120}, 0, 30, 0.8},
        EchoCase{"toldTooLate", {.delayMs = 20}, 120, 30, 0.8},
        EchoCase{"clippingLoudspeaker", {.delayMs = 20, .isSpeakerClipping = true}, 20, 30, 0.8},
        EchoCase{"fasterClock", {.delayMs = 20, .driftPpm = 100}, 20, 30, 0.8},
        EchoCase{"slowerClock", {.delayMs = 120, .driftPpm = -100}, 120, 30, 0.8},
        EchoCase{"otherRoom", {.delayMs = 20, .changeAt = 3}, 20, 30, 0.78},
        EchoCase{"allTogether",
                 {.delayMs = 120, .isSpeakerClipping = true, .driftPpm = 100, .changeAt = 3},
                 120,
                 20,
                 0.65}),
    [](const auto& each) { return std::string(each.param.name); });

double similarity(std::span<const std::int16_t> reference, std::span<const std::int16_t> heard) {
  const auto match = sim::matchSound(reference, heard, {}, 50ms);
  return match ? match->similarity : 0;
}

// Headphones: both speak all the time, and the microphone hears nothing of the far end.
class VoiceWithoutEcho : public testing::TestWithParam<double> {};

TEST_P(VoiceWithoutEcho, isNotTakenForOne) {
  const Wave far = room::speech(test::clip("clip_b.wav"), 10, -23);
  const Wave clean = room::speech(test::clip("clip_a.wav"), 10, -26);
  Wave mic = clean;
  room::addNoise(mic, -70, 3);
  VoiceProcessor canceller(echoOnly()), everything;
  const Heard heard = run(canceller, far, mic, GetParam());
  EXPECT_GE(similarity(room::toPcm(clean), heard.pcm), 0.95);
  EXPECT_GE(estoi(clean, heard, 0, 9.9), 0.97);
  EXPECT_LT(room::erle(room::toPcm(mic), heard.pcm, heard.late, 0, 9.9), 1);
  EXPECT_GE(similarity(room::toPcm(clean), run(everything, far, mic, GetParam()).pcm), 0.9);
}

INSTANTIATE_TEST_SUITE_P(ToldMs, VoiceWithoutEcho, testing::Values(0, 20, 120),
                         [](const auto& each) { return std::to_string(int(each.param)); });

// The clips exchanged, so that both begin at once: the
// careful beginning is short.
TEST(VoiceProcessor, withoutAnEchoTheFirstSecondsAreHeardToo) {
  const Wave far = room::speech(test::clip("clip_a.wav"), 3, -23);
  const Wave clean = room::speech(test::clip("clip_b.wav"), 3, -26);
  Wave mic = clean;
  room::addNoise(mic, -70, 3);
  VoiceProcessor processor(echoOnly());
  const Heard heard = run(processor, far, mic, 20);
  EXPECT_GE(similarity(room::toPcm(clean), heard.pcm), 0.9);
  EXPECT_GE(
      similarity(room::between(room::toPcm(clean), 1, 2.9), room::between(heard.pcm, 1, 2.99)),
      0.97);
}

TEST(VoiceProcessor, aFaintEchoIsFoundToo) {
  const Wave far = room::speech(test::clip("clip_a.wav"), 5, -23);
  const Wave mic = room::echoOf(far, {.delayMs = 20, .echoDb = -25});
  VoiceProcessor processor(echoOnly());
  const Heard heard = run(processor, far, mic, 20);
  // More would be under the noise of the microphone.
  EXPECT_GE(room::erle(room::toPcm(mic), heard.pcm, heard.late, 2, 4.9), 17);
}

// From headphones to the loudspeaker in the middle of a call, and back.
TEST(VoiceProcessor, anEchoThatBeginsLaterGoesToo) {
  const Wave far = room::speech(test::clip("clip_a.wav"), 12, -23);
  for (const bool doesNearSpeak : {false, true}) {
    Wave mic = room::echoOf(far, {.delayMs = 20});
    std::fill_n(mic.begin(), 5 * 48000, 0.0F);
    room::addNoise(mic, -70, 3);
    if (doesNearSpeak) {
      const Wave near = room::speech(test::clip("clip_b.wav"), 5, -26);
      for (std::size_t i = 0; i < near.size(); ++i) mic[i] += near[i];
    }
    VoiceProcessor processor(echoOnly());
    const Heard heard = run(processor, far, mic, 20);
    EXPECT_GE(room::erle(room::toPcm(mic), heard.pcm, heard.late, 7, 11.9), 28) << doesNearSpeak;
  }
}

TEST(VoiceProcessor, anEchoThatEndsTakesNothingWithIt) {
  const Wave far = room::speech(test::clip("clip_b.wav"), 12, -23);
  Wave mic = room::echoOf(far, {.delayMs = 20});
  Wave clean = room::speech(test::clip("clip_a.wav"), 12, -26);
  std::fill_n(clean.begin(), 5 * 48000, 0.0F);
  std::copy(clean.begin() + 5 * 48000, clean.end(), mic.begin() + 5 * 48000);
  room::addNoise(mic, -70, 3);
  VoiceProcessor processor(echoOnly());
  const Heard heard = run(processor, far, mic, 20);
  EXPECT_GE(
      similarity(room::between(room::toPcm(clean), 6, 11.9), room::between(heard.pcm, 6, 11.99)),
      0.97);
}

TEST(VoiceProcessor, theNearEndAloneLosesNothing) {
  const Wave far(6 * 48000);
  const Wave clean = room::speech(test::clip("clip_b.wav"), 6, -26);
  Wave mic = clean;
  room::addNoise(mic, -70, 3);
  VoiceProcessor processor(VoiceSettings{true, true, true, false});
  const Heard heard = run(processor, far, mic, 20);
  EXPECT_LT(room::erle(room::toPcm(mic), heard.pcm, heard.late, 1, 5.9), 1);
  EXPECT_GT(estoi(clean, heard, 0, 5.9), 0.98);
}

TEST(VoiceProcessor, noiseGoesAndSpeechIsUnderstoodNoWorse) {
  const Wave far(10 * 48000);
  const Wave clean = room::speech(test::clip("clip_b.wav"), 10, -26);
  Wave mic = clean;
  room::addNoise(mic, -31, 3);
  VoiceProcessor processor(VoiceSettings{true, false, true, false});
  const Heard heard = run(processor, far, mic, 20);
  EXPECT_GE(room::noiseGain(clean, room::toPcm(mic), heard.pcm, heard.late, 2), 12);
  EXPECT_GE(estoi(clean, heard, 0, 9.9), estoi(clean, {room::toPcm(mic), 0}, 0, 9.9));
}

class VoiceGain : public testing::TestWithParam<int> {};

TEST_P(VoiceGain, everyTalkerEndsAtOneLevelWithoutClipping) {
  const Wave far(14 * 48000);
  Wave mic = room::speech(test::clip("clip_b.wav"), 14, GetParam());
  room::addNoise(mic, -75, 3);
  VoiceProcessor processor(VoiceSettings{true, false, true, true});
  const Heard heard = run(processor, far, mic, 20);
  EXPECT_NEAR(room::dbfs(room::activePower(room::between(heard.pcm, 10, 14))), -18, 4);
  for (const std::int16_t s : heard.pcm) ASSERT_LT(std::abs(int{s}), 32000);
}

INSTANTIATE_TEST_SUITE_P(Levels, VoiceGain, testing::Values(-40, -28, -16), [](const auto& each) {
  return "minus" + std::to_string(-each.param) + "dBFS";
});

TEST(VoiceProcessor, switchedOffItPassesEveryBitAtOnce) {
  const Wave far = room::speech(test::clip("clip_a.wav"), 2, -10);
  const Wave mic = room::speech(test::clip("clip_b.wav"), 2, -10);
  VoiceProcessor processor(VoiceSettings::off());
  const Heard heard = run(processor, far, mic, 20);
  EXPECT_EQ(processor.addedLatency(), Duration{});
  EXPECT_EQ(heard.pcm, room::toPcm(mic));
}

TEST(VoiceProcessor, switchingAStageDoesNotClick) {
  Wave mic(4 * 48000);
  for (std::size_t i = 0; i < mic.size(); ++i)
    mic[i] = 8000 * std::sin(2 * std::numbers::pi_v<float> * 150 * static_cast<float>(i) / 48000);
  Pcm out = room::toPcm(mic);
  VoiceProcessor processor(VoiceSettings::off());
  int steps = 0;
  for (std::size_t i = 0; i + kVoiceBlock <= out.size(); i += kVoiceBlock) {
    if (i % 48000 == 0) {
      processor.set(++steps % 2 == 0 ? VoiceSettings::off()
                                     : VoiceSettings{false, true, false, false});
    }
    processor.capture({out.data() + i, kVoiceBlock}, {});
  }
  int largest = 0;
  for (std::size_t i = 1; i < out.size(); ++i)
    largest = std::max(largest, std::abs(out[i] - out[i - 1]));
  // The tone itself moves by 157 a sample.
  EXPECT_LT(largest, 250);
}

TEST(VoiceProcessor, knowsWhenSomebodySpeaks) {
  const Wave clean = room::speech(test::clip("clip_b.wav"), 6, -30);
  const double loud = room::activePower<float>(clean) * 0.05;
  Wave mic(9 * 48000);
  std::copy(clean.begin(), clean.end(), mic.begin() + 3 * 48000);
  const Wave spoken = mic;
  room::addNoise(mic, -55, 3);
  Pcm pcm = room::toPcm(mic);
  VoiceProcessor processor;
  int inNoise = 0, inSpeech = 0, speech = 0;
  for (std::size_t i = 0; i + kVoiceBlock <= pcm.size(); i += kVoiceBlock) {
    processor.capture({pcm.data() + i, kVoiceBlock}, {});
    if (i < 3 * 48000) inNoise += processor.isVoice();
    if (room::power(std::span<const float>(spoken).subspan(i, kVoiceBlock)) < loud) continue;
    ++speech;
    inSpeech += processor.isVoice();
  }
  EXPECT_EQ(inNoise, 0);
  EXPECT_GT(speech, 100);
  EXPECT_GT(inSpeech, speech * 95 / 100);
}

TEST(VoiceProcessor, theEchoOfTheOtherIsNotTakenForSpeech) {
  const Wave far = room::speech(test::clip("clip_a.wav"), 6, -23);
  const Pcm played = room::toPcm(far);
  Pcm mic = room::toPcm(room::echoOf(far, {.delayMs = 20}));
  VoiceProcessor processor;
  int voice = 0;
  for (std::size_t i = 0; i + kVoiceBlock <= mic.size(); i += kVoiceBlock) {
    processor.render({played.data() + i, kVoiceBlock});
    processor.capture({mic.data() + i, kVoiceBlock}, test::ms(20));
    if (i >= 2 * 48000) voice += processor.isVoice();
  }
  EXPECT_LT(voice, 40);  // of 400 blocks
}

TEST(VoiceProcessor, playedInAnyAmountsTheEchoGoes) {
  const Wave far = room::speech(test::clip("clip_a.wav"), 5, -23);
  const Wave mic = room::echoOf(far, {.delayMs = 40});
  VoiceProcessor processor(echoOnly());
  const Heard heard = run(processor, far, mic, 40, 1320);
  EXPECT_GE(room::erle(room::toPcm(mic), heard.pcm, heard.late, 2, 4.9), 30);
}

TEST(VoiceProcessor, adjustsToADeviceThatRestartsElsewhere) {
  // The told delay jumps by 60 ms and the echo with it: nothing has to be learnt anew.
  const Wave far = room::speech(test::clip("clip_a.wav"), 8, -23);
  const Wave early = room::echoOf(far, {.delayMs = 30}), late = room::echoOf(far, {.delayMs = 90});
  Wave mic = early;
  std::copy(late.begin() + 4 * 48000, late.end(), mic.begin() + 4 * 48000);
  const Pcm played = room::toPcm(far), in = room::toPcm(mic);
  Pcm out = in;
  VoiceProcessor processor(echoOnly());
  for (std::size_t i = 0; i + kVoiceBlock <= out.size(); i += kVoiceBlock) {
    processor.render({played.data() + i, kVoiceBlock});
    processor.capture({out.data() + i, kVoiceBlock}, test::ms(i < 4 * 48000 ? 30 : 90));
  }
  EXPECT_GE(room::erle(in, out, kVoiceBlock, 4.7, 7.9), 30);
}

TEST(VoiceProcessor, survivesExtremeInput) {
  SeededRandom random(9);
  VoiceProcessor processor;
  Pcm block(kVoiceBlock);
  for (int n = 0; n < 600; ++n) {
    for (std::int16_t& s : block)
      s = n % 3 == 0 ? (random.unit() < 0.5 ? -32768 : 32767)
                     : (n % 3 == 1 ? std::int16_t{0}
                                   : static_cast<std::int16_t>(random.unit() * 65535 - 32768));
    processor.render(block);
    processor.capture(block, test::ms(n % 50 == 0 ? 100'000 : n % 7 - 3));
  }
  // Still hears.
  const Wave speech = room::speech(test::clip("clip_b.wav"), 3, -26);
  Pcm pcm = room::toPcm(speech);
  for (std::size_t i = 0; i + kVoiceBlock <= pcm.size(); i += kVoiceBlock)
    processor.capture({pcm.data() + i, kVoiceBlock}, {});
  EXPECT_GT(room::dbfs(room::activePower(room::between(pcm, 1, 3))), -30);
}

}  // namespace
}  // namespace foyer::media
