// What happened in the search for a direct way of one call, newest kept: for the telemetry panel
// and the bundle. A value, no thread.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "core/client/client_state.h"

namespace foyer::client {

class PathRecord {
 public:
  // Two dozen addresses with four steps each; older ones give way.
  static constexpr std::size_t kMost = 96;

  void add(TimePoint at, PathStep step, wire::CandidateKind kind = wire::CandidateKind::Host,
           std::optional<SocketAddress> address = {}, std::string_view reason = {}) {
    if (m_notes.size() == kMost) m_notes.pop_front();
    m_notes.push_back({at, step, kind, address, std::string(reason)});
  }
  [[nodiscard]] std::vector<PathNote> notes() const { return {m_notes.begin(), m_notes.end()}; }

 private:
  std::deque<PathNote> m_notes;
};

}  // namespace foyer::client
