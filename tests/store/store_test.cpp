// Settings, relays, people and calls through the façade; damaged and foreign files.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <algorithm>

#include "core/store/alias.h"
#include "core/store/database.h"
#include "tests/store/stored_people.h"

namespace foyer::store::test {
namespace {

class StoreDataTest : public StoreTest {};

TEST_F(StoreDataTest, everythingComesBackAsItWasSaved) {
  ASSERT_TRUE(reopen());
  const StoredRelay relay{idOf<Fingerprint>(1),
                          idOf<PublicKey>(2),
                          "foyer://relay/h:1#01",
                          {5},
                          {6},
                          RelayTrust::Pinned,
                          false};
  const StoredRelay bare{idOf<Fingerprint>(3), std::nullopt, "foyer://relay/i:2#03", {7}, {8}};
  const StoredCall call{idOf<CallId>(4),
                        idOf<Fingerprint>(5),
                        StoredDirection::Incoming,
                        {10},
                        WallTime{11},
                        {12},
                        "remote_hangup",
                        "Ann",
                        "direct_ipv4",
                        "good",
                        true,
                        someFigures()};
  const StoredCall missed{idOf<CallId>(6),
                          idOf<Fingerprint>(5),
                          StoredDirection::Incoming,
                          {20},
                          std::nullopt,
                          {21},
                          "missed",
                          "Ann \u00d6",
                          "",
                          "",
                          false};
  store->saveRelay(relay);
  store->saveRelay(bare);
  store->saveContact(person(7));
  store->addCall(call);
  store->addCall(missed);
  store->setSetting("audio.input", "mic \"1\"\n");
  store->setAlias("Bold Heron");
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->relays, (std::vector{relay, bare}));
  EXPECT_EQ(state->contacts, std::vector{person(7)});
  EXPECT_EQ(state->calls, (std::vector{missed, call})) << "newest first";
  EXPECT_EQ(state->settings, (SettingsMap{{"audio.input", "mic \"1\"\n"}}));
  EXPECT_EQ(state->alias, "Bold Heron");
  EXPECT_TRUE(state->notices.empty());
  EXPECT_TRUE(faults.empty());
}

// Whoever says "verified" on a screen waits for this answer.
TEST_F(StoreDataTest, flushSaysWhatCouldNotBeKept) {
  ASSERT_TRUE(reopen());
  {
    QSqlDatabase other = QSqlDatabase::addDatabase("QSQLITE", "spoiler");
    other.setDatabaseName(QString::fromStdString(path("foyer.db")));
    ASSERT_TRUE(other.open());
    QSqlQuery query(other);
    ASSERT_TRUE(query.exec("ALTER TABLE contacts RENAME TO elsewhere"));
  }
  QSqlDatabase::removeDatabase("spoiler");
  const auto flushed = [this] {
    std::optional<Result<void, Fault>> got;
    store->flush([&](Result<void, Fault> done) { got.emplace(std::move(done)); });
    EXPECT_TRUE(spinUntil([&] { return got.has_value(); }));
    return got.value_or(Result<void, Fault>());
  };
  store->saveContact(person(1));
  const auto first = flushed();
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().code, "database_error");
  EXPECT_EQ(faults.size(), 1U) << "raised as well";
  EXPECT_TRUE(flushed()) << "said once";
}

TEST_F(StoreDataTest, whatIsQueuedAtTheEndIsWritten) {
  ASSERT_TRUE(reopen());
  for (int i = 0; i < 200; ++i) store->setSetting("k", std::to_string(i));
  store->saveContact(person(1));
  const auto state = reopen();  // destroys the first without a flush
  ASSERT_TRUE(state);
  EXPECT_EQ(state->settings.at("k"), "199");
  EXPECT_EQ(state->contacts.size(), 1u);
}

TEST_F(StoreDataTest, whatAContactIsStaysAsItWas) {
  ASSERT_TRUE(reopen());
  std::vector<StoredContact> kept;
  for (const auto state : {ContactState::Seen, ContactState::Verified, ContactState::KeyChanged,
                           ContactState::Blocked, ContactState::WordsDiffered}) {
    kept.push_back(person(static_cast<std::uint8_t>(kept.size() + 1)));
    kept.back().state = state;
    if (state == ContactState::Blocked) kept.back().beforeBlock = ContactState::WordsDiffered;
    store->saveContact(kept.back());
  }
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->contacts, kept);
}

TEST_F(StoreDataTest, aChangedKeyKeepsItsHistory) {
  ASSERT_TRUE(reopen());
  store->saveContact(person(1));
  StoredContact changed = person(2);
  changed.state = ContactState::KeyChanged;
  changed.keyHistory.push_back({idOf<PublicKey>(1), {3000}, true});
  store->replaceContactKey(idOf<PublicKey>(1), changed);
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->contacts, std::vector{changed});
}

