#include <gtest/gtest.h>

#include <QAccessible>
#include <QQuickItem>
#include <QTest>

#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;

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

TEST_F(Screens, aPersonIsBlockedAndUnblockedByTheMenuOfTheirRow) {
  test::fillLobby(engine);
  open();
  const auto menuOfFirstRow = [&] {
    QTest::keyClick(window->quickWindow(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClick(window->quickWindow(), Qt::Key_Down);
    QTest::keyClick(window->quickWindow(), Qt::Key_Menu);
    settle();
  };
  const auto amina = QString::fromStdString(engine.personViews[0].fingerprint.hex());
  menuOfFirstRow();
  EXPECT_FALSE(has("Call Amina Okafor without telling my address")) << "the key is reviewed first";
  click("Block Amina Okafor");
  EXPECT_EQ(engine.log.last(), "block " + amina);
  auto only = engine.personViews[0];
  only.trust = engine::Trust::Blocked;
  engine.setPeople({only});
  settle();
  menuOfFirstRow();
  click("Unblock Amina Okafor");
  EXPECT_EQ(engine.log.last(), "unblock " + amina);
}

TEST_F(Screens, aCallThatTellsNoAddressIsPlacedByTheMenuOfTheRow) {
  test::fillLobby(engine);
  auto only = engine.personViews[0];
  only.trust = engine::Trust::Verified;
  engine.setPeople({only});
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F, Qt::ControlModifier);
  QTest::keyClick(window->quickWindow(), Qt::Key_Down);
  QTest::keyClick(window->quickWindow(), Qt::Key_Menu);
  settle();
  EXPECT_TRUE(has("Call Amina Okafor without telling my address"));
  QTest::keyClick(window->quickWindow(), Qt::Key_Down);
  QTest::keyClick(window->quickWindow(), Qt::Key_Down);
  QTest::keyClick(window->quickWindow(), Qt::Key_Space);
  EXPECT_EQ(engine.log.last(),
            "callPrivately " + QString::fromStdString(engine.personViews[0].fingerprint.hex()));
}

TEST_F(Screens, whoWasCalledByAChangedKeyMaySpeakWithoutComparing) {
  test::fillLobby(engine);
  open();
  auto call = test::activeCall(engine.personViews[0]);
  call.isCompareOnly = call.isVoiceHeld = call.muted = true;
  engine.setCalls({call});
  settle();
  EXPECT_FALSE(has("Speak without comparing")) << "not for who placed the call";
  QTest::keyClick(window->quickWindow(), Qt::Key_M);
  EXPECT_FALSE(engine.log.contains("mute off"));
  call.canSpeakUnverified = true;
  engine.setCalls({call});
  settle();
  click("Speak without comparing");
  EXPECT_TRUE(engine.log.last().startsWith("speakUnverified"));
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
  EXPECT_TRUE(engine.log.isEmpty()) << "Esc never ends a running call";
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
  QAccessibleInterface* box = find("Relay link", QAccessible::EditableText);
  ASSERT_NE(box, nullptr);
  for (const char letter : QByteArray("hello")) QTest::keyClick(window->quickWindow(), letter);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_FALSE(window->app().lobby()->joinError().isEmpty());
  click("Cancel");
  click("Start a relay here");
  EXPECT_TRUE(engine.log.contains("startRelay 0"));
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby) << "whoever comes appears in this list";
}

