#include "core/sim/nat.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::sim {
namespace {

// Draws before a random NAT looks for any free port in order.
constexpr int kRandomDraws = 64;

}  // namespace

const char* toString(NatRule rule) {
  switch (rule) {
    case NatRule::EndpointIndependent:
      return "endpoint independent";
    case NatRule::AddressDependent:
      return "address dependent";
    case NatRule::AddressAndPortDependent:
      return "address and port dependent";
  }
  return "?";
}

const char* toString(PortChoice choice) {
  switch (choice) {
    case PortChoice::Preserving:
      return "preserving";
    case PortChoice::Sequential:
      return "sequential";
    case PortChoice::Random:
      return "random";
  }
  return "?";
}

const char* toString(NatDrop drop) {
  switch (drop) {
    case NatDrop::TableFull:
      return "table full";
    case NatDrop::NoPort:
      return "no port";
    case NatDrop::NoMapping:
      return "no mapping";
    case NatDrop::Filtered:
      return "filtered";
    case NatDrop::Hairpin:
      return "hairpin";
  }
  return "?";
}

Nat::Nat(const NatSpec& spec, const IpAddress& outside, std::uint64_t seed)
    : m_spec(spec), m_outside(outside), m_random(seed) {
  FOYER_ASSERT(spec.firstPort <= spec.lastPort && spec.firstPort > 0, "a NAT has ports to give");
  FOYER_ASSERT(spec.translates || spec.mapping == NatRule::EndpointIndependent,
               "a firewall leaves addresses as they are");
  m_lastPort = portAfter(m_spec.firstPort, m_random.below(portCount()));
}

Nat::Remote Nat::reduced(NatRule rule, const SocketAddress& remote) {
  switch (rule) {
    case NatRule::EndpointIndependent:
      return {};
    case NatRule::AddressDependent:
      return {remote.ip, 0};
    case NatRule::AddressAndPortDependent:
      return remote;
  }
  return {};
}

Result<SocketAddress, NatDrop> Nat::dropped(NatDrop drop) {
  ++m_counters.drops[drop];
  return Failure(drop);
}

bool Nat::refresh(TimePoint now, std::map<SocketAddress, TimePoint>& entries,
                  const SocketAddress& entry) {
  const auto known = entries.find(entry);
  if (known == entries.end()) {
    // What others hold beyond its time makes room before anything is refused.
    if (m_entries >= m_spec.tableLimit) return false;
    ++m_entries;
    entries.emplace(entry, now + m_spec.lifetime);
  } else {
    known->second = now + m_spec.lifetime;
  }
  return true;
}

void Nat::sweep(TimePoint now) {
  const auto isOver = [&](const auto& entry) { return entry.second <= now; };
  for (auto it = m_mappings.begin(); it != m_mappings.end();) {
    m_entries -= std::erase_if(it->second.heard, isOver);
    if (!it->second.heard.empty()) {
      ++it;
      continue;
    }
    const auto holders = m_byOutside.find(it->second.outside);
    holders->second.erase(it->first);
    if (holders->second.empty()) m_byOutside.erase(holders);
    it = m_mappings.erase(it);
  }
  for (auto it = m_forwards.begin(); it != m_forwards.end();) {
    m_entries -= std::erase_if(it->second.guests, isOver);
    if (it->second.expiresAt > now) {
      ++it;
      continue;
    }
    m_entries -= it->second.guests.size() + 1;
    m_forwardInside.erase(it->second.outside);
    it = m_forwards.erase(it);
  }
}

std::size_t Nat::tableSize(TimePoint now) const {
  const auto alive = [&](const auto& entries) {
    return static_cast<std::size_t>(std::count_if(
        entries.begin(), entries.end(), [&](const auto& entry) { return entry.second > now; }));
  };
  std::size_t size = 0;
  for (const auto& [key, mapping] : m_mappings) size += alive(mapping.heard);
  for (const auto& [inside, forward] : m_forwards)
    if (forward.expiresAt > now) size += 1 + alive(forward.guests);
  return size;
}

std::uint16_t Nat::portAfter(std::uint16_t port, std::uint64_t steps) const {
  return static_cast<std::uint16_t>(m_spec.firstPort +
                                    (port - m_spec.firstPort + steps) % portCount());
}

bool Nat::isFree(TimePoint now, const SocketAddress& outside, const Key& key) const {
  if (m_burnt.contains(outside)) return false;
  const auto forward = m_forwardInside.find(outside);
  if (forward != m_forwardInside.end() && forward->second != key.inside &&
      m_forwards.at(forward->second).expiresAt > now)
    return false;
  const auto holders = m_byOutside.find(outside);
  if (holders == m_byOutside.end()) return true;
  return std::all_of(holders->second.begin(), holders->second.end(), [&](const Key& holder) {
    if (m_mappings.at(holder).expiresAt <= now) return true;
    return m_spec.sharesPorts && holder.remote != key.remote;
  });
}

