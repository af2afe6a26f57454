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

}  // namespace foyer::client
