// null and file: as devices, on the real clock.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/audio/device_pump.h"
#include "core/audio/paced_duplex.h"
#include "core/audio/wav_recorder.h"
#include "core/io/files.h"
#include "core/media/wav.h"
#include "tests/audio/recording_callbacks.h"

namespace foyer::audio {
namespace {

using test::RecordingCallbacks;
using test::waitForEvent;
using test::waitUntil;

class PacedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/foyer-audio-XXXXXX";
    dir = ::mkdtemp(pattern);
  }
  void TearDown() override { std::filesystem::remove_all(dir); }
  [[nodiscard]] std::string path(const char* name) const { return dir + "/" + name; }
  [[nodiscard]] static media::WavData read(const std::string& file) {
    const auto bytes = io::readFile(file, std::size_t{64} << 20);
    if (!bytes) return {};
    auto wav = media::parseWav(*bytes);
    return wav ? std::move(*wav) : media::WavData();
  }
  void writeRamp(const std::string& file, std::size_t samples) const {
    std::vector<std::int16_t> pcm(samples);
    for (std::size_t i = 0; i < samples; ++i) pcm[i] = static_cast<std::int16_t>(1 + i % 30000);
    const Bytes wav = media::makeWav48kMono(pcm);
    ASSERT_TRUE(io::writeFileAtomically(file, wav, io::FileMode::Ordinary));
  }
  static StreamSpec spec(const std::string& in, const std::string& out) {
    return {DeviceSpec::parse(in), DeviceSpec::parse(out)};
  }
  std::string dir;
};

TEST_F(PacedTest, aFileStartsAtSampleZeroForEachCallAndIsSilenceAfterItsEnd) {
  writeRamp(path("in.wav"), 4800);
  DevicePump pump;
  for (int call = 0; call < 2; ++call) {
    RecordingCallbacks callbacks(5);
    pump.open(spec("file:" + path("in.wav"), "null"), callbacks);
    ASSERT_TRUE(waitUntil(2s, [&] { return callbacks.captureCalls >= 20; }));
    pump.close();
    ASSERT_GE(callbacks.captured.size(), 9600u);
    for (std::size_t i = 0; i < 4800; ++i) ASSERT_EQ(callbacks.captured[i], 1 + i) << i;
    for (std::size_t i = 4800; i < 9600; ++i) ASSERT_EQ(callbacks.captured[i], 0) << i;
  }
}

TEST_F(PacedTest, sampleTimesAreExactAndTheBlockComesWhenItHasBeenCaptured) {
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  const auto generation = pump.open(spec("null", "null"), callbacks);
  ASSERT_TRUE(waitUntil(2s, [&] { return callbacks.captureCalls >= 30; }));
  const StreamStatus status = pump.status();
  pump.close();
  EXPECT_EQ(status.generation, generation);
  ASSERT_TRUE(status.captureStarted && status.playoutStarted);
  EXPECT_EQ(*status.captureStarted, *status.playoutStarted);
  EXPECT_TRUE(callbacks.isLegal);
  for (const auto& [sample, at] : callbacks.captureTimes) {
    EXPECT_EQ(at, *status.captureStarted + durationOfSamples(sample));
  }
  for (const auto& [sample, at] : callbacks.playoutTimes) {
    EXPECT_EQ(at, *status.playoutStarted + durationOfSamples(sample));
  }
  // 30 blocks captured at 10 ms each: the thirtieth ended 300 ms after the start.
  EXPECT_GE(monotonicNow() - *status.captureStarted, 300ms);
}

TEST_F(PacedTest, theOutputFileHasEveryPlayedSampleAndLaterCallsAppend) {
  RecordingCallbacks first(5), second(5);
  DevicePump pump;
  pump.open(spec("null", "file:" + path("out.wav")), first);
  ASSERT_TRUE(waitUntil(2s, [&] { return first.playoutCalls >= 15; }));
  pump.close();
  const auto one = read(path("out.wav"));
  ASSERT_EQ(one.samples.size(), static_cast<std::size_t>(first.played));
  EXPECT_EQ(one.sourceRate, 48000u);
  EXPECT_EQ(one.sourceChannels, 1);
  EXPECT_EQ(one.samples[0], RecordingCallbacks::kClick);
  EXPECT_EQ(one.samples[100], RecordingCallbacks::kFloor);
  pump.open(spec("null", "file:" + path("out.wav")), second);
  ASSERT_TRUE(waitUntil(2s, [&] { return second.playoutCalls >= 5; }));
  pump.close();
  EXPECT_EQ(read(path("out.wav")).samples.size(),
            static_cast<std::size_t>(first.played + second.played));
}

