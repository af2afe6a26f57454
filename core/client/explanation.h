// "Why does this call sound as it does": one cause, whom it touches, how bad it is, and the numbers
// a sentence needs. Decided from a call's figures and what the devices say; the sentence itself is
// made in app/foyer. Leaves out history: what happened lately comes in as a difference of counters.
// Value, no thread.
#pragma once

#include "core/client/client_state.h"

namespace foyer::client {

enum class ExplainedCause : std::uint8_t {
  Unknown,          // too little was heard to judge
  Clear,            // nothing is wrong
  Reconnecting,     // the path is gone, the call is kept
  NothingReceived,  // no packet for two seconds
  SilentInput,      // the microphone gives digital silence
  Cpu,              // this computer does not come round to the sound in time
  Device,           // the sound device ran dry
  Capacity,         // the way carries less than the call would like, or a queue fills
  Loss,             // packets do not arrive
  Jitter,           // packets arrive unevenly, some too late
  PeerLow,          // the other side sends a low quality; why is theirs to know
  Choice,           // this person chose a low quality
  PeerLimit,        // the other side can take no more
  Metered,          // a network paid by volume
  LongDelay,        // nothing is lost, but the way is long
};
// Which direction of speech is touched, as this side says it.
enum class Affected : std::uint8_t { Neither, Hear, Said, Both };
enum class Severity : std::uint8_t { Good, Fair, Poor, Broken };
// What made up for most of the lost frames.
enum class Remedy : std::uint8_t { None, Copies, Lbrr, Dred };

// Stable names, e.g. "long_delay", "hear", "fair".
[[nodiscard]] constexpr const char* toString(ExplainedCause cause) {
  switch (cause) {
    case ExplainedCause::Unknown:
      return "unknown";
    case ExplainedCause::Clear:
      return "clear";
    case ExplainedCause::Reconnecting:
      return "reconnecting";
    case ExplainedCause::NothingReceived:
      return "nothing_received";
    case ExplainedCause::SilentInput:
      return "silent_input";
    case ExplainedCause::Cpu:
      return "cpu";
    case ExplainedCause::Device:
      return "device";
    case ExplainedCause::Capacity:
      return "capacity";
    case ExplainedCause::Loss:
      return "loss";
    case ExplainedCause::Jitter:
      return "jitter";
    case ExplainedCause::PeerLow:
      return "peer_low";
    case ExplainedCause::Choice:
      return "choice";
    case ExplainedCause::PeerLimit:
      return "peer_limit";
    case ExplainedCause::Metered:
      return "metered";
    case ExplainedCause::LongDelay:
      return "long_delay";
  }
  return "unknown";
}

[[nodiscard]] constexpr const char* toString(Affected affected) {
  switch (affected) {
    case Affected::Neither:
      return "neither";
    case Affected::Hear:
      return "hear";
    case Affected::Said:
      return "said";
    case Affected::Both:
      return "both";
  }
  return "neither";
}

[[nodiscard]] constexpr const char* toString(Severity severity) {
  switch (severity) {
    case Severity::Good:
      return "good";
    case Severity::Fair:
      return "fair";
    case Severity::Poor:
      return "poor";
    case Severity::Broken:
      return "broken";
  }
  return "good";
}

// What this computer noticed about its own sound, over the same time as the recovery figures.
struct DeviceHints {
  std::uint64_t underruns = 0;  // of the loudspeaker
  bool isCpuStarved = false;
  bool isInputSilent = false;  // and not muted
  bool isNothingReceived = false;
};

struct Explanation {
  ExplainedCause cause = ExplainedCause::Unknown;
  Affected affected = Affected::Neither;
  Severity severity = Severity::Good;
  double lossHear = 0, lossSaid = 0;  // 0..1 of the packets
  double recovered = 1;               // 0..1 of what was lost on the way here
  double concealed = 0;               // 0..1 of what is heard was invented
  double lateHear = 0, lateSaid = 0;  // 0..1 of the frames
  Remedy remedy = Remedy::None;
  bool hasRemedySaid = false;  // what is sent carries a remedy too
  Duration buffer{}, queueing{}, delay{};
  std::optional<double> capacityKbps;
  wire::Tier tier = wire::Tier::Good;  // of what this side sends
  std::uint64_t glitches = 0;

  bool operator==(const Explanation&) const = default;
};

// Counters of `newer` less those of `older`; 0 where they began anew.
[[nodiscard]] constexpr RecoveryFigures since(const RecoveryFigures& newer,
                                              const RecoveryFigures& older) {
  const auto less = [](std::uint64_t now, std::uint64_t before) {
    return now >= before ? now - before : now;
  };
  RecoveryFigures out;
  out.decoded = less(newer.decoded, older.decoded);
  out.copies = less(newer.copies, older.copies);
  out.lbrr = less(newer.lbrr, older.lbrr);
  out.dred = less(newer.dred, older.dred);
  out.plc = less(newer.plc, older.plc);
  out.late = less(newer.late, older.late);
  out.lost = less(newer.lost, older.lost);
  out.discarded = less(newer.discarded, older.discarded);
  out.accelerated = less(newer.accelerated, older.accelerated);
  out.expanded = less(newer.expanded, older.expanded);
  out.underruns = less(newer.underruns, older.underruns);
  return out;
}

// `recent`: how the peer's frames fared over the last seconds.
[[nodiscard]] Explanation explain(const CallStatus& status, const RecoveryFigures& recent,
                                  const DeviceHints& hints);

}  // namespace foyer::client
