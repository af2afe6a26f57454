// How far each person is from this relay, told to the others with their presence (docs/adr/0027).
// What QUIC has measured anyway is read from time to time; nothing is done per packet.
#include <algorithm>
#include <utility>

#include "relaylite/leg_ladder.h"
#include "relaylite/relay_core.h"

namespace foyer::relaylite {

void RelayCore::watchLeg(TimePoint now, Session& session) {
  const Person* person = m_directory->find(session.who);
  if (person == nullptr) return;
  // One that others know changes in its turn only, whoever reconnects how often.
  if (!person->leg) {
    if (const auto roundTrip = m_carrier->roundTrip(session.id)) {
      m_directory->setLeg(session.who, legStep(*roundTrip, std::nullopt));
      session.legFrom = now + kLegInterval;
      m_hub.changed(now);
    }
  }
  if (std::exchange(session.isLegWatched, true)) return;
  session.legFrom = now + kLegInterval;
  m_legs.push_back({now + kLegLook, session.id});
}

std::optional<TimePoint> RelayCore::nextLegs() const {
  if (m_legs.empty()) return std::nullopt;
  return std::max(m_legs.front().at, m_legsFrom);
}

void RelayCore::lookAtLegs(TimePoint now) {
  const auto due = nextLegs();
  if (!due || *due > now) return;
  m_legsFrom = now + kLegTurn;
  const std::uint64_t before = m_directory->version();
  const bool hasListeners = m_directory->people() > 1;
  std::size_t looks = 0;
  while (looks < kLegLooks && m_directory->version() - before < kLegChanges && !m_legs.empty() &&
         m_legs.front().at <= now) {
    const net::ConnectionId id = m_legs.front().id;
    m_legs.pop_front();
    Session* session = find(id);
    if (session == nullptr || session->phase != Session::Phase::Admitted) continue;
    ++looks;
    m_legs.push_back({now + kLegLook, id});
    const Person* person = m_directory->find(session->who);
    if (person == nullptr) continue;
    const auto roundTrip = m_carrier->roundTrip(id);
    if (roundTrip && session->legFrom <= now) {
      const std::uint16_t step = legStep(*roundTrip, person->leg);
      if (person->leg != step) session->legFrom = now + kLegInterval;
      m_directory->setLeg(session->who, step);
    }
    // A quiet connection measures nothing on this side. Where something is under way, its
    // acknowledgement will do; otherwise this stands for one of the client's own keep-alives.
    if (hasListeners && m_carrier->controlPending(id) == 0) m_outbox.send(id, wire::Ping{1});
  }
  if (m_directory->version() != before) m_hub.changed(now);
}

}  // namespace foyer::relaylite