TEST_F(PacedTest, theHeaderIsValidWhileTheCallRuns) {
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  pump.open(spec("null", "file:" + path("out.wav")), callbacks);
  ASSERT_TRUE(waitUntil(2s, [&] { return callbacks.playoutCalls >= 40; }));
  // What a killed program would leave behind: the sizes cover nearly all that was played.
  std::ifstream file(path("out.wav"), std::ios::binary);
  char header[44];
  ASSERT_TRUE(file.read(header, sizeof header));
  std::uint32_t dataBytes = 0;
  std::memcpy(&dataBytes, header + 40, sizeof dataBytes);
  EXPECT_GE(dataBytes, 2u * 480 * 15);
  EXPECT_LE(dataBytes + 44, std::filesystem::file_size(path("out.wav")));
}

TEST_F(PacedTest, startedFollowsAtOnceAndBelongsToTheOpening) {
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  const auto generation = pump.open(spec("null", "null"), callbacks);
  const auto event = waitForEvent(pump.events(), AudioEventKind::Started, 1s);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->generation, generation);
  EXPECT_TRUE(pump.status().isStarted);
}

TEST_F(PacedTest, afterCloseNoCallbackRuns) {
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  for (int i = 0; i < 50; ++i) {
    pump.open(spec("null", "null"), callbacks);
    pump.close();
    const int calls = callbacks.playoutCalls;
    EXPECT_FALSE(pump.status().isOpen);
    EXPECT_EQ(callbacks.playoutCalls, calls);
  }
}

TEST_F(PacedTest, aMeterCapturesAndWritesNoFile) {
  writeRamp(path("in.wav"), 48000);
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  StreamSpec meter = spec("file:" + path("in.wav"), "file:" + path("out.wav"));
  meter.purpose = Purpose::Meter;
  pump.open(meter, callbacks);
  ASSERT_TRUE(waitUntil(2s, [&] { return callbacks.captureCalls >= 5; }));
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 1s));
  pump.close();
  EXPECT_EQ(callbacks.playoutCalls, 0);
  EXPECT_FALSE(std::filesystem::exists(path("out.wav")));
}

TEST_F(PacedTest, whatCannotBeReadOrWrittenIsAFaultOfItsDirection) {
  std::ofstream(path("text.wav")) << "this is no sound";
  struct Row {
    const char* name;
    std::string in, out;
    Direction direction;
    AudioFault fault;
  };
  for (const Row& row :
       {Row{"missing", "file:" + path("none.wav"), "null", Direction::Capture,
            AudioFault::FileUnreadable},
        Row{"text", "file:" + path("text.wav"), "null", Direction::Capture, AudioFault::FileNotWav},
        Row{"no folder", "null", "file:" + path("no/out.wav"), Direction::Playout,
            AudioFault::FileUnwritable},
        Row{"full disk", "null", "file:/dev/full", Direction::Playout,
            AudioFault::FileUnwritable}}) {
    RecordingCallbacks callbacks(5);
    DevicePump pump;
    pump.open(spec(row.in, row.out), callbacks);
    const auto event = waitForEvent(pump.events(), AudioEventKind::Failed, 2s);
    ASSERT_TRUE(event) << row.name;
    EXPECT_EQ(event->direction, row.direction) << row.name;
    EXPECT_EQ(event->fault, row.fault) << row.name;
    EXPECT_FALSE(pump.status().isStarted) << row.name;
  }
}

TEST_F(PacedTest, changingTheInputInMidCallKeepsTheOpening) {
  writeRamp(path("in.wav"), 48000);
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  const auto generation = pump.open(spec("null", "null"), callbacks);
  ASSERT_TRUE(waitUntil(2s, [&] { return callbacks.captureCalls >= 3; }));
  pump.change(DeviceSpec::parse("file:" + path("in.wav")), DeviceSpec::parse("null"));
  const int before = callbacks.captureCalls;
  ASSERT_TRUE(waitUntil(2s, [&] { return callbacks.captureCalls >= before + 3; }));
  EXPECT_EQ(pump.status().generation, generation);
  pump.close();
  EXPECT_NE(callbacks.captured.back(), 0);
}

// ---- the paced side alone, on virtual time