// The words matched: the row of the new key, seen as changed before, and that of the old one become
// one; nobody else is touched.
TEST_F(StoreDataTest, aPinnedKeyTakesThePlaceOfTheOldOneWithItsHistory) {
  ASSERT_TRUE(reopen());
  StoredContact old = person(1);
  old.keyHistory = {{idOf<PublicKey>(9), {1000}, true}};
  store->saveContact(old);
  StoredContact changed = person(2);
  changed.state = ContactState::KeyChanged;
  store->saveContact(changed);
  store->saveContact(person(3));
  StoredContact pinned = person(2);
  pinned.keyHistory = {{idOf<PublicKey>(9), {1000}, true}, {idOf<PublicKey>(1), {3000}, true}};
  store->replaceContactKey(idOf<PublicKey>(1), pinned);
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  ASSERT_EQ(state->contacts.size(), 2U);
  EXPECT_NE(std::find(state->contacts.begin(), state->contacts.end(), pinned),
            state->contacts.end());
  EXPECT_NE(std::find(state->contacts.begin(), state->contacts.end(), person(3)),
            state->contacts.end());
  EXPECT_TRUE(faults.empty());
}

TEST_F(StoreDataTest, manyContactsAreKeptInOneGo) {
  ASSERT_TRUE(reopen());
  store->saveContact(person(1));
  StoredContact other = person(1);
  other.note = "the second one";
  store->saveContacts({other, person(2), person(3)});
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->contacts, (std::vector{other, person(2), person(3)}));
  EXPECT_TRUE(faults.empty());
}

TEST_F(StoreDataTest, removingForgets) {
  ASSERT_TRUE(reopen());
  store->saveContact(person(1));
  store->saveRelay({.fingerprint = idOf<Fingerprint>(1), .link = "x"});
  store->addCall({.call = idOf<CallId>(1)});
  store->setSetting("k", "v");
  store->removeContact(idOf<PublicKey>(1));
  store->removeRelay(idOf<Fingerprint>(1));
  store->clearCalls();
  store->setSetting("k", "");
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  EXPECT_TRUE(state->contacts.empty() && state->relays.empty() && state->calls.empty());
  EXPECT_TRUE(state->settings.empty());
}

TEST_F(StoreDataTest, oneCallIsForgottenAndAllAreSeen) {
  ASSERT_TRUE(reopen());
  store->addCall({.call = idOf<CallId>(1), .startedAt = {3}, .isSeen = false});
  store->addCall({.call = idOf<CallId>(2), .startedAt = {2}});
  store->addCall({.call = idOf<CallId>(3), .startedAt = {1}, .isSeen = false});
  store->removeCall(idOf<CallId>(2));
  store->markCallsSeen();
  flush();
  const auto state = reopen();
  ASSERT_TRUE(state);
  ASSERT_EQ(state->calls.size(), 2U);
  EXPECT_EQ(state->calls[0].call, idOf<CallId>(1));
  EXPECT_TRUE(state->calls[0].isSeen && state->calls[1].isSeen);
}

TEST_F(StoreDataTest, boundsHoldAndTheOldestGoes) {
  ASSERT_TRUE(reopen());
  for (std::size_t i = 0; i < kMaxRelays + 10; ++i) {
    StoredRelay relay{.link = "x", .lastConnected = {static_cast<std::int64_t>(i)}};
    relay.fingerprint.bytes[0] = static_cast<std::uint8_t>(i);
    relay.fingerprint.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    store->saveRelay(relay);
  }
  store->setSetting("long", std::string(kMaxSettingBytes + 1, 'x'));
  flush();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "refused");
  const auto state = reopen();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->relays.size(), kMaxRelays);
  for (const StoredRelay& relay : state->relays) EXPECT_GE(relay.lastConnected.unixMs, 10);
}

