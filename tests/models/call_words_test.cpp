// What the call's page says of the other side, and of keys that somebody may have tampered with.
#include <gtest/gtest.h>

#include "app/foyer/app_presenter.h"
#include "app/foyer/path_text.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

struct CallWords : testing::Test {
  test::ScriptedEngine engine;
  CallWords() { test::fillLobby(engine); }
  [[nodiscard]] engine::PersonView minh() const { return engine.personViews[3]; }
};

TEST_F(CallWords, whoIsMutedOverThereIsSaidToBe) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  engine.setCalls({call});
  EXPECT_NE(app.call()->shown().peerWord, "muted");
  call.isPeerMuted = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().peerWord, "muted");
  EXPECT_FALSE(app.call()->shown().peerTrouble) << "they meant to";
  call.nothingReceived = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().peerWord.startsWith("nothing received")) << "the worse first";
}

TEST_F(CallWords, aKeyThatWasGuessedAtIsSaidUntilTheWordsAreCompared) {
  AppPresenter app(engine);
  auto call = test::activeCall(minh());
  call.isGuessedAt = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().troubleTitle.startsWith("Compare the words"));
  EXPECT_TRUE(app.call()->shown().troubleAdvice.contains("broke off"));
  call.sas->verified = call.sas->isConfirmed = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().troubleTitle.isEmpty());
}

TEST_F(CallWords, theCallThatSpentTheThirdGuessSaysSoWhenItEnds) {
  AppPresenter app(engine);
  auto call = test::callWith(minh(), engine::CallState::Securing, engine::CallDirection::Outgoing);
  engine.setCalls({call});
  call.state = engine::CallState::Ended;
  call.reason = engine::EndReason::NotSecured;
  call.isGuessedAt = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().stage, CallPresenter::Ended);
  EXPECT_TRUE(app.call()->shown().sentence.contains("guessed at the words"));
}

TEST_F(CallWords, aCallForComparingStaysOnTheRelayBecauseOfTheWords) {
  auto call = test::activeCall(minh());
  call.stats.path = "relay";
  call.stats.pathReason = client::PathReason::Private;
  call.privateMode = call.isOwnPrivate = call.isCompareOnly = true;
  EXPECT_TRUE(pathTextOf(call, {.name = "Workshop"})
                  .sentence.contains("until you have compared the words"));
}

}  // namespace
}  // namespace foyer::app
