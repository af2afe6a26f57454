// What the desktop is told, and what it says back: notifications and colours, over stand-ins on a
// bus of the test's own.
#include "app/foyer/notifier.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "tests/desktop/private_desktop.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;
using engine::EndReason;
using test::StandIn;
using test::waitUntil;

const auto kService = QStringLiteral("org.freedesktop.Notifications");
const auto kPath = QStringLiteral("/org/freedesktop/Notifications");

struct Notifications : testing::Test {
  test::ScriptedEngine engine;
  uint lastId = 0;
  StandIn desktop{kService, kPath, [this](const QDBusMessage& call) {
                    return call.member() == QLatin1String("Notify") ? call.createReply(++lastId)
                                                                    : call.createReply();
                  }};
  Notifications() { test::fillLobby(engine); }
  [[nodiscard]] bool isTold(int times) {
    return waitUntil([&] { return desktop.countOf("Notify") == times; });
  }
  [[nodiscard]] QString summary() const {
    QString last;
    for (const auto& call : desktop.calls)
      if (call.member() == QLatin1String("Notify")) last = call.arguments()[3].toString();
    return last;
  }
  void press(uint id, const char* action) {
    desktop.tell(kPath, kService, QStringLiteral("ActionInvoked"),
                 {id, QString::fromLatin1(action)});
  }
};

TEST_F(Notifications, aCallIsToldAndItsButtonsWork) {
  AppPresenter app(engine);
  Notifier notifier(app);
  const auto call =
      test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming);
  engine.setCalls({call});
  ASSERT_TRUE(isTold(1));
  EXPECT_EQ(summary(), "Chiara Rossi is calling");
  ASSERT_TRUE(waitUntil([&] {
    press(lastId, "decline");
    QCoreApplication::processEvents();
    return engine.log.contains("reject " + QString::fromStdString(call.call.hex()));
  }));
  engine.setCalls({});
  EXPECT_TRUE(waitUntil([&] { return desktop.countOf("CloseNotification") == 1; }));
}

TEST_F(Notifications, namesWhoStillRingsWhenTheFirstOneGivesUp) {
  AppPresenter app(engine);
  Notifier notifier(app);
  const auto chiara =
      test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming);
  auto amina = test::callWith(engine.personViews[0], CallState::Ringing, CallDirection::Incoming);
  amina.call = test::callId(7);
  engine.setCalls({chiara});
  ASSERT_TRUE(isTold(1));
  ASSERT_TRUE(waitUntil([&] { return lastId == 1; }));
  engine.setCalls({chiara, amina});
  engine.setCalls({amina});
  ASSERT_TRUE(waitUntil([&] { return summary() == "Amina Okafor is calling"; }))
      << summary().toStdString();
  ASSERT_TRUE(waitUntil([&] {
    press(lastId, "accept");
    QCoreApplication::processEvents();
    return !engine.log.isEmpty();
  }));
  EXPECT_TRUE(engine.log.last().contains(QString::fromStdString(amina.call.hex())))
      << engine.log.last().toStdString();
}

TEST_F(Notifications, aMissedCallIsToldOnceAndTakenBackWhenItWasSeen) {
  AppPresenter app(engine);
  Notifier notifier(app);
  const auto& chiara = engine.personViews[1];
  auto missed = test::pastCall(chiara, 1, CallDirection::Incoming, EndReason::Missed, 1, 45'000);
  missed.isSeen = false;
  engine.setHistory({missed});  // of an earlier day
  engine.setCalls({test::callWith(chiara, CallState::Ringing, CallDirection::Incoming)});
  ASSERT_TRUE(isTold(1)) << "the ring, and no more";
  engine.setCalls({});
  auto second = missed;
  second.call = test::callId(2);
  engine.setHistory({second, missed});
  ASSERT_TRUE(isTold(2));
  EXPECT_TRUE(summary().contains("missed calls")) << summary().toStdString();
  QSignalSpy wanted(&notifier, &Notifier::windowWanted);
  ASSERT_TRUE(waitUntil([&] {
    press(lastId, "default");
    QCoreApplication::processEvents();
    return !wanted.isEmpty();
  }));
  engine.markHistorySeen();
  EXPECT_TRUE(waitUntil([&] { return desktop.countOf("CloseNotification") == 2; }));
}

TEST_F(Notifications, aRelayHereThatFailsIsToldAndTakenBackWhenItServesAgain) {
  AppPresenter app(engine);
  Notifier notifier(app);
  engine.hostedView = {.phase = "error"};
  engine.hostedView.fault = Fault{.stage = "binding", .code = "port_taken", .retryable = true};
  emit engine.hostedRelayChanged();
  ASSERT_TRUE(isTold(1));
  EXPECT_EQ(summary().toStdString(), app.relay()->shown().faultTitle.toStdString());
  QSignalSpy wanted(&notifier, &Notifier::windowWanted);
  ASSERT_TRUE(waitUntil([&] {
    press(lastId, "default");
    QCoreApplication::processEvents();
    return !wanted.isEmpty();
  }));
  EXPECT_EQ(app.screen(), AppPresenter::Relay);
  engine.hostedView = test::servingRelay();
  emit engine.hostedRelayChanged();
  EXPECT_TRUE(waitUntil([&] { return desktop.countOf("CloseNotification") == 1; }));
}

TEST(DesktopQuietly, aDesktopThatAsksForQuietIsNotRungInto) {
  test::ScriptedEngine engine;
  test::fillLobby(engine);
  StandIn desktop(kService, kPath, [](const QDBusMessage& call) {
    return call.createReply(QVariant::fromValue(QDBusVariant(true)));
  });
  AppPresenter app(engine);
  app.startDesktop(false);
  engine.setCalls(
      {test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  EXPECT_TRUE(waitUntil([&] { return app.incoming()->shown().silent; }));
  EXPECT_TRUE(app.incoming()->shown().ringing) << "it is shown all the same";
  EXPECT_TRUE(app.incoming()->countdown().startsWith("without a sound"));
  desktop.tell(kPath, QStringLiteral("org.freedesktop.DBus.Properties"),
               QStringLiteral("PropertiesChanged"),
               {kService, QVariantMap{{QStringLiteral("Inhibited"), false}}, QStringList()});
  EXPECT_TRUE(waitUntil([&] { return !app.incoming()->shown().silent; }));
}

TEST(Colours, followTheDesktopWhileTheProgramRuns) {
  test::ScriptedEngine engine;
  const auto kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
  const auto kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
  StandIn portal(kPortal, kPortalPath, [](const QDBusMessage& call) {
    return call.createReply(
        QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(uint{2})))));
  });
  ThemeSource theme(engine);
  QSignalSpy changed(&theme, &ThemeSource::changed);
  theme.askDesktop();
  ASSERT_TRUE(waitUntil([&] { return portal.countOf("Read") == 1; }));
  const auto say = [&](uint scheme) {
    portal.tell(kPortalPath, QStringLiteral("org.freedesktop.portal.Settings"),
                QStringLiteral("SettingChanged"),
                {QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
                 QVariant::fromValue(QDBusVariant(scheme))});
  };
  say(1);
  EXPECT_TRUE(waitUntil([&] { return theme.dark(); }));
  say(2);
  EXPECT_TRUE(waitUntil([&] { return !theme.dark(); }));
}

}  // namespace
}  // namespace foyer::app
