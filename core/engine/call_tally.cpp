#include "core/engine/call_tally.h"

#include <algorithm>
#include <cmath>

namespace foyer::engine {
namespace {

constexpr Duration kInventedBlock = std::chrono::milliseconds(10);  // RecoveryFigures::plc
// Longer between two readings: the computer slept or the sound was away, and nothing was heard.
constexpr Duration kLongestReading = std::chrono::seconds(5);

void count(std::vector<NamedCount>& counts, const std::string& name, std::uint32_t more) {
  const auto found = std::find_if(counts.begin(), counts.end(),
                                  [&](const NamedCount& one) { return one.name == name; });
  if (found != counts.end())
    found->count += more;
  else if (counts.size() < store::kMaxFigureNames)
    counts.push_back({name, more});
}

std::uint32_t whole(double value) {
  return static_cast<std::uint32_t>(
      std::clamp(std::round(value), 0.0, static_cast<double>(store::kMaxFigure)));
}

std::uint32_t share(double value) {
  return whole(std::clamp(value, 0.0, 1.0) * store::kWholeShare);
}

}  // namespace

void CallTally::Mean::add(double value) {
  if (!std::isfinite(value)) return;
  sum += value;
  worst = std::max(worst, value);
  ++count;
}

void CallTally::read(const CallStats& stats, TimePoint now) {
  ++m_readings;
  if (stats.rttMs) m_delay.add(*stats.rttMs);
  if (stats.jitterBufferMs) m_buffer.add(*stats.jitterBufferMs);
  m_lossHeard.add(stats.rx.loss);
  m_lossSent.add(std::max(stats.tx.loss, stats.sending.loss));
  m_sent.add(stats.tx.bitrateKbps);
  m_heard.add(stats.rx.bitrateKbps);
  count(m_paths, stats.path, 1);
  count(m_tiers, stats.tier, 1);
  countChanges(stats);
  const client::RecoveryFigures& recovery = stats.receiving.recovery;
  if (m_lastAt && now - *m_lastAt <= kLongestReading) {
    m_heardFor += now - *m_lastAt;
    m_concealed += client::since(recovery, m_before).plc * kInventedBlock;
  }
  m_before = recovery;
  m_lastAt = now;
}

void CallTally::end(const CallStats& stats) { countChanges(stats); }

// By itself the tier changes seconds apart, so the last cause is that of all since the reading
// before.
void CallTally::countChanges(const CallStats& stats) {
  const std::uint32_t changes = stats.sending.changes;
  if (changes > m_changesBefore) count(m_changes, stats.cause, changes - m_changesBefore);
  m_changesBefore = changes;
}

CallFigures CallTally::figures() const {
  CallFigures figures;
  figures.seconds = m_readings;
  if (m_delay.count > 0) {
    figures.delayMeanMs = whole(m_delay.mean());
    figures.delayWorstMs = whole(m_delay.worst);
  }
  if (m_buffer.count > 0) {
    figures.bufferMeanMs = whole(m_buffer.mean());
    figures.bufferWorstMs = whole(m_buffer.worst);
  }
  figures.lossHeardMean = share(m_lossHeard.mean());
  figures.lossHeardWorst = share(m_lossHeard.worst);
  figures.lossSentMean = share(m_lossSent.mean());
  figures.lossSentWorst = share(m_lossSent.worst);
  if (m_heardFor > Duration{})
    figures.concealed = share(std::chrono::duration<double>(m_concealed) / m_heardFor);
  figures.sentKbps = whole(m_sent.mean());
  figures.heardKbps = whole(m_heard.mean());
  figures.paths = m_paths;
  figures.tiers = m_tiers;
  figures.changes = m_changes;
  return figures;
}

}  // namespace foyer::engine
