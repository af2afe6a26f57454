// The identity out of the profile and back in, and the invite tokens of relays.
#include <unistd.h>

#include "core/crypto/words.h"
#include "tests/store/store_fixture.h"

namespace foyer::store::test {
namespace {

using Read = Result<crypto::SecretSeed, Fault>;
// The cheapest that a file may have: the cost itself is core/crypto's test.
constexpr crypto::BackupCost kCheap{1, 8192};
constexpr auto kPassphrase = "six blue doors";

class BackupTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    file = root + "/backup";
  }
  Read readSeed() {
    std::optional<Read> got;
    store->readSeed([&](Read read) { got.emplace(std::move(read)); });
    EXPECT_TRUE(spinUntil([&] { return got.has_value(); }));
    return std::move(*got);
  }
  Read readBackup(const std::string& passphrase) {
    std::optional<Read> got;
    store->readBackup(file, SecretText(passphrase),
                      [&](Read read) { got.emplace(std::move(read)); });
    EXPECT_TRUE(spinUntil([&] { return got.has_value(); }));
    return std::move(*got);
  }
  Result<void, Fault> exportIdentity(const std::string& path, const std::string& passphrase) {
    std::optional<Result<void, Fault>> got;
    store->exportIdentity(path, SecretText(passphrase),
                          [&](const Result<void, Fault>& done) { got.emplace(done); });
    EXPECT_TRUE(spinUntil([&] { return got.has_value(); }));
    return *got;
  }
  static crypto::SecretSeed anySeed() {
    SeededRandom random(7);
    return crypto::SecretSeed::random(random);
  }
  static std::string phraseOf(const crypto::SecretSeed& seed) {
    std::string phrase;
    for (const auto word : crypto::wordsOfSeed(seed)) phrase += std::string(word) + ' ';
    return phrase;
  }

  std::string file;
};

TEST_F(BackupTest, whatIsExportedIsWhatTheProfileKeeps) {
  for (const bool hasRing : {true, false}) {
    ring->isAvailable = hasRing;
    std::filesystem::remove_all(dir);
    std::filesystem::remove(file);
    const auto state = reopen();
    ASSERT_TRUE(state && state->seed);
    const auto kept = readSeed();
    ASSERT_TRUE(kept);
    EXPECT_EQ(fingerprintOf(*kept), fingerprintOf(*state->seed));
    ASSERT_TRUE(exportIdentity(file, kPassphrase));
    EXPECT_FALSE(io::isOpenToOthers(file));
    EXPECT_EQ(contentOf(file).find(toBase64Url(state->seed->view())), std::string::npos);
    const auto read = readBackup(kPassphrase);
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(fingerprintOf(*read), fingerprintOf(*state->seed));
    EXPECT_EQ(readBackup("six blue door").error().code, "wrong_passphrase");
  }
}

TEST_F(BackupTest, everyThingWrongWithAnExportHasItsCode) {
  ASSERT_TRUE(reopen());
  const auto codeOf = [&](const std::string& path, const std::string& passphrase) {
    const auto done = exportIdentity(path, passphrase);
    EXPECT_FALSE(done);
    return done ? std::string() : done.error().stage + " " + done.error().code;
  };
  EXPECT_EQ(codeOf(file, "1234567"), "backup passphrase_short");
  EXPECT_EQ(codeOf(root + "/nowhere/backup", kPassphrase), "backup not_found");
  std::ofstream(file) << "mine";
  EXPECT_EQ(codeOf(file, kPassphrase), "backup exists");
  EXPECT_EQ(contentOf(file), "mine");
  EXPECT_EQ(codeOf(root, kPassphrase), "backup exists");
  if (::geteuid() != 0) {
    ::chmod(root.c_str(), 0500);
    EXPECT_EQ(codeOf(root + "/other", kPassphrase), "backup permission");
    ::chmod(root.c_str(), 0700);
  }
  ring->readError = KeyRingError::Denied;
  EXPECT_EQ(codeOf(root + "/other", kPassphrase), "identity keyring_locked");
}

