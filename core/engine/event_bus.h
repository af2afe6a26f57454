// The engine's event bus: ordered per subscriber, bounded, aware of generations, and honest about
// overflow (K-35, K-36, B-12, B-13, B-17 to B-25). Thread-safe; no user code runs under its lock.
//
// A subscriber polls. When its queue overflows the queue is emptied and the next poll says
// Overflow{lost}: it then rebuilds from a snapshot of the engine and goes on. Events carry the
// source they belong to (a relay run, a call) and its generation; once a generation is retired no
// poll returns an event of it any more.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace foyer::engine {

using FieldValue = std::variant<bool, std::int64_t, double, std::string>;

struct Event {
  std::string name;    // stable, e.g. "call:active" (docs/control.md)
  std::string source;  // "relay_host", "call:<id>", "" = the program
  std::uint64_t generation = 0;
  std::int64_t timeMs = 0;                                // steady, since start
  std::uint64_t sequence = 0;                             // set by the bus, from 1, without gaps
  std::vector<std::pair<std::string, FieldValue>> about;  // nothing identifying: see redact.h
};

struct Overflow {
  std::uint64_t lost = 0;
  std::int64_t timeMs = 0;  // of the newest event that was lost
};

using Polled = std::variant<Event, Overflow>;

class EventBus {
  struct Queue;

 public:
  EventBus() = default;
  EventBus(const EventBus&) = delete;
  EventBus& operator=(const EventBus&) = delete;
  ~EventBus();  // nobody is subscribed any more

  class Subscription {
   public:
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    [[nodiscard]] std::optional<Polled> poll();

   private:
    friend class EventBus;
    Subscription(EventBus& bus, std::shared_ptr<Queue> queue)
        : m_bus(bus), m_queue(std::move(queue)) {}
    EventBus& m_bus;
    std::shared_ptr<Queue> m_queue;
  };

  // `wake` may be called from any thread that emits, at most once until the next poll that finds
  // nothing, and never after the subscription is gone; it must not call back into the bus. The bus
  // must outlive the subscription.
  [[nodiscard]] std::unique_ptr<Subscription> subscribe(std::size_t bound,
                                                        std::function<void()> wake);

  void publish(Event event);

  // Starts the next generation of a source and retires all earlier ones.
  std::uint64_t beginGeneration(const std::string& source);
  // No event of this source is delivered any more, until the next generation begins.
  void retire(const std::string& source);

  struct Counters {
    std::uint64_t emitted = 0, unheard = 0, overflows = 0, retired = 0;
    std::size_t subscribers = 0;
  };
  [[nodiscard]] Counters counters() const;

 private:
  // Sources are relay runs and calls of one session; past this many the oldest that ended are
  // forgotten.
  static constexpr std::size_t kMaxSources = 4096;

  struct Queue {
    std::deque<Event> events;
    std::size_t bound = 0;
    std::uint64_t lost = 0;
    std::int64_t lostAtMs = 0;
    bool isWoken = false;
    std::mutex wakeGuard;  // makes "no wake after the end" true without holding the bus's lock
    std::function<void()> wake;
    bool hasWake = false;
  };
  struct Source {
    std::uint64_t generation = 0;
    bool isLive = false;
  };

  [[nodiscard]] bool isRetired(const Event& event) const;
  void forgetOneSource();

  mutable std::mutex m_mutex;
  std::vector<std::shared_ptr<Queue>> m_queues;
  std::map<std::string, Source> m_sources;
  std::deque<std::string> m_sourceOrder;
  std::uint64_t m_nextGeneration = 1;
  Counters m_counters;
};

}  // namespace foyer::engine
