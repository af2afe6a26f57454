#include "core/io/event_loop.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "core/io/loop_thread.h"
#include "tests/io/manual_clock.h"
#include "tests/io/wait.h"

namespace foyer::io {
namespace {

// An eventfd that is readable until it is taken.
struct Bell {
  int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  ~Bell() { close(fd); }
  void ring() const { EXPECT_EQ(eventfd_write(fd, 1), 0); }
  void take() const {
    eventfd_t value = 0;
    EXPECT_EQ(eventfd_read(fd, &value), 0);
  }
};

TEST(EventLoop, aTimerFiresOnceWhenItsTimeHasCome) {
  ManualClock clock;
  EventLoop loop(clock);
  int fired = 0;
  const auto timer = loop.addTimer([&](TimePoint now) {
    ++fired;
    EXPECT_EQ(now, clock.now());
  });
  loop.setDeadline(timer, clock.now() + 1s);
  loop.runOnce(0s);
  EXPECT_EQ(fired, 0);
  clock.advance(1s);
  loop.runOnce(0s);
  loop.runOnce(0s);
  EXPECT_EQ(fired, 1);
}

TEST(EventLoop, settingADeadlineReplacesTheOneBefore) {
  ManualClock clock;
  EventLoop loop(clock);
  int fired = 0;
  const auto timer = loop.addTimer([&](TimePoint) { ++fired; });
  loop.setDeadline(timer, clock.now() + 1s);
  loop.setDeadline(timer, clock.now() + 3s);
  clock.advance(2s);
  loop.runOnce(0s);
  EXPECT_EQ(fired, 0);
  loop.setDeadline(timer, std::nullopt);
  clock.advance(2s);
  loop.runOnce(0s);
  EXPECT_EQ(fired, 0);
}

TEST(EventLoop, dueTimersRunInOrderOfTime) {
  ManualClock clock;
  EventLoop loop(clock);
  std::string order;
  const auto a = loop.addTimer([&](TimePoint) { order += 'a'; });
  const auto b = loop.addTimer([&](TimePoint) { order += 'b'; });
  const auto c = loop.addTimer([&](TimePoint) { order += 'c'; });
  loop.setDeadline(a, clock.now() + 3s);
  loop.setDeadline(b, clock.now() + 1s);
  loop.setDeadline(c, clock.now() + 2s);
  clock.advance(5s);
  loop.runOnce(0s);
  EXPECT_EQ(order, "bca");
}

TEST(EventLoop, aTimerThatIsAlwaysDueDoesNotStarveSockets) {
  ManualClock clock;
  EventLoop loop(clock);
  Bell bell;
  int heard = 0;
  EventLoop::TimerId timer = 0;
  timer = loop.addTimer([&](TimePoint now) { loop.setDeadline(timer, now); });
  loop.setDeadline(timer, clock.now());
  loop.watch(bell.fd, kReadable, [&](TimePoint, Readiness) {
    bell.take();
    ++heard;
  });
  bell.ring();
  loop.runOnce(0s);
  bell.ring();
  loop.runOnce(0s);
  EXPECT_EQ(heard, 2);
}

TEST(EventLoop, aTimerMayBeRemovedByAnotherOneThatRunsBeforeIt) {
  ManualClock clock;
  EventLoop loop(clock);
  EventLoop::TimerId later = 0;
  const auto first = loop.addTimer([&](TimePoint) { loop.removeTimer(later); });
  later = loop.addTimer([](TimePoint) { FAIL(); });
  loop.setDeadline(first, clock.now());
  loop.setDeadline(later, clock.now() + 1ns);
  clock.advance(1s);
  loop.runOnce(0s);
}

TEST(EventLoop, aWatchThatAnotherCallbackTookAwayIsNotCalled) {
  SystemClock clock;
  EventLoop loop(clock);
  Bell one, two;
  EventLoop::WatchId a = 0, b = 0;
  int calls = 0;
  a = loop.watch(one.fd, kReadable, [&](TimePoint, Readiness) {
    ++calls;
    loop.unwatch(a);
    loop.unwatch(b);
  });
  b = loop.watch(two.fd, kReadable, [&](TimePoint, Readiness) {
    ++calls;
    loop.unwatch(a);
    loop.unwatch(b);
  });
  one.ring();
  two.ring();
  loop.runOnce(0s);
  loop.runOnce(0s);
  EXPECT_EQ(calls, 1);
}

TEST(EventLoop, turnEndsRunAfterEverythingElseAndOnlyWhenSomethingRan) {
  ManualClock clock;
  EventLoop loop(clock);
  std::string order;
  const auto timer = loop.addTimer([&](TimePoint) { order += 't'; });
  loop.addTurnEnd([&](TimePoint) { order += 'e'; });
  loop.runOnce(0s);
  EXPECT_EQ(order, "");
  loop.setDeadline(timer, clock.now());
  ASSERT_TRUE(loop.post([&] { order += 'p'; }));
  loop.runOnce(0s);
  EXPECT_EQ(order, "tpe");
}

TEST(EventLoop, aFullQueueRefusesAndCounts) {
  ManualClock clock;
  EventLoop loop(clock);
  std::size_t ran = 0;
  for (std::size_t i = 0; i < EventLoop::kMaxPosted; ++i) {
    ASSERT_TRUE(loop.post([&] { ++ran; }));
  }
  EXPECT_FALSE(loop.post([&] { ++ran; }));
  EXPECT_EQ(loop.refusedPosts(), 1u);
  loop.runOnce(0s);
  EXPECT_EQ(ran, EventLoop::kMaxPosted);
  EXPECT_TRUE(loop.post([] {}));
}

TEST(EventLoop, whatWasPostedBeforeStopHasRun) {
  SystemClock clock;
  for (int round = 0; round < 200; ++round) {
    LoopThread thread("test", clock);
    std::atomic<int> ran{0};
    thread.start();
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(thread.loop().post([&] { ++ran; }));
    thread.stopAndJoin();
    ASSERT_EQ(ran.load(), 10);
  }
}

TEST(EventLoop, aStopBeforeRunIsNotForgotten) {
  SystemClock clock;
  EventLoop loop(clock);
  loop.stop();
  loop.run();  // comes back
}

TEST(EventLoop, postsOfManyThreadsArriveInEachThreadsOrder) {
  SystemClock clock;
  LoopThread thread("test", clock);
  constexpr int kThreads = 4;
  constexpr int kEach = 500;
  std::array<int, kThreads> next{};
  std::atomic<int> total{0};
  bool inOrder = true;
  thread.start();
  std::vector<std::thread> posters;
  for (int t = 0; t < kThreads; ++t) {
    posters.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        while (!thread.loop().post([&, t, i] {
          inOrder = inOrder && next[static_cast<std::size_t>(t)]++ == i;
          ++total;
        })) {
          std::this_thread::yield();
        }
      }
    });
  }
  for (std::thread& poster : posters) poster.join();
  EXPECT_TRUE(waitUntil([&] { return total.load() == kThreads * kEach; }));
  thread.stopAndJoin();
  EXPECT_TRUE(inOrder);
}

