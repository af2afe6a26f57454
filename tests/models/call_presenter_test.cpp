// The call's page and the card of a caller: stages, status line, words, trouble, hold.
#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "app/foyer/app_presenter.h"
#include "app/foyer/clock.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;
using engine::EndReason;
using engine::Trust;
using test::callWith;

struct CallPresenters : testing::Test {
  test::ScriptedEngine engine;
  CallPresenters() { test::fillLobby(engine); }
  [[nodiscard]] engine::PersonView amina() const { return engine.personViews[0]; }
  [[nodiscard]] engine::PersonView chiara() const { return engine.personViews[1]; }
  [[nodiscard]] engine::PersonView minh() const { return engine.personViews[3]; }
};

TEST_F(CallPresenters, anOutgoingCallGoesThroughItsStagesAndEndsInASentence) {
  AppPresenter app(engine);
  for (const auto& [state, stage] : {std::pair{CallState::Calling, CallPresenter::Calling},
                                     {CallState::Ringing, CallPresenter::Ringing},
                                     {CallState::Securing, CallPresenter::Securing}}) {
    engine.setCalls({callWith(chiara(), state, CallDirection::Outgoing)});
    EXPECT_EQ(app.call()->shown().stage, stage);
    EXPECT_EQ(app.screen(), AppPresenter::Call);
  }
  EXPECT_TRUE(app.call()->shown().keyTitle.contains("verified on"));
  auto ended = callWith(chiara(), CallState::Ended, CallDirection::Outgoing);
  ended.reason = EndReason::Declined;
  engine.setCalls({ended});
  EXPECT_EQ(app.call()->shown().stage, CallPresenter::Ended);
  EXPECT_EQ(app.call()->shown().title, "Chiara Rossi declined");
  EXPECT_TRUE(app.call()->shown().canCallAgain);
  app.call()->dismiss();
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
  engine.setCalls({ended});  // the engine keeps it for a minute
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
}

TEST_F(CallPresenters, anOrdinaryEndGoesBackToTheLobbyWithAToast) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  engine.setCalls({call});
  call.state = CallState::Ended;
  call.reason = EndReason::RemoteHangup;
  call.endedAtMs = *call.activeSinceMs + 65'000;
  engine.setCalls({call});
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
  EXPECT_EQ(app.toast()->text(), "Chiara Rossi ended the call · 1:05");
}

TEST_F(CallPresenters, theStatusLineIsTrueInEveryState) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().statusLine,
            "Clear 24k · 38 ms · end-to-end encrypted, not verified yet");
  call.sas->verified = call.sas->isConfirmed = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().statusLine, "Clear 24k · 38 ms · end-to-end encrypted, verified");
  call.privateMode = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().statusLine.endsWith("address hidden"));
  call.reconnecting = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().statusLine.startsWith("Reconnecting"));
}

TEST_F(CallPresenters, howLongALostCallIsStillKeptCountsDownByItself) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  call.reconnecting = true;
  call.keptUntilMs = steadyNowMs() + 1400;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().statusLine, "Reconnecting · the call is kept for another 2 s");
  EXPECT_TRUE(QTest::qWaitFor([&app] {
    return app.call()->shown().statusLine == "Reconnecting · the call is kept for another 1 s";
  })) << "nothing but the clock says so";
}

TEST_F(CallPresenters, bothSidesWordsAreShownAndThePeersAreNeverBelieved) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  call.sas->peerSays = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Ask);
  EXPECT_FALSE(app.call()->shown().verified);
  EXPECT_TRUE(app.call()->shown().sasStatus.contains("Nguyễn Minh Anh confirmed"));
  app.call()->wordsMatch();
  EXPECT_EQ(engine.log.last(), "verify yes " + QString::fromStdString(call.call.hex()));
  call.sas->peerSays.reset();
  call.sas->verified = call.sas->isConfirmed = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Confirmed);
  call.sas->peerSays = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Verified);
}

// The words of a call are another pair each time: nobody confirmed these.
TEST_F(CallPresenters, whoWasVerifiedEarlierIsNotSaidToHaveConfirmedInThisCall) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  call.sas->verified = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::PutOff);
  EXPECT_EQ(app.call()->shown().sasStatus, "Compare words");
  EXPECT_TRUE(app.call()->shown().verified);
  app.call()->showWords();
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Ask);
}

