#include <gtest/gtest.h>

#include <QAccessible>
#include <QQuickItem>
#include <QTest>

#include "app/foyer/window.h"
#include "tests/support/drawn_frame.h"
#include "tests/support/screen_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;

// What a screen reader sees: invisible things left out.
void walk(QAccessibleInterface* node, const std::function<void(QAccessibleInterface&)>& visit) {
  if (node == nullptr || node->state().invisible) return;
  visit(*node);
  for (int at = 0; at < node->childCount(); ++at) walk(node->child(at), visit);
}

class Screens : public testing::Test {
 protected:
  test::ScriptedEngine engine;
  std::unique_ptr<Window> window;

  void open(int width = 960, int height = 640) {
    engine.settings["motion"] = "reduced";
    window = std::make_unique<Window>(engine);
    ASSERT_TRUE(window->load());
    window->quickWindow()->resize(width, height);
    window->quickWindow()->requestActivate();
    settle();
  }
  void settle() const { settle(*window); }
  static void settle(const Window& shown) {
    ASSERT_TRUE(test::drawTwoFrames(*shown.quickWindow()));
  }

  QAccessibleInterface* find(const QString& name,
                             QAccessible::Role role = QAccessible::Button) const {
    QAccessibleInterface* found = nullptr;
    for (QWindow* each : QGuiApplication::topLevelWindows()) {
      if (!each->isVisible()) continue;
      walk(QAccessible::queryAccessibleInterface(each), [&](QAccessibleInterface& node) {
        if (found == nullptr && node.role() == role && node.text(QAccessible::Name) == name)
          found = &node;
      });
    }
    return found;
  }
  // Clicks with the mouse where the control is drawn.
  void click(const QString& name, QAccessible::Role role = QAccessible::Button) {
    QAccessibleInterface* node = find(name, role);
    ASSERT_NE(node, nullptr) << name.toStdString();
    ASSERT_FALSE(node->state().disabled) << name.toStdString();
    QWindow* owner = node->window();
    ASSERT_NE(owner, nullptr);
    QTest::mouseClick(owner, Qt::LeftButton, Qt::NoModifier,
                      owner->mapFromGlobal(node->rect().center()));
    settle();
  }
  [[nodiscard]] bool has(const QString& name, QAccessible::Role role = QAccessible::Button) const {
    return find(name, role) != nullptr;
  }
};

TEST_F(Screens, firstStartIsOneClickFromTheLobby) {
  test::fillLobby(engine);
  engine.firstStart = true;
  open();
  EXPECT_TRUE(has("Your name", QAccessible::EditableText));
  EXPECT_EQ(engine.log, QStringList{"openMeter"});
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_TRUE(engine.log.contains("finishFirstStart Naledi Sithole"));
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, callFromTheListCancelAndTalkAndEnd) {
  test::fillLobby(engine);
  open();
  const auto chiara = engine.personViews[1];
  click("Call Chiara Rossi");
  EXPECT_EQ(engine.log.last(), "call " + QString::fromStdString(chiara.fingerprint.hex()));
  engine.setCalls({test::callWith(chiara, CallState::Ringing, CallDirection::Outgoing)});
  settle();
  EXPECT_TRUE(has("Cancel"));
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_TRUE(engine.log.last().startsWith("hangup"));
  engine.setCalls({test::activeCall(engine.personViews[3])});
  settle();
  click("They match");
  EXPECT_TRUE(engine.log.last().startsWith("verify yes"));
  click("They differ");
  EXPECT_TRUE(engine.log.contains("mute on"));
  engine.log.clear();
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_TRUE(engine.log.isEmpty()) << "Esc never ends a call that runs";
  QTest::keyClick(window->quickWindow(), Qt::Key_M);
  EXPECT_EQ(engine.log.last(), "mute off");
  QTest::keyClick(window->quickWindow(), Qt::Key_D);
  EXPECT_EQ(engine.log.last(), "deafen on");
  click("Later");
  EXPECT_FALSE(has("They match"));
  QTest::keyClick(window->quickWindow(), Qt::Key_K, Qt::ControlModifier);
  settle();
  EXPECT_TRUE(has("They match"));
  click("End call");
  EXPECT_TRUE(engine.log.last().startsWith("hangup"));
}

