// Min-heap of one deadline per slot, with the place of each slot known, so that moving a deadline
// costs no search and a slot is never in it twice. A value, no thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace foyer::net {

class TimerHeap {
 public:
  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

  struct Entry {
    std::uint64_t when = kNever;
    std::uint32_t slot = 0;
  };

  // Sets or moves the deadline of `slot`; kNever takes it out.
  void set(std::uint32_t slot, std::uint64_t when) {
    if (when == kNever) return remove(slot);
    if (slot >= m_places.size()) m_places.resize(slot + std::size_t{1}, kAbsent);
    if (m_places[slot] == kAbsent) {
      m_heap.push_back({when, slot});
      m_places[slot] = static_cast<std::uint32_t>(m_heap.size() - 1);
      siftUp(m_heap.size() - 1);
      return;
    }
    const std::size_t at = m_places[slot];
    const std::uint64_t before = m_heap[at].when;
    m_heap[at].when = when;
    if (when < before)
      siftUp(at);
    else
      siftDown(at);
  }
  // Only if earlier than what is set: a later deadline is found when the early one fires.
  void setNoLater(std::uint32_t slot, std::uint64_t when) {
    if (when < at(slot)) set(slot, when);
  }
  void remove(std::uint32_t slot) {
    if (slot >= m_places.size() || m_places[slot] == kAbsent) return;
    const std::size_t at = m_places[slot];
    m_places[slot] = kAbsent;
    const Entry last = m_heap.back();
    m_heap.pop_back();
    if (last.slot == slot) return;
    m_heap[at] = last;
    m_places[last.slot] = static_cast<std::uint32_t>(at);
    siftUp(at);
    siftDown(m_places[last.slot]);
  }
  [[nodiscard]] std::uint64_t at(std::uint32_t slot) const {
    if (slot >= m_places.size() || m_places[slot] == kAbsent) return kNever;
    return m_heap[m_places[slot]].when;
  }
  // `when` is kNever if there is none.
  [[nodiscard]] Entry earliest() const { return m_heap.empty() ? Entry{} : m_heap.front(); }
  [[nodiscard]] std::size_t size() const { return m_heap.size(); }

 private:
  static constexpr std::uint32_t kAbsent = std::numeric_limits<std::uint32_t>::max();

  void swapEntries(std::size_t a, std::size_t b) {
    std::swap(m_heap[a], m_heap[b]);
    m_places[m_heap[a].slot] = static_cast<std::uint32_t>(a);
    m_places[m_heap[b].slot] = static_cast<std::uint32_t>(b);
  }
  void siftUp(std::size_t i) {
    while (i > 0 && m_heap[i].when < m_heap[(i - 1) / 2].when) {
      swapEntries(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }
  void siftDown(std::size_t i) {
    for (;;) {
      std::size_t least = i;
      for (std::size_t child = 2 * i + 1; child <= 2 * i + 2 && child < m_heap.size(); ++child) {
        if (m_heap[child].when < m_heap[least].when) least = child;
      }
      if (least == i) return;
      swapEntries(i, least);
      i = least;
    }
  }

  std::vector<Entry> m_heap;
  std::vector<std::uint32_t> m_places;
};

}  // namespace foyer::net
