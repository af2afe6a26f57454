#include "core/store/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>
#include <atomic>
#include <map>
#include <utility>

#include "core/io/files.h"

namespace foyer::store {

namespace {

// SQLite's result codes that mean something to a person.
constexpr int kSqliteReadOnly = 8, kSqliteCorrupt = 11, kSqliteFull = 13, kSqliteCantOpen = 14,
              kSqliteNotADatabase = 26;

// Never edit a migration that was released: append one. Times are unix ms; keys are BLOBs.
const std::vector<QStringList>& migrations() {
  static const std::vector<QStringList> list{
      {
          "CREATE TABLE relays (fingerprint BLOB PRIMARY KEY, key BLOB, link TEXT NOT NULL, "
          "first_seen INTEGER NOT NULL, last_connected INTEGER NOT NULL, trust INTEGER NOT NULL)",
          "CREATE TABLE contacts (key BLOB PRIMARY KEY, own_name TEXT NOT NULL, last_alias TEXT "
          "NOT "
          "NULL, state INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, "
          "verified_at INTEGER, how INTEGER NOT NULL)",
          "CREATE TABLE key_history (contact BLOB NOT NULL REFERENCES contacts(key) ON DELETE "
          "CASCADE, position INTEGER NOT NULL, key BLOB NOT NULL, replaced_at INTEGER NOT NULL, "
          "was_verified INTEGER NOT NULL, PRIMARY KEY (contact, position))",
      },
      {
          "ALTER TABLE relays ADD COLUMN auto_connect INTEGER NOT NULL DEFAULT 1",
          "CREATE TABLE calls (call BLOB PRIMARY KEY, peer BLOB NOT NULL, direction INTEGER NOT "
          "NULL, started_at INTEGER NOT NULL, active_at INTEGER, ended_at INTEGER NOT NULL, reason "
          "TEXT NOT NULL)",
          "CREATE INDEX calls_by_time ON calls (started_at)",
      },
      {
          "ALTER TABLE calls ADD COLUMN peer_name TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE calls ADD COLUMN path TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE calls ADD COLUMN quality TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE calls ADD COLUMN seen INTEGER NOT NULL DEFAULT 1",
      },
      {
          "ALTER TABLE contacts ADD COLUMN note TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE contacts ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE contacts ADD COLUMN policy INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE contacts ADD COLUMN ring TEXT NOT NULL DEFAULT ''",
      },
      {
          "ALTER TABLE calls ADD COLUMN figures TEXT NOT NULL DEFAULT ''",
      },
      {
          "ALTER TABLE contacts ADD COLUMN before_block INTEGER NOT NULL DEFAULT 0",
      },
      {
          "CREATE TABLE relay_keys (relay BLOB NOT NULL REFERENCES relays(fingerprint) ON DELETE "
          "CASCADE, position INTEGER NOT NULL, fingerprint BLOB NOT NULL, replaced_at INTEGER NOT "
          "NULL, PRIMARY KEY (relay, position))",
      }};
  return list;
}

Fault faultOf(const QSqlError& error, const char* stage) {
  // The low byte is the primary code of an extended one.
  const int code = error.nativeErrorCode().toInt() & 0xff;
  const char* name = "database_error";
  if (code == kSqliteFull) name = "disk_full";
  if (code == kSqliteReadOnly || code == kSqliteCantOpen) name = "unwritable";
  return {stage, name, true, "sqlite " + error.nativeErrorCode().toStdString()};
}

bool saysCorrupt(const QSqlError& error) {
  const int code = error.nativeErrorCode().toInt() & 0xff;
  return code == kSqliteCorrupt || code == kSqliteNotADatabase;
}

template <class Id>
QVariant blob(const Id& id) {
  return QByteArray(reinterpret_cast<const char*>(id.bytes.data()),
                    static_cast<qsizetype>(Id::kSize));
}
template <class Id>
std::optional<Id> idOf(const QVariant& value) {
  const QByteArray bytes = value.toByteArray();
  return Id::fromBytes(viewOf({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
}
QVariant text(const std::string& s) { return QString::fromStdString(s); }
QVariant time(WallTime t) { return QVariant::fromValue<qlonglong>(t.unixMs); }
QVariant time(const std::optional<WallTime>& t) { return t ? time(*t) : QVariant(); }
WallTime timeOf(const QVariant& v) { return {v.toLongLong()}; }
std::optional<WallTime> optionalTimeOf(const QVariant& v) {
  return v.isNull() ? std::nullopt : std::optional(timeOf(v));
}
// A value that no Foyer wrote becomes the first, the most careful one.
template <class Enum>
Enum enumOf(const QVariant& v, Enum last) {
  const int n = v.toInt();
  return n >= 0 && n <= static_cast<int>(last) ? static_cast<Enum>(n) : Enum{};
}

// Of a later Foyer, or damaged: a reason to compare words.
ContactState contactStateOf(const QVariant& v) {
  const int n = v.toInt();
  const bool isKnown = n >= 0 && n <= static_cast<int>(ContactState::WordsDiffered);
  return isKnown ? static_cast<ContactState>(n) : ContactState::KeyChanged;
}

}  // namespace

int Database::currentVersion() { return static_cast<int>(migrations().size()); }

QSqlDatabase Database::handle() const { return QSqlDatabase::database(m_connection, false); }

Database::~Database() {
  handle().close();
  QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Database>, Fault> Database::connect(const std::string& path) {
  // SQLite would create it with the umask's rights.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
  static std::atomic<int> s_connections{0};
  const QString name = QStringLiteral("foyer-store-%1").arg(++s_connections);
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
  std::unique_ptr<Database> made(new Database(name));
  db.setDatabaseName(QString::fromStdString(path));
  db.setConnectOptions("QSQLITE_BUSY_TIMEOUT=2000");
  if (!db.open()) return Failure<Fault>(faultOf(db.lastError(), "profile"));
  return made;
}

Result<std::unique_ptr<Database>, Fault> Database::open(const std::string& path,
                                                        std::vector<Fault>& notices) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto made = connect(path);
    if (!made) return made;
    const auto health = (*made)->check();
    if (!health) return Failure<Fault>(health.error());
    if (*health == Health::Good) {
      if (auto migrated = (*made)->migrate(); !migrated) return Failure<Fault>(migrated.error());
      return made;
    }
    made->reset();
    // The log belongs to the damaged file and must not be replayed into the new one.
    for (const char* suffix : {"", "-wal", "-shm"}) {
      if (!io::fileExists(path + suffix)) continue;
      const auto aside = io::keepAside(path + suffix);
      if (!aside) return Failure<Fault>(Fault{"profile", "unwritable", true, aside.error().detail});
    }
    notices.push_back({"store", "database_corrupt", false, {}});
  }
  return Failure<Fault>(Fault{"profile", "database_error", true, {}});
}

Result<Database::Health, Fault> Database::check() {
  QSqlQuery query(handle());
  const auto judge = [&]() -> Result<Health, Fault> {
    if (saysCorrupt(query.lastError())) return Health::Corrupt;
    return Failure<Fault>(faultOf(query.lastError(), "profile"));
  };
  if (!query.exec("PRAGMA quick_check(1)") || !query.next()) return judge();
  if (query.value(0).toString() != "ok") return Health::Corrupt;
  query.finish();
  // FULL: what a person verified is not to be lost in a power cut, and writes are rare. Deleted
  // securely: a call that was forgotten does not stay in a free page.
  for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                             "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON"}) {
    if (!query.exec(pragma)) return judge();
    query.finish();
  }
  return Health::Good;
}

Result<void, Fault> Database::migrate() {
  const auto version = count("PRAGMA user_version");
  if (!version) return Failure<Fault>(version.error());
  if (*version > currentVersion()) {
    return Failure<Fault>(Fault{"profile", "newer_version", false, {}});
  }
  for (auto step = static_cast<std::size_t>(*version); step < migrations().size(); ++step) {
    const auto done = transaction([&]() -> Result<void, Fault> {
      for (const QString& sql : migrations()[step]) {
        if (auto r = execute(sql.toUtf8().constData()); !r) return r;
      }
      const std::string mark = "PRAGMA user_version=" + std::to_string(step + 1);
      return execute(mark.c_str());
    });
    if (!done) {
      Fault fault = done.error();
      fault.stage = "profile";
      return Failure<Fault>(fault);
    }
  }
  return {};
}

Result<void, Fault> Database::execute(const char* sql, const QVariantList& values) {
  QSqlQuery query(handle());
  if (!query.prepare(QString::fromUtf8(sql))) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  for (const QVariant& value : values) query.addBindValue(value);
  if (!query.exec()) return Failure<Fault>(faultOf(query.lastError(), "store"));
  return {};
}

Result<std::int64_t, Fault> Database::count(const char* sql) {
  QSqlQuery query(handle());
  if (!query.exec(QString::fromUtf8(sql)) || !query.next()) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  return query.value(0).toLongLong();
}

// By statements of our own: QSqlDatabase::transaction() loses SQLite's error code.
template <class Work>
Result<void, Fault> Database::transaction(Work work) {
  if (auto begun = execute("BEGIN IMMEDIATE"); !begun) return begun;
  Result<void, Fault> done = work();
  if (done) done = execute("COMMIT");
  // SQLite may have rolled back by itself (full disk); then this one fails, and nobody minds.
  if (!done) [[maybe_unused]]
    const auto undone = execute("ROLLBACK");
  return done;
}

// ---- reading

Result<std::vector<StoredRelay>, Fault> Database::relays() {
  QSqlQuery query(handle());
  if (!query.exec("SELECT fingerprint, key, link, first_seen, last_connected, trust, auto_connect "
                  "FROM relays ORDER BY first_seen, fingerprint")) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  std::vector<StoredRelay> all;
  std::map<Fingerprint, std::size_t> byFingerprint;
  while (query.next() && all.size() < kMaxRelays) {
    const auto fingerprint = idOf<Fingerprint>(query.value(0));
    if (!fingerprint) continue;
    byFingerprint[*fingerprint] = all.size();
    all.push_back({*fingerprint, idOf<PublicKey>(query.value(1)),
                   query.value(2).toString().toStdString(), timeOf(query.value(3)),
                   timeOf(query.value(4)), enumOf(query.value(5), RelayTrust::Pinned),
                   query.value(6).toBool()});
  }
  if (!query.exec(
          "SELECT relay, fingerprint, replaced_at FROM relay_keys ORDER BY relay, position")) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  while (query.next()) {
    const auto relay = idOf<Fingerprint>(query.value(0));
    const auto earlier = idOf<Fingerprint>(query.value(1));
    if (!relay || !earlier || !byFingerprint.contains(*relay)) continue;
    auto& history = all[byFingerprint[*relay]].keyHistory;
    if (history.size() >= kMaxKeyHistory) continue;
    history.push_back({*earlier, timeOf(query.value(2))});
  }
  return all;
}

Result<std::vector<StoredContact>, Fault> Database::contacts() {
  QSqlQuery query(handle());
  if (!query.exec(
          "SELECT key, own_name, last_alias, state, first_seen, last_seen, verified_at, how, note, "
          "favourite, policy, ring, before_block FROM contacts ORDER BY first_seen, key")) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  std::vector<StoredContact> all;
  std::map<PublicKey, std::size_t> byKey;
  while (query.next() && all.size() < kMaxContacts) {
    const auto key = idOf<PublicKey>(query.value(0));
    if (!key) continue;
    byKey[*key] = all.size();
    all.push_back({.key = *key,
                   .ownName = query.value(1).toString().toStdString(),
                   .lastAlias = query.value(2).toString().toStdString(),
                   .state = contactStateOf(query.value(3)),
                   .beforeBlock = contactStateOf(query.value(12)),
                   .firstSeen = timeOf(query.value(4)),
                   .lastSeen = timeOf(query.value(5)),
                   .verifiedAt = optionalTimeOf(query.value(6)),
                   .how = enumOf(query.value(7), VerifiedHow::Import),
                   .note = query.value(8).toString().toStdString(),
                   .isFavourite = query.value(9).toBool(),
                   .policy = enumOf(query.value(10), ContactPolicy::Ask),
                   .ring = query.value(11).toString().toStdString()});
  }
  if (!query.exec(
          "SELECT contact, key, replaced_at, was_verified FROM key_history ORDER BY contact, "
          "position")) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  while (query.next()) {
    const auto contact = idOf<PublicKey>(query.value(0));
    const auto key = idOf<PublicKey>(query.value(1));
    if (!contact || !key || !byKey.contains(*contact)) continue;
    auto& history = all[byKey[*contact]].keyHistory;
    if (history.size() >= kMaxKeyHistory) continue;
    history.push_back({*key, timeOf(query.value(2)), query.value(3).toBool()});
  }
  return all;
}

Result<std::vector<StoredCall>, Fault> Database::calls() {
  QSqlQuery query(handle());
  if (!query.exec(
          "SELECT call, peer, direction, started_at, active_at, ended_at, reason, peer_name, path, "
          "quality, seen, figures FROM calls ORDER BY started_at DESC, call")) {
    return Failure<Fault>(faultOf(query.lastError(), "store"));
  }
  std::vector<StoredCall> all;
  while (query.next() && all.size() < kMaxCalls) {
    const auto call = idOf<CallId>(query.value(0));
    const auto peer = idOf<Fingerprint>(query.value(1));
    if (!call || !peer) continue;
    all.push_back({*call, *peer, enumOf(query.value(2), StoredDirection::Incoming),
                   timeOf(query.value(3)), optionalTimeOf(query.value(4)), timeOf(query.value(5)),
                   query.value(6).toString().toStdString(), query.value(7).toString().toStdString(),
                   query.value(8).toString().toStdString(), query.value(9).toString().toStdString(),
                   query.value(10).toBool(),
                   parseCallFigures(query.value(11).toString().toStdString())});
  }
  return all;
}

// ---- writing

Result<void, Fault> Database::saveRelay(const StoredRelay& r) {
  return transaction([&]() -> Result<void, Fault> {
    // What is replaced takes its keys with it.
    auto saved = execute(
        "INSERT OR REPLACE INTO relays (fingerprint, key, link, first_seen, last_connected, trust, "
        "auto_connect) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {blob(r.fingerprint), r.key ? blob(*r.key) : QVariant(), text(r.link), time(r.firstSeen),
         time(r.lastConnected), static_cast<int>(r.trust), r.autoConnect});
    const std::size_t first =
        r.keyHistory.size() > kMaxKeyHistory ? r.keyHistory.size() - kMaxKeyHistory : 0;
    for (std::size_t i = first; i < r.keyHistory.size() && saved; ++i) {
      const RelayKeyEntry& entry = r.keyHistory[i];
      saved = execute(
          "INSERT INTO relay_keys (relay, position, fingerprint, replaced_at) VALUES (?, ?, ?, ?)",
          {blob(r.fingerprint), static_cast<int>(i - first), blob(entry.fingerprint),
           time(entry.replacedAt)});
    }
    if (!saved) return saved;
    return execute(
        "DELETE FROM relays WHERE fingerprint IN (SELECT fingerprint FROM relays WHERE fingerprint "
        "<> ? ORDER BY last_connected DESC LIMIT -1 OFFSET ?)",
        {blob(r.fingerprint), static_cast<int>(kMaxRelays) - 1});
  });
}

