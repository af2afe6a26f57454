#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <limits>
#include <memory>

#include "app/foyer/app_presenter.h"
#include "app/foyer/clock.h"
#include "app/foyer/level_meter.h"
#include "app/foyer/ring_control.h"
#include "app/foyer/text.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;
using engine::EndReason;
using engine::RelayState;
using engine::Trust;
using test::callWith;

struct Presenters : testing::Test {
  test::ScriptedEngine engine;
  Presenters() { test::fillLobby(engine); }
  [[nodiscard]] engine::PersonView amina() const { return engine.personViews[0]; }
  [[nodiscard]] engine::PersonView chiara() const { return engine.personViews[1]; }
  [[nodiscard]] engine::PersonView minh() const { return engine.personViews[3]; }
};

// ---- text and levels

TEST(Text, initialsAreWholeGraphemesOfTheFirstAndLastWord) {
  EXPECT_EQ(initials("Naledi Sithole"), "NS");
  EXPECT_EQ(initials("  ada "), "A");
  EXPECT_EQ(initials("Youssef El Amrani"), "YA");
  EXPECT_EQ(initials("अनन्या शर्मा"), "अश");
  EXPECT_EQ(initials(""), "?");
}

TEST(Text, timesReadLikeAClock) {
  EXPECT_EQ(durationText(7), "0:07");
  EXPECT_EQ(durationText(767), "12:47");
  EXPECT_EQ(durationText(3723), "1:02:03");
  EXPECT_EQ(durationText(-5), "0:00");
}

TEST(LevelMeter, risesAtOnceAndFallsOneStepPerEightyMilliseconds) {
  LevelMeter meter(kArchScale);
  meter.feed(-127.f, 0);
  EXPECT_EQ(meter.step(), 0);
  meter.feed(-42.f, 10);
  EXPECT_EQ(meter.step(), 1);
  meter.feed(-12.f, 20);
  EXPECT_EQ(meter.step(), 6);
  meter.feed(-127.f, 60);
  EXPECT_EQ(meter.step(), 6);
  meter.feed(-127.f, 100);
  EXPECT_EQ(meter.step(), 5);
  meter.feed(-127.f, 1000);
  EXPECT_EQ(meter.step(), 0);
}

TEST(LevelMeter, noNumberAndInfinityAreSilence) {
  LevelMeter meter(kSlatScale);
  meter.feed(std::numeric_limits<float>::quiet_NaN(), 1);
  EXPECT_EQ(meter.step(), 0);
  meter.feed(-std::numeric_limits<float>::infinity(), 2);
  EXPECT_EQ(meter.step(), 0);
}

// ---- which screen

TEST_F(Presenters, theFirstStartIsOneClickAndKeepsTheSuggestedNameWhenEmptied) {
  engine.firstStart = true;
  AppPresenter app(engine);
  EXPECT_EQ(app.screen(), AppPresenter::FirstStart);
  app.identity()->enterLobby("   ");
  EXPECT_EQ(engine.log.last(), "finishFirstStart Naledi Sithole");
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
}

TEST_F(Presenters, aLostSecretBlocksEverythingAndOnlyASecretCanBeReset) {
  engine.identityView.blocked = Fault{.stage = "identity", .code = "secret_lost"};
  AppPresenter app(engine);
  EXPECT_EQ(app.screen(), AppPresenter::Blocked);
  EXPECT_TRUE(app.identity()->resettable());
  engine.identityView.blocked = Fault{.stage = "profile", .code = "already_running"};
  emit engine.identityChanged();
  EXPECT_FALSE(app.identity()->resettable());
  EXPECT_EQ(app.screen(), AppPresenter::Blocked);
}

// ---- lobby

