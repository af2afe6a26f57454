#include "bench/support/delay_traces.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/random.h"

namespace foyer::bench {
namespace {

constexpr double kPacketMs = 20;

double exponential(SeededRandom& random, double mean) {
  return -mean * std::log(1 - random.unit());
}
double between(SeededRandom& random, double low, double high) {
  return low + (high - low) * random.unit();
}
// 1 for the plain case, else 1 +- `range`.
double varied(SeededRandom& random, std::uint64_t seed, double range) {
  const double factor = between(random, 1 - range, 1 + range);
  return seed == 0 ? 1 : factor;
}

// The line stands still now and then; what was sent meanwhile comes at once afterwards.
struct Stalls {
  double low, high, pauseMs;
};
void addStalls(std::vector<double>& trace, const Stalls& stalls, SeededRandom& random) {
  double next = exponential(random, stalls.pauseMs);
  double until = 0;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const double sent = static_cast<double>(i) * kPacketMs;
    if (sent >= next) {
      until = next + between(random, stalls.low, stalls.high);
      next = until + exponential(random, stalls.pauseMs);
    }
    if (sent < until) trace[i] += until - sent;
  }
}

void keepOrder(std::vector<double>& trace) {
  for (std::size_t i = 1; i < trace.size(); ++i)
    trace[i] = std::max(trace[i], trace[i - 1] - kPacketMs);
}

std::vector<double> wifi(SeededRandom& random, std::uint64_t seed, std::size_t packets) {
  std::vector<double> trace(packets);
  const double jitter = 1.2 * varied(random, seed, 0.5);
  for (double& delay : trace) delay = 3 + exponential(random, jitter);
  const double high = 88 * varied(random, seed, 0.1);
  const double pause = 850 * varied(random, seed, 0.4);
  if (seed % 3 == 2) {
    // Single packets are hit, and overtaken.
    const double share = 0.022 * varied(random, seed, 0.4);
    for (double& delay : trace)
      if (random.unit() < share) delay += between(random, 30, 80);
    return trace;
  }
  addStalls(trace, {30, high, pause}, random);
  keepOrder(trace);
  return trace;
}

std::vector<double> lte(SeededRandom& random, std::uint64_t seed, std::size_t packets) {
  std::vector<double> trace(packets);
  const double height = 39 * varied(random, seed, 0.2);
  const double period = 24 * varied(random, seed, 0.5);
  const double jitter = 1.5 * varied(random, seed, 0.6);
  const bool isWalk = seed % 3 == 2;
  double walk = height;
  double slope = 0;
  for (std::size_t i = 0; i < packets; ++i) {
    const double seconds = static_cast<double>(i) * kPacketMs / 1000;
    slope = 0.98 * slope + 0.25 * (random.unit() - 0.5);
    walk += slope;
    if (walk < 0 || walk > 2 * height) slope = -slope;
    walk = std::clamp(walk, 0.0, 2 * height);
    const double drift =
        isWalk ? walk : height * (1 + std::sin(2 * std::numbers::pi * seconds / period));
    trace[i] = 35 + drift + exponential(random, jitter);
  }
  keepOrder(trace);
  return trace;
}

std::vector<double> vpn(SeededRandom& random, std::uint64_t seed, std::size_t packets) {
  std::vector<double> trace(packets);
  const double jitter = 2 * varied(random, seed, 0.5);
  for (double& delay : trace) delay = 20 + exponential(random, jitter);
  const double high = 300 * varied(random, seed, 0.1);
  const double low = 50 * varied(random, seed, 0.8);
  const double pause = 2150 * varied(random, seed, 0.3);
  addStalls(trace, {low, high, pause}, random);
  keepOrder(trace);
  return trace;
}

}  // namespace

const char* toString(TraceKind kind) {
  switch (kind) {
    case TraceKind::Lan:
      return "LAN";
    case TraceKind::WifiSpikes:
      return "Wi-Fi spikes";
    case TraceKind::LteDrift:
      return "LTE drift";
    case TraceKind::VpnBursts:
      return "VPN bursts";
  }
  return "?";
}

std::vector<double> delayTrace(TraceKind kind, std::uint64_t seed, std::size_t packets) {
  SeededRandom random(1000 * static_cast<std::uint64_t>(kind) + seed);
  switch (kind) {
    case TraceKind::Lan: {
      std::vector<double> trace(packets);
      const double jitter = 0.4 * varied(random, seed, 0.7);
      for (double& delay : trace) delay = 0.5 + exponential(random, jitter);
      return trace;
    }
    case TraceKind::WifiSpikes:
      return wifi(random, seed, packets);
    case TraceKind::LteDrift:
      return lte(random, seed, packets);
    case TraceKind::VpnBursts:
      return vpn(random, seed, packets);
  }
  return {};
}

BufferResult fixedOracle(const std::vector<double>& trace, double late) {
  std::vector<double> sorted = trace;
  std::sort(sorted.begin(), sorted.end());
  const auto left = static_cast<std::size_t>(late * static_cast<double>(sorted.size()));
  return {sorted[sorted.size() - 1 - left] - sorted.front(),
          static_cast<double>(left) / static_cast<double>(sorted.size())};
}

BufferResult netEqLike(const std::vector<double>& trace) {
  constexpr std::size_t kBuckets = 100;
  constexpr double kBucketMs = 20;
  std::array<double, kBuckets> histogram{};
  int maxima = 0;
  double windowMax = 0;
  double windowEnds = 500;
  double target = 80;
  double delay = 80;  // of what is played next, over the fastest transit of the last two seconds
  double sinceStretch = 0;
  double sum = 0;
  std::size_t late = 0;
  const double fastest = *std::min_element(trace.begin(), trace.end());
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const std::size_t from = i < 100 ? 0 : i - 100;
    const double base = *std::min_element(trace.begin() + static_cast<std::ptrdiff_t>(from),
                                          trace.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    const double relative = trace[i] - base;
    const double sent = static_cast<double>(i) * kPacketMs;
    windowMax = std::max(windowMax, relative);
    if (sent >= windowEnds) {
      ++maxima;
      const double keep = std::min(0.983, 1 - 2.0 / (maxima + 1));
      for (double& share : histogram) share *= keep;
      const auto bucket = std::min(static_cast<std::size_t>(windowMax / kBucketMs), kBuckets - 1);
      histogram[bucket] += 1 - keep;
      double covered = 0;
      for (std::size_t b = 0; b < kBuckets && covered < 0.95; ++b) {
        covered += histogram[b];
        target = kBucketMs * static_cast<double>(b + 1);
      }
      windowMax = 0;
      windowEnds += 500;
    }
    // Late: sound is invented in blocks of 10 ms until it is there, and everything slips.
    if (relative > delay) {
      ++late;
      delay += std::ceil((relative - delay) / 10) * 10;
    }
    sinceStretch += kPacketMs;
    if (sinceStretch >= 60) {
      if (delay >= target + 20) delay -= 8;
      if (delay < target) delay += 8;
      if (delay >= target + 20 || delay < target) sinceStretch = 0;
    }
    sum += delay + base - fastest;
  }
  const auto count = static_cast<double>(trace.size());
  return {sum / count, static_cast<double>(late) / count};
}

}  // namespace foyer::bench
