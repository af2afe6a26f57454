#include "core/call/lobby.h"

#include <algorithm>

#include "core/crypto/presence.h"
#include "core/wire/text.h"

namespace foyer::call {

Lobby::Lobby(const Fingerprint& relay, const PublicKey& own)
    : m_relay(relay), m_own(own), m_ownFingerprint(crypto::fingerprintOf(own)) {}

Lobby::Fed Lobby::handlePage(TimePoint now, const wire::PresencePage& page) {
  if (page.page == 0) {
    m_pagesOf = page.version;
    m_nextPage = 0;
    m_incoming.clear();
  }
  if (m_pagesOf != page.version || m_nextPage != page.page) {
    disconnected();
    return Fed::Gap;
  }
  ++m_nextPage;
  for (const wire::PersonEntry& entry : page.people)
    take(now, m_incoming, entry.record, entry.state, entry.leg);
  if (!page.last) return Fed::Incomplete;
  m_people = std::move(m_incoming);
  m_expired.clear();
  m_version = page.version;
  disconnected();
  noteExpiry();
  return Fed::Complete;
}

Lobby::Fed Lobby::handleDelta(TimePoint now, const wire::PresenceDelta& delta) {
  // The snapshot under way was asked for because the list is not known; what changed is in it.
  if (m_pagesOf) return Fed::Incomplete;
  if (delta.from != m_version || delta.to < delta.from) return Fed::Gap;
  bool isWhole = true;
  for (const wire::PresenceChange& change : delta.changes) {
    if (change.state == wire::PresenceState::Gone) {
      m_people.erase(change.fingerprint);
      m_expired.erase(change.fingerprint);
    } else if (!change.record.empty()) {
      take(now, m_people, change.record, change.state, change.leg, &change.fingerprint);
    } else if (const auto found = m_people.find(change.fingerprint); found != m_people.end()) {
      found->second.state = change.state;
      found->second.leg = change.leg;
    } else if (change.fingerprint != m_ownFingerprint && !m_expired.contains(change.fingerprint)) {
      isWhole = false;
    }
  }
  m_version = delta.to;
  noteExpiry();
  if (isWhole) return Fed::Complete;
  // Somebody changed who is not in the list: start over rather than show half of it.
  m_version = 0;
  return Fed::Gap;
}

void Lobby::disconnected() {
  m_pagesOf.reset();
  m_nextPage = 0;
  m_incoming.clear();
}

bool Lobby::expire(TimePoint now) {
  if (!m_nextExpiry || now < *m_nextExpiry) return false;
  const std::size_t gone = std::erase_if(m_people, [&](const auto& entry) {
    const bool isOver = entry.second.receivedAt + entry.second.lifetime <= now;
    if (isOver && m_expired.size() < kMaxPeople) m_expired.insert(entry.first);
    return isOver;
  });
  noteExpiry();
  return gone > 0;
}

void Lobby::noteExpiry() {
  m_nextExpiry.reset();
  for (const auto& [fingerprint, person] : m_people) {
    const TimePoint at = person.receivedAt + person.lifetime;
    m_nextExpiry = m_nextExpiry ? std::min(*m_nextExpiry, at) : at;
  }
}

const LobbyPerson* Lobby::find(const Fingerprint& fingerprint) const {
  const auto found = m_people.find(fingerprint);
  return found == m_people.end() ? nullptr : &found->second;
}

void Lobby::take(TimePoint now, std::map<Fingerprint, LobbyPerson>& into, ByteView record,
                 wire::PresenceState state, wire::LegMs leg, const Fingerprint* expected) {
  auto opened = crypto::openPresence(record);
  if (!opened) {
    ++m_refused;
    return;
  }
  const Fingerprint fingerprint = crypto::fingerprintOf(opened->identity);
  if (expected != nullptr && *expected != fingerprint) {
    ++m_refused;
    return;
  }
  if (opened->identity == m_own) return;
  if (!into.contains(fingerprint) && into.size() >= kMaxPeople) {
    ++m_refused;
    return;
  }
  // The record known before: in the list, also while a snapshot replaces it.
  const LobbyPerson* const known = find(fingerprint);
  const bool isAlive = known != nullptr && known->receivedAt + known->lifetime > now;
  LobbyPerson person;
  if (isAlive && known->key != opened->identity) {
    // Two keys with one fingerprint: the one that was here first stays.
    ++m_refused;
    person = *known;
  } else if (isAlive && known->sequence >= opened->sequence) {
    // Seen before, or a relay serving an old record while a newer one lives.
    if (known->sequence > opened->sequence) ++m_refused;
    person = *known;
  } else {
    person = {.key = opened->identity,
              .fingerprint = fingerprint,
              .box = opened->box,
              .alias = wire::isValidAlias(opened->alias) ? std::move(opened->alias) : std::string(),
              .versions = std::move(opened->versions),
              .sequence = opened->sequence,
              .receivedAt = now,
              .lifetime = std::chrono::seconds(opened->ttlSeconds)};
  }
  person.state = state;
  person.leg = leg;
  if (&into == &m_people) m_expired.erase(fingerprint);
  into.insert_or_assign(fingerprint, std::move(person));
}

}  // namespace foyer::call
