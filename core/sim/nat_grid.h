// A call between two kinds of homes in virtual time, and what came of it: who was heard when, and
// by which way the voice went in the end. The way is read off the wire, not asked of the clients.
// Bars and printing are the caller's.
#pragma once

#include <optional>
#include <string>

#include "core/sim/nat_types.h"

namespace foyer::sim {

enum class WaySeen : std::uint8_t {
  None,   // no call, no voice
  Relay,  // both by the relay, or one of them
  Lan,
  Hairpin,  // by the own router's outside address
  DirectV4,
  DirectV6,
};
[[nodiscard]] const char* toString(WaySeen way);

struct PairOptions {
  std::uint64_t seed = 1;
  // Between the homes, and between each of them and the relay.
  Duration roundTrip = 40ms;
  double loss = 0;    // each way, 0..1
  Duration jitter{};  // each way, up to this much more
  // How long after the answer a direct way is waited for.
  Duration limit = 15s;
  bool isSameHome = false;  // two hosts of the caller's home
  bool knowsNats = true;    // both have looked at their NATs before the call
  bool triesPorts = true;   // both would try hundreds of ports
  bool asksRouters = true;  // both have asked their router for a port
};

struct PairOutcome {
  std::string failedAt;  // "lobby", "ringing", "active"; empty: it did not
  // All from the answer on.
  std::optional<Duration> heardByCaller, heardByCallee;
  // Until the voice of both goes by the direct way.
  std::optional<Duration> direct;
  WaySeen way = WaySeen::None;
  // Why it is not direct, as the caller says; "none" when it is.
  std::string reason;
  bool operator==(const PairOutcome&) const = default;

  [[nodiscard]] bool isAudible() const { return heardByCaller && heardByCallee; }
};

[[nodiscard]] PairOutcome runPair(const HomeType& caller, const HomeType& callee,
                                  const PairOptions& options = {});

// The 95 % interval of a rate (Wilson 1927), shares of one. `runs` > 0.
struct RateInterval {
  double low = 0, high = 0;
};
[[nodiscard]] RateInterval rateInterval(int successes, int runs);

}  // namespace foyer::sim
