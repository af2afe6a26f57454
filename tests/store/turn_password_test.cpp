// The passwords of TURN servers: kept where the seed is and nowhere else.
#include "tests/store/store_fixture.h"

namespace foyer::store::test {
namespace {

class TurnPasswordTest : public StoreTest {
 protected:
  [[nodiscard]] bool isInPlainFiles(const std::string& text) const {
    for (const char* file : {"profile.json", "settings.json", "foyer.db", "foyer.db-wal"})
      if (exists(file) && contentOf(path(file)).find(text) != std::string::npos) return true;
    return false;
  }
  const std::string m_id = turnIdOf("turn:turn.example.org");
  const std::string m_other = turnIdOf("turns:turn.example.org");
  const std::string m_password = "three quiet herons";
};

TEST_F(TurnPasswordTest, theRingHasItByServerAndItGoesWithTheServer) {
  const auto first = reopen();
  ASSERT_TRUE(first && first->turnPasswords.empty());
  store->saveTurnPassword(m_id, SecretText(m_password));
  store->saveTurnPassword(m_other, SecretText("second"));
  flush();
  EXPECT_EQ(ring->entries.at("turn-" + first->profileId + "-" + m_id), m_password);
  EXPECT_FALSE(isInPlainFiles(m_password));
  EXPECT_EQ(filesLike("turn-"), 0);
  auto next = reopen();
  ASSERT_TRUE(next);
  ASSERT_EQ(next->turnPasswords.size(), 2u);
  EXPECT_EQ(next->turnPasswords.at(m_id).text(), m_password);
  store->saveTurnPassword(m_id, {});
  store->saveTurnPassword(m_other, SecretText("changed"));
  flush();
  next = reopen();
  ASSERT_TRUE(next);
  ASSERT_EQ(next->turnPasswords.size(), 1u);
  EXPECT_EQ(next->turnPasswords.at(m_other).text(), "changed");
  EXPECT_EQ(ring->entries.size(), 2u) << "the seed and one password";
  EXPECT_TRUE(faults.empty());
}

TEST_F(TurnPasswordTest, withoutARingItIsAnOwnerOnlyFile) {
  ring->isAvailable = false;
  ASSERT_TRUE(reopen());
  store->saveTurnPassword(m_id, SecretText(m_password));
  flush();
  const std::string file = path(("turn-" + m_id + ".password").c_str());
  EXPECT_EQ(contentOf(file), m_password);
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_FALSE(isInPlainFiles(m_password));
  EXPECT_EQ(reopen()->turnPasswords.at(m_id).text(), m_password);
  store->saveTurnPassword(m_id, {});
  flush();
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(TurnPasswordTest, whatTheRingRefusesIsSaidAndWrittenNowhere) {
  ASSERT_TRUE(reopen());
  ring->writeError = KeyRingError::Denied;
  store->saveTurnPassword(m_id, SecretText(m_password));
  flush();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "turn_password_not_kept");
  EXPECT_EQ(filesLike("turn-"), 0);
  ring->writeError.reset();
  EXPECT_TRUE(reopen()->turnPasswords.empty());
}

TEST_F(TurnPasswordTest, aPasswordThatIsGoneIsSaidAndTheProfileOpens) {
  const auto first = reopen();
  store->saveTurnPassword(m_id, SecretText(m_password));
  flush();
  ring->entries.erase("turn-" + first->profileId + "-" + m_id);
  const auto next = reopen();
  ASSERT_TRUE(next && next->seed);
  EXPECT_TRUE(next->turnPasswords.empty());
  ASSERT_EQ(next->notices.size(), 1u);
  EXPECT_EQ(next->notices[0].code, "turn_password_lost");
}

TEST_F(TurnPasswordTest, whatIsNoIdBecomesNoFile) {
  ring->isAvailable = false;
  ASSERT_TRUE(reopen());
  store->saveTurnPassword("../../elsewhere", SecretText(m_password));
  store->saveTurnPassword(m_id, SecretText(std::string(kMaxStoredTurnPassword + 1, 'x')));
  flush();
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].code, "refused");
  EXPECT_EQ(faults[1].code, "refused");
  EXPECT_EQ(filesLike("turn-"), 0);
}

TEST_F(TurnPasswordTest, theyGoAlongToARestoredIdentity) {
  for (const bool hasRing : {true, false}) {
    ring->isAvailable = hasRing;
    ring->entries.clear();
    std::filesystem::remove_all(dir);
    ASSERT_TRUE(reopen());
    store->saveTurnPassword(m_id, SecretText(m_password));
    SeededRandom random(7);
    const auto restored = wait(
        [&](auto done) { store->importSeed(crypto::SecretSeed::random(random), std::move(done)); });
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->turnPasswords.at(m_id).text(), m_password);
    EXPECT_EQ(reopen()->turnPasswords.at(m_id).text(), m_password);
    EXPECT_EQ(ring->entries.size(), hasRing ? 3u : 0u) << "two seeds and one password";
  }
}

}  // namespace
}  // namespace foyer::store::test
