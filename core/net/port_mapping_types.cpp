#include "core/net/port_mapping_types.h"

namespace foyer::net {

const char* toString(MappingWay way) {
  switch (way) {
    case MappingWay::Pcp:
      return "pcp";
    case MappingWay::NatPmp:
      return "nat-pmp";
    case MappingWay::Upnp:
      return "upnp";
  }
  return "?";
}

const char* toString(MappingFailure failure) {
  switch (failure) {
    case MappingFailure::NotOffered:
      return "not_offered";
    case MappingFailure::Silent:
      return "silent";
    case MappingFailure::VersionNotSpoken:
      return "version_not_spoken";
    case MappingFailure::NotAuthorized:
      return "not_authorized";
    case MappingFailure::NoResources:
      return "no_resources";
    case MappingFailure::NoNetwork:
      return "no_network";
    case MappingFailure::BehindAnotherRouter:
      return "behind_another_router";
    case MappingFailure::Refused:
      return "refused";
    case MappingFailure::UnusableAddress:
      return "unusable_address";
    case MappingFailure::FalseReply:
      return "false_reply";
    case MappingFailure::Disproved:
      return "disproved";
  }
  return "?";
}

bool isPassing(MappingFailure failure) {
  return failure == MappingFailure::Silent || failure == MappingFailure::NoNetwork ||
         failure == MappingFailure::NoResources;
}

const char* toString(MappingLoss loss) {
  switch (loss) {
    case MappingLoss::Expired:
      return "expired";
    case MappingLoss::Refused:
      return "refused";
    case MappingLoss::Disproved:
      return "disproved";
    case MappingLoss::NetworkChanged:
      return "network_changed";
  }
  return "?";
}

const char* toString(UpnpOutcome outcome) {
  switch (outcome) {
    case UpnpOutcome::Done:
      return "done";
    case UpnpOutcome::NoGateway:
      return "no_gateway";
    case UpnpOutcome::Refused:
      return "refused";
    case UpnpOutcome::NotOurs:
      return "not_ours";
    case UpnpOutcome::NoAddress:
      return "no_address";
    case UpnpOutcome::OutOfTime:
      return "out_of_time";
  }
  return "?";
}

ExternalKind externalKind(const IpAddress& ip) {
  if (ip.isUnspecified() || ip.isLoopback() || ip.isLinkLocal()) return ExternalKind::Unusable;
  const auto& b = ip.bytes;
  if (!ip.isV4()) {
    if (ip.isPrivate()) return ExternalKind::Private;
    // RFC 4291: global unicast as it is given out today.
    return (b[0] & 0xe0) == 0x20 ? ExternalKind::Public : ExternalKind::Unusable;
  }
  // 0/8 is "this network", 224/4 multicast, 240/4 reserved with broadcast at its end.
  if (b[0] == 0 || b[0] >= 224) return ExternalKind::Unusable;
  // 192.0.0/24: what a DS-Lite router has towards its provider (RFC 6333).
  const bool isDsLite = b[0] == 192 && b[1] == 0 && b[2] == 0;
  return ip.isPrivate() || isDsLite ? ExternalKind::Private : ExternalKind::Public;
}

}  // namespace foyer::net
