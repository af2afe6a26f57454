#include "core/io/files.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>

namespace foyer::io {
namespace {

class Files : public testing::Test {
 protected:
  Files() {
    std::string name = testing::TempDir() + "foyer-files-XXXXXX";
    m_folder = mkdtemp(name.data());
  }
  ~Files() override {
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }
  [[nodiscard]] std::string at(const std::string& name) const { return m_folder + "/" + name; }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(m_folder), {}));
  }
  std::string m_folder;
};

unsigned modeOf(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

TEST_F(Files, aFileComesBackAsWritten) {
  const Bytes content{1, 2, 3, 0, 255};
  ASSERT_TRUE(writeFileAtomically(at("a"), content, FileMode::OwnerOnly));
  EXPECT_EQ(readFile(at("a"), 100).value(), content);
  EXPECT_EQ(modeOf(at("a")), 0600u);
  EXPECT_FALSE(isOpenToOthers(at("a")));
  ASSERT_TRUE(writeFileAtomically(at("a"), Bytes{}, FileMode::Ordinary));
  EXPECT_EQ(readFile(at("a"), 100).value(), Bytes{});
  EXPECT_TRUE(isOpenToOthers(at("a")));
  EXPECT_EQ(count(), 1u) << "nothing temporary is left";
}

TEST_F(Files, readingHasACap) {
  ASSERT_TRUE(writeFileAtomically(at("a"), Bytes(11), FileMode::Ordinary));
  EXPECT_EQ(readFile(at("a"), 10).error().code, "too_large");
  EXPECT_TRUE(readFile(at("a"), 11));
}

TEST_F(Files, errorsHaveNames) {
  EXPECT_EQ(readFile(at("none"), 10).error().code, "not_found");
  EXPECT_EQ(readFile(m_folder, 10).error().code, "not_a_file");
  EXPECT_EQ(writeFileAtomically(at("none/a"), Bytes{1}, FileMode::Ordinary).error().code,
            "not_found");
  ASSERT_EQ(mkfifo(at("pipe").c_str(), 0600), 0);
  EXPECT_EQ(readFile(at("pipe"), 10).error().code, "not_a_file") << "and does not hang";
}

TEST_F(Files, aFolderThatCannotBeWrittenKeepsTheOldFile) {
  ASSERT_TRUE(writeFileAtomically(at("a"), Bytes{1}, FileMode::Ordinary));
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  ASSERT_EQ(chmod(m_folder.c_str(), 0500), 0);
  const auto written = writeFileAtomically(at("a"), Bytes{2}, FileMode::Ordinary);
  ASSERT_EQ(chmod(m_folder.c_str(), 0700), 0);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, "permission");
  EXPECT_EQ(readFile(at("a"), 10).value(), Bytes{1});
}

TEST_F(Files, aFullDiskIsNamedAndLeavesTheOldFile) {
  if (mount("tmpfs", m_folder.c_str(), "tmpfs", 0, "size=64k") != 0) {
    GTEST_SKIP() << "mounting a small disk is not permitted: " << std::strerror(errno);
  }
  EXPECT_TRUE(writeFileAtomically(at("a"), Bytes{1}, FileMode::Ordinary));
  const auto written = writeFileAtomically(at("a"), Bytes(200'000), FileMode::Ordinary);
  const auto kept = readFile(at("a"), 10);
  const std::size_t files = count();
  EXPECT_EQ(umount(m_folder.c_str()), 0);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, "disk_full");
  EXPECT_TRUE(written.error().retryable);
  EXPECT_EQ(kept.value(), Bytes{1});
  EXPECT_EQ(files, 1u) << "the half-written file is gone";
}

TEST_F(Files, foldersAreMadeForTheOwnerOnly) {
  ASSERT_TRUE(makeDirectory(at("x/y/z")));
  ASSERT_TRUE(makeDirectory(at("x/y/z")));
  EXPECT_EQ(modeOf(at("x/y")), 0700u);
  ASSERT_TRUE(writeFileAtomically(at("file"), Bytes{1}, FileMode::Ordinary));
  EXPECT_EQ(makeDirectory(at("file")).error().code, "not_a_file");
  EXPECT_EQ(makeDirectory(at("file/below")).error().code, "not_a_file");
}

TEST_F(Files, damagedFilesAreKeptAsideUnderFreshNames) {
  for (std::uint8_t n = 1; n <= 3; ++n) {
    ASSERT_TRUE(writeFileAtomically(at("db"), Bytes{n}, FileMode::Ordinary));
    const auto aside = keepAside(at("db"));
    ASSERT_TRUE(aside);
    EXPECT_EQ(readFile(*aside, 10).value(), Bytes{n});
    EXPECT_FALSE(fileExists(at("db")));
  }
  EXPECT_EQ(count(), 3u);
  EXPECT_EQ(keepAside(at("db")).error().code, "not_found");
}

TEST_F(Files, aSecondProgramIsToldWhoHasTheLock) {
  auto first = LockFile::acquire(at("lock"));
  ASSERT_TRUE(first);
  const auto second = LockFile::acquire(at("lock"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "already_running");
  EXPECT_EQ(second.error().detail, std::to_string(getpid()));
  { const LockFile gone = std::move(*first); }
  EXPECT_TRUE(LockFile::acquire(at("lock"))) << "a leftover file does not block";
}

TEST_F(Files, theDataDirectoryFollowsTheEnvironment) {
  setenv("XDG_DATA_HOME", "/d", 1);
  EXPECT_EQ(defaultDataDirectory(), "/d/foyer");
  setenv("XDG_DATA_HOME", "relative", 1);
  setenv("HOME", "/h", 1);
  EXPECT_EQ(defaultDataDirectory(), "/h/.local/share/foyer");
  unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(defaultDataDirectory(), "/h/.local/share/foyer");
  unsetenv("HOME");
  EXPECT_EQ(defaultDataDirectory(), "");
  unsetenv("XDG_RUNTIME_DIR");
  EXPECT_EQ(defaultRuntimeDirectory("/p"), "/p");
}

TEST_F(Files, removingWhatIsNotThereIsFine) {
  EXPECT_TRUE(removeFile(at("none")));
  ASSERT_TRUE(writeFileAtomically(at("a"), Bytes{1}, FileMode::Ordinary));
  EXPECT_TRUE(removeFile(at("a")));
  EXPECT_FALSE(fileExists(at("a")));
}

}  // namespace
}  // namespace foyer::io
