// Profiles of every earlier version, and of later ones.
#include <QSqlDatabase>
#include <QSqlQuery>

#include "core/store/database.h"
#include "tests/store/stored_people.h"

namespace foyer::store::test {
namespace {

class StoreMigrationTest : public StoreTest {};

// What version 1 wrote, statement by statement; never to be edited.
void makeVersionOne(const std::string& file) {
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "fixture");
    db.setDatabaseName(QString::fromStdString(file));
    ASSERT_TRUE(db.open());
    for (const char* sql :
         {"CREATE TABLE relays (fingerprint BLOB PRIMARY KEY, key BLOB, link TEXT NOT NULL, "
          "first_seen INTEGER NOT NULL, last_connected INTEGER NOT NULL, trust INTEGER NOT NULL)",
          "CREATE TABLE contacts (key BLOB PRIMARY KEY, own_name TEXT NOT NULL, last_alias TEXT "
          "NOT "
          "NULL, state INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, "
          "verified_at INTEGER, how INTEGER NOT NULL)",
          "CREATE TABLE key_history (contact BLOB NOT NULL REFERENCES contacts(key) ON DELETE "
          "CASCADE, position INTEGER NOT NULL, key BLOB NOT NULL, replaced_at INTEGER NOT NULL, "
          "was_verified INTEGER NOT NULL, PRIMARY KEY (contact, position))",
          "INSERT INTO relays VALUES (x'0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a', NULL, "
          "'foyer://relay/a:1#0a', "
          "11, 12, 1)",
          "INSERT INTO contacts VALUES "
          "(x'0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b', 'Old friend', '', "
          "1, "
          "1, 2, 3, 1)",
          "PRAGMA user_version=1"}) {
      QSqlQuery query(db);
      ASSERT_TRUE(query.exec(sql)) << sql;
    }
  }
  QSqlDatabase::removeDatabase("fixture");
}

// What version 2 had more; never to be edited.
void makeVersionTwo(const std::string& file) {
  makeVersionOne(file);
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "fixture");
    db.setDatabaseName(QString::fromStdString(file));
    ASSERT_TRUE(db.open());
    for (const char* sql :
         {"ALTER TABLE relays ADD COLUMN auto_connect INTEGER NOT NULL DEFAULT 1",
          "CREATE TABLE calls (call BLOB PRIMARY KEY, peer BLOB NOT NULL, direction INTEGER NOT "
          "NULL, started_at INTEGER NOT NULL, active_at INTEGER, ended_at INTEGER NOT NULL, reason "
          "TEXT NOT NULL)",
          "CREATE INDEX calls_by_time ON calls (started_at)",
          "INSERT INTO calls VALUES (x'04040404040404040404040404040404', "
          "x'05050505050505050505050505050505', 1, 10, 11, 12, 'missed')",
          "PRAGMA user_version=2"}) {
      QSqlQuery query(db);
      ASSERT_TRUE(query.exec(sql)) << sql;
    }
  }
  QSqlDatabase::removeDatabase("fixture");
}

// What version 3 had more; never to be edited.
void makeVersionThree(const std::string& file) {
  makeVersionTwo(file);
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "fixture");
    db.setDatabaseName(QString::fromStdString(file));
    ASSERT_TRUE(db.open());
    for (const char* sql :
         {"ALTER TABLE calls ADD COLUMN peer_name TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE calls ADD COLUMN path TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE calls ADD COLUMN quality TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE calls ADD COLUMN seen INTEGER NOT NULL DEFAULT 1",
          "UPDATE calls SET peer_name='Old friend', path='relay', quality='good', seen=0",
          "INSERT INTO key_history VALUES "
          "(x'0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b', 0, "
          "x'0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c', 2, 1)",
          "PRAGMA user_version=3"}) {
      QSqlQuery query(db);
      ASSERT_TRUE(query.exec(sql)) << sql;
    }
  }
  QSqlDatabase::removeDatabase("fixture");
}

