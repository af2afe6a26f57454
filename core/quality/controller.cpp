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
// A new plan is heard of by the peer's report after about this.
constexpr Duration kPlanArrives = 400ms;
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
constexpr Duration kFirstCooldown = 60s;
constexpr Duration kLastCooldown = 600s;
constexpr Duration kFirstRetry = 5s;
constexpr Duration kLastRetry = 60s;
// A rise that lasted this long has held.
constexpr Duration kHeldFor = 10s;
constexpr double kCarriedMargin = 1.02;
constexpr double kPlainlyRoom = 3.0;
// What two packets sent at once show is the whole link; others and acknowledgements use it too.
constexpr double kPairMargin = 1.15;
constexpr Duration kPairValid = 8s;
constexpr Duration kPairSettles = 1500ms, kPairSettled = 6s;
// What failed, or nearly as much, is not tried again for the cooldown, unless the link grew.
constexpr double kBarredFrom = 0.95;
constexpr double kHasGrown = 1.5;
// In the lowest tiers a few bits gain much, and trying them costs little.
constexpr Duration kLowStableFor = 8s;
constexpr Duration kLowCooldown = 10s;
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
      m_retryAfter(kFirstRetry),
      m_cooldown(kFirstCooldown),
      m_lowCooldown(kLowCooldown) {
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
  return planFor(
      tier, m_tuner.wanted(), m_tuner.picture(),
      {.maxPayloadBps = m_settings.maxPayloadBps,
       .maxWireBps = m_pairLimitBps && m_limitBps ? std::min(*m_pairLimitBps, *m_limitBps)
                     : m_pairLimitBps             ? m_pairLimitBps
                                                  : m_limitBps,
       .isLowDelay = m_settings.isLowDelay});
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
  m_pairs.fill({});
  m_pairLimitBps.reset();
  m_lastPairBps = 0;
  m_goodSince.reset();
  m_cleanSince.reset();
  m_standingSince.reset();
  m_probe.reset();
  m_stableSince = now;
  m_lastReport = now;
  m_retryAfter = kFirstRetry;
  m_cooldown = kFirstCooldown;
  m_lowCooldown = kLowCooldown;
  m_lowBar = m_highBar = {};
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
    m_lowBar = m_highBar = {};
    m_standingSince.reset();
    m_standingFall.reset();
  }
}

void QualityController::notePair(TimePoint now, const SenderView& view) {
  if (!view.pairKbps) return;
  m_pairs[m_nextPair] = {now, bps(*view.pairKbps)};
  m_nextPair = (m_nextPair + 1) % kPairs;
  m_lastPairBps = bps(*view.pairKbps);
  const auto best = bestPair(now);
  m_pairLimitBps = best ? std::optional(static_cast<int>(*best / kPairMargin)) : std::nullopt;
  // The best of some: others in the same queue make two packets come further apart.
  if (now - m_fellAt >= kPairSettles && now - m_fellAt < kPairSettled)
    m_pairAfterFall = std::max(m_pairAfterFall, bps(*view.pairKbps));
}

std::optional<int> QualityController::bestPair(TimePoint now) const {
  int best = 0, known = 0;
  for (const Pair& pair : m_pairs) {
    if (pair.bps == 0 || now - pair.at > kPairValid) continue;
    best = std::max(best, pair.bps);
    ++known;
  }
  return known >= 2 ? std::optional(best) : std::nullopt;
}

bool QualityController::isRuledOut(TimePoint now, int wireBps) const {
  const auto pair = bestPair(now);
  if (pair && *pair < wireBps * kPairMargin) return true;
  const auto bars = [&](const Bar& bar) {
    return now < bar.until && wireBps >= bar.bps * kBarredFrom;
  };
  if (!bars(m_lowBar) && !bars(m_highBar)) return false;
  const bool hasGrown = now - m_fellAt >= kPairSettled && pair && m_pairAfterFall > 0 &&
                        *pair > m_pairAfterFall * kHasGrown;
  return !hasGrown;
}

