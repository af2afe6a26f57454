#include "core/net/turn_stream.h"

#include <algorithm>

namespace foyer::net {
namespace {

// Both kinds have type or channel number, then the length, in their first four bytes.
constexpr std::size_t kHead = 4;
// RFC 8489 section 5: the header that the length of a STUN message leaves out.
constexpr std::size_t kStunHeader = 20;
// RFC 7983: what the first byte tells.
constexpr std::uint8_t kLastStunByte = 3;
constexpr std::uint8_t kFirstChannelByte = 64;
constexpr std::uint8_t kLastChannelByte = 79;

constexpr std::size_t paddedTo4(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

}  // namespace

const char* toString(TurnStreamError error) {
  switch (error) {
    case TurnStreamError::NotTurn:
      return "not_turn";
    case TurnStreamError::TooLarge:
      return "too_large";
  }
  return "unknown";
}

Result<TurnStream::Frame, TurnStreamError> TurnStream::frameOf(ByteView head) {
  const std::size_t length = readU16(head.data() + 2);
  Frame frame;
  if (head[0] <= kLastStunByte) {
    // Attributes are padded, so every STUN message is a multiple of four long.
    if (length % 4 != 0) return Failure(TurnStreamError::NotTurn);
    frame.message = frame.padded = kStunHeader + length;
  } else if (head[0] >= kFirstChannelByte && head[0] <= kLastChannelByte) {
    frame.message = kHead + length;
    frame.padded = paddedTo4(frame.message);
  } else {
    return Failure(TurnStreamError::NotTurn);
  }
  if (frame.padded > kMaxMessage) return Failure(TurnStreamError::TooLarge);
  return frame;
}

Result<void, TurnStreamError> TurnStream::fail(TurnStreamError error) {
  m_broken = true;
  m_error = error;
  m_partial = {};
  return Failure(error);
}

Result<void, TurnStreamError> TurnStream::feed(ByteView bytes, const Sink& sink) {
  if (m_broken) return Failure(m_error);
  const auto take = [&](std::size_t upTo) {
    const std::size_t count = std::min(upTo - m_partial.size(), bytes.size());
    append(m_partial, bytes.first(count));
    bytes = bytes.subspan(count);
  };
  while (!bytes.empty()) {
    // Whole messages are handed on where they lie; only what is cut is kept.
    if (m_partial.empty() && bytes.size() >= kHead) {
      const auto frame = frameOf(bytes);
      if (!frame) return fail(frame.error());
      if (bytes.size() >= frame->padded) {
        sink(bytes.first(frame->message));
        bytes = bytes.subspan(frame->padded);
        continue;
      }
    }
    if (m_partial.size() < kHead) take(kHead);
    if (m_partial.size() < kHead) break;
    const auto frame = frameOf(m_partial);
    if (!frame) return fail(frame.error());
    take(frame->padded);
    if (m_partial.size() < frame->padded) break;
    sink(ByteView(m_partial).first(frame->message));
    m_partial.clear();
  }
  return {};
}

}  // namespace foyer::net
