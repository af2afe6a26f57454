// Binds one fed-and-drained object (a QUIC Endpoint, a Relay, a Client) to an EventLoop and its UDP
// sockets: datagrams in, timeout in, datagrams out, next wake-up. The loop's thread only.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/io/event_loop.h"
#include "core/io/udp_socket.h"

namespace foyer::io {

// The constant local label of a socket of that family, as the QUIC endpoint sees it. Not a real
// address on purpose: QUIC drops what comes in on a path whose local address differs from the one
// it knows, and the real one of a wildcard socket changes with the route (quic-notes section 5).
[[nodiscard]] inline SocketAddress localLabel(IpAddress::Family family) {
  return family == IpAddress::Family::V4
             ? SocketAddress{IpAddress::v4(0, 0, 0, 0), 1}
             : SocketAddress{IpAddress::v6({}), 1};
}

}  // namespace foyer::io
