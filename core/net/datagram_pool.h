// Datagrams that wait for the congestion window: slots of one size, shared by all connections of
// an endpoint, in queues linked by index. Allocates in blocks while it grows and never in steady
// state. Bounded by `maxSlots`; at the bound a queue must displace its own oldest. A value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/net/endpoint_config.h"

namespace foyer::net {

// No path of Foyer carries more: UDP payload 1452 minus QUIC's 32.
inline constexpr std::size_t kMaxDatagramBytes = 1420;

// First and last slot of one connection's queue.
struct DatagramQueue {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t head = kNone;
  std::uint32_t tail = kNone;
  std::uint32_t count = 0;
};

class DatagramPool {
 public:
  explicit DatagramPool(std::size_t maxSlots) : m_maxSlots(maxSlots) {}

  // False when no slot is free. header.size() + payload.size() <= kMaxDatagramBytes.
  bool push(DatagramQueue& queue, TimePoint now, ByteView header, ByteView payload,
            DatagramUse use = DatagramUse::Stream) {
    if (m_free == DatagramQueue::kNone && !grow()) return false;
    const std::uint32_t index = m_free;
    Slot& slot = at(index);
    m_free = slot.next;
    slot.next = DatagramQueue::kNone;
    slot.queuedAt = now;
    slot.use = use;
    slot.size = static_cast<std::uint16_t>(header.size() + payload.size());
    if (!header.empty()) std::memcpy(slot.bytes.data(), header.data(), header.size());
    if (!payload.empty()) {
      std::memcpy(slot.bytes.data() + header.size(), payload.data(), payload.size());
    }
    if (queue.tail == DatagramQueue::kNone)
      queue.head = index;
    else
      at(queue.tail).next = index;
    queue.tail = index;
    ++queue.count;
    return true;
  }
  [[nodiscard]] ByteView front(const DatagramQueue& queue) {
    const Slot& slot = at(queue.head);
    return {slot.bytes.data(), slot.size};
  }
  [[nodiscard]] DatagramUse frontUse(const DatagramQueue& queue) { return at(queue.head).use; }
  [[nodiscard]] TimePoint frontQueuedAt(const DatagramQueue& queue) {
    return at(queue.head).queuedAt;
  }
  void pop(DatagramQueue& queue) {
    const std::uint32_t index = queue.head;
    Slot& slot = at(index);
    queue.head = slot.next;
    if (queue.head == DatagramQueue::kNone) queue.tail = DatagramQueue::kNone;
    --queue.count;
    slot.next = m_free;
    m_free = index;
  }
  void clear(DatagramQueue& queue) {
    while (queue.count > 0) pop(queue);
  }

 private:
  struct Slot {
    TimePoint queuedAt;
    std::uint32_t next = DatagramQueue::kNone;
    std::uint16_t size = 0;
    DatagramUse use = DatagramUse::Stream;
    std::array<std::uint8_t, kMaxDatagramBytes> bytes;
  };
  static constexpr std::size_t kBlock = 16;  // 23 kB at a time: what one client ever needs

  [[nodiscard]] Slot& at(std::uint32_t index) { return m_blocks[index / kBlock][index % kBlock]; }
  bool grow() {
    const std::size_t have = m_blocks.size() * kBlock;
    if (have + kBlock > m_maxSlots) return false;
    m_blocks.push_back(std::make_unique_for_overwrite<Slot[]>(kBlock));
    for (std::size_t i = kBlock; i-- > 0;) {
      m_blocks.back()[i].next = m_free;
      m_free = static_cast<std::uint32_t>(have + i);
    }
    return true;
  }

  std::size_t m_maxSlots;
  std::vector<std::unique_ptr<Slot[]>> m_blocks;
  std::uint32_t m_free = DatagramQueue::kNone;
};

}  // namespace foyer::net
