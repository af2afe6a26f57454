#include "tests/qml/legible.h"

#include <gtest/gtest.h>

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWindow>
#include <memory>

#include "tests/support/drawn_frame.h"

namespace foyer::test {
namespace {

struct Legible : testing::Test {
  QQmlEngine engine;
  std::unique_ptr<QQuickWindow> window;

  void show(const char* inside) {
    QQmlComponent component(&engine);
    component.setData(QByteArray("import QtQuick\nimport QtQuick.Window\nimport QtQuick.Templates "
                                 "as T\nWindow { width: 300; height: 120; visible: true; color: "
                                 "\"white\"; ") +
                          inside + "}",
                      QUrl());
    window.reset(qobject_cast<QQuickWindow*>(component.create()));
    ASSERT_TRUE(window) << qPrintable(component.errorString());
    ASSERT_TRUE(drawTwoFrames(*window));
  }
  [[nodiscard]] QStringList found() { return illegible(*window, window->grabWindow()); }
};

TEST_F(Legible, theRatioIsThatOfTheGuideline) {
  EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21, 0.001);
  EXPECT_NEAR(contrastRatio(QColor("#777777"), Qt::white), 4.48, 0.01);
  EXPECT_NEAR(contrastRatio(Qt::white, QColor("#777777")), 4.48, 0.01);
  EXPECT_EQ(contrastRatio(Qt::red, Qt::red), 1);
}

TEST_F(Legible, textThatStandsOutIsNoFault) {
  show("Text { text: \"Call\"; font.pixelSize: 14; color: \"#333333\" }");
  EXPECT_TRUE(found().isEmpty());
}

TEST_F(Legible, paleTextIsAndLargePaleTextIsNot) {
  show("Text { text: \"Call\"; font.pixelSize: 14; color: \"#888888\" }");
  ASSERT_EQ(found().size(), 1);
  EXPECT_TRUE(found()[0].startsWith("“Call”: #888888 on #ffffff is 3.54 : 1"))
      << qPrintable(found()[0]);
  show("Text { text: \"Call\"; font.pixelSize: 28; color: \"#888888\" }");
  EXPECT_TRUE(found().isEmpty());
}

TEST_F(Legible, opacityCounts) {
  show(
      "Item { opacity: 0.5; width: 100; height: 30; Text { text: \"Call\"; font.pixelSize: 14; "
      "color: \"black\" } }");
  EXPECT_EQ(found().size(), 1);
}

TEST_F(Legible, whatStandsBehindSomethingElseIsNotJudged) {
  show(
      "Text { text: \"Call\"; font.pixelSize: 14; color: \"#eeeeee\" } Rectangle { width: 120; "
      "height: 60; color: \"#0d3a44\" }");
  EXPECT_TRUE(found().isEmpty());
}

TEST_F(Legible, aLabelThatDoesNotFitIsToldANameThatDoesNotIsNot) {
  show(
      "Text { width: 40; text: \"A person of a very long name\"; elide: Text.ElideRight } "
      "T.Button { y: 40; width: 50; height: 30; contentItem: Text { width: 40; text: \"Bring "
      "everything back\"; elide: Text.ElideRight } }");
  const QStringList faults = cutShort(*window);
  ASSERT_EQ(faults.size(), 1);
  EXPECT_TRUE(faults[0].contains("Bring everything back"));
}

}  // namespace
}  // namespace foyer::test