TEST_F(Screens, aChangedRelayKeyIsDecidedByThePersonAndCancelHasTheFocus) {
  engine.relayViews = {test::relay(engine::RelayState::KeyChanged)};
  engine.relayViews[0].changedTo = test::key(9, 9);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_TRUE(engine.log.last().startsWith("disconnectRelay"));
  click("The key is right: use it");
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
  click("Stop when the calls end");
  EXPECT_EQ(engine.log.last(), "stopRelay whenCallsEnd");
  click("Stop now, calls drop");
  EXPECT_EQ(engine.log.last(), "stopRelay now");
  click("Lobby", QAccessible::PageTab);
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

TEST_F(Screens, theKeysAreOnAPageOfTheirOwnThatNeverStandsBeforeARingingCall) {
  test::fillLobby(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F1);
  settle();
  EXPECT_TRUE(has("Ctrl+F: Find a person, or a setting in the settings", QAccessible::StaticText));
  QTest::keyClick(window->quickWindow(), Qt::Key_F1);
  settle();
  EXPECT_FALSE(has("Ctrl+F: Find a person, or a setting in the settings", QAccessible::StaticText));
  QTest::keyClick(window->quickWindow(), Qt::Key_Question);
  settle();
  EXPECT_TRUE(has("Ctrl+F: Find a person, or a setting in the settings", QAccessible::StaticText));
  engine.setCalls(
      {test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  settle();
  EXPECT_FALSE(has("Ctrl+F: Find a person, or a setting in the settings", QAccessible::StaticText));
  QTest::keyClick(window->quickWindow(), Qt::Key_F1);
  settle();
  EXPECT_FALSE(has("Ctrl+F: Find a person, or a setting in the settings", QAccessible::StaticText));
}

TEST_F(Screens, aQuestionMarkInAFieldIsALetter) {
  test::fillLobby(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F, Qt::ControlModifier);
  QTest::keyClick(window->quickWindow(), '?');
  settle();
  EXPECT_EQ(window->app().people()->filter(), "?");
  EXPECT_FALSE(has("Ctrl+F: Find a person, or a setting in the settings", QAccessible::StaticText));
}

TEST_F(Screens, theRelayPageSaysWhoIsConnected) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  test::hostThePeople(engine);
  engine.hostedView.guests.resize(2);
  engine.hostedView.clients = 2;
  open();
  window->app().showRelay();
  settle();
  const QStringList lines = window->app().relayGuests()->lines();
  ASSERT_EQ(lines.size(), 2);
  EXPECT_TRUE(has(lines[0], QAccessible::StaticText));
  EXPECT_TRUE(lines[1].startsWith("Amina Okafor, since "));
}

TEST_F(Screens, theWordsAreShownWhenAskedAndGoneWhenHiddenOrClosed) {
  test::fillLobby(engine);
  for (int at = 1; at <= 24; ++at) engine.words.push_back("word" + std::to_string(at));
  open();
  window->app().showSettings(SettingsModel::You);
  settle();
  click("Back up your identity");
  EXPECT_TRUE(has("7: hidden", QAccessible::ListItem));
  EXPECT_FALSE(engine.log.contains("revealWords"));
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);  // the focus is on "Show the words"
  settle();
  EXPECT_TRUE(has("7: word7", QAccessible::ListItem));
  click("Hide the words");
  EXPECT_TRUE(has("7: hidden", QAccessible::ListItem));
  EXPECT_TRUE(window->app().backup()->words().isEmpty());
  click("Show the words");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_FALSE(has("Hide the words"));
  EXPECT_TRUE(window->app().backup()->words().isEmpty());
}

TEST_F(Screens, whoHasUsedFoyerBeforeTypesTheWordsAndGoesOn) {
  test::fillLobby(engine);
  engine.firstStart = true;
  open();
  click("I have used Foyer before…");
  for (const char letter : QByteArray("lemon anchor"))
    QTest::keyClick(window->quickWindow(), letter);
  settle();
  EXPECT_TRUE(has("2 of 24 words", QAccessible::StaticText));
  engine.faultOfBackup = Fault{.stage = "backup", .code = "wrong_count"};
  click("Bring back my identity");
  EXPECT_TRUE(engine.log.contains("restoreIdentity lemon anchor"));
  EXPECT_TRUE(window->app().backup()->error().contains("24 words"));
  engine.faultOfBackup.reset();
  click("Bring back my identity");
  EXPECT_TRUE(window->app().backup()->done().contains("2f84"));
  click("Continue");
  EXPECT_TRUE(has("Your name", QAccessible::EditableText));
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, aLostSecretComesBackFromAFileAfterTheQuestion) {
  test::fillLobby(engine);
  engine.identityView.blocked = Fault{.stage = "identity", .code = "secret_lost"};
  engine.faultOfBackup = Fault{.stage = "backup", .code = "would_replace"};
  open();
  click("Bring it back from a backup…");
  choose("Backup file");
  const auto type = [&](const QByteArray& text) {
    for (const char letter : text) QTest::keyClick(window->quickWindow(), letter);
    QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  };
  type("/tmp/mine");
  type("six blue doors");
  settle();
  EXPECT_TRUE(engine.log.contains("importIdentity /tmp/mine six blue doors"));
  EXPECT_EQ(window->app().screen(), AppPresenter::Blocked);
  click("Use this key");
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
  EXPECT_TRUE(window->app().toast()->text().contains("2f84"));
}

TEST_F(Screens, theQualityIsChosenByKeysAndByTheSlider) {
  test::fillLobby(engine);
  engine.callViews = {test::activeCall(engine.personViews[3])};
  open();
  const QString call = QString::fromStdString(engine.callViews[0].call.hex());
  const auto press = [&](Qt::Key key) {
    QTest::keyClick(window->quickWindow(), key, Qt::ControlModifier);
    return engine.log.isEmpty() ? QString() : engine.log.last();
  };
  EXPECT_EQ(press(Qt::Key_2), "quality " + call + " studio64");
  EXPECT_EQ(press(Qt::Key_3), "quality " + call + " good");
  EXPECT_EQ(press(Qt::Key_4), "quality " + call + " degraded");
  EXPECT_EQ(press(Qt::Key_1), "quality " + call + " auto");
  settle();
  QAccessibleInterface* slider = nullptr;
  test::walkWindows([&](QAccessibleInterface& node) {
    if (node.role() == QAccessible::Slider) slider = &node;
  });
  ASSERT_NE(slider, nullptr);
  EXPECT_TRUE(slider->text(QAccessible::Name).startsWith("Quality: Saver 10k, chosen by Foyer"))
      << slider->text(QAccessible::Name).toStdString();
  qobject_cast<QQuickItem*>(slider->object())->forceActiveFocus(Qt::TabFocusReason);
  QTest::keyClick(window->quickWindow(), Qt::Key_Left);
  EXPECT_EQ(engine.log.last(), "quality " + call + " low");
  QTest::keyClick(window->quickWindow(), Qt::Key_Home);
  EXPECT_EQ(engine.log.last(), "quality " + call + " studio64");
  QTest::keyClick(window->quickWindow(), Qt::Key_End);
  EXPECT_EQ(engine.log.last(), "quality " + call + " catastrophic");
  settle();
  EXPECT_TRUE(slider->text(QAccessible::Name).startsWith("Quality: Saver 1.2k, chosen by you"));
  click("Use for every call");
  EXPECT_EQ(engine.settings["quality"], "catastrophic");
}

TEST_F(Screens, diagnosticsOpenBesideTheCallByKeyAndByTheBarsAndEscClosesThemAlone) {
  test::fillLobby(engine);
  engine.callViews = {test::measuredCall(engine.personViews[1])};
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F12);
  settle();
  EXPECT_TRUE(window->app().telemetry()->isOpen());
  // Opened anew and paused before its timer can read: where a frame takes long it has read already,
  // and what came earlier than that would not be shown.
  window->app().telemetry()->close();
  window->app().telemetry()->toggle();
  window->app().telemetry()->setPaused(true);
  test::playMinute(engine, *window->app().telemetry(), test::measuredCall(engine.personViews[1]));
  settle();
  EXPECT_TRUE(has("You hear: Opus · packets of 20 ms · 45 kbit/s", QAccessible::StaticText));
  EXPECT_TRUE(has("End call")) << "the call stays on the screen";
  click("Show as a table");
  EXPECT_TRUE(has("Show the curves"));
  const auto rows = [] {
    int count = 0;
    test::walkWindows([&count](QAccessibleInterface& node) {
      count += node.text(QAccessible::Name).startsWith("ago ") ? 1 : 0;
    });
    return count;
  };
  EXPECT_TRUE(QTest::qWaitFor([&rows] { return rows() == 12; }, test::kFrameDeadlineMs))
      << rows() << " of 12 rows: a minute, five seconds each";
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_FALSE(window->app().telemetry()->isOpen());
  EXPECT_FALSE(engine.log.join(' ').contains("hangup"));
  click("Connection fair: show diagnostics");
  EXPECT_TRUE(window->app().telemetry()->isOpen());
  click("Close the diagnostics panel");
  EXPECT_FALSE(window->app().telemetry()->isOpen());
}

