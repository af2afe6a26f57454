// A lock-free ring between exactly one producer thread and one consumer thread. Slots are fixed at
// construction, so neither side allocates. A full ring refuses: the producer decides what to drop.
#pragma once

#include <atomic>
#include <cstddef>
#include <new>
#include <vector>

#include "core/base/assert.h"

namespace foyer {

template <class T>
class SpscRing {
 public:
  explicit SpscRing(std::size_t capacity) : m_slots(capacity + 1) {
    FOYER_ASSERT(capacity > 0, "a ring holds at least one item");
  }
  SpscRing(const SpscRing&) = delete;
  SpscRing& operator=(const SpscRing&) = delete;

  // Producer. Fills a slot in place by `write(T&)`; false when the ring is full.
  template <class Writer>
  bool tryWrite(Writer&& write) {
    const std::size_t tail = m_tail.load(std::memory_order_relaxed);
    const std::size_t next = advance(tail);
    if (next == m_head.load(std::memory_order_acquire)) return false;
    write(m_slots[tail]);
    m_tail.store(next, std::memory_order_release);
    return true;
  }
  bool tryPush(const T& item) {
    return tryWrite([&](T& slot) { slot = item; });
  }

  // Consumer. Reads a slot in place by `read(T&)`; false when the ring is empty.
  template <class Reader>
  bool tryRead(Reader&& read) {
    const std::size_t head = m_head.load(std::memory_order_relaxed);
    if (head == m_tail.load(std::memory_order_acquire)) return false;
    read(m_slots[head]);
    m_head.store(advance(head), std::memory_order_release);
    return true;
  }
  bool tryPop(T& out) {
    return tryRead([&](T& slot) { out = slot; });
  }

  [[nodiscard]] bool isEmpty() const {
    return m_head.load(std::memory_order_acquire) == m_tail.load(std::memory_order_acquire);
  }
  [[nodiscard]] std::size_t capacity() const { return m_slots.size() - 1; }

 private:
  [[nodiscard]] std::size_t advance(std::size_t i) const {
    return i + 1 == m_slots.size() ? 0 : i + 1;
  }

  std::vector<T> m_slots;
  // Apart by a cache line, or the two threads would fight over one.
  alignas(64) std::atomic<std::size_t> m_head{0};
  alignas(64) std::atomic<std::size_t> m_tail{0};
};

}  // namespace foyer
