// The constant local address labels of a client's sockets. QUIC knows paths by them; the real
// address of a wildcard socket changes with the route (design: quic-notes section 5).
#pragma once

#include "core/base/address.h"

namespace foyer::client {

[[nodiscard]] inline SocketAddress localLabelFor(const SocketAddress& remote) {
  return remote.ip.isV4() ? SocketAddress{IpAddress::v4(0, 0, 0, 0), 1}
                          : SocketAddress{IpAddress::v6({}), 1};
}

// Of the TCP connections to relays (RelaySession): what leaves from it goes by TCP to that address,
// which is opened for the first packet.
[[nodiscard]] inline SocketAddress tcpLabelFor(const SocketAddress& remote) {
  return {localLabelFor(remote).ip, 2};
}

// Of an address on a TURN server, one for each that was ever taken: what is left of an earlier one
// is not taken for this one's. (0.0.0.2 has the sockets of the network check.)
[[nodiscard]] inline SocketAddress turnLabel(std::uint16_t number) {
  return {IpAddress::v4(0, 0, 0, 3), number};
}

}  // namespace foyer::client
