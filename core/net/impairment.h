// Worse weather on the own sending side, for who tests: datagrams that leave are delayed, dropped
// at random and held to a rate before they reach a socket. Fed with what an endpoint sends and
// drained by the same loop; the order is kept, as a queue of a router keeps it. A value: seeded, no
// clock.
#pragma once

#include <deque>
#include <optional>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/net/endpoint.h"
#include "core/net/impairment_spec.h"

namespace foyer::net {

class Impairment {
 public:
  // What waits for the rate at most; more is dropped at the tail, as a router does.
  static constexpr Duration kQueueLimit = std::chrono::milliseconds(200);
  // Datagrams that wait at once; more are dropped. Five seconds of a busy program.
  static constexpr std::size_t kMaxWaiting = 4096;

  explicit Impairment(RandomSource& random) : m_random(random) {}

  // What waits already leaves as it would have. An invalid one changes nothing.
  void configure(const ImpairmentSpec& spec);
  [[nodiscard]] const ImpairmentSpec& spec() const { return m_spec; }
  [[nodiscard]] const ImpairmentCounters& counters() const { return m_counters; }

  // Nothing is impaired and nothing waits.
  [[nodiscard]] bool isIdle() const { return !m_spec.isOn() && m_waiting.empty(); }

  // Takes copies of the packets of a batch, or hands it on untouched while nothing is impaired and
  // nothing waits.
  void take(TimePoint now, const TransmitBatch& batch, const TransmitSink& sink);
  // Hands on what is due.
  void release(TimePoint now, const TransmitSink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

 private:
  struct Waiting {
    TimePoint due{};
    SocketAddress local, remote;
    std::uint8_t ecn = 0;
    Bytes bytes;
  };
  [[nodiscard]] std::optional<TimePoint> dueOf(TimePoint now, std::size_t ipBytes);

  RandomSource& m_random;
  ImpairmentSpec m_spec;
  ImpairmentCounters m_counters;
  std::deque<Waiting> m_waiting;  // by `due`
  TimePoint m_freeAt{};           // the bottleneck
  TimePoint m_lastDue{};
};

}  // namespace foyer::net