TEST_F(BackupTest, everyThingWrongWithABackupFileHasItsCode) {
  SeededRandom random(1);
  ASSERT_TRUE(writeBackup(file, anySeed(), kPassphrase, random, kCheap));
  const std::string good = contentOf(file);
  const auto codeOf = [&](const std::string& content) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    const auto read = store::readBackup(file, kPassphrase);
    EXPECT_TRUE(read || read.error().stage == "backup");
    return read ? std::string("read") : read.error().code;
  };
  EXPECT_EQ(codeOf(good), "read");
  EXPECT_EQ(codeOf(""), "not_a_backup");
  EXPECT_EQ(codeOf("FOYER is a word"), "not_a_backup");
  EXPECT_EQ(codeOf(good.substr(0, 60)), "not_a_backup");
  EXPECT_EQ(codeOf(good + "x"), "not_a_backup");
  std::string changed = good;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(codeOf(changed), "wrong_passphrase");
  changed = good;
  changed[7] = '2';
  EXPECT_EQ(codeOf(changed), "unsupported_version");
  changed = good;
  changed[8] = 1;
  EXPECT_EQ(codeOf(changed), "cost_out_of_range");
  EXPECT_EQ(store::readBackup(root, kPassphrase).error().code, "not_a_backup");
  EXPECT_EQ(store::readBackup(root + "/none", kPassphrase).error().code, "not_found");
  if (::geteuid() != 0) {
    ::chmod(file.c_str(), 0);
    EXPECT_EQ(store::readBackup(file, kPassphrase).error().code, "permission");
  }
}

TEST_F(BackupTest, whatIsWrongWithTheWordsIsNamed) {
  const std::string good = phraseOf(anySeed());
  ASSERT_TRUE(seedFromWords(good));
  EXPECT_EQ(fingerprintOf(*seedFromWords(good)), fingerprintOf(anySeed()));
  const auto few = seedFromWords(good.substr(0, good.find(' ')));
  EXPECT_EQ(few.error().code, "wrong_count");
  EXPECT_EQ(few.error().detail, "1 of 24 words");
  EXPECT_EQ(seedFromWords(good + "zoo").error().code, "wrong_count");
  EXPECT_EQ(seedFromWords("").error().code, "wrong_count");
  std::string mistyped = good;
  const std::size_t second = good.find(' ') + 1;
  mistyped.replace(second, good.find(' ', second) - second, "abandom");
  const auto unknown = seedFromWords(mistyped);
  EXPECT_EQ(unknown.error().code, "unknown_word");
  EXPECT_EQ(unknown.error().detail, "word 2: abandom");
  std::string swapped = good;
  swapped.replace(0, good.find(' '), good.starts_with("zoo ") ? "abandon" : "zoo");
  EXPECT_EQ(seedFromWords(swapped).error().code, "wrong_checksum");
}

TEST_F(BackupTest, theOldIdentityIsFoundUnderItsProfileId) {
  const auto old = reopen();
  ASSERT_TRUE(old && old->seed);
  ASSERT_TRUE(wait([&](auto done) { store->importSeed(anySeed(), std::move(done)); }));
  // The ring has both entries, and the record that was kept says which belongs to whom.
  ASSERT_EQ(ring->entries.size(), 2u);
  EXPECT_EQ(ring->entries.at("identity-" + old->profileId), toBase64Url(old->seed->view()));
  ASSERT_EQ(filesLike("profile.json.replaced"), 1);
  const std::string record = contentOf(path("profile.json.replaced-1"));
  EXPECT_NE(record.find(old->profileId), std::string::npos);
  EXPECT_NE(record.find(fingerprintOf(*old->seed).hex()), std::string::npos);
}