TEST_F(CallPresenters, differingWordsMuteAtOnce) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  engine.setCalls({call});
  app.call()->wordsDiffer();
  EXPECT_EQ(engine.log,
            (QStringList{"verify no " + QString::fromStdString(call.call.hex()), "mute on"}));
  call.sas->differs = true;
  call.sas->peerSays = false;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Differs);
  EXPECT_TRUE(app.call()->shown().statusLine.endsWith("encrypted, but the words differ"));
}

// An attacker who speaks for the peer cannot silence anybody by it, and cannot hide it either.
TEST_F(CallPresenters, thePeersThatTheyDifferIsSaidAndMutesNobody) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  call.sas->peerSays = false;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Disputed);
  EXPECT_EQ(app.call()->shown().sasStatus,
            "Somebody may be in between and may hear you. Compare again.");
  EXPECT_EQ(app.announcement(), "Nguyễn Minh Anh says the words differ");
  app.call()->putOffWords();
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Disputed) << "not to be put off";
  EXPECT_TRUE(engine.log.isEmpty());
  call.sas->isConfirmed = call.sas->verified = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Disputed) << "also who had confirmed is told";
}

TEST_F(CallPresenters, wordsCanBePutOffAndComeBack) {
  AppPresenter app(engine);
  engine.setCalls({test::activeCall(minh())});
  app.call()->putOffWords();
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::PutOff);
  app.call()->showWords();
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Ask);
  engine.setCalls({test::activeCall(chiara())});
}

TEST_F(CallPresenters, wordsOfAVerifiedPersonAreFoldedUntilAskedFor) {
  AppPresenter app(engine);
  engine.setCalls({test::activeCall(chiara())});
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::PutOff);
  app.call()->showWords();
  EXPECT_EQ(app.call()->shown().sas, CallPresenter::Ask);
}

TEST_F(CallPresenters, soundThatDoesNotFlowIsSaid) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  call.inSilent = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().troubleTitle.startsWith("They cannot hear you"));
  EXPECT_TRUE(app.call()->shown().troubleIsOwn);
  call.inSilent = false;
  EXPECT_GT(app.call()->shown().bars, 0);
  EXPECT_TRUE(app.call()->shown().statusLine.contains(" ms"));
  call.nothingReceived = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().bars, 0) << "what was measured before does not hold";
  EXPECT_FALSE(app.call()->shown().statusLine.contains(" ms"));
  EXPECT_EQ(app.call()->shown().troubleTitle, "Nothing received for 2 s");
  call.lastReceivedMs = steadyNowMs() - 7200;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().troubleTitle, "Nothing received for 7 s");
  EXPECT_EQ(app.call()->shown().peerWord, "nothing received for 7 s");
  call.nothingReceived = false;
  call.muted = true;
  call.inSilent = true;  // of course: it is muted
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().troubleTitle.isEmpty());
  EXPECT_EQ(app.call()->shown().ownWord, "muted");
}

TEST_F(CallPresenters, anIncomingCallIsAcceptedTrustedByAVerifiedPersonAndPrivateByAStranger) {
  AppPresenter app(engine);
  engine.setCalls({callWith(chiara(), CallState::Ringing, CallDirection::Incoming)});
  EXPECT_TRUE(app.incoming()->shown().ringing);
  EXPECT_EQ(app.screen(), AppPresenter::Lobby) << "ringing never takes the screen away";
  app.incoming()->accept();
  EXPECT_TRUE(engine.log.last().startsWith("answer trusted"));
  engine.setCalls({callWith(minh(), CallState::Ringing, CallDirection::Incoming, 2)});
  EXPECT_TRUE(app.incoming()->hideAddress());
  app.incoming()->accept();
  EXPECT_TRUE(engine.log.last().startsWith("answer private"));
  engine.personViews[3].relays = {engine.discoveredViews[0].fingerprint};
  engine.setCalls({callWith(minh(), CallState::Ringing, CallDirection::Incoming, 3)});
  EXPECT_FALSE(app.incoming()->hideAddress()) << "a relay of this network";
}

