// Control messages about TURN: a relay hands admitted clients the way to its operator's server,
// with credentials that end by themselves (docs/adr/0021). Plain values; encoding is in message.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foyer::wire {

// Client → relay.
struct TurnGet {
  std::uint32_t id = 0;
  bool operator==(const TurnGet&) const = default;
};
// The answer; without links: this relay has none to give, and the rest is empty.
struct TurnGiven {
  std::uint32_t id = 0;
  std::vector<std::string> links;  // turn: and turns:, best first, at most kMaxTurnLinks
  std::string username;
  std::string password;          // a secret until ttlSeconds are over
  std::uint32_t ttlSeconds = 0;  // good for so long from now on
  bool operator==(const TurnGiven&) const = default;
};

}  // namespace foyer::wire
