// Finds and uses the controls of the windows as assistive programs see them: by accessible name.
// Needs QAccessible::setActive(true). UI thread.
#pragma once

#include <QAccessible>
#include <QGuiApplication>
#include <QQuickItem>
#include <QTest>
#include <QWindow>
#include <functional>
#include <optional>
#include <string_view>

#include "app/foyer/window.h"
#include "tests/support/drawn_frame.h"
#include "tests/support/screen_scenes.h"

namespace foyer::test {

// Everything that is there for a screen reader: invisible things left out.
inline void walkAccessible(QAccessibleInterface* node,
                           const std::function<void(QAccessibleInterface&)>& visit) {
  if (node == nullptr || node->state().invisible) return;
  visit(*node);
  for (int at = 0; at < node->childCount(); ++at) walkAccessible(node->child(at), visit);
}

// In all windows that are shown.
inline void walkWindows(const std::function<void(QAccessibleInterface&)>& visit) {
  for (QWindow* each : QGuiApplication::topLevelWindows())
    if (each->isVisible()) walkAccessible(QAccessible::queryAccessibleInterface(each), visit);
}

// The first one of that name, and of that role if one is given; null when there is none.
inline QAccessibleInterface* findControl(const QString& name,
                                         std::optional<QAccessible::Role> role = std::nullopt) {
  QAccessibleInterface* found = nullptr;
  walkWindows([&](QAccessibleInterface& node) {
    if (found == nullptr && (!role || node.role() == *role) && node.text(QAccessible::Name) == name)
      found = &node;
  });
  return found;
}

// A click of the mouse in the middle of where it is drawn; false when it is disabled.
inline bool clickControl(QAccessibleInterface& control) {
  QWindow* owner = control.window();
  if (owner == nullptr || control.state().disabled) return false;
  QTest::mouseClick(owner, Qt::LeftButton, Qt::NoModifier,
                    owner->mapFromGlobal(control.rect().center()));
  return true;
}

// What is scrolled out of sight is brought back as the keyboard would: by its focus.
inline bool bringIntoSight(QAccessibleInterface& control) {
  const auto isSeen = [&control] {
    const QWindow* owner = control.window();
    return owner != nullptr && owner->geometry().contains(control.rect().center());
  };
  if (isSeen()) return true;
  auto* item = qobject_cast<QQuickItem*>(control.object());
  if (item == nullptr) return false;
  item->forceActiveFocus(Qt::TabFocusReason);
  return drawTwoFrames(*item->window()) && isSeen();
}

// Does in the window what a scene says, after its `before`; false when something is not there.
inline bool playScene(const Scene& scene, ScriptedEngine& engine, app::Window& window) {
  QQuickWindow& main = *window.quickWindow();
  main.resize(scene.width, scene.height);
  main.requestActivate();
  if (!drawTwoFrames(main)) return false;
  if (scene.after) scene.after(engine, window.app());
  if (*scene.typed != '\0') {
    if (!drawTwoFrames(main)) return false;
    for (const char* letter = scene.typed; *letter != '\0'; ++letter)
      QTest::keyClick(&main, *letter);
  }
  for (const char* name : scene.clicks) {
    if (!drawTwoFrames(main)) return false;
    QAccessibleInterface* control = findControl(QString::fromUtf8(name));
    if (control == nullptr || !bringIntoSight(*control) || !clickControl(*control)) return false;
  }
  for (const auto& [name, text] : scene.fields) {
    if (!drawTwoFrames(main)) return false;
    QAccessibleInterface* field = findControl(QString::fromUtf8(name));
    if (field == nullptr || !bringIntoSight(*field) || !clickControl(*field)) return false;
    QTest::keyClick(&main, Qt::Key_A, Qt::ControlModifier);
    for (const char letter : std::string_view(text)) {
      if (letter == '\n')
        QTest::keyClick(&main, Qt::Key_Return);
      else
        QTest::keyClick(&main, letter);
    }
  }
  for (const QKeyCombination& keys : scene.keys) {
    QTest::keyClick(&main, keys.key(), keys.keyboardModifiers());
    if (!drawTwoFrames(main)) return false;
  }
  if (scene.isClosed) main.close();
  return drawTwoFrames(main);
}

}  // namespace foyer::test
