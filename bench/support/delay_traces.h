// One-way delays of four kinds of network, a packet of 20 ms each, and two buffers to compare with:
// the best fixed one, known in hindsight, and one that decides as NetEq does. Parameters vary with
// the seed, so that nothing is fitted to one trace.
#pragma once

#include <cstdint>
#include <vector>

namespace foyer::bench {

enum class TraceKind { Lan, WifiSpikes, LteDrift, VpnBursts };
constexpr TraceKind kTraceKinds[] = {TraceKind::Lan, TraceKind::WifiSpikes, TraceKind::LteDrift,
                                     TraceKind::VpnBursts};
[[nodiscard]] const char* toString(TraceKind kind);

// What seed 0 draws is the plain case of each kind; others differ in height, frequency and shape.
// Milliseconds.
[[nodiscard]] std::vector<double> delayTrace(TraceKind kind, std::uint64_t seed,
                                             std::size_t packets);

struct BufferResult {
  double meanMs = 0;     // delay over the fastest packet of the trace, packet time not included
  double lateShare = 0;  // of the packets
};
// The least constant delay that leaves at most `late` of the packets behind.
[[nodiscard]] BufferResult fixedOracle(const std::vector<double>& trace, double late);
// NetEq's target (quantile of half-second maxima in bins of 20 ms) and steering (a period of 8 ms
// at most every 60 ms), sound left out.
[[nodiscard]] BufferResult netEqLike(const std::vector<double>& trace);

}  // namespace foyer::bench
