// The libpulse backend against a private PulseAudio with null sinks.
#include <gtest/gtest.h>
#include <pulse/pulseaudio.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "core/audio/device_pump.h"
#include "core/audio/duplex_runner.h"
#include "core/audio/sample_clock.h"
#include "core/io/files.h"
#include "core/media/wav.h"
#include "tests/audio/recording_callbacks.h"
#include "tests/support/pulse_server.h"

namespace foyer::audio {
namespace {

using foyer::test::PulseServer;
using test::RecordingCallbacks;
using test::waitForEvent;
using test::waitUntil;

#define NEEDS_PULSE()              \
  if (!PulseServer::isInstalled()) \
  GTEST_SKIP() << "not run here, because pulseaudio is not installed"

const StreamSpec kDefaults{};

// Positions of clicks in what was captured.
std::vector<std::int64_t> clicksIn(const std::vector<std::int16_t>& pcm) {
  std::vector<std::int64_t> at;
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    if (pcm[i] < 10000) continue;
    at.push_back(static_cast<std::int64_t>(i));
    i += 4800;
  }
  return at;
}

TimePoint timeOf(const std::vector<RecordingCallbacks::Stamp>& stamps, std::int64_t sample) {
  auto after = std::upper_bound(stamps.begin(), stamps.end(), sample,
                                [](std::int64_t s, const auto& stamp) { return s < stamp.sample; });
  const auto& stamp = after == stamps.begin() ? *after : *(after - 1);
  return stamp.at + durationOfSamples(sample - stamp.sample);
}

struct LoopFigures {
  double loopMs = 0, dropout = 1, errorMs = 0;
};

void measureLoop(LoopFigures& figures) {
  PulseServer server(PulseServer::Devices{.loop = true});
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open(kDefaults, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  ASSERT_TRUE(waitUntil(10s, [&] { return pump.status().capturedSamples >= 6 * 48000; }));
  const StreamStatus status = pump.status();
  pump.close();

  EXPECT_TRUE(callbacks.isLegal);
  EXPECT_GT(status.captureFragmentMs, 0);
  EXPECT_GT(status.playoutBufferMs, 0);
  EXPECT_GT(status.captureGranted.value_or(0ns), 0ns);
  EXPECT_GT(status.playoutGranted.value_or(0ns), 0ns);
  const auto clicks = clicksIn(callbacks.captured);
  ASSERT_GE(clicks.size(), 8u);
  const auto first = static_cast<std::size_t>(clicks.front());
  const auto zeros =
      std::count_if(callbacks.captured.begin() + clicks.front(), callbacks.captured.end(),
                    [](auto s) { return std::abs(s) < 50; });
  const double dropout =
      static_cast<double>(zeros) / static_cast<double>(callbacks.captured.size() - first);
  // Each click was handed over at a multiple of half a second; where the times of both directions
  // agree, a click is captured when the device said it would sound.
  std::vector<double> errorMs;
  for (const std::int64_t click : clicks) {
    const TimePoint heard = timeOf(callbacks.captureTimes, click);
    double best = 1e9;
    for (std::int64_t k = 0; k < callbacks.played; k += RecordingCallbacks::kClickPeriod) {
      const double ms =
          std::chrono::duration<double, std::milli>(heard - timeOf(callbacks.playoutTimes, k))
              .count();
      if (std::abs(ms) < std::abs(best)) best = ms;
    }
    errorMs.push_back(best);
  }
  std::sort(errorMs.begin(), errorMs.end());
  const double medianError = errorMs[errorMs.size() / 2];
  const double loop = std::chrono::duration<double, std::milli>(
                          status.playoutLatency.value_or(0ns) + status.captureLatency.value_or(0ns))
                          .count();
  std::printf(
      "pulse loop %.1f ms, dropout %.3f %%, underflows %lu, sound against its time %.1f ms\n", loop,
      dropout * 100, static_cast<unsigned long>(status.underflows), medianError);
  figures = {loop, dropout, medianError};
}

// Other programs on the machine may take the processor away for longer than 20 ms, so one clean run
// of three is asked for. The strict figure is the benchmark's business.
TEST(PulseBackend, loopIsShortWithoutDropoutsAndTheTimesAgree) {
  NEEDS_PULSE();
  LoopFigures best;
  for (int attempt = 0; attempt < 3 && best.dropout > 0.002; ++attempt) {
    LoopFigures figures;
    measureLoop(figures);
    if (HasFatalFailure()) return;
    if (figures.dropout < best.dropout) best = figures;
  }
  RecordProperty("loop_ms", std::to_string(best.loopMs));
  RecordProperty("dropout_permille", std::to_string(best.dropout * 1000));
  EXPECT_LE(best.loopMs, 60.0);
  EXPECT_LE(best.dropout, 0.002);
  EXPECT_LE(std::abs(best.errorMs), 20.0);
}

TEST(PulseBackend, anUnpluggedMicrophoneIsSaidWithinASecondAndTheDefaultGoesOn) {
  NEEDS_PULSE();
  PulseServer server;
  server.plug(PulseServer::nullSink("usbfeed"));
  const std::string usb = server.plug(
      "module-remap-source source_name=usb master=usbfeed.monitor "
      "source_properties=device.description=Headset");
  ASSERT_FALSE(usb.empty());
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open({DeviceSpec::parse("usb"), {}}, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  const TimePoint pulled = monotonicNow();
  server.unplug(usb);
  const auto lost = waitForEvent(pump.events(), AudioEventKind::DeviceLost, 3s);
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->direction, Direction::Capture);
  EXPECT_LE(monotonicNow() - pulled, 1s);
  const auto before = pump.status().capturedSamples;
  EXPECT_TRUE(waitUntil(1s, [&] { return pump.status().capturedSamples > before + 9600; }));
  EXPECT_TRUE(pump.status().isStarted);
}

TEST(PulseBackend, anUnpluggedSpeakerIsSaidWithinASecondAndTheDefaultGoesOn) {
  NEEDS_PULSE();
  PulseServer server;
  const std::string usb = server.plug(PulseServer::nullSink("usb"));
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open({{}, DeviceSpec::parse("usb")}, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  const TimePoint pulled = monotonicNow();
  server.unplug(usb);
  const auto lost = waitForEvent(pump.events(), AudioEventKind::DeviceLost, 3s);
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->direction, Direction::Playout);
  EXPECT_LE(monotonicNow() - pulled, 1s);
  const auto before = pump.status().playedSamples;
  EXPECT_TRUE(waitUntil(1s, [&] { return pump.status().playedSamples > before + 9600; }));
}

TEST(PulseBackend, theOnlyMicrophoneGoneIsNoMicrophoneAndNeverTheMonitor) {
  NEEDS_PULSE();
  PulseServer server;
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open(kDefaults, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  server.unplug(server.moduleWith("source_name=mic"));
  const auto failed = waitForEvent(pump.events(), AudioEventKind::Failed, 3s);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->fault, AudioFault::NoMicrophone);
  const auto played = pump.status().playedSamples;
  EXPECT_TRUE(waitUntil(1s, [&] { return pump.status().playedSamples > played + 4800; }));
  server.plug("module-remap-source source_name=mic2 master=feed.monitor");
  const auto back = waitForEvent(pump.events(), AudioEventKind::Recovered, 3s);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->direction, Direction::Capture);
}

TEST(PulseBackend, theListFollowsPluggingAndLeavesMonitorsOut) {
  NEEDS_PULSE();
  PulseServer server;
  DevicePump pump;
  pump.watchDevices();
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::ListChanged, 3s));
  DeviceList list = pump.devices();
  ASSERT_TRUE(list.isKnown);
  ASSERT_EQ(list.inputs.size(), 1u);
  EXPECT_EQ(list.inputs[0], (DeviceInfo{"mic", "Microphone", true}));
  EXPECT_EQ(list.outputs.size(), 2u);

  const TimePoint plugged = monotonicNow();
  const std::string usb = server.plug(PulseServer::nullSink("usb"));
  ASSERT_TRUE(waitUntil(2s, [&] { return pump.devices().outputs.size() == 3; }));
  EXPECT_LE(monotonicNow() - plugged, 1s);
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::ListChanged, 1s));
  server.pactl("set-default-sink usb");
  const auto changed = waitForEvent(pump.events(), AudioEventKind::DefaultChanged, 2s);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->direction, Direction::Playout);
  server.unplug(usb);
  EXPECT_TRUE(waitUntil(2s, [&] { return pump.devices().outputs.size() == 2; }));
}

