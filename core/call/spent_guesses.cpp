#include "core/call/spent_guesses.h"

#include <algorithm>

namespace foyer::call {

unsigned SpentGuesses24h::add(TimePoint now, const PublicKey& peer) {
  std::deque<TimePoint>& times = m_times[peer];
  while (!times.empty() && (times.front() + kSpan <= now || times.size() >= kMaxPerPeer)) {
    times.pop_front();
  }
  times.push_back(now);
  const auto count = static_cast<unsigned>(times.size());
  if (m_times.size() > kMaxPeers) {
    m_times.erase(std::min_element(
        m_times.begin(), m_times.end(),
        [](const auto& a, const auto& b) { return a.second.back() < b.second.back(); }));
  }
  return count;
}

unsigned SpentGuesses24h::count(TimePoint now, const PublicKey& peer) const {
  const auto found = m_times.find(peer);
  if (found == m_times.end()) return 0;
  return static_cast<unsigned>(std::count_if(found->second.begin(), found->second.end(),
                                             [&](TimePoint at) { return at + kSpan > now; }));
}

}  // namespace foyer::call
