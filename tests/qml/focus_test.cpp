// Where the keyboard is: in sight, on the first control of a page, and back where a question was
// asked.
#include <QQuickItem>

#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

struct Focus : Screens {
  [[nodiscard]] QQuickItem* item() const { return window->quickWindow()->activeFocusItem(); }
  [[nodiscard]] QString name() const {
    const QAccessibleInterface* node = QAccessible::queryAccessibleInterface(item());
    return node != nullptr ? node->text(QAccessible::Name) : QString();
  }
  void press(Qt::Key key) {
    QTest::keyClick(window->quickWindow(), key);
    settle();
  }
  void expectItStaysInSight(int tabs) {
    const QRectF seen(QPointF(), window->quickWindow()->size());
    QSet<QString> names;
    for (int at = 0; at < tabs; ++at) {
      press(Qt::Key_Tab);
      names.insert(name());
      const QRectF place = item()->mapRectToScene(QRectF(0, 0, item()->width(), item()->height()));
      EXPECT_TRUE(place.top() >= -0.5 && place.bottom() <= seen.bottom() + 0.5)
          << name().toStdString() << " from " << place.top() << " to " << place.bottom();
    }
    EXPECT_GE(names.size(), 4) << "it has moved";
  }
};

TEST_F(Focus, staysInSightOnTheFirstPagesOfALowWindow) {
  test::fillLobby(engine);
  engine.firstStart = true;
  open(480, 400);
  expectItStaysInSight(12);
}

TEST_F(Focus, staysInSightWhereALostKeyIsBroughtBack) {
  test::fillLobby(engine);
  engine.identityView.blocked = Fault{.stage = "identity", .code = "secret_lost"};
  open(480, 400);
  EXPECT_EQ(name(), "Bring it back from a backup…");
  press(Qt::Key_Return);
  expectItStaysInSight(10);
  click("Back");
  EXPECT_EQ(name(), "Bring it back from a backup…");
}

TEST_F(Focus, staysInSightInADialogAndInThePanelOfALowWindow) {
  test::fillLobby(engine);
  open(640, 480);
  window->app().showSettings(SettingsModel::You);
  window->app().backup()->begin(BackupPresenter::Backup);
  settle();
  choose("Encrypted file");
  expectItStaysInSight(10);
  window->app().backup()->close();
  window->app().showLobby();
  window->quickWindow()->resize(960, 400);
  settle();
  expectItStaysInSight(30);
}

TEST_F(Focus, isOnTheFirstControlThatThePageHas) {
  test::fillLobby(engine);
  engine.relayViews = test::joinedRelays();
  open();
  window->app().showRelays();
  settle();
  EXPECT_EQ(name(), "Join by link");
  EXPECT_TRUE(item()->isVisible());
}

TEST_F(Focus, isOnTheOnlyWayOutOfASecondInstance) {
  engine.identityView.blocked = Fault{.stage = "profile", .code = "already_running"};
  open();
  EXPECT_EQ(name(), "Close Foyer");
}

TEST_F(Focus, isBackOnTheOpenerAfterNo) {
  test::fillLobby(engine);
  engine.contactViews = test::contacts();
  engine.pastCalls = test::pastCalls();
  engine.relayViews = test::joinedRelays();
  open();
  window->app().showHistory();
  settle();
  click("Forget all calls");
  EXPECT_EQ(name(), "Keep them");
  press(Qt::Key_Return);
  EXPECT_EQ(name(), "Forget all calls");
  window->app().showRelays();
  settle();
  click("Key of club.example and what can be done");
  click("Leave club.example");
  press(Qt::Key_Return);
  EXPECT_EQ(name(), "Leave club.example");
  window->app().showContact(QString::fromStdString(engine.personViews[1].fingerprint.hex()));
  settle();
  ASSERT_TRUE(test::bringIntoSight(*find("Forget Chiara from the choir")));
  click("Forget Chiara from the choir");
  EXPECT_EQ(name(), "Keep");
  press(Qt::Key_Return);
  EXPECT_EQ(name(), "Forget Chiara from the choir");
}

// The Flickable around an item.
QObject* pageAround(QQuickItem* item) {
  while (item != nullptr && !item->inherits("QQuickFlickable")) item = item->parentItem();
  return item;
}

TEST_F(Focus, scrollsWhatIsOnlyRead) {
  test::fillLobby(engine);
  open(480, 400);
  press(Qt::Key_F1);
  QObject* keys = pageAround(item());
  ASSERT_NE(keys, nullptr);
  press(Qt::Key_Down);
  EXPECT_GT(keys->property("contentY").toReal(), 0);
  press(Qt::Key_PageDown);
  EXPECT_GT(keys->property("contentY").toReal(), 200);
  press(Qt::Key_F1);
  window->app().lobby()->call(QString::fromStdString(engine.personViews[0].fingerprint.hex()));
  settle();
  const QString page = "The keys and what may be behind it; arrow keys scroll";
  for (int tabs = 0; tabs < 8 && name() != page; ++tabs) press(Qt::Key_Tab);
  ASSERT_EQ(name(), page);
  press(Qt::Key_PageDown);
  EXPECT_GT(item()->property("contentY").toReal(), 0);
  press(Qt::Key_PageUp);
  EXPECT_EQ(item()->property("contentY").toReal(), 0);
}

TEST_F(Focus, theQuestionAtTheEndOfAPageScrollsToItOnce) {
  test::fillLobby(engine);
  engine.contactViews = test::contacts();
  open(480, 480);
  window->app().showContact(QString::fromStdString(engine.personViews[1].fingerprint.hex()));
  settle();
  ASSERT_TRUE(test::bringIntoSight(*find("Forget Chiara from the choir")));
  click("Forget Chiara from the choir");
  QObject* page = pageAround(item());
  ASSERT_NE(page, nullptr);
  const auto end = [page] {
    return page->property("contentHeight").toReal() - page->property("height").toReal();
  };
  EXPECT_NEAR(page->property("contentY").toReal(), end(), 1);
  const qreal before = end();
  auto* note =
      qobject_cast<QQuickItem*>(find("Note, only for you", QAccessible::EditableText)->object());
  note->forceActiveFocus(Qt::TabFocusReason);
  settle();
  const qreal there = page->property("contentY").toReal();
  EXPECT_LT(there, before);
  for (int lines = 0; lines < 5; ++lines) press(Qt::Key_Return);
  EXPECT_GT(end(), before) << "the page is longer";
  EXPECT_EQ(page->property("contentY").toReal(), there);
}

}  // namespace
}  // namespace foyer::app
