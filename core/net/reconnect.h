// When to try again: exponential backoff with full jitter and a cap, reset after the connection
// stood for a while, never before the peer's own retry-after. A value, no thread; time and
// randomness come in.
#pragma once

#include <optional>

#include "core/base/random.h"
#include "core/base/time.h"

namespace foyer::net {

struct ReconnectPolicy {
  // Upper bound of the first wait; doubles per failure up to `cap`.
  Duration base = 500ms;
  Duration cap = 30s;
  // A connection that stood this long starts again at `base`.
  Duration stableAfter = 30s;
  // A peer's retry-after is believed up to here.
  Duration maxRetryAfter = 5min;
};

class Reconnect {
 public:
  explicit Reconnect(ReconnectPolicy policy = {}) : m_policy(policy) {}

  void connected(TimePoint now);
  // The dial failed or the connection ended. Returns when to dial again: uniform in [0, bound), but
  // not before now + retryAfter (to which the same jitter is added, so that clients that were told
  // the same do not come back together).
  [[nodiscard]] TimePoint failed(TimePoint now, RandomSource& random,
                                 std::optional<Duration> retryAfter = std::nullopt);
  // The network changed or a person asked: the next wait is short again.
  void reset();

  // Failures in a row.
  [[nodiscard]] unsigned attempts() const { return m_attempts; }
  // Upper bound of the next wait.
  [[nodiscard]] Duration bound() const;

 private:
  ReconnectPolicy m_policy;
  unsigned m_attempts = 0;
  std::optional<TimePoint> m_connectedAt;
};

}  // namespace foyer::net