TEST_F(Screens, pushToTalkHoldsAsLongAsTheKey) {
  test::fillLobby(engine);
  engine.callViews = {test::activeCall(engine.personViews[1])};
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_T);
  EXPECT_TRUE(engine.log.isEmpty()) << "the microphone is open anyway";
  auto call = engine.callViews[0];
  call.talkMode = media::TalkMode::PushToTalk;
  engine.setCalls({call});
  settle();
  QTest::keyPress(window->quickWindow(), Qt::Key_T);
  EXPECT_EQ(engine.log, QStringList{"talk on"});
  QTest::keyRelease(window->quickWindow(), Qt::Key_T);
  EXPECT_EQ(engine.log.last(), "talk off");
  engine.log.clear();
  click("Hold to talk");
  EXPECT_EQ(engine.log, (QStringList{"talk on", "talk off"}));
}

TEST_F(Screens, theSoundIsSetInTheSettingsAndInACall) {
  test::fillLobby(engine);
  open(960, 1400);
  click("Settings");
  click("Noise reduction", QAccessible::CheckBox);
  EXPECT_EQ(engine.settings["noise_reduction"], "off");
  click("Hear yourself");
  EXPECT_EQ(engine.log.last(), "loopback on");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_EQ(engine.log.last(), "loopback off") << "what is closed does not go on";
  engine.setCalls({test::activeCall(engine.personViews[1])});
  settle();
  click("Devices");
  EXPECT_FALSE(has("Hear yourself")) << "not into a call";
  EXPECT_TRUE(has("Their volume: 100 %", QAccessible::Slider));
  EXPECT_TRUE(has("Speakers: Headphones", QAccessible::Grouping));
  click("Monitor speakers", QAccessible::RadioButton);
  EXPECT_EQ(engine.log.last(), "selectOutput hdmi") << "the second click";
  // The microphone that is used has the keyboard first.
  QTest::keyClick(window->quickWindow(), Qt::Key_Up);
  QTest::keyClick(window->quickWindow(), Qt::Key_Up);
  QTest::keyClick(window->quickWindow(), Qt::Key_Space);
  EXPECT_EQ(engine.log.last(), "selectInput usb");
}

