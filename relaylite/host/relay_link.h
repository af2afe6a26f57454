// Which addresses go into a relay's link, in which order. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/base/fault.h"
#include "core/base/ids.h"
#include "core/io/interfaces.h"

namespace foyer::relayhost {

// More would make the link long to read aloud and slow to try.
inline constexpr std::size_t kMaxHostsInLink = 4;

// `bound` are the sockets' addresses (they share one port). A bound address stands for itself, a
// wildcard for the machine's own addresses of its family, best first: without loopback and
// link-local ones unless there is nothing else. Never empty if `bound` is not.
[[nodiscard]] std::vector<SocketAddress> linkAddresses(const std::vector<SocketAddress>& bound,
                                                       const std::vector<io::LocalAddress>& local);

// What keeps others out although the relay serves at these addresses: only_here where none of them
// means anything elsewhere, firewall where `unanswered` is one of them. Fault stage "reach".
[[nodiscard]] std::optional<Fault> reachWarning(const std::vector<SocketAddress>& addresses,
                                                const std::optional<SocketAddress>& unanswered);

// foyer://relay/HOST:PORT[,HOST:PORT…][?invite=TOKEN][&tcp=PORT]#FINGERPRINT; `invite` may be
// empty. `tcpPort`: 0 for none; the usual one is not said.
[[nodiscard]] std::string relayLink(const std::vector<SocketAddress>& addresses,
                                    const Fingerprint& relay, const std::string& invite,
                                    std::uint16_t tcpPort = 0);

}  // namespace foyer::relayhost
