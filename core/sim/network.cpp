#include "core/sim/network.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::sim {
namespace {

// A node that asks to be woken in the past over and over would stop virtual time.
constexpr int kMaxTurnsAtOneInstant = 100000;

std::uint32_t ipBytes(const SocketAddress& to, std::size_t payload) {
  return static_cast<std::uint32_t>(payload) + (to.ip.isV4() ? kIpv4UdpHeader : kIpv6UdpHeader);
}

}  // namespace

void passOn(const net::TransmitBatch& batch, const Node::Sink& sink) {
  for (std::size_t n = 0; n < batch.packets(); ++n) {
    const std::size_t at = n * batch.segmentSize;
    sink(batch.remote, batch.ecn,
         batch.payload.subspan(at, std::min(batch.segmentSize, batch.payload.size() - at)),
         (batch.datagramPackets >> n & 1) != 0);
  }
}

void Network::attach(Node& node, const SocketAddress& address) {
  FOYER_ASSERT(!m_byAddress.contains(address), "one node per address");
  auto station = std::make_unique<Station>();
  station->node = &node;
  station->address = address;
  station->index = m_nextIndex++;
  m_byAddress[address] = station.get();
  m_stations.push_back(std::move(station));
  drain(*m_stations.back());
}

void Network::detach(Node& node) {
  std::erase_if(m_byAddress, [&](const auto& entry) { return entry.second->node == &node; });
  std::erase_if(m_stations, [&](const auto& station) { return station->node == &node; });
}

void Network::rebind(Node& node, const SocketAddress& address) {
  Station* station = stationOf(node);
  FOYER_ASSERT(station != nullptr, "only an attached node has an address");
  m_byAddress.erase(station->address);
  station->address = address;
  m_byAddress[address] = station;
}

Network::Station* Network::stationOf(const Node& node) {
  for (const auto& station : m_stations)
    if (station->node == &node) return station.get();
  return nullptr;
}

std::shared_ptr<Link>& Network::linkOf(const Node& from, const Node& to) {
  const Station* a = stationOf(from);
  const Station* b = stationOf(to);
  FOYER_ASSERT(a != nullptr && b != nullptr, "links join attached nodes");
  const auto key = std::make_pair(a->index, b->index);
  std::shared_ptr<Link>& link = m_links[key];
  if (!link) {
    const std::uint64_t seed = m_seed * 1000003 + key.first * 8191ULL + key.second;
    link = std::make_shared<Link>(m_defaultSpec, seed);
  }
  return link;
}

Link& Network::link(const Node& from, const Node& to) { return *linkOf(from, to); }

void Network::share(const Way& way, const Way& existing) {
  const std::shared_ptr<Link> shared = linkOf(existing.from, existing.to);
  linkOf(way.from, way.to) = shared;
}

void Network::setLink(const Node& a, const Node& b, const LinkSpec& spec) {
  link(a, b).setSpec(spec);
  link(b, a).setSpec(spec);
}

void Network::setCut(const Node& a, const Node& b, bool isCut) {
  link(a, b).setCut(isCut);
  link(b, a).setCut(isCut);
}

void Network::push(TimePoint at, Slot slot) {
  std::uint32_t index = 0;
  if (m_freeSlots.empty()) {
    index = static_cast<std::uint32_t>(m_slots.size());
    m_slots.push_back(std::move(slot));
  } else {
    index = m_freeSlots.back();
    m_freeSlots.pop_back();
    m_slots[index] = std::move(slot);
  }
  m_events.push({at, m_order++, index});
}

