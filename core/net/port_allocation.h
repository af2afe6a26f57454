// How a NAT chooses external ports, from what observers saw, and which ports come next. Pure
// functions. Leaves out who observed what and whether to believe it (nat_check.h). Ports follow one
// another when each was a new mapping; that is for the caller to see to.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace foyer::net {

enum class PortPattern : std::uint8_t {
  Unknown,     // too few mappings
  Preserving,  // the external port is the internal one
  Sequential,  // each mapping takes the next port, `delta` further
  Random,
};
// "unknown", "preserving", "sequential", "random".
[[nodiscard]] const char* toString(PortPattern pattern);

struct PortAllocation {
  PortPattern pattern = PortPattern::Unknown;
  // Sequential: −kMaxPortDelta…kMaxPortDelta, not 0. Else 0.
  int delta = 0;
  bool operator==(const PortAllocation&) const = default;
};

// One mapping: the port of the socket and the port an observer saw.
struct PortSample {
  std::uint16_t local = 0;
  std::uint16_t mapped = 0;
};

// Of the mappings (or of the steps between them) so many per cent must fit a pattern.
constexpr unsigned kPortPatternPercent = 60;
// Fewer mappings prove nothing about an order.
constexpr std::size_t kMinPortSamples = 3;
// More are not looked at.
constexpr std::size_t kMaxPortSamples = 64;
// The widest step that still counts as one. Blocks of ports (RFC 7422) are wider, and look random.
constexpr int kMaxPortDelta = 32;
// A step may be so many deltas wide, because others allocate in between.
constexpr int kMaxPortSkips = 8;
// External ports below are not handed out by NATs and not probed by us.
constexpr std::uint16_t kFirstExternalPort = 1024;
constexpr std::size_t kMaxPredictedPorts = 64;

// `samples` in the order in which the mappings were made. The same mapping seen twice counts once.
[[nodiscard]] PortAllocation classifyPortAllocation(std::span<const PortSample> samples);
// The same for one socket that asked several destinations.
[[nodiscard]] PortAllocation classifyPortAllocation(std::uint16_t localPort,
                                                    std::span<const std::uint16_t> mappedPorts);

// The ports that mappings made after `last` get, most likely first, at most `count` and
// kMaxPredictedPorts; past the end they go on at the other end. Preserving: `last` alone, which is
// then the port of the socket. Empty for Random, Unknown and a delta that is none.
[[nodiscard]] std::vector<std::uint16_t> predictPorts(std::uint16_t last,
                                                      const PortAllocation& allocation,
                                                      std::size_t count);

}  // namespace foyer::net
