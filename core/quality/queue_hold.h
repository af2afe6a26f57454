// What stands in a queue on the way is not drained by sending less, but by sending nothing for as
// long as the way needs for it. How long that is no report tells in time: it describes the queue as
// it was when its packet came, and waits in the queue of the way back itself. What was sent since
// then is known here.
// Left out: when a queue is too long (controller.h). Value, no thread.
#pragma once

#include <optional>

#include "core/base/time.h"
#include "core/quality/media_stats.h"

namespace foyer::quality {

class QueueHold {
 public:
  // Less is sent from now on, because the way carries only so much: bits a second, > 0.
  void onFall(TimePoint now, const SenderView& view, int carriedBps);
  // After each report; `queue`: delay above that of the empty way. What stands in it yet is waited
  // for again; and a queue that drops packets holds no more than what is heard of.
  void onReport(TimePoint now, const SenderView& view, Duration queue);
  void onNetworkChanged() { *this = {}; }

  // False while the queue is left to drain.
  [[nodiscard]] bool maySend(TimePoint now) const { return now >= m_until; }
  // Reports tell of what was sent before the fall.
  [[nodiscard]] bool isBlind(TimePoint now) const { return now < m_blindUntil; }

 private:
  void hold(TimePoint now, const SenderView& view);

  TimePoint m_until{}, m_next{}, m_blindUntil{};
  int m_drainsBps = 0;  // 0: nothing was too much so far
  TimePoint m_drainedBy{};
};

}  // namespace foyer::quality
