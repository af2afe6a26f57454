// Qt Multimedia as the second backend and as the player of rings: correct, not quick.
#include <algorithm>

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QThread>

#include "core/audio/device_pump.h"
#include "core/audio/ring_tone.h"
#include "tests/audio/recording_callbacks.h"
#include "tests/support/pulse_server.h"

namespace foyer::audio {
namespace {

using foyer::test::PulseServer;
using test::RecordingCallbacks;
using test::waitForEvent;
using test::waitUntil;

// Qt connects to the sound server once per process, so one server serves this whole file.
class QtMultimediaTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!PulseServer::isInstalled()) return;
    s_server = std::make_unique<PulseServer>(PulseServer::Devices{.loop = true});
    static int argc = 1;
    static char name[] = "audio_tests";
    static char* argv[] = {name, nullptr};
    s_app = std::make_unique<QCoreApplication>(argc, argv);
  }
  static void TearDownTestSuite() {
    s_app.reset();
    s_server.reset();
  }
  void SetUp() override {
    if (!s_server) GTEST_SKIP() << "not run here, because pulseaudio is not installed";
  }
  // Records the loop with libpulse and returns the loudest sample within `limit`.
  static int loudest(RecordingCallbacks& callbacks) {
    int peak = 0;
    for (const std::int16_t s : callbacks.captured) peak = std::max(peak, std::abs(int{s}));
    return peak;
  }
  static std::unique_ptr<PulseServer> s_server;
  static std::unique_ptr<QCoreApplication> s_app;
};
std::unique_ptr<PulseServer> QtMultimediaTest::s_server;
std::unique_ptr<QCoreApplication> QtMultimediaTest::s_app;

TEST_F(QtMultimediaTest, theSecondBackendCarriesSoundBothWays) {
  RecordingCallbacks callbacks(12);
  DevicePump pump(NativeBackend::QtMultimedia);
  pump.open({}, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 5s));
  ASSERT_TRUE(waitUntil(8s, [&] { return pump.status().capturedSamples >= 3 * 48000; }));
  const DeviceList list = pump.devices();
  const StreamStatus status = pump.status();
  pump.close();
  EXPECT_TRUE(callbacks.isLegal);
  EXPECT_EQ(status.captureFragmentMs, status.playoutBufferMs);
  EXPECT_GT(status.captureGranted.value_or(Duration{}), Duration{});
  EXPECT_GT(status.playoutGranted.value_or(Duration{}), Duration{});
  ASSERT_EQ(list.inputs.size(), 1u);
  EXPECT_EQ(list.inputs[0].id, "mic");
  EXPECT_TRUE(list.inputs[0].isDefault);
  const auto heard = std::count_if(callbacks.captured.begin(), callbacks.captured.end(),
                                   [](auto s) { return s >= 250; });
  EXPECT_GE(heard, 48000) << "a second of what was played at least";
  const int calls = callbacks.captureCalls;
  EXPECT_FALSE(waitUntil(50ms, [&] { return callbacks.captureCalls != calls; }));
}

TEST_F(QtMultimediaTest, theSecondBackendMixesWithNull) {
  RecordingCallbacks callbacks(5);
  DevicePump pump(NativeBackend::QtMultimedia);
  pump.open({DeviceSpec::parse("null"), {}}, callbacks);
  EXPECT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 5s));
}

TEST_F(QtMultimediaTest, theSecondBackendNoticesALostMicrophone) {
  const std::string usb = s_server->plug(
      "module-remap-source source_name=usb master=speaker.monitor "
      "source_properties=device.description=Headset");
  RecordingCallbacks callbacks(12);
  DevicePump pump(NativeBackend::QtMultimedia);
  pump.watchDevices();
  ASSERT_TRUE(waitUntil(3s, [&] { return pump.devices().inputs.size() == 2; }));
  pump.open({DeviceSpec::parse("usb"), {}}, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 5s));
  s_server->unplug(usb);
  std::optional<AudioEvent> lost;
  const bool wasNoticed = waitUntil(3s, [&] {
    QCoreApplication::processEvents();
    lost = waitForEvent(pump.events(), AudioEventKind::DeviceLost, 0s);
    return lost.has_value();
  });
  // Qt 6.8.2 never takes a device off its list here, and the server has moved the stream meanwhile:
  // nothing that could be noticed. Foyer itself listens to libpulse on such systems.
  if (!wasNoticed && pump.devices().inputs.size() == 2)
    GTEST_SKIP() << "Qt " << qVersion() << " goes on listing devices that are gone";
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->direction, Direction::Capture);
}

// Keeps the sound's thread in one callback until sound waits and the list is due: both come at
// once then, the sound first.
class HeldCallbacks : public RecordingCallbacks {
 public:
  HeldCallbacks() : RecordingCallbacks(12) {}
  void onPlayout(const PlayoutTime& time, std::span<std::int16_t> out) override {
    RecordingCallbacks::onPlayout(time, out);
    if (!wantsToHold.exchange(false)) return;
    isHeld = true;
    const TimePoint until = time.askedAt + kListIsDue;
    waitUntil(2s, [&] { return isFree && monotonicNow() > until; });
  }
  static constexpr Duration kListIsDue = 600ms;
  std::atomic<bool> wantsToHold{false}, isHeld{false}, isFree{false};
};

