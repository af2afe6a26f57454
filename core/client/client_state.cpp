#include "core/client/client_state.h"

namespace foyer::client {

const char* toString(RelayCarrier carrier) {
  switch (carrier) {
    case RelayCarrier::Udp:
      return "udp";
    case RelayCarrier::Tcp:
      return "tcp";
  }
  return "?";
}

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
    case PathKind::Turn:
      return "turn";
  }
  return "relay";
}

const char* toString(PathReason reason) {
  switch (reason) {
    case PathReason::None:
      return "none";
    case PathReason::Off:
      return "off";
    case PathReason::NoAddress:
      return "no_address";
    case PathReason::Private:
      return "private";
    case PathReason::Unconfirmed:
      return "unconfirmed";
    case PathReason::PeerTellsNone:
      return "peer_tells_none";
    case PathReason::NoneUsable:
      return "none_usable";
    case PathReason::Looking:
      return "looking";
    case PathReason::NoAnswer:
      return "no_answer";
    case PathReason::BothHard:
      return "both_hard";
    case PathReason::PortsNotTried:
      return "ports_not_tried";
    case PathReason::Lost:
      return "lost";
  }
  return "none";
}

const char* toString(PathStep step) {
  switch (step) {
    case PathStep::Offered:
      return "offered";
    case PathStep::PeerOffered:
      return "peer_offered";
    case PathStep::Refused:
      return "refused";
    case PathStep::Asked:
      return "asked";
    case PathStep::Answered:
      return "answered";
    case PathStep::PeerAsked:
      return "peer_asked";
    case PathStep::Dialled:
      return "dialled";
    case PathStep::PeerDialled:
      return "peer_dialled";
    case PathStep::Failed:
      return "failed";
    case PathStep::Bound:
      return "bound";
    case PathStep::InUse:
      return "in_use";
    case PathStep::Silent:
      return "silent";
    case PathStep::Heard:
      return "heard";
    case PathStep::Deaf:
      return "deaf";
    case PathStep::Lost:
      return "lost";
    case PathStep::SearchedAgain:
      return "searched_again";
    case PathStep::NetworkChanged:
      return "network_changed";
  }
  return "offered";
}

}  // namespace foyer::client
