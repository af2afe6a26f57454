#include "relaylite/host/relay_link.h"

#include <algorithm>

#include "core/wire/link.h"

namespace foyer::relayhost {

std::vector<SocketAddress> linkAddresses(const std::vector<SocketAddress>& bound,
                                         const std::vector<io::LocalAddress>& local) {
  std::vector<SocketAddress> good, poor;
  const auto take = [&](const IpAddress& ip, std::uint16_t port) {
    const bool isPoor = ip.isLoopback() || ip.isLinkLocal();
    auto& list = isPoor ? poor : good;
    SocketAddress address{ip, port};
    if (std::ranges::find(list, address) == list.end()) list.push_back(address);
  };
  for (const SocketAddress& socket : bound) {
    if (!socket.ip.isUnspecified()) take(socket.ip, socket.port);
  }
  // In the order of `local`, which is ranked across the families.
  for (const io::LocalAddress& own : local) {
    for (const SocketAddress& socket : bound) {
      if (socket.ip.isUnspecified() && socket.ip.family == own.ip.family) take(own.ip, socket.port);
    }
  }
  if (good.empty()) good = poor;
  if (good.empty()) {
    for (const SocketAddress& socket : bound) {
      good.push_back(
          {socket.ip.isV4() ? IpAddress::v4(127, 0, 0, 1) : *IpAddress::parse("::1"), socket.port});
    }
  }
  // A zone names an interface of this machine and means nothing elsewhere.
  std::erase_if(good, [&](const SocketAddress& a) { return a.ip.scopeId != 0 && good.size() > 1; });
  if (good.size() > kMaxHostsInLink) good.resize(kMaxHostsInLink);
  return good;
}

std::optional<Fault> reachWarning(const std::vector<SocketAddress>& addresses,
                                  const std::optional<SocketAddress>& unanswered) {
  const auto isHereOnly = [](const SocketAddress& a) {
    return a.ip.isLoopback() || a.ip.scopeId != 0;
  };
  if (std::ranges::all_of(addresses, isHereOnly)) return Fault{"reach", "only_here", true, {}};
  if (unanswered && std::ranges::find(addresses, *unanswered) != addresses.end())
    return Fault{"reach", "firewall", true, {}};
  return std::nullopt;
}

std::string relayLink(const std::vector<SocketAddress>& addresses, const Fingerprint& relay,
                      const std::string& invite, std::uint16_t tcpPort) {
  wire::RelayLink link;
  for (const SocketAddress& address : addresses) link.hosts.push_back(wire::LinkHost::of(address));
  link.relay = relay;
  link.invite = invite;
  if (tcpPort != 0) link.tcpPort = tcpPort;
  return link.format();
}

}  // namespace foyer::relayhost
