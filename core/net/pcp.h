// Port Control Protocol (RFC 6887): MAP for UDP with its nonce, ANNOUNCE, result codes with their
// long and short lifetimes, and the rule of section 8.5 that tells that the router lost its table.
// Both directions, because the simulator's routers speak it too. Leaves out PEER, THIRD_PARTY and
// all other options (those of a reply are walked over). Strict codecs, no state. Values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/net/nat_pmp.h"

namespace foyer::net {

inline constexpr std::uint8_t kPcpVersion = 2;
// RFC 6887 section 7.
inline constexpr std::size_t kPcpMaxBytes = 1100;
using PcpNonce = std::array<std::uint8_t, 12>;

enum class PcpOpcode : std::uint8_t { Announce = 0, Map = 1 };

// RFC 6887 section 7.4. Unknown stands for every number above the last.
enum class PcpResult : std::uint8_t {
  Success = 0,
  UnsupportedVersion = 1,
  NotAuthorized = 2,
  MalformedRequest = 3,
  UnsupportedOpcode = 4,
  UnsupportedOption = 5,
  MalformedOption = 6,
  NetworkFailure = 7,
  NoResources = 8,
  UnsupportedProtocol = 9,
  UserExceededQuota = 10,
  CannotProvideExternal = 11,
  AddressMismatch = 12,  // there is another NAT between us and the router
  ExcessiveRemotePeers = 13,
  Unknown = 255,
};
[[nodiscard]] const char* toString(PcpResult result);
// Whether the same question may soon be answered otherwise (section 7.4: "short lifetime error").
[[nodiscard]] bool isShortLived(PcpResult result);

enum class PcpError : std::uint8_t {
  WrongLength,  // too short, too long, or no multiple of four
  WrongVersion,
  WrongDirection,
  UnknownOpcode,
  WrongProtocol,  // a mapping of something that is not UDP
  BadOption,      // an option that reaches beyond the datagram
  Malformed,      // e.g. a mapping without a port
};
[[nodiscard]] const char* toString(PcpError error);

// The part that requests and replies of MAP share.
struct PcpMap {
  PcpNonce nonce{};
  std::uint16_t internalPort = 0;
  // Suggested in a request (unspecified and 0 = any), assigned in a reply.
  SocketAddress external;
  bool operator==(const PcpMap&) const = default;
};

struct PcpRequest {
  IpAddress client;             // ours, as the router must see it
  std::uint32_t lifetimeS = 0;  // of MAP; 0 deletes
  std::optional<PcpMap> map;    // absent: ANNOUNCE
  bool operator==(const PcpRequest&) const = default;
};

struct PcpReply {
  PcpResult result = PcpResult::Success;
  std::uint32_t lifetimeS = 0;  // of a mapping, or for how long the error will stay
  std::uint32_t epochS = 0;
  std::optional<PcpMap> map;  // absent: ANNOUNCE, or an error that came without its request
  bool operator==(const PcpReply&) const = default;
};

[[nodiscard]] Bytes encode(const PcpRequest& request);
[[nodiscard]] Bytes encode(const PcpReply& reply);
[[nodiscard]] Result<PcpRequest, PcpError> decodePcpRequest(ByteView datagram);
// UnsupportedVersion is read from a reply of any version but 0 (NAT-PMP's own, nat_pmp.h) by its
// header alone, as section 9 asks; everything else must be version 2.
[[nodiscard]] Result<PcpReply, PcpError> decodePcpReply(ByteView datagram);

// RFC 6887 section 8.5, with its 1/16 of drift and 2 s of rounding. Pure.
[[nodiscard]] bool pcpRestarted(const EpochSeen& before, const EpochSeen& now);

}  // namespace foyer::net
