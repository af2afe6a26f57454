#include "core/quality/line_pace.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/random.h"

namespace foyer::quality {
namespace {

constexpr TimePoint kStart(100s);
constexpr std::size_t kBytes = 150;

// Frames each 20 ms, 60 kb/s with their headers, into a queue of so many bytes in front of a link.
LinePace throughAQueue(double linkBps, double queueBytes, int frames) {
  LinePace pace;
  double queue = 0;
  TimePoint last = kStart;
  const auto takes = [&](double bytes) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(bytes * 8 / linkBps));
  };
  for (int i = 0; i < frames; ++i) {
    const TimePoint now = kStart + 20ms * i;
    queue = std::max(0.0, queue - std::chrono::duration<double>(now - last).count() * linkBps / 8);
    last = now;
    if (queue + kBytes > queueBytes) continue;
    queue += kBytes;
    pace.onPacket(now + takes(queue), static_cast<std::uint64_t>(i), 20ms, kBytes);
  }
  return pace;
}

// The same queue, and what else a call sends into it: acknowledgements, ten a second.
LinePace besideOthers(double linkBps, double queueBytes, int frames) {
  LinePace pace;
  double queue = 0;
  TimePoint last = kStart;
  const auto enters = [&](TimePoint now, std::size_t bytes) {
    queue = std::max(0.0, queue - std::chrono::duration<double>(now - last).count() * linkBps / 8);
    last = now;
    if (queue + static_cast<double>(bytes) > queueBytes) return false;
    queue += static_cast<double>(bytes);
    return true;
  };
  for (int i = 0; i < frames; ++i) {
    if (i % 5 == 0) enters(kStart + 20ms * i - 7ms, 70);
    if (!enters(kStart + 20ms * i, kBytes)) continue;
    const auto takes = std::chrono::duration<double>(queue * 8 / linkBps);
    pace.onPacket(kStart + 20ms * i + std::chrono::duration_cast<Duration>(takes),
                  static_cast<std::uint64_t>(i), 20ms, kBytes);
  }
  return pace;
}

// A wide way that loses at random and jitters.
LinePace throughRandomLoss(double loss, Duration jitter, int frames) {
  LinePace pace;
  SeededRandom random(7);
  for (int i = 0; i < frames; ++i) {
    const auto share = [&] { return static_cast<double>(random.next() >> 11) * 0x1p-53; };
    const auto late = std::chrono::duration_cast<Duration>(share() * jitter);
    if (share() < loss) continue;
    pace.onPacket(kStart + 20ms * i + 30ms + late, static_cast<std::uint64_t>(i), 20ms, kBytes);
  }
  return pace;
}

TEST(LinePace, aQueueThatIsAlwaysFullShowsTheRateOfItsLink) {
  for (const double kbps : {24.0, 36.0, 48.0, 52.0}) {
    const auto rate = throughAQueue(kbps * 1000, 1000, 200).bps();
    ASSERT_TRUE(rate.has_value()) << kbps;
    EXPECT_NEAR(*rate, kbps * 1000, kbps * 20);
  }
}

TEST(LinePace, whatElseIsInTheQueueDoesNotHideIt) {
  for (const double kbps : {24.0, 36.0, 48.0}) {
    const auto rate = besideOthers(kbps * 1000, 1000, 200).bps();
    ASSERT_TRUE(rate.has_value()) << kbps;
    EXPECT_LE(*rate, kbps * 1020);
    EXPECT_GE(*rate, kbps * 1000 - 5600) << "at most the others' share is missing";
  }
}

TEST(LinePace, aWayWithRoomShowsNone) {
  EXPECT_FALSE(throughAQueue(80'000, 1000, 200).bps());
  EXPECT_FALSE(throughAQueue(60'000, 1000, 200).bps()) << "just enough, nothing is dropped";
}

TEST(LinePace, lossAtRandomShowsNone) {
  for (const double loss : {0.1, 0.2, 0.4, 0.6})
    for (const Duration jitter : {Duration(0ms), Duration(5ms), Duration(18ms)})
      EXPECT_FALSE(throughRandomLoss(loss, jitter, 400).bps()) << loss;
}

TEST(LinePace, aFewPacketsShowNothing) {
  EXPECT_FALSE(LinePace().bps());
  EXPECT_FALSE(throughAQueue(24'000, 1000, 20).bps());
}

}  // namespace
}  // namespace foyer::quality