TEST(PulseBackend, aDeviceThatIsAbsentFallsBackToTheDefaultAndSaysSo) {
  NEEDS_PULSE();
  PulseServer server;
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  pump.open({DeviceSpec::parse("no such thing"), {}}, callbacks);
  const auto event = waitForEvent(pump.events(), AudioEventKind::DeviceNotFound, 3s);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->direction, Direction::Capture);
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
}

TEST(PulseBackend, aServerThatRestartsIsFoundAgain) {
  NEEDS_PULSE();
  PulseServer server;
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open(kDefaults, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  server.stop();
  const auto failed = waitForEvent(pump.events(), AudioEventKind::Failed, 3s);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->fault, AudioFault::NoSoundServer);
  server.start();
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::Recovered, 5s));
  const auto before = pump.status();
  EXPECT_TRUE(waitUntil(5s, [&] {
    const StreamStatus now = pump.status();
    return now.capturedSamples > before.capturedSamples + 9600 &&
           now.playedSamples > before.playedSamples + 9600;
  }));
}

TEST(PulseBackend, withoutAServerBothDirectionsSaySo) {
  NEEDS_PULSE();
  PulseServer server;
  server.stop();
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  pump.open(kDefaults, callbacks);
  for (int i = 0; i < 2; ++i) {
    const auto failed = waitForEvent(pump.events(), AudioEventKind::Failed, 3s);
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->fault, AudioFault::NoSoundServer);
  }
  EXPECT_FALSE(pump.status().isStarted);
}

