// Where the seed lives, and what happens when it is not there.
#include "tests/store/store_fixture.h"

namespace foyer::store::test {
namespace {

class SecretTest : public StoreTest {};

TEST_F(SecretTest, firstStartMakesAnIdentityInTheRing) {
  const auto first = reopen();
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_TRUE(first->isFirstStart);
  EXPECT_EQ(first->seedHome, SeedHome::KeyRing);
  ASSERT_TRUE(first->seed);
  EXPECT_FALSE(first->alias.empty());
  EXPECT_FALSE(exists("identity.seed"));
  ASSERT_EQ(ring->entries.size(), 1u);
  EXPECT_EQ(ring->entries.begin()->first, "identity-" + first->profileId);
  const auto second = reopen();
  ASSERT_TRUE(second && second->seed);
  EXPECT_FALSE(second->isFirstStart);
  EXPECT_EQ(fingerprintOf(*second->seed), fingerprintOf(*first->seed));
  EXPECT_EQ(second->alias, first->alias);
}

TEST_F(SecretTest, withoutARingTheSeedIsAnOwnerOnlyFile) {
  ring->isAvailable = false;
  const auto first = reopen();
  ASSERT_TRUE(first && first->seed);
  EXPECT_EQ(first->seedHome, SeedHome::File);
  struct stat info {};
  ASSERT_EQ(::stat(path("identity.seed").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat(dir.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat(path("foyer.db").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  // A ring that appears later changes nothing: the profile knows where its seed lives.
  ring->isAvailable = true;
  const auto second = reopen();
  ASSERT_TRUE(second && second->seed);
  EXPECT_EQ(second->seedHome, SeedHome::File);
  EXPECT_EQ(fingerprintOf(*second->seed), fingerprintOf(*first->seed));
  EXPECT_EQ(ring->reads, 0);
}

TEST_F(SecretTest, aSeedFileOpenedToOthersIsClosedAgain) {
  ring->isAvailable = false;
  ASSERT_TRUE(reopen());
  ::chmod(path("identity.seed").c_str(), 0644);
  ASSERT_TRUE(reopen());
  EXPECT_FALSE(io::isOpenToOthers(path("identity.seed")));
}

TEST_F(SecretTest, atFirstStartARingThatRefusesOrForgetsLeadsToTheFile) {
  ring->writeError = KeyRingError::Denied;
  const auto refused = reopen();
  ASSERT_TRUE(refused && refused->seed);
  EXPECT_EQ(refused->seedHome, SeedHome::File);
  std::filesystem::remove_all(dir);
  ring->writeError.reset();
  ring->forgets = true;
  const auto forgot = reopen();
  ASSERT_TRUE(forgot && forgot->seed);
  EXPECT_EQ(forgot->seedHome, SeedHome::File);
}

TEST_F(SecretTest, anErrorOfTheRingNeverFallsThrough) {
  const auto first = reopen();
  ASSERT_TRUE(first && first->seed);
  const Fingerprint mine = fingerprintOf(*first->seed);
  struct Row {
    KeyRingError error;
    const char* code;
  };
  for (const Row& row :
       {Row{KeyRingError::Timeout, "keyring_timeout"}, Row{KeyRingError::Denied, "keyring_locked"},
        Row{KeyRingError::Failed, "keyring_error"},
        Row{KeyRingError::Unavailable, "keyring_error"}}) {
    ring->readError = row.error;
    const auto blocked = reopen();
    ASSERT_TRUE(blocked);
    EXPECT_FALSE(blocked->seed);
    ASSERT_TRUE(blocked->blocked);
    EXPECT_EQ(blocked->blocked->stage, "identity");
    EXPECT_EQ(blocked->blocked->code, row.code);
    EXPECT_TRUE(blocked->blocked->retryable);
    EXPECT_FALSE(exists("identity.seed"));
    EXPECT_EQ(ring->entries.size(), 1u);
    ring->readError.reset();
    const auto again = wait([this](auto done) { store->retrySecret(std::move(done)); });
    ASSERT_TRUE(again && again->seed);
    EXPECT_EQ(fingerprintOf(*again->seed), mine);
    EXPECT_FALSE(again->isFirstStart);
  }
}

TEST_F(SecretTest, aLostSecretBlocksUntilTheExplicitReset) {
  for (const bool inRing : {true, false}) {
    std::filesystem::remove_all(dir);
    ring->isAvailable = inRing;
    ring->entries.clear();
    const auto first = reopen();
    ASSERT_TRUE(first && first->seed);
    StoredRelay relay{.link = "foyer://relay/192.0.2.1:4430#00"};
    relay.fingerprint.bytes[0] = 9;
    store->saveRelay(relay);
    flush();
    ring->entries.clear();
    std::filesystem::remove(path("identity.seed"));
    for (int start = 0; start < 3; ++start) {
      const auto blocked = reopen();
      ASSERT_TRUE(blocked);
      EXPECT_FALSE(blocked->seed);
      ASSERT_TRUE(blocked->blocked);
      EXPECT_EQ(blocked->blocked->code, "secret_lost");
      EXPECT_FALSE(blocked->blocked->retryable);
      EXPECT_TRUE(ring->entries.empty());
      EXPECT_FALSE(exists("identity.seed"));
    }
    const auto fresh = wait([this](auto done) { store->resetIdentity(std::move(done)); });
    ASSERT_TRUE(fresh && fresh->seed);
    EXPECT_TRUE(fresh->isFirstStart);
    EXPECT_NE(fingerprintOf(*fresh->seed), fingerprintOf(*first->seed));
    EXPECT_NE(fresh->profileId, first->profileId);
    ASSERT_EQ(fresh->relays.size(), 1u) << "what was known of others stays";
    const auto next = reopen();
    ASSERT_TRUE(next && next->seed);
    EXPECT_EQ(fingerprintOf(*next->seed), fingerprintOf(*fresh->seed));
  }
}

TEST_F(SecretTest, aSecretThatIsNotOursIsRefused) {
  ASSERT_TRUE(reopen());
  SeededRandom random(99);
  const auto other = crypto::SecretSeed::random(random);
  ring->entries.begin()->second = toBase64Url(other.view());
  const auto blocked = reopen();
  ASSERT_TRUE(blocked && blocked->blocked);
  EXPECT_EQ(blocked->blocked->code, "secret_lost");
  EXPECT_FALSE(blocked->seed);
}

TEST_F(SecretTest, aDamagedSeedFileBlocksAndIsKept) {
  ring->isAvailable = false;
  ASSERT_TRUE(reopen());
  spoil(path("identity.seed"));
  const auto blocked = reopen();
  ASSERT_TRUE(blocked && blocked->blocked);
  EXPECT_EQ(blocked->blocked->code, "seed_file_corrupt");
  EXPECT_EQ(contentOf(path("identity.seed")), "{]");
  ASSERT_TRUE(wait([this](auto done) { store->resetIdentity(std::move(done)); }));
  EXPECT_EQ(filesLike("identity.seed.replaced"), 1);
}

TEST_F(SecretTest, aDamagedOrMissingRecordNeverMakesANewIdentity) {
  ASSERT_TRUE(reopen());
  store.reset();
  const std::string good = contentOf(path("profile.json"));
  spoil(path("profile.json"));
  for (int start = 0; start < 2; ++start) {
    const auto corrupt = reopen();
    ASSERT_TRUE(corrupt && corrupt->blocked);
    EXPECT_EQ(corrupt->blocked->code, "profile_corrupt");
    EXPECT_EQ(contentOf(path("profile.json")), "{]") << "kept until the person decides";
  }
  store.reset();
  std::filesystem::remove(path("profile.json"));
  const auto missing = reopen();
  ASSERT_TRUE(missing && missing->blocked);
  EXPECT_EQ(missing->blocked->code, "profile_missing");
  store.reset();
  std::ofstream(path("profile.json")) << good;
  const auto back = reopen();
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->seed);
  EXPECT_EQ(ring->entries.size(), 1u);
}

TEST_F(SecretTest, aFirstStartThatWasCutOffBeginsAgain) {
  ring->isAvailable = false;
  std::filesystem::create_directory(dir);
  std::ofstream(path("profile.json"))
      << R"({"format":1,"profile_id":"00112233445566778899aabbccddeeff","seed_home":"file",)"
      << R"("fingerprint":"00000000000000000000000000000000","alias":"Calm Otter","state":"creating"})";
  const auto state = reopen();
  ASSERT_TRUE(state && state->seed);
  EXPECT_TRUE(state->isFirstStart);
  EXPECT_EQ(state->alias, "Calm Otter");
}

TEST_F(SecretTest, aRestoredSeedReplacesTheIdentityAndTheOldFileIsKept) {
  ring->isAvailable = false;
  ASSERT_TRUE(reopen());
  SeededRandom random(7);
  const auto restored = crypto::SecretSeed::random(random);
  const auto state = wait([&](auto done) { store->importSeed(restored.clone(), std::move(done)); });
  ASSERT_TRUE(state && state->seed);
  EXPECT_EQ(fingerprintOf(*state->seed), fingerprintOf(restored));
  EXPECT_EQ(filesLike("identity.seed.replaced"), 1);
  const auto next = reopen();
  ASSERT_TRUE(next && next->seed);
  EXPECT_EQ(fingerprintOf(*next->seed), fingerprintOf(restored));
}

TEST_F(SecretTest, theSystemRingIsOffWithoutABusOrWhenTold) {
  ::setenv("FOYER_KEYRING", "off", 1);
  make(KeyRingUse::Auto);
  const auto state = open();
  ::unsetenv("FOYER_KEYRING");
  ASSERT_TRUE(state && state->seed);
  EXPECT_EQ(state->seedHome, SeedHome::File);
}

}  // namespace
}  // namespace foyer::store::test
