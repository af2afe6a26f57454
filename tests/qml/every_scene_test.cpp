// Every screen with its menus and dialogs, as a screen reader and a keyboard meet it.
#include <gtest/gtest.h>

#include <QAccessible>
#include <QGuiApplication>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSet>
#include <QTest>

#include "app/foyer/window.h"
#include "tests/support/accessible_controls.h"
#include "tests/support/screen_scenes.h"

namespace foyer::app {
namespace {

void expectEverythingHasAName() {
  int nodes = 0;
  test::walkWindows([&](QAccessibleInterface& node) {
    ++nodes;
    const bool isContainer =
        node.role() == QAccessible::Client || node.role() == QAccessible::NoRole;
    if (isContainer) return;
    EXPECT_FALSE(node.text(QAccessible::Name).isEmpty())
        << "role " << node.role() << ", " << node.object()->metaObject()->className();
  });
  EXPECT_GT(nodes, 2);
}

// A screen reader is told of the popup itself, too; this platform's tree leaves it out.
void expectPopupsHaveNames(const QQuickItem& around) {
  for (QQuickItem* item : around.childItems()) {
    if (!item->isVisible()) continue;
    if (item->inherits("QQuickPopupItem")) {
      QAccessibleInterface* node = QAccessible::queryAccessibleInterface(item);
      EXPECT_TRUE(node != nullptr && !node->text(QAccessible::Name).isEmpty());
    }
    expectPopupsHaveNames(*item);
  }
}

// The popup around an item, null when it is in none.
QQuickItem* popupAround(QQuickItem* item) {
  while (item != nullptr && !item->inherits("QQuickPopupItem")) item = item->parentItem();
  return item;
}

bool isOperated(QAccessibleInterface& node, const QQuickItem& item) {
  return item.isEnabled() &&
         (node.role() == QAccessible::Button || node.role() == QAccessible::CheckBox ||
          node.role() == QAccessible::ComboBox || node.role() == QAccessible::RadioButton ||
          node.role() == QAccessible::EditableText);
}

// The names of what Tab reaches in a window until it comes round.
QSet<QString> reachedByTab(QQuickWindow& window) {
  constexpr int kMoreThanAnyScreenHas = 60;
  QSet<QString> reached;
  for (int step = 0; step < kMoreThanAnyScreenHas; ++step) {
    QTest::keyClick(&window, Qt::Key_Tab);
    QQuickItem* focus = window.activeFocusItem();
    if (focus == nullptr) continue;
    if (QAccessibleInterface* node = QAccessible::queryAccessibleInterface(focus))
      reached.insert(node->text(QAccessible::Name));
  }
  return reached;
}

// In the popup where one is open, else in the window; the card of a call has a round of its own.
void expectEverythingIsReachedByTab() {
  for (QWindow* shown : QGuiApplication::topLevelWindows()) {
    auto* quick = qobject_cast<QQuickWindow*>(shown);
    if (quick == nullptr || !quick->isVisible()) continue;
    quick->requestActivate();
    ASSERT_TRUE(test::drawTwoFrames(*quick));
    const QQuickItem* popup = popupAround(quick->activeFocusItem());
    QStringList wanted;
    test::walkAccessible(QAccessible::queryAccessibleInterface(quick),
                         [&](QAccessibleInterface& node) {
                           auto* item = qobject_cast<QQuickItem*>(node.object());
                           if (item != nullptr && isOperated(node, *item) &&
                               (popup == nullptr || popup->isAncestorOf(item)))
                             wanted.append(node.text(QAccessible::Name));
                         });
    EXPECT_FALSE(wanted.isEmpty());
    const QSet<QString> reached = reachedByTab(*quick);
    for (const QString& name : wanted)
      EXPECT_TRUE(reached.contains(name)) << "no Tab stop: " << name.toStdString();
  }
}

// Both in one round: to put a scene on the screen takes most of the time.
TEST(EveryScene, hasANameForEverythingAndATabStopForWhatIsOperated) {
  for (const test::Scene& scene : test::allScenes()) {
    SCOPED_TRACE(scene.name);
    test::ScriptedEngine scripted;
    scene.before(scripted);
    scripted.settings["motion"] = "reduced";
    Window window(scripted);
    ASSERT_TRUE(window.load());
    ASSERT_TRUE(test::playScene(scene, scripted, window));
    expectEverythingHasAName();
    expectPopupsHaveNames(*window.quickWindow()->contentItem());
    expectEverythingIsReachedByTab();
  }
}

}  // namespace
}  // namespace foyer::app
