#include "core/net/datagram_stream.h"

#include <algorithm>

namespace foyer::net {

const char* toString(DatagramStreamError error) {
  switch (error) {
    case DatagramStreamError::Empty:
      return "empty";
    case DatagramStreamError::TooLarge:
      return "too_large";
  }
  return "unknown";
}

Result<void, DatagramStreamError> DatagramReader::feed(ByteView bytes, const Sink& sink) {
  const auto take = [&](std::size_t upTo) {
    const std::size_t count = std::min(upTo - m_partial.size(), bytes.size());
    append(m_partial, bytes.first(count));
    bytes = bytes.subspan(count);
    return m_partial.size() == upTo;
  };
  while (!bytes.empty() && !m_error) {
    // A whole one is handed on where it lies; only what is cut is kept.
    ByteView head = m_partial.empty() ? bytes : ByteView(m_partial);
    if (head.size() < kStreamDatagramHeader) {
      if (!take(kStreamDatagramHeader)) break;
      head = m_partial;
    }
    const std::size_t size = readU16(head.data());
    if (size == 0) m_error = DatagramStreamError::Empty;
    if (size > kMaxStreamDatagram) m_error = DatagramStreamError::TooLarge;
    if (m_error) break;
    const std::size_t whole = kStreamDatagramHeader + size;
    if (m_partial.empty() && bytes.size() >= whole) {
      sink(bytes.subspan(kStreamDatagramHeader, size));
      bytes = bytes.subspan(whole);
      continue;
    }
    if (!take(whole)) break;
    sink(ByteView(m_partial).subspan(kStreamDatagramHeader));
    m_partial.clear();
  }
  if (!m_error) return {};
  m_partial = {};
  return Failure(*m_error);
}

void DatagramWriter::push(TimePoint now, ByteView datagram) {
  if (datagram.empty() || datagram.size() > kMaxStreamDatagram) {
    ++m_stats.droppedSize;
    return;
  }
  while (!m_waiting.empty() && m_bytes + datagram.size() > kMaxWaitingBytes) {
    ++m_stats.droppedFull;
    dropFront();
  }
  ++m_stats.queued;
  m_bytes += datagram.size();
  m_waiting.push_back({now, toBytes(datagram)});
}

void DatagramWriter::setOpen(TimePoint now) {
  if (m_isOpen) return;
  m_isOpen = true;
  for (Waiting& waiting : m_waiting) waiting.since = now;
}

void DatagramWriter::dropFront() {
  m_bytes -= m_waiting.front().bytes.size();
  m_waiting.pop_front();
}

void DatagramWriter::dropOld(TimePoint now) {
  while (m_isOpen && !m_waiting.empty() && now - m_waiting.front().since > kMaxAge) {
    ++m_stats.droppedOld;
    dropFront();
  }
}

Bytes DatagramWriter::take(TimePoint now, std::size_t limit) {
  dropOld(now);
  Bytes taken;
  while (!m_waiting.empty()) {
    const Bytes& next = m_waiting.front().bytes;
    if (!taken.empty() && taken.size() + kStreamDatagramHeader + next.size() > limit) break;
    appendU16(taken, static_cast<std::uint16_t>(next.size()));
    append(taken, next);
    ++m_stats.taken;
    dropFront();
  }
  return taken;
}

}  // namespace foyer::net
