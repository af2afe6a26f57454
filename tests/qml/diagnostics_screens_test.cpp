// The diagnostics that need no call, by mouse and keyboard.
#include <QClipboard>
#include <QGuiApplication>
#include <QQuickItem>

#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

void fill(test::ScriptedEngine& engine) {
  test::fillLobby(engine);
  engine.logLines = test::logOfAMorning();
  engine.capabilityViews = test::mixedCapabilities();
  engine.versionsView = test::someVersions();
}

void type(Screens& screens, const QString& field, const QString& text) {
  auto* box = qobject_cast<QQuickItem*>(Screens::find(field, QAccessible::EditableText)->object());
  box->forceActiveFocus(Qt::TabFocusReason);
  for (const QChar letter : text) QTest::keyClick(screens.window->quickWindow(), letter.toLatin1());
}

TEST_F(Screens, theLogIsOpenedFromTheLobbyFilteredPausedAndCopied) {
  fill(engine);
  open();
  click("Diagnostics");
  EXPECT_EQ(window->app().screen(), AppPresenter::Diagnostics);
  EXPECT_TRUE(test::findControl("Events", QAccessible::List) != nullptr);
  choose("Errors");
  EXPECT_EQ(window->app().log()->count(), 1);
  click("Copy the lines that are shown");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("no_microphone"));
  choose("All");
  choose("Sound");
  type(*this, "Find an event", "device_lost");
  EXPECT_EQ(window->app().log()->count(), 1);
  click("Pause");
  EXPECT_TRUE(window->app().log()->isPaused());
  click("Go on");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, aPastCallIsChosenByMouseAndKeyboardAndItsFiguresAreReadOut) {
  fill(engine);
  engine.pastCalls = test::pastCalls();
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  choose("Past calls");
  PastCallsModel& calls = *window->app().pastCalls();
  EXPECT_EQ(calls.count(), 3);
  EXPECT_TRUE(test::findControl("Verdict: Sounded good") != nullptr);
  auto* list =
      qobject_cast<QQuickItem*>(find("Past calls; arrow keys choose", QAccessible::List)->object());
  list->forceActiveFocus(Qt::TabFocusReason);
  QTest::keyClick(window->quickWindow(), Qt::Key_Up);
  EXPECT_EQ(calls.chosen(), 0) << "there is none above it";
  QTest::keyClick(window->quickWindow(), Qt::Key_Down);
  EXPECT_EQ(calls.chosen(), 1);
  EXPECT_TRUE(test::findControl("Verdict: Sounded fair") != nullptr);
  QTest::keyClick(window->quickWindow(), Qt::Key_End);
  EXPECT_EQ(calls.chosen(), 2);
  settle();
  EXPECT_EQ(list->property("currentIndex").toInt(), 2);
  click(calls.data(calls.index(0), PastCallsModel::DescriptionRole).toString(),
        QAccessible::ListItem);
  EXPECT_EQ(calls.chosen(), 0);
  // The one that is shown is forgotten elsewhere: the next one takes its place.
  engine.removePastCall(engine.pastCalls[1].call);
  settle();
  EXPECT_TRUE(test::findControl("Verdict: Sounded fair") != nullptr);
  EXPECT_EQ(list->property("currentIndex").toInt(), 0);
  click("Copy the figures of this call");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("foyer-call-report"));
}

TEST_F(Screens, theReportOfTheCallThatEndedLastIsReadByKeyboardAndSaved) {
  fill(engine);
  engine.pastCalls = test::pastCalls();
  open();
  test::endNewestCall(engine);
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  choose("Past calls");
  PastCallsModel& calls = *window->app().pastCalls();
  calls.setChosen(1);
  settle();
  auto* save = qobject_cast<QQuickItem*>(find("Save the report of this call")->object());
  EXPECT_FALSE(save->isEnabled());
  EXPECT_TRUE(has(calls.whyNoReport(), QAccessible::StaticText));
  calls.setChosen(0);
  settle();
  click("Save the report of this call");
  auto* lines = qobject_cast<QQuickItem*>(
      find("What will be saved, line by line; arrow keys scroll", QAccessible::List)->object());
  const qsizetype count = calls.report()->lines().size();
  EXPECT_EQ(lines->property("count").toInt(), count);
  lines->forceActiveFocus(Qt::TabFocusReason);
  QTest::keyClick(window->quickWindow(), Qt::Key_PageDown);
  EXPECT_GT(lines->property("currentIndex").toInt(), 1);
  QTest::keyClick(window->quickWindow(), Qt::Key_End);
  EXPECT_EQ(lines->property("currentIndex").toInt(), count - 1);
  settle();
  EXPECT_TRUE(has("}", QAccessible::ListItem)) << "its last line is in sight";
  click("Save the report");
  EXPECT_TRUE(engine.savedReport.contains("foyer-call-report"));
  settle();
  EXPECT_TRUE(calls.report()->lines().isEmpty()) << "nobody looks at it any more";
}

TEST_F(Screens, f12OutsideACallOpensAndClosesTheDiagnostics) {
  fill(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  EXPECT_EQ(window->app().screen(), AppPresenter::Diagnostics);
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, fromACallTheDiagnosticsComeAndGoAndItIsMutedAndEndedFromThere) {
  fill(engine);
  engine.callViews = {test::activeCall(test::lobbyPeople()[3])};
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  settle();
  EXPECT_TRUE(window->app().telemetry()->isOpen());
  click("Log, this computer, versions");
  EXPECT_EQ(window->app().screen(), AppPresenter::Diagnostics);
  choose("This computer");
  EXPECT_TRUE(engine.log.contains("lookAtCapabilities"));
  QTest::keyClick(window->quickWindow(), Qt::Key_M, Qt::ControlModifier);
  EXPECT_EQ(engine.log.last(), "mute on");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_EQ(window->app().screen(), AppPresenter::Call);
  EXPECT_TRUE(window->app().telemetry()->isOpen()) << "as it was left";
  QTest::keyClick(window->quickWindow(), Qt::Key_E, Qt::ControlModifier);
  EXPECT_TRUE(engine.log.last().startsWith("hangup"));
}

TEST_F(Screens, whileAReportIsLookedAtTheButtonsOfTheCallAnswerAtOnce) {
  fill(engine);
  engine.callViews = {test::activeCall(test::lobbyPeople()[3])};
  open(1280, 800);
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  settle();
  click("Save a report");
  ASSERT_TRUE(has("Save the report"));
  click("Mute your microphone");
  EXPECT_EQ(engine.log.last(), "mute on");
}

TEST_F(Screens, sendingIsMadeWorseInTheWindowAndEveryPageSaysSo) {
  fill(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  choose("For testers");
  type(*this, "Delay, ms", "120");
  type(*this, "Loss, %", "5");
  click("Apply");
  EXPECT_EQ(engine.log.last(), "impair 120 0 5 0");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
  EXPECT_TRUE(test::findControl("Test: a bad connection is being simulated") != nullptr);
  EXPECT_TRUE(test::findControl("120 ms of delay · 5 % loss") != nullptr);
  click("Back to normal");
  EXPECT_EQ(engine.log.last(), "impair 0 0 0 0");
  EXPECT_TRUE(test::findControl("Test: a bad connection is being simulated") == nullptr);
}

}  // namespace
}  // namespace foyer::app
