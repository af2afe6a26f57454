// NAT-PMP (RFC 6886): the datagrams to and from a home router that opens a port, and the rule that
// tells from a reply that the router restarted. Both directions, because the simulator's routers
// speak it too. Strict codecs, no state; leaves out TCP mappings beyond their opcode. Values.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace foyer::net {

// Routers listen here for NAT-PMP and PCP alike; announcements go to 224.0.0.1 at the other one.
inline constexpr std::uint16_t kMappingServerPort = 5351;
inline constexpr std::uint16_t kMappingAnnouncePort = 5350;
inline constexpr std::uint8_t kNatPmpVersion = 0;

enum class NatPmpOpcode : std::uint8_t { ExternalAddress = 0, MapUdp = 1, MapTcp = 2 };

// RFC 6886 section 3.5. Unknown stands for every other number that is not zero.
enum class NatPmpResult : std::uint8_t {
  Success = 0,
  UnsupportedVersion = 1,
  NotAuthorized = 2,
  NetworkFailure = 3,  // the router has no address itself yet
  OutOfResources = 4,
  UnsupportedOpcode = 5,
  Unknown = 255,
};
[[nodiscard]] const char* toString(NatPmpResult result);

enum class NatPmpError : std::uint8_t {
  WrongLength,
  WrongVersion,
  WrongDirection,  // a request where a reply is read, or the other way round
  UnknownOpcode,
  Malformed,  // e.g. a mapping without a port
};
[[nodiscard]] const char* toString(NatPmpError error);

struct NatPmpRequest {
  NatPmpOpcode opcode = NatPmpOpcode::ExternalAddress;
  // Of mappings alone:
  std::uint16_t internalPort = 0;
  std::uint16_t suggestedPort = 0;  // external; 0 = any
  std::uint32_t lifetimeS = 0;      // 0 deletes
  bool operator==(const NatPmpRequest&) const = default;
};

struct NatPmpReply {
  NatPmpOpcode opcode = NatPmpOpcode::ExternalAddress;
  NatPmpResult result = NatPmpResult::Success;
  std::uint32_t epochS = 0;  // seconds since the router's table was empty
  // Of ExternalAddress with Success alone; IPv4:
  IpAddress externalAddress;
  // Of mappings with Success alone; after a deletion the external port and the lifetime are 0:
  std::uint16_t internalPort = 0;
  std::uint16_t externalPort = 0;
  std::uint32_t lifetimeS = 0;
  bool operator==(const NatPmpReply&) const = default;
};

[[nodiscard]] Bytes encode(const NatPmpRequest& request);
[[nodiscard]] Bytes encode(const NatPmpReply& reply);
[[nodiscard]] Result<NatPmpRequest, NatPmpError> decodeNatPmpRequest(ByteView datagram);
// A success has exactly its length. A refusal needs its first 8 bytes (4 with Unsupported…: some
// routers stop there, and then the epoch reads as 0); routers differ in what follows.
[[nodiscard]] Result<NatPmpReply, NatPmpError> decodeNatPmpReply(ByteView datagram);

// One sight of a router's clock: its epoch, and when the reply came.
struct EpochSeen {
  std::uint32_t epochS = 0;
  TimePoint at;
};
// RFC 6886 section 3.6: the router's clock is at least where 7/8 of the time since then would have
// brought it, 2 s to spare; else its table of mappings was emptied in between. Pure.
[[nodiscard]] bool natPmpRestarted(const EpochSeen& before, const EpochSeen& now);

}  // namespace foyer::net