TEST_F(Presenters, theLobbyTellsLookingFromEmptyFromLostFromOffline) {
  engine.personViews.clear();
  engine.relayViews.clear();
  AppPresenter app(engine);
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::Looking);
  app.lobby()->stopLooking();
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::Empty);
  engine.setRelays({test::relay(RelayState::Connected)});
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::Empty);
  engine.setPeople(test::lobbyPeople());
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::People);
  EXPECT_EQ(app.lobby()->shown().chipText, "Relay: Hana’s desk");
  engine.setRelays(test::joinedRelays());
  EXPECT_EQ(app.lobby()->shown().chipTip, "Hana’s desk, studio.example") << "no name is lost";
  EXPECT_TRUE(app.lobby()->shown().relaySentence.contains("Each sees"));
  const auto first = [&] {
    return app.people()->data(app.people()->index(1), PeopleModel::StateTextRole).toString();
  };
  EXPECT_EQ(first(), "Available");
  auto lost = test::relay(RelayState::Connecting);
  lost.attempt = 3;
  lost.retryInMs = 4000;
  engine.setRelays({lost});
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::RelayLost);
  EXPECT_EQ(first(), "Was available") << "nobody knows how they are now";
  EXPECT_EQ(app.lobby()->shown().chipDetail, "· try 3 in 4 s");
  lost.fault = Fault{.stage = "connect", .code = "unreachable"};
  engine.setRelays({lost});
  EXPECT_EQ(app.lobby()->shown().troubleTitle, "The relay cannot be reached");
  engine.setPeople({});
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::Offline);
}

TEST_F(Presenters, anEmptyLobbySaysHowTheRelayOfThisComputerComesUp) {
  engine.personViews.clear();
  engine.relayViews.clear();
  AppPresenter app(engine);
  app.lobby()->stopLooking();
  engine::HostedRelayView hosted;
  hosted.phase = "verifying";
  engine.setHosted(hosted);
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::Looking);
  EXPECT_EQ(app.lobby()->shown().title, "Starting the relay here");
  hosted.phase = "error";
  hosted.fault = Fault{.stage = "binding", .code = "port_taken"};
  engine.setHosted(hosted);
  EXPECT_EQ(app.lobby()->shown().state, LobbyPresenter::Offline);
  EXPECT_EQ(app.lobby()->shown().title, app.relay()->shown().faultTitle);
}

TEST_F(Presenters, aLinkIsCheckedBeforeAndByTheEngine) {
  AppPresenter app(engine);
  EXPECT_FALSE(app.lobby()->join("http://example.org"));
  EXPECT_FALSE(app.lobby()->join("foyer://relay/host:4710"));
  EXPECT_TRUE(app.lobby()->joinError().contains("key"));
  EXPECT_FALSE(app.lobby()->join("foyer://person/00112233445566778899aabbccdd"));
  EXPECT_TRUE(engine.log.isEmpty());
  EXPECT_TRUE(app.lobby()->join("  foyer://relay/host:4710#00112233445566778899aabbccddeeff\n"));
  EXPECT_EQ(engine.log.last(),
            "connectRelay foyer://relay/host:4710#00112233445566778899aabbccddeeff");
  engine.faultOnConnect = Fault{.stage = "link", .code = "malformed"};
  EXPECT_FALSE(app.lobby()->join("foyer://relay/host:99999#zz"));
  EXPECT_FALSE(app.lobby()->joinError().isEmpty());
  EXPECT_TRUE(app.toast()->text().isEmpty()) << "said once, in the strip";
}

TEST_F(Presenters, aChangedRelayKeyShowsBothKeysAndCancelLeavesTheRelay) {
  auto changed = test::relay(RelayState::KeyChanged);
  changed.changedTo = test::key(0x99, 0x10);
  changed.isProven = true;
  engine.relayViews = {changed};
  AppPresenter app(engine);
  EXPECT_TRUE(app.lobby()->shown().keyChanged);
  EXPECT_EQ(app.lobby()->shown().keyTitle, "The key of Hana’s desk has changed");
  EXPECT_EQ(app.lobby()->shown().oldKeyTitle, "Key until now");
  EXPECT_EQ(app.lobby()->shown().oldKey.size(), 8);
  EXPECT_NE(app.lobby()->shown().oldKey, app.lobby()->shown().newKey);
  app.lobby()->leaveRelay();
  EXPECT_EQ(engine.log.last(),
            "disconnectRelay " + QString::fromStdString(changed.fingerprint.hex()));
  app.lobby()->takeNewRelayKey();
  EXPECT_EQ(engine.log.last(),
            "acceptRelayKey " + QString::fromStdString(changed.fingerprint.hex()));
}

