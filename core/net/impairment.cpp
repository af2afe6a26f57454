#include "core/net/impairment.h"

#include <algorithm>

namespace foyer::net {
namespace {

// What a network adds to each datagram: 20 bytes of IPv4, 40 of IPv6, 8 of UDP.
std::size_t ipBytes(const SocketAddress& remote, std::size_t payload) {
  return payload + 8 + (remote.ip.isV4() ? 20 : 40);
}

}  // namespace

bool ImpairmentSpec::isValid() const {
  return delayMs >= 0 && delayMs <= kMostDelayMs && jitterMs >= 0 && jitterMs <= kMostJitterMs &&
         lossPercent >= 0 && lossPercent <= 100 &&
         (rateKbps == 0 || (rateKbps >= kLeastRateKbps && rateKbps <= kMostRateKbps));
}

void Impairment::configure(const ImpairmentSpec& spec) {
  if (spec.isValid()) m_spec = spec;
}

// When a packet sent now arrives at the socket; nullopt: it is lost.
std::optional<TimePoint> Impairment::dueOf(TimePoint now, std::size_t bytes) {
  if (m_spec.lossPercent > 0 && m_random.unit() * 100 < m_spec.lossPercent) {
    ++m_counters.lost;
    return std::nullopt;
  }
  TimePoint leaves = now;
  if (m_spec.rateKbps > 0) {
    const TimePoint starts = std::max(m_freeAt, now);
    if (starts - now > kQueueLimit) {
      ++m_counters.overflowed;
      return std::nullopt;
    }
    // kbit/s is bits per millisecond.
    m_freeAt =
        starts + Duration(static_cast<std::int64_t>(bytes) * 8 * 1'000'000 / m_spec.rateKbps);
    leaves = m_freeAt;
  }
  leaves += std::chrono::milliseconds(m_spec.delayMs);
  if (m_spec.jitterMs > 0)
    leaves += std::chrono::microseconds(
        m_random.below(static_cast<std::uint64_t>(m_spec.jitterMs) * 1000 + 1));
  return m_lastDue = std::max(leaves, m_lastDue);
}

void Impairment::take(TimePoint now, const TransmitBatch& batch, const TransmitSink& sink) {
  // Whoever is still waiting stays in front.
  if (isIdle()) return sink(batch);
  if (batch.segmentSize == 0) return;
  for (ByteView rest = batch.payload; !rest.empty();) {
    const ByteView packet = rest.first(std::min(batch.segmentSize, rest.size()));
    rest = rest.subspan(packet.size());
    const auto due = dueOf(now, ipBytes(batch.remote, packet.size()));
    if (!due) continue;
    if (m_waiting.size() >= kMaxWaiting) {
      ++m_counters.overflowed;
      continue;
    }
    m_waiting.push_back(
        {*due, batch.local, batch.remote, batch.ecn, Bytes(packet.begin(), packet.end())});
  }
}

void Impairment::release(TimePoint now, const TransmitSink& sink) {
  while (!m_waiting.empty() && m_waiting.front().due <= now) {
    const Waiting& first = m_waiting.front();
    TransmitBatch batch;
    batch.local = first.local;
    batch.remote = first.remote;
    batch.ecn = first.ecn;
    batch.segmentSize = first.bytes.size();
    batch.payload = first.bytes;
    sink(batch);
    ++m_counters.sent;
    m_waiting.pop_front();
  }
}

std::optional<TimePoint> Impairment::pollTimeout() const {
  if (m_waiting.empty()) return std::nullopt;
  return m_waiting.front().due;
}

}  // namespace foyer::net
