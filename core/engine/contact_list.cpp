#include "core/engine/contact_list.h"

#include <QString>
#include <algorithm>
#include <iterator>
#include <set>

#include "core/crypto/identity.h"

namespace foyer::engine {

using store::ContactState;
using store::StoredContact;

std::string comparedName(std::string_view name) {
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))
      .normalized(QString::NormalizationForm_KC)
      .toCaseFolded()
      .simplified()
      .toStdString();
}

namespace {

std::set<std::string> namesOf(const StoredContact& contact) {
  std::set<std::string> names;
  for (const std::string& name : {contact.ownName, contact.lastAlias})
    if (!name.empty()) names.insert(comparedName(name));
  return names;
}

}  // namespace

void ContactList::set(const StoredContact& contact) {
  remove(contact.key);
  m_contacts[contact.key] = contact;
  m_byFingerprint[crypto::fingerprintOf(contact.key)] = contact.key;
  for (const std::string& name : namesOf(contact)) m_byName.emplace(name, contact.key);
}

void ContactList::remove(const PublicKey& key) {
  const auto it = m_contacts.find(key);
  if (it == m_contacts.end()) return;
  forgetNames(it->second);
  m_byFingerprint.erase(crypto::fingerprintOf(key));
  m_contacts.erase(it);
}

void ContactList::forgetNames(const StoredContact& contact) {
  for (const std::string& name : namesOf(contact)) {
    auto [at, end] = m_byName.equal_range(name);
    while (at != end) at = at->second == contact.key ? m_byName.erase(at) : std::next(at);
  }
}

void ContactList::clear() {
  m_contacts.clear();
  m_byFingerprint.clear();
  m_byName.clear();
}

const StoredContact* ContactList::find(const PublicKey& key) const {
  const auto it = m_contacts.find(key);
  return it == m_contacts.end() ? nullptr : &it->second;
}

const StoredContact* ContactList::find(const Fingerprint& fingerprint) const {
  const auto it = m_byFingerprint.find(fingerprint);
  return it == m_byFingerprint.end() ? nullptr : find(it->second);
}

const StoredContact* ContactList::verifiedNamesake(const PublicKey& key,
                                                   std::string_view alias) const {
  if (alias.empty()) return nullptr;
  const StoredContact* found = nullptr;
  const auto [begin, end] = m_byName.equal_range(comparedName(alias));
  for (auto it = begin; it != end; ++it) {
    const StoredContact* const other = find(it->second);
    if (other->key == key || other->state != ContactState::Verified) continue;
    if (found == nullptr || other->verifiedAt > found->verifiedAt) found = other;
  }
  return found;
}

bool ContactList::isNewKeyOfSeen(const PublicKey& key, std::string_view alias) const {
  if (alias.empty() || find(key) != nullptr || verifiedNamesake(key, alias) != nullptr)
    return false;
  const auto [begin, end] = m_byName.equal_range(comparedName(alias));
  return std::any_of(begin, end, [&](const auto& entry) {
    return find(entry.second)->state == ContactState::Seen;
  });
}

Trust ContactList::trustOf(const PublicKey& key, std::string_view alias) const {
  if (const StoredContact* const known = find(key)) {
    switch (known->state) {
      case ContactState::Verified:
        return Trust::Verified;
      case ContactState::Blocked:
        return Trust::Blocked;
      case ContactState::KeyChanged:
        return Trust::KeyChanged;
      case ContactState::WordsDiffered:
        return Trust::WordsDiffered;
      case ContactState::Seen:
        // Known by this name already: another person who happens to have it. A new name has to
        // stand the question below; what they are called here does not answer it.
        if (comparedName(known->lastAlias) == comparedName(alias)) return Trust::NotVerified;
        break;
    }
  }
  return verifiedNamesake(key, alias) != nullptr ? Trust::KeyChanged : Trust::NotVerified;
}

