#include "core/media/jitter_buffer.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "core/base/random.h"

namespace foyer::media {
namespace {

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
                  .sinceStretch = 150'000,
                  .isPassive = true};
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
      {"a later frame describes the gap",
       with([](auto& s) {
         s.gap = 960;
         s.dredSamples = 4800;
       }),
       {Redraw, 960}},
      {"the copy is better than the description",
       with([](auto& s) {
         s.gap = 960;
         s.frameHasCopy = true;
         s.dredSamples = 4800;
       }),
       {Recover, 960}},
      {"the description goes up to the copy",
       with([](auto& s) {
         s.gap = 1440;
         s.frameHasCopy = true;
         s.dredSamples = 4800;
       }),
       {Redraw, 480}},
      {"the description begins later",
       with([](auto& s) {
         s.gap = 5040;
         s.dredSamples = 4800;
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
      {"a little over target", with([](auto& s) { s.lowDelay = 33ms; }), {Decode, 144}},
      {"more over target", with([](auto& s) { s.lowDelay = 34ms; }), {Decode, 192, Accelerate}},
      {"more over target while somebody speaks: it can wait for a pause",
       with([](auto& s) {
         s.lowDelay = 37ms;
         s.isPassive = false;
       }),
       {Decode, 336}},
      {"… but not longer than five seconds",
       with([](auto& s) {
         s.lowDelay = 37ms;
         s.isPassive = false;
         s.sinceStretch = 240'000;
       }),
       {Decode, 336, Accelerate}},
      {"what was just added stays for a while",
       with([](auto& s) {
         s.lowDelay = 34ms;
         s.sinceStretch = 119'999;
       }),
       {Decode, 192}},
      {"further over target does not wait for a pause",
       with([](auto& s) {
         s.lowDelay = 38ms;
         s.isPassive = false;
         s.sinceStretch = 2'880;
       }),
       {Decode, 384, Accelerate}},
      {"stretched just now",
       with([](auto& s) {
         s.lowDelay = 41ms;
         s.sinceStretch = 2'879;
       }),
       {Decode, 528}},
      {"well over target hurries",
       with([](auto& s) {
         s.lowDelay = 46ms;
         s.sinceStretch = 1'440;
       }),
       {Decode, 768, Accelerate}},
      {"far over target does not wait",
       with([](auto& s) {
         s.lowDelay = 66ms;
         s.sinceStretch = 0;
       }),
       {Decode, 1728, FastAccelerate}},
      {"a little under target", with([](auto& s) { s.lowDelay = 29500us; }), {Decode, 24}},
      {"under target", with([](auto& s) { s.lowDelay = 28ms; }), {Decode, 96, Expand}},
      {"under target while somebody speaks",
       with([](auto& s) {
         s.lowDelay = 22ms;
         s.isPassive = false;
       }),
       {Decode, 384}},
      {"more under target does not wait for a pause",
       with([](auto& s) {
         s.lowDelay = 21ms;
         s.isPassive = false;
       }),
       {Decode, 432, Expand}},
      {"under target, stretched just now",
       with([](auto& s) {
         s.lowDelay = 27ms;
         s.sinceStretch = 1'440;
       }),
       {Decode, 144}},
      {"well under target hurries",
       with([](auto& s) {
         s.lowDelay = 14ms;
         s.sinceStretch = 1'440;
       }),
       {Decode, 768, Expand}},
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
  EXPECT_EQ(buffer.state(TimePoint(1s), 480, 0).gap, 2 * 960 - 480);
  EXPECT_EQ(buffer.closeGap(2 * 960), 2);
  EXPECT_EQ(buffer.popPlayed(TimePoint(1s), 0), 0);
}

TEST(JitterBuffer, duplicateAndLateAreTold) {
  JitterBuffer buffer;
  EXPECT_EQ(buffer.insert(frameAt(5, 40, TimePoint(1s))), InsertResult::Stored);
  EXPECT_EQ(buffer.insert(frameAt(5, 40, TimePoint(1s))), InsertResult::Duplicate);
  buffer.popPlayed(TimePoint(1s), 0);
  EXPECT_EQ(buffer.insert(frameAt(5, 40, TimePoint(1s))), InsertResult::Duplicate);
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
  EXPECT_LE(buffer.state(now, 0, 0).delay, buffer.target() + 20ms);
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

ReceivedFrame copyAt(std::uint64_t counter, std::uint16_t mediaTime, TimePoint at) {
  ReceivedFrame frame = frameAt(counter, mediaTime, at);
  frame.isCopy = true;
  return frame;
}

TEST(JitterBuffer, aCopyFillsOnlyAnEmptyPlace) {
  JitterBuffer buffer;
  const TimePoint now(1s);
  EXPECT_EQ(buffer.insert(copyAt(7, 0, now)), InsertResult::Ignored) << "nothing to belong to";
  EXPECT_EQ(buffer.insert(frameAt(10, 80, now)), InsertResult::Stored);
  EXPECT_EQ(buffer.insert(copyAt(10, 64, now)), InsertResult::Ignored) << "before our time";
  EXPECT_EQ(buffer.insert(frameAt(13, 104, now)), InsertResult::Stored);
  EXPECT_EQ(buffer.insert(copyAt(13, 80, now)), InsertResult::Ignored) << "held";
  EXPECT_EQ(buffer.insert(copyAt(13, 112, now)), InsertResult::Ignored) << "not yet sent";
  EXPECT_EQ(buffer.insert(copyAt(13, 88, now)), InsertResult::Stored);
  EXPECT_EQ(buffer.insert(copyAt(13, 88, now)), InsertResult::Ignored);
  EXPECT_EQ(buffer.insert(frameAt(11, 88, now)), InsertResult::Stored) << "takes its place";
  EXPECT_EQ(buffer.insert(frameAt(11, 88, now)), InsertResult::Duplicate);
  EXPECT_EQ(buffer.size(), 3U);
  buffer.popPlayed(now, 0);
  EXPECT_FALSE(buffer.front()->isCopy);
  buffer.popPlayed(now, 0);
  EXPECT_EQ(buffer.closeGap(0), 1);
  EXPECT_EQ(buffer.insert(copyAt(14, 80, now)), InsertResult::Ignored) << "played";
  EXPECT_EQ(buffer.insert(copyAt(14, 96, now)), InsertResult::Ignored) << "too late";
}

// Frames of 20 ms over a line of constant delay; each packet carries the frames sent `first` and
// `second` packets before, 0 = none. Returns the targets, one a packet.
std::vector<Duration> targetsUnderLoss(JitterBuffer& buffer, std::uint64_t& next, TimePoint& now,
                                       SeededRandom& random, std::uint64_t packets, double loss,
                                       std::uint64_t first, std::uint64_t second,
                                       const CarriedRecovery& carried = {}) {
  std::vector<Duration> targets;
  for (const std::uint64_t end = next + packets; next < end; ++next, now += 20ms) {
    // A device that asks every 10 ms; packets come between two of its calls.
    buffer.onPull(now - 10ms, 480);
    buffer.onPull(now, 480);
    while (buffer.front() != nullptr && buffer.state(now, 0, 0).delay >= buffer.target() + 10ms)
      buffer.popPlayed(now, 0);
    targets.push_back(buffer.target());
    if (random.unit() < loss) continue;
    buffer.insert(frameAt(next, static_cast<std::uint16_t>(next * 8), now + 5ms), carried);
    for (const std::uint64_t distance : {first, second})
      if (distance > 0)
        buffer.insert(copyAt(next, static_cast<std::uint16_t>((next - distance) * 8), now + 5ms));
  }
  return targets;
}

TEST(JitterBuffer, copiesAreWaitedForAsMuchAsTheyAreWorth) {
  struct Row {
    const char* name;
    double loss;
    CarriedRecovery carried;
    std::uint64_t first, second;
    Duration atLeast, atMost;
  };
  const Row rows[] = {
      {"a hundredth is not worth it", 0.01, {}, 2, 4, 0ms, 15ms},
      {"a tenth: the first copy", 0.1, {}, 2, 4, 40ms, 55ms},
      {"a fifth: both", 0.2, {}, 2, 4, 80ms, 95ms},
      {"closer together", 0.3, {}, 1, 3, 60ms, 75ms},
      {"the copy in the next packet", 0.1, {.hasPrevious = true}, 0, 0, 20ms, 35ms},
      {"deep redundancy, two fifths", 0.4, {.dredSamples = 9600}, 0, 0, 60ms, 95ms},
      {"nothing carried", 0.2, {}, 0, 0, 0ms, 15ms},
  };
  for (const Row& row : rows) {
    JitterBuffer buffer;
    SeededRandom random(3);
    std::uint64_t next = 100;
    TimePoint now(5s);
    targetsUnderLoss(buffer, next, now, random, 250, 0, row.first, row.second, row.carried);
    EXPECT_LE(buffer.target(), 15ms) << row.name;
    targetsUnderLoss(buffer, next, now, random, 250, row.loss, row.first, row.second, row.carried);
    EXPECT_GE(buffer.target(), row.atLeast) << row.name << ", after five seconds";
    const auto targets = targetsUnderLoss(buffer, next, now, random, 1500, row.loss, row.first,
                                          row.second, row.carried);
    std::size_t within = 0;
    for (const Duration target : targets)
      within += target >= row.atLeast && target <= row.atMost ? 1U : 0U;
    EXPECT_GT(within, targets.size() * 8 / 10) << row.name;
    targetsUnderLoss(buffer, next, now, random, 500, 0, row.first, row.second, row.carried);
    EXPECT_LE(buffer.target(), 15ms) << row.name << ", ten seconds after";
  }
}

DelayEstimator fed(int frames, const std::function<Duration(int)>& delayOf,
                   DelayEstimator::Version version = DelayEstimator::Version::Original) {
  DelayEstimator estimator;
  TimePoint at(10s);
  for (int i = 1; i <= frames; ++i, at += 20ms) estimator.onPlayable(at, delayOf(i), 20ms, version);
  estimator.judge(at);
  return estimator;
}

TEST(DelayEstimator, followsTheShareOfLatePackets) {
  struct Row {
    const char* name;
    int lateEvery;
    Duration late;
    Duration atLeast;
    Duration atMost;
  };
  const Row rows[] = {
      {"steady", 0, 0ms, 500us, 500us},
      {"one in a thousand does not count", 1000, 60ms, 500us, 500us},
      {"one in twenty does", 20, 60ms, 60ms, 61ms},
      {"more than can be measured", 4, 900ms, 500ms, 500ms},
  };
  for (const Row& row : rows) {
    const DelayEstimator estimator = fed(3000, [&](int i) {
      return row.lateEvery != 0 && i % row.lateEvery == 0 ? row.late : Duration{0};
    });
    EXPECT_GE(estimator.wanted(), row.atLeast) << row.name;
    EXPECT_LE(estimator.wanted(), row.atMost) << row.name;
  }
}

TEST(DelayEstimator, oneStallIsForgivenAndTwoAreExpected) {
  // Frames of a stall of 300 ms come at once at its end.
  const auto stalls = [](std::initializer_list<int> ends) {
    return [ends = std::vector<int>(ends)](int i) {
      Duration delay{0};
      for (const int end : ends)
        if (i <= end && i > end - 15) delay = 20ms * (15 - (end - i));
      return 320ms - delay > 20ms && delay > 0ms ? 320ms - delay : Duration{0};
    };
  };
  EXPECT_GE(fed(520, stalls({500})).wanted(), 200ms) << "it may be going on";
  EXPECT_LE(fed(550, stalls({500})).wanted(), 25ms);
  EXPECT_GE(fed(550, stalls({200, 500})).wanted(), 200ms);
}

TEST(DelayEstimator, aLongerRouteBecomesTheBase) {
  DelayEstimator estimator;
  EXPECT_FALSE(estimator.isSettled());
  TimePoint at(10s);
  const auto feed = [&](int frames, Duration transit) {
    for (int i = 0; i < frames; ++i, at += 20ms) {
      estimator.onArrival(at, transit);
      estimator.onPlayable(at, transit - estimator.fastest(), 20ms,
                           DelayEstimator::Version::Original);
    }
    estimator.judge(at);
  };
  feed(100, 5ms);
  EXPECT_TRUE(estimator.isSettled());
  EXPECT_EQ(estimator.fastest(), 5ms);
  // The route grew by 80 ms: after two seconds that is the fastest there is.
  feed(110, 85ms);
  EXPECT_EQ(estimator.fastest(), 85ms);
  EXPECT_LE(estimator.wanted(), 1ms);
}

}  // namespace
}  // namespace foyer::media