// Qt 6.4 puts off the rest of a fragment and, while the stream is destroyed, hands it on.
TEST_F(QtMultimediaTest, theSecondBackendLosesAMicrophoneWhileSoundWaits) {
  const std::string usb = s_server->plug(
      "module-remap-source source_name=usb master=speaker.monitor "
      "source_properties=device.description=Headset");
  HeldCallbacks callbacks;
  DevicePump pump(NativeBackend::QtMultimedia);
  pump.watchDevices();
  ASSERT_TRUE(waitUntil(3s, [&] { return pump.devices().inputs.size() == 2; }));
  pump.open({DeviceSpec::parse("usb"), {}}, callbacks);
  ASSERT_TRUE(waitForEvent(pump.events(), AudioEventKind::Started, 5s));
  callbacks.wantsToHold = true;
  ASSERT_TRUE(waitUntil(5s, [&] { return callbacks.isHeld.load(); }));
  s_server->unplug(usb);
  callbacks.isFree = true;
  const int calls = callbacks.captureCalls;
  EXPECT_TRUE(waitUntil(5s, [&] { return callbacks.captureCalls > calls + 100; }));
}

TEST_F(QtMultimediaTest, aRingIsHeardRepeatsAndStops) {
  RecordingCallbacks callbacks(12);
  DevicePump listener;  // libpulse hears what Qt plays
  listener.open({{}, DeviceSpec::parse("null"), Purpose::Meter}, callbacks);
  ASSERT_TRUE(waitForEvent(listener.events(), AudioEventKind::Started, 3s));
  RingTone ring;
  const TimePoint before = monotonicNow();
  ring.play(Tone::Incoming);
  EXPECT_LE(monotonicNow() - before, 50ms) << "the caller's thread only posts";
  ASSERT_TRUE(waitForEvent(listener.events(), AudioEventKind::InputHeard, 5s) ||
              waitUntil(1s, [&] { return ring.isPlaying(); }));
  ASSERT_TRUE(waitUntil(5s, [&] { return listener.status().capturedSamples > 3 * 48000; }));
  EXPECT_TRUE(ring.isPlaying());
  ring.stop();
  EXPECT_TRUE(waitUntil(1s, [&] { return !ring.isPlaying(); }));
  listener.close();
  EXPECT_GE(loudest(callbacks), 3000);
}

TEST_F(QtMultimediaTest, aRingIsAsLoudAsWantedAndOneRingEndsByItself) {
  RecordingCallbacks callbacks(12);
  DevicePump listener;
  listener.open({{}, DeviceSpec::parse("null"), Purpose::Meter}, callbacks);
  ASSERT_TRUE(waitForEvent(listener.events(), AudioEventKind::Started, 3s));
  RingTone ring;
  ring.play(Tone::Incoming, {.volume = .5, .isOnce = true});
  ASSERT_TRUE(waitUntil(5s, [&] { return ring.isPlaying(); }));
  EXPECT_TRUE(waitUntil(8s, [&] { return !ring.isPlaying(); })) << "it would repeat for ever";
  listener.close();
  EXPECT_GE(loudest(callbacks), 300);
  EXPECT_LE(loudest(callbacks), 3000) << "half as loud is a third of the amplitude or less";
}

TEST_F(QtMultimediaTest, aRingHasADeviceOfItsOwn) {
  const std::string across = s_server->plug("module-null-sink sink_name=across");
  RecordingCallbacks callbacks(12);
  DevicePump listener;
  listener.watchDevices();
  listener.open({DeviceSpec::parse("default"), DeviceSpec::parse("null"), Purpose::Meter},
                callbacks);
  ASSERT_TRUE(waitForEvent(listener.events(), AudioEventKind::Started, 3s));
  RingTone ring;
  ring.play(Tone::Incoming, {.outputId = "across", .isOnce = true});
  ASSERT_TRUE(waitUntil(5s, [&] { return ring.isPlaying(); }));
  EXPECT_TRUE(waitUntil(8s, [&] { return !ring.isPlaying(); }));
  listener.close();
  s_server->unplug(across);
  EXPECT_LE(loudest(callbacks), 100) << "not where calls are heard";
}

TEST_F(QtMultimediaTest, theTestSoundEndsByItself) {
  RingTone ring;
  ring.play(Tone::Test, {.outputId = "speaker"});
  ASSERT_TRUE(waitUntil(2s, [&] { return ring.isPlaying(); }));
  EXPECT_TRUE(waitUntil(4s, [&] { return !ring.isPlaying(); }));
}

}  // namespace
}  // namespace foyer::audio