// The sink of a pump's playout stream, by the server's word.
std::string sinkInUse(const PulseServer& server, const std::string& name) {
  const std::string sinks = server.pactl("list short sinks");
  const std::size_t at = sinks.find("\t" + name + "\t");
  if (at == std::string::npos) return "?";
  const std::size_t line =
      sinks.rfind('\n', at) == std::string::npos ? 0 : sinks.rfind('\n', at) + 1;
  return sinks.substr(line, at - line);
}

TEST(PulseBackend, aSpeakerHeldByAnotherProgramIsSaidAnotherOneIsUsedAndItIsTakenWhenFree) {
  NEEDS_PULSE();
  PulseServer server;
  server.plug(PulseServer::nullSink("usb"));
  server.hold("usb");
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open({{}, DeviceSpec::parse("usb")}, callbacks);
  const auto busy = waitForEvent(pump.events(), AudioEventKind::DeviceBusy, 3s);
  ASSERT_TRUE(busy);
  EXPECT_EQ(busy->direction, Direction::Playout);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s)) << "with another one";
  const auto before = pump.status().playedSamples;
  // Over two and more questions whether it is free: the sound goes on, and nothing is said twice.
  ASSERT_TRUE(waitUntil(5s, [&] { return pump.status().playedSamples > before + 3 * 48000; }));
  while (const auto event = pump.events().pop()) {
    EXPECT_NE(event->kind, AudioEventKind::DeviceBusy);
    EXPECT_NE(event->kind, AudioEventKind::Failed);
    EXPECT_NE(event->kind, AudioEventKind::Restarting);
  }
  const TimePoint released = monotonicNow();
  server.letGo();
  const auto back = waitForEvent(pump.events(), AudioEventKind::Recovered, 4s);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->direction, Direction::Playout);
  EXPECT_LE(monotonicNow() - released, 3s);
  EXPECT_NE(server.pactl("list short sink-inputs").find("\t" + sinkInUse(server, "usb") + "\t"),
            std::string::npos)
      << "it plays on the chosen one";
}

