// Relays, people and calls in SQLite (WAL). The schema is a list of migrations; PRAGMA user_version
// says how many a file has had. A damaged file is kept aside and a new one begun. STORE thread;
// one object, one connection.
#pragma once

#include <QSqlDatabase>
#include <QVariant>

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/stored_state.h"

class QSqlQuery;
class QSqlError;

namespace foyer::store {

class Database {
 public:
  // Stage "profile": newer_version (a later Foyer wrote it; it stays untouched), unwritable,
  // disk_full, database_error. A damaged file adds database_corrupt to `notices`.
  [[nodiscard]] static Result<std::unique_ptr<Database>, Fault> open(const std::string& path,
                                                                     std::vector<Fault>& notices);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] static int currentVersion();

  // All faults below: stage "store", disk_full | unwritable | database_error | refused.
  [[nodiscard]] Result<std::vector<StoredRelay>, Fault> relays();
  [[nodiscard]] Result<std::vector<StoredContact>, Fault> contacts();
  [[nodiscard]] Result<std::vector<StoredCall>, Fault> calls();  // newest first

  [[nodiscard]] Result<void, Fault> saveRelay(const StoredRelay& relay);
  [[nodiscard]] Result<void, Fault> removeRelay(const Fingerprint& relay);
  [[nodiscard]] Result<void, Fault> saveContact(const StoredContact& contact);
  // All of them or none, in one transaction.
  [[nodiscard]] Result<void, Fault> saveContacts(const std::vector<StoredContact>& contacts);
  // In one transaction: the old row goes, the new one carries the history.
  [[nodiscard]] Result<void, Fault> replaceContactKey(const PublicKey& oldKey,
                                                      const StoredContact& contact);
  [[nodiscard]] Result<void, Fault> removeContact(const PublicKey& key);
  [[nodiscard]] Result<void, Fault> addCall(const StoredCall& call);
  [[nodiscard]] Result<void, Fault> removeCall(const CallId& call);
  [[nodiscard]] Result<void, Fault> markCallsSeen();
  [[nodiscard]] Result<void, Fault> clearCalls();

 private:
  enum class Health : std::uint8_t { Good, Corrupt };
  explicit Database(QString connection) : m_connection(std::move(connection)) {}
  [[nodiscard]] static Result<std::unique_ptr<Database>, Fault> connect(const std::string& path);
  [[nodiscard]] Result<Health, Fault> check();
  [[nodiscard]] Result<void, Fault> migrate();
  [[nodiscard]] QSqlDatabase handle() const;
  [[nodiscard]] Result<void, Fault> execute(const char* sql, const QVariantList& values = {});
  [[nodiscard]] Result<std::int64_t, Fault> count(const char* sql);
  // Inside a transaction.
  [[nodiscard]] Result<void, Fault> putContact(const PublicKey& oldKey,
                                               const StoredContact& contact);
  template <class Work>
  [[nodiscard]] Result<void, Fault> transaction(Work work);

  QString m_connection;
};

}  // namespace foyer::store
