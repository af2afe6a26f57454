#include "core/media/jitter_buffer.h"

#include <algorithm>
#include <numeric>

namespace foyer::media {
namespace {

// Steering keeps the lowest delay within [target - 0.5 ms, target + 3 ms]. What is removed never
// goes below the target, so the corridor may be narrower than a pitch period.
constexpr Duration kBelowTarget = 500us;
constexpr Duration kAboveTarget = 3ms;
// So near the target a correction waits for a pause, but not for ever.
constexpr Duration kNearBelow = 8ms;
constexpr Duration kNearAbove = 7ms;
constexpr std::int64_t kCalmInterval = 5 * kSampleRate;
// What was added is not taken back at once: the next late packet would need it again.
constexpr std::int64_t kKeepInterval = 5 * kSampleRate / 2;
// The further above the target, the more the listener gains from haste than from a clean seam.
constexpr Duration kWellAboveTarget = 15ms;
constexpr Duration kFarAboveTarget = 35ms;
// A target above this is reached at half the interval: loss is there to be recovered now.
constexpr Duration kWellBelowTarget = 15ms;
constexpr Duration kLowWindow = 250ms;
// Media times this often behind everything played, on new packets: the peer began a new timeline.
constexpr int kStaleLimit = 3;
// 124 days of media time. A peer that lies in steps of half a turn gets there and begins anew, long
// before samples and nanoseconds of it would not fit 64 bits.
constexpr std::int64_t kTimelineEndsUnits = std::int64_t{1} << 32;
// A frame that came this short before its pull might as well miss it: counts as of the next one.
constexpr Duration kJustInTime = 1500us;
// Devices that ask irregularly, or stand still, make frames wait longer; that is not the network.
constexpr Duration kLongestPull = 40ms;
// On top of what was measured.
constexpr Duration kMargin = 1ms;
// So far back deep redundancy is looked for, and over so many held frames.
constexpr std::int64_t kHoleUnits = 400;
constexpr std::size_t kDescribing = 4;
// Before playing, silence is made in the finest step, so that playing begins in time.
constexpr std::int64_t kSilenceBlock = kSamplesPerMediaUnit;

PlayoutStretch stretchFor(const BufferState& s) {
  if (s.lowDelay > s.target + kFarAboveTarget) return PlayoutStretch::FastAccelerate;
  const bool isHurried =
      s.lowDelay > s.target + kWellAboveTarget || s.lowDelay < s.target - kWellBelowTarget;
  const bool isNear = s.lowDelay <= s.target + kNearAbove && s.lowDelay >= s.target - kNearBelow;
  const bool isAbove = s.lowDelay > s.target + kAboveTarget;
  if (!isAbove && s.lowDelay >= s.target - kBelowTarget) return PlayoutStretch::None;
  std::int64_t interval = isHurried ? kStretchInterval / 2 : kStretchInterval;
  if (isNear && isAbove) interval = kKeepInterval;
  if (isNear && !s.isPassive) interval = kCalmInterval;
  if (s.sinceStretch < interval) return PlayoutStretch::None;
  return isAbove ? PlayoutStretch::Accelerate : PlayoutStretch::Expand;
}

}  // namespace

const char* toString(PlayoutAction action) {
  switch (action) {
    case PlayoutAction::Silence:
      return "silence";
    case PlayoutAction::Decode:
      return "decode";
    case PlayoutAction::Recover:
      return "recover";
    case PlayoutAction::Redraw:
      return "redraw";
    case PlayoutAction::Conceal:
      return "conceal";
    case PlayoutAction::Discard:
      return "discard";
    case PlayoutAction::Jump:
      return "jump";
    case PlayoutAction::Stop:
      return "stop";
  }
  return "?";
}

PlayoutDecision decide(const BufferState& s) {
  using enum PlayoutAction;
  if (!s.isPlaying) {
    if (s.hasFrame && s.waited >= s.target) return {.action = Decode};
    return {.action = Silence, .samples = kSilenceBlock};
  }
  const bool isOver = s.concealed >= durationToSamples(kPlayingEndsAfter);
  if (!s.hasFrame) {
    if (isOver) return {.action = Stop};
    return {.action = Conceal, .samples = kConcealBlock};
  }
  if (s.gap > 0 && (s.delay > s.ceiling || isOver)) return {.action = Jump};
  if (s.delay > s.ceiling && s.frames > 1) return {.action = Discard};
  if (s.gap <= 0) {
    // Never beyond the target at one stroke: what was cut would have to be invented soon.
    const Duration distance = s.lowDelay > s.target ? s.lowDelay - s.target : s.target - s.lowDelay;
    return {.action = Decode, .samples = durationToSamples(distance), .stretch = stretchFor(s)};
  }
  if (s.frameHasCopy && s.gap <= s.frameSamples) return {.action = Recover, .samples = s.gap};
  // The ends of the gap that something describes are left to that.
  const std::int64_t copied = s.frameHasCopy ? s.frameSamples : 0;
  if (s.dredSamples >= s.gap)
    return {.action = Redraw, .samples = std::min(s.gap - copied, kDredBlock)};
  const std::int64_t nameless = s.gap - std::max(copied, s.dredSamples);
  return {.action = Conceal, .samples = std::min(nameless, kConcealBlock)};
}

void JitterBuffer::Memory::clear(std::int64_t units) {
  m_bits.reset();
  m_end = units;
}

void JitterBuffer::Memory::mark(std::int64_t units, std::int64_t count) {
  if (units + count > m_end) {
    if (units + count - m_end >= kUnits) m_bits.reset();
    for (std::int64_t u = std::max(m_end, units + count - kUnits); u < units + count; ++u)
      m_bits.reset(static_cast<std::size_t>(u % kUnits));
    m_end = units + count;
  }
  for (std::int64_t u = std::max(units, m_end - kUnits); u < units + count; ++u)
    m_bits.set(static_cast<std::size_t>(u % kUnits));
}

bool JitterBuffer::Memory::has(std::int64_t units) const {
  if (units >= m_end) return false;
  if (units < m_end - kUnits) return true;
  return m_bits.test(static_cast<std::size_t>(units % kUnits));
}

JitterBuffer::JitterBuffer(const JitterBufferLimits& limits)
    : m_limits(limits), m_slots(kJitterSlots), m_order(kJitterSlots) {
  std::iota(m_order.begin(), m_order.end(), std::uint16_t{0});
}

const ReceivedFrame* JitterBuffer::front() const { return m_count == 0 ? nullptr : &at(0).frame; }

void JitterBuffer::restartTimeline(const ReceivedFrame& frame) {
  m_count = 0;
  m_isPlaying = false;
  m_hasTimeline = true;
  m_staleInARow = 0;
  // One wrap ahead, so that earlier frames do not become negative.
  m_highestUnits = 0x10000 + frame.mediaTime;
  m_firstUnits = m_highestUnits;
  m_highestCounter = frame.counter;
  m_came.clear(m_firstUnits);
  m_playable.clear(m_firstUnits);
  m_freshCount = 0;
  m_estimator.forgetBase();
}

// The nearest of the media times that look so on the wire.
std::int64_t JitterBuffer::unitsOf(const ReceivedFrame& frame) const {
  return m_highestUnits +
         static_cast<std::int16_t>(frame.mediaTime - static_cast<std::uint16_t>(m_highestUnits));
}

void JitterBuffer::noteArrival(const ReceivedFrame& frame, std::int64_t start) {
  m_estimator.onArrival(frame.arrivedAt,
                        frame.arrivedAt.time_since_epoch() - samplesToDuration(start));
}

// Each media time once: what counts is when the first version of it could be played.
void JitterBuffer::notePlayable(std::int64_t start, std::int64_t samples, TimePoint arrivedAt,
                                DelayEstimator::Version version) {
  const std::int64_t units = start / kSamplesPerMediaUnit;
  if (units < m_firstUnits || m_playable.has(units)) return;
  m_playable.mark(units, samples / kSamplesPerMediaUnit);
  if (m_freshCount < m_fresh.size()) m_fresh[m_freshCount++] = {start, samples, arrivedAt, version};
}

void JitterBuffer::noteCarried(const ReceivedFrame& frame, std::int64_t start, std::int64_t samples,
                               const CarriedRecovery& carried) {
  using enum DelayEstimator::Version;
  if (carried.hasPrevious) notePlayable(start - samples, samples, frame.arrivedAt, Recovered);
  for (std::int64_t back = samples; back <= carried.dredSamples; back += samples)
    notePlayable(start - back, samples, frame.arrivedAt, Recovered);
}

bool JitterBuffer::hasHoleBefore(const ReceivedFrame& frame) const {
  if (!m_hasTimeline) return false;
  const std::int64_t units = unitsOf(frame);
  const std::int64_t from =
      std::max({m_firstUnits, units - kHoleUnits, m_isPlaying ? m_next / kSamplesPerMediaUnit : 0});
  for (std::int64_t u = units - 1; u >= from; --u)
    if (!m_came.has(u)) return true;
  return false;
}

InsertResult JitterBuffer::insert(const ReceivedFrame& frame, const CarriedRecovery& carried) {
  if (frame.isCopy) return insertCopy(frame);
  InsertResult result = InsertResult::Stored;
  if (!m_hasTimeline) restartTimeline(frame);
  const bool isNewest = frame.counter > m_highestCounter;
  m_highestCounter = std::max(m_highestCounter, frame.counter);
  const auto samples = static_cast<std::int64_t>(frameSamples(frame.time));
  std::int64_t units = unitsOf(frame);
  if (m_isPlaying && units * kSamplesPerMediaUnit + samples <= m_next) {
    if (!isNewest || ++m_staleInARow < kStaleLimit) {
      if (units >= m_firstUnits && m_came.has(units)) return InsertResult::Duplicate;
      if (!isNewest) {
        noteArrival(frame, units * kSamplesPerMediaUnit);
        notePlayable(units * kSamplesPerMediaUnit, samples, frame.arrivedAt,
                     DelayEstimator::Version::Original);
        m_came.mark(units, samples / kSamplesPerMediaUnit);
      }
      return InsertResult::Late;
    }
    restartTimeline(frame);
    units = unitsOf(frame);
    result = InsertResult::Resynced;
  } else if (units > kTimelineEndsUnits) {
    restartTimeline(frame);
    units = unitsOf(frame);
    result = InsertResult::Resynced;
  }
  if (isNewest) m_staleInARow = 0;
  m_highestUnits = std::max(m_highestUnits, units);
  // Before playing began an earlier frame may come a little later.
  m_firstUnits = std::min(m_firstUnits, units);
  const std::int64_t start = units * kSamplesPerMediaUnit;
  if (store(frame, units, carried) == InsertResult::Duplicate) return InsertResult::Duplicate;
  noteArrival(frame, start);
  notePlayable(start, samples, frame.arrivedAt, DelayEstimator::Version::Original);
  noteCarried(frame, start, samples, carried);
  return result;
}

// A copy tells nothing about the timeline: it only fills a place that is still empty.
InsertResult JitterBuffer::insertCopy(const ReceivedFrame& frame) {
  if (!m_hasTimeline) return InsertResult::Ignored;
  const std::int64_t units = unitsOf(frame);
  if (units < m_firstUnits || units > m_highestUnits || m_came.has(units))
    return InsertResult::Ignored;
  const auto samples = static_cast<std::int64_t>(frameSamples(frame.time));
  const std::int64_t start = units * kSamplesPerMediaUnit;
  // Too late for this frame, but others wait long enough only if this is learned.
  notePlayable(start, samples, frame.arrivedAt, DelayEstimator::Version::Recovered);
  if (m_isPlaying && start + samples <= m_next) {
    m_came.mark(units, samples / kSamplesPerMediaUnit);
    return InsertResult::Ignored;
  }
  return store(frame, units, {});
}

InsertResult JitterBuffer::store(const ReceivedFrame& frame, std::int64_t units,
                                 const CarriedRecovery& carried) {
  const std::int64_t start = units * kSamplesPerMediaUnit;
  const auto samples = static_cast<std::int64_t>(frameSamples(frame.time));
  std::size_t place = m_count;
  while (place > 0 && at(place - 1).start > start) --place;
  if (place > 0 && at(place - 1).start == start) {
    Slot& held = m_slots[m_order[place - 1]];
    if (!held.frame.isCopy || frame.isCopy) return InsertResult::Duplicate;
    held = {start, samples, carried, frame};
    return InsertResult::Stored;
  }
  if (m_count == kJitterSlots) {
    removeFront();
    ++m_overflowed;
    if (place > 0) --place;
  }
  const std::uint16_t slot = m_order[m_count];
  std::move_backward(m_order.begin() + static_cast<std::ptrdiff_t>(place),
                     m_order.begin() + static_cast<std::ptrdiff_t>(m_count),
                     m_order.begin() + static_cast<std::ptrdiff_t>(m_count) + 1);
  m_order[place] = slot;
  ++m_count;
  m_slots[slot] = {start, samples, carried, frame};
  m_came.mark(units, samples / kSamplesPerMediaUnit);
  return InsertResult::Stored;
}

bool JitterBuffer::isOverdue(std::int64_t concealed) const {
  return m_isPlaying && at(0).start < m_next + concealed;
}

void JitterBuffer::removeFront() {
  const std::uint16_t slot = m_order[0];
  std::move(m_order.begin() + 1, m_order.begin() + static_cast<std::ptrdiff_t>(m_count),
            m_order.begin());
  --m_count;
  m_order[m_count] = slot;
}

Duration JitterBuffer::target() const {
  if (!m_estimator.isSettled()) return m_limits.startTarget;
  const Duration wanted = m_estimator.wanted() + kMargin;
  // The first seconds do not show yet how late packets come.
  const Duration least = m_estimator.isExperienced() ? Duration{0} : m_limits.startTarget;
  return std::clamp(wanted, least, m_limits.maxTarget);
}

Duration JitterBuffer::delayOf(TimePoint at, std::int64_t playhead) const {
  if (!m_estimator.hasBase()) return Duration{0};
  return at.time_since_epoch() - samplesToDuration(playhead) - m_estimator.fastest();
}

TimePoint JitterBuffer::onPull(TimePoint now, std::int64_t samples) {
  const TimePoint at = m_pullClock.onPull(now, samples);
  for (std::size_t i = 0; i < m_freshCount; ++i) {
    const Fresh& fresh = m_fresh[i];
    Duration waited = std::clamp(at - fresh.arrivedAt, Duration{0}, kLongestPull);
    if (waited < kJustInTime) waited += samplesToDuration(samples);
    const Duration delay = fresh.arrivedAt.time_since_epoch() + waited -
                           samplesToDuration(fresh.start) - m_estimator.fastest();
    m_estimator.onPlayable(fresh.arrivedAt, std::max(delay, Duration{0}),
                           samplesToDuration(fresh.samples), fresh.version);
  }
  m_freshCount = 0;
  m_estimator.judge(now);
  return at;
}

JitterBuffer::Description JitterBuffer::description() const {
  Description best;
  for (std::size_t i = 0; i < std::min(m_count, kDescribing); ++i) {
    const Slot& slot = at(i);
    const std::int64_t samples = slot.carried.dredSamples - (slot.start - at(0).start);
    if (samples > best.samples) best = {&slot.frame, slot.start, samples};
  }
  return best;
}

BufferState JitterBuffer::state(TimePoint now, std::int64_t concealed,
                                std::int64_t sinceStretch) const {
  BufferState s;
  s.isPlaying = m_isPlaying;
  s.hasFrame = m_count > 0;
  s.frames = m_count;
  s.target = target();
  s.ceiling = m_limits.ceiling;
  s.concealed = concealed;
  s.sinceStretch = sinceStretch;
  std::int64_t playhead = m_next + concealed;
  if (s.hasFrame) {
    s.frameSamples = at(0).samples;
    s.waited = delayOf(now, at(0).start);
    s.gap = m_isPlaying ? at(0).start - playhead : 0;
    if (s.gap <= 0) {
      playhead = at(0).start;
    } else {
      s.frameHasCopy = at(0).carried.hasPrevious;
      s.dredSamples = description().samples;
    }
  }
  s.delay = delayOf(now, playhead);
  s.lowDelay = std::min({s.delay, m_lowNow, m_lowBefore});
  return s;
}

void JitterBuffer::noteDelay(TimePoint now, Duration delay) {
  if (now >= m_lowEnds) {
    m_lowBefore = now < m_lowEnds + kLowWindow ? m_lowNow : delay;
    m_lowNow = delay;
    m_lowEnds = now + kLowWindow;
  }
  m_lowNow = std::min(m_lowNow, delay);
}

void JitterBuffer::onStretched(std::int64_t samples) {
  m_lowNow += samplesToDuration(samples);
  m_lowBefore += samplesToDuration(samples);
}

// Frames that fit into a gap of so many samples.
std::int64_t JitterBuffer::missingIn(std::int64_t samples) const {
  return samples > 0 ? (samples + m_lastSamples - 1) / m_lastSamples : 0;
}

std::int64_t JitterBuffer::popPlayed(TimePoint now, std::int64_t concealed) {
  const std::int64_t start = at(0).start;
  const std::int64_t samples = at(0).samples;
  std::int64_t missing = 0;
  if (m_isPlaying) {
    missing = missingIn(start - m_next);
    // Sound invented beyond the gap has made everything later.
    onStretched(m_next + concealed - start);
  } else {
    m_isPlaying = true;
    m_lowEnds = now;
    m_lowNow = m_lowBefore = delayOf(now, start);
  }
  noteDelay(now, delayOf(now, start));
  m_lastSamples = samples;
  m_next = start + samples;
  removeFront();
  // Only a peer that lies about lengths has frames inside others.
  while (m_count > 0 && at(0).start + at(0).samples <= m_next) {
    removeFront();
    ++m_overflowed;
  }
  return missing;
}

std::int64_t JitterBuffer::closeGap(std::int64_t concealed) {
  const std::int64_t start = at(0).start;
  const std::int64_t missing = missingIn(start - m_next);
  onStretched(std::max(m_next + concealed, m_next) - start);
  m_next = start;
  return missing;
}

std::int64_t JitterBuffer::discardToTarget(TimePoint now, std::int64_t concealed) {
  const Duration wanted = target();
  const std::int64_t playhead = m_next + concealed;
  std::int64_t discarded = 0;
  while (m_count > 1 && delayOf(now, at(0).start) > wanted) {
    removeFront();
    ++discarded;
  }
  onStretched(playhead - at(0).start);
  m_next = at(0).start;
  return discarded;
}

void JitterBuffer::stop() {
  m_count = 0;
  m_isPlaying = false;
  m_hasTimeline = false;
  m_freshCount = 0;
}

}  // namespace foyer::media
