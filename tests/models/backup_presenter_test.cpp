#include <gtest/gtest.h>

#include <QDir>

#include "app/foyer/backup_presenter.h"
#include "app/foyer/error_text.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

const QString kPassphrase = QStringLiteral("six blue doors");

class Backups : public testing::Test {
 protected:
  test::ScriptedEngine engine;
  BackupPresenter backup{engine};
};

TEST_F(Backups, everyFaultOfAnExportIsASentence) {
  for (const char* code : {"passphrase_short", "exists", "not_found", "permission", "disk_full",
                           "failed", "no_memory"}) {
    engine.faultOfBackup = Fault{.stage = "backup", .code = code};
    backup.save("/tmp/x", kPassphrase, kPassphrase);
    EXPECT_EQ(backup.error(), textOf(*engine.faultOfBackup).sentence());
    EXPECT_FALSE(backup.error().contains("Something went wrong")) << code;
    EXPECT_TRUE(backup.done().isEmpty());
    EXPECT_FALSE(backup.busy());
  }
}

TEST_F(Backups, everyFaultOfARestoreIsASentence) {
  for (const char* code : {"not_found", "permission", "not_a_backup", "unsupported_version",
                           "cost_out_of_range", "wrong_passphrase", "no_memory", "wrong_count",
                           "wrong_checksum", "in_call", "busy", "disk_full", "unwritable"}) {
    engine.faultOfBackup = Fault{.stage = "backup", .code = code};
    backup.restoreFile("/tmp/x", kPassphrase, true);
    EXPECT_FALSE(backup.error().isEmpty()) << code;
    EXPECT_FALSE(backup.error().contains("Something went wrong")) << code;
    EXPECT_FALSE(backup.mustConfirm());
    EXPECT_FALSE(backup.restored());
  }
}

TEST_F(Backups, theMistypedWordIsNamed) {
  engine.faultOfBackup =
      Fault{.stage = "backup", .code = "unknown_word", .detail = "word 7: abandom"};
  backup.restoreWords("abandom", false);
  EXPECT_TRUE(backup.error().contains("Word 7"));
  EXPECT_TRUE(backup.error().contains(QStringLiteral("“abandom”")));
}

TEST_F(Backups, replacingIsAskedOnceAndThenDone) {
  engine.faultOfBackup = Fault{.stage = "backup", .code = "would_replace"};
  backup.restoreWords("a b", false);
  EXPECT_TRUE(backup.mustConfirm());
  EXPECT_TRUE(backup.error().isEmpty());
  backup.restoreWords("a b", true);
  EXPECT_FALSE(backup.mustConfirm());
  EXPECT_TRUE(backup.restored());
}

TEST_F(Backups, differingPassphrasesAreSaidAndClosingForgetsEverything) {
  backup.save("/tmp/x", kPassphrase, "six blue door");
  EXPECT_FALSE(backup.error().isEmpty());
  EXPECT_TRUE(engine.log.isEmpty());
  engine.words = {"one", "two"};
  backup.begin(BackupPresenter::Backup);
  EXPECT_TRUE(backup.error().isEmpty());
  backup.revealWords();
  EXPECT_EQ(backup.words().size(), 2);
  backup.close();
  EXPECT_TRUE(backup.words().isEmpty());
  EXPECT_EQ(backup.open(), BackupPresenter::Nothing);
}

TEST_F(Backups, whatIsTypedOrDroppedBecomesAPath) {
  EXPECT_EQ(BackupPresenter::pathOf(" /tmp/a "), "/tmp/a");
  EXPECT_EQ(BackupPresenter::pathOf("file:///tmp/a%20b"), "/tmp/a b");
  EXPECT_EQ(BackupPresenter::pathOf("~/a"), QDir::home().filePath("a"));
  EXPECT_EQ(BackupPresenter::pathOf("a"), QDir::home().filePath("a"));
  EXPECT_EQ(BackupPresenter::countText("  lemon\nanchor "), "2 of 24 words");
  EXPECT_TRUE(BackupPresenter::countText(" ").isEmpty());
  EXPECT_TRUE(QDir::isAbsolutePath(backup.suggestedPath()));
}

}  // namespace
}  // namespace foyer::app