TEST(PulseBackend, theOnlySpeakerHeldByAnotherProgramIsAFaultAndRecovers) {
  NEEDS_PULSE();
  PulseServer server(PulseServer::Devices{.speaker = false, .microphone = false});
  server.plug(PulseServer::nullSink("usb"));
  server.hold("usb");
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open({DeviceSpec::parse("null"), {}}, callbacks);
  const auto failed = waitForEvent(pump.events(), AudioEventKind::Failed, 3s);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->direction, Direction::Playout);
  EXPECT_EQ(failed->fault, AudioFault::DeviceBusy);
  const auto captured = pump.status().capturedSamples;
  EXPECT_TRUE(waitUntil(2s, [&] { return pump.status().capturedSamples > captured + 4800; }))
      << "the other direction goes on";
  server.letGo();
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 4s));
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::Recovered, 1s));
}

// Opens recordings of one source until the server refuses more: the one way without hardware to
// make it refuse a microphone.
class Recorders {
 public:
  explicit Recorders(const char* source) : m_loop(pa_threaded_mainloop_new()) {
    pa_threaded_mainloop_start(m_loop);
    pa_threaded_mainloop_lock(m_loop);
    m_context = pa_context_new(pa_threaded_mainloop_get_api(m_loop), "recorders");
    pa_context_connect(m_context, nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr);
    pa_threaded_mainloop_unlock(m_loop);
    if (!settles([&] { return pa_context_get_state(m_context) == PA_CONTEXT_READY; })) return;
    const pa_sample_spec format{PA_SAMPLE_S16NE, 8000, 1};
    while (!m_isFull && m_streams.size() < 1000) {
      pa_threaded_mainloop_lock(m_loop);
      pa_stream* stream = pa_stream_new(m_context, "recorder", &format, nullptr);
      pa_stream_connect_record(stream, source, nullptr, PA_STREAM_START_CORKED);
      pa_threaded_mainloop_unlock(m_loop);
      m_streams.push_back(stream);
      settles([&] { return pa_stream_get_state(stream) != PA_STREAM_CREATING; });
      m_isFull = pa_stream_get_state(stream) == PA_STREAM_FAILED;
    }
  }
  ~Recorders() {
    pa_threaded_mainloop_lock(m_loop);
    for (pa_stream* stream : m_streams) {
      pa_stream_disconnect(stream);
      pa_stream_unref(stream);
    }
    pa_context_disconnect(m_context);
    pa_context_unref(m_context);
    pa_threaded_mainloop_unlock(m_loop);
    pa_threaded_mainloop_stop(m_loop);
    pa_threaded_mainloop_free(m_loop);
  }
  Recorders(const Recorders&) = delete;
  Recorders& operator=(const Recorders&) = delete;
  [[nodiscard]] bool isFull() const { return m_isFull; }

 private:
  template <class Predicate>
  bool settles(Predicate done) {
    return waitUntil(3s, [&] {
      pa_threaded_mainloop_lock(m_loop);
      const bool is = done();
      pa_threaded_mainloop_unlock(m_loop);
      return is;
    });
  }
  pa_threaded_mainloop* m_loop;
  pa_context* m_context = nullptr;
  std::vector<pa_stream*> m_streams;
  bool m_isFull = false;
};

TEST(PulseBackend, aMicrophoneThatOthersFillIsSaidAnotherOneIsUsedAndItIsTakenWhenFree) {
  NEEDS_PULSE();
  PulseServer server;
  server.plug(PulseServer::nullSink("usbfeed"));
  server.plug("module-remap-source source_name=usb master=usbfeed.monitor");
  auto recorders = std::make_unique<Recorders>("usb");
  ASSERT_TRUE(recorders->isFull());
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open({DeviceSpec::parse("usb"), {}}, callbacks);
  const auto busy = waitForEvent(pump.events(), AudioEventKind::DeviceBusy, 3s);
  ASSERT_TRUE(busy);
  EXPECT_EQ(busy->direction, Direction::Capture);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  recorders.reset();
  const auto back = waitForEvent(pump.events(), AudioEventKind::Recovered, 4s);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->direction, Direction::Capture);
}

