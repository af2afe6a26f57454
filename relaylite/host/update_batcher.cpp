#include "relaylite/host/update_batcher.h"

#include <utility>

namespace foyer::relayhost {

void UpdateBatcher::setStatus(RelayStatus status) {
  m_isUrgent = m_isUrgent || status.phase != m_status.phase || status.fault != m_status.fault ||
               status.warning != m_status.warning || status.link != m_status.link ||
               status.announcedName != m_status.announcedName ||
               status.generation != m_status.generation;
  m_status = std::move(status);
}

void UpdateBatcher::addChange(const ConnectionChange& change) {
  if (change.delta > 0) {
    ++m_status.clients;
  } else if (m_status.clients > 0) {
    --m_status.clients;
  }
  if (m_changes.size() < HostedRelay::kMaxChangesPerUpdate) {
    m_changes.push_back(change);
  } else {
    ++m_changesLost;
  }
}

TimePoint UpdateBatcher::nextAllowed() const {
  return m_lastTold ? *m_lastTold + HostedRelay::kUpdateInterval : TimePoint{};
}

std::optional<RelayUpdate> UpdateBatcher::pollUpdate(TimePoint now) {
  const bool isDirty = !m_changes.empty() || m_changesLost > 0 || m_status != m_told;
  if (!m_isUrgent && (!isDirty || now < nextAllowed())) return std::nullopt;
  m_isUrgent = false;
  m_told = m_status;
  m_lastTold = now;
  return RelayUpdate{m_status, std::exchange(m_changes, {}), std::exchange(m_changesLost, 0)};
}

std::optional<TimePoint> UpdateBatcher::pollTimeout() const {
  if (m_isUrgent) return TimePoint{};
  if (m_changes.empty() && m_changesLost == 0 && m_status == m_told) return std::nullopt;
  return nextAllowed();
}

}  // namespace foyer::relayhost