Result<void, Fault> Database::removeRelay(const Fingerprint& relay) {
  return execute("DELETE FROM relays WHERE fingerprint = ?", {blob(relay)});
}

Result<void, Fault> Database::saveContact(const StoredContact& contact) {
  return replaceContactKey(contact.key, contact);
}

Result<void, Fault> Database::saveContacts(const std::vector<StoredContact>& contacts) {
  return transaction([&]() -> Result<void, Fault> {
    for (const StoredContact& contact : contacts)
      if (auto put = putContact(contact.key, contact); !put) return put;
    return {};
  });
}

Result<void, Fault> Database::replaceContactKey(const PublicKey& oldKey, const StoredContact& c) {
  return transaction([&] { return putContact(oldKey, c); });
}

Result<void, Fault> Database::putContact(const PublicKey& oldKey, const StoredContact& c) {
  auto done = execute("DELETE FROM contacts WHERE key IN (?, ?)", {blob(oldKey), blob(c.key)});
  if (!done) return done;
  const auto people = count("SELECT COUNT(*) FROM contacts");
  if (!people) return Failure<Fault>(people.error());
  if (*people >= static_cast<std::int64_t>(kMaxContacts)) {
    if (c.state == ContactState::Seen) return Failure<Fault>(Fault{"store", "refused", false, {}});
    done = execute(
        // Whom the person has written something about goes last.
        "DELETE FROM contacts WHERE key = (SELECT key FROM contacts WHERE state = 0 ORDER BY "
        "(own_name <> '' OR note <> '' OR favourite OR policy <> 0 OR ring <> ''), last_seen "
        "LIMIT 1)");
    if (!done) return done;
  }
  done = execute(
      "INSERT INTO contacts (key, own_name, last_alias, state, first_seen, last_seen, "
      "verified_at, how, note, favourite, policy, ring, before_block) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?)",
      {blob(c.key), text(c.ownName), text(c.lastAlias), static_cast<int>(c.state),
       time(c.firstSeen), time(c.lastSeen), time(c.verifiedAt), static_cast<int>(c.how),
       text(c.note), c.isFavourite, static_cast<int>(c.policy), text(c.ring),
       static_cast<int>(c.beforeBlock)});
  const std::size_t first =
      c.keyHistory.size() > kMaxKeyHistory ? c.keyHistory.size() - kMaxKeyHistory : 0;
  for (std::size_t i = first; i < c.keyHistory.size() && done; ++i) {
    const KeyHistoryEntry& entry = c.keyHistory[i];
    done = execute(
        "INSERT INTO key_history (contact, position, key, replaced_at, was_verified) VALUES (?, "
        "?, ?, ?, ?)",
        {blob(c.key), static_cast<int>(i - first), blob(entry.key), time(entry.replacedAt),
         entry.wasVerified});
  }
  return done;
}