// A server that is there and does not answer: nothing in the program may wait for it.
TEST(PulseBackend, aHangingServerBlocksNobodyAndNeverCountsAsStarted) {
  NEEDS_PULSE();
  PulseServer server;
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  server.freeze();
  const TimePoint before = monotonicNow();
  pump.open(kDefaults, callbacks);
  pump.close();
  pump.open(kDefaults, callbacks);
  EXPECT_LE(monotonicNow() - before, 500ms);
  EXPECT_FALSE(waitForEvent(pump.events(), AudioEventKind::Started, 500ms));
  server.thaw();
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 5s)) << "late, but it started";
  pump.close();
}

TEST(PulseBackend, aServerThatFreezesInMidCallIsNoticedAndForgiven) {
  NEEDS_PULSE();
  PulseServer server;
  RecordingCallbacks callbacks(12);
  DevicePump pump;
  pump.open(kDefaults, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
  const TimePoint frozen = monotonicNow();
  server.freeze();
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Restarting, 2s));
  EXPECT_LE(monotonicNow() - frozen, 1s);
  server.thaw();
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::Recovered, 5s));
}

TEST(PulseBackend, aMutedMicrophoneIsCalledSilent) {
  NEEDS_PULSE();
  PulseServer server;  // nothing plays into "feed": only zeros
  RecordingCallbacks callbacks(5);
  DevicePump pump;
  pump.open(kDefaults, callbacks);
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::InputSilent, 5s));
}

TEST(PulseBackend, mixesWithAFileOnTheSameThread) {
  NEEDS_PULSE();
  char pattern[] = "/tmp/foyer-audio-XXXXXX";
  const std::string dir = ::mkdtemp(pattern);
  PulseServer server(PulseServer::Devices{.loop = true});
  struct ThreadCheck final : DuplexCallbacks {
    std::atomic<pid_t> capture{0}, playout{0};
    void onCapture(TimePoint, std::span<const std::int16_t>) override { capture = ::gettid(); }
    void onPlayout(const PlayoutTime&, std::span<std::int16_t> out) override {
      playout = ::gettid();
      std::fill(out.begin(), out.end(), std::int16_t{1234});
    }
  } callbacks;
  {
    DevicePump pump;
    pump.open({{}, DeviceSpec::parse("file:" + dir + "/out.wav")}, callbacks);
    ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 3s));
    ASSERT_TRUE(waitUntil(3s, [&] { return pump.status().playedSamples >= 9600; }));
    EXPECT_EQ(callbacks.capture, callbacks.playout);
  }
  const auto wav = media::parseWav(*io::readFile(dir + "/out.wav", 1 << 20));
  ASSERT_TRUE(wav);
  EXPECT_GE(wav->samples.size(), 9600u);
  EXPECT_TRUE(
      std::all_of(wav->samples.begin(), wav->samples.end(), [](auto s) { return s == 1234; }));
  std::filesystem::remove_all(dir);
}

TEST(PulseBackend, ourOwnPathAroundTheCallbacksAllocatesNothing) {
  AudioEventQueue events;
  StreamCounters counters;
  DuplexRunner runner(events, counters);
  RecordingCallbacks callbacks(30);
  runner.begin(TimePoint(1s), callbacks, 1, true, true);
  std::vector<std::int16_t> pcm(960);
  SampleClock clock;
  const std::uint64_t before = test::allocationsOfThread();
  for (int i = 0; i < 1000; ++i) {
    const TimePoint now = TimePoint(1s) + i * Duration(10ms);
    runner.capture(now, clock.update(i * 480, now), std::span(pcm).first(480),
                   DuplexRunner::ZeroWatch::On);
    runner.playout(now, now, std::span(pcm).first(static_cast<std::size_t>(240 + i % 480)));
    runner.underflow(now);
    while (runner.poll(now)) {
    }
  }
  EXPECT_EQ(test::allocationsOfThread(), before);
  EXPECT_TRUE(callbacks.isLegal);
}

}  // namespace
}  // namespace foyer::audio
