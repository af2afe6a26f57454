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

std::shared_ptr<Link>& Network::linkBetween(const Lan& lan, std::uint32_t from, std::uint32_t to) {
  const auto key = std::make_pair(from, to);
  std::shared_ptr<Link>& link = m_links[key];
  if (!link) {
    const std::uint64_t seed = m_seed * 1000003 + key.first * 8191ULL + key.second;
    // A hairpin does not leave the house.
    const bool isLocal = lan.router != nullptr || from == to;
    link = std::make_shared<Link>(isLocal ? m_defaultLan : m_defaultSpec, seed);
  }
  return link;
}

std::shared_ptr<Link>& Network::linkOf(End from, End to) {
  const std::vector<Stand> left = standsOf(from);
  const std::vector<Stand> right = standsOf(to);
  for (const Stand& a : left)
    for (const Stand& b : right)
      if (a.lan == b.lan) return linkBetween(*a.lan, a.index, b.index);
  FOYER_ASSERT(false, "everybody is somewhere on the internet");
  return m_links.begin()->second;
}

Link& Network::link(End from, End to) { return *linkOf(from, to); }

void Network::share(const Way& way, const Way& existing) {
  const std::shared_ptr<Link> shared = linkOf(existing.from, existing.to);
  linkOf(way.from, way.to) = shared;
}

void Network::setLink(End a, End b, const LinkSpec& spec) {
  link(a, b).setSpec(spec);
  link(b, a).setSpec(spec);
}

void Network::setCut(End a, End b, bool isCut) {
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

void Network::send(Station& from, const SocketAddress& local, const SocketAddress& to,
                   std::uint8_t ecn, ByteView datagram, bool isMedia) {
  const auto source = sourceFor(from, local, to);
  if (!source) return;
  if (m_witness) m_witness(*from.node, source->address, to, datagram);
  if (source->interface->isCut) return;
  const std::uint32_t size = ipBytes(to, datagram.size());
  SocketAddress seen = source->address;
  Lan* lan = source->interface->lan;
  std::uint32_t index = from.index;
  Holder holder = holderOf(*lan, to);
  while (holder.isNobody()) {
    if (!lan->router || lan->router->isOnLink(to.ip)) return;
    const auto outside = lan->router->outward(m_now, seen, to, size);
    if (!outside) return;
    seen = *outside;
    index = lan->index;
    lan = lan->outer;
    holder = holderOf(*lan, to);
  }
  Bytes bytes = toBytes(datagram);
  Fate fate;
  if (m_tap || m_judge) {
    const Station* target = bound(*lan, to);
    if (target != nullptr && m_tap && !m_tap(*from.node, *target->node, bytes)) return;
    if (target != nullptr && m_judge) fate = m_judge(*from.node, *target->node, bytes);
  }
  for (int copy = 0; copy < fate.copies; ++copy)
    turn(*lan, index, holder, {seen, to, ecn, bytes, {}, lan}, isMedia, fate.extra);
}

void Network::turn(const Lan& lan, std::uint32_t from, const Holder& to, Slot slot, bool isMedia,
                   Duration extra) {
  const std::uint32_t index = to.station  ? to.station->index
                              : to.behind ? to.behind->index
                                          : lan.index;
  const auto arrivals =
      linkBetween(lan, from, index)->send(m_now, ipBytes(slot.to, slot.datagram.size()), isMedia);
  for (int i = 0; i < arrivals.count; ++i) {
    const bool isLast = i + 1 == arrivals.count;
    push(arrivals.at[static_cast<std::size_t>(i)] + extra, isLast ? std::move(slot) : slot);
  }
}

void Network::arrive(Slot& slot) {
  const std::uint32_t size = ipBytes(slot.to, slot.datagram.size());
  Holder holder = holderOf(*slot.lan, slot.to);
  while (holder.behind != nullptr) {
    const auto inside = holder.behind->router->inward(m_now, slot.from, slot.to, size);
    if (!inside) return;
    slot.to = *inside;
    slot.lan = holder.behind;
    holder = holderOf(*slot.lan, slot.to);
  }
  if (holder.isRouterItself) {
    answerAsRouter(*slot.lan, slot);
    return;
  }
  if (holder.station == nullptr || holder.station->isAsleep) return;
  Station& station = *holder.station;
  for (const Interface& interface : station.interfaces)
    if (interface.isCut && interface.lan == slot.lan &&
        std::find(interface.spec.addresses.begin(), interface.spec.addresses.end(), slot.to.ip) !=
            interface.spec.addresses.end())
      return;
  SocketAddress local = slot.to;
  if (local.port == station.firstPort) local.port = station.ownPort;
  station.node->handleDatagram(m_now, local, slot.from, slot.ecn, slot.datagram);
  drain(station);
}

void Network::answerAsRouter(Lan& lan, const Slot& slot) {
  if (!lan.router->service()) return;
  for (Bytes& answer :
       lan.router->service()(m_now, slot.from, slot.to.port, ByteView(slot.datagram))) {
    const Holder asker = holderOf(lan, slot.from);
    if (!asker.isNobody())
      turn(lan, lan.index, asker, {slot.to, slot.from, 0, std::move(answer), {}, &lan}, false);
  }
}

void Network::inject(const SocketAddress& from, const SocketAddress& to, ByteView datagram) {
  push(m_now, {from, to, 0, toBytes(datagram), {}, &m_internet});
}

void Network::at(TimePoint when, std::function<void(TimePoint)> action) {
  push(std::max(when, m_now), {{}, {}, 0, {}, std::move(action), nullptr});
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
  station.node->drain(m_now, Node::Sink([&](const SocketAddress& local, const SocketAddress& remote,
                                            std::uint8_t ecn, ByteView datagram, bool isMedia) {
                        send(station, local, remote, ecn, datagram, isMedia);
                      }));
  station.deadline = station.node->pollTimeout();
}

void Network::touch(Node& node) {
  if (Station* station = stationOf(node)) drain(*station);
}

std::optional<TimePoint> Network::nextDeadline() const {
  std::optional<TimePoint> next;
  for (const auto& station : m_stations)
    if (station->deadline && !station->isAsleep && (!next || *station->deadline < *next))
      next = station->deadline;
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
    arrive(slot);
    return;
  }
  // By index: a node may attach or detach others while it handles its time-out.
  for (std::size_t i = 0; i < m_stations.size(); ++i) {
    Station& station = *m_stations[i];
    if (!station.deadline || *station.deadline > m_now || station.isAsleep) continue;
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