std::optional<SocketAddress> Nat::nextFree(TimePoint now, std::uint16_t from, std::uint32_t stride,
                                           const Key& key) const {
  std::uint16_t port = from;
  for (std::uint32_t tried = 0; tried < portCount(); ++tried) {
    const SocketAddress outside{m_outside, port};
    if (isFree(now, outside, key)) return outside;
    port = portAfter(port, stride);
  }
  return std::nullopt;
}

std::optional<SocketAddress> Nat::choosePort(TimePoint now, const Key& key) {
  if (!m_spec.translates) return key.inside;
  std::optional<SocketAddress> chosen;
  switch (m_spec.ports) {
    case PortChoice::Preserving: {
      const bool isInRange =
          key.inside.port >= m_spec.firstPort && key.inside.port <= m_spec.lastPort;
      chosen = nextFree(now, isInRange ? key.inside.port : m_spec.firstPort, 1, key);
      break;
    }
    case PortChoice::Sequential: {
      std::uint64_t steps = 1;
      if (m_lastAllocation && m_spec.foreignPortsPerSecond > 0) {
        const double seconds = std::chrono::duration<double>(now - *m_lastAllocation).count();
        // The random part rounds the expected number up or down.
        steps +=
            static_cast<std::uint64_t>(seconds * m_spec.foreignPortsPerSecond + m_random.unit());
      }
      chosen = nextFree(now, portAfter(m_lastPort, steps * m_spec.delta), m_spec.delta, key);
      break;
    }
    case PortChoice::Random: {
      for (int draw = 0; draw < kRandomDraws && !chosen; ++draw) {
        const SocketAddress outside{m_outside,
                                    portAfter(m_spec.firstPort, m_random.below(portCount()))};
        if (isFree(now, outside, key)) chosen = outside;
      }
      if (!chosen)
        chosen = nextFree(now, portAfter(m_spec.firstPort, m_random.below(portCount())), 1, key);
      break;
    }
  }
  if (chosen) {
    m_lastPort = chosen->port;
    m_lastAllocation = now;
  }
  return chosen;
}

Result<SocketAddress, NatDrop> Nat::outbound(TimePoint now, const SocketAddress& inside,
                                             const SocketAddress& remote) {
  if (m_entries >= m_spec.tableLimit) sweep(now);
  const auto forward = m_forwards.find(inside);
  const bool isForwarded = forward != m_forwards.end() && forward->second.expiresAt > now;
  if (isForwarded) {
    const auto guest = forward->second.guests.find(remote);
    if (guest != forward->second.guests.end() && guest->second > now) {
      guest->second = now + m_spec.lifetime;
      ++m_counters.outward;
      return forward->second.outside;
    }
  }

  const Key key{inside, reduced(m_spec.mapping, remote)};
  auto known = m_mappings.find(key);
  if (known != m_mappings.end() && known->second.expiresAt <= now) {
    sweep(now);
    known = m_mappings.end();
  }
  if (known == m_mappings.end()) {
    // RFC 6887 section 11: what a NAT with one mapping per socket sends from a forwarded socket
    // leaves from the forwarded port.
    if (isForwarded && m_spec.mapping == NatRule::EndpointIndependent) {
      if (!refresh(now, forward->second.guests, remote)) return dropped(NatDrop::TableFull);
      ++m_counters.outward;
      return forward->second.outside;
    }
    if (m_entries >= m_spec.tableLimit) return dropped(NatDrop::TableFull);
    const auto outside = choosePort(now, key);
    if (!outside) return dropped(NatDrop::NoPort);
    known = m_mappings.emplace(key, Mapping{*outside, {}, {}}).first;
    m_byOutside[*outside].insert(key);
    ++m_counters.mappingsMade;
  }
  if (!refresh(now, known->second.heard, reduced(m_spec.filtering, remote)))
    return dropped(NatDrop::TableFull);
  known->second.expiresAt = now + m_spec.lifetime;
  ++m_counters.outward;
  return known->second.outside;
}

