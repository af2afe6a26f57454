// Set-ups that broke off after keys were at stake, per identity and day (docs/keys.md section 6):
// each may have been a man in the middle's guess at the words. Bounded; value, no thread.
#pragma once

#include <deque>
#include <map>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace foyer::call {

class SpentGuesses24h {
 public:
  static constexpr Duration kSpan = 24h;
  // From this many on the person is told.
  static constexpr unsigned kTell = 3;
  // Identities remembered; beyond it the one whose last set-up is oldest is forgotten.
  static constexpr std::size_t kMaxPeers = 256;
  static constexpr std::size_t kMaxPerPeer = 1000;

  // Returns the number within the last 24 h.
  unsigned add(TimePoint now, const PublicKey& peer);
  [[nodiscard]] unsigned count(TimePoint now, const PublicKey& peer) const;

 private:
  std::map<PublicKey, std::deque<TimePoint>> m_times;
};

}  // namespace foyer::call
