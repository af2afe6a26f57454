#include "core/client/live_call.h"

#include <algorithm>

namespace foyer::client {

void RateMeter::advance(TimePoint now) {
  const std::int64_t step = now.time_since_epoch() / kStep;
  // A pause longer than the window leaves nothing of it.
  const std::int64_t passed = std::min<std::int64_t>(step - m_step, kSteps);
  for (std::int64_t i = 1; i <= passed; ++i)
    m_bytes[static_cast<std::size_t>((step - passed + i) % static_cast<std::int64_t>(kSteps))] = 0;
  m_step = std::max(m_step, step);
}

void RateMeter::add(TimePoint now, std::size_t bytes) {
  advance(now);
  m_bytes[static_cast<std::size_t>(m_step % static_cast<std::int64_t>(kSteps))] += bytes;
}

double RateMeter::kbps(TimePoint now) const {
  RateMeter copy = *this;
  copy.advance(now);
  std::uint64_t sum = 0;
  for (const std::uint64_t b : copy.m_bytes) sum += b;
  return static_cast<double>(sum) * 8 / 1000 / std::chrono::duration<double>(kWindow).count();
}

CallStatus LiveCall::snapshot(TimePoint now) const {
  CallStatus s = status;
  s.tx.kbps = txRate.kbps(now);
  s.rx.kbps = rxRate.kbps(now);
  s.tx.loss = sent.view().lossShare;
  s.rx.loss = received.lossShare();
  s.endToEndRtt = sent.view().roundTrip;
  s.tier = tier;
  return s;
}

}  // namespace foyer::client
