// Where a node of the simulated network lives: its interfaces, their addresses, the router in
// front of each. Values alone; core/sim/network.h makes them work.
#pragma once

#include <string>
#include <vector>

#include "core/base/address.h"

namespace foyer::sim {

class Router;

// Of two interfaces that could carry a packet the one with the lower metric does.
constexpr int kPlainMetric = 100;

struct InterfaceSpec {
  std::string name = "eth0";
  // In whose LAN; nullptr: straight on the internet.
  Router* router = nullptr;
  // At most one of each family is used as a source, the first.
  std::vector<IpAddress> addresses;
  int metric = kPlainMetric;
};

struct Place {
  std::uint16_t port = 0;  // of the node's first socket
  std::vector<InterfaceSpec> interfaces;
};

// Straight on the internet, with one address.
[[nodiscard]] inline Place placeAt(const SocketAddress& address) {
  return {address.port, {InterfaceSpec{.addresses = {address.ip}}}};
}

// What a node can know about itself.
struct LocalAddress {
  std::string interface;
  IpAddress ip;
  int prefixLength = 0;
  bool operator==(const LocalAddress&) const = default;
};

}  // namespace foyer::sim
