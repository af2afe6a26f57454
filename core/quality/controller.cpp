#include "core/quality/controller.h"

#include <algorithm>

namespace foyer::quality {
namespace {

// Delay from which a queue is filling, and below which there is none.
constexpr Duration kQueueFills = 60ms;
constexpr Duration kQueueStands = 100ms;
constexpr Duration kNoQueue = 40ms;
constexpr Duration kStandsTooLong = 1500ms;
// Less of what was sent arrives than this: the way is the limit, and not a slow change of delay.
constexpr double kArrivesAll = 0.93;
// A way with a short queue loses packets instead; its delay is then above its jitter all the same.
constexpr double kQueueLoss = 0.10;
constexpr Duration kShortQueue = 30ms;
// As much arrives as two packets sent at once say the link can carry, and not all of it: it is
// full.
constexpr double kFull = 0.88, kFullLoss = 0.05;
// What is sent after a fall, of what the way carries: the queue must drain.
constexpr double kBelowCapacity = 0.85;
// Delay that stayed this long after a fall, within the margin, belongs to the way.
constexpr Duration kBaselineAfter = 2500ms;
constexpr Duration kBaselineMargin = 20ms;
// Tier changes of a call are at least this far apart (catalogue B-31).
constexpr Duration kChangesApart = 3s;
// Loss that a studio tier does not stand: copies need its bits (reports in a row).
constexpr double kTooLossyForStudio = 0.05;
constexpr int kLossyReports = 3;
// Upwards, catalogue W-096, W-099 and K-26.
constexpr Duration kGoodFor = 5s;
constexpr Duration kGoodForStudio = 10s;
constexpr double kCleanLoss = 0.01;
constexpr Duration kStableFor = 30s;
constexpr Duration kProbeFor = 5s;
constexpr int kProbeMayBeBad = 1;
constexpr Duration kFirstRetry = 5s;
constexpr Duration kLastRetry = 60s;
// A rise that lasted this long has held.
constexpr Duration kHeldFor = 10s;
constexpr double kCarriedMargin = 1.02;
constexpr double kPlainlyRoom = 3.0;
// In the lowest tiers a few bits gain much, and trying them costs little.
constexpr Duration kLowStableFor = 8s;
// The rate of what arrives means little in the first moments of a call.
constexpr Duration kSettlingIn = 2s;
constexpr double kLeastShare = 0.45;
// A bound on redundancy is lifted by this much with each good report.
constexpr double kLimitGrows = 1.15;
constexpr double kLimitGone = 3.0;
// Reports are counted once in this; urgent ones come oftener.
constexpr Duration kRegular = 700ms;
// Nothing heard for this long while we send: the way back or the way there is choked.
constexpr Duration kSilence = 4500ms;
// Reports come every two seconds on a narrow way, and some of them may be lost.
constexpr Duration kNarrowSilence = 6s;
// Who sends little is asked last: of two calls in one queue the larger gives way first.
constexpr Duration kPatienceSparse = 500ms;
constexpr Duration kPatienceLow = 1000ms;
constexpr Duration kPatienceLowest = 1500ms;
// Steps above Good are at least this far apart: a call is not a row of experiments.
constexpr Duration kStudioStepsApart = 60s;

int bps(double kbps) { return static_cast<int>(std::min(kbps, 1e6) * 1000); }

bool isStudio(wire::Tier tier) { return isAbove(tier, wire::Tier::Good); }

}  // namespace

const char* toString(Cause cause) {
  switch (cause) {
    case Cause::Start:
      return "start";
    case Cause::Choice:
      return "choice";
    case Cause::PeerLimit:
      return "peer_limit";
    case Cause::Loss:
      return "loss";
    case Cause::Delay:
      return "delay";
    case Cause::Capacity:
      return "capacity";
    case Cause::Recovered:
      return "recovered";
    case Cause::Probe:
      return "probe";
    case Cause::Network:
      return "network";
    case Cause::Metered:
      return "metered";
  }
  return "start";
}

QualityController::QualityController(TimePoint now, const ControllerSettings& settings)
    : m_settings(settings),
      m_began(now),
      m_lastReport(now),
      m_stableSince(now),
      m_retryAfter(kFirstRetry) {
  m_tier = ceiling();
  if (isAuto() && isAbove(m_tier, wire::Tier::Good)) m_tier = wire::Tier::Good;
  m_plan = planOf(m_tier);
  m_planSince = now;
  m_previousBps = m_plan.wireBps();
}

wire::Tier QualityController::ceiling() const {
  wire::Tier tier =
      effectiveTier(m_settings.choice.value_or(wire::Tier::Studio64), m_settings.capability);
  if (isAuto() && m_settings.isMetered && isStudio(tier)) tier = wire::Tier::Good;
  return tier;
}

SendPlan QualityController::planOf(wire::Tier tier) const {
  const auto pairLimit = m_bars.pairLimitBps();
  return planFor(tier, m_tuner.wanted(), m_tuner.picture(),
                 {.maxPayloadBps = m_settings.maxPayloadBps,
                  .maxWireBps = pairLimit && m_limitBps ? std::min(*pairLimit, *m_limitBps)
                                : pairLimit             ? pairLimit
                                                        : m_limitBps,
                  .isLowDelay = m_settings.isLowDelay,
                  .isSparse = m_isSparse});
}

int QualityController::barestBps(Step step) const {
  return planFor(step.tier, Redundancy::None, {},
                 {.isLowDelay = m_settings.isLowDelay, .isSparse = step.isSparse})
      .wireBps();
}

int QualityController::wantedBps(Step step) const {
  return planFor(step.tier, m_tuner.wanted(), m_tuner.picture(),
                 {.maxPayloadBps = m_settings.maxPayloadBps,
                  .isLowDelay = m_settings.isLowDelay,
                  .isSparse = step.isSparse})
      .wireBps();
}

void QualityController::replan(TimePoint now) {
  const SendPlan plan = m_probe ? m_probe->plan : planOf(m_tier);
  if (plan == m_plan) return;
  m_previousBps = m_plan.wireBps();
  m_plan = plan;
  m_planSince = now;
}

int QualityController::sentBps(TimePoint now) const {
  return now - m_planSince < kPlanArrives ? m_previousBps : m_plan.wireBps();
}

bool QualityController::mayChange(TimePoint now) const {
  return !m_changedAt || now - *m_changedAt >= kChangesApart;
}

bool QualityController::setTier(TimePoint now, wire::Tier tier, Cause cause) {
  if (tier == m_tier) return false;
  m_tier = tier;
  m_isSparse = isAbove(wire::Tier::Good, tier);
  m_cause = cause;
  m_changedAt = now;
  ++m_changes;
  m_stableSince = now;
  m_goodSince.reset();
  m_probe.reset();
  return true;
}

void QualityController::configure(TimePoint now, const ControllerSettings& settings) {
  if (settings == m_settings) return;
  const bool wasAuto = isAuto();
  const bool isNewChoice = settings.choice != m_settings.choice;
  const bool isMeteredNow = settings.isMetered && !m_settings.isMetered;
  m_settings = settings;
  m_probe.reset();
  const wire::Tier highest = ceiling();
  if (!isAuto()) {
    setTier(now, highest, *m_settings.choice == highest ? Cause::Choice : Cause::PeerLimit);
  } else if (!wasAuto) {
    // From a choice back to auto: from where it stands, but not above Good without proof.
    if (isStudio(m_tier)) setTier(now, wire::Tier::Good, Cause::Choice);
  } else if (isAbove(m_tier, highest)) {
    setTier(now, highest, isMeteredNow ? Cause::Metered : Cause::PeerLimit);
  }
  if (isNewChoice) m_cause = Cause::Choice;
  replan(now);
}

void QualityController::onNetworkChanged(TimePoint now) {
  m_tuner.onNetworkChanged(now);
  m_carriedBps = 0;
  m_baseline = {};
  m_capacityBps.reset();
  m_limitBps.reset();
  m_hold.onNetworkChanged();
  m_bars.onNetworkChanged();
  m_goodSince.reset();
  m_cleanSince.reset();
  m_standingSince.reset();
  m_probe.reset();
  m_stableSince = now;
  m_lastReport = now;
  m_retryAfter = kFirstRetry;
  if (isAuto() && mayChange(now)) {
    const auto lower = isStudio(m_tier) ? std::optional(wire::Tier::Good) : oneDown(m_tier);
    // Carefully, but not into the tiers that are hard to understand.
    if (lower && isAbove(*lower, wire::Tier::Degraded)) setTier(now, *lower, Cause::Network);
  }
  replan(now);
}

void QualityController::noteQueue(TimePoint now, const SenderView& view) {
  m_queueBefore = m_queue;
  const Duration measured = view.queueingDelay;
  if (measured < m_baseline) m_baseline = measured;
  m_queue = measured - m_baseline;
  if (m_queue < kQueueFills) {
    m_standingSince.reset();
    m_standingFall.reset();
  } else if (!m_standingSince || m_queue + kBaselineMargin < m_queueBefore) {
    m_standingSince = now;
    m_standingFall.reset();
  }
  // Sending less did not shorten it: the way itself became longer, and nothing was too much.
  if (m_standingFall && now - *m_standingFall >= kBaselineAfter && !m_hold.isBlind(now)) {
    m_baseline = measured;
    m_queue = {};
    m_bars.lift();
    m_standingSince.reset();
    m_standingFall.reset();
  }
}

bool QualityController::isCongested(TimePoint now, const SenderView& view) const {
  const bool isFalling = m_queue + 10ms < m_queueBefore;
  if (isFalling || m_hold.isBlind(now)) return false;
  const bool arrivesLess =
      view.deliveredKbps && bps(*view.deliveredKbps) < sentBps(now) * kArrivesAll;
  // A queue that was full from the start has no delay to compare with; it drops instead.
  if (view.lossShare >= kFullLoss && view.deliveredKbps && m_bars.lastPairBps() > 0 &&
      bps(*view.deliveredKbps) >= m_bars.lastPairBps() * kFull)
    return true;
  if (m_queue >= kQueueFills && (arrivesLess || view.lossShare >= kQueueLoss)) return true;
  if (m_queue >= kQueueStands && m_standingSince && now - *m_standingSince >= kStandsTooLong)
    return true;
  return view.lossShare >= kQueueLoss && arrivesLess &&
         m_queue >= std::max(kShortQueue, 2 * view.jitter) &&
         m_queueBefore >= std::max(kShortQueue, 2 * view.jitter);
}

void QualityController::fall(TimePoint now, const SenderView& view) {
  const int sent = sentBps(now);
  int carried = view.deliveredKbps ? std::min(bps(*view.deliveredKbps), sent) : sent / 2;
  if (now - m_began < kSettlingIn)
    carried = std::max(carried, static_cast<int>(sent * kLeastShare));
  m_capacityBps = carried;
  m_limitBps = static_cast<int>(carried * kBelowCapacity);
  m_goodSince.reset();
  m_stableSince = now;
  if (m_probe) {
    // The extra packets were too much, not what was sent before.
    endProbe(now, false);
    replan(now);
    return;
  }
  if (m_hasRisen) {
    // What was returned to did not hold.
    m_hasRisen = false;
    m_retryAt = now + m_retryAfter;
    m_retryAfter = std::min(m_retryAfter * 2, kLastRetry);
  }
  if (isAuto() && mayChange(now)) {
    Step step{m_tier, m_isSparse};
    while (barestBps(step) > *m_limitBps) {
      if (step.tier == wire::Tier::Good && !step.isSparse) {
        step.isSparse = true;
        continue;
      }
      const auto lower = oneDown(step.tier);
      if (!lower || effectiveTier(*lower, m_settings.capability) != *lower) break;
      // The last step is hard to understand: only when the one above it proved too much.
      if (*lower == wire::Tier::Catastrophic && m_tier != wire::Tier::Degraded) break;
      step = {*lower};
    }
    if (isAbove(m_tier, step.tier) || step.isSparse != m_isSparse)
      m_bars.onFall(now, sent, isAbove(wire::Tier::Good, m_tier));
    setTier(now, step.tier, m_queue >= kQueueFills ? Cause::Delay : Cause::Capacity);
    if (step.tier == wire::Tier::Good) m_isSparse = step.isSparse;
  }
  m_bars.noteFall(now);
  if (m_standingSince && !m_standingFall) m_standingFall = now;
  m_congestedSince.reset();
  m_hold.onFall(now, view, view.pairKbps ? std::min(carried, bps(*view.pairKbps)) : carried);
  replan(now);
}

Duration QualityController::silence() const {
  return isAbove(m_tier, wire::Tier::Degraded) ? kSilence : kNarrowSilence;
}

Duration QualityController::patience() const {
  if (!m_isSparse) return {};
  if (m_tier == wire::Tier::Good) return kPatienceSparse;
  return m_tier == wire::Tier::Low ? kPatienceLow : kPatienceLowest;
}

void QualityController::considerLoss(TimePoint now, const SenderView& view, bool isRegular) {
  if (view.lossShare >= kCleanLoss)
    m_cleanSince.reset();
  else if (!m_cleanSince)
    m_cleanSince = now;
  if (!isRegular) return;
  m_lossyReports = m_tuner.picture().loss >= kTooLossyForStudio ? m_lossyReports + 1 : 0;
  if (isAuto() && isStudio(m_tier) && m_lossyReports >= kLossyReports && mayChange(now))
    setTier(now, wire::Tier::Good, Cause::Loss);
}

void QualityController::startProbe(TimePoint now, wire::Tier next, int wireBps) {
  SendPlan plan = m_plan;
  constexpr int kMostCopies = 3;
  while (plan.copies < kMostCopies && plan.wireBps() < wireBps) ++plan.copies;
  plan.distance = 1;
  m_probe = Probe{next, plan, now + kProbeFor};
}

void QualityController::endProbe(TimePoint now, bool hasHeld) {
  const wire::Tier next = m_probe->next;
  m_probe.reset();
  if (!hasHeld) {
    m_probeAt = m_bars.nextProbe(now);
    return;
  }
  setTier(now, next, Cause::Probe);
  if (isStudio(next)) m_studioStepAt = now;
  m_carriedBps = std::max(m_carriedBps, planOf(next).wireBps());
}

void QualityController::considerRise(TimePoint now) {
  if (m_queue >= kNoQueue) {
    m_goodSince.reset();
    return;
  }
  if (!m_goodSince) m_goodSince = now;
  const Duration good = now - *m_goodSince;
  if (good >= kGoodFor && now - m_planSince >= kGoodFor && !m_probe)
    m_carriedBps = std::max(m_carriedBps, m_plan.wireBps());
  if (m_hasRisen && now - m_roseAt >= kHeldFor) {
    m_hasRisen = false;
    m_retryAfter = kFirstRetry;
  }
  if (m_limitBps && good >= kGoodFor) {
    m_limitBps = static_cast<int>(*m_limitBps * kLimitGrows);
    if (*m_limitBps > kLimitGone * m_capacityBps.value_or(0)) m_limitBps.reset();
  }
  if (!isAuto() || m_probe) return;
  const auto next = stepUp(now);
  if (!next) return;
  const Duration needed = isStudio(next->tier) ? kGoodForStudio : kGoodFor;
  if (good < needed) return;
  if (isStudio(next->tier) && (!m_cleanSince || now - *m_cleanSince < needed)) return;
  const int wireBps = wantedBps(*next);
  if (m_bars.isRuledOut(now, wireBps)) return;
  if (wireBps <= m_carriedBps * kCarriedMargin) {
    if (now < m_retryAt) return;
    rise(now, *next, Cause::Recovered);
    m_hasRisen = true;
    m_roseAt = now;
  } else if (!isStudio(next->tier)) {
    // Copies of long packets would be a queue by themselves: the step itself is the trial, and the
    // bar is what follows when it fails.
    if (now - m_stableSince >= kLowStableFor) rise(now, *next, Cause::Probe);
  } else if (now - m_stableSince >= kStableFor && now >= m_probeAt) {
    m_limitBps.reset();
    startProbe(now, next->tier, wireBps);
  }
}

std::optional<QualityController::Step> QualityController::stepUp(TimePoint now) const {
  if (m_tier == wire::Tier::Good && m_isSparse) return Step{wire::Tier::Good};
  auto next = oneUp(m_tier);
  if (!next || isAbove(*next, ceiling())) return std::nullopt;
  const auto pair = m_bars.bestPair(now);
  if (*next == wire::Tier::Good) {
    const int wide = wantedBps({*next});
    const bool isWide =
        wide <= m_carriedBps * kCarriedMargin || (pair && *pair >= wide * kPlainlyRoom);
    return Step{*next, !isWide || m_bars.isRuledOut(now, wide)};
  }
  if (isStudio(*next)) {
    if (m_studioStepAt && now - *m_studioStepAt < kStudioStepsApart) return std::nullopt;
    // As high at once as the link plainly has room for.
    while (const auto higher = pair ? oneUp(*next) : std::nullopt) {
      if (isAbove(*higher, ceiling()) || *pair < wire::wireBitrateBps(*higher) * kPlainlyRoom)
        break;
      next = higher;
    }
  }
  return Step{*next};
}

void QualityController::rise(TimePoint now, const Step& step, Cause cause) {
  m_limitBps.reset();
  if (!setTier(now, step.tier, cause)) {
    m_stableSince = now;
    m_goodSince.reset();
  }
  m_isSparse = step.isSparse || isAbove(wire::Tier::Good, step.tier);
  if (isStudio(step.tier)) m_studioStepAt = now;
}

void QualityController::onReport(TimePoint now, const SenderView& view) {
  m_lastReport = now;
  m_hasReport = true;
  const bool isRegular = now - m_lastRegular >= kRegular;
  if (isRegular) m_lastRegular = now;
  noteQueue(now, view);
  m_hold.onReport(now, view, m_queue);
  if (view.pairKbps) m_bars.onPair(now, bps(*view.pairKbps));
  const bool isTooMuch = isCongested(now, view);
  // What a full queue drops is no reason to send more.
  if (!isTooMuch && !m_hold.isBlind(now))
    m_tuner.onReport(now, view.expected, view.received, view.burst);
  if (isTooMuch) {
    if (!m_congestedSince) m_congestedSince = now;
    m_goodSince.reset();
    if (now - *m_congestedSince >= patience()) fall(now, view);
    return;
  }
  m_congestedSince.reset();
  considerLoss(now, view, isRegular);
  if (isRegular) {
    if (m_probe && m_queue >= kNoQueue && ++m_probe->bad > kProbeMayBeBad) endProbe(now, false);
    considerRise(now);
  }
  replan(now);
}

void QualityController::handleTimeout(TimePoint now) {
  if (m_probe && now >= m_probe->until) endProbe(now, true);
  if (now >= m_lastReport + silence()) {
    m_lastReport = now;
    m_goodSince.reset();
    m_probe.reset();
    const auto lower = isAbove(m_tier, wire::Tier::Degraded) ? std::optional(wire::Tier::Degraded)
                                                             : oneDown(m_tier);
    // A call that is being set up may have no way back yet.
    const bool isKnownBad = m_hasReport || isAbove(m_tier, wire::Tier::Degraded);
    if (isAuto() && lower && isKnownBad && mayChange(now) &&
        effectiveTier(*lower, m_settings.capability) == *lower)
      setTier(now, *lower, Cause::Delay);
  }
  replan(now);
}

std::optional<TimePoint> QualityController::pollTimeout() const {
  TimePoint next = m_lastReport + silence();
  if (m_probe) next = std::min(next, m_probe->until);
  return next;
}

}  // namespace foyer::quality
