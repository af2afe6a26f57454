#include "core/quality/rate_bars.h"

#include <algorithm>

namespace foyer::quality {
namespace {

// What two packets sent at once show is the whole link; others and acknowledgements use it too.
constexpr double kPairMargin = 1.15;
constexpr Duration kPairValid = 8s;
constexpr Duration kPairSettles = 1500ms, kPairSettled = 6s;
// What failed, or nearly as much, is not tried again for the cooldown, unless the link grew.
constexpr double kBarredFrom = 0.95;
constexpr double kHasGrown = 1.5;
constexpr Duration kFirstCooldown = 60s;
constexpr Duration kLastCooldown = 600s;
// In the lowest tiers a few bits gain much, and trying them costs little.
constexpr Duration kLowCooldown = 10s;

}  // namespace

RateBars::RateBars() {
  m_low.cooldown = kLowCooldown;
  m_high.cooldown = kFirstCooldown;
}

void RateBars::onPair(TimePoint now, int bps) {
  m_pairs[m_nextPair] = {now, bps};
  m_nextPair = (m_nextPair + 1) % kPairs;
  m_lastPairBps = bps;
  const auto best = bestPair(now);
  m_pairLimitBps = best ? std::optional(static_cast<int>(*best / kPairMargin)) : std::nullopt;
  // The best of some: others in the same queue make two packets come further apart.
  if (now - m_fellAt >= kPairSettles && now - m_fellAt < kPairSettled)
    m_pairAfterFall = std::max(m_pairAfterFall, bps);
}

void RateBars::onFall(TimePoint now, int failedBps, bool isLow) {
  Barred& barred = isLow ? m_low : m_high;
  const Duration first = isLow ? kLowCooldown : kFirstCooldown;
  if (now >= barred.bar.until + barred.cooldown) barred.cooldown = first;
  barred.bar = {failedBps, now + barred.cooldown};
  barred.cooldown = std::min(barred.cooldown * 2, isLow ? kFirstCooldown : kLastCooldown);
  m_pairAfterFall = 0;
}

TimePoint RateBars::nextProbe(TimePoint now) {
  const TimePoint next = now + m_high.cooldown;
  m_high.cooldown = std::min(m_high.cooldown * 2, kLastCooldown);
  return next;
}

std::optional<int> RateBars::bestPair(TimePoint now) const {
  int best = 0, known = 0;
  for (const Pair& pair : m_pairs) {
    if (pair.bps == 0 || now - pair.at > kPairValid) continue;
    best = std::max(best, pair.bps);
    ++known;
  }
  return known >= 2 ? std::optional(best) : std::nullopt;
}

bool RateBars::isRuledOut(TimePoint now, int wireBps) const {
  const auto pair = bestPair(now);
  if (pair && *pair < wireBps * kPairMargin) return true;
  const auto bars = [&](const Bar& bar) {
    return now < bar.until && wireBps >= bar.bps * kBarredFrom;
  };
  if (!bars(m_low.bar) && !bars(m_high.bar)) return false;
  const bool hasGrown = now - m_fellAt >= kPairSettled && pair && m_pairAfterFall > 0 &&
                        *pair > m_pairAfterFall * kHasGrown;
  return !hasGrown;
}

}  // namespace foyer::quality
