// Streams: what TLS on TCP does to datagrams, without its packets.
#include <algorithm>

#include "core/base/assert.h"
#include "core/sim/network.h"

namespace foyer::sim {
namespace {

// SYN and its answer, then the two flights of TLS 1.3: with the next crossing data go.
constexpr int kCrossings = 4;
// IPv4 or IPv6, TCP with time stamps (32), a TLS record (22) and the length in front.
constexpr std::uint32_t kV4Headers = 20 + 32 + 22 + 2;
constexpr std::uint32_t kV6Headers = 40 + 32 + 22 + 2;

}  // namespace

void passOnByStream(const net::TransmitBatch& batch, Network& network, Node& from) {
  for (std::size_t n = 0; n < batch.packets(); ++n) {
    const std::size_t at = n * batch.segmentSize;
    network.sendByStream(
        from, batch.remote,
        batch.payload.subspan(at, std::min(batch.segmentSize, batch.payload.size() - at)));
  }
}

void Network::listen(Node& node, std::uint16_t port) {
  Station& station = knownStation(node);
  for (const Interface& interface : station.interfaces) {
    FOYER_ASSERT(!interface.lan->router, "streams are taken on the internet alone");
    for (const IpAddress& ip : interface.spec.addresses) m_listeners[{ip, port}] = &station;
  }
}

void Network::sendByStream(Node& from, const SocketAddress& remote, ByteView datagram) {
  Station& station = knownStation(from);
  std::erase_if(m_streams, [](const auto& stream) { return stream->isBroken; });
  for (const auto& stream : m_streams) {
    for (const Direction direction : {Up, Down}) {
      const SocketAddress& other = direction == Up ? stream->remote : stream->seen;
      if (stream->ends[direction] != &station || other != remote) continue;
      stream->flows[direction].waiting.push(m_now, datagram);
      pumpStream(stream, direction);
      return;
    }
  }
  const auto opened = openStream(station, remote);
  if (!opened) return;
  opened->flows[Up].waiting.push(m_now, datagram);
  m_streams.push_back(opened);
  sendSegment(opened, Up, opened->flows[Up].sent++, {}, m_now);
}

std::size_t Network::streamCount() const {
  return static_cast<std::size_t>(std::count_if(m_streams.begin(), m_streams.end(),
                                                [](const auto& s) { return !s->isBroken; }));
}

std::shared_ptr<Network::Stream> Network::openStream(Station& from, const SocketAddress& remote) {
  const auto listener = m_listeners.find(remote);
  const auto source = sourceFor(from, {}, remote);
  if (listener == m_listeners.end() || !source) return nullptr;
  auto stream = std::make_shared<Stream>();
  stream->ends = {&from, listener->second};
  stream->local = stream->seen = {source->address.ip, m_nextStreamPort++};
  stream->remote = remote;
  for (const Lan* lan = source->interface->lan; lan->router; lan = lan->outer)
    if (lan->router->translates(stream->seen.ip) && lan->router->outside())
      stream->seen.ip = *lan->router->outside();
  return stream;
}

Link* Network::streamLink(const Stream& stream, Direction direction) {
  const Station& opener = *stream.ends[Up];
  const Interface* used = nullptr;
  for (const Interface& interface : opener.interfaces) {
    const auto& own = interface.spec.addresses;
    if (interface.isUp && !interface.isCut &&
        std::find(own.begin(), own.end(), stream.local.ip) != own.end())
      used = &interface;
  }
  if (used == nullptr) return nullptr;
  std::uint32_t index = opener.index;
  for (const Lan* lan = used->lan; lan->router; lan = lan->outer) {
    if (!lan->router->passesTcp(stream.remote)) return nullptr;
    index = lan->index;
  }
  const std::uint32_t listener = stream.ends[Down]->index;
  return direction == Up ? linkBetween(m_internet, index, listener).get()
                         : linkBetween(m_internet, listener, index).get();
}

void Network::pumpStream(const std::shared_ptr<Stream>& stream, Direction direction) {
  Flow& flow = stream->flows[direction];
  if (stream->handshakes < kCrossings) return;
  while (!flow.waiting.isEmpty() && flow.sent - flow.delivered < kStreamWindow) {
    Bytes next = flow.waiting.take(m_now, 0);
    if (next.empty()) return;
    next.erase(next.begin(), next.begin() + net::kStreamDatagramHeader);
    sendSegment(stream, direction, flow.sent++, next, m_now);
  }
}

void Network::sendSegment(const std::shared_ptr<Stream>& stream, Direction direction,
                          std::uint64_t number, const Bytes& segment, TimePoint firstAt) {
  if (stream->isBroken) return;
  if (m_now - firstAt > kStreamPatience) {
    stream->isBroken = true;
    return;
  }
  const auto headers = stream->remote.ip.isV4() ? kV4Headers : kV6Headers;
  Link::Arrivals arrivals;
  if (Link* link = streamLink(*stream, direction)) {
    // TCP cuts what is too large for one packet.
    const auto size = headers + static_cast<std::uint32_t>(segment.size());
    arrivals = link->send(m_now, std::min(size, link->spec().mtu));
  }
  if (arrivals.count > 0) {
    at(arrivals.at[0], [this, stream, direction, number, segment](TimePoint) {
      onSegment(stream, direction, number, segment);
    });
    return;
  }
  // Twice as long each time, as far as that goes.
  const Duration pause = std::max(kStreamRetransmit, m_now - firstAt);
  at(m_now + pause, [this, stream, direction, number, segment, firstAt](TimePoint) {
    sendSegment(stream, direction, number, segment, firstAt);
  });
}

void Network::onSegment(const std::shared_ptr<Stream>& stream, Direction direction,
                        std::uint64_t number, const Bytes& segment) {
  if (stream->isBroken) return;
  Flow& flow = stream->flows[direction];
  flow.early.emplace(number, segment);
  const Direction back = direction == Up ? Down : Up;
  while (!flow.early.empty() && flow.early.begin()->first == flow.delivered) {
    const Bytes bytes = std::move(flow.early.begin()->second);
    flow.early.erase(flow.early.begin());
    ++flow.delivered;
    if (stream->handshakes < kCrossings) {
      if (++stream->handshakes < kCrossings) {
        sendSegment(stream, back, stream->flows[back].sent++, {}, m_now);
        continue;
      }
      for (Flow& each : stream->flows) each.waiting.setOpen(m_now);
      pumpStream(stream, Up);
      continue;
    }
    Station& receiver = *stream->ends[back];
    if (receiver.isAsleep) continue;
    receiver.node->handleStream(m_now, direction == Up ? stream->seen : stream->remote, bytes);
    if (stream->isBroken) return;
    drain(receiver);
    if (stream->isBroken) return;
  }
  pumpStream(stream, direction);
}

void Network::breakStreams(const Station& station) {
  for (const auto& stream : m_streams)
    if (stream->ends[Up] == &station || stream->ends[Down] == &station) stream->isBroken = true;
  std::erase_if(m_listeners, [&](const auto& entry) { return entry.second == &station; });
}

}  // namespace foyer::sim
