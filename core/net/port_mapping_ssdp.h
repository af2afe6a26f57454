// The search for a UPnP router (SSDP, UPnP Device Architecture 1.1 section 1.3): the question, and
// the one line of the answer that matters. Only an answer that points back to the machine it came
// from is taken, so that nobody in the network can make us fetch from somebody else. Values.
#pragma once

#include <optional>
#include <string>

#include "core/base/address.h"
#include "core/base/bytes.h"

namespace foyer::net {

inline constexpr std::uint16_t kSsdpPort = 1900;
// 239.255.255.250
[[nodiscard]] SocketAddress ssdpGroup();

// Asks for InternetGatewayDevice:1, which those of version 2 answer too. To the group, or to the
// router's own address, which also passes a firewall on this machine.
[[nodiscard]] Bytes ssdpSearch(const SocketAddress& to);

// The description's address, "http://ROUTER:PORT/path": numeric host equal to `router`, at most
// kMaxLocation printable characters. nullopt for everything else.
inline constexpr std::size_t kMaxLocation = 256;
[[nodiscard]] std::optional<std::string> ssdpLocation(ByteView answer, const IpAddress& router);
// Whether a URL out of the description still points to the router itself.
[[nodiscard]] bool isUrlOf(std::string_view url, const IpAddress& router);

}  // namespace foyer::net
