#include "core/net/port_allocation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace foyer::net {

namespace {

constexpr int kPorts = 65536;
constexpr int kExternalPorts = kPorts - kFirstExternalPort;

bool isMost(std::size_t fitting, std::size_t all) {
  return all != 0 && fitting * 100 >= all * kPortPatternPercent;
}

// How far apart in the direction of `delta`, as steps of a counter that goes around over all ports
// or over the external ones.
std::array<int, 2> distances(std::uint16_t from, std::uint16_t to, int delta) {
  const int plain = delta > 0 ? to - from : from - to;
  if (plain >= 0) return {plain, plain};
  return {plain + kPorts, plain + kExternalPorts};
}

bool isStep(std::uint16_t from, std::uint16_t to, int delta) {
  const int width = std::abs(delta);
  for (const int distance : distances(from, to, delta))
    if (distance > 0 && distance % width == 0 && distance / width <= kMaxPortSkips) return true;
  return false;
}

std::vector<PortSample> distinct(std::span<const PortSample> samples) {
  std::vector<PortSample> kept;
  for (const PortSample& sample : samples.first(std::min(samples.size(), kMaxPortSamples))) {
    const bool isAgain = std::any_of(kept.begin(), kept.end(), [&](const PortSample& k) {
      return k.local == sample.local && k.mapped == sample.mapped;
    });
    if (!isAgain) kept.push_back(sample);
  }
  return kept;
}

}  // namespace

const char* toString(PortPattern pattern) {
  switch (pattern) {
    case PortPattern::Unknown:
      return "unknown";
    case PortPattern::Preserving:
      return "preserving";
    case PortPattern::Sequential:
      return "sequential";
    case PortPattern::Random:
      return "random";
  }
  return "unknown";
}

PortAllocation classifyPortAllocation(std::span<const PortSample> samples) {
  const std::vector<PortSample> mappings = distinct(samples);
  const auto kept = static_cast<std::size_t>(
      std::count_if(mappings.begin(), mappings.end(),
                    [](const PortSample& sample) { return sample.mapped == sample.local; }));
  // By chance a port is kept once in 64 000 times, so here one mapping is enough.
  if (isMost(kept, mappings.size())) return {PortPattern::Preserving, 0};
  if (mappings.size() < kMinPortSamples) return {};

  PortAllocation best{PortPattern::Random, 0};
  std::size_t bestFitting = 0;
  for (int width = kMaxPortDelta; width >= 1; --width)
    for (const int delta : {width, -width}) {
      std::size_t fitting = 0;
      for (std::size_t i = 1; i < mappings.size(); ++i)
        fitting += isStep(mappings[i - 1].mapped, mappings[i].mapped, delta) ? 1 : 0;
      // Of equal ones the widest: steps of 2, 2 and 4 fit a delta of 1 as well, but that would
      // spend half of all predictions on ports the NAT passes over.
      if (!isMost(fitting, mappings.size() - 1) || fitting <= bestFitting) continue;
      best = {PortPattern::Sequential, delta};
      bestFitting = fitting;
    }
  return best;
}

PortAllocation classifyPortAllocation(std::uint16_t localPort,
                                      std::span<const std::uint16_t> mappedPorts) {
  std::vector<PortSample> samples;
  for (const std::uint16_t mapped :
       mappedPorts.first(std::min(mappedPorts.size(), kMaxPortSamples)))
    samples.push_back({localPort, mapped});
  return classifyPortAllocation(samples);
}

std::vector<std::uint16_t> predictPorts(std::uint16_t last, const PortAllocation& allocation,
                                        std::size_t count) {
  count = std::min(count, kMaxPredictedPorts);
  std::vector<std::uint16_t> ports;
  switch (allocation.pattern) {
    case PortPattern::Unknown:
    case PortPattern::Random:
      return ports;
    case PortPattern::Preserving:
      if (count > 0) ports.push_back(last);
      return ports;
    case PortPattern::Sequential:
      break;
  }
  // It may come from a peer.
  if (allocation.delta == 0 || allocation.delta < -kMaxPortDelta ||
      allocation.delta > kMaxPortDelta)
    return ports;
  int port = last;
  while (ports.size() < count) {
    port += allocation.delta;
    if (port >= kPorts) port -= kExternalPorts;
    if (port < kFirstExternalPort) port += kExternalPorts;
    ports.push_back(static_cast<std::uint16_t>(port));
  }
  return ports;
}

}  // namespace foyer::net