// What version 4 had more; never to be edited.
void makeVersionFour(const std::string& file) {
  makeVersionThree(file);
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "fixture");
    db.setDatabaseName(QString::fromStdString(file));
    ASSERT_TRUE(db.open());
    for (const char* sql : {"ALTER TABLE contacts ADD COLUMN note TEXT NOT NULL DEFAULT ''",
                            "ALTER TABLE contacts ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0",
                            "ALTER TABLE contacts ADD COLUMN policy INTEGER NOT NULL DEFAULT 0",
                            "ALTER TABLE contacts ADD COLUMN ring TEXT NOT NULL DEFAULT ''",
                            "UPDATE contacts SET note='Tunes the piano', favourite=1, policy=2, "
                            "ring='silent'",
                            "PRAGMA user_version=4"}) {
      QSqlQuery query(db);
      ASSERT_TRUE(query.exec(sql)) << sql;
    }
  }
  QSqlDatabase::removeDatabase("fixture");
}

// What version 5 had more; never to be edited.
void makeVersionFive(const std::string& file) {
  makeVersionFour(file);
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "fixture");
    db.setDatabaseName(QString::fromStdString(file));
    ASSERT_TRUE(db.open());
    for (const char* sql : {"ALTER TABLE calls ADD COLUMN figures TEXT NOT NULL DEFAULT ''",
                            "PRAGMA user_version=5"}) {
      QSqlQuery query(db);
      ASSERT_TRUE(query.exec(sql)) << sql;
    }
  }
  QSqlDatabase::removeDatabase("fixture");
}

TEST_F(StoreMigrationTest, relaysOfEveryEarlierVersionAreKeptAndTheirKeysFromNowOn) {
  std::filesystem::create_directory(dir);
  int version = 0;
  for (const auto makeVersion :
       {makeVersionOne, makeVersionTwo, makeVersionThree, makeVersionFour, makeVersionFive}) {
    SCOPED_TRACE(++version);
    const std::string file = dir + "/version" + std::to_string(version) + ".db";
    makeVersion(file);
    std::vector<Fault> notices;
    auto db = Database::open(file, notices);
    ASSERT_TRUE(db) << db.error().detail;
    EXPECT_TRUE(notices.empty());
    auto relays = (*db)->relays();
    ASSERT_TRUE(relays);
    ASSERT_EQ(relays->size(), 1u) << "none is lost";
    StoredRelay relay = relays->front();
    EXPECT_EQ(relay.link, "foyer://relay/a:1#0a");
    EXPECT_TRUE(relay.keyHistory.empty());
    relay.keyHistory = {{idOf<Fingerprint>(31), {7}}, {idOf<Fingerprint>(32), {8}}};
    ASSERT_TRUE((*db)->saveRelay(relay));
    relays = (*db)->relays();
    ASSERT_TRUE(relays);
    EXPECT_EQ(*relays, std::vector{relay});
  }
}

TEST_F(StoreMigrationTest, callsOfEveryEarlierVersionHaveNoFiguresAndNewOnesKeepTheirs) {
  std::filesystem::create_directory(dir);
  int version = 0;
  for (const auto makeVersion :
       {makeVersionOne, makeVersionTwo, makeVersionThree, makeVersionFour, makeVersionFive}) {
    SCOPED_TRACE(++version);
    const std::string file = dir + "/version" + std::to_string(version) + ".db";
    makeVersion(file);
    std::vector<Fault> notices;
    auto db = Database::open(file, notices);
    ASSERT_TRUE(db) << db.error().detail;
    EXPECT_TRUE(notices.empty());
    auto calls = (*db)->calls();
    ASSERT_TRUE(calls);
    ASSERT_EQ(calls->size(), version < 2 ? 0u : 1u);
    for (const StoredCall& old : *calls) EXPECT_EQ(old.figures, std::nullopt);
    StoredCall call{.call = idOf<CallId>(9), .startedAt = {99}, .reason = "local_hangup"};
    call.figures = someFigures();
    ASSERT_TRUE((*db)->addCall(call));
    calls = (*db)->calls();
    ASSERT_TRUE(calls);
    EXPECT_EQ(calls->front(), call);
    const auto contacts = (*db)->contacts();
    ASSERT_TRUE(contacts);
    ASSERT_EQ(contacts->size(), 1u) << "nobody is lost";
    EXPECT_EQ(contacts->front().ownName, "Old friend");
    EXPECT_EQ(contacts->front().note, version < 4 ? "" : "Tunes the piano");
  }
}

