// Calls back for each of N sources every 20 ms, each at a phase of its own (drawn from a seed), on
// an event loop: the offered load of people who talk. The loop's thread only.
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "core/base/random.h"
#include "core/io/event_loop.h"

namespace foyer::bench {

class Pacer {
 public:
  static constexpr Duration kPeriod = 20ms;

  Pacer(io::EventLoop& loop, std::size_t sources, std::uint64_t seed,
        std::function<void(std::size_t source)> send)
      : m_loop(loop), m_send(std::move(send)) {
    SeededRandom random(seed);
    const TimePoint start = loop.clock().now();
    for (std::size_t i = 0; i < sources; ++i) {
      const auto phase =
          static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(kPeriod.count())));
      m_due.push({start + Duration(phase), i});
    }
    m_timer = m_loop.addTimer([this](TimePoint now) { run(now); });
    m_loop.setDeadline(m_timer, m_due.top().at);
  }
  ~Pacer() { m_loop.removeTimer(m_timer); }
  Pacer(const Pacer&) = delete;
  Pacer& operator=(const Pacer&) = delete;

  [[nodiscard]] std::uint64_t sent() const { return m_sent; }

 private:
  struct Due {
    TimePoint at;
    std::size_t source;
    bool operator<(const Due& other) const { return at > other.at; }
  };
  void run(TimePoint now) {
    while (m_due.top().at <= now) {
      const Due due = m_due.top();
      m_due.pop();
      m_send(due.source);
      ++m_sent;
      m_due.push({due.at + kPeriod, due.source});
    }
    m_loop.setDeadline(m_timer, m_due.top().at);
  }

  io::EventLoop& m_loop;
  std::function<void(std::size_t)> m_send;
  std::priority_queue<Due> m_due;
  io::EventLoop::TimerId m_timer = 0;
  std::uint64_t m_sent = 0;
};

}  // namespace foyer::bench
