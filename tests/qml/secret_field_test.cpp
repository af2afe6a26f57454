// What a screen reader is told of a field for a passphrase: what it is for, never what is in it.
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

constexpr char kSecret[] = "sixbluedoors";

bool isSecret(const QAccessibleInterface& node) {
  return node.object()->property("echoMode").isValid() &&
         node.object()->property("echoMode").toInt() != 0;
}

class SecretFields : public Screens {
 public:
  void openBackupFile() {
    test::fillLobby(engine);
    open();
    window->app().showSettings(SettingsModel::You);
    settle();
    click("Back up your identity");
    choose("Encrypted file");
  }
  // Types into each secret field that is shown, and reads it as others can.
  void expectNamedAndKept(const QStringList& names) {
    QStringList found;
    std::vector<QAccessibleInterface*> fields;
    test::walkWindows([&](QAccessibleInterface& node) {
      if (isSecret(node)) fields.push_back(&node);
    });
    for (QAccessibleInterface* field : fields) {
      auto* item = qobject_cast<QQuickItem*>(field->object());
      item->forceActiveFocus(Qt::TabFocusReason);
      for (const char letter : QByteArray(kSecret)) QTest::keyClick(window->quickWindow(), letter);
      settle();
      ASSERT_EQ(item->property("text"), kSecret);
      EXPECT_EQ(field->role(), QAccessible::EditableText);
      EXPECT_TRUE(field->state().passwordEdit);
      EXPECT_TRUE(field->state().focusable);
      EXPECT_TRUE(field->state().focused);
      EXPECT_FALSE(field->state().disabled);
      EXPECT_EQ(field->rect().size(), item->size().toSize()) << "not of the cursor alone";
      EXPECT_EQ(field->window(), window->quickWindow());
      for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Value,
                              QAccessible::Help, QAccessible::Accelerator})
        EXPECT_FALSE(field->text(kind).contains(kSecret)) << kind;
      QAccessibleTextInterface* inner = field->textInterface();
      EXPECT_FALSE(inner != nullptr && inner->text(0, inner->characterCount()).contains(kSecret));
      ASSERT_NE(field->parent(), nullptr);
      EXPECT_GE(field->parent()->indexOfChild(field), 0) << "the tree leads here and back";
      found.append(field->text(QAccessible::Name));
    }
    EXPECT_EQ(found, names);
  }
};

TEST_F(SecretFields, ofABackupHaveNames) {
  openBackupFile();
  expectNamedAndKept({"Passphrase", "Repeat the passphrase"});
}

TEST_F(SecretFields, ofARestoreHaveNames) {
  test::fillLobby(engine);
  engine.firstStart = true;
  open();
  click("I have used Foyer before…");
  choose("Backup file");
  expectNamedAndKept({"Passphrase"});
}

TEST_F(SecretFields, ofATurnServerHaveNames) {
  test::fillLobby(engine);
  open(960, 1400);
  window->app().showSettings(SettingsModel::Network);
  settle();
  expectNamedAndKept({"Password on the TURN server"});
}

TEST_F(SecretFields, anEncryptedFileIsSavedUnderAPassphraseTypedTwice) {
  openBackupFile();
  const auto type = [&](const QByteArray& text) {
    for (const char letter : text) QTest::keyClick(window->quickWindow(), letter);
  };
  type("six blue doors");  // the focus is on the passphrase
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  type("six blue door");
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_FALSE(window->app().backup()->error().isEmpty());
  EXPECT_TRUE(engine.log.filter("exportIdentity").isEmpty());
  type("s");
  click("Save the file");
  ASSERT_EQ(engine.log.filter("exportIdentity").size(), 1);
  EXPECT_TRUE(engine.log.filter("exportIdentity")[0].endsWith(" six blue doors"));
  EXPECT_TRUE(window->app().backup()->error().isEmpty());
  EXPECT_FALSE(window->app().backup()->done().isEmpty());
}

}  // namespace
}  // namespace foyer::app
