#include "core/media/delay_estimator.h"

#include <algorithm>

namespace foyer::media {
namespace {

// Long enough for spikes that come every few seconds.
constexpr Duration kOwnMemory = 10s;
// Loss that goes on is judged over long enough to be sure …
constexpr Duration kSteadyMemory = 6s;
// … but when it begins or ends, what was before does not count any more.
constexpr Duration kRecentMemory = 1500ms;
constexpr double kBegins = 2;
constexpr double kBeginsShare = 0.08;
constexpr double kEnds = 0.125;
// Late packets cost one short slip each; this many are always covered …
constexpr double kAlwaysMissed = 0.012;
// … and more as long as each hundredth of them costs no more than so much delay.
constexpr double kNeverMissed = 0.0048;
constexpr Duration kLatePrice = 40ms;
// So little is waited for whatever came lately: on a line as steady as this nothing need be late.
constexpr Duration kFreeDepth = 14ms;
constexpr double kFreeMissed = 0.0004;
// What it is worth to get one hundredth of the frames back that never came by themselves: a fifth
// of all is waited 80 ms for, a hundredth 20 ms.
constexpr Duration kRecoveryPrice = 20ms;
// Below this share of recovered frames there is nothing to choose.
constexpr double kRecoveredWorthLooking = 0.004;
// A depth is left for another only if that is cheaper by this much, or close by.
constexpr double kDepthInertia = 3e6;
constexpr Duration kSameDepth = 8ms;
constexpr std::uint32_t kJudgeAfter = 10;
// A spell of lateness over this counts as a peak; one alone does not raise the target.
constexpr Duration kPeak = 40ms;
constexpr Duration kPeakPause = 300ms;
constexpr Duration kPeakIsOver = 500ms;
constexpr Duration kPeakIsLong = 1s;  // not a single stall: it counts as recurring
constexpr Duration kPeakMemory = 30s;
// The fastest packet became slower by this at once: another route. Delays from before mean nothing.
constexpr Duration kOtherRoute = 25ms;
constexpr double kRescaleAt = 1e9;

std::size_t binOf(Duration delay) {
  return static_cast<std::size_t>(std::clamp<Duration::rep>(
      delay / DelayHistogram::kBin, 0, static_cast<Duration::rep>(DelayHistogram::kBins) - 1));
}

Duration upperEdge(std::size_t bin) {
  return DelayHistogram::kBin * static_cast<Duration::rep>(bin + 1);
}

double ns(Duration d) { return static_cast<double>(d.count()); }

}  // namespace

void DelayHistogram::add(Duration delay, Duration length, Duration memory) {
  m_weight *= 1 + ns(length) / ns(memory);
  m_shares[binOf(delay)] += m_weight;
  m_total += m_weight;
  if (m_weight < kRescaleAt) return;
  for (double& share : m_shares) share /= m_weight;
  m_total /= m_weight;
  m_weight = 1;
}

void DelayHistogram::clear() { *this = {}; }

Duration DelayHistogram::quantile(double missed) const {
  double left = m_total;
  for (std::size_t i = 0; i < kBins; ++i) {
    left -= m_shares[i];
    if (left <= missed * m_total) return upperEdge(i);
  }
  return kMax;
}

DelayHistogram::Choice DelayHistogram::cheapest(Duration from, Duration to, Duration price) const {
  Choice best{from, 0};
  bool hasBest = false;
  double left = m_total;
  for (std::size_t i = 0; i < kBins; ++i) {
    left -= m_shares[i];
    const Duration depth = upperEdge(i);
    if (depth < from) continue;
    if (depth > to) break;
    const double cost = ns(depth) + 100 * ns(price) * left / m_total;
    if (hasBest && cost >= best.cost) continue;
    best = {depth, cost};
    hasBest = true;
  }
  return best;
}

double DelayHistogram::costOf(Duration depth, Duration price) const {
  return cheapest(depth, depth, price).cost;
}

void DelayEstimator::Firsts::add(Duration delay, Duration length, Version version,
                                 Duration memory) {
  delays.add(delay, length, memory);
  const double weight = std::min(1.0, ns(length) / ns(memory));
  recovered += weight * ((version == Version::Recovered ? 1 : 0) - recovered);
}

void DelayEstimator::rotate(TimePoint now) {
  if (now < m_stepEnds) return;
  if (now >= m_stepEnds + kStep * kSteps) {
    m_stepUsed.fill(false);
    m_stepEnds = now + kStep;
    return;
  }
  while (now >= m_stepEnds) {
    m_step = (m_step + 1) % kSteps;
    m_stepUsed[m_step] = false;
    m_stepEnds += kStep;
  }
}

void DelayEstimator::onArrival(TimePoint arrivedAt, Duration transit) {
  if (m_lastTransit) {
    const Duration change =
        transit > *m_lastTransit ? transit - *m_lastTransit : *m_lastTransit - transit;
    m_jitter += (std::min(change, DelayHistogram::kMax) - m_jitter) / 16;
  }
  m_lastTransit = transit;

  if (!m_hasBase) m_stepEnds = arrivedAt + kStep;
  rotate(arrivedAt);
  m_stepMin[m_step] = m_stepUsed[m_step] ? std::min(m_stepMin[m_step], transit) : transit;
  m_stepUsed[m_step] = true;
  const Duration before = m_fastest;
  m_fastest = transit;
  for (std::size_t i = 0; i < kSteps; ++i)
    if (m_stepUsed[i]) m_fastest = std::min(m_fastest, m_stepMin[i]);
  if (m_hasBase && m_fastest - before > kOtherRoute) {
    m_own.clear();
    m_calm.clear();
    m_peakCount = 0;
  }
  m_hasBase = true;
}

void DelayEstimator::onPlayable(TimePoint at, Duration delay, Duration length, Version version) {
  m_isChanged = true;
  ++m_seen;
  m_heard += length;
  m_steady.add(delay, length, version, kSteadyMemory);
  m_recent.add(delay, length, version, kRecentMemory);
  noteRecovery();
  if (version == Version::Recovered) return;
  m_own.add(delay, length, kOwnMemory);
  if (delay > kPeak) {
    notePeak(at, delay);
  } else {
    m_calm.add(delay, length, kOwnMemory);
  }
}

void DelayEstimator::noteRecovery() {
  const bool hasBegun =
      m_recent.recovered > kBeginsShare && m_recent.recovered > kBegins * m_steady.recovered;
  const bool hasEnded = m_recent.recovered < kEnds * m_steady.recovered &&
                        m_steady.recovered > kRecoveredWorthLooking;
  if (hasBegun || hasEnded) m_steady = m_recent;
}

void DelayEstimator::notePeak(TimePoint at, Duration delay) {
  if (m_peakCount > 0) {
    Peak& last = m_peaks[(m_peakCount - 1) % kPeaks];
    if (at < last.ended + kPeakPause) {
      last.ended = std::max(last.ended, at);
      last.height = std::max(last.height, delay);
      return;
    }
  }
  m_peaks[m_peakCount++ % kPeaks] = {at, at, delay};
}

// The height that lateness reached at least twice, or for long, in the last half minute.
Duration DelayEstimator::highestRecurring(TimePoint now) const {
  // Not before it is over: nobody knows yet what this is.
  if (m_peakCount > 0 && now - m_peaks[(m_peakCount - 1) % kPeaks].ended < kPeakIsOver)
    return DelayHistogram::kMax;
  Duration highest = kPeak;
  Duration second = kPeak;
  for (std::size_t i = 0; i < std::min(m_peakCount, kPeaks); ++i) {
    const Peak& peak = m_peaks[i];
    if (now - peak.ended > kPeakMemory) continue;
    if (peak.ended - peak.begun > kPeakIsLong) second = std::max(second, peak.height);
    second = std::max(second, std::min(highest, peak.height));
    highest = std::max(highest, peak.height);
  }
  return second;
}

bool DelayEstimator::isSettled() const { return m_seen >= kJudgeAfter; }

void DelayEstimator::judge(TimePoint now) {
  if (!m_isChanged) return;
  m_isChanged = false;
  m_wanted = Duration{0};
  if (!m_own.isEmpty()) {
    const Duration recurring = highestRecurring(now);
    const DelayHistogram& own = recurring <= kPeak && !m_calm.isEmpty() ? m_calm : m_own;
    const Duration least = own.quantile(kAlwaysMissed);
    const Duration most = own.quantile(kNeverMissed);
    const Duration all = own.quantile(kFreeMissed);
    m_wanted =
        all <= kFreeDepth ? all : std::min(own.cheapest(least, most, kLatePrice).depth, recurring);
  }
  if (m_steady.recovered < kRecoveredWorthLooking) {
    m_depth = Duration{0};
    return;
  }
  const auto best = m_steady.delays.cheapest(Duration{0}, DelayHistogram::kMax, kRecoveryPrice);
  const Duration change = best.depth > m_depth ? best.depth - m_depth : m_depth - best.depth;
  if (m_depth == Duration{0} || change <= kSameDepth ||
      best.cost + kDepthInertia < m_steady.delays.costOf(m_depth, kRecoveryPrice))
    m_depth = best.depth;
  m_wanted = std::max(m_wanted, m_depth);
}

void DelayEstimator::forgetBase() {
  m_hasBase = false;
  m_stepUsed.fill(false);
  m_lastTransit.reset();
}

}  // namespace foyer::media
