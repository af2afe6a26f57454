#include "core/engine/contact_import.h"

#include <algorithm>
#include <set>

namespace foyer::engine {

using store::ContactState;
using store::StoredContact;

namespace {

WallTime earlier(WallTime a, WallTime b) { return a.unixMs < b.unixMs ? a : b; }

bool isSuspicion(ContactState state) {
  return state == ContactState::KeyChanged || state == ContactState::WordsDiffered;
}

bool hasVerifiedNamesake(const ContactList& here, const StoredContact& contact) {
  return here.verifiedNamesake(contact.key, contact.lastAlias) != nullptr ||
         here.verifiedNamesake(contact.key, contact.ownName) != nullptr;
}

// What a file of somebody else may choose here: nothing that tells addresses or hushes a person.
void takeOnlyCareful(StoredContact& contact) {
  if (contact.policy == store::ContactPolicy::Direct) contact.policy = store::ContactPolicy::Usual;
  contact.ring.clear();
  contact.isFavourite = false;
}

StoredContact newcomer(const StoredContact& read, bool isOwnFile, WallTime now) {
  StoredContact contact = read;
  contact.how = store::VerifiedHow::NotVerified;
  contact.verifiedAt.reset();
  if (contact.state == ContactState::Verified) contact.state = ContactState::Seen;
  // Somebody else's calls and contacts are no reason to suspect a key here.
  if (!isOwnFile && isSuspicion(contact.state)) contact.state = ContactState::Seen;
  contact.firstSeen = read.firstSeen.unixMs > 0 ? earlier(read.firstSeen, now) : now;
  contact.lastSeen = isOwnFile ? earlier(read.lastSeen, now) : WallTime{};
  if (!isOwnFile) {
    contact.keyHistory.clear();
    takeOnlyCareful(contact);
  }
  return contact;
}

StoredContact completed(const StoredContact& known, StoredContact read, bool isOwnFile,
                        WallTime now) {
  StoredContact contact = known;
  if (!isOwnFile) takeOnlyCareful(read);
  const auto fill = [](std::string& mine, const std::string& theirs) {
    if (mine.empty()) mine = theirs;
  };
  fill(contact.ownName, read.ownName);
  fill(contact.lastAlias, read.lastAlias);
  fill(contact.note, read.note);
  fill(contact.ring, read.ring);
  if (contact.policy == store::ContactPolicy::Usual) contact.policy = read.policy;
  contact.isFavourite |= read.isFavourite;
  if (read.state == ContactState::Blocked && contact.state != ContactState::Blocked &&
      contact.state != ContactState::Verified) {
    contact.beforeBlock = contact.state;
    contact.state = ContactState::Blocked;
  }
  if (isOwnFile && contact.state == ContactState::Seen && isSuspicion(read.state))
    contact.state = read.state;
  if (isOwnFile) {
    if (read.firstSeen.unixMs > 0) contact.firstSeen = earlier(contact.firstSeen, read.firstSeen);
    if (contact.lastSeen.unixMs < read.lastSeen.unixMs)
      contact.lastSeen = earlier(read.lastSeen, now);
    if (contact.keyHistory.empty()) contact.keyHistory = read.keyHistory;
  }
  return contact;
}

}  // namespace

ContactImport importedInto(const ContactList& here, const std::vector<StoredContact>& file,
                           const PublicKey& self, bool isOwnFile, WallTime now) {
  ContactImport import;
  ContactImportView& view = import.view;
  view.read = static_cast<int>(file.size());
  std::set<PublicKey> taken{self};
  for (const StoredContact& read : file) {
    if (!taken.insert(read.key).second) continue;
    const StoredContact* const known = here.find(read.key);
    if (known == nullptr &&
        here.all().size() + static_cast<std::size_t>(view.added) >= store::kMaxContacts) {
      ++view.refused;
      continue;
    }
    StoredContact contact =
        known == nullptr ? newcomer(read, isOwnFile, now) : completed(*known, read, isOwnFile, now);
    // A name of the file is no reason to suspect a key that is known here: it is left out instead.
    if (known != nullptr && known->ownName.empty() &&
        here.verifiedNamesake(contact.key, contact.ownName) != nullptr)
      contact.ownName.clear();
    const bool wantsVerified =
        isOwnFile && read.state == ContactState::Verified && contact.state == ContactState::Seen;
    const bool isConflict = contact.state == ContactState::Seen &&
                            (known == nullptr || wantsVerified) &&
                            hasVerifiedNamesake(here, contact);
    if (isConflict) {
      contact.state = ContactState::KeyChanged;
      ++view.conflicts;
    } else if (wantsVerified) {
      contact.state = ContactState::Verified;
      contact.verifiedAt = earlier(*read.verifiedAt, now);
      contact.how = store::VerifiedHow::Import;
      ++view.verified;
    } else if (!isOwnFile && read.state == ContactState::Verified &&
               contact.state == ContactState::Seen) {
      ++view.ignored;
    }
    if (known == nullptr)
      ++view.added;
    else if (contact != *known)
      ++view.completed;
    else
      continue;
    import.changed.push_back(std::move(contact));
  }
  return import;
}

}  // namespace foyer::engine