Result<void, Fault> Database::removeContact(const PublicKey& key) {
  return execute("DELETE FROM contacts WHERE key = ?", {blob(key)});
}

Result<void, Fault> Database::addCall(const StoredCall& c) {
  return transaction([&]() -> Result<void, Fault> {
    const auto added = execute(
        "INSERT OR REPLACE INTO calls (call, peer, direction, started_at, active_at, ended_at, "
        "reason, peer_name, path, quality, seen, figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)",
        {blob(c.call), blob(c.peer), static_cast<int>(c.direction), time(c.startedAt),
         time(c.activeAt), time(c.endedAt), text(c.reason), text(c.peerName), text(c.path),
         text(c.quality), c.isSeen, text(c.figures ? toText(*c.figures) : std::string())});
    if (!added) return added;
    return execute(
        "DELETE FROM calls WHERE call IN (SELECT call FROM calls ORDER BY started_at DESC LIMIT -1 "
        "OFFSET ?)",
        {static_cast<int>(kMaxCalls)});
  });
}

Result<void, Fault> Database::removeCall(const CallId& call) {
  return execute("DELETE FROM calls WHERE call=?", {blob(call)});
}
Result<void, Fault> Database::markCallsSeen() { return execute("UPDATE calls SET seen=1"); }
Result<void, Fault> Database::clearCalls() { return execute("DELETE FROM calls"); }

}  // namespace foyer::store
