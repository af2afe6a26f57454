// The one file of core/io that knows Qt: hands values from a plain thread over to the Qt thread, in
// order, through a bounded queue with one queued wake-up for any number of values. A closed
// generation is never heard again. What does not fit is counted, and the consumer is told after the
// values that did fit, so that it can take a snapshot.
#pragma once

#include <QObject>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/base/assert.h"

namespace foyer::io {

// Runs a function in the thread it was built in, after wake(), any number of wakes at once.
class QtWake final : public QObject {
  Q_OBJECT

 public:
  // Qt thread.
  explicit QtWake(std::function<void()> onWake) : m_onWake(std::move(onWake)) {}
  // Any thread, while the object lives (QtInbox guards that with its mutex).
  void wake();

 private:
  std::function<void()> m_onWake;
};

template <class T>
class QtInbox {
  struct Shared {
    std::mutex mutex;
    QtWake* wake = nullptr;        // null once the inbox is gone
    std::uint64_t generation = 0;  // 0 = closed
    std::size_t bound = 0;
    std::vector<T> waiting;
    std::uint64_t lost = 0;  // since the last delivery
    std::uint64_t lostInTotal = 0;
    bool woken = false;
  };

 public:
  // The plain thread's end: copyable, may outlive the inbox.
  class Producer {
   public:
    Producer() = default;
    // Any thread. False when the value was dropped: the inbox is full, closed, or of a later
    // generation.
    bool push(T value) const {
      if (!m_shared) return false;
      const std::lock_guard lock(m_shared->mutex);
      if (m_shared->generation != m_generation || m_shared->wake == nullptr) return false;
      const bool fits = m_shared->waiting.size() < m_shared->bound;
      if (fits) {
        m_shared->waiting.push_back(std::move(value));
      } else {
        ++m_shared->lost;
        ++m_shared->lostInTotal;
      }
      if (!m_shared->woken) {
        m_shared->woken = true;
        m_shared->wake->wake();
      }
      return fits;
    }
    [[nodiscard]] bool isOpen() const {
      if (!m_shared) return false;
      const std::lock_guard lock(m_shared->mutex);
      return m_shared->wake != nullptr && m_shared->generation == m_generation;
    }

   private:
    friend class QtInbox;
    Producer(std::shared_ptr<Shared> shared, std::uint64_t generation)
        : m_shared(std::move(shared)), m_generation(generation) {}
    std::shared_ptr<Shared> m_shared;
    std::uint64_t m_generation = 0;
  };

  // Qt thread. `deliver` runs there for each value; `onLost(count)` after a batch that lost some.
  QtInbox(std::size_t bound, std::function<void(T&&)> deliver,
          std::function<void(std::uint64_t)> onLost = {})
      : m_shared(std::make_shared<Shared>()),
        m_deliver(std::move(deliver)),
        m_onLost(std::move(onLost)),
        m_wake(std::make_unique<QtWake>([this] { drain(); })) {
    FOYER_ASSERT(bound > 0, "an inbox without room is a mistake");
    m_shared->bound = bound;
    m_shared->wake = m_wake.get();
  }
  ~QtInbox() {
    close();
    const std::lock_guard lock(m_shared->mutex);
    m_shared->wake = nullptr;
  }
  QtInbox(const QtInbox&) = delete;
  QtInbox& operator=(const QtInbox&) = delete;

  // Qt thread. Begins a generation: earlier producers are dead from now on.
  [[nodiscard]] Producer open() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->generation = ++m_lastGeneration;
    m_shared->waiting.clear();
    m_shared->lost = 0;
    return Producer(m_shared, m_lastGeneration);
  }
  // Qt thread, also from `deliver`. Nothing that was pushed before is delivered afterwards.
  void close() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->generation = 0;
    m_shared->waiting.clear();
    m_shared->lost = 0;
  }
  [[nodiscard]] std::uint64_t lostInTotal() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->lostInTotal;
  }

 private:
  // `deliver` may close, reopen or destroy this inbox; each step looks again before it goes on.
  void drain() {
    const std::shared_ptr<Shared> shared = m_shared;
    std::vector<T> batch;
    std::uint64_t generation = 0;
    std::uint64_t lost = 0;
    {
      const std::lock_guard lock(shared->mutex);
      shared->woken = false;
      batch.swap(shared->waiting);
      generation = shared->generation;
      lost = std::exchange(shared->lost, 0);
    }
    const auto isCurrent = [&shared, generation] {
      const std::lock_guard lock(shared->mutex);
      return generation != 0 && shared->wake != nullptr && shared->generation == generation;
    };
    for (T& value : batch) {
      if (!isCurrent()) return;
      m_deliver(std::move(value));
    }
    if (lost > 0 && isCurrent() && m_onLost) m_onLost(lost);
  }

  std::shared_ptr<Shared> m_shared;
  std::function<void(T&&)> m_deliver;
  std::function<void(std::uint64_t)> m_onLost;
  std::unique_ptr<QtWake> m_wake;
  std::uint64_t m_lastGeneration = 0;
};

}  // namespace foyer::io
