#include "app/foyer/own_scale.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

#include "tests/support/scripted_engine.h"

namespace foyer::app {
namespace {

struct OwnScaleTest : testing::Test {
  QTemporaryDir profile;
  test::ScriptedEngine engine;
  OwnScale scale{engine, profile.path()};

  void write(const QByteArray& text) const {
    QFile file(profile.filePath("scale"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  [[nodiscard]] QByteArray factor() const { return OwnScale::factorOf(profile.path()); }
};

TEST_F(OwnScaleTest, isWhatTheSettingSaidAtTheEndOfTheLastRun) {
  EXPECT_EQ(factor(), "");
  engine.setSetting("scale", "150");
  EXPECT_EQ(factor(), "1.5");
  engine.setSetting("scale", "200");
  EXPECT_EQ(factor(), "2");
  engine.setSetting("scale", "");
  EXPECT_EQ(factor(), "");
  EXPECT_FALSE(QFile::exists(profile.filePath("scale")));
}

TEST_F(OwnScaleTest, ofAProfileThatWasCopiedIsThereFromItsSecondStartOn) {
  engine.settings["scale"] = "125";
  emit engine.identityChanged();
  EXPECT_EQ(factor(), "1.25");
}

TEST_F(OwnScaleTest, whatIsNoScaleIsNone) {
  for (const char* text : {"", "1", "99999", "-150", "150 200", "1.5", "\xff\xfe", "0150"}) {
    write(text);
    EXPECT_EQ(factor(), "") << text;
  }
  write("175");
  EXPECT_EQ(factor(), "1.75") << "without the end of the line";
}

}  // namespace
}  // namespace foyer::app
