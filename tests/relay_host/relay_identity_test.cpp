#include "relaylite/host/relay_identity.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "core/io/files.h"

namespace foyer::relayhost {
namespace {

class RelayIdentity : public testing::Test {
 protected:
  RelayIdentity() {
    std::string name = testing::TempDir() + "foyer-relay-XXXXXX";
    m_folder = mkdtemp(name.data());
  }
  ~RelayIdentity() override { std::filesystem::remove_all(m_folder); }
  Result<crypto::Identity, Fault> load() { return loadOrCreateRelayIdentity(m_folder, m_random); }
  std::string m_folder;
  SeededRandom m_random{1};
};

TEST_F(RelayIdentity, isMadeOnceForTheOwnerOnlyAndKept) {
  const auto first = load();
  ASSERT_TRUE(first);
  struct stat info {};
  ASSERT_EQ(stat((m_folder + "/relay.seed").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  const auto second = load();
  ASSERT_TRUE(second);
  EXPECT_EQ(first->publicKey(), second->publicKey());
}

TEST_F(RelayIdentity, aLostSeedIsAnErrorAndNeverANewKey) {
  ASSERT_TRUE(load());
  ASSERT_TRUE(io::removeFile(m_folder + "/relay.seed"));
  const auto again = load();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().stage, "identity");
  EXPECT_EQ(again.error().code, "lost");
  EXPECT_FALSE(io::fileExists(m_folder + "/relay.seed"));
}

TEST_F(RelayIdentity, aDamagedSeedIsAnErrorAndStaysAsItIs) {
  ASSERT_TRUE(load());
  const std::string path = m_folder + "/relay.seed";
  for (const std::size_t size : {0UL, 31UL, 33UL, 200UL, 10'000UL}) {
    const Bytes damaged(size, 7);
    ASSERT_TRUE(io::writeFileAtomically(path, damaged, io::FileMode::OwnerOnly));
    const auto again = load();
    ASSERT_FALSE(again) << size;
    EXPECT_EQ(again.error().stage, "identity");
    EXPECT_EQ(io::readFile(path, 20'000).value(), damaged);
  }
  const Bytes other(32, 9);
  ASSERT_TRUE(io::writeFileAtomically(path, other, io::FileMode::OwnerOnly));
  EXPECT_EQ(load().error().code, "corrupt") << "a valid seed of another key";
}

TEST_F(RelayIdentity, aSeedThatOthersCanReadIsNotUsed) {
  ASSERT_TRUE(load());
  ASSERT_EQ(chmod((m_folder + "/relay.seed").c_str(), 0644), 0);
  EXPECT_EQ(load().error().code, "open_to_others");
}

TEST_F(RelayIdentity, aCrashBetweenSeedAndMarkerIsHealed) {
  const auto first = load();
  ASSERT_TRUE(io::removeFile(m_folder + "/relay.fingerprint"));
  EXPECT_EQ(load()->publicKey(), first->publicKey());
  EXPECT_TRUE(io::fileExists(m_folder + "/relay.fingerprint"));
}

TEST_F(RelayIdentity, aFolderThatIsNotThereIsAnError) {
  EXPECT_EQ(loadOrCreateRelayIdentity(m_folder + "/none", m_random).error().code, "not_found");
}

}  // namespace
}  // namespace foyer::relayhost
