#include "core/wire/close_codes.h"

namespace foyer::wire {

const char* closeCodeName(std::uint64_t code) {
  if (code > static_cast<std::uint64_t>(CloseCode::Internal)) return "unknown";
  switch (static_cast<CloseCode>(code)) {
    case CloseCode::Done:
      return "done";
    case CloseCode::ProtocolViolation:
      return "protocol_violation";
    case CloseCode::Refused:
      return "refused";
    case CloseCode::Replaced:
      return "replaced";
    case CloseCode::TooManyBadMessages:
      return "too_many_bad_messages";
    case CloseCode::FrameTooLong:
      return "frame_too_long";
    case CloseCode::Draining:
      return "draining";
    case CloseCode::Flood:
      return "flood";
    case CloseCode::HelloMissing:
      return "hello_missing";
    case CloseCode::Internal:
      return "internal";
  }
  return "unknown";
}

}  // namespace foyer::wire