TEST_F(Screens, aSettingIsFoundByItsWordsAndEscapeGoesBackStepByStep) {
  test::fillLobby(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_Comma, Qt::ControlModifier);
  settle();
  EXPECT_EQ(window->app().screen(), AppPresenter::Settings);
  QTest::keyClick(window->quickWindow(), Qt::Key_F, Qt::ControlModifier);
  for (const char letter : std::string("dark")) QTest::keyClick(window->quickWindow(), letter);
  settle();
  EXPECT_TRUE(has("Window", QAccessible::Heading));
  choose("Dark");
  EXPECT_EQ(engine.settings["theme"], "dark");
  EXPECT_TRUE(window->app().theme()->dark()) << "at once";
  click("Reset: Colours");
  EXPECT_TRUE(engine.settings["theme"].isEmpty());
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_TRUE(window->app().settings()->search().isEmpty());
  EXPECT_EQ(window->app().screen(), AppPresenter::Settings);
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, anIdentityIsBackedUpAndBroughtBackFromTheSettings) {
  test::fillLobby(engine);
  open();
  window->app().showSettings(SettingsModel::You);
  settle();
  click("Back up your identity");
  EXPECT_TRUE(has("Show the words", QAccessible::Button));
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  click("Restore an earlier identity");
  EXPECT_TRUE(has("Your 24 words", QAccessible::EditableText));
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_FALSE(has("Your 24 words", QAccessible::EditableText));
  EXPECT_EQ(window->app().screen(), AppPresenter::Settings);
}

}  // namespace
}  // namespace foyer::app