TEST_F(Presenters, aRelayThatWasNeverJoinedHasAnotherKeyThanItsLinkAndNoChangedOne) {
  auto wrong = test::relay(RelayState::KeyChanged);
  wrong.changedTo = test::key(0x99, 0x10);
  engine.relayViews = {wrong};
  AppPresenter app(engine);
  EXPECT_EQ(app.lobby()->shown().keyTitle,
            "Hana’s desk has a different key from the one in its link");
  EXPECT_EQ(app.lobby()->shown().oldKeyTitle, "Key in the link");
  EXPECT_FALSE(app.lobby()->shown().keySentence.contains("set up again"));
  EXPECT_EQ(app.lobby()->shown().chipText, "Relay has a different key");
}

TEST_F(Presenters, whoIsNotLetInIsNotToldThatTheRelayIsLost) {
  auto relay = test::relay(RelayState::Disconnected);
  relay.fault = Fault{.stage = "admission", .code = "invite_required"};
  engine.relayViews = {relay};
  AppPresenter app(engine);
  EXPECT_EQ(app.lobby()->shown().chipText, "Not let in");
  engine.relayViews[0].fault = Fault{.stage = "connect", .code = "timeout"};
  emit engine.relaysChanged();
  EXPECT_EQ(app.lobby()->shown().chipText, "Relay lost");
}

TEST_F(Presenters, aPersonWhoseKeyChangedIsReviewedBeforeAnythingIsSent) {
  AppPresenter app(engine);
  app.lobby()->call(QString::fromStdString(amina().fingerprint.hex()));
  EXPECT_TRUE(engine.log.isEmpty());
  EXPECT_EQ(app.screen(), AppPresenter::Review);
  EXPECT_EQ(app.review().oldKey.size(), 8);
  app.callReviewed();
  // Whether the microphone is off is not the window's to say: see the agent.
  EXPECT_EQ(engine.log, QStringList{"call " + QString::fromStdString(amina().fingerprint.hex())});
}

TEST_F(Presenters, wordsThatDifferedAreNotCalledAnotherKey) {
  auto differed = test::lobbyPeople();
  differed[0].trust = engine::Trust::WordsDiffered;
  differed[0].previousKey.reset();
  engine.setPeople(differed);
  AppPresenter app(engine);
  app.lobby()->call(QString::fromStdString(differed[0].fingerprint.hex()));
  EXPECT_EQ(app.screen(), AppPresenter::Review);
  EXPECT_TRUE(app.review().title.contains("words did not match"));
  EXPECT_TRUE(app.review().oldKey.isEmpty());
  auto ringing = callWith(differed[0], CallState::Ringing, CallDirection::Incoming);
  engine.setCalls({ringing});
  EXPECT_TRUE(app.incoming()->shown().suspect);
  EXPECT_TRUE(app.incoming()->shown().keySentence.contains("words did not match"));
  auto held = test::activeCall(differed[0]);
  held.isVoiceHeld = true;
  engine.setCalls({held});
  EXPECT_TRUE(app.call()->shown().troubleTitle.contains("words differed last time"));
  EXPECT_FALSE(app.call()->shown().statusLine.contains("key changed"));
}

