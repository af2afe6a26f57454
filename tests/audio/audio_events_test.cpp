#include "core/audio/audio_events.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <thread>
#include <vector>

namespace foyer::audio {
namespace {

bool isReadable(int fd) {
  pollfd p{fd, POLLIN, 0};
  return ::poll(&p, 1, 0) == 1;
}

TEST(AudioEventQueue, isReadableExactlyWhileEventsWait) {
  AudioEventQueue queue;
  EXPECT_FALSE(isReadable(queue.readableFd()));
  ASSERT_TRUE(queue.push({.kind = AudioEventKind::Started, .generation = 7}));
  EXPECT_TRUE(isReadable(queue.readableFd()));
  const auto event = queue.pop();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->generation, 7u);
  EXPECT_FALSE(queue.pop());
  EXPECT_FALSE(isReadable(queue.readableFd()));
}

TEST(AudioEventQueue, aFullQueueDropsTheNewestAndCounts) {
  AudioEventQueue queue;
  for (int i = 0; i < 300; ++i) queue.push({.value = i});
  EXPECT_EQ(queue.dropped(), 300 - AudioEventQueue::kCapacity);
  for (std::size_t i = 0; i < AudioEventQueue::kCapacity; ++i) {
    const auto event = queue.pop();
    ASSERT_TRUE(event);
    EXPECT_EQ(event->value, static_cast<std::int32_t>(i));
  }
  EXPECT_FALSE(queue.pop());
}

TEST(AudioEventQueue, manyWritersLoseNothingAndKeepTheirOrder) {
  AudioEventQueue queue;
  constexpr int kWriters = 3, kEach = 20000;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&queue, w] {
      for (int i = 0; i < kEach; ++i) {
        while (!queue.push({.generation = static_cast<std::uint32_t>(w), .value = i})) {
          std::this_thread::yield();
        }
      }
    });
  }
  std::vector<int> next(kWriters, 0);
  for (int got = 0; got < kWriters * kEach;) {
    const auto event = queue.pop();
    if (!event) continue;
    ASSERT_EQ(event->value, next[event->generation]++);
    ++got;
  }
  for (std::thread& t : writers) t.join();
}

TEST(AudioFault, becomesAFaultWithAStableCode) {
  const Fault fault = toFault(AudioFault::NoMicrophone, Direction::Capture);
  EXPECT_EQ(fault.stage, "capture");
  EXPECT_EQ(fault.code, "no_microphone");
  EXPECT_TRUE(fault.retryable);
  EXPECT_FALSE(toFault(AudioFault::FileNotWav, Direction::Capture).retryable);
}

}  // namespace
}  // namespace foyer::audio