TEST_F(StoreDataTest, aSecondProgramIsTurnedAway) {
  ASSERT_TRUE(reopen());
  StoreOptions options;
  options.dataDir = dir;
  options.random = std::make_unique<SeededRandom>(5);
  options.ring = std::make_unique<FakeRing>(ring);
  Store second(std::move(options));
  const auto refused = wait([&](auto done) { second.open(std::move(done)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().stage, "profile");
  EXPECT_EQ(refused.error().code, "already_running");
}

TEST_F(StoreDataTest, damagedSettingsAreKeptAsideAndSaid) {
  ASSERT_TRUE(reopen());
  store->setSetting("k", "v");
  store.reset();
  spoil(path("settings.json"));
  const auto state = reopen();
  ASSERT_TRUE(state && state->seed);
  ASSERT_EQ(state->notices.size(), 1u);
  EXPECT_EQ(state->notices[0].code, "settings_corrupt");
  EXPECT_TRUE(state->settings.empty());
  EXPECT_EQ(filesLike("settings.json.corrupt"), 1);
  store->setSetting("k", "w");
  flush();
  EXPECT_EQ(reopen()->settings.at("k"), "w");
}

TEST_F(StoreDataTest, aDamagedDatabaseIsKeptAsideAndSaid) {
  for (const bool wholeFile : {true, false}) {
    std::filesystem::remove_all(dir);
    ring->entries.clear();
    ASSERT_TRUE(reopen());
    for (std::uint8_t i = 0; i < 200; ++i) store->saveContact(person(i));
    store.reset();
    {
      std::fstream file(path("foyer.db"), std::ios::in | std::ios::out | std::ios::binary);
      // The head, or pages in the middle of a file that still opens.
      file.seekp(wholeFile ? 0 : 8192);
      file << std::string(wholeFile ? 4096 : 16384, 'x');
    }
    const std::string damaged = contentOf(path("foyer.db"));
    const auto state = reopen();
    ASSERT_TRUE(state && state->seed) << "the identity does not depend on the database";
    ASSERT_EQ(state->notices.size(), 1u);
    EXPECT_EQ(state->notices[0].code, "database_corrupt");
    EXPECT_TRUE(state->contacts.empty());
    EXPECT_GE(filesLike("foyer.db.corrupt"), 1);
    store->saveContact(person(1));
    flush();
    const auto next = reopen();
    ASSERT_TRUE(next);
    EXPECT_TRUE(next->notices.empty());
    EXPECT_EQ(next->contacts.size(), 1u);
  }
}

TEST_F(StoreDataTest, theKeysOfARelayAreBoundedStayWithItAndGoWithIt) {
  ASSERT_TRUE(reopen());
  StoredRelay relay{.fingerprint = idOf<Fingerprint>(1), .link = "foyer://relay/a:1#01"};
  for (std::uint8_t i = 0; i < kMaxKeyHistory + 3; ++i)
    relay.keyHistory.push_back({idOf<Fingerprint>(static_cast<std::uint8_t>(100 + i)), {i}});
  store->saveRelay(relay);
  flush();
  auto state = reopen();
  ASSERT_TRUE(state);
  ASSERT_EQ(state->relays.size(), 1u);
  ASSERT_EQ(state->relays[0].keyHistory.size(), kMaxKeyHistory) << "the oldest is forgotten";
  EXPECT_EQ(state->relays[0].keyHistory.front().fingerprint, idOf<Fingerprint>(103));
  relay = state->relays[0];
  relay.lastConnected = {77};
  store->saveRelay(relay);
  flush();
  state = reopen();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->relays, std::vector{relay}) << "saved again, each key is there once";
  store->removeRelay(relay.fingerprint);
  store->saveRelay({.fingerprint = relay.fingerprint, .link = "foyer://relay/a:1#01"});
  flush();
  state = reopen();
  ASSERT_TRUE(state);
  EXPECT_TRUE(state->relays.at(0).keyHistory.empty()) << "forgotten with it";
}

// Figures that no Foyer wrote cost the call nothing but themselves; a call that goes takes its own.
TEST_F(StoreDataTest, figuresThatCannotBeReadAreNoneAndGoWithTheirCall) {
  ASSERT_TRUE(reopen());
  StoredCall call{.call = idOf<CallId>(1), .startedAt = {2}, .figures = someFigures()};
  store->addCall(call);
  call.call = idOf<CallId>(2);
  store->addCall(call);
  flush();
  store.reset();
  const auto change = [&](const char* sql) {
    {
      QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "changing");
      db.setDatabaseName(QString::fromStdString(path("foyer.db")));
      ASSERT_TRUE(db.open());
      QSqlQuery query(db);
      ASSERT_TRUE(query.exec(sql)) << sql;
    }
    QSqlDatabase::removeDatabase("changing");
  };
  change(
      "UPDATE calls SET figures='{\"seconds\":-1}' WHERE call=x'01010101010101010101010101010101'");
  auto state = reopen();
  ASSERT_TRUE(state);
  ASSERT_EQ(state->calls.size(), 2u);
  for (const StoredCall& kept : state->calls)
    EXPECT_EQ(kept.figures.has_value(), kept.call == idOf<CallId>(2));
  store->removeCall(idOf<CallId>(2));
  flush();
  state = reopen();
  ASSERT_TRUE(state);
  ASSERT_EQ(state->calls.size(), 1u);
  EXPECT_EQ(contentOf(path("foyer.db")).find("codec2-3200"), std::string::npos)
      << "not even in a page that is free";
}

TEST_F(StoreDataTest, aFolderThatCannotBeMadeIsAFault) {
  std::ofstream(root + "/file") << "x";
  dir = root + "/file/profile";
  const auto refused = reopen();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().stage, "profile");
  EXPECT_EQ(refused.error().code, "unwritable");
}

TEST(Alias, isTwoWordsAndDependsOnTheRandomSourceOnly) {
  SeededRandom a(1), b(1);
  std::map<std::string, int> seen;
  for (int i = 0; i < 2000; ++i) {
    const std::string alias = randomAlias(a);
    EXPECT_EQ(alias, randomAlias(b));
    EXPECT_EQ(std::count(alias.begin(), alias.end(), ' '), 1);
    EXPECT_LE(alias.size(), 24u);
    ++seen[alias];
  }
  EXPECT_GT(seen.size(), 1700u);
}

}  // namespace
}  // namespace foyer::store::test
