// `foyer-lab call`: two whole clients and a relay in virtual time over the ways that a JSON file
// describes, with real codecs or sized frames; the report is the same each time for one seed.
// docs/lab.md explains every key. Values; what runs them is call_run.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/sim/link.h"
#include "core/sim/sim_client.h"
#include "core/wire/tiers.h"

namespace foyer::sim {

// What a person chose; nullopt inside: automatic.
struct TierChoice {
  std::optional<wire::Tier> tier;
};

// From one person's microphone to the other's ear.
struct WayScenario {
  LinkSpec link;
  std::optional<int> maxPayloadBps;  // codec bytes, copies and recovery data included
};

struct ScenarioStep {
  Duration at{};                     // after the talking began
  std::optional<LinkSpec> up, down;  // as a whole, from then on
  std::optional<TierChoice> tier;
  std::optional<double> driftPpm;
};

struct CallScenario {
  std::uint64_t seed = 1;
  // Of the talking; unset: the longer input and a second, without any input 20 s.
  std::optional<Duration> length;
  bool isRelayed = true;
  TierChoice tier;                  // of both people
  WayScenario up, down;             // A -> B and B -> A
  std::vector<ScenarioStep> steps;  // in order of time
  double driftPpm = 0;              // how much faster B's devices run than A's
  int calls = 1;                    // 2: another pair of people shares both ways
  bool wantsSeries = false;
  Duration deviceDelay = 0ms;  // of each loudspeaker
  SimCodec codec = SimCodec::Opus;
  bool wantsRecord = false;  // not in the file: of what B's playout did
};

// The text of a trace file that the scenario names.
using TraceReader = std::function<Result<std::string, Fault>(const std::string& path)>;
// Fault stage "scenario": malformed, unknown_key, bad_value, unreadable; the detail names the key.
// Without a reader no trace file can be read.
[[nodiscard]] Result<CallScenario, Fault> parseCallScenario(const std::string& json,
                                                            const TraceReader& readTrace = {});

struct CallScenarioResult {
  std::string report;  // JSON, docs/lab.md
  // What the loudspeakers played, from the moment at which the other's microphone took the first
  // sample of the sound, as long as the sound and its delay.
  std::vector<std::int16_t> heardAtA, heardAtB;
  Bytes record;     // media/play_record.h; empty unless it was wanted
  bool ok = false;  // active to the end, and the codes were equal
};

// `soundA` is what A says (heard at B), 48 kHz mono; may be empty.
[[nodiscard]] CallScenarioResult runCallScenario(const CallScenario& scenario,
                                                 const std::vector<std::int16_t>& soundA,
                                                 const std::vector<std::int16_t>& soundB);

}  // namespace foyer::sim