bool QualityController::isCongested(TimePoint now, const SenderView& view) const {
  const bool isFalling = m_queue + 10ms < m_queueBefore;
  if (isFalling || m_hold.isBlind(now)) return false;
  const bool arrivesLess =
      view.deliveredKbps && bps(*view.deliveredKbps) < sentBps(now) * kArrivesAll;
  // A queue that was full from the start has no delay to compare with; it drops instead.
  if (view.lossShare >= kFullLoss && view.deliveredKbps && m_lastPairBps > 0 &&
      bps(*view.deliveredKbps) >= m_lastPairBps * kFull)
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
    wire::Tier tier = m_tier;
    while (planFor(tier, Redundancy::None, {}, {.isLowDelay = m_settings.isLowDelay}).wireBps() >
           *m_limitBps) {
      const auto lower = oneDown(tier);
      if (!lower || effectiveTier(*lower, m_settings.capability) != *lower) break;
      // The last step is hard to understand: only when the one above it proved too much.
      if (*lower == wire::Tier::Catastrophic && m_tier != wire::Tier::Degraded) break;
      tier = *lower;
    }
    if (isAbove(m_tier, tier)) bar(now, sent);
    setTier(now, tier, m_queue >= kQueueFills ? Cause::Delay : Cause::Capacity);
  }
  m_fellAt = now;
  if (m_standingSince && !m_standingFall) m_standingFall = now;
  m_congestedSince.reset();
  m_hold.onFall(now, view, view.pairKbps ? std::min(carried, bps(*view.pairKbps)) : carried);
  replan(now);
}

Duration QualityController::silence() const {
  return isAbove(m_tier, wire::Tier::Degraded) ? kSilence : kNarrowSilence;
}

Duration QualityController::patience() const {
  if (!isAbove(wire::Tier::Good, m_tier)) return {};
  return m_tier == wire::Tier::Low ? kPatienceLow : kPatienceLowest;
}

void QualityController::bar(TimePoint now, int failedBps) {
  const bool isLow = isAbove(wire::Tier::Good, m_tier);
  Bar& bar = isLow ? m_lowBar : m_highBar;
  Duration& cooldown = isLow ? m_lowCooldown : m_cooldown;
  if (now >= bar.until + cooldown) cooldown = isLow ? kLowCooldown : kFirstCooldown;
  bar = {failedBps, now + cooldown};
  cooldown = std::min(cooldown * 2, isLow ? kFirstCooldown : kLastCooldown);
  m_pairAfterFall = 0;
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
    m_probeAt = now + m_cooldown;
    m_cooldown = std::min(m_cooldown * 2, kLastCooldown);
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
  auto next = oneUp(m_tier);
  if (!next || isAbove(*next, ceiling())) return;
  if (isStudio(*next)) {
    if (m_studioStepAt && now - *m_studioStepAt < kStudioStepsApart) return;
    // As high at once as the link plainly has room for.
    const auto pair = bestPair(now);
    while (const auto higher = pair ? oneUp(*next) : std::nullopt) {
      if (isAbove(*higher, ceiling()) || *pair < wire::wireBitrateBps(*higher) * kPlainlyRoom)
        break;
      next = higher;
    }
  }
  const Duration needed = isStudio(*next) ? kGoodForStudio : kGoodFor;
  if (good < needed) return;
  if (isStudio(*next) && (!m_cleanSince || now - *m_cleanSince < needed)) return;
  const int wireBps =
      planFor(*next, m_tuner.wanted(), m_tuner.picture(),
              {.maxPayloadBps = m_settings.maxPayloadBps, .isLowDelay = m_settings.isLowDelay})
          .wireBps();
  if (isRuledOut(now, wireBps)) return;
  if (wireBps <= m_carriedBps * kCarriedMargin) {
    if (now < m_retryAt) return;
    m_limitBps.reset();
    setTier(now, *next, Cause::Recovered);
    if (isStudio(*next)) m_studioStepAt = now;
    m_hasRisen = true;
    m_roseAt = now;
  } else if (isAbove(wire::Tier::Good, m_tier)) {
    // Copies of long packets would be a queue by themselves: the step itself is the trial, and the
    // bar is what follows when it fails.
    if (now - m_stableSince < kLowStableFor) return;
    m_limitBps.reset();
    setTier(now, *next, Cause::Probe);
  } else if (now - m_stableSince >= kStableFor && now >= m_probeAt) {
    m_limitBps.reset();
    startProbe(now, *next, wireBps);
  }
}

void QualityController::onReport(TimePoint now, const SenderView& view) {
  m_lastReport = now;
  m_hasReport = true;
  const bool isRegular = now - m_lastRegular >= kRegular;
  if (isRegular) m_lastRegular = now;
  noteQueue(now, view);
  m_hold.onReport(now, view, m_queue);
  notePair(now, view);
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
