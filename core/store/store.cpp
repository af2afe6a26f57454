#include "core/store/store.h"

#include <QThread>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "core/base/assert.h"

#include "core/store/database.h"
#include "core/store/profile.h"
#include "core/store/secret_store.h"

namespace foyer::store {

// Everything of the STORE thread. post() is for the owner's thread, the rest runs in run().
class Store::Worker {
 public:
  using Call = std::function<void(Worker&)>;

  Worker(StoreOptions options, std::function<void(Fault)> raise)
      : m_options(std::move(options)),
        m_ring(m_options.ring ? std::move(m_options.ring) : makeSystemKeyRing(m_options.keyRing)),
        m_secrets(*m_ring, *m_options.random),
        m_raise(std::move(raise)),
        m_thread(QThread::create([this] { run(); })) {
    m_thread->setObjectName("foyer-store");
    m_thread->start();
  }
  ~Worker() {
    {
      const std::lock_guard lock(m_mutex);
      m_stops = true;
    }
    m_wake.notify_all();
    m_thread->wait();
  }

  void post(Call call) {
    {
      const std::lock_guard lock(m_mutex);
      m_calls.push_back(std::move(call));
    }
    m_wake.notify_all();
  }

  Result<StoredState, Fault> open() {
    m_database.reset();
    m_profile.reset();
    auto profile = Profile::open(m_options.dataDir);
    if (!profile) return Failure<Fault>(profile.error());
    m_profile.emplace(std::move(*profile));
    m_notices.clear();
    m_settings = m_profile->readSettings(m_notices);
    return finish(m_secrets.load(*m_profile));
  }
  Result<StoredState, Fault> retrySecret() {
    if (!m_profile) return open();
    return finish(m_secrets.load(*m_profile));
  }
  Result<StoredState, Fault> resetIdentity() {
    if (!m_profile) return Failure<Fault>(notOpen());
    return replaced(m_secrets.reset(*m_profile));
  }
  Result<StoredState, Fault> importSeed(const crypto::SecretSeed& seed) {
    if (!m_profile) return Failure<Fault>(notOpen());
    return replaced(m_secrets.import(*m_profile, seed));
  }
  Result<crypto::SecretSeed, Fault> readSeed() {
    if (!m_profile) return Failure<Fault>(notOpen());
    auto secret = m_secrets.load(*m_profile);
    if (!secret) return Failure<Fault>(secret.error());
    if (!secret->seed) return Failure<Fault>(*secret->blocked);
    return std::move(*secret->seed);
  }
  Result<void, Fault> exportIdentity(const std::string& path, const SecretText& passphrase) {
    const auto seed = readSeed();
    if (!seed) return Failure<Fault>(seed.error());
    return writeBackup(path, *seed, passphrase.text(), *m_options.random);
  }

  void setAlias(const std::string& alias) {
    if (!m_profile || !m_record) return m_raise(notOpen());
    m_record->alias = alias;
    check(m_profile->writeRecord(*m_record));
  }
  void setSetting(const std::string& key, const std::string& value) {
    if (!m_profile) return m_raise(notOpen());
    const bool isNew = !m_settings.contains(key);
    if (value.size() > kMaxSettingBytes || key.size() > kMaxSettingBytes ||
        (isNew && !value.empty() && m_settings.size() >= kMaxSettings)) {
      return m_raise({"store", "refused", false, {}});
    }
    if (value.empty()) {
      m_settings.erase(key);
    } else {
      m_settings.insert_or_assign(key, value);
    }
    m_settingsChanged = true;
  }
  void saveInvite(const Fingerprint& relay, const std::string& token) {
    if (!m_profile || !m_record) return m_raise(notOpen());
    check(m_secrets.keepInvite(*m_profile, *m_record, relay, token));
  }
  void saveTurnPassword(const std::string& id, const SecretText& password) {
    if (!m_profile || !m_record) return m_raise(notOpen());
    check(m_secrets.keepTurnPassword(*m_profile, *m_record, id, password));
  }
  template <class Change>
  void change(Change&& change) {
    check(m_database ? change(*m_database) : Result<void, Fault>(Failure<Fault>(notOpen())));
  }
  Result<void, Fault> flush() {
    keepSettings();
    if (const auto unkept = std::exchange(m_unkept, std::nullopt)) return Failure<Fault>(*unkept);
    return {};
  }

 private:
  static Fault notOpen() { return {"store", "not_open", false, {}}; }
  void check(const Result<void, Fault>& done) {
    if (done) return;
    if (!m_unkept) m_unkept = done.error();
    m_raise(done.error());
  }
  void keepSettings() {
    if (std::exchange(m_settingsChanged, false) && m_profile)
      check(m_profile->writeSettings(m_settings));
  }

