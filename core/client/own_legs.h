// The own round trips to the relays, as the lobby counts with them: a call through a relay takes
// the own leg and the other's. Rounded, and still until one has moved by a whole step, so that the
// list of people is. Value, no thread.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/client/client_state.h"
#include "core/wire/presence_messages.h"

namespace foyer::client {

class OwnLegs {
 public:
  // How the relays are now; others are forgotten. True when a leg is another one.
  bool take(const std::vector<RelayStatus>& relays);
  // Absent where either leg is not known.
  [[nodiscard]] std::optional<Duration> with(const Fingerprint& relay,
                                             const wire::LegMs& theirs) const;

 private:
  std::map<Fingerprint, Duration> m_legs;
};

}  // namespace foyer::client
