#include "core/io/clock.h"

#include <gtest/gtest.h>

#include "core/io/os_random.h"
#include "tests/io/manual_clock.h"

namespace foyer::io {
namespace {

TEST(Clock, theRealOnesGoForward) {
  SystemClock clock;
  const TimePoint first = clock.now();
  const Duration boot = clock.bootTime();
  EXPECT_GE(clock.now(), first);
  EXPECT_GE(clock.bootTime(), boot);
  EXPECT_GE(boot, first.time_since_epoch()) << "BOOTTIME counts sleep on top of MONOTONIC";
  EXPECT_GT(clock.wall().unixMs, 1'600'000'000'000);
}

TEST(SleepDetector, ordinaryTimeIsNotSleep) {
  ManualClock clock;
  SleepDetector detector;
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
    clock.advance(i % 3 == 0 ? 90s : 1s);
  }
}

TEST(SleepDetector, aNapIsReportedOnceWithItsLength) {
  ManualClock clock;
  SleepDetector detector;
  EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
  clock.advance(1s);
  clock.sleep(2h);
  clock.advance(5ms);
  EXPECT_EQ(detector.observe(clock.now(), clock.bootTime()), Duration(2h));
  EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
}

TEST(SleepDetector, settingTheWallClockIsNotSleep) {
  ManualClock clock;
  SleepDetector detector;
  EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
  clock.setWallForward(24h);
  EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
}

TEST(SleepDetector, theFewMicrosecondsBetweenTwoReadingsAreNotSleep) {
  ManualClock clock;
  SleepDetector detector;
  EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
  clock.sleep(900ms);
  EXPECT_FALSE(detector.observe(clock.now(), clock.bootTime()));
}

TEST(WallJumpDetector, sleepIsNotAJumpButSettingTheClockIs) {
  ManualClock clock;
  WallJumpDetector detector;
  EXPECT_FALSE(detector.observe(clock.bootTime(), clock.wall()));
  clock.sleep(8h);
  EXPECT_FALSE(detector.observe(clock.bootTime(), clock.wall()));
  clock.setWallForward(1h);
  EXPECT_EQ(detector.observe(clock.bootTime(), clock.wall()), Duration(1h));
  clock.setWallForward(-3h);
  EXPECT_EQ(detector.observe(clock.bootTime(), clock.wall()), Duration(-3h));
  EXPECT_FALSE(detector.observe(clock.bootTime(), clock.wall()));
}

TEST(OsRandom, fillsAnyLengthAndDoesNotRepeat) {
  OsRandom random;
  Bytes large(100'000);
  random.fill(large);
  EXPECT_NE(Bytes(large.begin(), large.begin() + 32), Bytes(large.end() - 32, large.end()));
  EXPECT_NE(random.u64(), random.u64());
  random.fill({});
}

}  // namespace
}  // namespace foyer::io
