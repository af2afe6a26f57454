// The figures of a running call, gathered reading by reading into the few that are kept of it
// (store::CallFigures). Value, no thread.
#pragma once

#include "core/base/time.h"
#include "core/engine/views.h"

namespace foyer::engine {

class CallTally {
 public:
  // About once a second while the call has sound.
  void read(const CallStats& stats, TimePoint now);
  // What may have changed since the last reading, when the call has ended.
  void end(const CallStats& stats);
  [[nodiscard]] CallFigures figures() const;

 private:
  // Of numbers that may be unknown in some readings.
  struct Mean {
    double sum = 0, worst = 0;
    std::uint32_t count = 0;
    void add(double value);
    [[nodiscard]] double mean() const { return count == 0 ? 0 : sum / count; }
  };

  void countChanges(const CallStats& stats);

  std::uint32_t m_readings = 0;
  Mean m_delay, m_buffer, m_lossHeard, m_lossSent, m_sent, m_heard;
  std::vector<NamedCount> m_paths, m_tiers, m_changes;
  client::RecoveryFigures m_before;
  std::uint32_t m_changesBefore = 0;
  std::optional<TimePoint> m_lastAt;
  Duration m_heardFor{}, m_concealed{};
};

}  // namespace foyer::engine
