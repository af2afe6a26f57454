// Opens the sockets a relay listens on: one per family, both with the same port. Relay thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/io/udp_socket.h"
#include "relaylite/host/tcp_clients.h"

namespace foyer::relayhost {

struct BindFault {
  Fault fault;                            // stage "binding"
  std::optional<std::uint16_t> freePort;  // with port_taken
};

// `listen` "" = IPv4 and IPv6 wildcard; a machine without one family gets the other. Port 0 = one
// that is free in both. Codes of UdpSocket::open(), and bad_address for a `listen` that is none.
[[nodiscard]] Result<std::vector<std::unique_ptr<io::UdpSocket>>, BindFault> openRelaySockets(
    const std::string& listen, std::uint16_t port);

// Makes `clients` listen for TCP at the same addresses; port 0 = one that is free in all of them.
[[nodiscard]] Result<void, BindFault> listenForTcp(TcpClients& clients, const std::string& listen,
                                                   std::uint16_t port);

}  // namespace foyer::relayhost
