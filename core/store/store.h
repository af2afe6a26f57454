// The profile on disk behind one object. Lives in the Qt thread that made it; every file, database
// and key-ring access runs in the STORE thread. Calls return at once, results and faults arrive in
// the owner's thread in the order of the calls. Needs a running event loop in the owner's thread.
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <string>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/store/identity_backup.h"
#include "core/store/key_ring.h"
#include "core/store/stored_state.h"

namespace foyer::store {

struct StoreOptions {
  std::string dataDir;  // made with mode 0700 when absent
  KeyRingUse keyRing = KeyRingUse::Auto;
  std::unique_ptr<RandomSource> random;  // seeds, ids and the alias; moves into the STORE thread
  std::unique_ptr<KeyRing> ring;         // null = the system's; tests hand in their own
};

class Store : public QObject {
  Q_OBJECT

 public:
  using Loaded = std::function<void(Result<StoredState, Fault>)>;
  using Done = std::function<void(Result<void, Fault>)>;
  using SeedRead = std::function<void(Result<crypto::SecretSeed, Fault>)>;

  explicit Store(StoreOptions options, QObject* parent = nullptr);
  // Finishes what is queued (at most 2 s for the ring) and releases the profile's lock.
  ~Store() override;

  // Locks the profile and loads everything. A failure means that the program cannot go on with
  // this profile: stage "profile", code already_running | unwritable | disk_full | newer_version.
  // A lost or unreadable secret is not a failure but StoredState::blocked.
  void open(Loaded done);
  // Tries the secret again (the ring was locked or slow). Answers as open does.
  void retrySecret(Loaded done);
  // The explicit way out of a lost secret: a new identity. The old secret is not deleted from the
  // ring, the file is kept aside, contacts and relays stay. Answers as open does.
  void resetIdentity(Loaded done);
  // Restore from words or backup: replaces the identity by this seed; the old one stays as
  // resetIdentity says, and a failure changes nothing. Answers as open does.
  void importSeed(crypto::SecretSeed seed, Loaded done);

  // The seed as it is kept now, read anew: what is backed up is what the next start would find.
  void readSeed(SeedRead done);
  // Stage "backup", codes in identity_backup.h, or the stage "identity" of an unreadable secret.
  void exportIdentity(const std::string& path, SecretText passphrase, Done done);
  void readBackup(const std::string& path, SecretText passphrase, SeedRead done);

  // Changes are written in order; a fault is raised when one could not be kept.
  void setAlias(const std::string& alias);
  void setSetting(const std::string& key, const std::string& value);  // "" removes
  void saveRelay(const StoredRelay& relay);
  void removeRelay(const Fingerprint& relay);  // with its invite
  // Kept where the seed is, never in the database; "" deletes it.
  void saveInvite(const Fingerprint& relay, const std::string& token);
  // Likewise; an empty one is deleted.
  void saveTurnPassword(const std::string& id, SecretText password);
  void saveContact(const StoredContact& contact);          // found by its key
  void saveContacts(std::vector<StoredContact> contacts);  // all or none
  // Keeps the contact under its new key: the old one goes into the history.
  void replaceContactKey(const PublicKey& oldKey, const StoredContact& contact);
  void removeContact(const PublicKey& key);
  void addCall(const StoredCall& call);
  void removeCall(const CallId& call);
  void markCallsSeen();
  void clearCalls();
  // Runs `work` in the STORE thread, in order with everything else (the event log's lines).
  void run(std::function<void()> work);
  // Runs when everything before it is on disk, with the fault of the first change since the last
  // flush that is not.
  void flush(Done done);

 Q_SIGNALS:
  // Stage "store"; code disk_full | unwritable | database_error | refused |
  // invite_not_kept | turn_password_not_kept.
  void faultRaised(const foyer::Fault& fault);

 private:
  class Worker;
  void post(std::function<void(Worker&)> call);
  void postLoading(Loaded done, std::function<Result<StoredState, Fault>(Worker&)> call);
  void postReading(SeedRead done, std::function<Result<crypto::SecretSeed, Fault>(Worker&)> call);

  std::unique_ptr<Worker> m_worker;
};

}  // namespace foyer::store
