#include "relaylite/forwarder.h"

#include <algorithm>

#include "core/wire/media_packet.h"

namespace foyer::relaylite {
namespace {

// IPv4, UDP and QUIC around a datagram: what a small packet really costs.
constexpr double kOverheadBytes = 60;

}  // namespace

Forwarder::Forwarder(Carrier& carrier, Metrics& metrics, const RelayLimits& limits)
    : m_carrier(&carrier), m_metrics(&metrics), m_limits(&limits) {}

Forwarder::Line& Forwarder::lineOf(net::ConnectionId id) {
  if (id.slot() >= m_lines.size()) m_lines.resize(id.slot() + 1);
  Line& line = m_lines[id.slot()];
  if (line.id != id) {
    line = {};
    line.id = id;
  }
  return line;
}

Forwarder::Source* Forwarder::find(SourceId id) {
  if (id.generation == 0 || id.slot >= m_sources.size()) return nullptr;
  Source& source = m_sources[id.slot];
  return source.generation == id.generation ? &source : nullptr;
}

std::optional<Forwarder::Opened> Forwarder::open(net::ConnectionId from, TimePoint now) {
  Line& line = lineOf(from);
  if (line.lanes.size() >= kMaxSourcesPerConnection) return std::nullopt;
  std::uint32_t slot = 0;
  if (m_free.empty()) {
    slot = static_cast<std::uint32_t>(m_sources.size());
    m_sources.emplace_back();
  } else {
    slot = m_free.back();
    m_free.pop_back();
  }
  Source& source = m_sources[slot];
  ++source.generation;  // odd: in use
  source.from = from;
  source.tx = line.nextTx++;
  source.lastPacket = now;
  line.lanes.push_back({source.tx, slot});
  ++m_live;
  return Opened{{slot, source.generation}, source.tx};
}

void Forwarder::close(SourceId id) {
  Source* source = find(id);
  if (source == nullptr) return;
  Line& line = lineOf(source->from);
  std::erase_if(line.lanes, [&](const Lane& lane) { return lane.slot == id.slot; });
  ++source->generation;
  source->receivers = {};
  m_free.push_back(id.slot);
  --m_live;
}

std::uint64_t Forwarder::takeRx(net::ConnectionId to) { return lineOf(to).nextRx++; }

bool Forwarder::addReceiver(SourceId id, net::ConnectionId to, std::uint64_t rx) {
  Source* source = find(id);
  if (source == nullptr || source->receivers.size() >= kMaxReceivers) return false;
  Receiver receiver{to};
  receiver.headerSize = static_cast<std::uint8_t>(wire::encodeVarint(rx, receiver.header));
  source->receivers.push_back(receiver);
  return true;
}

void Forwarder::removeReceiver(SourceId id, net::ConnectionId to) {
  Source* source = find(id);
  if (source == nullptr) return;
  std::erase_if(source->receivers, [&](const Receiver& receiver) { return receiver.to == to; });
}

void Forwarder::forget(net::ConnectionId connection) {
  if (connection.slot() >= m_lines.size()) return;
  if (m_lines[connection.slot()].id != connection) return;
  while (!m_lines[connection.slot()].lanes.empty()) {
    const std::uint32_t slot = m_lines[connection.slot()].lanes.back().slot;
    close({slot, m_sources[slot].generation});
  }
  m_lines[connection.slot()] = {};
}

void Forwarder::onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) {
  ++m_metrics->datagramsIn;
  const auto channel = wire::decodeVarint(payload);
  if (!channel || from.slot() >= m_lines.size() || m_lines[from.slot()].id != from) {
    ++m_metrics->datagramsUnknownChannel;
    return;
  }
  Line& line = m_lines[from.slot()];
  const auto lane = std::find_if(line.lanes.begin(), line.lanes.end(),
                                 [&](const Lane& each) { return each.tx == channel->value; });
  if (lane == line.lanes.end()) {
    ++m_metrics->datagramsUnknownChannel;
    return;
  }
  const double cost = static_cast<double>(payload.size()) + kOverheadBytes;
  if (!line.media.take(now, m_limits->mediaBytesPerSecond, m_limits->mediaBytesBurst, cost)) {
    ++m_metrics->datagramsOverBudget;
    return;
  }
  Source& source = m_sources[lane->slot];
  source.lastPacket = now;
  const ByteView packet = payload.subspan(channel->size);
  for (const Receiver& receiver : source.receivers) {
    const ByteView header(receiver.header.data(), receiver.headerSize);
    if (m_carrier->sendDatagram(now, receiver.to, header, packet)) {
      ++m_metrics->datagramsForwarded;
      m_metrics->datagramBytesForwarded += packet.size();
    } else {
      ++m_metrics->datagramsUnsendable;
    }
  }
}

std::optional<TimePoint> Forwarder::lastPacket(SourceId id) const {
  if (id.generation == 0 || id.slot >= m_sources.size()) return std::nullopt;
  const Source& source = m_sources[id.slot];
  if (source.generation != id.generation) return std::nullopt;
  return source.lastPacket;
}

}  // namespace foyer::relaylite
