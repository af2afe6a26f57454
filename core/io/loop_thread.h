// A plain named thread that runs an EventLoop: NET, RELAY and mDNS use one each. Asks for real-time
// scheduling when told to and goes on without it when refused.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "core/io/event_loop.h"

namespace foyer::io {

enum class Scheduling : std::uint8_t { Ordinary, RoundRobin };

// Asks for SCHED_RR priority kRoundRobinPriority for the calling thread; false when refused.
inline constexpr int kRoundRobinPriority = 5;
bool requestRoundRobin();

class LoopThread {
 public:
  // `name` is cut to the 15 bytes the kernel keeps. `clock` outlives the thread. The loop exists at
  // once; the thread starts with start().
  LoopThread(std::string name, SteadySource& clock, Scheduling scheduling = Scheduling::Ordinary);
  // Stops and joins.
  ~LoopThread();
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;

  // `atStart` and `atEnd` run in the new thread before the first and after the last turn: build and
  // destroy there what lives on the loop.
  void start(std::function<void()> atStart = {}, std::function<void()> atEnd = {});
  // Stops the loop and waits for the thread. Not from the thread itself.
  void stopAndJoin();
  [[nodiscard]] bool isRunning() const { return m_thread.joinable(); }
  [[nodiscard]] EventLoop& loop() { return m_loop; }
  // Whether the kernel granted real-time scheduling (false before the thread runs).
  [[nodiscard]] bool isRealTime() const { return m_realTime.load(std::memory_order_relaxed); }

 private:
  std::string m_name;
  Scheduling m_scheduling;
  EventLoop m_loop;
  std::thread m_thread;
  std::atomic<bool> m_realTime{false};
};

}  // namespace foyer::io
