// All control messages as one variant, and their only two doors: encodeFrame and decodeMessage.
// Nothing outside core/wire sees JSON of the protocol (docs/protocol.md, control stream). Decoding
// is total, throws nothing and holds the limits of limits.h. Values, no thread.
#pragma once

#include <variant>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/wire/call_messages.h"
#include "core/wire/presence_messages.h"
#include "core/wire/session_messages.h"
#include "core/wire/turn_messages.h"

namespace foyer::wire {

using Message = std::variant<Hello, Welcome, Refused, Reflect, Reflected, Ping, Pong, Replaced,
                             Draining, ErrorMessage, Publish, Published, Availability, PresenceGet,
                             PresencePage, PresenceDelta, Offer, Setup, Sealed, Channel,
                             Undeliverable, Attach, Release, Released, TurnGet, TurnGiven>;

enum class DecodeError {
  UnknownType,  // a newer peer's message: skip, count apart, never a reason to close
  NotJson,      // not one JSON object in valid UTF-8
  TooComplex,   // depth, number of values or fields
  DuplicateKey,
  BadField,  // a field is missing, of another kind, or out of range
};
[[nodiscard]] const char* toString(DecodeError error);
// UnknownType is skipped; everything else counts towards kMaxBadMessagesPerMinute.
[[nodiscard]] inline bool isMalformed(DecodeError error) {
  return error != DecodeError::UnknownType;
}

// The `t` of the message, e.g. "presence_page".
[[nodiscard]] const char* typeName(const Message& message);

// u32 big-endian length ‖ JSON. The caller keeps to the counts and sizes of limits.h (asserted);
// texts that are too long are cut at a character's end.
[[nodiscard]] Bytes encodeFrame(const Message& message);
// `json` is a frame's content, without the length.
[[nodiscard]] Result<Message, DecodeError> decodeMessage(ByteView json);

}  // namespace foyer::wire
