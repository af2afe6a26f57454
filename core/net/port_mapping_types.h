// What a port mapping is asked with, what it tells its owner, and the errand of the way that needs
// the world (UPnP). Values, and one pure rule about addresses.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "core/base/address.h"
#include "core/base/time.h"

namespace foyer::net {

enum class MappingWay : std::uint8_t { Pcp, NatPmp, Upnp };
inline constexpr std::size_t kMappingWays = 3;
[[nodiscard]] const char* toString(MappingWay way);

struct PortMappingConfig {
  IpAddress gateway;            // the default route's next hop
  IpAddress local;              // our address towards it, of the same family
  std::uint16_t localPort = 0;  // UDP
  bool usesUpnp = true;         // whether the owner carries out UpnpOrders; IPv4 alone
};

// Why one way gave no mapping.
enum class MappingFailure : std::uint8_t {
  NotOffered,           // not for this family, or switched off
  Silent,               // no answer, or no such router
  VersionNotSpoken,     // the router said so
  NotAuthorized,        // switched off in the router, or the port belongs to somebody else
  NoResources,          // its table is full
  NoNetwork,            // the router has no address itself
  BehindAnotherRouter,  // it sees us at another address than we have
  Refused,              // any other refusal
  UnusableAddress,      // an external address that cannot be one
  FalseReply,           // it says yes, and its table or its lifetime says no
  Disproved,            // it said yes, and nothing came through
};
[[nodiscard]] const char* toString(MappingFailure failure);
// What may be otherwise at the next renewal; a mapping is not given up for it.
[[nodiscard]] bool isPassing(MappingFailure failure);

enum class MappingLoss : std::uint8_t { Expired, Refused, Disproved, NetworkChanged };
[[nodiscard]] const char* toString(MappingLoss loss);

enum class ExternalKind : std::uint8_t {
  Public,
  Private,  // RFC 1918, CGNAT, ULA, DS-Lite: another NAT follows
  Unusable,
};
// Pure.
[[nodiscard]] ExternalKind externalKind(const IpAddress& ip);

struct HeldMapping {
  MappingWay way = MappingWay::Pcp;
  SocketAddress external;
  bool isPrivate = false;   // ExternalKind::Private
  bool isVerified = false;  // a packet really came in through it
  TimePoint expires;
  bool operator==(const HeldMapping&) const = default;
};

// A mapping is there, or it is there again elsewhere. Not verified yet.
struct PortMapped {
  MappingWay way = MappingWay::Pcp;
  SocketAddress external;
  bool isPrivate = false;
  bool operator==(const PortMapped&) const = default;
};
struct PortMappingLost {
  SocketAddress external;
  MappingLoss loss = MappingLoss::Expired;
  bool operator==(const PortMappingLost&) const = default;
};
// Nothing worked; it is tried again by itself at `retryAt`.
struct PortMappingFailed {
  std::array<MappingFailure, kMappingWays> reasons{};  // by MappingWay
  TimePoint retryAt;
  bool operator==(const PortMappingFailed&) const = default;
};
using PortMappingEvent = std::variant<PortMapped, PortMappingLost, PortMappingFailed>;

// The owner carries it out and answers with PortMapping::onUpnp().
struct UpnpOrder {
  enum class Kind : std::uint8_t { Map, Remove };
  Kind kind = Kind::Map;
  std::uint16_t externalPort = 0;  // wished, or to be removed
  std::uint32_t lifetimeS = 0;
  bool operator==(const UpnpOrder&) const = default;
};
enum class UpnpOutcome : std::uint8_t {
  Done,
  NoGateway,  // nobody answered, or only others than the gateway did
  Refused,    // an error of the router
  NotOurs,    // its table has somebody else, or nobody, where it said yes
  NoAddress,  // no external address that can be read
  OutOfTime,
};
[[nodiscard]] const char* toString(UpnpOutcome outcome);
struct UpnpAnswer {
  UpnpOutcome outcome = UpnpOutcome::Done;
  SocketAddress external;       // of Map with Done
  std::uint32_t lifetimeS = 0;  // 0: until the router forgets
};

}  // namespace foyer::net