call::ContactView ContactList::contact(const PublicKey& key, std::string_view alias) const {
  const Trust trust = trustOf(key, alias);
  const StoredContact* const known = find(key);
  // Who was given a name here and never talked with is told no address for it.
  return {.isKnown = known != nullptr && known->lastSeen.unixMs > 0,
          .isVerified = trust == Trust::Verified,
          .isBlocked = trust == Trust::Blocked,
          .isKeyChanged = isSuspect(trust)};
}

StoredContact ContactList::met(const PublicKey& key, const std::string& alias, WallTime now) const {
  const StoredContact* const known = find(key);
  StoredContact contact = known != nullptr ? *known : StoredContact{};
  contact.key = key;
  contact.lastSeen = now;
  if (known == nullptr) contact.firstSeen = now;
  // Whoever shows up under a verified contact's name with another key stays changed.
  if (contact.state == ContactState::Seen && trustOf(key, alias) == Trust::KeyChanged)
    contact.state = ContactState::KeyChanged;
  if (!alias.empty()) contact.lastAlias = alias;
  return contact;
}

StoredContact ContactList::kept(const PublicKey& key, const std::string& alias,
                                WallTime now) const {
  if (const StoredContact* const known = find(key)) return *known;
  StoredContact contact = met(key, alias, now);
  contact.lastSeen = {};
  return contact;
}

ContactList::Pinned ContactList::pin(const PublicKey& key, const std::string& alias, WallTime now,
                                     const StoredContact* replaced) const {
  Pinned pinned{met(key, alias, now), std::nullopt};
  StoredContact& contact = pinned.contact;
  contact.state = ContactState::Verified;
  contact.verifiedAt = now;
  contact.how = store::VerifiedHow::Words;
  if (replaced != nullptr) {
    // The same person under another key: their name here and their past go with them.
    pinned.replaced = replaced->key;
    if (!replaced->ownName.empty()) contact.ownName = replaced->ownName;
    if (!replaced->note.empty()) contact.note = replaced->note;
    if (!replaced->ring.empty()) contact.ring = replaced->ring;
    if (contact.policy == store::ContactPolicy::Usual) contact.policy = replaced->policy;
    contact.isFavourite |= replaced->isFavourite;
    contact.firstSeen = std::min(contact.firstSeen, replaced->firstSeen);
    std::vector<store::KeyHistoryEntry> history = replaced->keyHistory;
    history.insert(history.end(), contact.keyHistory.begin(), contact.keyHistory.end());
    history.push_back({replaced->key, now, true});
    contact.keyHistory = std::move(history);
  }
  if (contact.keyHistory.size() > store::kMaxKeyHistory)
    contact.keyHistory.erase(
        contact.keyHistory.begin(),
        contact.keyHistory.end() - static_cast<std::ptrdiff_t>(store::kMaxKeyHistory));
  return pinned;
}

StoredContact ContactList::suspect(const PublicKey& key, const std::string& alias,
                                   WallTime now) const {
  StoredContact contact = met(key, alias, now);
  contact.state = ContactState::WordsDiffered;
  contact.verifiedAt.reset();
  contact.how = store::VerifiedHow::NotVerified;
  return contact;
}

StoredContact ContactList::blocked(const PublicKey& key, const std::string& alias,
                                   WallTime now) const {
  StoredContact contact = met(key, alias, now);
  // To block is not to meet: who was never talked with is told no address after being unblocked.
  const StoredContact* const known = find(key);
  contact.lastSeen = known != nullptr ? known->lastSeen : WallTime{};
  if (contact.state != ContactState::Blocked) contact.beforeBlock = contact.state;
  contact.state = ContactState::Blocked;
  return contact;
}

StoredContact ContactList::unblocked(const StoredContact& contact) const {
  StoredContact back = contact;
  back.beforeBlock = ContactState::Seen;
  if (contact.beforeBlock == ContactState::KeyChanged ||
      contact.beforeBlock == ContactState::WordsDiffered)
    back.state = contact.beforeBlock;
  else if (back.verifiedAt)
    back.state = ContactState::Verified;
  else if (verifiedNamesake(back.key, back.lastAlias) != nullptr)
    back.state = ContactState::KeyChanged;
  else
    back.state = ContactState::Seen;
  return back;
}

}  // namespace foyer::engine
