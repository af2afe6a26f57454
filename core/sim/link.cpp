#include "core/sim/link.h"

#include <algorithm>

namespace foyer::sim {

Link::Link(LinkSpec spec, std::uint64_t seed) : m_spec(std::move(spec)), m_random(seed) {}

std::size_t Link::mediaNumber() const { return m_counters.media == 0 ? 0 : m_counters.media - 1; }

Duration Link::queueing(TimePoint now) const {
  return std::max(m_bottleneckFreeAt - now, Duration::zero());
}

bool Link::isLost(bool isMedia) {
  if (!m_spec.lossTrace.empty())
    return isMedia && m_spec.lossTrace[mediaNumber() % m_spec.lossTrace.size()];
  if (m_spec.loss <= 0) return false;
  if (m_spec.burstPackets <= 1) return m_random.unit() < m_spec.loss;
  // Leaving the burst: 1/length. Entering: so that the stationary share of the bad state is loss.
  const double leave = 1.0 / m_spec.burstPackets;
  const double enter = m_spec.loss >= 1 ? 1.0 : leave * m_spec.loss / (1.0 - m_spec.loss);
  m_inBurst = m_inBurst ? m_random.unit() >= leave : m_random.unit() < enter;
  return m_inBurst;
}

Link::Arrivals Link::send(TimePoint now, std::uint32_t ipBytes, bool isMedia) {
  ++m_counters.sent;
  m_counters.bytes += ipBytes;
  if (isMedia) ++m_counters.media;
  const bool lost = isLost(isMedia);
  if (ipBytes > m_spec.mtu) {
    ++m_counters.tooBig;
    return {};
  }
  if (m_isCut || lost) {
    ++m_counters.lost;
    return {};
  }

  TimePoint leaves = now;
  if (m_spec.rateBps) {
    const TimePoint starts = std::max(m_bottleneckFreeAt, now);
    if (starts - now > m_spec.queueLimit) {
      ++m_counters.queueDropped;
      return {};
    }
    const double seconds = ipBytes * 8.0 / *m_spec.rateBps;
    m_bottleneckFreeAt =
        starts + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
    leaves = m_bottleneckFreeAt;
  }

  const bool isTraced = !m_spec.delayTrace.empty();
  Duration transit =
      isTraced ? m_spec.delayTrace[mediaNumber() % m_spec.delayTrace.size()] : m_spec.delay;
  bool overtakes = isTraced;
  if (m_spec.jitter > Duration::zero() && !isTraced) {
    overtakes = m_spec.reorder > 0 && m_random.unit() < m_spec.reorder;
    if (!overtakes)
      transit += Duration(static_cast<std::int64_t>(
          m_random.below(static_cast<std::uint64_t>(m_spec.jitter.count()) + 1)));
  }
  TimePoint arrives = leaves + transit;
  // A real queue keeps the order; only a packet chosen to overtake may arrive before an older one,
  // or one that a trace says did.
  if (!overtakes) arrives = m_lastArrival = std::max(arrives, m_lastArrival);

  Arrivals arrivals;
  arrivals.at[0] = arrives;
  arrivals.count = 1;
  if (m_spec.duplicate > 0 && m_random.unit() < m_spec.duplicate) {
    ++m_counters.duplicated;
    arrivals.at[1] = arrives + 1ms;
    arrivals.count = 2;
  }
  return arrivals;
}

}  // namespace foyer::sim
