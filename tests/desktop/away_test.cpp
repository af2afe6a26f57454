// Away by itself, as a desktop tells for how long nobody touched the computer.
#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "tests/desktop/private_desktop.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using test::StandIn;
using test::waitUntil;

constexpr qulonglong kMinuteMs = 60'000;

struct AwayByItself : testing::Test {
  test::ScriptedEngine engine;
  AwayByItself() {
    test::fillLobby(engine);
    engine.setRelays({test::relay(engine::RelayState::Connected)});
    engine.settings["auto_away"] = "5";
  }
};

TEST_F(AwayByItself, theDesktopsWordMakesAwayAndTheFirstTouchEndsIt) {
  qulonglong idleMs = 4 * kMinuteMs;
  StandIn mutter(QStringLiteral("org.gnome.Mutter.IdleMonitor"),
                 QStringLiteral("/org/gnome/Mutter/IdleMonitor/Core"),
                 [&](const QDBusMessage& call) { return call.createReply(idleMs); });
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.away()->source() == AwayWatch::Source::Desktop; }));
  EXPECT_TRUE(app.away()->sentence().contains("in any program"));
  EXPECT_FALSE(app.away()->away());
  idleMs = 5 * kMinuteMs;
  app.away()->look();
  ASSERT_TRUE(waitUntil([&] { return app.away()->away(); }));
  EXPECT_EQ(engine.log.last(), "away on");
  EXPECT_EQ(app.identity()->stateText(), "Away");
  idleMs = 10;
  app.away()->look();
  ASSERT_TRUE(waitUntil([&] { return !app.away()->away(); }));
  EXPECT_EQ(engine.log.last(), "away off");
  EXPECT_EQ(app.identity()->stateText(), "Available");
}

TEST_F(AwayByItself, aBusyDesktopIsAskedAgainAndNobodyIsAwayForIt) {
  bool isBusy = false;
  int asked = 0;
  StandIn mutter(QStringLiteral("org.gnome.Mutter.IdleMonitor"),
                 QStringLiteral("/org/gnome/Mutter/IdleMonitor/Core"),
                 [&](const QDBusMessage& call) {
                   ++asked;
                   return isBusy ? call.createErrorReply(QDBusError::NoReply, QString())
                                 : call.createReply(qulonglong{10});
                 });
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.away()->source() == AwayWatch::Source::Desktop; }));
  isBusy = true;
  app.away()->look();
  ASSERT_TRUE(waitUntil([&] { return asked == 2; }));
  isBusy = false;
  ASSERT_TRUE(waitUntil([&] {
    app.away()->look();
    return asked == 3;
  })) << "the answer has come, and the next look asks again";
  EXPECT_EQ(app.away()->source(), AwayWatch::Source::Desktop);
  EXPECT_FALSE(app.away()->away());
}

TEST_F(AwayByItself, turnedOffWhileAwayIsBackAtOnceAndOthersWordsStay) {
  StandIn mutter(QStringLiteral("org.gnome.Mutter.IdleMonitor"),
                 QStringLiteral("/org/gnome/Mutter/IdleMonitor/Core"),
                 [](const QDBusMessage& call) { return call.createReply(9 * kMinuteMs); });
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.away()->away(); }));
  app.identity()->setDoNotDisturb(true);
  EXPECT_EQ(app.identity()->stateText(), "Do not disturb") << "a person's word counts for more";
  app.identity()->setInvisible(true);
  EXPECT_EQ(app.identity()->stateText(), "Invisible");
  EXPECT_FALSE(app.identity()->doNotDisturb());
  app.away()->setChoice(0);
  EXPECT_EQ(engine.log.last(), "away off");
  EXPECT_TRUE(app.away()->sentence().contains("until you choose"));
}

TEST_F(AwayByItself, aDesktopThatTellsNothingLeavesTheOwnWindowAndSaysSo) {
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.away()->source() == AwayWatch::Source::OwnWindow; }));
  EXPECT_TRUE(app.away()->sentence().contains("does not tell"));
  EXPECT_FALSE(app.away()->away()) << "the program has just begun";
}

TEST_F(AwayByItself, anX11ScreenIsAskedItself) {
  AppPresenter app(engine);
  app.startDesktop(true);
  EXPECT_EQ(app.away()->source(), AwayWatch::Source::X11);
  EXPECT_FALSE(app.away()->away());
}

TEST_F(AwayByItself, anotherNumberThanTheOfferedOnesIsKept) {
  engine.settings["auto_away"] = "7";
  AppPresenter app(engine);
  EXPECT_EQ(app.away()->minutes(), 7);
  EXPECT_EQ(app.away()->choice(), -1);
  app.away()->setChoice(2);
  EXPECT_EQ(engine.settings["auto_away"], "15");
  for (const char* nonsense : {"", "-3", "soon", "99999999999"}) {
    engine.settings["auto_away"] = nonsense;
    EXPECT_EQ(app.away()->minutes(), 0) << nonsense;
  }
}

}  // namespace
}  // namespace foyer::app
