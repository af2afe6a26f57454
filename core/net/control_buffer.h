// Bytes of the control stream from sendControl() to the peer's acknowledgement. QUIC keeps only
// pointers, so what was handed over stays at its address until acked (RFC 9000 section 13.3).
// Bounded by its user. A value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>

#include "core/base/bytes.h"

namespace foyer::net {

class ControlBuffer {
 public:
  void append(ByteView bytes) {
    m_size += bytes.size();
    // Small frames share a block as long as nothing of the block was handed over.
    const bool lastUntouched =
        m_writeBlock + 1 == m_blocks.size() ? m_writeOffset == 0 : m_writeBlock < m_blocks.size();
    if (lastUntouched && m_blocks.back().size() + bytes.size() <= kShareBytes) {
      foyer::append(m_blocks.back(), bytes);
    } else {
      m_blocks.push_back(toBytes(bytes));
    }
  }
  // The next bytes to hand over; empty when there are none.
  [[nodiscard]] ByteView unsent() const {
    if (m_writeBlock >= m_blocks.size()) return {};
    return ByteView(m_blocks[m_writeBlock]).subspan(m_writeOffset);
  }
  [[nodiscard]] bool hasUnsent() const { return m_writeBlock < m_blocks.size(); }
  // n <= unsent().size().
  void handedOver(std::size_t n) {
    m_writeOffset += n;
    if (m_writeOffset == m_blocks[m_writeBlock].size()) {
      ++m_writeBlock;
      m_writeOffset = 0;
    }
  }
  // The next `n` handed-over bytes are acknowledged (they come in order).
  void acked(std::size_t n) {
    n = std::min(n, m_size);
    m_size -= n;
    while (n > 0 && m_writeBlock > 0) {
      const std::size_t left = m_blocks.front().size() - m_ackedOffset;
      if (n < left) break;
      n -= left;
      m_ackedOffset = 0;
      m_blocks.pop_front();
      --m_writeBlock;
    }
    m_ackedOffset += n;
  }
  // Not yet acknowledged.
  [[nodiscard]] std::size_t size() const { return m_size; }

 private:
  static constexpr std::size_t kShareBytes = 4096;

  std::deque<Bytes> m_blocks;
  std::size_t m_writeBlock = 0;
  std::size_t m_writeOffset = 0;
  std::size_t m_ackedOffset = 0;
  std::size_t m_size = 0;
};

}  // namespace foyer::net
