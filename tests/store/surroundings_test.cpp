// What needs another process around it: the real key ring in a session of its own, and a full disk.
// The outer tests start this program again inside; the inner ones are skipped otherwise.
#include <fcntl.h>
#include <qt6keychain/keychain.h>
#include <unistd.h>

#include <QEventLoop>

#include "tests/store/store_fixture.h"

namespace foyer::store::test {
namespace {

std::string self() {
  char path[4096];
  const ssize_t n = ::readlink("/proc/self/exe", path, sizeof path);
  return {path, static_cast<std::size_t>(n)};
}
int runInner(const std::string& before, const std::string& filter, const std::string& after) {
  const std::string command = before + self() + " --gtest_brief=1 --gtest_filter=" + filter + after;
  return std::system(command.c_str());
}
bool isThere(const char* program) { return ::access(program, X_OK) == 0; }
std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

class RealRing : public StoreTest {};

TEST_F(RealRing, keepsTheIdentityAcrossProgramsAndNeverFallsThrough) {
  if (!isThere("/usr/bin/dbus-run-session") || !isThere("/usr/bin/gnome-keyring-daemon")) {
    GTEST_SKIP() << "not run here, because dbus-run-session or gnome-keyring is not installed";
  }
  for (const char* folder : {"/home", "/run"}) std::filesystem::create_directory(root + folder);
  ::chmod((root + "/run").c_str(), 0700);
  const std::string session =
      "env -u DISPLAY -u WAYLAND_DISPLAY HOME=" + root + "/home XDG_DATA_HOME=" + root +
      "/home/data XDG_RUNTIME_DIR=" + root + "/run FOYER_TEST_DIR=" + dir +
      " timeout 60 dbus-run-session -- sh -c 'printf secret | gnome-keyring-daemon --unlock "
      "--components=secrets >/dev/null 2>&1; ";
  EXPECT_EQ(runInner(session, "InsideRing.*", "'"), 0);
  // Outside there is no ring: blocked, no file, no new identity.
  const auto state = (make(KeyRingUse::Off), open());
  ASSERT_TRUE(state && state->blocked);
  EXPECT_EQ(state->blocked->code, "keyring_error");
  EXPECT_FALSE(state->seed);
  EXPECT_FALSE(exists("identity.seed"));
}

class InsideRing : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (variable("FOYER_TEST_DIR").empty()) GTEST_SKIP() << "run by RealRing";
    dir = variable("FOYER_TEST_DIR");
  }
  static void deleteEntry(const std::string& profileId) {
    // In a process of its own: QtKeychain's queue belongs to the first thread that used it.
    ::setenv("FOYER_TEST_ENTRY", ("identity-" + profileId).c_str(), 1);
    EXPECT_EQ(runInner("", "RingEraser.*", ""), 0);
  }
};

TEST_F(InsideRing, createsFindsAndMissesTheSecret) {
  make(KeyRingUse::Auto);
  const auto first = open();
  ASSERT_TRUE(first && first->seed);
  ASSERT_EQ(first->seedHome, SeedHome::KeyRing);
  EXPECT_FALSE(exists("identity.seed"));
  make(KeyRingUse::Auto);
  const auto second = open();
  ASSERT_TRUE(second && second->seed);
  EXPECT_EQ(fingerprintOf(*second->seed), fingerprintOf(*first->seed));
  // An invite: kept by the same ring, found by the next start, gone with its relay.
  const Fingerprint relay = fingerprintOf(*first->seed);
  store->saveInvite(relay, "q7Zt1r");
  flush();
  make(KeyRingUse::Auto);
  const auto third = open();
  EXPECT_EQ(third->invites, (InviteMap{{relay, "q7Zt1r"}}));
  EXPECT_EQ(filesLike("invite-"), 0);
  store->removeRelay(relay);
  flush();
  EXPECT_TRUE(faults.empty()) << faults[0].detail;
  make(KeyRingUse::Auto);
  EXPECT_TRUE(open()->invites.empty());
  make(KeyRingUse::Off);
  const auto off = open();
  ASSERT_TRUE(off && off->blocked);
  EXPECT_EQ(off->blocked->code, "keyring_error");
  deleteEntry(first->profileId);
  make(KeyRingUse::Auto);
  const auto lost = open();
  ASSERT_TRUE(lost && lost->blocked);
  EXPECT_EQ(lost->blocked->code, "secret_lost");
  EXPECT_FALSE(exists("identity.seed"));
}

