#include <gtest/gtest.h>

#include <QGuiApplication>

#include "app/foyer/language.h"

int main(int argc, char** argv) {
  QGuiApplication application(argc, argv);
  foyer::app::speak({});
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