TEST_F(CallPresenters, aCallerWithAChangedKeyIsAnsweredMutedAndPrivate) {
  AppPresenter app(engine);
  engine.setCalls({callWith(amina(), CallState::Ringing, CallDirection::Incoming)});
  EXPECT_TRUE(app.incoming()->shown().microphoneOff);
  app.incoming()->accept();
  EXPECT_EQ(engine.log.size(), 1);
  EXPECT_TRUE(engine.log[0].startsWith("answer private"));
}

TEST_F(CallPresenters, aHeldVoiceIsSaidAndNoMuteButtonOpensIt) {
  AppPresenter app(engine);
  auto call = test::activeCall(amina());
  call.isCompareOnly = call.isVoiceHeld = call.muted = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().troubleTitle.contains("cannot hear you"));
  EXPECT_EQ(app.call()->shown().ownWord, "off until the words match");
  QSignalSpy said(app.call(), &CallPresenter::said);
  app.call()->toggleMute();
  app.call()->speakUnverified();
  EXPECT_TRUE(engine.log.isEmpty());
  EXPECT_EQ(said.size(), 1);
  call.canSpeakUnverified = true;
  engine.setCalls({call});
  app.call()->speakUnverified();
  EXPECT_EQ(engine.log, QStringList{"speakUnverified " + QString::fromStdString(call.call.hex())});
}

TEST_F(CallPresenters, aPeerWhoLeftIsSaidAtOnce) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  call.hasPeerLeft = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().statusLine.contains("lost the connection"));
  EXPECT_EQ(app.call()->shown().bars, 0) << "of a way on which nothing comes";
  EXPECT_EQ(app.call()->shown().ownWord, "not heard");
  EXPECT_TRUE(app.call()->shown().troubleTitle.contains("has left"));
}

TEST_F(CallPresenters, anotherUnverifiedKeyIsAQuietLine) {
  AppPresenter app(engine);
  auto call = callWith(minh(), CallState::Calling, CallDirection::Outgoing);
  call.isNewKey = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().keyTitle.contains("Another key"));
  EXPECT_FALSE(app.call()->shown().suspect);
}

TEST_F(CallPresenters, aPrivateCallLooksAtAChangedKeyFirst) {
  AppPresenter app(engine);
  auto changed = minh();
  changed.trust = engine::Trust::KeyChanged;
  engine.setPeople({changed, chiara()});
  QSignalSpy reviews(app.lobby(), &LobbyPresenter::reviewWanted);
  app.lobby()->callPrivately(QString::fromStdString(changed.fingerprint.hex()));
  EXPECT_EQ(reviews.size(), 1);
  EXPECT_TRUE(engine.log.isEmpty());
  const auto who = QString::fromStdString(chiara().fingerprint.hex());
  app.lobby()->callPrivately(who);
  EXPECT_EQ(engine.log, QStringList{"callPrivately " + who});
}

TEST_F(CallPresenters, blockingIsPassedOn) {
  AppPresenter app(engine);
  const auto who = QString::fromStdString(minh().fingerprint.hex());
  app.lobby()->setBlocked(who, true);
  app.lobby()->setBlocked(who, false);
  EXPECT_EQ(engine.log, (QStringList{"block " + who, "unblock " + who}));
}

TEST_F(CallPresenters, aSecondCallerEndsTheFirstCallOnlyWhenAccepted) {
  AppPresenter app(engine);
  const auto running = test::activeCall(minh());
  const auto second = callWith(chiara(), CallState::Ringing, CallDirection::Incoming, 2);
  engine.setCalls({running, second});
  EXPECT_TRUE(app.incoming()->shown().second);
  EXPECT_TRUE(app.incoming()->shown().title.endsWith("is calling too"));
  EXPECT_TRUE(app.incoming()->shown().endsSentence.contains(app.call()->shown().name));
  EXPECT_EQ(app.call()->shown().name, "Nguyễn Minh Anh");
  app.incoming()->accept();
  EXPECT_EQ(engine.log[0], "hangup " + QString::fromStdString(running.call.hex()));
  EXPECT_TRUE(engine.log[1].startsWith("answer trusted"));
}

}  // namespace
}  // namespace foyer::app
