// Who the person knows, by whole key, and what follows from it for somebody who shows up under a
// name: the rules of docs/keys.md section 12. A key under the name of a verified contact is a
// changed key until the words were compared, whatever any relay shows beside it. The engine holds
// one and the NET thread a copy. Bounded by what the profile keeps. Value, no thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/call/call_agent.h"
#include "core/engine/views.h"
#include "core/store/stored_state.h"

namespace foyer::engine {

class ContactList final : public call::ContactBook {
 public:
  void set(const store::StoredContact& contact);
  void remove(const PublicKey& key);
  void clear();
  [[nodiscard]] bool empty() const { return m_contacts.empty(); }
  [[nodiscard]] const std::map<PublicKey, store::StoredContact>& all() const { return m_contacts; }
  [[nodiscard]] const store::StoredContact* find(const PublicKey& key) const;
  [[nodiscard]] const store::StoredContact* find(const Fingerprint& fingerprint) const;

  [[nodiscard]] Trust trustOf(const PublicKey& key, std::string_view alias) const;
  // The verified contact of this name, under another key; the one verified last if there are more.
  [[nodiscard]] const store::StoredContact* verifiedNamesake(const PublicKey& key,
                                                             std::string_view alias) const;
  // A contact of this name was seen, but never verified, under another key, and this key is new: a
  // quiet line, no warning.
  [[nodiscard]] bool isNewKeyOfSeen(const PublicKey& key, std::string_view alias) const;
  [[nodiscard]] call::ContactView contact(const PublicKey& key,
                                          std::string_view alias) const override;

  // ---- what a contact becomes; nothing changes here until set()
  // The two were in a call: new, or seen again.
  [[nodiscard]] store::StoredContact met(const PublicKey& key, const std::string& alias,
                                         WallTime now) const;
  // Kept by hand: what is known of them, or a new contact who was in no call yet.
  [[nodiscard]] store::StoredContact kept(const PublicKey& key, const std::string& alias,
                                          WallTime now) const;
  // The words matched.
  struct Pinned {
    store::StoredContact contact;
    // The key that this one takes the place of; it is in the contact's history now.
    std::optional<PublicKey> replaced;
  };
  // `isOldHere`: says of the verified namesake's key whether its owner is connected at this moment:
  // two people of one name, so both stay.
  template <class IsHere>
  [[nodiscard]] Pinned verified(const PublicKey& key, const std::string& alias, WallTime now,
                                const IsHere& isOldHere) const {
    const store::StoredContact* const old = verifiedNamesake(key, alias);
    return pin(key, alias, now, old != nullptr && !isOldHere(old->key) ? old : nullptr);
  }
  // The words differed: a key to be suspicious of, verified or not.
  [[nodiscard]] store::StoredContact suspect(const PublicKey& key, const std::string& alias,
                                             WallTime now) const;
  [[nodiscard]] store::StoredContact blocked(const PublicKey& key, const std::string& alias,
                                             WallTime now) const;
  // Back to what the key was before, as far as that can be told.
  [[nodiscard]] store::StoredContact unblocked(const store::StoredContact& contact) const;

 private:
  [[nodiscard]] Pinned pin(const PublicKey& key, const std::string& alias, WallTime now,
                           const store::StoredContact* replaced) const;
  void forgetNames(const store::StoredContact& contact);

  std::map<PublicKey, store::StoredContact> m_contacts;
  std::map<Fingerprint, PublicKey> m_byFingerprint;
  // By the form in which names are compared: own names and the last alias of each contact.
  std::multimap<std::string, PublicKey> m_byName;
};

// The form in which two names are the same to an eye that does not look closely: Unicode NFKC,
// without case and space at the ends.
[[nodiscard]] std::string comparedName(std::string_view name);

}  // namespace foyer::engine
