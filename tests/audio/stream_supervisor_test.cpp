#include "core/audio/stream_supervisor.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace foyer::audio {
namespace {

using Kind = StreamSupervisor::ActionKind;
using Action = StreamSupervisor::Action;

// A pair of devices on virtual time: each starts calling back at a given moment and may stop.
struct FakeDevices {
  StreamSupervisor supervisor;
  Duration captureFrom{0}, playoutFrom{0};
  Duration captureUntil = 1h, playoutUntil = 1h;
  bool zeros = false;
  std::vector<std::pair<Duration, Action>> log;

  void begin() { supervisor.begin(TimePoint(), true, true); }
  // Devices call back every 10 ms, the backend looks every 100 ms.
  void run(Duration from, Duration until) {
    for (Duration t = from; t < until; t += 10ms) {
      const TimePoint now(t);
      if (t >= captureFrom && t < captureUntil) supervisor.captured(now, zeros);
      if (t >= playoutFrom && t < playoutUntil) supervisor.callback(now, Direction::Playout);
      if (t % Duration(100ms) != Duration(0)) continue;
      while (const auto action = supervisor.poll(now)) log.emplace_back(t, *action);
    }
  }
  [[nodiscard]] std::vector<Kind> kinds() const {
    std::vector<Kind> all;
    for (const auto& [t, action] : log) all.push_back(action.kind);
    return all;
  }
};

TEST(StreamSupervisor, saysStartedOnlyAfterBothDirections) {
  FakeDevices d;
  d.captureFrom = 500ms;
  d.begin();
  d.run(0ms, 1s);
  ASSERT_EQ(d.log.size(), 1u);
  EXPECT_EQ(d.log[0].second.kind, Kind::Started);
  EXPECT_EQ(d.log[0].first, 500ms);
}

TEST(StreamSupervisor, waitsForADeviceThatTakesNearlyTwoSeconds) {
  FakeDevices d;
  d.playoutFrom = 1900ms;
  d.begin();
  d.run(0ms, 3s);
  EXPECT_EQ(d.kinds(), std::vector{Kind::Started});
}

TEST(StreamSupervisor, retriesOnceAndTakesADeviceThatTakesLonger) {
  FakeDevices d;
  d.captureFrom = 2500ms;
  d.begin();
  d.run(0ms, 5s);
  ASSERT_EQ(d.kinds(), (std::vector{Kind::Restart, Kind::Started}));
  EXPECT_EQ(d.log[0].first, 2s);
  EXPECT_EQ(d.log[1].first, 2500ms);
}

TEST(StreamSupervisor, givesUpOnADeviceThatNeverStarts) {
  FakeDevices d;
  d.captureFrom = 1h;
  d.begin();
  d.run(0ms, 20s);
  ASSERT_EQ(d.kinds(), (std::vector{Kind::Restart, Kind::Fail}));
  EXPECT_EQ(d.log[1].first, 4s);
  EXPECT_EQ(d.log[1].second.direction, Direction::Capture);
  EXPECT_EQ(d.log[1].second.fault, AudioFault::DeviceNeverStarted);
}

TEST(StreamSupervisor, aDeviceThatWakesAfterItWasGivenUpIsWelcome) {
  FakeDevices d;
  d.captureFrom = 6s;
  d.begin();
  d.run(0ms, 7s);
  EXPECT_EQ(d.kinds(), (std::vector{Kind::Restart, Kind::Fail, Kind::Recovered, Kind::Started}));
}

TEST(StreamSupervisor, restartsAStalledMicrophoneOnceThenSaysSo) {
  FakeDevices d;
  d.captureUntil = 5s;
  d.begin();
  d.run(0ms, 12s);
  ASSERT_EQ(d.kinds(), (std::vector{Kind::Started, Kind::Restart, Kind::Fail}));
  EXPECT_LE(d.log[1].first, 5s + 700ms) << "a stall is noticed at half a second";
  EXPECT_EQ(d.log[2].second.fault, AudioFault::DeviceStalled);
}

TEST(StreamSupervisor, aRestartThatHelpsIsReportedAndForgivenAfterTenSeconds) {
  FakeDevices d;
  d.captureUntil = 5s;
  d.begin();
  d.run(0ms, 5700ms);
  d.captureUntil = 30s;
  d.run(5700ms, 30s);
  EXPECT_EQ(d.kinds(), (std::vector{Kind::Started, Kind::Restart, Kind::Recovered}));
  d.run(30s, 30600ms);
  EXPECT_EQ(d.kinds().back(), Kind::Restart) << "a second stall later gets a try of its own";
}

TEST(StreamSupervisor, aReopenedDirectionGetsTwoFreshTries) {
  FakeDevices d;
  d.captureFrom = 1h;
  d.begin();
  d.run(0ms, 3s);
  d.supervisor.reopened(TimePoint(3s), Direction::Capture);
  d.run(3s, 6900ms);
  EXPECT_EQ(d.kinds(), (std::vector{Kind::Restart, Kind::Restart}));
}

TEST(StreamSupervisor, aMicrophoneThatIsGoneIsNotCalledSilent) {
  FakeDevices d;
  d.zeros = true;
  d.captureUntil = 1s;
  d.begin();
  d.run(0s, 6s);
  EXPECT_EQ(d.kinds(), (std::vector{Kind::Started, Kind::Restart, Kind::Fail}));
  // Another one is there and begins with half a second of zeros, as many do.
  d.supervisor.reopened(TimePoint(6s), Direction::Capture);
  d.captureUntil = 1h;
  d.log.clear();
  d.run(6s, 6500ms);
  d.zeros = false;
  d.run(6500ms, 10s);
  EXPECT_EQ(d.kinds(), std::vector{Kind::Recovered});
}

TEST(StreamSupervisor, onlyZerosForTwoSecondsIsASilentInput) {
  FakeDevices d;
  d.zeros = true;
  d.begin();
  d.run(0ms, 3s);
  d.zeros = false;
  d.run(3s, 4s);
  ASSERT_EQ(d.kinds(), (std::vector{Kind::Started, Kind::InputSilent, Kind::InputHeard}));
  EXPECT_EQ(d.log[1].first, 2s);
}

TEST(StreamSupervisor, twoUnderflowsInTenSecondsWidenAndAQuietMinuteNarrows) {
  FakeDevices d;
  d.begin();
  d.run(0ms, 500ms);
  EXPECT_FALSE(d.supervisor.underflow(TimePoint(500ms))) << "a stream that fills has underflows";
  d.run(500ms, 5s);
  EXPECT_TRUE(d.supervisor.underflow(TimePoint(5s)));
  d.run(5s, 16s);
  EXPECT_TRUE(d.supervisor.underflow(TimePoint(16s)));
  d.run(16s, 17s);
  EXPECT_EQ(d.kinds(), std::vector{Kind::Started}) << "eleven seconds apart";
  EXPECT_TRUE(d.supervisor.underflow(TimePoint(17s)));
  d.run(17s, 80s);
  ASSERT_EQ(d.kinds(), (std::vector{Kind::Started, Kind::Widen, Kind::Narrow}));
  EXPECT_EQ(d.log[2].first, 77s);
}

TEST(StreamSupervisor, aMeterNeedsCaptureOnly) {
  StreamSupervisor supervisor;
  supervisor.begin(TimePoint(), true, false);
  supervisor.captured(TimePoint(10ms), false);
  const auto action = supervisor.poll(TimePoint(100ms));
  ASSERT_TRUE(action);
  EXPECT_EQ(action->kind, Kind::Started);
  supervisor.captured(TimePoint(10s), false);
  EXPECT_FALSE(supervisor.poll(TimePoint(10s)));
}

}  // namespace
}  // namespace foyer::audio
