#include <gtest/gtest.h>

#include <QAccessible>
#include <QGuiApplication>

#include "app/foyer/language.h"
#include "app/foyer/window.h"

int main(int argc, char** argv) {
  foyer::app::Window::chooseRenderer();
  QGuiApplication application(argc, argv);
  foyer::app::Window::dressApplication();
  foyer::app::speak({});
  QAccessible::setActive(true);  // the tests look for controls as a screen reader does
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
