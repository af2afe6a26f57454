// The network page and the path of a call, by mouse and keyboard.
#include <QClipboard>
#include <QGuiApplication>
#include <QQuickItem>

#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

QString textOf(const QString& begin) {
  QString found;
  test::walkWindows([&](QAccessibleInterface& node) {
    if (found.isEmpty() && node.text(QAccessible::Name).startsWith(begin))
      found = node.text(QAccessible::Name);
  });
  return found;
}

bool isEnabled(const QString& button) {
  return qobject_cast<QQuickItem*>(Screens::find(button)->object())->isEnabled();
}

void type(Screens& screens, const QString& field, const QString& text) {
  auto* box = qobject_cast<QQuickItem*>(Screens::find(field, QAccessible::EditableText)->object());
  box->forceActiveFocus(Qt::TabFocusReason);
  for (const QChar letter : text) QTest::keyClick(screens.window->quickWindow(), letter.toLatin1());
}

TEST_F(Screens, theNetworkIsCheckedFromTheLobbyAndEscGoesBack) {
  test::fillLobby(engine);
  open();
  click("Network check");
  EXPECT_EQ(window->app().screen(), AppPresenter::Network);
  EXPECT_TRUE(has("This network has not been checked yet", QAccessible::AlertMessage));
  EXPECT_FALSE(has("Copy report")) << "there is nothing yet";
  click("Check the network");
  EXPECT_EQ(engine.log.last(), "networkCheck");
  EXPECT_FALSE(isEnabled("Check the network")) << "one runs";
  engine.setNetworkCheck(test::checkedHome());
  settle();
  EXPECT_TRUE(has("Direct calls should work from here", QAccessible::AlertMessage));
  EXPECT_TRUE(textOf("Opened port: ").startsWith("Opened port: UPnP, 4710"));
  EXPECT_TRUE(textOf("Outside address: ").startsWith("Outside address: Not shown"));
  click("Copy report");
  EXPECT_FALSE(QGuiApplication::clipboard()->text().contains("203.0.113"));
  window->app().network()->setAddressesShown(true);
  settle();
  EXPECT_TRUE(textOf("Outside address: ").contains("203.0.113.9:4710"));
  click("Check again");
  EXPECT_EQ(engine.log.last(), "networkCheck");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, howCallsConnectIsSetAndKept) {
  test::fillLobby(engine);
  open(960, 1400);
  click("Network check");
  click("How calls connect");
  click("Ask the router for a port", QAccessible::CheckBox);
  EXPECT_EQ(engine.settings["port_mapping"], "off");
  type(*this, "Address of a STUN server", "stun.example.org:99999");
  click("Add the STUN server");
  EXPECT_TRUE(textOf("This is not a valid port").endsWith("know it."));
  EXPECT_TRUE(engine.settings["stun_servers"].isEmpty());
  window->app().connections()->addObserver("stun.example.org");
  settle();
  click("Remove the STUN server stun.example.org:3478");
  EXPECT_TRUE(engine.settings["stun_servers"].isEmpty());
}

TEST_F(Screens, aTurnServerIsTestedAddedTestedAgainAndRemoved) {
  test::fillLobby(engine);
  open(960, 1400);
  window->app().showSettings(SettingsModel::Network);
  settle();
  EXPECT_FALSE(isEnabled("Add the TURN server")) << "nothing is typed";
  type(*this, "Link of the TURN server", "turn:turn.example.org");
  type(*this, "User name on the TURN server", "naledi");
  type(*this, "Password on the TURN server", "six blue doors");
  settle();
  engine.turnTest.fault = Fault{.stage = "turn_allocate", .code = "wrong_credentials"};
  click("Test this server");
  EXPECT_EQ(engine.log.last(), "testTurnServer turn:turn.example.org naledi secret");
  EXPECT_FALSE(textOf("The TURN server does not accept user name and password").isEmpty());
  EXPECT_TRUE(engine.turnViews.empty()) << "a test keeps nothing";
  click("Add the TURN server");
  ASSERT_EQ(engine.turnViews.size(), 1U);
  EXPECT_EQ(
      find("Password on the TURN server", QAccessible::EditableText)->text(QAccessible::Value),
      QString());
  engine.turnTest = {.isUsable = true, .isRelaying = true, .roundTripMs = 23};
  click("Test the server turn:turn.example.org");
  EXPECT_EQ(engine.log.last(), "testTurnServer turn:turn.example.org naledi")
      << "with the password that is kept";
  EXPECT_FALSE(textOf("It works and answers in 23 ms.").isEmpty());
  click("Remove the server turn:turn.example.org");
  EXPECT_TRUE(engine.turnViews.empty());
}

TEST_F(Screens, theCallSaysItsPathAndTheDiagnosticsHowItWasFound) {
  test::fillLobby(engine);
  auto call = test::measuredCall(engine.personViews[1]);
  call.stats.path = "relay";
  call.stats.pathReason = client::PathReason::BothHard;
  engine.callViews = {call};
  open(960, 1400);
  EXPECT_TRUE(has("Through Hana’s desk, because both routers are too strict for a direct call",
                  QAccessible::StaticText));
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  settle();
  EXPECT_TRUE(textOf("Time 12:42.10, Step in use").contains("public IPv6 1, port 1"));
  EXPECT_TRUE(textOf("Time 0:00.00").isEmpty()) << "the newest steps first";
  click("Show all 15 steps");
  EXPECT_FALSE(textOf("Time 0:00.00").isEmpty());
  EXPECT_TRUE(textOf("Time 0:00.08, Step not tried").endsWith("in a network that is not this one"));
  window->app().path()->setAddressesShown(true);
  settle();
  EXPECT_TRUE(textOf("Time 0:00.31, Step answered").contains("198.51.100.7:41822"));
  call.call = test::callId(7);
  engine.setCalls({call});
  EXPECT_FALSE(window->app().path()->areAddressesShown()) << "each call anew";
}

}  // namespace
}  // namespace foyer::app