void Network::send(Station& from, const SocketAddress& to, std::uint8_t ecn, ByteView datagram,
                   bool isMedia) {
  const auto target = m_byAddress.find(to);
  if (target == m_byAddress.end()) return;
  Bytes bytes = toBytes(datagram);
  if (m_tap && !m_tap(*from.node, *target->second->node, bytes)) return;
  const auto arrivals =
      link(*from.node, *target->second->node).send(m_now, ipBytes(to, bytes.size()), isMedia);
  for (int i = 0; i < arrivals.count; ++i) {
    const bool isLast = i + 1 == arrivals.count;
    push(arrivals.at[static_cast<std::size_t>(i)],
         {from.address, to, ecn, isLast ? std::move(bytes) : bytes, {}});
  }
}

void Network::inject(const SocketAddress& from, const SocketAddress& to, ByteView datagram) {
  push(m_now, {from, to, 0, toBytes(datagram), {}});
}

void Network::at(TimePoint when, std::function<void(TimePoint)> action) {
  push(std::max(when, m_now), {{}, {}, 0, {}, std::move(action)});
}

std::shared_ptr<void> Network::every(Duration period, std::function<void(TimePoint)> action) {
  struct Ticker {
    Duration period;
    std::function<void(TimePoint)> action;
  };
  auto ticker = std::make_shared<Ticker>(Ticker{period, std::move(action)});
  // Holding only a weak pointer in the queue is what lets the handle end it.
  struct Again {
    Network* network;
    std::weak_ptr<Ticker> weak;
    void operator()(TimePoint now) const {
      if (const auto live = weak.lock()) {
        live->action(now);
        network->at(now + live->period, *this);
      }
    }
  };
  at(m_now + period, Again{this, ticker});
  return ticker;
}

void Network::drain(Station& station) {
  station.node->drain(m_now, [&](const SocketAddress& remote, std::uint8_t ecn, ByteView datagram,
                                 bool isMedia) { send(station, remote, ecn, datagram, isMedia); });
  station.deadline = station.node->pollTimeout();
}

void Network::touch(Node& node) {
  if (Station* station = stationOf(node)) drain(*station);
}

std::optional<TimePoint> Network::nextDeadline() const {
  std::optional<TimePoint> next;
  for (const auto& station : m_stations)
    if (station->deadline && (!next || *station->deadline < *next)) next = station->deadline;
  return next;
}

void Network::step(TimePoint end) {
  std::optional<TimePoint> next = nextDeadline();
  if (!m_events.empty() && (!next || m_events.top().at <= *next)) next = m_events.top().at;
  if (!next || *next > end) {
    m_now = end;
    return;
  }
  m_now = std::max(m_now, *next);

  if (!m_events.empty() && m_events.top().at <= m_now) {
    const Event event = m_events.top();
    m_events.pop();
    Slot slot = std::move(m_slots[event.slot]);
    m_slots[event.slot] = {};
    m_freeSlots.push_back(event.slot);
    if (slot.action) {
      slot.action(m_now);
      return;
    }
    const auto target = m_byAddress.find(slot.to);
    if (target == m_byAddress.end()) return;
    Station& station = *target->second;
    station.node->handleDatagram(m_now, slot.to, slot.from, slot.ecn, slot.datagram);
    drain(station);
    return;
  }
  // By index: a node may attach or detach others while it handles its time-out.
  for (std::size_t i = 0; i < m_stations.size(); ++i) {
    Station& station = *m_stations[i];
    if (!station.deadline || *station.deadline > m_now) continue;
    station.node->handleTimeout(m_now);
    drain(station);
  }
}

void Network::runUntil(TimePoint end) {
  int turnsHere = 0;
  TimePoint here = m_now;
  while (m_now < end) {
    step(end);
    turnsHere = m_now == here ? turnsHere + 1 : 0;
    here = m_now;
    FOYER_ASSERT(turnsHere < kMaxTurnsAtOneInstant, "every node lets time go on");
  }
}

bool Network::runUntil(const std::function<bool()>& condition, Duration limit) {
  const TimePoint end = m_now + limit;
  while (!condition()) {
    if (m_now >= end) return false;
    step(end);
  }
  return true;
}

}  // namespace foyer::sim
