// The box between a home and the world: NAT for IPv4, firewall for IPv6, rules about UDP, and the
// port mappings that NAT-PMP, PCP or UPnP would ask it for. A value: which packet goes through and
// under which address. Wire formats of the protocols are core/net's, delays the network's.
#pragma once

#include <functional>

#include "core/sim/nat.h"

namespace foyer::sim {

// The longest lease that a router grants, as many miniupnpd are set up.
constexpr Duration kLongestLease = 2h;

// Lets in nothing from outside that was not spoken to (RFC 6092 recommends less).
[[nodiscard]] inline NatSpec closedFirewall() {
  NatSpec spec;
  spec.translates = false;
  return spec;
}

struct RouterSpec {
  IpAddress inside = IpAddress::v4(192, 168, 1, 1);  // its own address in the LAN
  int prefixLength = 24;
  // Towards the world. Absent: no IPv4 there.
  std::optional<IpAddress> outside;
  NatSpec nat;
  // Its own address in the LAN, a /64. Absent: no IPv6.
  std::optional<IpAddress> insideV6;
  NatSpec firewall = closedFirewall();
  // IPv6 addresses are handed out, and no IPv6 packet gets anywhere.
  bool isV6Broken = false;
  // Absent: all UDP goes through; else UDP with these addresses alone, and with none when empty.
  std::optional<std::vector<IpAddress>> udpOnlyWith;
  // Absent: TCP goes out to every port; else to these alone.
  std::optional<std::vector<std::uint16_t>> tcpOnlyTo;
  std::uint32_t mtu = 1500;  // of the way to the world, IP bytes; larger packets are lost
  bool grantsMappings = false;
};

enum class MappingRefusal : std::uint8_t {
  NotAllowed,  // the protocol is off, or there is no address to map to
  NotInside,   // of another network
  Full,
};
[[nodiscard]] const char* toString(MappingRefusal refusal);

struct PortGrant {
  SocketAddress outside;
  Duration lifetime{};
};

struct RouterCounters {
  std::uint64_t outward = 0, inward = 0;
  // By rule, by size, cut, or without a way in this family; what NAT and firewall dropped they
  // count themselves.
  std::uint64_t blocked = 0;
};

class Router {
 public:
  Router(const RouterSpec& spec, TimePoint now, std::uint64_t seed);

  // The source address under which a packet of `ipBytes` leaves; nullopt: it does not.
  [[nodiscard]] std::optional<SocketAddress> outward(TimePoint now, const SocketAddress& from,
                                                     const SocketAddress& to,
                                                     std::uint32_t ipBytes);
  // Where a packet from the world goes inside; nullopt: nowhere.
  [[nodiscard]] std::optional<SocketAddress> inward(TimePoint now, const SocketAddress& from,
                                                    const SocketAddress& to, std::uint32_t ipBytes);
  // Who inside has this address now, filters apart; changes nothing.
  [[nodiscard]] std::optional<SocketAddress> insideOf(TimePoint now,
                                                      const SocketAddress& outside) const;
  // Whether a TCP connection to there leaves; ports of NAT and table entries are not modelled.
  [[nodiscard]] bool passesTcp(const SocketAddress& to) const;
  // Of the LAN's prefix: such a packet never asks the router.
  [[nodiscard]] bool isOnLink(const IpAddress& ip) const;
  // One of its own addresses in the LAN.
  [[nodiscard]] bool isOwnInside(const IpAddress& ip) const;
  // Whether the world sees inside addresses of this family as they are.
  [[nodiscard]] bool translates(const IpAddress& ip) const {
    return ip.isV4() && m_spec.nat.translates;
  }

  // What a mapping protocol does: an outside port for everybody, renewed by asking again; a
  // lifetime of zero ends it. `wanted` is a wish. IPv6: a hole in the firewall.
  [[nodiscard]] Result<PortGrant, MappingRefusal> addMapping(TimePoint now,
                                                             const SocketAddress& inside,
                                                             std::uint16_t wanted,
                                                             Duration lifetime);
  // Gets every datagram to the router's own inside address, at any port; what it returns goes back
  // to the sender, from that port.
  using Service = std::function<std::vector<Bytes>(TimePoint now, const SocketAddress& from,
                                                   std::uint16_t port, ByteView datagram)>;
  void setService(Service service) { m_service = std::move(service); }
  [[nodiscard]] const Service& service() const { return m_service; }

  // Tables, mappings and the epoch of the mapping protocols begin again.
  void reboot(TimePoint now);
  // Every flow gets another outside port from its next packet on.
  void rebind() { m_nat.rebind(); }
  void setGrantsMappings(bool grants) { m_spec.grantsMappings = grants; }
  void setUdpOnlyWith(std::optional<std::vector<IpAddress>> addresses) {
    m_spec.udpOnlyWith = std::move(addresses);
  }
  void setTcpOnlyTo(std::optional<std::vector<std::uint16_t>> ports) {
    m_spec.tcpOnlyTo = std::move(ports);
  }
  void setMtu(std::uint32_t mtu) { m_spec.mtu = mtu; }
  void setV6Broken(bool isBroken) { m_spec.isV6Broken = isBroken; }
  // Nothing passes, and nobody is told.
  void setCut(bool isCut) { m_isCut = isCut; }

  [[nodiscard]] const RouterSpec& spec() const { return m_spec; }
  [[nodiscard]] const std::optional<IpAddress>& outside() const { return m_spec.outside; }
  [[nodiscard]] const Nat& nat() const { return m_nat; }
  [[nodiscard]] const Nat& firewall() const { return m_firewall; }
  [[nodiscard]] const RouterCounters& counters() const { return m_counters; }
  [[nodiscard]] TimePoint bootedAt() const { return m_bootedAt; }

 private:
  friend class Network;
  // Through Network::setOutside() alone, which knows who is where.
  void setOutside(const IpAddress& outside);
  [[nodiscard]] bool passes(const IpAddress& remote, std::uint32_t ipBytes);
  [[nodiscard]] bool hasWayTo(const IpAddress& remote) const;
  [[nodiscard]] Nat& boxFor(const IpAddress& ip) { return ip.isV4() ? m_nat : m_firewall; }

  RouterSpec m_spec;
  Nat m_nat;
  Nat m_firewall;
  Service m_service;
  RouterCounters m_counters;
  TimePoint m_bootedAt;
  bool m_isCut = false;
};

}  // namespace foyer::sim
