#include "relaylite/memory_directory.h"

#include <utility>

namespace foyer::relaylite {

MemoryDirectory::MemoryDirectory(std::uint64_t firstVersion)
    : m_version(firstVersion), m_oldest(firstVersion) {}

std::optional<Route> MemoryDirectory::attach(const Fingerprint& who, const Route& route) {
  const auto [at, isNew] = m_routes.try_emplace(who, route);
  if (isNew) return std::nullopt;
  return std::exchange(at->second, route);
}

bool MemoryDirectory::detach(const Fingerprint& who, const Route& route) {
  const auto at = m_routes.find(who);
  if (at == m_routes.end() || at->second != route) return false;
  m_routes.erase(at);
  return true;
}

std::optional<Route> MemoryDirectory::route(const Fingerprint& who) const {
  const auto at = m_routes.find(who);
  if (at == m_routes.end()) return std::nullopt;
  return at->second;
}

const Person* MemoryDirectory::find(const Fingerprint& who) const {
  const auto at = m_entries.find(who);
  return at == m_entries.end() || !at->second.person ? nullptr : &*at->second.person;
}

void MemoryDirectory::touch(const Fingerprint& who, Entry& entry) {
  m_byVersion.erase(entry.version);
  m_tombstones.erase(entry.version);
  entry.version = ++m_version;
  m_byVersion.emplace(entry.version, who);
}

void MemoryDirectory::put(const Fingerprint& who, Person person) {
  Entry& entry = m_entries[who];
  const bool sameRecord = entry.person && entry.person->record == person.record;
  if (sameRecord && entry.person->state == person.state) return;
  if (!entry.person) ++m_people;
  entry.person = std::move(person);
  touch(who, entry);
  if (!sameRecord) entry.recordVersion = entry.version;
}

void MemoryDirectory::setState(const Fingerprint& who, wire::PresenceState state) {
  const auto at = m_entries.find(who);
  if (at == m_entries.end() || !at->second.person || at->second.person->state == state) return;
  at->second.person->state = state;
  if (state == wire::PresenceState::Unreachable) at->second.person->leg.reset();
  touch(who, at->second);
}

void MemoryDirectory::setLeg(const Fingerprint& who, std::uint16_t ms) {
  const auto at = m_entries.find(who);
  if (at == m_entries.end() || !at->second.person || at->second.person->leg == ms) return;
  at->second.person->leg = ms;
  touch(who, at->second);
}

void MemoryDirectory::remove(const Fingerprint& who) {
  const auto at = m_entries.find(who);
  if (at == m_entries.end() || !at->second.person) return;
  at->second.person.reset();
  --m_people;
  touch(who, at->second);
  m_tombstones.emplace(at->second.version, who);
  forgetOldTombstones();
}

void MemoryDirectory::forgetOldTombstones() {
  while (m_tombstones.size() > kMaxTombstones) {
    const auto oldest = m_tombstones.begin();
    // Who does not know of this departure cannot be told any more.
    m_oldest = oldest->first;
    m_byVersion.erase(oldest->first);
    m_entries.erase(oldest->second);
    m_tombstones.erase(oldest);
  }
}

std::vector<Change> MemoryDirectory::changesAfter(std::uint64_t after, std::size_t max) const {
  std::vector<Change> changes;
  for (auto at = m_byVersion.upper_bound(after); at != m_byVersion.end() && changes.size() < max;
       ++at) {
    const Entry& entry = m_entries.at(at->second);
    changes.push_back(
        {at->first, at->second, entry.person ? &*entry.person : nullptr, entry.recordVersion});
  }
  return changes;
}

}  // namespace foyer::relaylite
