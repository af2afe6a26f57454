// Which addresses a call offers for a direct path, in which order, and which of a peer's it will
// send anything to (RFC 8445 sections 5.1.2 and 19; catalogue K-11, K-17): a peer must not make
// this machine probe a third party's network or its own LAN at large. Pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/address.h"
#include "core/wire/sealed_messages.h"

namespace foyer::net {

// An address of this machine, with its prefix where the system tells it (bits; 0 = not known: /24
// for IPv4 and /64 for IPv6 are taken).
struct HostAddress {
  IpAddress ip;
  int prefixBits = 0;
  bool operator==(const HostAddress&) const = default;
};

// Whether others could reach this host address: not loopback, link-local, multicast, unspecified or
// broadcast.
[[nodiscard]] bool isOfferable(const IpAddress& ip);

// What is offered, best first, at most wire::kMaxCandidates, each address once: hosts in the order
// given, then what routers mapped, then what observers saw, then those of TURN servers, then what a
// NAT is expected to give.
[[nodiscard]] std::vector<wire::Candidate> candidatesOf(
    std::span<const SocketAddress> hosts, std::span<const SocketAddress> mapped,
    std::span<const SocketAddress> observed, std::span<const SocketAddress> relayed = {},
    std::span<const SocketAddress> predicted = {});

// Why a peer's candidate is not tried.
enum class CandidateRefusal : std::uint8_t {
  Unusable,      // loopback, link-local, multicast, broadcast, unspecified
  PortTooLow,    // below 1024: a service, no client's socket
  ForeignLan,    // private, and of no network that this machine is in
  NoSuchFamily,  // this machine has no address of the family
};
[[nodiscard]] const char* toString(CandidateRefusal refusal);
// nullopt: it may be tried. `own`: the addresses of this machine.
[[nodiscard]] std::optional<CandidateRefusal> refusalOf(const SocketAddress& candidate,
                                                        std::span<const HostAddress> own);
// The same network as one of `own`.
[[nodiscard]] bool isOnOwnNetwork(const IpAddress& ip, std::span<const HostAddress> own);

}  // namespace foyer::net
