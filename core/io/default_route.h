// Which router packets to the internet go through, and from which of our addresses: asked of the
// kernel's own look-up (rtnetlink), so that rules of VPNs count. Sends nothing. Any thread.
#pragma once

#include <optional>

#include "core/base/address.h"

namespace foyer::io {

struct DefaultRoute {
  IpAddress gateway;  // link-local IPv6 with its zone
  IpAddress local;    // our source address
  bool operator==(const DefaultRoute&) const = default;
};

// nullopt without a route, or when it leads into a tunnel or a cable without a router.
[[nodiscard]] std::optional<DefaultRoute> findDefaultRoute(IpAddress::Family family);

// Our source address of packets to there; nullopt without a route. Sends nothing.
[[nodiscard]] std::optional<IpAddress> sourceTowards(const SocketAddress& remote);

}  // namespace foyer::io
