// Waiting for something real with a deadline, instead of sleeping for a time that is hoped to be
// enough.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

#include "core/io/event_loop.h"

namespace foyer::io {

inline constexpr Duration kPatience = 10s;

// Turns `loop` until `done` or kPatience is over; the return value of `done`.
inline bool turnUntil(EventLoop& loop, const std::function<bool()>& done,
                      Duration patience = kPatience) {
  const TimePoint end = SystemClock().now() + patience;
  while (!done()) {
    if (SystemClock().now() >= end) return done();
    loop.runOnce(5ms);
  }
  return true;
}

// For what another thread or process does.
inline bool waitUntil(const std::function<bool()>& done, Duration patience = kPatience) {
  const TimePoint end = SystemClock().now() + patience;
  while (!done()) {
    if (SystemClock().now() >= end) return done();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace foyer::io
