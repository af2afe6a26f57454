#include "core/client/client_state.h"

namespace foyer::client {

const char* toString(CallPhase phase) {
  switch (phase) {
    case CallPhase::Calling:
      return "calling";
    case CallPhase::Ringing:
      return "ringing";
    case CallPhase::Securing:
      return "securing";
    case CallPhase::Active:
      return "active";
    case CallPhase::Ended:
      return "ended";
  }
  return "ended";
}

const char* toString(CallEnd end) {
  switch (end) {
    case CallEnd::None:
      return "none";
    case CallEnd::LocalHangup:
      return "local_hangup";
    case CallEnd::RemoteHangup:
      return "remote_hangup";
    case CallEnd::Declined:
      return "declined";
    case CallEnd::Busy:
      return "busy";
    case CallEnd::NoAnswer:
      return "no_answer";
    case CallEnd::Missed:
      return "missed";
    case CallEnd::Cancelled:
      return "cancelled";
    case CallEnd::Unreachable:
      return "unreachable";
    case CallEnd::TooOld:
      return "too_old";
    case CallEnd::NotSecured:
      return "not_secured";
    case CallEnd::Tampered:
      return "tampered";
    case CallEnd::ConnectionLost:
      return "connection_lost";
    case CallEnd::AudioFailed:
      return "audio_failed";
  }
  return "none";
}

const char* toString(PathKind kind) {
  switch (kind) {
    case PathKind::Relay:
      return "relay";
    case PathKind::Lan:
      return "lan";
    case PathKind::DirectV4:
      return "direct_ipv4";
    case PathKind::DirectV6:
      return "direct_ipv6";
  }
  return "relay";
}

}  // namespace foyer::client