TEST(RingEraser, deletesOneEntry) {
  if (variable("FOYER_TEST_ENTRY").empty()) GTEST_SKIP() << "run by InsideRing";
  application();
  QKeychain::DeletePasswordJob job("Foyer");
  job.setAutoDelete(false);
  job.setKey(QString::fromStdString(variable("FOYER_TEST_ENTRY")));
  QEventLoop loop;
  QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
  job.start();
  loop.exec();
  EXPECT_EQ(job.error(), QKeychain::NoError);
}

class FullDisk : public StoreTest {};

TEST_F(FullDisk, isSaidAndLosesNothingThatWasThere) {
  std::filesystem::create_directory(root + "/small");
  const std::string enter =
      "unshare --user --map-root-user --mount sh -c 'mount -t tmpfs -o size=256k tmpfs " + root +
      "/small";
  if (std::system((enter + "' 2>/dev/null").c_str()) != 0) {
    GTEST_SKIP() << "not run here, because no small disk can be mounted";
  }
  EXPECT_EQ(runInner(enter + " && FOYER_TEST_SMALL=" + root + "/small ", "InsideFullDisk.*", "'"),
            0);
}

class InsideFullDisk : public StoreTest {
 protected:
  static void fillUp(const std::string& file) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const std::string page(4096, 'x');
    while (::write(fd, page.data(), page.size()) > 0) {
    }
    ::close(fd);
  }
};

TEST_F(InsideFullDisk, everyWriteSaysDiskFull) {
  if (variable("FOYER_TEST_SMALL").empty()) GTEST_SKIP() << "run by FullDisk";
  ring->isAvailable = false;
  const std::string small = variable("FOYER_TEST_SMALL");
  dir = small + "/profile";
  const auto first = reopen();
  ASSERT_TRUE(first && first->seed) << (first ? "" : first.error().code);
  store->setSetting("kept", "yes");
  flush();
  fillUp(small + "/ballast");
  faults.clear();
  store->setSetting("big", std::string(4000, 'x'));
  StoredContact contact;
  contact.ownName = std::string(100000, 'y');
  store->saveContact(contact);
  store->setAlias("Never Kept");
  flush();
  ASSERT_FALSE(faults.empty());
  for (const Fault& fault : faults) {
    EXPECT_EQ(fault.stage, "store");
    EXPECT_EQ(fault.code, "disk_full") << fault.detail;
  }
  EXPECT_GE(faults.size(), 3u);
  // Neither a backup nor a restored identity is half kept.
  std::optional<Result<void, Fault>> backedUp;
  store->exportIdentity(small + "/backup", SecretText("six blue doors"),
                        [&](const Result<void, Fault>& done) { backedUp = done; });
  ASSERT_TRUE(spinUntil([&] { return backedUp.has_value(); }));
  ASSERT_FALSE(*backedUp);
  EXPECT_EQ(backedUp->error(), (Fault{"backup", "disk_full", true, backedUp->error().detail}));
  EXPECT_FALSE(std::filesystem::exists(small + "/backup"));
  SeededRandom random(7);
  const auto restored = wait(
      [&](auto done) { store->importSeed(crypto::SecretSeed::random(random), std::move(done)); });
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, "disk_full");
  EXPECT_EQ(filesLike("profile.json.replaced") + filesLike("identity.seed.replaced"), 0);
  store.reset();
  std::filesystem::remove(small + "/ballast");
  const auto again = reopen();
  ASSERT_TRUE(again && again->seed);
  EXPECT_EQ(fingerprintOf(*again->seed), fingerprintOf(*first->seed));
  EXPECT_EQ(again->settings.at("kept"), "yes");
  EXPECT_EQ(again->alias, first->alias);
  // A first start on a full disk: said, and nothing half made that would block later.
  store.reset();
  fillUp(small + "/ballast");
  dir = small + "/other";
  const auto refused = reopen();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "disk_full");
  store.reset();
  std::filesystem::remove(small + "/ballast");
  const auto fresh = reopen();
  ASSERT_TRUE(fresh && fresh->seed);
  EXPECT_TRUE(fresh->isFirstStart);
}

}  // namespace
}  // namespace foyer::store::test
