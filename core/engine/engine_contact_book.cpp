// What a person keeps of others: name, note, favourite, how calls go and ring; the file of all of
// them.
#include <algorithm>

#include "core/audio/ring.h"
#include "core/crypto/identity.h"
#include "core/engine/contact_import.h"
#include "core/engine/engine.h"
#include "core/io/files.h"
#include "core/store/contact_file.h"
#include "core/wire/text.h"

namespace foyer::engine {
namespace {

// A fault of core/io's files in the words of this room: which file, and nothing more.
Fault faultOfFile(const Fault& file) {
  const char* code = "failed";
  for (const char* known : {"not_found", "permission", "not_a_file", "too_large", "disk_full"})
    if (file.code == known) code = known;
  if (file.code == "read_only") code = "permission";
  return {"contacts", code, true, {}};
}

}  // namespace

ContactDetails Engine::detailsOf(const store::StoredContact& contact) const {
  ContactDetails details;
  details.fingerprint = crypto::fingerprintOf(contact.key);
  details.keyTag = keyTagOf(details.fingerprint);
  details.ownName = contact.ownName;
  details.signedAlias = contact.lastAlias;
  details.note = contact.note;
  details.isFavourite = contact.isFavourite;
  details.policy = contact.policy;
  details.ring = contact.ring;
  details.trust = m_contacts.trustOf(contact.key, contact.lastAlias);
  if (contact.verifiedAt) details.verifiedAtMs = contact.verifiedAt->unixMs;
  details.isFromFile = contact.how == store::VerifiedHow::Import;
  details.firstSeenMs = contact.firstSeen.unixMs;
  details.lastCallMs = contact.lastSeen.unixMs;
  for (const store::KeyHistoryEntry& entry : contact.keyHistory)
    details.earlierKeys.push_back({.fingerprint = crypto::fingerprintOf(entry.key),
                                   .replacedAtMs = entry.replacedAt.unixMs,
                                   .wasVerified = entry.wasVerified});
  return details;
}

std::vector<ContactDetails> Engine::contacts() const {
  std::vector<ContactDetails> all;
  all.reserve(m_contacts.all().size());
  for (const auto& [key, contact] : m_contacts.all()) {
    all.push_back(detailsOf(contact));
    all.back().isKept = true;
  }
  return all;
}

std::optional<ContactDetails> Engine::contact(const Fingerprint& person) const {
  const auto known = knownOf(person);
  if (!known) return std::nullopt;
  // Who is not kept was first seen never.
  store::StoredContact contact = m_contacts.kept(known->key, known->alias, {});
  if (!known->alias.empty()) contact.lastAlias = known->alias;
  ContactDetails details = detailsOf(contact);
  details.isKept = m_contacts.find(known->key) != nullptr;
  return details;
}

Result<void, Fault> Engine::changeContact(const Fingerprint& person, const ContactChange& change) {
  if (!m_net) return Failure<Fault>(Fault{"identity", "not_ready", true, {}});
  if (change.ownName && !change.ownName->empty() && !wire::isValidAlias(*change.ownName))
    return Failure<Fault>(Fault{"contact", "bad_name", false, {}});
  if (change.note && !store::isValidNote(*change.note))
    return Failure<Fault>(Fault{"contact", "bad_note", false, {}});
  if (change.ring && !change.ring->empty() && *change.ring != store::kSilentRing &&
      !audio::parseRing(*change.ring))
    return Failure<Fault>(Fault{"contact", "bad_ring", false, {}});
  const auto known = knownOf(person);
  if (!known) return Failure<Fault>(Fault{"contact", "not_found", false, {}});
  const store::StoredContact before = m_contacts.kept(known->key, known->alias, m_clock.wall());
  store::StoredContact contact = before;
  if (change.ownName) contact.ownName = *change.ownName;
  if (change.note) contact.note = *change.note;
  if (change.ring) contact.ring = *change.ring;
  if (change.isFavourite) contact.isFavourite = *change.isFavourite;
  if (change.policy) contact.policy = *change.policy;
  if (contact == before) return {};
  m_store->saveContact(contact);
  keepContact(contact);
  Q_EMIT peopleChanged();
  Q_EMIT callsChanged();
  Q_EMIT historyChanged();  // it has names in it
  return {};
}

Result<void, Fault> Engine::removeContact(const Fingerprint& person) {
  if (!m_net) return Failure<Fault>(Fault{"identity", "not_ready", true, {}});
  const store::StoredContact* const known = m_contacts.find(person);
  if (known == nullptr) return Failure<Fault>(Fault{"contact", "not_found", false, {}});
  const PublicKey key = known->key;
  m_store->removeContact(key);
  if (volumeOf(person) != 1) setVolume(person, 1);
  m_contacts.remove(key);
  m_net->post([key](NetSide& side) { side.contacts().remove(key); });
  rebuildPeople();
  Q_EMIT contactsChanged();
  Q_EMIT peopleChanged();
  Q_EMIT callsChanged();
  Q_EMIT historyChanged();
  return {};
}

void Engine::takeContacts(const std::vector<store::StoredContact>& contacts) {
  for (const store::StoredContact& contact : contacts) m_contacts.set(contact);
  m_net->post([contacts](NetSide& side) {
    for (const store::StoredContact& contact : contacts) side.contacts().set(contact);
  });
  rebuildPeople();
  Q_EMIT contactsChanged();
  Q_EMIT peopleChanged();
  Q_EMIT historyChanged();
}

void Engine::exportContacts(const QString& path, DoneReply reply) {
  if (!m_net) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  std::vector<store::StoredContact> all;
  all.reserve(m_contacts.all().size());
  for (const auto& [key, contact] : m_contacts.all()) all.push_back(contact);
  m_store->run([this, path = path.toStdString(), all = std::move(all), now = m_clock.wall(),
                reply = std::move(reply)] {
    Result<void, Fault> done;
    if (io::fileExists(path))
      done = Failure<Fault>(Fault{"contacts", "exists", true, {}});
    else if (auto text = store::formatContacts(all, now); !text)
      done = Failure<Fault>(text.error());
    else if (auto written =
                 io::writeFileAtomically(path, foyer::viewOf(*text), io::FileMode::OwnerOnly);
             !written)
      done = Failure<Fault>(faultOfFile(written.error()));
    QMetaObject::invokeMethod(
        this, [reply, done] { reply(done); }, Qt::QueuedConnection);
  });
}

void Engine::importContacts(const QString& path, bool isOwnFile, bool isTrial,
                            ContactImportReply reply) {
  if (!m_net) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  using Read = Result<std::vector<store::StoredContact>, Fault>;
  m_store->run([this, path = path.toStdString(), isOwnFile, isTrial, reply = std::move(reply)] {
    const auto bytes = io::readFile(path, store::kMaxContactFile);
    const auto read = std::make_shared<Read>(bytes ? store::parseContacts(textOf(*bytes))
                                                   : Failure<Fault>(faultOfFile(bytes.error())));
    QMetaObject::invokeMethod(
        this,
        [this, read, isOwnFile, isTrial, reply] {
          if (!*read) return reply(Failure<Fault>(read->error()));
          if (!m_net) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
          const ContactImport import =
              importedInto(m_contacts, **read, m_publicKey, isOwnFile, m_clock.wall());
          if (isTrial || import.changed.empty()) return reply(import.view);
          // On disk before the screen says so: all of it, or nothing.
          m_store->saveContacts(import.changed);
          m_store->flush([this, import, reply](const Result<void, Fault>& written) {
            if (!written) return reply(Failure<Fault>(written.error()));
            if (!m_net) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
            takeContacts(import.changed);
            reply(import.view);
          });
        },
        Qt::QueuedConnection);
  });
}

}  // namespace foyer::engine
