#include "core/quality/queue_hold.h"

#include <algorithm>

namespace foyer::quality {
namespace {

constexpr Duration kHoldFrom = 120ms;
constexpr Duration kHoldLeaves = 50ms;
constexpr Duration kLongestHold = 2s;
constexpr Duration kHoldsApart = 1s;
// A queue that stands for longer than this after a fall has other reasons than what was sent.
constexpr Duration kDrainsFor = 6s;
// Of what is heard to arrive; acknowledgements and reports take the rest.
constexpr double kDrains = 0.85;
// A full queue drops.
constexpr double kDropsAreFull = 0.10;

}  // namespace

void QueueHold::hold(TimePoint now, const SenderView& view) {
  const Duration backlog = std::min(view.backlog(m_drainsBps), kLongestHold);
  if (backlog >= kHoldFrom && now >= m_next) {
    m_until = now + backlog - kHoldLeaves;
    m_next = m_until + kHoldsApart;
  }
  m_blindUntil = std::max(now, m_until) + backlog + kPlanArrives;
}

void QueueHold::onFall(TimePoint now, const SenderView& view, int carriedBps) {
  m_drainsBps = std::max(1, static_cast<int>(carriedBps * kDrains));
  m_drainedBy = now + kDrainsFor;
  hold(now, view);
}

void QueueHold::onReport(TimePoint now, const SenderView& view, Duration queue) {
  if (!maySend(now)) {
    if (view.lossShare >= kDropsAreFull) m_until = std::min(m_until, now + queue);
    return;
  }
  if (m_drainsBps > 0 && now < m_drainedBy && !isBlind(now) && queue >= kHoldFrom) hold(now, view);
}

}  // namespace foyer::quality