Result<SocketAddress, NatDrop> Nat::inbound(TimePoint now, const SocketAddress& outside,
                                            const SocketAddress& from) {
  if (m_spec.translates && from.ip == m_outside && !m_spec.hairpins)
    return dropped(NatDrop::Hairpin);
  if (m_entries >= m_spec.tableLimit) sweep(now);
  const auto forwardInside = m_forwardInside.find(outside);
  if (forwardInside != m_forwardInside.end()) {
    Forward& forward = m_forwards.at(forwardInside->second);
    if (forward.expiresAt > now) {
      if (!refresh(now, forward.guests, from)) return dropped(NatDrop::TableFull);
      ++m_counters.inward;
      return forwardInside->second;
    }
  }

  const auto holders = m_byOutside.find(outside);
  if (holders == m_byOutside.end()) return dropped(NatDrop::NoMapping);
  const Remote heard = reduced(m_spec.filtering, from);
  const Key* best = nullptr;
  bool isAlive = false;
  for (const Key& holder : holders->second) {
    const Mapping& mapping = m_mappings.at(holder);
    if (mapping.expiresAt <= now) continue;
    isAlive = true;
    const auto entry = mapping.heard.find(heard);
    if (entry == mapping.heard.end() || entry->second <= now) continue;
    // Of several that share the port, the one that was made for this remote.
    if (best == nullptr || holder.remote == reduced(m_spec.mapping, from)) best = &holder;
  }
  if (best == nullptr) return dropped(isAlive ? NatDrop::Filtered : NatDrop::NoMapping);
  if (m_spec.inboundRefreshes) {
    Mapping& mapping = m_mappings.at(*best);
    mapping.heard.at(heard) = mapping.expiresAt = now + m_spec.lifetime;
  }
  ++m_counters.inward;
  return best->inside;
}

std::optional<SocketAddress> Nat::insideOf(TimePoint now, const SocketAddress& outside) const {
  const auto forward = m_forwardInside.find(outside);
  if (forward != m_forwardInside.end() && m_forwards.at(forward->second).expiresAt > now)
    return forward->second;
  const auto holders = m_byOutside.find(outside);
  if (holders == m_byOutside.end()) return std::nullopt;
  for (const Key& holder : holders->second)
    if (m_mappings.at(holder).expiresAt > now) return holder.inside;
  return std::nullopt;
}

std::optional<SocketAddress> Nat::forward(TimePoint now, const SocketAddress& inside,
                                          std::uint16_t wanted, Duration lifetime) {
  sweep(now);
  const auto known = m_forwards.find(inside);
  if (known != m_forwards.end()) {
    known->second.expiresAt = now + lifetime;
    return known->second.outside;
  }
  if (m_entries >= m_spec.tableLimit) return std::nullopt;
  std::optional<SocketAddress> outside = inside;
  if (m_spec.translates) {
    const bool isInRange = wanted >= m_spec.firstPort && wanted <= m_spec.lastPort;
    // Nobody else's port: a key that differs from every remote would let it share one.
    const auto isOthers = [&](const SocketAddress& candidate) {
      const auto holders = m_byOutside.find(candidate);
      return holders != m_byOutside.end() &&
             std::any_of(holders->second.begin(), holders->second.end(),
                         [&](const Key& holder) { return holder.inside != inside; });
    };
    outside.reset();
    std::uint16_t port = isInRange ? wanted : m_spec.firstPort;
    for (std::uint32_t tried = 0; tried < portCount() && !outside; ++tried) {
      const SocketAddress candidate{m_outside, port};
      if (!m_forwardInside.contains(candidate) && !isOthers(candidate)) outside = candidate;
      port = portAfter(port, 1);
    }
    if (!outside) return std::nullopt;
  }
  ++m_entries;
  m_forwards.emplace(inside, Forward{*outside, now + lifetime, {}});
  m_forwardInside.emplace(*outside, inside);
  return outside;
}

void Nat::endForward(const SocketAddress& inside) {
  const auto known = m_forwards.find(inside);
  if (known == m_forwards.end()) return;
  m_entries -= known->second.guests.size() + 1;
  m_forwardInside.erase(known->second.outside);
  m_forwards.erase(known);
}

void Nat::reboot() {
  m_mappings.clear();
  m_byOutside.clear();
  m_forwards.clear();
  m_forwardInside.clear();
  m_burnt.clear();
  m_entries = 0;
}

void Nat::rebind() {
  // A firewall has no other address to give; it forgets whom it let in.
  m_burnt.clear();
  for (const auto& [key, mapping] : m_mappings) {
    m_entries -= mapping.heard.size();
    if (m_spec.translates) m_burnt.insert(mapping.outside);
  }
  m_mappings.clear();
  m_byOutside.clear();
}

void Nat::setOutside(const IpAddress& outside) {
  reboot();
  m_outside = outside;
}

}  // namespace foyer::sim
