// Application error codes a connection is closed with (docs/protocol.md, close codes).
#pragma once

#include <cstdint>

namespace foyer::wire {

enum class CloseCode : std::uint64_t {
  Done = 0,
  ProtocolViolation = 1,
  Refused = 2,
  Replaced = 3,
  TooManyBadMessages = 4,
  FrameTooLong = 5,
  Draining = 6,
  Flood = 7,
  HelloMissing = 8,
  Internal = 9,
};
// Stable name for event logs, e.g. "too_many_bad_messages"; "unknown" for a code of a newer
// version.
[[nodiscard]] const char* closeCodeName(std::uint64_t code);

}  // namespace foyer::wire
