// Cuts a byte stream into frames: u32 big-endian length (1 … kMaxFrame) ‖ content. It holds one
// unfinished frame at most, and no memory while there is none. Value, no thread.
#pragma once

#include <optional>

#include "core/base/bytes.h"
#include "core/wire/limits.h"

namespace foyer::wire {

class FrameReader {
 public:
  // Calls onFrame(ByteView content) for every complete frame, in order; a view is valid during the
  // call only. False once a length of 0 or above kMaxFrame was seen: close with code 5; whatever is
  // fed later is ignored.
  template <class OnFrame>
  bool feed(ByteView bytes, OnFrame&& onFrame) {
    while (const auto frame = take(bytes)) {
      onFrame(*frame);
    }
    return !m_broken;
  }

  [[nodiscard]] bool isBroken() const { return m_broken; }
  // Bytes of the unfinished frame held, its header included.
  [[nodiscard]] std::size_t held() const { return m_held.size(); }

 private:
  // Next complete frame out of what is held and `bytes`, which is shortened by what was used.
  std::optional<ByteView> take(ByteView& bytes);

  Bytes m_held;
  // m_held was handed out as a frame and goes at the next take().
  bool m_handedOut = false;
  bool m_broken = false;
};

}  // namespace foyer::wire
