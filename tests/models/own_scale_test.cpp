#include "app/foyer/own_scale.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/foyer/restart_presenter.h"
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
  [[nodiscard]] QString percent() const { return OwnScale::percentOf(profile.path()); }
};

TEST_F(OwnScaleTest, isWhatTheSettingSaidAtTheEndOfTheLastRun) {
  EXPECT_EQ(percent(), "");
  engine.setSetting("scale", "150");
  EXPECT_EQ(percent(), "150");
  engine.setSetting("scale", "200");
  EXPECT_EQ(percent(), "200");
  engine.setSetting("scale", "");
  EXPECT_EQ(percent(), "");
  EXPECT_FALSE(QFile::exists(profile.filePath("scale")));
}

TEST_F(OwnScaleTest, ofAProfileThatWasCopiedIsThereFromItsSecondStartOn) {
  engine.settings["scale"] = "125";
  emit engine.identityChanged();
  EXPECT_EQ(percent(), "125");
}

TEST_F(OwnScaleTest, whatIsNoScaleIsNone) {
  for (const char* text : {"", "1", "99999", "-150", "150 200", "1.5", "\xff\xfe", "0150"}) {
    write(text);
    EXPECT_EQ(percent(), "") << text;
  }
  write("175");
  EXPECT_EQ(percent(), "175") << "without the end of the line";
}

struct OwnScaleAtTheStart : OwnScaleTest {
  QByteArray before = qgetenv("QT_SCALE_FACTOR");
  OwnScaleAtTheStart() { qunsetenv("QT_SCALE_FACTOR"); }
  ~OwnScaleAtTheStart() override {
    qunsetenv("QT_SCALE_FACTOR");
    if (!before.isNull()) qputenv("QT_SCALE_FACTOR", before);
  }
  [[nodiscard]] std::optional<QString> apply() {
    QByteArray program = "foyer", option = "--data-dir=" + profile.path().toUtf8();
    char* words[] = {program.data(), option.data()};
    return OwnScale::apply(2, words);
  }
};

TEST_F(OwnScaleAtTheStart, isSaidToQtAndCountsUntilTheNextStart) {
  write("150");
  const std::optional<QString> atStart = apply();
  EXPECT_EQ(atStart, "150");
  EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), "1.5");
  RestartPresenter restart(engine);
  engine.setSetting("scale", "150");
  EXPECT_FALSE(restart.due()) << "before the start has been told";
  restart.begin(atStart);
  EXPECT_FALSE(restart.due());
  QSignalSpy wanted(&restart, &RestartPresenter::wanted);
  restart.ask();
  EXPECT_EQ(wanted.count(), 0) << "nothing would change";
  engine.setSetting("scale", "");
  EXPECT_TRUE(restart.due());
  EXPECT_NE(restart.sentence(), "");
  restart.ask();
  EXPECT_EQ(wanted.count(), 1);
  engine.setSetting("scale", "150");
  EXPECT_FALSE(restart.due()) << "it is what counts already";
  OwnScale::undo();
  EXPECT_FALSE(qEnvironmentVariableIsSet("QT_SCALE_FACTOR")) << "the next start reads the file";
}

TEST_F(OwnScaleAtTheStart, whatIsSetOutsideCountsAndIsSaid) {
  write("150");
  qputenv("QT_SCALE_FACTOR", "1.1");
  const std::optional<QString> atStart = apply();
  EXPECT_FALSE(atStart.has_value());
  EXPECT_EQ(qgetenv("QT_SCALE_FACTOR"), "1.1");
  RestartPresenter restart(engine);
  restart.begin(atStart);
  engine.setSetting("scale", "200");
  EXPECT_FALSE(restart.due());
  EXPECT_TRUE(restart.sentence().contains("QT_SCALE_FACTOR"));
}

}  // namespace
}  // namespace foyer::app