TEST_F(BackupTest, aRestoreThatCannotBeKeptLeavesTheOldIdentityInForce) {
  ring->isAvailable = false;
  const auto old = reopen();
  ASSERT_TRUE(old && old->seed);
  // The place of the seed is taken by a folder: the rename over it fails, after its other name and
  // that of the record were made.
  std::filesystem::rename(path("identity.seed"), path("moved"));
  std::filesystem::create_directory(path("identity.seed"));
  const auto refused = wait([&](auto done) { store->importSeed(anySeed(), std::move(done)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(filesLike("profile.json.replaced"), 0);
  std::filesystem::remove(path("identity.seed"));
  std::filesystem::rename(path("moved"), path("identity.seed"));
  const auto again = reopen();
  ASSERT_TRUE(again && again->seed);
  EXPECT_EQ(fingerprintOf(*again->seed), fingerprintOf(*old->seed));
}

// ---- invites

class InviteTest : public StoreTest {
 protected:
  static Fingerprint relay(std::uint8_t number) {
    Fingerprint fingerprint;
    fingerprint.bytes.fill(number);
    return fingerprint;
  }
  // Nothing but its own place may hold the token.
  [[nodiscard]] bool isInPlainFiles(const std::string& token) const {
    for (const char* file : {"profile.json", "settings.json", "foyer.db", "foyer.db-wal"})
      if (exists(file) && contentOf(path(file)).find(token) != std::string::npos) return true;
    return false;
  }
  const std::string m_token = "q7Zt1rTokenOfTheRelay0";
};

TEST_F(InviteTest, aTokenIsKeptInTheRingByRelayAndGoesWithIt) {
  const auto first = reopen();
  ASSERT_TRUE(first && first->invites.empty());
  store->saveInvite(relay(1), m_token);
  store->saveInvite(relay(2), "second");
  flush();
  EXPECT_EQ(ring->entries.at("invite-" + first->profileId + "-" + relay(1).hex()), m_token);
  EXPECT_FALSE(isInPlainFiles(m_token));
  EXPECT_EQ(filesLike("invite-"), 0);
  auto next = reopen();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->invites, (InviteMap{{relay(1), m_token}, {relay(2), "second"}}));
  store->removeRelay(relay(1));
  store->saveInvite(relay(2), "");
  flush();
  EXPECT_EQ(ring->entries.size(), 1u) << "the seed alone";
  EXPECT_TRUE(reopen()->invites.empty());
  EXPECT_TRUE(faults.empty());
}

TEST_F(InviteTest, withoutARingItIsAnOwnerOnlyFile) {
  ring->isAvailable = false;
  ASSERT_TRUE(reopen());
  store->saveInvite(relay(1), m_token);
  flush();
  const std::string file = path(("invite-" + relay(1).hex() + ".token").c_str());
  EXPECT_EQ(contentOf(file), m_token);
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_FALSE(isInPlainFiles(m_token));
  ::chmod(file.c_str(), 0644);
  // A ring that appears later changes nothing, and is not asked.
  ring->isAvailable = true;
  EXPECT_EQ(reopen()->invites.at(relay(1)), m_token);
  EXPECT_EQ(ring->reads, 0);
  EXPECT_FALSE(io::isOpenToOthers(file));
  store->removeRelay(relay(1));
  flush();
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(InviteTest, anErrorOfTheRingNeverFallsThrough) {
  ASSERT_TRUE(reopen());
  ring->writeError = KeyRingError::Denied;
  store->saveInvite(relay(1), m_token);
  flush();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "invite_not_kept");
  EXPECT_EQ(filesLike("invite-"), 0);
  ring->writeError.reset();
  EXPECT_TRUE(reopen()->invites.empty());
}

TEST_F(InviteTest, aTokenThatIsGoneIsSaidAndTheProfileOpens) {
  const auto first = reopen();
  store->saveInvite(relay(1), m_token);
  flush();
  ring->entries.erase("invite-" + first->profileId + "-" + relay(1).hex());
  const auto next = reopen();
  ASSERT_TRUE(next && next->seed);
  EXPECT_TRUE(next->invites.empty());
  ASSERT_EQ(next->notices.size(), 1u);
  EXPECT_EQ(next->notices[0].code, "invite_lost");
  // The link is opened again.
  store->saveInvite(relay(1), m_token);
  flush();
  EXPECT_EQ(reopen()->invites.at(relay(1)), m_token);
}

TEST_F(InviteTest, theTokensGoAlongToARestoredIdentity) {
  for (const bool hasRing : {true, false}) {
    ring->isAvailable = hasRing;
    ring->entries.clear();
    std::filesystem::remove_all(dir);
    ASSERT_TRUE(reopen());
    store->saveInvite(relay(1), m_token);
    SeededRandom random(7);
    const auto restored = wait(
        [&](auto done) { store->importSeed(crypto::SecretSeed::random(random), std::move(done)); });
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->invites.at(relay(1)), m_token);
    EXPECT_EQ(reopen()->invites.at(relay(1)), m_token);
    EXPECT_EQ(ring->entries.size(), hasRing ? 3u : 0u) << "two seeds and one token";
  }
}

}  // namespace
}  // namespace foyer::store::test
