// Turns what happens in a relay into few updates: a change of phase is told at once, everything
// else at most once per HostedRelay::kUpdateInterval, however many come and go. A value, no thread.
#pragma once

#include <optional>

#include "relaylite/host/hosted_relay.h"

namespace foyer::relayhost {

class UpdateBatcher {
 public:
  [[nodiscard]] const RelayStatus& status() const { return m_status; }
  // Replaces the status; a new phase, fault, warning, link or name makes the update urgent.
  void setStatus(RelayStatus status);
  // Counts itself into status().clients. Beyond HostedRelay::kMaxChangesPerUpdate only the number
  // of lost ones is kept.
  void addChange(const ConnectionChange& change);

  [[nodiscard]] std::optional<RelayUpdate> pollUpdate(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

 private:
  [[nodiscard]] TimePoint nextAllowed() const;

  RelayStatus m_status;
  RelayStatus m_told;
  std::vector<ConnectionChange> m_changes;
  std::uint64_t m_changesLost = 0;
  bool m_isUrgent = false;
  std::optional<TimePoint> m_lastTold;
};

}  // namespace foyer::relayhost
