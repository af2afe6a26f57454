#include "core/wire/frame_reader.h"

#include <algorithm>

namespace foyer::wire {

std::optional<ByteView> FrameReader::take(ByteView& bytes) {
  if (m_handedOut) {
    m_handedOut = false;
    Bytes().swap(m_held);
  }
  if (m_broken) return std::nullopt;
  const auto move = [&](std::size_t upTo) {
    const std::size_t count = std::min(bytes.size(), upTo - m_held.size());
    append(m_held, bytes.first(count));
    bytes = bytes.subspan(count);
    return m_held.size() == upTo;
  };
  if (m_held.empty() && bytes.size() < kFrameHeader) {
    append(m_held, bytes);
    bytes = {};
    return std::nullopt;
  }
  if (!m_held.empty() && m_held.size() < kFrameHeader && !move(kFrameHeader)) return std::nullopt;

  const std::size_t length = readU32(m_held.empty() ? bytes.data() : m_held.data());
  if (length == 0 || length > kMaxFrame) {
    m_broken = true;
    Bytes().swap(m_held);
    return std::nullopt;
  }
  const std::size_t whole = kFrameHeader + length;
  if (m_held.empty() && bytes.size() >= whole) {
    const ByteView frame = bytes.subspan(kFrameHeader, length);
    bytes = bytes.subspan(whole);
    return frame;
  }
  if (!move(whole)) return std::nullopt;
  m_handedOut = true;
  return ByteView(m_held).subspan(kFrameHeader);
}

}  // namespace foyer::wire