  void run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
      m_wake.wait(lock, [&] { return m_stops || !m_calls.empty(); });
      std::deque<Call> calls = std::exchange(m_calls, {});
      const bool stops = m_stops;
      lock.unlock();
      for (Call& call : calls) call(*this);
      calls.clear();
      // Settings that changed in a row are one write.
      keepSettings();
      lock.lock();
      if (stops && m_calls.empty()) break;
    }
    lock.unlock();
    // The connection ends in the thread that made it, the lock of the profile last.
    m_database.reset();
    m_profile.reset();
  }

  Result<StoredState, Fault> replaced(Result<SecretOutcome, Fault> secret) {
    if (secret && m_record) {
      check(m_secrets.moveInvites(*m_profile, *m_record, secret->record));
      check(m_secrets.moveTurnPasswords(*m_profile, *m_record, secret->record));
    }
    return finish(std::move(secret));
  }

  // The database is opened after the secret: a data folder without one is a first start.
  Result<StoredState, Fault> finish(Result<SecretOutcome, Fault> secret) {
    if (!secret) {
      Fault fault = secret.error();
      if (fault.stage == "store") fault.stage = "profile";
      return Failure<Fault>(fault);
    }
    StoredState state;
    if (!m_database && !secret->blocked) {
      auto database = Database::open(m_profile->databasePath(), m_notices);
      if (!database) return Failure<Fault>(database.error());
      m_database = std::move(*database);
    }
    m_record.reset();
    if (!secret->record.id.empty()) m_record = secret->record;
    state.profileId = secret->record.id;
    state.alias = secret->record.alias;
    state.isFirstStart = secret->isNew;
    state.seedHome = secret->record.seedHome;
    state.seed = std::move(secret->seed);
    state.blocked = secret->blocked;
    state.settings = m_settings;
    state.notices = m_notices;
    if (state.seed) {
      state.invites = m_secrets.readInvites(*m_profile, secret->record, state.notices);
      state.turnPasswords = m_secrets.readTurnPasswords(*m_profile, secret->record, state.notices);
    }
    if (m_database) {
      auto relays = m_database->relays();
      auto contacts = m_database->contacts();
      auto calls = m_database->calls();
      if (!relays) return Failure<Fault>(relays.error());
      if (!contacts) return Failure<Fault>(contacts.error());
      if (!calls) return Failure<Fault>(calls.error());
      state.relays = std::move(*relays);
      state.contacts = std::move(*contacts);
      state.calls = std::move(*calls);
    }
    return state;
  }

  StoreOptions m_options;
  std::unique_ptr<KeyRing> m_ring;
  SecretStore m_secrets;
  std::function<void(Fault)> m_raise;
  std::optional<Profile> m_profile;
  std::optional<ProfileRecord> m_record;
  std::unique_ptr<Database> m_database;
  SettingsMap m_settings;
  bool m_settingsChanged = false;
  std::optional<Fault> m_unkept;  // the first change since the last flush that was not kept
  std::vector<Fault> m_notices;

  std::mutex m_mutex;  // of the three below
  std::condition_variable m_wake;
  std::deque<Call> m_calls;
  bool m_stops = false;
  std::unique_ptr<QThread> m_thread;
};

Store::Store(StoreOptions options, QObject* parent) : QObject(parent) {
  FOYER_ASSERT(options.random != nullptr, "a store makes identities");
  m_worker = std::make_unique<Worker>(std::move(options), [this](Fault fault) {
    QMetaObject::invokeMethod(
        this, [this, fault = std::move(fault)] { Q_EMIT faultRaised(fault); },
        Qt::QueuedConnection);
  });
}

// What the worker still delivers goes to a QObject that dies: Qt drops it.
Store::~Store() { m_worker.reset(); }

void Store::post(std::function<void(Worker&)> call) { m_worker->post(std::move(call)); }

void Store::postLoading(Loaded done, std::function<Result<StoredState, Fault>(Worker&)> call) {
  post([this, done = std::move(done), call = std::move(call)](Worker& worker) {
    // Shared, because a StoredState cannot be copied and Qt's functors are.
    auto result = std::make_shared<Result<StoredState, Fault>>(call(worker));
    QMetaObject::invokeMethod(
        this, [done, result] { done(std::move(*result)); }, Qt::QueuedConnection);
  });
}

