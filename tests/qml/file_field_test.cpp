// Wherever a file is asked for: the button that opens the desktop's dialog, and the ways there are
// without it.
#include <QQuickItem>

#include "tests/qml/screens_fixture.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

struct FileFields : Screens {
  void openWith(bool hasPortal) {
    test::fillLobby(engine);
    engine.contactViews = test::contacts();
    open(960, 900);
    window->app().files()->setAvailable(hasPortal);
    settle();
  }
  // Whoever asked last is answered like this.
  void answer(const QString& path) {
    QQuickItem* const asker = askerOnScreen();
    ASSERT_NE(asker, nullptr);
    emit window->app().files()->chosen(asker, path);
    settle();
  }
  [[nodiscard]] static QString textOf(const QString& field) {
    QAccessibleInterface* const box = find(field, QAccessible::EditableText);
    return box == nullptr ? QString() : box->text(QAccessible::Value);
  }

 private:
  static QQuickItem* askerOnScreen() {
    for (const char* name : {"Choose the backup file", "Choose where to save the backup",
                             "Choose the file of contacts", "Choose where to save the contacts",
                             "Choose the picture of a QR code"})
      if (auto* node = find(QString::fromLatin1(name)))
        return qobject_cast<QQuickItem*>(node->object());
    return nullptr;
  }
};

TEST_F(FileFields, withThePortalEachHasAButtonThatSaysWhatIsChosen) {
  openWith(true);
  AppPresenter& app = window->app();
  app.backup()->begin(BackupPresenter::Backup);
  settle();
  choose("Encrypted file");
  EXPECT_TRUE(has("Choose where to save the backup"));
  app.backup()->begin(BackupPresenter::Restore);
  settle();
  choose("Backup file");
  EXPECT_TRUE(has("Choose the backup file"));
  app.backup()->close();
  app.showContacts();
  app.contactFile()->begin(ContactFilePresenter::Save);
  settle();
  EXPECT_TRUE(has("Choose where to save the contacts"));
  app.contactFile()->begin(ContactFilePresenter::Take);
  settle();
  EXPECT_TRUE(has("Choose the file of contacts"));
  app.contactFile()->close();
  app.showLobby();
  settle();
  click("Join a relay by link");
  choose("QR code from a picture…");
  EXPECT_TRUE(has("Choose the picture of a QR code"));
}

TEST_F(FileFields, withoutThePortalTheNameIsTyped) {
  openWith(false);
  window->app().backup()->begin(BackupPresenter::Restore);
  settle();
  choose("Backup file");
  EXPECT_TRUE(has("Backup file", QAccessible::EditableText));
  EXPECT_FALSE(has("Choose the backup file"));
  window->app().backup()->close();
  settle();
  click("Join a relay by link");
  choose("QR code from a picture…");
  EXPECT_FALSE(has("Choose the picture of a QR code"));
}

TEST_F(FileFields, whatIsChosenStandsInTheFieldAndThePassphraseIsNext) {
  openWith(true);
  window->app().backup()->begin(BackupPresenter::Restore);
  settle();
  choose("Backup file");
  answer("/home/naledi/old.foyer-backup");
  EXPECT_EQ(textOf("Backup file"), "/home/naledi/old.foyer-backup");
  for (const char letter : QByteArray("six blue doors"))
    QTest::keyClick(window->quickWindow(), letter);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_TRUE(engine.log.contains("importIdentity /home/naledi/old.foyer-backup six blue doors"));
}

TEST_F(FileFields, aPictureThatIsChosenIsReadAtOnce) {
  openWith(true);
  click("Join a relay by link");
  choose("QR code from a picture…");
  answer("/no/such/picture.png");
  EXPECT_EQ(textOf("Picture of a QR code"), "/no/such/picture.png");
  EXPECT_TRUE(window->app().picture()->active());
}

TEST_F(FileFields, aDesktopThatShowsNoDialogIsSaidBesideTheField) {
  openWith(true);  // there is no bus here
  window->app().backup()->begin(BackupPresenter::Restore);
  settle();
  choose("Backup file");
  click("Choose the backup file");
  EXPECT_TRUE(has("Your desktop showed no dialog. Type the file’s name instead.",
                  QAccessible::AlertMessage));
}

TEST_F(FileFields, aBackupNeedsAPassphraseThatIsLongEnoughAndSaysSo) {
  openWith(false);
  window->app().backup()->begin(BackupPresenter::Backup);
  settle();
  choose("Encrypted file");
  EXPECT_TRUE(has("At least 8 characters; several words are easy to keep in mind.",
                  QAccessible::StaticText));
  EXPECT_TRUE(has("Cancel"));
  EXPECT_FALSE(has("Close")) << "nothing was done yet";
  const auto type = [&](const QByteArray& text) {
    for (const char letter : text) QTest::keyClick(window->quickWindow(), letter);
    QTest::keyClick(window->quickWindow(), Qt::Key_Return);
    settle();
  };
  type("1234567");
  type("1234567");
  EXPECT_FALSE(qobject_cast<QQuickItem*>(find("Save the file")->object())->isEnabled());
  EXPECT_TRUE(engine.log.filter("exportIdentity").isEmpty());
}

TEST_F(FileFields, whoHasSavedClosesAndWhoHasNotCancels) {
  openWith(false);
  AppPresenter& app = window->app();
  app.showContacts();
  app.contactFile()->begin(ContactFilePresenter::Save);
  settle();
  EXPECT_TRUE(has("Cancel"));
  click("Save the file");
  EXPECT_TRUE(has("Close"));
  EXPECT_FALSE(has("Cancel"));
}

}  // namespace
}  // namespace foyer::app