TEST_F(StoreMigrationTest, theContactsOfVersionThreeAreKeptWithNothingChosenForThem) {
  std::filesystem::create_directory(dir);
  makeVersionThree(path("foyer.db"));
  std::vector<Fault> notices;
  auto db = Database::open(path("foyer.db"), notices);
  ASSERT_TRUE(db) << db.error().detail;
  EXPECT_TRUE(notices.empty());
  auto contacts = (*db)->contacts();
  ASSERT_TRUE(contacts);
  const StoredContact old{.key = idOf<PublicKey>(11),
                          .ownName = "Old friend",
                          .state = ContactState::Verified,
                          .firstSeen = {1},
                          .lastSeen = {2},
                          .verifiedAt = WallTime{3},
                          .how = VerifiedHow::Digits,
                          .keyHistory = {{idOf<PublicKey>(12), {2}, true}}};
  EXPECT_EQ(*contacts, std::vector{old});
  EXPECT_EQ((*db)->calls()->at(0).peerName, "Old friend");
  ASSERT_TRUE((*db)->saveContact(person(7)));
  contacts = (*db)->contacts();
  ASSERT_TRUE(contacts);
  EXPECT_EQ(contacts->at(1), person(7)) << "what is new is kept in the old file";
}

TEST_F(StoreMigrationTest, theCallsOfVersionTwoAreKeptAndCountAsSeen) {
  std::filesystem::create_directory(dir);
  makeVersionTwo(path("foyer.db"));
  std::vector<Fault> notices;
  auto db = Database::open(path("foyer.db"), notices);
  ASSERT_TRUE(db) << db.error().detail;
  EXPECT_TRUE(notices.empty());
  const auto calls = (*db)->calls();
  ASSERT_TRUE(calls);
  EXPECT_EQ(*calls, (std::vector{StoredCall{idOf<CallId>(4),
                                            idOf<Fingerprint>(5),
                                            StoredDirection::Incoming,
                                            {10},
                                            WallTime{11},
                                            {12},
                                            "missed"}}));
}

TEST_F(StoreMigrationTest, aDatabaseOfVersionOneIsBroughtUpToDate) {
  std::filesystem::create_directory(dir);
  makeVersionOne(path("foyer.db"));
  std::vector<Fault> notices;
  auto db = Database::open(path("foyer.db"), notices);
  ASSERT_TRUE(db) << db.error().detail;
  EXPECT_TRUE(notices.empty());
  const auto relays = (*db)->relays();
  ASSERT_TRUE(relays);
  EXPECT_EQ(*relays, (std::vector{StoredRelay{idOf<Fingerprint>(10),
                                              std::nullopt,
                                              "foyer://relay/a:1#0a",
                                              {11},
                                              {12},
                                              RelayTrust::Pinned,
                                              true}}));
  const auto contacts = (*db)->contacts();
  ASSERT_TRUE(contacts);
  ASSERT_EQ(contacts->size(), 1u);
  EXPECT_EQ((*contacts)[0].ownName, "Old friend");
  EXPECT_EQ((*contacts)[0].state, ContactState::Verified);
  EXPECT_TRUE((*db)->addCall({.call = idOf<CallId>(1), .reason = "missed"}));
}

TEST_F(StoreMigrationTest, aDatabaseOfALaterVersionIsLeftAlone) {
  ASSERT_TRUE(reopen());
  store.reset();
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "later");
    db.setDatabaseName(QString::fromStdString(path("foyer.db")));
    ASSERT_TRUE(db.open());
    QSqlQuery query(db);
    ASSERT_TRUE(query.exec(QString("PRAGMA user_version=%1").arg(Database::currentVersion() + 1)));
  }
  QSqlDatabase::removeDatabase("later");
  const auto refused = reopen();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "newer_version");
  EXPECT_EQ(filesLike("foyer.db.corrupt"), 0);
}

TEST_F(StoreMigrationTest, aStateThatALaterFoyerKnowsIsAReasonToCompareWords) {
  ASSERT_TRUE(reopen());
  store->saveContact(person(1));
  flush();
  store.reset();
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "later");
    db.setDatabaseName(QString::fromStdString(path("foyer.db")));
    ASSERT_TRUE(db.open());
    ASSERT_TRUE(QSqlQuery(db).exec("UPDATE contacts SET state=9"));
  }
  QSqlDatabase::removeDatabase("later");
  const auto state = reopen();
  ASSERT_TRUE(state);
  ASSERT_EQ(state->contacts.size(), 1u);
  EXPECT_EQ(state->contacts[0].state, ContactState::KeyChanged);
}

}  // namespace
}  // namespace foyer::store::test
