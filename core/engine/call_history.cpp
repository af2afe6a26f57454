#include "core/engine/call_history.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace foyer::engine {

void CallHistory::mark(const CallView& call, TimePoint now) {
  Marks& marks = m_running[call.call];
  marks.path = call.stats.path;
  // How it sounds here is not judged by a microphone that gives nothing, or hour-long silence would
  // be called a bad connection.
  if (!call.inSilent) ++marks.bySeverity[static_cast<std::size_t>(call.explanation.severity)];
  marks.tally.read(call.stats, now);
}

store::StoredCall CallHistory::finished(store::StoredCall call, const CallStats& last) {
  const auto running = m_running.find(call.call);
  if (running == m_running.end()) return call;
  const auto& counts = running->second.bySeverity;
  call.path = running->second.path;
  running->second.tally.end(last);
  call.figures = running->second.tally.figures();
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  double worse = 0;
  for (std::size_t i = counts.size(); all > 0 && i-- > 0;) {
    worse += counts[i];
    if (worse < kTellingShare * all) continue;
    call.quality = client::toString(static_cast<client::Severity>(i));
    break;
  }
  m_running.erase(running);
  return call;
}

void CallHistory::add(const store::StoredCall& call) {
  remove(call.call);
  const auto place = std::find_if(m_calls.begin(), m_calls.end(), [&](const auto& other) {
    return other.startedAt.unixMs <= call.startedAt.unixMs;
  });
  m_calls.insert(place, call);
  if (m_calls.size() > store::kMaxCalls) m_calls.pop_back();
}

bool CallHistory::remove(const CallId& call) {
  return std::erase_if(m_calls, [&](const auto& other) { return other.call == call; }) > 0;
}

bool CallHistory::markSeen() {
  bool hadUnseen = false;
  for (store::StoredCall& call : m_calls) hadUnseen |= !std::exchange(call.isSeen, true);
  return hadUnseen;
}

}  // namespace foyer::engine