struct VirtualPaced {
  AudioEventQueue events;
  StreamCounters counters;
  DuplexRunner runner{events, counters};
  PacedDuplex paced;
  RecordingCallbacks callbacks{10};
  explicit VirtualPaced(PacedDuplex::Parts parts) {
    runner.begin(TimePoint(1s), callbacks, 1, parts.capture, parts.playout);
    paced.begin(TimePoint(1s), runner, std::move(parts));
  }
};

TEST_F(PacedTest, whatADiskTooSlowCouldNotTakeIsSilenceOfThatLength) {
  auto recorder = WavRecorder::create(path("slow.wav"));
  ASSERT_TRUE(recorder);
  std::array<std::int16_t, kMaxBlockSamples> block;
  block.fill(7);
  // The writer wakes ten times a second and the ring holds five; this takes no time at all.
  constexpr std::size_t kBlocks = WavRecorder::kRingBlocks * 4;
  for (std::size_t i = 0; i < kBlocks; ++i) (*recorder)->write(block);
  (*recorder)->flush();
  block.fill(9);
  (*recorder)->write(block);
  (*recorder)->flush();
  const media::WavData heard = read(path("slow.wav"));
  ASSERT_EQ(heard.samples.size(), (kBlocks + 1) * kMaxBlockSamples);
  EXPECT_EQ(heard.samples.front(), 7);
  EXPECT_EQ(heard.samples.back(), 9);
  EXPECT_GT(std::count(heard.samples.begin(), heard.samples.end(), 0), 0);
}

TEST(PacedDuplex, aLateThreadCatchesUpWithoutLosingASample) {
  VirtualPaced v({.capture = true, .playout = true});
  v.paced.tick(TimePoint(1s));
  v.paced.tick(TimePoint(1s + 95ms));
  EXPECT_EQ(v.callbacks.played, 10 * 480);
  EXPECT_EQ(v.callbacks.captured.size(), 9u * 480);
  EXPECT_EQ(v.paced.nextTick(), TimePoint(1s + 100ms));
}

TEST(PacedDuplex, secondsAwayAreLeftOutAndTheTimesStayTrue) {
  std::vector<std::int16_t> ramp(48000 * 8);
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = static_cast<std::int16_t>(i / 480);
  VirtualPaced v({.capture = true, .playout = true, .clip = std::make_shared<const Clip>(ramp)});
  v.paced.tick(TimePoint(1s));
  v.paced.tick(TimePoint(1s + 10ms));
  v.paced.tick(TimePoint(6s));  // five seconds of nothing
  EXPECT_LT(v.callbacks.captured.size(), 48000u) << "no burst of five seconds";
  EXPECT_EQ(v.callbacks.captureTimes.back().at, TimePoint(6s - 10ms));
  EXPECT_EQ(v.callbacks.captured.back(), 499 - 0) << "the clip went on meanwhile";
  EXPECT_EQ(v.counters.capturedSamples, 500u * 480);
  EXPECT_EQ(v.counters.playedSamples, 501u * 480);
}

TEST(DuplexRunner, handsOutWholeGridBlocksWhateverTheDeviceAsks) {
  AudioEventQueue events;
  StreamCounters counters;
  DuplexRunner runner(events, counters);
  RecordingCallbacks callbacks(5);
  runner.begin(TimePoint(1s), callbacks, 1, false, true);
  std::vector<std::int16_t> out, all;
  for (const std::size_t n : {1u, 119u, 7u, 480u, 500u, 1234u, 120u, 3u}) {
    out.resize(n);
    runner.playout(TimePoint(1s), TimePoint(1s), out);
    all.insert(all.end(), out.begin(), out.end());
  }
  EXPECT_TRUE(callbacks.isLegal);
  EXPECT_LT(callbacks.played - static_cast<std::int64_t>(all.size()), std::int64_t{kPlayoutGrid});
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(all[i], i % RecordingCallbacks::kClickPeriod < 48 ? 20000 : 300) << i;
  }
}

TEST(DeviceSpec, readsWhatTheCommandLineSays) {
  using Kind = DeviceSpec::Kind;
  EXPECT_EQ(DeviceSpec::parse("").kind, Kind::Default);
  EXPECT_EQ(DeviceSpec::parse("default").kind, Kind::Default);
  EXPECT_EQ(DeviceSpec::parse("null").kind, Kind::Null);
  EXPECT_EQ(DeviceSpec::parse("file:a b.wav"), (DeviceSpec{Kind::File, "a b.wav"}));
  EXPECT_EQ(DeviceSpec::parse("USB Headset"), (DeviceSpec{Kind::Named, "USB Headset"}));
}

}  // namespace
}  // namespace foyer::audio
