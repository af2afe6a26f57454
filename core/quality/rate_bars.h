// What is known not to fit the way: the newest rates of two packets sent at once (media_stats.h),
// and what was too much at the last falls, barred for a while. Value, no thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "core/base/time.h"

namespace foyer::quality {

class RateBars {
 public:
  RateBars();

  void onPair(TimePoint now, int bps);
  // `failedBps` was too much. `isLow`: tiers where a few bits gain much and trying them costs
  // little are tried again sooner; each further failure doubles the wait.
  void onFall(TimePoint now, int failedBps, bool isLow);
  // Anything was too much: what pairs show right after it is the way's share of that moment.
  void noteFall(TimePoint now) { m_fellAt = now; }
  // The way itself became longer, and nothing was too much.
  void lift() { m_low.bar = m_high.bar = {}; }
  // Of a probe that did not hold: when the next may come.
  [[nodiscard]] TimePoint nextProbe(TimePoint now);
  void onNetworkChanged() { *this = RateBars(); }

  // The best of the newest pairs; nullopt when too few are known.
  [[nodiscard]] std::optional<int> bestPair(TimePoint now) const;
  // Room for what is sent, by the pairs; nullopt = not known.
  [[nodiscard]] std::optional<int> pairLimitBps() const { return m_pairLimitBps; }
  // 0 = none so far.
  [[nodiscard]] int lastPairBps() const { return m_lastPairBps; }
  // Nothing shows that so much could fit.
  [[nodiscard]] bool isRuledOut(TimePoint now, int wireBps) const;

 private:
  struct Pair {
    TimePoint at{};
    int bps = 0;
  };
  struct Bar {
    int bps = 0;
    TimePoint until{};
  };
  struct Barred {
    Bar bar;
    Duration cooldown{};
  };
  static constexpr std::size_t kPairs = 5;
  std::array<Pair, kPairs> m_pairs{};
  std::size_t m_nextPair = 0;
  int m_lastPairBps = 0;
  std::optional<int> m_pairLimitBps;
  TimePoint m_fellAt{};
  // The best pair right after the last fall: a link that others share shows more than this call may
  // have.
  int m_pairAfterFall = 0;
  Barred m_low, m_high;
};

}  // namespace foyer::quality
