#include "core/engine/net_mappings.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace foyer::engine {

NetMappings::NetMappings(io::EventLoop& loop, RandomSource& random, OnChanged onChanged)
    : m_loop(loop), m_random(random), m_onChanged(std::move(onChanged)) {}

NetMappings::~NetMappings() { *m_isAlive = false; }

void NetMappings::addSocket(IpAddress::Family family, std::uint16_t port) {
  m_ports.push_back(std::make_unique<Port>());
  m_ports.back()->family = family;
  m_ports.back()->port = port;
}

void NetMappings::setWanted(TimePoint now, bool isWanted) {
  if (isWanted == m_isWanted) return;
  m_isWanted = isWanted;
  for (const auto& port : m_ports) {
    if (isWanted) {
      open(*port);
      continue;
    }
    port->failed.reset();
    if (!port->mapper) continue;
    m_ending.push_back(std::move(port->mapper));
    m_ending.back()->stop([this, mapper = m_ending.back().get()] {
      // Not inside its own callback.
      m_loop.post([this, alive = m_isAlive, mapper] {
        if (*alive)
          std::erase_if(m_ending, [&](const auto& ending) { return ending.get() == mapper; });
      });
    });
  }
  m_onChanged(now);
}

void NetMappings::open(Port& port) {
  port.mapper = std::make_unique<io::PortMapper>(
      m_loop, m_random, io::PortMapperOptions{.localPort = port.port, .family = port.family},
      [this, &port](TimePoint now, const net::PortMappingEvent& event) {
        onEvent(now, port, event);
      });
}

void NetMappings::onEvent(TimePoint now, Port& port, const net::PortMappingEvent& event) {
  if (const auto* failed = std::get_if<net::PortMappingFailed>(&event))
    port.failed = *failed;
  else
    port.failed.reset();
  // The first word may come from inside the mapper's constructor.
  if (port.mapper) verify(port);
  m_onChanged(now);
}

void NetMappings::networkChanged() {
  for (const auto& port : m_ports) {
    if (!port->mapper) continue;
    port->seen.clear();
    const bool hadGateway = port->mapper->hasGateway();
    port->mapper->networkChanged();
    if (hadGateway != port->mapper->hasGateway()) m_onChanged(m_loop.now());
  }
}

void NetMappings::onSlept(Duration slept) {
  for (const auto& port : m_ports)
    if (port->mapper) port->mapper->onSlept(slept);
}

void NetMappings::observed(const SocketAddress& mapped) {
  for (const auto& port : m_ports) {
    if (port->family != mapped.ip.family) continue;
    std::erase(port->seen, mapped);
    if (port->seen.size() == kMaxSeen) port->seen.erase(port->seen.begin());
    port->seen.push_back(mapped);
    if (!port->mapper) continue;
    const bool wasVerified = port->mapper->held() && port->mapper->held()->isVerified;
    verify(*port);
    if (!wasVerified && port->mapper->held() && port->mapper->held()->isVerified)
      m_onChanged(m_loop.now());
  }
}

// What leaves the socket comes out at the port that the router says is ours. A router that keeps
// ports and opened nothing passes too: only peers can tell, and they try other ways beside this
// one.
void NetMappings::verify(Port& port) {
  const auto& held = port.mapper->held();
  if (!held || held->isVerified) return;
  if (std::find(port.seen.begin(), port.seen.end(), held->external) != port.seen.end())
    port.mapper->verified(held->external);
}

std::vector<SocketAddress> NetMappings::addresses() const {
  std::vector<SocketAddress> all;
  for (const auto& port : m_ports)
    if (port->mapper && port->mapper->held() && !port->mapper->held()->isPrivate)
      all.push_back(port->mapper->held()->external);
  return all;
}

PortMappingView NetMappings::view(IpAddress::Family family) const {
  PortMappingView view;
  const auto found = std::find_if(m_ports.begin(), m_ports.end(),
                                  [&](const auto& port) { return port->family == family; });
  if (found == m_ports.end() || !(*found)->mapper) return view;
  const Port& port = **found;
  if (const auto& held = port.mapper->held()) {
    view.state = PortMappingState::Open;
    view.way = held->way;
    view.external = held->external;
    view.isPrivate = held->isPrivate;
    view.isVerified = held->isVerified;
    view.expiresAtMs = toMilliseconds(held->expires.time_since_epoch());
  } else if (!port.mapper->hasGateway()) {
    view.state = PortMappingState::NoRouter;
  } else if (port.failed) {
    view.state = PortMappingState::Refused;
    view.reasons = port.failed->reasons;
  } else {
    view.state = PortMappingState::Asking;
  }
  return view;
}

}  // namespace foyer::engine
