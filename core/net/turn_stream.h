// Cuts what comes over a TCP or TLS connection to a TURN server into STUN messages and ChannelData
// (RFC 8656 section 12.5): each says its own length, ChannelData is padded to four bytes. The other
// way needs no framing but that padding, which TurnClient does. A value, no thread.
#pragma once

#include <functional>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace foyer::net {

enum class TurnStreamError {
  NotTurn,   // neither STUN nor ChannelData; after that nothing more can be told apart
  TooLarge,  // announces more than kMaxMessage
};
[[nodiscard]] const char* toString(TurnStreamError error);

class TurnStream {
 public:
  // A Data indication with the largest datagram of ours and all its attributes fits twice; a server
  // that announces more does not get the memory.
  static constexpr std::size_t kMaxMessage = 4096;

  // One whole message: a STUN message, or ChannelData without its padding. Valid during the call.
  using Sink = std::function<void(ByteView message)>;

  // Any cut of the stream. After an error the connection is to be closed: every later call answers
  // the same error.
  [[nodiscard]] Result<void, TurnStreamError> feed(ByteView bytes, const Sink& sink);

  // Bytes of a message that is not whole yet.
  [[nodiscard]] std::size_t waiting() const { return m_partial.size(); }

 private:
  struct Frame {
    std::size_t message = 0;  // bytes for the sink
    std::size_t padded = 0;   // bytes on the stream
  };
  [[nodiscard]] static Result<Frame, TurnStreamError> frameOf(ByteView head);
  [[nodiscard]] Result<void, TurnStreamError> fail(TurnStreamError error);

  Bytes m_partial;
  bool m_broken = false;
  TurnStreamError m_error = TurnStreamError::NotTurn;
};

}  // namespace foyer::net
