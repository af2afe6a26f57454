#include "core/sim/router.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::sim {
namespace {

constexpr int kV6PrefixLength = 64;

bool hasSamePrefix(const IpAddress& a, const IpAddress& b, int bits) {
  if (a.family != b.family) return false;
  for (int bit = 0; bit < bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    if (((a.bytes[byte] ^ b.bytes[byte]) >> (7 - bit % 8) & 1) != 0) return false;
  }
  return true;
}

}  // namespace

const char* toString(MappingRefusal refusal) {
  switch (refusal) {
    case MappingRefusal::NotAllowed:
      return "not allowed";
    case MappingRefusal::NotInside:
      return "not inside";
    case MappingRefusal::Full:
      return "full";
  }
  return "?";
}

Router::Router(const RouterSpec& spec, TimePoint now, std::uint64_t seed)
    : m_spec(spec),
      m_nat(spec.nat, spec.outside.value_or(IpAddress{}), seed * 2),
      m_firewall(spec.firewall, IpAddress{}, seed * 2 + 1),
      m_bootedAt(now) {
  FOYER_ASSERT(!spec.firewall.translates, "IPv6 addresses stay as they are");
}

bool Router::hasWayTo(const IpAddress& remote) const {
  return remote.isV4() ? m_spec.outside.has_value()
                       : m_spec.insideV6.has_value() && !m_spec.isV6Broken;
}

bool Router::passesTcp(const SocketAddress& to) const {
  const bool isAllowed =
      !m_spec.tcpOnlyTo || std::find(m_spec.tcpOnlyTo->begin(), m_spec.tcpOnlyTo->end(), to.port) !=
                               m_spec.tcpOnlyTo->end();
  return hasWayTo(to.ip) && isAllowed && !m_isCut;
}

bool Router::passes(const IpAddress& remote, std::uint32_t ipBytes) {
  const bool isAllowed =
      !m_spec.udpOnlyWith || std::find(m_spec.udpOnlyWith->begin(), m_spec.udpOnlyWith->end(),
                                       remote) != m_spec.udpOnlyWith->end();
  const bool passes = hasWayTo(remote) && isAllowed && ipBytes <= m_spec.mtu && !m_isCut;
  if (!passes) ++m_counters.blocked;
  return passes;
}

std::optional<SocketAddress> Router::outward(TimePoint now, const SocketAddress& from,
                                             const SocketAddress& to, std::uint32_t ipBytes) {
  if (!passes(to.ip, ipBytes)) return std::nullopt;
  const auto source = boxFor(to.ip).outbound(now, from, to);
  if (!source) return std::nullopt;
  ++m_counters.outward;
  return *source;
}

std::optional<SocketAddress> Router::inward(TimePoint now, const SocketAddress& from,
                                            const SocketAddress& to, std::uint32_t ipBytes) {
  if (!passes(from.ip, ipBytes)) return std::nullopt;
  const auto inside = boxFor(to.ip).inbound(now, to, from);
  if (!inside) return std::nullopt;
  ++m_counters.inward;
  return *inside;
}

std::optional<SocketAddress> Router::insideOf(TimePoint now, const SocketAddress& outside) const {
  if (!translates(outside.ip)) return outside;
  return m_nat.insideOf(now, outside);
}

bool Router::isOnLink(const IpAddress& ip) const {
  if (ip.isV4()) return hasSamePrefix(ip, m_spec.inside, m_spec.prefixLength);
  return m_spec.insideV6 && hasSamePrefix(ip, *m_spec.insideV6, kV6PrefixLength);
}

bool Router::isOwnInside(const IpAddress& ip) const {
  return ip == m_spec.inside || ip == m_spec.insideV6;
}

Result<PortGrant, MappingRefusal> Router::addMapping(TimePoint now, const SocketAddress& inside,
                                                     std::uint16_t wanted, Duration lifetime) {
  const bool hasWay = inside.ip.isV4() ? m_spec.outside.has_value() : m_spec.insideV6.has_value();
  if (!m_spec.grantsMappings || !hasWay) return Failure(MappingRefusal::NotAllowed);
  if (!isOnLink(inside.ip)) return Failure(MappingRefusal::NotInside);
  if (lifetime <= Duration::zero()) {
    boxFor(inside.ip).endForward(inside);
    return PortGrant{};
  }
  const Duration granted = std::min(lifetime, kLongestLease);
  const auto outside = boxFor(inside.ip).forward(now, inside, wanted, granted);
  if (!outside) return Failure(MappingRefusal::Full);
  return PortGrant{*outside, granted};
}

void Router::reboot(TimePoint now) {
  m_nat.reboot();
  m_firewall.reboot();
  m_bootedAt = now;
}

void Router::setOutside(const IpAddress& outside) {
  m_spec.outside = outside;
  m_nat.setOutside(outside);
}

}  // namespace foyer::sim