TEST(EventLoop, aRealTimerIsNotEarlyAndNotMuchLate) {
  SystemClock clock;
  EventLoop loop(clock);
  std::optional<TimePoint> fired;
  const auto timer = loop.addTimer([&](TimePoint now) { fired = now; });
  const TimePoint due = clock.now() + 20ms;
  loop.setDeadline(timer, due);
  EXPECT_TRUE(turnUntil(loop, [&] { return fired.has_value(); }));
  EXPECT_GE(*fired, due);
}

TEST(EventLoop, gathersInputWhileTurnsFollowEachOtherClosely) {
  SystemClock clock;
  EventLoop loop(clock);
  const Bell bell;
  int turns = 0;
  loop.watch(bell.fd, kReadable, [&](TimePoint, Readiness) { ++turns; });
  bell.ring();
  loop.setShortestTurn(5ms);
  const TimePoint start = clock.now();
  while (turns < 6) loop.runOnce(1s);
  EXPECT_GE(clock.now() - start, 25ms - 1ms);
}

TEST(EventLoop, aLoopWithLittleToDoIsNotDelayed) {
  // Were it, this would wait for real time: an hour of it.
  ManualClock clock;
  EventLoop loop(clock);
  const Bell bell;
  int turns = 0;
  loop.watch(bell.fd, kReadable, [&](TimePoint, Readiness) { ++turns; });
  bell.ring();
  loop.setShortestTurn(1h);
  for (int i = 0; i < 3; ++i) {
    clock.advance(1h * (EventLoop::kBusyTurns + 1));
    loop.runOnce(0s);
    clock.advance(1h * (EventLoop::kBusyTurns + 1));
  }
  EXPECT_EQ(turns, 3);
}

TEST(LoopThread, buildsAndDestroysInItsOwnThread) {
  SystemClock clock;
  LoopThread thread("a name longer than fifteen bytes", clock, Scheduling::RoundRobin);
  std::thread::id start, end;
  std::atomic<bool> inLoop{false};
  thread.start([&] { start = std::this_thread::get_id(); },
               [&] { end = std::this_thread::get_id(); });
  ASSERT_TRUE(thread.loop().post([&] { inLoop = thread.loop().isInLoopThread(); }));
  thread.stopAndJoin();
  EXPECT_NE(start, std::this_thread::get_id());
  EXPECT_EQ(start, end);
  EXPECT_TRUE(inLoop.load());
  EXPECT_FALSE(thread.loop().isInLoopThread());
}

}  // namespace
}  // namespace foyer::io
