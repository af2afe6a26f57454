#include "core/engine/event_bus.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace foyer::engine {
namespace {

Event numbered(std::int64_t n) { return {.name = "n", .timeMs = n}; }

TEST(EventBus, tenThousandEventsArriveInOrder) {
  EventBus bus;
  auto subscription = bus.subscribe(20000, {});
  for (int i = 0; i < 10000; ++i) bus.publish(numbered(i));
  for (int i = 0; i < 10000; ++i) {
    const auto polled = subscription->poll();
    ASSERT_TRUE(polled);
    ASSERT_EQ(std::get<Event>(*polled).timeMs, i);
    ASSERT_EQ(std::get<Event>(*polled).sequence, static_cast<std::uint64_t>(i) + 1);
  }
  EXPECT_FALSE(subscription->poll());
}

TEST(EventBus, anOverflowIsSaidOnceAndThenTheStreamGoesOn) {
  EventBus bus;
  auto slow = bus.subscribe(64, {});
  auto quick = bus.subscribe(2000, {});
  for (int i = 0; i < 1000; ++i) bus.publish(numbered(i));
  const auto first = slow->poll();
  ASSERT_TRUE(first);
  EXPECT_EQ(std::get<Overflow>(*first).lost, 1000U);
  EXPECT_EQ(std::get<Overflow>(*first).timeMs, 999) << "the newest of them";
  bus.publish(numbered(1000));
  EXPECT_EQ(std::get<Event>(*slow->poll()).timeMs, 1000);
  EXPECT_FALSE(slow->poll());
  int heard = 0;
  while (quick->poll()) ++heard;
  EXPECT_EQ(heard, 1001);
  EXPECT_EQ(bus.counters().overflows, 1U);
}

TEST(EventBus, aRetiredGenerationIsNeverHeard) {
  EventBus bus;
  auto subscription = bus.subscribe(100, {});
  for (int run = 0; run < 100; ++run) {
    const auto generation = bus.beginGeneration("relay_host");
    bus.publish({.name = "start", .source = "relay_host", .generation = generation, .timeMs = run});
    if (run == 99) break;
    bus.retire("relay_host");
    bus.publish({.name = "late", .source = "relay_host", .generation = generation});
  }
  const auto polled = subscription->poll();
  ASSERT_TRUE(polled);
  EXPECT_EQ(std::get<Event>(*polled).timeMs, 99);
  EXPECT_FALSE(subscription->poll());
}

TEST(EventBus, aSourceThatLivesIsHeardHoweverManyEndedSinceItBegan) {
  EventBus bus;
  auto subscription = bus.subscribe(10, {});
  const auto relay = bus.beginGeneration("relay_host");
  for (int i = 0; i < 10000; ++i) {
    const std::string call = "call:" + std::to_string(i);
    bus.beginGeneration(call);
    bus.retire(call);
  }
  bus.publish({.name = "still", .source = "relay_host", .generation = relay});
  const auto polled = subscription->poll();
  ASSERT_TRUE(polled);
  EXPECT_EQ(std::get<Event>(*polled).name, "still");
}

TEST(EventBus, anEventNobodyHearsIsCounted) {
  EventBus bus;
  bus.publish(numbered(1));
  EXPECT_EQ(bus.counters().unheard, 1U);
  EXPECT_EQ(bus.counters().subscribers, 0U);
}

TEST(EventBus, aWakeComesOncePerEmptyingAndNeverAfterTheEnd) {
  EventBus bus;
  int wakes = 0;
  auto subscription = bus.subscribe(10, [&] { ++wakes; });
  bus.publish(numbered(1));
  bus.publish(numbered(2));
  EXPECT_EQ(wakes, 1);
  while (subscription->poll()) {
  }
  bus.publish(numbered(3));
  EXPECT_EQ(wakes, 2);
  subscription.reset();
  bus.publish(numbered(4));
  EXPECT_EQ(wakes, 2);
}

TEST(EventBus, eightThreadsMaySubscribeEmitAndLeaveAtOnce) {
  EventBus bus;
  std::atomic<int> heard{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int round = 0; round < 200; ++round) {
        std::atomic<bool> woken{false};
        auto subscription = bus.subscribe(32, [&woken] { woken = true; });
        for (int i = 0; i < 20; ++i) bus.publish(numbered(t * 1000 + i));
        std::uint64_t last = 0;
        while (const auto polled = subscription->poll()) {
          if (const auto* event = std::get_if<Event>(&*polled)) {
            EXPECT_GT(event->sequence, last);
            last = event->sequence;
            ++heard;
          }
        }
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_GT(heard, 0);
  EXPECT_EQ(bus.counters().emitted, 8U * 200 * 20);
}

}  // namespace
}  // namespace foyer::engine
