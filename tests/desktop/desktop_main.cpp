#include <gtest/gtest.h>

#include <QAccessible>
#include <QGuiApplication>

#include "tests/desktop/private_desktop.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  // ctest asks for the names of the tests; that needs no desktop.
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  // Before Qt looks for a bus: it remembers the first one for good.
  foyer::test::PrivateDesktop desktop;
  QGuiApplication application(argc, argv);
  QAccessible::setActive(true);  // controls are looked for as a screen reader does
  return RUN_ALL_TESTS();
}
