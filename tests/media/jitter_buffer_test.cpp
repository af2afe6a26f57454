#include "core/media/jitter_buffer.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::media {
namespace {

constexpr auto kNever = [](const ReceivedFrame&) { return false; };

ReceivedFrame frameAt(std::uint64_t counter, std::uint16_t mediaTime, TimePoint at) {
  ReceivedFrame frame;
  frame.counter = counter;
  frame.arrivedAt = at;
  frame.codec = wire::CodecId::Sized;
  frame.mediaTime = mediaTime;
  frame.size = 1;
  return frame;
}

TEST(Decide, table) {
  using enum PlayoutAction;
  using enum PlayoutStretch;
  // Playing, a frame is due, delay on target.
  const auto with = [](auto change) {
    BufferState s{.isPlaying = true,
                  .hasFrame = true,
                  .frameSamples = 960,
                  .frames = 2,
                  .delay = 30ms,
                  .lowDelay = 30ms,
                  .target = 30ms,
                  .ceiling = 500ms,
                  .sinceStretch = 48'000};
    change(s);
    return s;
  };
  struct Row {
    const char* name;
    BufferState state;
    PlayoutDecision expected;
  };
  const Row rows[] = {
      {"nothing came yet", {.target = 25ms}, {Silence, 120}},
      {"the first frame waits", {.hasFrame = true, .waited = 24ms, .target = 25ms}, {Silence, 120}},
      {"the first frame has waited", {.hasFrame = true, .waited = 25ms, .target = 25ms}, {Decode}},
      {"a frame is due", with([](auto&) {}), {Decode}},
      {"overdue after concealment: it slips",
       with([](auto& s) {
         s.gap = -480;
         s.concealed = 480;
       }),
       {Decode}},
      {"nothing there", with([](auto& s) { s.hasFrame = false; }), {Conceal, 480}},
      {"nothing for two seconds",
       with([](auto& s) {
         s.hasFrame = false;
         s.concealed = 96'000;
       }),
       {Stop}},
      {"one frame is missing, no copy", with([](auto& s) { s.gap = 960; }), {Conceal, 480}},
      {"one frame is missing, a copy",
       with([](auto& s) {
         s.gap = 960;
         s.frameHasCopy = true;
       }),
       {Recover, 960}},
      {"half of it was invented already",
       with([](auto& s) {
         s.gap = 480;
         s.concealed = 480;
         s.frameHasCopy = true;
       }),
       {Recover, 480}},
      {"the copy has only the last of three",
       with([](auto& s) {
         s.gap = 2880;
         s.frameHasCopy = true;
       }),
       {Conceal, 480}},
      {"concealment stops where the copy begins",
       with([](auto& s) {
         s.gap = 1200;
         s.frameHasCopy = true;
       }),
       {Conceal, 240}},
      {"the end of a gap is no whole block", with([](auto& s) { s.gap = 120; }), {Conceal, 120}},
      {"a gap over the ceiling is a jump of the peer's clock",
       with([](auto& s) {
         s.gap = 9600;
         s.delay = 501ms;
       }),
       {Jump}},
      {"a gap that lasts two seconds",
       with([](auto& s) {
         s.gap = 960;
         s.concealed = 96'000;
       }),
       {Jump}},
      {"over the ceiling", with([](auto& s) { s.delay = 501ms; }), {Discard}},
      {"over the ceiling with one frame: it is played",
       with([](auto& s) {
         s.delay = 501ms;
         s.frames = 1;
       }),
       {Decode}},
      {"a little over target", with([](auto& s) { s.lowDelay = 42ms; }), {Decode, 576}},
      {"more over target", with([](auto& s) { s.lowDelay = 43ms; }), {Decode, 624, Accelerate}},
      {"stretched just now",
       with([](auto& s) {
         s.lowDelay = 41ms;
         s.sinceStretch = 2'879;
       }),
       {Decode, 528}},
      {"far over target does not wait",
       with([](auto& s) {
         s.lowDelay = 131ms;
         s.sinceStretch = 0;
       }),
       {Decode, 4848, FastAccelerate}},
      {"a little under target", with([](auto& s) { s.lowDelay = 27ms; }), {Decode}},
      {"under target", with([](auto& s) { s.lowDelay = 26ms; }), {Decode, 0, Expand}},
  };
  for (const Row& row : rows) {
    const PlayoutDecision got = decide(row.state);
    EXPECT_EQ(got, row.expected) << row.name << ": " << toString(got.action) << " " << got.samples;
  }
}

TEST(JitterBuffer, framesComeOutInOrderOfMediaTimeAcrossTheWrap) {
  SeededRandom random(11);
  for (int round = 0; round < 50; ++round) {
    JitterBuffer buffer;
    std::vector<std::uint16_t> order;
    for (std::uint16_t i = 0; i < 40; ++i) order.push_back(i);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    TimePoint now(5s);
    for (const std::uint16_t i : order)
      EXPECT_EQ(buffer.insert(frameAt(i, static_cast<std::uint16_t>(65'400 + 8 * i), now += 1ms)),
                InsertResult::Stored);
    for (std::uint16_t i = 0; i < 40; ++i) {
      ASSERT_NE(buffer.front(), nullptr);
      EXPECT_EQ(buffer.front()->mediaTime, static_cast<std::uint16_t>(65'400 + 8 * i));
      EXPECT_EQ(buffer.popPlayed(now, 0), 0);
    }
    EXPECT_EQ(buffer.front(), nullptr);
  }
}

TEST(JitterBuffer, countsWhatIsMissing) {
  JitterBuffer buffer;
  buffer.insert(frameAt(1, 0, TimePoint(1s)));
  buffer.insert(frameAt(4, 24, TimePoint(1s)));
  EXPECT_EQ(buffer.popPlayed(TimePoint(1s), 0), 0);
  EXPECT_EQ(buffer.state(TimePoint(1s), 480, 0, kNever).gap, 2 * 960 - 480);
  EXPECT_EQ(buffer.closeGap(2 * 960), 2);
  EXPECT_EQ(buffer.popPlayed(TimePoint(1s), 0), 0);
}

TEST(JitterBuffer, duplicateAndLateAreTold) {
  JitterBuffer buffer;
  EXPECT_EQ(buffer.insert(frameAt(5, 40, TimePoint(1s))), InsertResult::Stored);
  EXPECT_EQ(buffer.insert(frameAt(5, 40, TimePoint(1s))), InsertResult::Duplicate);
  buffer.popPlayed(TimePoint(1s), 0);
  EXPECT_EQ(buffer.insert(frameAt(5, 40, TimePoint(1s))), InsertResult::Late);
  EXPECT_EQ(buffer.insert(frameAt(4, 32, TimePoint(1s))), InsertResult::Late);
  EXPECT_EQ(buffer.size(), 0U);
}

TEST(JitterBuffer, aNewTimelineNeedsThreeNewPackets) {
  JitterBuffer buffer;
  buffer.insert(frameAt(100, 20'000, TimePoint(1s)));
  buffer.popPlayed(TimePoint(1s), 0);
  EXPECT_EQ(buffer.insert(frameAt(101, 8, TimePoint(1s))), InsertResult::Late);
  EXPECT_EQ(buffer.insert(frameAt(50, 16, TimePoint(1s))), InsertResult::Late) << "an old packet";
  EXPECT_EQ(buffer.insert(frameAt(102, 16, TimePoint(1s))), InsertResult::Late);
  EXPECT_EQ(buffer.insert(frameAt(103, 24, TimePoint(1s))), InsertResult::Resynced);
  EXPECT_EQ(buffer.insert(frameAt(104, 32, TimePoint(1s))), InsertResult::Stored);
  EXPECT_EQ(buffer.size(), 2U);
  EXPECT_FALSE(buffer.isPlaying());
}

TEST(JitterBuffer, aPeerThatLeapsHalfATurnAPacketNeverOutgrowsTheTimes) {
  JitterBuffer buffer;
  TimePoint now{1s};
  std::uint64_t counter = 1;
  std::uint16_t mediaTime = 0;
  int resyncs = 0;
  // Enough to pass the limit three times; without it nanoseconds overflow after a few million.
  for (int i = 0; i < 400'000; ++i) {
    now += 1ms;
    resyncs += buffer.insert(frameAt(counter++, mediaTime, now)) == InsertResult::Resynced ? 1 : 0;
    if (buffer.size() > 0) (void)buffer.popPlayed(now, 0);
    mediaTime = static_cast<std::uint16_t>(mediaTime + 32'767);
    ASSERT_LT(buffer.playhead(), std::int64_t{1} << 40);
  }
  EXPECT_GE(resyncs, 3);
}

TEST(JitterBuffer, isBounded) {
  JitterBuffer buffer;
  for (std::uint64_t i = 0; i < 1000; ++i)
    buffer.insert(frameAt(i, static_cast<std::uint16_t>(i * 8), TimePoint(1s)));
  EXPECT_EQ(buffer.size(), kJitterSlots);
  EXPECT_EQ(buffer.overflowed(), 1000 - kJitterSlots);
  EXPECT_EQ(buffer.front()->counter, 1000 - kJitterSlots) << "the oldest went";
}

TEST(JitterBuffer, discardingEndsAtTheTarget) {
  JitterBuffer buffer;
  TimePoint now(1s);
  for (std::uint64_t i = 0; i < 50; ++i, now += 20ms)
    buffer.insert(frameAt(i, static_cast<std::uint16_t>(i * 8), now));
  buffer.popPlayed(TimePoint(1s) + 25ms, 0);
  EXPECT_GT(buffer.discardToTarget(now, 0), 40);
  EXPECT_LE(buffer.state(now, 0, 0, kNever).delay, buffer.target() + 20ms);
}

TEST(JitterBuffer, framesInsideOthersAreDropped) {
  JitterBuffer buffer;
  ReceivedFrame longFrame = frameAt(1, 0, TimePoint(1s));
  longFrame.time = wire::PacketTime::Ms120;
  buffer.insert(longFrame);
  buffer.insert(frameAt(2, 8, TimePoint(1s)));
  buffer.insert(frameAt(3, 40, TimePoint(1s)));
  buffer.insert(frameAt(4, 48, TimePoint(1s)));
  buffer.popPlayed(TimePoint(1s), 0);
  ASSERT_EQ(buffer.size(), 1U);
  EXPECT_EQ(buffer.front()->counter, 4U);
}

TEST(JitterBuffer, waitsForCopiesWhileThereIsLoss) {
  JitterBuffer buffer;
  TimePoint now(1s);
  const auto run = [&](std::uint64_t from, std::uint64_t to, std::uint64_t lostEvery) {
    for (std::uint64_t i = from; i < to; ++i, now += 20ms) {
      if (lostEvery != 0 && i % lostEvery == 1) continue;
      buffer.insert(frameAt(i, static_cast<std::uint16_t>(i * 8), now));
      buffer.popPlayed(now, 0);
    }
  };
  run(0, 300, 0);
  EXPECT_LE(buffer.target(), 15ms);
  run(300, 600, 10);
  EXPECT_GE(buffer.target(), 30ms);
  EXPECT_LE(buffer.target(), 45ms);
  run(600, 1500, 0);
  EXPECT_LE(buffer.target(), 15ms);
}

TEST(DelayEstimator, quantileFollowsTheShareOfLatePackets) {
  struct Row {
    const char* name;
    int lateEvery;
    Duration late;
    Duration atLeast;
    Duration atMost;
  };
  const Row rows[] = {
      {"steady", 0, 0ms, 5ms, 5ms},
      {"one in a thousand does not count", 1000, 60ms, 5ms, 5ms},
      {"one in twenty does", 20, 60ms, 60ms, 65ms},
      {"more than can be measured", 4, 900ms, 500ms, 500ms},
  };
  for (const Row& row : rows) {
    DelayEstimator estimator;
    TimePoint at(10s);
    for (int i = 1; i <= 3000; ++i, at += 20ms) {
      const bool isLate = row.lateEvery != 0 && i % row.lateEvery == 0;
      estimator.onArrival(at, 40s + (isLate ? row.late : Duration{0}));
    }
    EXPECT_GE(estimator.quantile(), row.atLeast) << row.name;
    EXPECT_LE(estimator.quantile(), row.atMost) << row.name;
  }
}

TEST(DelayEstimator, aLongerRouteBecomesTheBase) {
  DelayEstimator estimator;
  EXPECT_FALSE(estimator.isSettled());
  TimePoint at(10s);
  for (int i = 0; i < 100; ++i, at += 20ms) estimator.onArrival(at, 5ms);
  EXPECT_TRUE(estimator.isSettled());
  EXPECT_EQ(estimator.fastest(), 5ms);
  // The route grew by 80 ms: after two seconds that is the fastest there is.
  for (int i = 0; i < 110; ++i, at += 20ms) estimator.onArrival(at, 85ms);
  EXPECT_EQ(estimator.fastest(), 85ms);
  EXPECT_EQ(estimator.onArrival(at, 85ms), 0ms);
}

}  // namespace
}  // namespace foyer::media
