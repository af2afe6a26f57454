// What has to have room beside something else, in both languages: German words are longer.
#include <QCoreApplication>
#include <QQuickItem>

#include "app/foyer/language.h"
#include "tests/qml/legible.h"
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;

class Room : public Screens {
 public:
  ~Room() override { speak({}); }
  void speakGerman() {
    engine.setSetting("language", "de");
    settle();
  }
  static QString said(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
  }
  static QQuickItem* text(const QString& begin) {
    QQuickItem* found = nullptr;
    test::walkWindows([&](QAccessibleInterface& node) {
      if (node.text(QAccessible::Name).startsWith(begin))
        if (auto* item = qobject_cast<QQuickItem*>(node.object()); item->inherits("QQuickText"))
          found = item;
    });
    return found;
  }
  void resize(int width, int height) {
    window->quickWindow()->resize(width, height);
    settle();
  }
  // Another button in the place of the one that ends the call.
  void expectEndCallHasItsPlaceAlone() {
    const QString end = said("CallDock", "End call");
    const QAccessibleInterface* button = find(end);
    ASSERT_NE(button, nullptr);
    test::walkWindows([&](QAccessibleInterface& node) {
      if (node.role() == QAccessible::Button && node.text(QAccessible::Name) != end) {
        EXPECT_FALSE(node.rect().intersects(button->rect()))
            << node.text(QAccessible::Name).toStdString();
      }
    });
    EXPECT_EQ(test::cutShort(*window->quickWindow()), QStringList());
  }
};

TEST_F(Room, endCallNeverLiesOverAnotherButton) {
  test::fillLobby(engine);
  open();
  auto call = test::activeCall(engine.personViews[3]);
  for (const char* language : {"en", "de"}) {
    engine.setSetting("language", language);
    for (const auto mode : {media::TalkMode::OpenMic, media::TalkMode::PushToTalk}) {
      call.talkMode = mode;
      engine.setCalls({call});
      for (const int height : {500, 640})
        for (const int width : {820, 880, 920, 960, 1010, 1060, 1120}) {
          SCOPED_TRACE(testing::Message()
                       << language << ", push to talk " << (mode == media::TalkMode::PushToTalk)
                       << ", " << width << " by " << height);
          resize(width, height);
          expectEndCallHasItsPlaceAlone();
        }
    }
  }
}

TEST_F(Room, theButtonsOfAnEmptyLobbyAreInItsMiddleAfterARelayIsBack) {
  test::fillLobby(engine);
  engine.personViews.clear();
  engine.relayViews = {test::relay(engine::RelayState::Disconnected)};
  engine.relayViews[0].fault = Fault{.stage = "connect", .code = "unreachable", .retryable = true};
  open();
  ASSERT_TRUE(has("Check the network"));
  engine.setRelays({test::relay(engine::RelayState::Connected)});
  window->app().lobby()->stopLooking();
  settle();
  ASSERT_FALSE(has("Check the network"));
  const QAccessibleInterface* first = find("Copy the link");
  if (first == nullptr) first = find("Start a relay here");
  ASSERT_NE(first, nullptr);
  const QRect both = first->rect().united(find("Join by link…")->rect());
  const QQuickItem* sentence = text("A relay sees who talks");
  ASSERT_NE(sentence, nullptr);
  const qreal middle = sentence->mapToScene(QPointF(sentence->width() / 2, 0)).x();
  EXPECT_NEAR(both.x() + both.width() / 2.0 - window->quickWindow()->x(), middle, 1.5);
}

TEST_F(Room, theCountdownOfASecondCallIsNeverCut) {
  test::fillLobby(engine);
  auto talking = test::activeCall(engine.personViews[3]);
  engine.callViews = {talking, test::callWith(engine.personViews[2], CallState::Ringing,
                                              CallDirection::Incoming, 2)};
  open(480, 640);
  speakGerman();
  const QQuickItem* sentence = text(window->app().incoming()->shown().secondSentence + " · ");
  ASSERT_NE(sentence, nullptr);
  EXPECT_FALSE(sentence->property("truncated").toBool());
  EXPECT_LE(sentence->height(), 45) << "two lines";
}

TEST_F(Room, theSentenceAboutAChangedKeyIsAllAboveTheRule) {
  test::fillLobby(engine);
  open();
  speakGerman();
  engine.setCalls(
      {test::callWith(engine.personViews[0], CallState::Ringing, CallDirection::Incoming)});
  settle();
  const QQuickItem* sentence = text(window->app().incoming()->shown().keySentence);
  ASSERT_NE(sentence, nullptr);
  const QQuickItem* microphone = nullptr;
  for (const QQuickItem* each : sentence->parentItem()->childItems())
    if (each->property("text").toString() == window->app().incoming()->shown().microphone)
      microphone = each;
  ASSERT_NE(microphone, nullptr);
  EXPECT_GE(microphone->y() - sentence->y() - sentence->height(), 15 + 4) << "the rule is between";
}

TEST_F(Room, theRelayPageInGermanHasRoomForItsSentenceAndItsInvites) {
  test::fillLobby(engine);
  engine.hostedView = test::invitingRelay();
  test::hostThePeople(engine);
  engine.settings["relay_invite_only"] = "on";
  open(1000, 2000);
  window->app().showRelay();
  speakGerman();
  for (const int width : {480, 860, 880, 940, 1000, 1200}) {
    SCOPED_TRACE(width);
    resize(width, 2000);
    const QQuickItem* sentence =
        text(said("RelayScreen", "The relay sees who talks to whom and when, never what is said."));
    ASSERT_NE(sentence, nullptr);
    EXPECT_GE(sentence->width(), 230);
    const QAccessibleInterface* takeBack = find(said("RelayInvites", "Take back invite %1").arg(1));
    ASSERT_NE(takeBack, nullptr);
    EXPECT_LE(takeBack->rect().right(), window->quickWindow()->geometry().right() - 16);
  }
}

TEST_F(Room, theHintOfAChipStaysInTheWindow) {
  test::fillLobby(engine);
  engine.relayViews = test::joinedRelays();
  open(480, 640);
  const QString tip = window->app().lobby()->shown().chipTip;
  ASSERT_FALSE(tip.isEmpty());
  QQuickItem* chip = nullptr;
  test::walkWindows([&](QAccessibleInterface& node) {
    if (node.text(QAccessible::Name).startsWith("Relay state:"))
      chip = qobject_cast<QQuickItem*>(node.object());
  });
  ASSERT_NE(chip, nullptr);
  QTest::mouseMove(window->quickWindow(), chip->mapToScene(QPointF(10, 10)).toPoint());
  settle();
  const QQuickItem* hint = nullptr;
  for (const QQuickItem* each : chip->childItems())
    if (each->z() == 10) hint = each;
  ASSERT_TRUE(hint != nullptr && hint->isVisible());
  EXPECT_LE(hint->mapToScene(QPointF(hint->width(), 0)).x(), 480);
  EXPECT_FALSE(hint->childItems().first()->property("truncated").toBool());
}

}  // namespace
}  // namespace foyer::app