TEST_F(Presenters, aMissedCallStaysUntilItIsDismissed) {
  AppPresenter app(engine);
  auto missed = test::pastCall(chiara(), 1, CallDirection::Incoming, EndReason::Missed, 1, 45'000);
  missed.isSeen = false;
  auto earlier = test::pastCall(chiara(), 2, CallDirection::Incoming, EndReason::Missed, 9, 45'000);
  engine.setHistory({missed, earlier});
  EXPECT_EQ(app.lobby()->shown().missed, "Missed call from Chiara Rossi");
  EXPECT_EQ(app.history()->unseen(), 1);
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
  app.lobby()->callBackMissed();
  EXPECT_EQ(engine.log.last(), "call " + QString::fromStdString(chiara().fingerprint.hex()));
  EXPECT_TRUE(app.lobby()->shown().missed.isEmpty());
}

TEST_F(Presenters, whoIsNotToBeDisturbedIsNotRungAndSaysSo) {
  engine.setRelays({test::relay(engine::RelayState::Connected)});
  AppPresenter app(engine);
  EXPECT_EQ(app.identity()->stateText(), "Available");
  engine.setCalls({callWith(chiara(), CallState::Ringing, CallDirection::Incoming)});
  EXPECT_TRUE(app.incoming()->shown().ringing);
  app.identity()->setDoNotDisturb(true);
  EXPECT_EQ(app.identity()->stateText(), "Do not disturb");
  EXPECT_FALSE(app.incoming()->shown().ringing) << "it falls silent at once";
  app.identity()->setDoNotDisturb(false);
  EXPECT_TRUE(app.incoming()->shown().ringing) << "it is still there";
  engine.setRelays({test::relay(engine::RelayState::Connecting)});
  EXPECT_EQ(app.identity()->stateText(), "Not connected");
}

// ---- relay, sound, the rest

TEST_F(Presenters, theRelaysPhasesAreWordsAndAFaultNamesItsStep) {
  AppPresenter app(engine);
  engine::HostedRelayView hosted;
  hosted.phase = "announcing";
  engine.setHosted(hosted);
  EXPECT_EQ(app.relay()->shown().stepStates,
            (QList<int>{RelayPresenter::Done, RelayPresenter::Done, RelayPresenter::Now,
                        RelayPresenter::Waiting, RelayPresenter::Waiting}));
  hosted.phase = "error";
  hosted.fault = Fault{.stage = "binding", .code = "port_taken"};
  engine.setHosted(hosted);
  EXPECT_EQ(app.relay()->shown().stepStates.first(), RelayPresenter::Failed);
  EXPECT_TRUE(app.relay()->shown().portTaken);
  engine.setHosted(test::servingRelay());
  EXPECT_TRUE(app.relay()->shown().serving);
  app.relay()->copyLink();
  EXPECT_EQ(QGuiApplication::clipboard()->text(), QString::fromStdString(engine.hostedView.link));
  app.relay()->stopWhenCallsEnd();
  app.relay()->stopNow();
  EXPECT_EQ(engine.log, (QStringList{"stopRelay whenCallsEnd", "stopRelay now"}));
}

TEST_F(Presenters, theMeterRunsOnlyWhileItIsWantedAndSpeaksInSentences) {
  AppPresenter app(engine);
  EXPECT_TRUE(engine.log.isEmpty()) << "nothing is opened by building the window";
  app.audio()->setMeterWanted(true);
  EXPECT_EQ(engine.log.last(), "openMeter");
  app.audio()->sampleLevel(steadyNowMs());
  EXPECT_EQ(app.audio()->verdict(), "We hear you");
  engine.audioView.meterDb = -127.f;
  app.audio()->sampleLevel(steadyNowMs() + 2500);
  app.audio()->sampleLevel(steadyNowMs() + 5000);
  EXPECT_EQ(app.audio()->verdict(), "No sound at all: is it muted?");
  app.audio()->setMeterWanted(false);
  EXPECT_EQ(engine.log.last(), "closeMeter");
}

TEST_F(Presenters, aLostDeviceIsSaidOnce) {
  AppPresenter app(engine);
  auto audio = engine.audioView;
  audio.notice = "input_lost_default_used";
  audio.notices = 1;
  engine.setAudio(audio);
  EXPECT_TRUE(app.toast()->text().contains("unplugged"));
  app.toast()->dismiss();
  engine.setAudio(audio);
  EXPECT_TRUE(app.toast()->text().isEmpty());
  audio.notices = 2;
  engine.setAudio(audio);
  EXPECT_TRUE(app.toast()->text().contains("unplugged")) << "unplugged once more";
}

TEST_F(Presenters, everyRemarkOfTheEngineIsASentence) {
  AppPresenter app(engine);
  auto audio = engine.audioView;
  for (const char* what :
       {"lost_default_used", "absent_default_used", "busy_other_used", "recovered"}) {
    for (const char* side : {"input_", "output_"}) {
      app.toast()->dismiss();
      audio.notice = std::string(side) + what;
      ++audio.notices;
      engine.setAudio(audio);
      EXPECT_TRUE(app.toast()->text().endsWith('.')) << audio.notice;
    }
  }
}

TEST_F(Presenters, theThemeSettingWinsOverTheDesktop) {
  engine.settings["theme"] = "dark";
  AppPresenter app(engine);
  EXPECT_TRUE(app.theme()->dark());
  engine.setSetting("theme", "light");
  EXPECT_FALSE(app.theme()->dark());
  engine.setSetting("motion", "reduced");
  EXPECT_TRUE(app.theme()->reducedMotion());
}

struct CountedTones : RingTonePlayer {
  QStringList log;
  void start(Tone tone, const QString& ring) override {
    log << ((tone == Tone::Incoming ? "incoming " : "outgoing ") + ring).trimmed();
  }
  void stop() override { log << "stop"; }
};

TEST_F(Presenters, itRingsForACallerAndNeverIntoACall) {
  AppPresenter app(engine);
  CountedTones tones;
  RingControl control(app, tones);
  engine.setCalls({callWith(chiara(), CallState::Ringing, CallDirection::Incoming)});
  EXPECT_EQ(tones.log, QStringList{"incoming"});
  engine.setCalls({});
  EXPECT_EQ(tones.log.last(), "stop");
  engine.setCalls({test::activeCall(minh()),
                   callWith(chiara(), CallState::Ringing, CallDirection::Incoming, 2)});
  EXPECT_EQ(tones.log.size(), 2);
  engine.setCalls({callWith(chiara(), CallState::Ringing, CallDirection::Outgoing, 3)});
  EXPECT_EQ(tones.log.last(), "outgoing");
}

TEST_F(Presenters, theRingHasADeviceAndAVolumeOfItsOwn) {
  AppPresenter app(engine);
  DeviceModel& rings = *app.audio()->rings();
  ASSERT_EQ(rings.count(), app.audio()->outputs()->count() + 1);
  EXPECT_EQ(rings.currentLabel(), "Same as the speakers");
  app.audio()->selectRing(1);
  EXPECT_EQ(engine.settings["ring_device"], app.audio()->outputs()->idAt(0));
  EXPECT_EQ(rings.currentIndex(), 1);
  engine.setSetting("ring_device", "gone");
  EXPECT_EQ(rings.currentLabel(), "Not connected: gone");
  app.audio()->selectRing(0);
  EXPECT_EQ(engine.settings["ring_device"], "");
  EXPECT_DOUBLE_EQ(app.audio()->ringVolume(), 1);
  app.audio()->setRingVolume(.4);
  EXPECT_EQ(engine.settings["ring_volume"], "40");
  EXPECT_DOUBLE_EQ(app.audio()->ringVolume(), .4);
  app.audio()->setRingVolume(7);
  EXPECT_EQ(engine.settings["ring_volume"], "");
  app.audio()->playRing();
  EXPECT_EQ(engine.log.last(), "playRing");
}

TEST_F(Presenters, theRingBackEndsWithTheAnswerAndWithTheCall) {
  AppPresenter app(engine);
  CountedTones tones;
  RingControl control(app, tones);
  const auto ringing = callWith(chiara(), CallState::Ringing, CallDirection::Outgoing);
  engine.setCalls({ringing});
  EXPECT_EQ(tones.log, QStringList{"outgoing"});
  auto securing = ringing;
  securing.state = CallState::Securing;
  engine.setCalls({securing});
  EXPECT_EQ(tones.log, (QStringList{"outgoing", "stop"})) << "answered";
  engine.setCalls({});
  engine.setCalls({ringing});
  engine.setCalls({});
  EXPECT_EQ(tones.log, (QStringList{"outgoing", "stop", "outgoing", "stop"})) << "cancelled";
}

}  // namespace
}  // namespace foyer::app
