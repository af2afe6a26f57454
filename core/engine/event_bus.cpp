#include "core/engine/event_bus.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::engine {

EventBus::~EventBus() {
  FOYER_ASSERT(m_queues.empty(), "a subscription holds the bus; its owner ends it first");
}

std::unique_ptr<EventBus::Subscription> EventBus::subscribe(std::size_t bound,
                                                            std::function<void()> wake) {
  auto queue = std::make_shared<Queue>();
  queue->bound = bound;
  queue->hasWake = static_cast<bool>(wake);
  queue->wake = std::move(wake);
  const std::lock_guard lock(m_mutex);
  m_queues.push_back(queue);
  return std::unique_ptr<Subscription>(new Subscription(*this, std::move(queue)));
}

EventBus::Subscription::~Subscription() {
  {
    const std::lock_guard lock(m_bus.m_mutex);
    std::erase(m_bus.m_queues, m_queue);
  }
  const std::lock_guard guard(m_queue->wakeGuard);
  m_queue->wake = {};
}

bool EventBus::isRetired(const Event& event) const {
  if (event.source.empty()) return false;
  const auto it = m_sources.find(event.source);
  return it == m_sources.end() || !it->second.isLive || it->second.generation != event.generation;
}

void EventBus::publish(Event event) {
  std::vector<std::shared_ptr<Queue>> toWake;
  {
    const std::lock_guard lock(m_mutex);
    if (isRetired(event)) {
      ++m_counters.retired;
      return;
    }
    ++m_counters.emitted;
    event.sequence = m_counters.emitted;
    if (m_queues.empty()) ++m_counters.unheard;
    for (const auto& queue : m_queues) {
      if (queue->lost > 0) {
        ++queue->lost;  // already overflowed: everything up to the snapshot is lost together
      } else if (queue->events.size() >= queue->bound) {
        ++m_counters.overflows;
        queue->lost = queue->events.size() + 1;
        queue->events.clear();
      } else {
        queue->events.push_back(event);
      }
      if (queue->lost > 0) queue->lostAtMs = event.timeMs;
      if (!queue->isWoken && queue->hasWake) {
        queue->isWoken = true;
        toWake.push_back(queue);
      }
    }
  }
  for (const auto& queue : toWake) {
    const std::lock_guard guard(queue->wakeGuard);
    if (queue->wake) queue->wake();
  }
}

std::optional<Polled> EventBus::Subscription::poll() {
  const std::lock_guard lock(m_bus.m_mutex);
  if (m_queue->lost > 0) {
    const Overflow overflow{m_queue->lost, m_queue->lostAtMs};
    m_queue->lost = 0;
    return overflow;
  }
  while (!m_queue->events.empty()) {
    Event event = std::move(m_queue->events.front());
    m_queue->events.pop_front();
    if (!m_bus.isRetired(event)) return Polled(std::move(event));
    ++m_bus.m_counters.retired;
  }
  m_queue->isWoken = false;
  return std::nullopt;
}

std::uint64_t EventBus::beginGeneration(const std::string& source) {
  const std::lock_guard lock(m_mutex);
  const auto [it, isNew] = m_sources.insert_or_assign(source, Source{m_nextGeneration++, true});
  if (isNew) {
    m_sourceOrder.push_back(source);
    if (m_sourceOrder.size() > kMaxSources) forgetOneSource();
  }
  return it->second.generation;
}

// The relay of this program may be older than thousands of calls, and lives.
void EventBus::forgetOneSource() {
  auto oldest = std::find_if(m_sourceOrder.begin(), m_sourceOrder.end(),
                             [this](const auto& name) { return !m_sources.at(name).isLive; });
  if (oldest == m_sourceOrder.end()) oldest = m_sourceOrder.begin();
  m_sources.erase(*oldest);
  m_sourceOrder.erase(oldest);
}

void EventBus::retire(const std::string& source) {
  const std::lock_guard lock(m_mutex);
  const auto it = m_sources.find(source);
  if (it != m_sources.end()) it->second.isLive = false;
}

EventBus::Counters EventBus::counters() const {
  const std::lock_guard lock(m_mutex);
  Counters counters = m_counters;
  counters.subscribers = m_queues.size();
  return counters;
}

}  // namespace foyer::engine
