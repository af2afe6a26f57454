#include "core/media/jitter_buffer.h"

#include <algorithm>
#include <numeric>

namespace foyer::media {
namespace {

// Steering keeps the lowest delay within [target - 3 ms, target + 12 ms]: one pitch period is up to
// 15 ms, so a narrower corridor would make stretching swing to and fro.
constexpr Duration kBelowTarget = 3ms;
constexpr Duration kAboveTarget = 12ms;
// So far above the target the listener gains more from haste than from a clean seam.
constexpr Duration kFarAboveTarget = 100ms;
constexpr Duration kLowWindow = 250ms;
// Media times this often behind everything played, on new packets: the peer began a new timeline.
constexpr int kStaleLimit = 3;
// A copy in the next packet can be used only if that packet is waited for; worth it from 1 % loss,
// until there is nearly none.
constexpr double kLossWorthWaiting = 0.01;
constexpr double kLossNotWorthWaiting = 0.003;
constexpr double kLossForgetting = 0.005;
constexpr std::int64_t kMaxLossNoted = 50;
// 124 days of media time. A peer that lies in steps of half a turn gets there and begins anew, long
// before samples and nanoseconds of it would not fit 64 bits.
constexpr std::int64_t kTimelineEndsUnits = std::int64_t{1} << 32;
// Pulls come every 10 ms at the longest, so smaller distances to the youngest packet are chance.
constexpr Duration kLeadNoise = 12ms;
constexpr Duration kLeadMargin = 2ms;
constexpr Duration kLeadWindow = 1s;
// Before playing, silence is made in the finest step, so that playing begins in time.
constexpr std::int64_t kSilenceBlock = kSamplesPerMediaUnit;

PlayoutStretch stretchFor(const BufferState& s) {
  if (s.lowDelay > s.target + kFarAboveTarget) return PlayoutStretch::FastAccelerate;
  if (s.sinceStretch < kStretchInterval) return PlayoutStretch::None;
  if (s.lowDelay > s.target + kAboveTarget) return PlayoutStretch::Accelerate;
  if (s.lowDelay < s.target - kBelowTarget) return PlayoutStretch::Expand;
  return PlayoutStretch::None;
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
    // Never below the target at one stroke: what was cut would have to be invented soon.
    const Duration excess = std::max(s.lowDelay - s.target, Duration{0});
    return {.action = Decode, .samples = durationToSamples(excess), .stretch = stretchFor(s)};
  }
  if (s.frameHasCopy && s.gap <= s.frameSamples) return {.action = Recover, .samples = s.gap};
  // The last frame's length of the gap is left to the copy.
  const std::int64_t inventable = s.frameHasCopy ? s.gap - s.frameSamples : s.gap;
  return {.action = Conceal, .samples = std::min(inventable, kConcealBlock)};
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
  m_highestCounter = frame.counter;
  m_estimator.forgetBase();
}

InsertResult JitterBuffer::insert(const ReceivedFrame& frame) {
  InsertResult result = InsertResult::Stored;
  if (!m_hasTimeline) restartTimeline(frame);
  const bool isNewest = frame.counter > m_highestCounter;
  m_highestCounter = std::max(m_highestCounter, frame.counter);
  const auto samples = static_cast<std::int64_t>(frameSamples(frame.time));
  // The nearest of the media times that look so on the wire.
  const auto expand = [&] {
    return m_highestUnits +
           static_cast<std::int16_t>(frame.mediaTime - static_cast<std::uint16_t>(m_highestUnits));
  };
  std::int64_t units = expand();
  if (m_isPlaying && units * kSamplesPerMediaUnit + samples <= m_next) {
    if (!isNewest || ++m_staleInARow < kStaleLimit) {
      if (!isNewest)
        m_estimator.onArrival(frame.arrivedAt, frame.arrivedAt.time_since_epoch() -
                                                   samplesToDuration(units * kSamplesPerMediaUnit));
      return InsertResult::Late;
    }
    restartTimeline(frame);
    units = expand();
    result = InsertResult::Resynced;
  } else if (units > kTimelineEndsUnits) {
    restartTimeline(frame);
    units = expand();
    result = InsertResult::Resynced;
  }
  if (isNewest) m_staleInARow = 0;
  m_highestUnits = std::max(m_highestUnits, units);
  const std::int64_t start = units * kSamplesPerMediaUnit;

  std::size_t place = m_count;
  while (place > 0 && at(place - 1).start > start) --place;
  if (place > 0 && at(place - 1).start == start) return InsertResult::Duplicate;
  m_estimator.onArrival(frame.arrivedAt,
                        frame.arrivedAt.time_since_epoch() - samplesToDuration(start));
  if (!m_hasYoung || frame.arrivedAt > m_youngest) m_youngest = frame.arrivedAt;
  m_hasYoung = true;
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
  m_slots[slot].start = start;
  m_slots[slot].samples = samples;
  m_slots[slot].frame = frame;
  return result;
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
  // What is pulled at once must be there when the pull begins.
  Duration wanted = m_estimator.quantile() + std::max(m_limits.granularity, m_pull);
  if (m_waitsForCopies) wanted += samplesToDuration(m_lastSamples);
  return std::min(wanted, m_limits.maxTarget);
}

Duration JitterBuffer::delayOf(TimePoint at, std::int64_t playhead) const {
  if (!m_estimator.hasBase()) return Duration{0};
  return at.time_since_epoch() - samplesToDuration(playhead) - m_estimator.fastest() - m_lead;
}

void JitterBuffer::onPull(TimePoint now, Duration length) {
  m_pull = length;
  if (!m_hasYoung) return;
  m_hasYoung = false;
  const Duration distance = now - m_youngest;
  if (now >= m_leadEnds) {
    m_leadBefore = m_leadNow.value_or(distance);
    m_leadNow.reset();
    m_leadEnds = now + kLeadWindow;
  }
  m_leadNow = m_leadNow ? std::min(*m_leadNow, distance) : distance;
  const Duration lowest = std::min(*m_leadNow, m_leadBefore);
  const Duration lead = lowest > kLeadNoise ? lowest - kLeadMargin : Duration{0};
  // A change of lead is a change of every delay measured so far.
  m_lowNow -= lead - m_lead;
  m_lowBefore -= lead - m_lead;
  m_lead = lead;
}

BufferState JitterBuffer::stateWithoutCopy(TimePoint now, std::int64_t concealed,
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
    if (s.gap <= 0) playhead = at(0).start;
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

std::int64_t JitterBuffer::noteGap(std::int64_t samples) {
  const std::int64_t missing = samples > 0 ? (samples + m_lastSamples - 1) / m_lastSamples : 0;
  for (std::int64_t i = 0; i < std::min(missing, kMaxLossNoted); ++i)
    m_lossShare += kLossForgetting * (1 - m_lossShare);
  return missing;
}

std::int64_t JitterBuffer::popPlayed(TimePoint now, std::int64_t concealed) {
  const std::int64_t start = at(0).start;
  const std::int64_t samples = at(0).samples;
  std::int64_t missing = 0;
  if (m_isPlaying) {
    missing = noteGap(start - m_next);
    // Sound invented beyond the gap has made everything later.
    onStretched(m_next + concealed - start);
  } else {
    m_isPlaying = true;
    m_lowEnds = now;
    m_lowNow = m_lowBefore = delayOf(now, start);
  }
  m_lossShare -= kLossForgetting * m_lossShare;
  if (m_lossShare > kLossWorthWaiting) m_waitsForCopies = true;
  if (m_lossShare < kLossNotWorthWaiting) m_waitsForCopies = false;
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
  const std::int64_t missing = noteGap(start - m_next);
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
}

}  // namespace foyer::media
