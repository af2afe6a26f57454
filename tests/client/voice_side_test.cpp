// Voice processing inside a call's AUDIO half: devices with chunks and latencies of their own, the
// echo of what was really played, and the gate before the encoder.
#include "core/client/voice_side.h"

#include <gtest/gtest.h>

#include "bench/support/voice_room.h"
#include "core/client/audio_side.h"
#include "tests/media/media_trace.h"

namespace foyer::client {
namespace {

using media::VoiceSettings;
using room::Pcm;

struct Device {
  std::size_t captureChunk, playChunk;
  Duration outputLatency, inputLatency;
};

// Plays `far` and hears `mic` (already with its echo) as a device does: what is handed out sounds
// later, what is handed in was heard earlier. Returns what would be encoded and when it was heard.
struct Result {
  Pcm pcm;
  std::vector<TimePoint> times;  // of each piece's first sample
  std::vector<std::size_t> begins;
};
Result run(VoiceSide& side, const Device& device, const Pcm& far, const Pcm& mic) {
  Result out;
  std::size_t played = 0, captured = 0;
  const TimePoint start(100s);
  for (std::size_t now = 0; captured + device.captureChunk <= mic.size(); now += 120) {
    const TimePoint at = start + media::samplesToDuration(static_cast<std::int64_t>(now));
    const auto ahead = static_cast<std::size_t>(media::durationToSamples(device.outputLatency));
    while (played < now + ahead && played + device.playChunk <= far.size()) {
      const TimePoint sounds = start + media::samplesToDuration(static_cast<std::int64_t>(played));
      side.onPlayout(sounds, std::span(far).subspan(played, device.playChunk));
      played += device.playChunk;
    }
    const auto behind = media::durationToSamples(device.inputLatency);
    while (static_cast<std::int64_t>(captured + device.captureChunk) + behind <=
           static_cast<std::int64_t>(now)) {
      const TimePoint heard = start + media::samplesToDuration(static_cast<std::int64_t>(captured));
      EXPECT_LT(heard, at);
      side.onCapture(heard, std::span(mic).subspan(captured, device.captureChunk),
                     [&](TimePoint first, std::span<const std::int16_t> pcm) {
                       out.times.push_back(first);
                       out.begins.push_back(out.pcm.size());
                       out.pcm.insert(out.pcm.end(), pcm.begin(), pcm.end());
                     });
      captured += device.captureChunk;
    }
    if (now > 10 * mic.size()) break;
  }
  return out;
}

TEST(VoiceSide, takesTheEchoWhateverTheDevicesLatencies) {
  const room::Wave far = room::speech(media::test::clip("clip_a.wav"), 6, -23);
  // Of the air alone: both devices' times say when a sample really sounded or was heard.
  const Pcm mic = room::toPcm(room::echoOf(far, {.delayMs = 4}));
  const Device devices[] = {{480, 480, 20ms, 10ms}, {441, 360, 90ms, 30ms}, {128, 120, 5ms, 3ms}};
  for (const Device& device : devices) {
    const auto seam = std::make_shared<MediaSeam>();
    seam->voice.set(VoiceSettings{true, true, false, false});
    VoiceSide side(seam);
    const Result heard = run(side, device, room::toPcm(far), mic);
    EXPECT_GE(room::erle(mic, heard.pcm, media::kVoiceBlock, 2, 5.8), 30) << device.captureChunk;
    // The times are those of the sound: its processing is not taken for the network's.
    ASSERT_GT(heard.times.size(), 100U);
    for (std::size_t i = 0; i < heard.times.size(); ++i) {
      const auto began = static_cast<std::int64_t>(heard.begins[i]);
      EXPECT_LT(std::chrono::abs(heard.times[i] + 10ms - TimePoint(100s) -
                                 media::samplesToDuration(began)),
                1us);
    }
  }
}

TEST(VoiceSide, asMadeItPassesEveryBitInTheSameChunks) {
  const Pcm mic = room::toPcm(room::speech(media::test::clip("clip_b.wav"), 2, -20));
  const auto seam = std::make_shared<MediaSeam>();
  VoiceSide side(seam);
  const Result heard = run(side, {441, 480, 20ms, 10ms}, Pcm(96000), mic);
  EXPECT_EQ(heard.pcm,
            Pcm(mic.begin(), mic.begin() + static_cast<std::ptrdiff_t>(heard.pcm.size())));
  EXPECT_EQ(heard.begins[1], 441U);
  EXPECT_FALSE(side.isRunning());
}

TEST(VoiceSide, switchedOnAndOffInACallNoSampleIsLost) {
  const Pcm mic(4 * 48000, 100);
  const auto seam = std::make_shared<MediaSeam>();
  VoiceSide side(seam);
  std::size_t got = 0, fed = 0;
  for (int n = 0; fed + 441 <= mic.size(); ++n) {
    seam->voice.set(n / 50 % 2 == 0 ? VoiceSettings::off() : VoiceSettings{});
    side.onCapture(TimePoint(1s) + media::samplesToDuration(static_cast<std::int64_t>(fed)),
                   std::span(mic).subspan(fed, 441),
                   [&](TimePoint, std::span<const std::int16_t> pcm) { got += pcm.size(); });
    fed += 441;
    EXPECT_LT(fed - got, 480U);
  }
}

TEST(VoiceSide, whoIsMutedIsToldThatTheySpeak) {
  const Pcm mic = room::toPcm(room::speech(media::test::clip("clip_b.wav"), 4, -26));
  const auto seam = std::make_shared<MediaSeam>();
  seam->voice.set(VoiceSettings{});
  VoiceSide side(seam);
  run(side, {480, 480, 20ms, 10ms}, Pcm(mic.size()), mic);
  EXPECT_FALSE(seam->report.isSpeakingUnheard);
  seam->isMuted = true;
  run(side, {480, 480, 20ms, 10ms}, Pcm(mic.size()), mic);
  EXPECT_TRUE(seam->report.isSpeakingUnheard);
}

TEST(VoiceSide, whoTypesIsToldThatItIsHeard) {
  SeededRandom random(5);
  room::Wave wave(6 * 48000);
  room::addNoise(wave, -70, 3);
  // A click every tenth of a second: bright noise that is gone after 20 ms.
  for (std::size_t at = 24'000; at + 960 < wave.size(); at += 4'800) {
    for (std::size_t i = 0; i < 960; ++i)
      wave[at + i] += 2000 * std::exp(-static_cast<float>(i) / 150) * room::gaussian(random);
  }
  const Pcm mic = room::toPcm(wave);
  const auto seam = std::make_shared<MediaSeam>();
  seam->voice.set(VoiceSettings{});
  VoiceSide side(seam);
  run(side, {480, 480, 20ms, 10ms}, Pcm(mic.size()), mic);
  EXPECT_TRUE(seam->report.isTypingHeard);
  seam->isMuted = true;
  run(side, {480, 480, 20ms, 10ms}, Pcm(mic.size()), mic);
  EXPECT_FALSE(seam->report.isTypingHeard) << "muted, nobody hears it";
}

TEST(VoiceSide, theTalkKeyOpensTheGateAndAClosedOneIsNoDeadMicrophone) {
  const Pcm mic = room::toPcm(room::speech(media::test::clip("clip_b.wav"), 3, -26));
  const auto seam = std::make_shared<MediaSeam>();
  seam->voice.talkMode = media::TalkMode::PushToTalk;
  VoiceSide side(seam);
  const Result closed = run(side, {480, 480, 20ms, 10ms}, Pcm(mic.size()), mic);
  EXPECT_EQ(room::power(room::between(closed.pcm, 0.1, 3)), 0);
  EXPECT_FALSE(seam->report.isGateOpen);
  EXPECT_FALSE(seam->report.isInputSilent);
  EXPECT_GT(seam->report.inputLevelDb.load(), -80);
  seam->voice.isTalkKeyDown = true;
  const Result open = run(side, {480, 480, 20ms, 10ms}, Pcm(mic.size()), mic);
  EXPECT_NEAR(room::decibels(room::power(room::between(open.pcm, 0.1, 2.8)) /
                             room::power(room::between(mic, 0.1, 2.8))),
              0, 1e-6);
}

// The gate only replaces speech by silence: nobody on the way sees from the times who speaks.
TEST(VoiceSide, framesOfAClosedGateComeAtTheSameTimes) {
  const Pcm mic = room::toPcm(room::speech(media::test::clip("clip_b.wav"), 3, -26));
  const media::VoiceCodecFactory opus;
  std::vector<std::uint64_t> frames[2];
  for (const bool isDown : {false, true}) {
    const auto seam = std::make_shared<MediaSeam>();
    seam->voice.talkMode = media::TalkMode::PushToTalk;
    seam->voice.isTalkKeyDown = isDown;
    AudioSide side(seam, opus, true);
    for (std::size_t i = 0; i + 480 <= mic.size(); i += 480) {
      side.onCapture(TimePoint(1s) + media::samplesToDuration(static_cast<std::int64_t>(i)),
                     std::span(mic).subspan(i, 480));
      while (seam->toNet.tryRead(
          [&](media::EncodedFrame& frame) { frames[isDown ? 1 : 0].push_back(frame.mediaTime); })) {
      }
    }
  }
  ASSERT_EQ(frames[0].size(), 150U);
  EXPECT_EQ(frames[0], frames[1]);
}

}  // namespace
}  // namespace foyer::client
