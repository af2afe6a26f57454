#include "core/client/own_legs.h"

#include <algorithm>
#include <utility>

namespace foyer::client {
namespace {

// Nobody cares about less; the other's leg comes in steps that are no finer.
Duration stepAt(Duration roundTrip) {
  return roundTrip < 20ms ? 1ms : roundTrip < 100ms ? 5ms : 10ms;
}

Duration rounded(Duration roundTrip) {
  const Duration step = stepAt(roundTrip);
  return std::max<Duration>((roundTrip + step / 2) / step * step, 1ms);
}

}  // namespace

bool OwnLegs::take(const std::vector<RelayStatus>& relays) {
  std::map<Fingerprint, Duration> legs;
  for (const RelayStatus& relay : relays) {
    if (relay.phase != RelayPhase::Connected || !relay.rtt) continue;
    const auto before = m_legs.find(relay.fingerprint);
    const bool isStill = before != m_legs.end() &&
                         std::chrono::abs(*relay.rtt - before->second) <= stepAt(before->second);
    legs.emplace(relay.fingerprint, isStill ? before->second : rounded(*relay.rtt));
  }
  std::swap(m_legs, legs);
  return m_legs != legs;
}

std::optional<Duration> OwnLegs::with(const Fingerprint& relay, const wire::LegMs& theirs) const {
  const auto own = m_legs.find(relay);
  if (own == m_legs.end() || !theirs) return std::nullopt;
  return own->second + std::chrono::milliseconds(*theirs);
}

}  // namespace foyer::client