void Store::open(Loaded done) {
  postLoading(std::move(done), [](Worker& w) { return w.open(); });
}
void Store::retrySecret(Loaded done) {
  postLoading(std::move(done), [](Worker& w) { return w.retrySecret(); });
}
void Store::resetIdentity(Loaded done) {
  postLoading(std::move(done), [](Worker& w) { return w.resetIdentity(); });
}
void Store::importSeed(crypto::SecretSeed seed, Loaded done) {
  auto shared = std::make_shared<crypto::SecretSeed>(std::move(seed));
  postLoading(std::move(done), [shared](Worker& w) { return w.importSeed(*shared); });
}

void Store::postReading(SeedRead done,
                        std::function<Result<crypto::SecretSeed, Fault>(Worker&)> call) {
  post([this, done = std::move(done), call = std::move(call)](Worker& worker) {
    // Shared for the same reason.
    auto result = std::make_shared<Result<crypto::SecretSeed, Fault>>(call(worker));
    QMetaObject::invokeMethod(
        this, [done, result] { done(std::move(*result)); }, Qt::QueuedConnection);
  });
}
void Store::readSeed(SeedRead done) {
  postReading(std::move(done), [](Worker& w) { return w.readSeed(); });
}
void Store::readBackup(const std::string& path, SecretText passphrase, SeedRead done) {
  auto shared = std::make_shared<SecretText>(std::move(passphrase));
  postReading(std::move(done),
              [path, shared](Worker&) { return store::readBackup(path, shared->text()); });
}
void Store::exportIdentity(const std::string& path, SecretText passphrase, Done done) {
  auto shared = std::make_shared<SecretText>(std::move(passphrase));
  post([this, path, shared, done = std::move(done)](Worker& worker) {
    const Result<void, Fault> result = worker.exportIdentity(path, *shared);
    QMetaObject::invokeMethod(
        this, [done, result] { done(result); }, Qt::QueuedConnection);
  });
}

void Store::setAlias(const std::string& alias) {
  post([=](Worker& w) { w.setAlias(alias); });
}
void Store::setSetting(const std::string& key, const std::string& value) {
  post([=](Worker& w) { w.setSetting(key, value); });
}
void Store::saveRelay(const StoredRelay& relay) {
  post([=](Worker& w) { w.change([&](Database& db) { return db.saveRelay(relay); }); });
}
void Store::saveInvite(const Fingerprint& relay, const std::string& token) {
  post([=](Worker& w) { w.saveInvite(relay, token); });
}
void Store::saveTurnPassword(const std::string& id, SecretText password) {
  auto shared = std::make_shared<SecretText>(std::move(password));
  post([id, shared](Worker& w) { w.saveTurnPassword(id, *shared); });
}
void Store::removeRelay(const Fingerprint& relay) {
  saveInvite(relay, {});
  post([=](Worker& w) { w.change([&](Database& db) { return db.removeRelay(relay); }); });
}
void Store::saveContact(const StoredContact& contact) {
  post([=](Worker& w) { w.change([&](Database& db) { return db.saveContact(contact); }); });
}
void Store::saveContacts(std::vector<StoredContact> contacts) {
  post([contacts = std::move(contacts)](Worker& w) {
    w.change([&](Database& db) { return db.saveContacts(contacts); });
  });
}
void Store::replaceContactKey(const PublicKey& oldKey, const StoredContact& contact) {
  post([=](Worker& w) {
    w.change([&](Database& db) { return db.replaceContactKey(oldKey, contact); });
  });
}
void Store::removeContact(const PublicKey& key) {
  post([=](Worker& w) { w.change([&](Database& db) { return db.removeContact(key); }); });
}
void Store::addCall(const StoredCall& call) {
  post([=](Worker& w) { w.change([&](Database& db) { return db.addCall(call); }); });
}
void Store::removeCall(const CallId& call) {
  post([=](Worker& w) { w.change([&](Database& db) { return db.removeCall(call); }); });
}
void Store::markCallsSeen() {
  post([](Worker& w) { w.change([](Database& db) { return db.markCallsSeen(); }); });
}
void Store::clearCalls() {
  post([](Worker& w) { w.change([](Database& db) { return db.clearCalls(); }); });
}
void Store::run(std::function<void()> work) {
  post([work = std::move(work)](Worker&) { work(); });
}
void Store::flush(Done done) {
  post([this, done = std::move(done)](Worker& worker) {
    const Result<void, Fault> result = worker.flush();
    QMetaObject::invokeMethod(
        this, [done, result] { done(result); }, Qt::QueuedConnection);
  });
}

}  // namespace foyer::store
