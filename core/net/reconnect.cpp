#include "core/net/reconnect.h"

#include <algorithm>

namespace foyer::net {

namespace {

// 2^20 times any base is above every sensible cap; also keeps the shift defined.
constexpr unsigned kMaxDoublings = 20;

Duration scaled(Duration d, double unit) {
  return Duration(static_cast<Duration::rep>(static_cast<double>(d.count()) * unit));
}

}  // namespace

void Reconnect::connected(TimePoint now) { m_connectedAt = now; }

TimePoint Reconnect::failed(TimePoint now, RandomSource& random,
                            std::optional<Duration> retryAfter) {
  if (m_connectedAt && now - *m_connectedAt >= m_policy.stableAfter) m_attempts = 0;
  m_connectedAt.reset();
  const Duration wait = scaled(bound(), random.unit());
  if (m_attempts < kMaxDoublings) ++m_attempts;
  if (!retryAfter) return now + wait;
  return now + std::clamp(*retryAfter, Duration::zero(), m_policy.maxRetryAfter) + wait;
}

void Reconnect::reset() {
  m_attempts = 0;
  m_connectedAt.reset();
}

Duration Reconnect::bound() const {
  Duration bound = m_policy.base;
  for (unsigned i = 0; i < m_attempts && bound < m_policy.cap; ++i) bound *= 2;
  return std::min(bound, m_policy.cap);
}

}  // namespace foyer::net
