#include "core/sim/nat_types.h"

#include <algorithm>
#include <array>

#include "core/base/assert.h"
#include "core/sim/router_service.h"
#include "core/wire/link.h"

namespace foyer::sim {
namespace {

using enum NatRule;

constexpr NatSpec nat(NatRule mapping, NatRule filtering, PortChoice ports) {
  NatSpec spec;
  spec.mapping = mapping;
  spec.filtering = filtering;
  spec.ports = ports;
  return spec;
}

constexpr NatSpec kFullCone = nat(EndpointIndependent, EndpointIndependent, PortChoice::Preserving);
constexpr NatSpec kAddressRestricted =
    nat(EndpointIndependent, AddressDependent, PortChoice::Preserving);
constexpr NatSpec kPortRestricted =
    nat(EndpointIndependent, AddressAndPortDependent, PortChoice::Preserving);
constexpr NatSpec kSymmetricSequential =
    nat(AddressAndPortDependent, AddressAndPortDependent, PortChoice::Sequential);
constexpr NatSpec kSymmetricRandom =
    nat(AddressAndPortDependent, AddressAndPortDependent, PortChoice::Random);

constexpr NatSpec linuxNat() {
  NatSpec spec = nat(AddressAndPortDependent, AddressAndPortDependent, PortChoice::Preserving);
  spec.sharesPorts = true;
  spec.inboundRefreshes = true;
  spec.hairpins = false;
  return spec;
}

constexpr NatSpec withoutHairpin(NatSpec spec) {
  spec.hairpins = false;
  return spec;
}

// RFC 6888: one mapping per socket, hairpinning; the lifetimes of providers are short.
constexpr NatSpec provider(NatSpec spec) {
  spec.ports = PortChoice::Random;
  spec.lifetime = 60s;
  return spec;
}

constexpr NatSpec firewall() {
  NatSpec spec = kPortRestricted;
  spec.translates = false;
  return spec;
}

const std::array kTypes{
    HomeType{.name = "open", .meaning = "a public address and nothing in front of it"},
    HomeType{.name = "firewalled",
             .meaning = "a public address behind a firewall that wants to be opened from inside",
             .nat = firewall()},
    HomeType{.name = "full-cone",
             .meaning = "one outside port per socket, open to everybody",
             .nat = kFullCone},
    HomeType{.name = "address-restricted",
             .meaning = "one outside port per socket, open to the addresses that were spoken to",
             .nat = kAddressRestricted},
    HomeType{.name = "port-restricted",
             .meaning = "one outside port per socket, open to the sockets that were spoken to",
             .nat = kPortRestricted},
    HomeType{.name = "linux",
             .meaning = "masquerading by Linux: keeps the port while nobody else has it, no "
                        "hairpin",
             .nat = linuxNat()},
    HomeType{.name = "symmetric-sequential",
             .meaning = "another outside port for every remote socket, the next in a row",
             .nat = kSymmetricSequential},
    HomeType{.name = "symmetric-random",
             .meaning = "another outside port for every remote socket, at random",
             .nat = kSymmetricRandom},
    HomeType{.name = "cgnat+port-restricted",
             .meaning = "a router at home behind a provider's NAT that keeps RFC 6888",
             .nat = withoutHairpin(kPortRestricted),
             .outerNat = provider(kPortRestricted),
             .outerIsProvider = true},
    HomeType{.name = "cgnat-symmetric+port-restricted",
             .meaning = "a router at home behind a provider's NAT with a port for every remote",
             .nat = withoutHairpin(kPortRestricted),
             .outerNat = provider(kSymmetricRandom),
             .outerIsProvider = true},
    HomeType{.name = "double-nat",
             .meaning = "two routers at home, one behind the other",
             .nat = withoutHairpin(kPortRestricted),
             .outerNat = withoutHairpin(kPortRestricted)},
    HomeType{.name = "port-restricted+pmp",
             .meaning = "port restricted, and the router opens a port when asked",
             .nat = kPortRestricted,
             .grantsMappings = true},
    HomeType{.name = "symmetric-random+pmp",
             .meaning = "a random port for every remote, and the router opens one when asked",
             .nat = kSymmetricRandom,
             .grantsMappings = true},
    HomeType{.name = "v6-only",
             .meaning = "IPv6 alone, behind a firewall",
             .ways = HomeWays::V6,
             .nat = kPortRestricted},
    HomeType{.name = "dual-stack",
             .meaning = "IPv4 port restricted, IPv6 behind a firewall",
             .ways = HomeWays::Both,
             .nat = kPortRestricted},
    HomeType{.name = "dual-stack-v6-broken",
             .meaning = "IPv6 addresses that reach nobody, beside IPv4 port restricted",
             .ways = HomeWays::BothV6Broken,
             .nat = kPortRestricted},
    HomeType{.name = "udp-blocked",
             .meaning = "nothing leaves the network but TCP to port 443",
             .nat = kPortRestricted,
             .blocksUdp = true},
};

constexpr std::uint8_t kFirstHost = 10;
const IpAddress kProviderInside = IpAddress::v4(100, 64, 0, 1);
constexpr int kProviderPrefix = 10;
// Between two routers at home.
const IpAddress kMiddleInside = IpAddress::v4(192, 168, 0, 1);
const IpAddress kMiddleOutside = IpAddress::v4(192, 168, 0, 2);

IpAddress publicV4(int number, int host) {
  return IpAddress::v4(81, static_cast<std::uint8_t>(number), 0, static_cast<std::uint8_t>(host));
}

IpAddress publicV6(int number, int host) {
  IpAddress ip = IpAddress::v6({0x2a, 0x01, 0, 0, 0, 1, 0, 1});
  ip.bytes[3] = static_cast<std::uint8_t>(number);
  ip.bytes[15] = static_cast<std::uint8_t>(host);
  return ip;
}

bool hasV4(const HomeType& type) { return type.ways != HomeWays::V6; }
bool hasV6(const HomeType& type) { return type.ways != HomeWays::V4; }
bool isTranslated(const HomeType& type) { return type.nat && type.nat->translates; }
bool hasWorkingV6(const HomeType& type) {
  return type.ways == HomeWays::V6 || type.ways == HomeWays::Both;
}

// Another outside port for another remote. Who shares ports keeps the inside one.
bool isSymmetric(const std::optional<NatSpec>& nat) {
  return nat && nat->mapping != EndpointIndependent &&
         !(nat->sharesPorts && nat->ports == PortChoice::Preserving);
}
bool isSymmetric(const HomeType& type) {
  return isSymmetric(type.nat) || isSymmetric(type.outerNat);
}
// Lets in nobody whose very port was not spoken to.
bool isPortRestricted(const HomeType& type) {
  const auto filters = [](const std::optional<NatSpec>& nat) {
    return nat && nat->filtering == AddressAndPortDependent;
  };
  return filters(type.nat) || filters(type.outerNat);
}

}  // namespace

std::span<const HomeType> homeTypes() { return kTypes; }

const HomeType* findHomeType(std::string_view name) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const HomeType& type) { return type.name == name; });
  return found == kTypes.end() ? nullptr : &*found;
}

