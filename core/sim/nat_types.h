// The kinds of homes that the laboratory tries against each other, by stable names, and how to
// build one. Data; what a kind does is core/sim/router.h.
#pragma once

#include <span>
#include <string_view>

#include "core/sim/network.h"

namespace foyer::sim {

enum class HomeWays : std::uint8_t { V4, V6, Both, BothV6Broken };

struct HomeType {
  std::string_view name;  // scripts and reports know it by this
  std::string_view meaning;
  HomeWays ways = HomeWays::V4;
  // Of the router at home. Absent: the host is on the internet itself (IPv4).
  std::optional<NatSpec> nat;
  // Of a second box in front: the provider's, or another one at home.
  std::optional<NatSpec> outerNat;
  bool outerIsProvider = false;
  bool grantsMappings = false;  // the router at home does
  bool blocksUdp = false;       // … and TCP but to port 443
};

[[nodiscard]] std::span<const HomeType> homeTypes();
[[nodiscard]] const HomeType* findHomeType(std::string_view name);
// Whether two homes of these kinds get through to each other when each sends to the address that a
// server sees of the other, without guessing ports and without mappings asked for.
[[nodiscard]] bool canPunch(const HomeType& a, const HomeType& b);

// Homes of one network have different numbers, 1 to kMostHomes. The outside address follows from
// the number: 81.N.0.1, 2a01:N:1:1::/64. Inside it is 192.168.1.0/24 in all of them, but where the
// host's own address is public.
constexpr int kMostHomes = 200;
constexpr int kMostHostsOfHome = 100;

struct Home {
  const HomeType* type = nullptr;
  int number = 0;
  Router* router = nullptr;  // at home; none where the host is on the internet itself
  Router* outer = nullptr;   // the second box
};

// `provider`: a router that other homes are behind too, in place of a second box of its own.
[[nodiscard]] Home makeHome(Network& network, const HomeType& type, int number,
                            Router* provider = nullptr);
// What the host with this number, from 0, has in that home.
[[nodiscard]] InterfaceSpec interfaceIn(const Home& home, int host, std::string name = "eth0");
[[nodiscard]] Place placeIn(const Home& home, int host, std::uint16_t port);
// A provider's router with the addresses that makeHome() expects: outside 81.N.0.1.
[[nodiscard]] Router& makeProvider(Network& network, const NatSpec& nat, int number);

}  // namespace foyer::sim
