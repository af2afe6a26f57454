#include "core/media/capture.h"

#include <gtest/gtest.h>

#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

const VoiceCodecFactory kOpus;
const SizedCodecFactory kSized;
constexpr TimePoint kStart(20s);

// Feeds all of `pcm` in chunks of the given sizes, in turn.
std::vector<EncodedFrame> feed(Capture& capture, std::span<const std::int16_t> pcm,
                               const std::vector<std::size_t>& chunks, TimePoint at = kStart) {
  std::vector<EncodedFrame> frames;
  std::size_t done = 0;
  for (std::size_t i = 0; done < pcm.size(); ++i) {
    const std::size_t n = std::min(chunks[i % chunks.size()], pcm.size() - done);
    capture.push(at + samplesToDuration(static_cast<std::int64_t>(done)), pcm.subspan(done, n),
                 [&](const EncodedFrame& f) { frames.push_back(f); });
    done += n;
  }
  return frames;
}

TEST(Capture, chunkSizesDoNotMatter) {
  const auto speech = test::clip("clip_a.wav");
  const std::span<const std::int16_t> second(speech.data(), 48'000);
  Capture plain(kOpus);
  const auto expected = feed(plain, second, {960});
  ASSERT_EQ(expected.size(), 50U);
  for (const auto& chunks :
       {std::vector<std::size_t>{480}, {120}, {1}, {7, 1'000, 333}, {48'000}, {959, 1, 961}}) {
    Capture capture(kOpus);
    const auto frames = feed(capture, second, chunks);
    ASSERT_EQ(frames.size(), 50U);
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_TRUE(std::ranges::equal(frames[i].payload(), expected[i].payload())) << i;
      EXPECT_EQ(frames[i].mediaTime, i * 8);
      const Duration off = frames[i].capturedAt - (kStart + 20ms * static_cast<int>(i));
      EXPECT_LT(off < Duration{0} ? -off : off, 1us);
      EXPECT_EQ(frames[i].size, 60);
    }
  }
}

TEST(Capture, mutedFramesHoldSilenceInTheSameSizes) {
  const auto speech = test::clip("clip_a.wav");
  Capture capture(kOpus);
  capture.setMuted(true);
  const auto frames = feed(capture, speech, {480});
  ASSERT_EQ(frames.size(), 500U);
  const auto decoder = kOpus.makeDecoder(wire::CodecId::Opus);
  std::vector<std::int16_t> out(960);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].size, 60);
    ASSERT_TRUE(decoder->decode(frames[i].payload(), out));
    if (i < 2) continue;  // the ramp
    EXPECT_EQ(frames[i].levelDb, kDigitalSilenceDb);
    EXPECT_LT(levelDbfs(out), -80);
  }
  EXPECT_TRUE(capture.report().isMuted);
  capture.setMuted(false);
  EXPECT_GT(feed(capture, speech, {480}, kStart + 10s)[20].levelDb, -50);
}

TEST(Capture, theMeterShowsTheMicrophoneAlsoWhileMuted) {
  Capture capture(kSized);
  capture.setMuted(true);
  const std::vector<std::int16_t> loud(9'600, 16'384);
  feed(capture, loud, {480});
  EXPECT_EQ(capture.report().inputLevelDb, -6);
  EXPECT_FALSE(capture.report().isInputSilent);
}

TEST(Capture, exactZerosAreReportedInTimeToBeReadWithinTwoSeconds) {
  Capture capture(kSized);
  const std::size_t enough = durationToSamples(kSilentInputAfter);
  EXPECT_LT(kSilentInputAfter, 2s);
  std::vector<std::int16_t> zeros(enough);
  feed(capture, {zeros.data(), enough - 1}, {480});
  EXPECT_FALSE(capture.report().isInputSilent);
  feed(capture, {zeros.data(), 1}, {480}, kStart + 2s);
  EXPECT_TRUE(capture.report().isInputSilent);
  zeros[10] = 1;
  feed(capture, {zeros.data(), 480}, {480}, kStart + 2s);
  EXPECT_FALSE(capture.report().isInputSilent);
}

TEST(Capture, settingsChangeBetweenFrames) {
  Capture capture(kOpus);
  const std::vector<std::int16_t> pcm(48'000, 300);
  std::vector<EncodedFrame> frames;
  const auto take = [&](const EncodedFrame& f) { frames.push_back(f); };
  capture.push(kStart, {pcm.data(), 1460}, take);
  EXPECT_TRUE(capture.setEncoding({.time = wire::PacketTime::Ms40, .bitrateBps = 16'000}));
  capture.push(kStart + samplesToDuration(1460), {pcm.data(), 2 * 960 + 2 * 1920 - 1460}, take);
  ASSERT_EQ(frames.size(), 4U);
  EXPECT_EQ(frames[1].time, wire::PacketTime::Ms20) << "begun before the change";
  EXPECT_EQ(frames[2].time, wire::PacketTime::Ms40);
  EXPECT_EQ(frames[2].size, 80);
  EXPECT_EQ(frames[2].mediaTime, 16U);
  EXPECT_EQ(frames[3].mediaTime, 32U);
  EXPECT_EQ(frames[3].capturedAt, kStart + 80ms);
}

TEST(Capture, aCodecThatIsMissingLeavesTheOldOne) {
  Capture capture(kOpus);
  EXPECT_FALSE(capture.setEncoding(
      {.codec = wire::CodecId::Sized, .time = wire::PacketTime::Ms40, .bitrateBps = 16'000}));
  const auto frames = feed(capture, std::vector<std::int16_t>(1920), {480});
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].codec, wire::CodecId::Opus);
  EXPECT_EQ(frames[0].time, wire::PacketTime::Ms40);
}

TEST(Capture, aStalledDeviceMovesMediaTimeAlong) {
  Capture capture(kSized);
  const std::vector<std::int16_t> pcm(2'000);
  EXPECT_EQ(feed(capture, pcm, {480}).size(), 2U);
  // 80 samples are pending; then nothing for a second.
  const TimePoint again = kStart + samplesToDuration(2'000) + 1s;
  const auto frames = feed(capture, {pcm.data(), 960}, {960}, again);
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].capturedAt, again);
  EXPECT_NEAR(static_cast<double>(frames[0].mediaTime) * 120, 50'000, 120);
  // Jitter of the device's times does not.
  EXPECT_EQ(feed(capture, {pcm.data(), 960}, {960}, again + 150ms)[0].mediaTime,
            frames[0].mediaTime + 8);
}

TEST(Capture, reportsTheLookaheadOfOpus) {
  // 6.5 ms: part of mouth to ear.
  EXPECT_EQ(Capture(kOpus).report().encoderDelay, 6500us);
  EXPECT_EQ(Capture(kSized).report().encoderDelay, 0us);
}

TEST(Level, isRmsOfFullScale) {
  EXPECT_EQ(levelDbfs(std::vector<std::int16_t>(100)), kDigitalSilenceDb);
  EXPECT_EQ(levelDbfs({}), kDigitalSilenceDb);
  EXPECT_EQ(levelDbfs(std::vector<std::int16_t>(100, -32'768)), 0);
  EXPECT_EQ(levelDbfs(std::vector<std::int16_t>(100, 3277)), -20);
  EXPECT_EQ(levelDbfs(std::vector<std::int16_t>(100, 1)), -90);
}

}  // namespace
}  // namespace foyer::media
