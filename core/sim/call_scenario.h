// `foyer-lab call`: two whole clients and a relay in virtual time over the links that a JSON file
// describes, with real codecs or sized frames; the report is the same each time for one seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/sim/link.h"
#include "core/sim/sim_client.h"

namespace foyer::sim {

struct CallScenario {
  std::uint64_t seed = 1;
  Duration length = 20s;  // of the talking
  SimCodec codec = SimCodec::Opus;
  LinkSpec aUp, aDown, bUp, bDown;  // between each client and the relay
  Duration deviceDelay = 0ms;
};

// Fields: seed, seconds, codec ("opus" | "sized-frames"), a_up, a_down, b_up, b_down, or "link" for
// all four; a link has delay_ms, jitter_ms, loss, burst, reorder, duplicate, rate_kbps, queue_ms,
// delay_trace_ms [..], loss_trace [0|1..]. Fault stage "scenario".
[[nodiscard]] Result<CallScenario, Fault> parseCallScenario(const std::string& json);

struct CallScenarioResult {
  std::string report;                            // JSON
  std::vector<std::int16_t> heardAtA, heardAtB;  // what the loudspeakers played
  bool ok = false;  // active, codes equal, and heard where sound was sent
};

// `soundA` is what A says (heard at B), 48 kHz mono; may be empty.
[[nodiscard]] CallScenarioResult runCallScenario(const CallScenario& scenario,
                                                 const std::vector<std::int16_t>& soundA,
                                                 const std::vector<std::int16_t>& soundB);

}  // namespace foyer::sim
