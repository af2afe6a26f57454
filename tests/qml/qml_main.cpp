#include <gtest/gtest.h>

#include <QAccessible>
#include <QGuiApplication>

#include "app/foyer/window.h"

#if defined(__SANITIZE_ADDRESS__)
// Qt is built without frame pointers; only the slow walk names its frames in a suppression.
extern "C" const char* __asan_default_options() { return "fast_unwind_on_malloc=0"; }
#endif

int main(int argc, char** argv) {
  foyer::app::Window::chooseRenderer();
  QGuiApplication application(argc, argv);
  foyer::app::Window::dressApplication();
  QAccessible::setActive(true);  // the tests look for controls as a screen reader does
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