bool canPunch(const HomeType& a, const HomeType& b) {
  if (a.blocksUdp || b.blocksUdp) return false;
  if (hasWorkingV6(a) && hasWorkingV6(b)) return true;
  // RFC 5128 section 3.3: the port that a symmetric NAT takes is not the one that the other side
  // spoke to.
  const bool isHard =
      (isSymmetric(a) && isPortRestricted(b)) || (isSymmetric(b) && isPortRestricted(a));
  return hasV4(a) && hasV4(b) && !isHard;
}

Router& makeProvider(Network& network, const NatSpec& nat, int number) {
  RouterSpec spec;
  spec.inside = kProviderInside;
  spec.prefixLength = kProviderPrefix;
  spec.outside = publicV4(number, 1);
  spec.nat = nat;
  return network.addRouter(spec);
}

Home makeHome(Network& network, const HomeType& type, int number, Router* provider) {
  FOYER_ASSERT(number >= 1 && number <= kMostHomes, "a home's number is its address");
  Home home{&type, number};
  if (!type.nat) return home;
  RouterSpec spec;
  spec.nat = *type.nat;
  spec.grantsMappings = type.grantsMappings;
  spec.isV6Broken = type.ways == HomeWays::BothV6Broken;
  if (type.blocksUdp) {
    spec.udpOnlyWith.emplace();
    spec.tcpOnlyTo = {wire::kRelayTcpPort};
  }
  if (hasV4(type)) spec.outside = publicV4(number, 1);
  if (hasV6(type)) spec.insideV6 = publicV6(number, 1);
  if (!isTranslated(type)) spec.inside = publicV4(number, 2);

  home.outer = provider;
  if (!provider && type.outerNat && type.outerIsProvider)
    home.outer = &makeProvider(network, *type.outerNat, number);
  if (!provider && type.outerNat && !type.outerIsProvider) {
    RouterSpec outer;
    outer.inside = kMiddleInside;
    outer.outside = spec.outside;
    outer.nat = *type.outerNat;
    home.outer = &network.addRouter(outer);
    spec.outside = kMiddleOutside;
  } else if (home.outer) {
    spec.outside = IpAddress::v4(100, 64, 1, static_cast<std::uint8_t>(number));
  }
  home.router = &network.addRouter(spec, home.outer);
  if (type.grantsMappings) home.router->setService(mappingService(*home.router));
  return home;
}

InterfaceSpec interfaceIn(const Home& home, int host, std::string name) {
  FOYER_ASSERT(host >= 0 && host < kMostHostsOfHome, "a host's number is part of its address");
  InterfaceSpec spec;
  spec.name = std::move(name);
  spec.router = home.router;
  const int last = kFirstHost + host;
  if (hasV4(*home.type))
    spec.addresses.push_back(isTranslated(*home.type)
                                 ? IpAddress::v4(192, 168, 1, static_cast<std::uint8_t>(last))
                                 : publicV4(home.number, last));
  if (hasV6(*home.type)) spec.addresses.push_back(publicV6(home.number, last));
  return spec;
}

Place placeIn(const Home& home, int host, std::uint16_t port) {
  return {port, {interfaceIn(home, host)}};
}

}  // namespace foyer::sim