TEST_F(Screens, anIncomingCallHasACardAndABannerAndBothAnswer) {
  test::fillLobby(engine);
  open();
  engine.setCalls(
      {test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  settle();
  EXPECT_TRUE(has("Accept"));    // the card
  click("Accept Chiara Rossi");  // the banner
  EXPECT_TRUE(engine.log.last().startsWith("answer trusted"));
  click("Hide my address (relay only)", QAccessible::CheckBox);
  click("Accept");
  EXPECT_TRUE(engine.log.last().startsWith("answer private"));
  click("Decline");
  EXPECT_TRUE(engine.log.last().startsWith("reject"));
}

TEST_F(Screens, anEmptyLobbyOffersARelayHereAndAJoinByLink) {
  open();
  window->app().lobby()->stopLooking();
  settle();
  click("Join by link…");
  QAccessibleInterface* box = find("Link of the relay", QAccessible::EditableText);
  ASSERT_NE(box, nullptr);
  for (const char letter : QByteArray("hello")) QTest::keyClick(window->quickWindow(), letter);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_FALSE(window->app().lobby()->joinError().isEmpty());
  click("Cancel");
  click("Start a relay here");
  EXPECT_TRUE(engine.log.contains("startRelay 0"));
  EXPECT_EQ(window->app().screen(), AppPresenter::Relay);
}

TEST_F(Screens, aChangedRelayKeyIsDecidedByThePersonAndCancelHasTheFocus) {
  engine.relayViews = {test::relay(engine::RelayState::KeyChanged)};
  engine.relayViews[0].changedTo = test::key(9, 9);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_TRUE(engine.log.last().startsWith("disconnectRelay"));
  click("The keys match: use the new one");
  EXPECT_TRUE(engine.log.last().startsWith("acceptRelayKey"));
}

TEST_F(Screens, theRelayPageCopiesAndStops) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  open();
  window->app().showRelay();
  settle();
  click("Copy the link");
  EXPECT_FALSE(window->app().toast()->text().isEmpty());
  click("Stop when they end");
  EXPECT_EQ(engine.log.last(), "stopRelay whenCallsEnd");
  click("Stop now, calls drop");
  EXPECT_EQ(engine.log.last(), "stopRelay now");
  click("Lobby");
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, aLostSecretIsResetOnlyAfterASecondQuestion) {
  engine.identityView.blocked = Fault{.stage = "identity", .code = "secret_lost"};
  open();
  click("Start over with a new key…");
  EXPECT_FALSE(engine.log.contains("resetIdentity"));
  click("Make a new key now");
  EXPECT_TRUE(engine.log.contains("resetIdentity"));
}

TEST_F(Screens, theListIsWalkedByKeysAndEnterCalls) {
  test::fillLobby(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F, Qt::ControlModifier);
  for (const char letter : QByteArray("chi")) QTest::keyClick(window->quickWindow(), letter);
  settle();
  EXPECT_EQ(window->app().people()->rowCount(), 1);
  QTest::keyClick(window->quickWindow(), Qt::Key_Down);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_EQ(engine.log.last(),
            "call " + QString::fromStdString(engine.personViews[1].fingerprint.hex()));
}

TEST_F(Screens, tabReachesACallButtonAndASpaceCalls) {
  test::fillLobby(engine);
  open();
  for (int steps = 0; steps < 40; ++steps) {
    QTest::keyClick(window->quickWindow(), Qt::Key_Tab);
    QAccessibleInterface* focus =
        QAccessible::queryAccessibleInterface(window->quickWindow()->activeFocusItem());
    if (focus != nullptr && focus->text(QAccessible::Name) == "Call Chiara Rossi") {
      QTest::keyClick(window->quickWindow(), Qt::Key_Space);
      EXPECT_TRUE(engine.log.last().startsWith("call "));
      return;
    }
  }
  FAIL() << "no tab stop";
}

// Every screen, as a screen reader meets it: what can be operated or read has a name.
TEST_F(Screens, nothingIsWithoutANameOnAnyScreen) {
  for (const test::Scene& scene : test::allScenes()) {
    test::ScriptedEngine scripted;
    scene.before(scripted);
    scripted.settings["motion"] = "reduced";
    Window each(scripted);
    ASSERT_TRUE(each.load());
    each.quickWindow()->resize(scene.width, scene.height);
    settle(each);
    if (scene.after) scene.after(scripted, each.app());
    settle(each);
    int nodes = 0;
    for (QWindow* shown : QGuiApplication::topLevelWindows()) {
      if (!shown->isVisible()) continue;
      walk(QAccessible::queryAccessibleInterface(shown), [&](QAccessibleInterface& node) {
        ++nodes;
        const bool isContainer =
            node.role() == QAccessible::Client || node.role() == QAccessible::NoRole;
        if (isContainer) return;
        EXPECT_FALSE(node.text(QAccessible::Name).isEmpty())
            << scene.name << ": role " << node.role() << ", "
            << node.object()->metaObject()->className();
      });
    }
    EXPECT_GT(nodes, 2) << scene.name;
  }
}

}  // namespace
}  // namespace foyer::app
