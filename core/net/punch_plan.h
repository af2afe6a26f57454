// How two sides behind two NATs come together, decided on each side from the same two findings, so
// that both take the fitting part: plain punching, a port that the hard side tells in advance, many
// sockets against many ports (the birthday paradox; catalogue K-16), or the relay alone. Leaves out
// who measures (nat_check.h) and who sends (port_search.h). Values and pure functions.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/net/nat_report.h"
#include "core/wire/sealed_messages.h"

namespace foyer::net {

// What matters of a NAT for the other side of a call.
struct NatTraits {
  NatMapping mapping = NatMapping::Unknown;
  NatFiltering filtering = NatFiltering::Unknown;
  PortAllocation allocation;
  // That side takes part in the birthday strategy.
  bool triesPorts = false;
  bool operator==(const NatTraits&) const = default;
};
[[nodiscard]] NatTraits traitsOf(const NatReport& report, bool triesPorts);
// Words of a newer version, and numbers that no NAT has, mean: not known.
[[nodiscard]] NatTraits traitsOf(const wire::NatWords& words);
[[nodiscard]] wire::NatWords wordsOf(const NatTraits& traits);

enum class PunchStrategy : std::uint8_t {
  Plain,     // each sends to the address at which observers see the other
  Predict,   // the hard side tells which ports its NAT gives next
  Birthday,  // the hard side opens many ports, the easy side tries many
  BothHard,  // two ports would have to be guessed at once: the relay
  NotTried,  // birthday, but one side has that switched off: the relay
};
// "plain", "predict", "birthday", "both_hard", "not_tried".
[[nodiscard]] const char* toString(PunchStrategy strategy);

struct PunchPlan {
  PunchStrategy strategy = PunchStrategy::Plain;
  // Of Predict and Birthday: this side's NAT is the one with a port for each destination.
  bool isHardSide = false;
  bool operator==(const PunchPlan&) const = default;
};

// Plain punching is always tried beside it: there may be IPv6, one LAN or an opened port.
[[nodiscard]] PunchPlan planPunch(const NatTraits& own, const NatTraits& peer);

// --- Sizes

// Sockets of a prediction: their mappings are made in a row, so one of them falls on a predicted
// port even when others behind the NAT took some in between.
constexpr std::size_t kPredictSockets = 8;
// Every fourth port is told: two of the eight sockets fall on told ports, should one be lost.
constexpr std::size_t kPredictStep = 4;
// Half of what may be offered at all (wire::kMaxCandidates). Eight ports, four apart: the counter
// may go on by 28 between the measurement and the sending, half a round trip later.
constexpr std::size_t kPredictedPorts = 8;
static_assert(kPredictedPorts * kPredictStep <= kMaxPredictedPorts);

// 256 open ports of 64 512 are missed by 1024 different ones with a probability of 1.6 %.
constexpr std::size_t kBirthdaySockets = 256;
constexpr std::size_t kBirthdayProbes = 1024;
// Plain punching comes first; 16 round trips of a good network.
constexpr Duration kBirthdayAfter = 1s;

}  // namespace foyer::net
