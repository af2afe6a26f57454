// The whole window over the scripted engine, used through the accessible names of its controls.
#pragma once

#include <gtest/gtest.h>

#include <QAccessible>
#include <QTest>
#include <memory>

#include "app/foyer/window.h"
#include "tests/support/accessible_controls.h"

namespace foyer::app {

class Screens : public testing::Test {
 public:
  test::ScriptedEngine engine;
  std::unique_ptr<Window> window;

  void open(int width = 960, int height = 640) {
    engine.settings["motion"] = "reduced";
    window = std::make_unique<Window>(engine);
    ASSERT_TRUE(window->load());
    window->quickWindow()->resize(width, height);
    window->quickWindow()->requestActivate();
    settle();
  }
  void settle() const { settle(*window); }
  static void settle(const Window& shown) {
    ASSERT_TRUE(test::drawTwoFrames(*shown.quickWindow()));
  }

  static QAccessibleInterface* find(const QString& name,
                                    QAccessible::Role role = QAccessible::Button) {
    return test::findControl(name, role);
  }
  // Clicks with the mouse where the control is drawn.
  void click(const QString& name, QAccessible::Role role = QAccessible::Button) {
    QAccessibleInterface* node = find(name, role);
    ASSERT_NE(node, nullptr) << name.toStdString();
    ASSERT_TRUE(test::clickControl(*node)) << name.toStdString();
    settle();
  }
  // One of a few words, which then is the chosen one to a screen reader too.
  void choose(const QString& name) {
    QAccessibleInterface* node = test::findControl(name);
    ASSERT_NE(node, nullptr) << name.toStdString();
    EXPECT_FALSE(node->state().checked);
    ASSERT_TRUE(test::clickControl(*node)) << name.toStdString();
    settle();
    EXPECT_TRUE(node->state().checked);
  }
  [[nodiscard]] bool has(const QString& name, QAccessible::Role role = QAccessible::Button) const {
    return find(name, role) != nullptr;
  }
};

}  // namespace foyer::app
