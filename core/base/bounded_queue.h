// A queue with a bound and a named answer to "full": refuse the newest, or drop the oldest.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "core/base/assert.h"

namespace foyer {

enum class WhenFull { RefuseNewest, DropOldest };

template <class T>
class BoundedQueue {
 public:
  BoundedQueue(std::size_t bound, WhenFull whenFull) : m_bound(bound), m_whenFull(whenFull) {
    FOYER_ASSERT(bound > 0, "a queue without room is a mistake");
  }

  // False when the item was refused. dropped() counts refused and displaced items alike.
  bool push(T item) {
    if (m_items.size() >= m_bound) {
      ++m_dropped;
      if (m_whenFull == WhenFull::RefuseNewest) return false;
      m_items.pop_front();
    }
    m_items.push_back(std::move(item));
    return true;
  }
  [[nodiscard]] std::optional<T> pop() {
    if (m_items.empty()) return std::nullopt;
    std::optional<T> item(std::move(m_items.front()));
    m_items.pop_front();
    return item;
  }
  [[nodiscard]] const T* front() const { return m_items.empty() ? nullptr : &m_items.front(); }
  [[nodiscard]] bool empty() const { return m_items.empty(); }
  [[nodiscard]] std::size_t size() const { return m_items.size(); }
  [[nodiscard]] std::size_t bound() const { return m_bound; }
  [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
  void clear() { m_items.clear(); }

 private:
  std::deque<T> m_items;
  std::size_t m_bound;
  WhenFull m_whenFull;
  std::uint64_t m_dropped = 0;
};

}  // namespace foyer
