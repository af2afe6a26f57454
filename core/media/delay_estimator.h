// How late packets come, relative to the fastest of the last two seconds: the quantile of that is
// what the jitter buffer must wait. Following the fastest packet also follows clock drift and
// changes of route. Media time and arrival time come from two clocks; only differences count.
// Value, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace foyer::media {

class DelayEstimator {
 public:
  // Transit of one packet: arrival minus media time, an arbitrary but constant offset included.
  // Packets may be reported out of order. Returns the delay relative to the fastest, >= 0.
  Duration onArrival(TimePoint arrivedAt, Duration transit);
  // Smallest transit of the window. Only after the first arrival.
  [[nodiscard]] Duration fastest() const { return m_fastest; }
  [[nodiscard]] bool hasBase() const { return m_hasBase; }
  // The relative delay that all but a small share of recent packets stay under; the upper edge of
  // a histogram bin, at most kMaxMeasured.
  [[nodiscard]] Duration quantile() const;
  // True once enough packets came for the quantile to mean something.
  [[nodiscard]] bool isSettled() const;
  // RFC 3550 section 6.4.1, in packet order of arrival.
  [[nodiscard]] Duration jitter() const { return m_jitter; }
  // The peer's timeline jumped: transits from before mean nothing. Keeps the histogram.
  void forgetBase();

  static constexpr Duration kBin = 5ms;
  static constexpr std::size_t kBins = 100;
  static constexpr Duration kMaxMeasured = kBin * kBins;

 private:
  void rotate(TimePoint now);

  // Window of the fastest transit: eight steps of 250 ms.
  static constexpr std::size_t kSteps = 8;
  static constexpr Duration kStep = 250ms;
  std::array<Duration, kSteps> m_stepMin{};
  std::array<bool, kSteps> m_stepUsed{};
  std::size_t m_step = 0;
  TimePoint m_stepEnds{};
  bool m_hasBase = false;
  Duration m_fastest{};

  std::array<float, kBins> m_histogram{};  // sums to 1 after the first packet
  std::uint32_t m_seen = 0;

  std::optional<Duration> m_lastTransit;
  Duration m_jitter{};
};

}  // namespace foyer::media
