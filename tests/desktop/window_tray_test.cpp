// The real window beside a tray: what closing it does, and that it is never lost.
#include "app/foyer/window.h"

#include <gtest/gtest.h>

#include <QDBusConnection>
#include <QGuiApplication>
#include <QTest>
#include <QTimer>

#include "tests/desktop/private_desktop.h"
#include "tests/support/accessible_controls.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using test::StandIn;
using test::waitUntil;

struct WindowBesideATray : testing::Test {
  test::ScriptedEngine engine;
  std::unique_ptr<StandIn> tray;
  std::unique_ptr<Window> window;

  WindowBesideATray() {
    test::fillLobby(engine);
    engine.settings["motion"] = "reduced";
    tray = std::make_unique<StandIn>(
        QStringLiteral("org.kde.StatusNotifierWatcher"), QStringLiteral("/StatusNotifierWatcher"),
        [](const QDBusMessage& call) {
          return call.member() == QLatin1String("Get")
                     ? call.createReply(QVariant::fromValue(QDBusVariant(true)))
                     : call.createReply();
        });
  }
  void open(bool isHidden = false) {
    window = std::make_unique<Window>(engine);
    ASSERT_TRUE(window->load(isHidden));
    ASSERT_TRUE(waitUntil([&] {
      return window->app().tray()->there() == (tray != nullptr) &&
             window->app().tray()->isSettled();
    }));
  }
  void click(const QString& name) {
    QAccessibleInterface* node = nullptr;
    ASSERT_TRUE(waitUntil([&] { return (node = test::findControl(name)) != nullptr; }))
        << name.toStdString();
    ASSERT_TRUE(test::drawTwoFrames(*window->quickWindow()));
    ASSERT_TRUE(test::clickControl(*node)) << name.toStdString();
  }
  [[nodiscard]] bool isShown() const { return window->quickWindow()->isVisible(); }
};

TEST_F(WindowBesideATray, asksOnceThenHidesAndComesBackFromTheTray) {
  open();
  window->quickWindow()->close();
  EXPECT_TRUE(isShown());
  click("Keep running");
  ASSERT_TRUE(waitUntil([&] { return !isShown(); }));
  EXPECT_EQ(engine.settings["close_to_tray"], "on");
  window->app().tray()->activate();
  ASSERT_TRUE(waitUntil([&] { return isShown(); }));
  window->quickWindow()->close();
  EXPECT_TRUE(waitUntil([&] { return !isShown(); })) << "without asking again";
}

TEST_F(WindowBesideATray, aTrayThatGoesAwayGivesTheWindowBack) {
  engine.settings["close_to_tray"] = "on";
  open();
  window->quickWindow()->close();
  ASSERT_TRUE(waitUntil([&] { return !isShown(); }));
  tray.reset();
  EXPECT_TRUE(waitUntil([&] { return isShown(); }));
}

TEST_F(WindowBesideATray, aCallThatIsAnsweredElsewhereBringsTheWindow) {
  engine.settings["close_to_tray"] = "on";
  open();
  window->quickWindow()->close();
  ASSERT_TRUE(waitUntil([&] { return !isShown(); }));
  const auto& chiara = engine.personViews[1];
  engine.setCalls(
      {test::callWith(chiara, engine::CallState::Ringing, engine::CallDirection::Incoming)});
  QCoreApplication::processEvents();
  EXPECT_FALSE(isShown()) << "the card and the notification ask";
  engine.setCalls(
      {test::callWith(chiara, engine::CallState::Securing, engine::CallDirection::Incoming)});
  EXPECT_TRUE(isShown());
}

TEST_F(WindowBesideATray, aHiddenStartIsHiddenOnlyWhereThereIsATray) {
  open(true);
  EXPECT_FALSE(isShown());
  window.reset();
  tray.reset();
  open(true);
  EXPECT_TRUE(waitUntil([&] { return isShown(); }));
}

TEST_F(WindowBesideATray, closingEndsTheProgramUnlessItHidesInATray) {
  engine.settings["close_to_tray"] = "off";
  open();
  // Quits inside exec() alone, as the program runs.
  const auto endsWhenClosed = [this] {
    bool hasEnded = false;
    QTimer::singleShot(0, window->quickWindow(), [this] { window->quickWindow()->close(); });
    const auto end =
        QObject::connect(qApp, &QCoreApplication::aboutToQuit, [&] { hasEnded = true; });
    QTimer::singleShot(2000, qApp, [] { QCoreApplication::exit(1); });
    const int code = QCoreApplication::exec();
    QObject::disconnect(end);
    return hasEnded && code == 0;
  };
  EXPECT_TRUE(endsWhenClosed()) << "the person chose that closing quits";
  window.reset();
  tray.reset();
  engine.settings["tray"] = "off";
  open();
  EXPECT_TRUE(endsWhenClosed()) << "there is no tray to come back from";
}

TEST_F(WindowBesideATray, aSessionThatEndsIsNotAskedBackInACall) {
  engine.settings["tray"] = "off";
  tray.reset();
  open();
  engine.setCalls({test::activeCall(engine.personViews[1])});
  window->quickWindow()->close();
  EXPECT_TRUE(isShown()) << "a call is not closed by a stray key";
  click("Stay");
  window->leaveWithSession();
  window->quickWindow()->close();
  EXPECT_TRUE(waitUntil([&] { return !isShown(); }));
}

}  // namespace
}  // namespace foyer::app
