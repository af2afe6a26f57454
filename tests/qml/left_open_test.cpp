// What stands open when a call comes, or when another page does.
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;

struct LeftOpen : Screens {
  void showTheWords() {
    window->app().showSettings(SettingsModel::You);
    settle();
    click("Back up your identity");
    click("Show the words");
    ASSERT_FALSE(window->app().backup()->words().isEmpty());
  }
  void expectTheWordsAreGone() {
    settle();
    EXPECT_TRUE(window->app().backup()->words().isEmpty());
    EXPECT_EQ(window->app().backup()->open(), BackupPresenter::Nothing);
    EXPECT_FALSE(has("Hide the words") || has("Show the words"));
  }
};

TEST_F(LeftOpen, theWordsDoNotWaitForTheEndOfACall) {
  test::fillLobby(engine);
  for (int at = 1; at <= 24; ++at) engine.words.push_back("word" + std::to_string(at));
  open();
  showTheWords();
  engine.setCalls(
      {test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  expectTheWordsAreGone();
  engine.setCalls({});
  expectTheWordsAreGone();
}

TEST_F(LeftOpen, theWordsAreGoneWithTheirPage) {
  test::fillLobby(engine);
  for (int at = 1; at <= 24; ++at) engine.words.push_back("word" + std::to_string(at));
  open();
  showTheWords();
  window->app().showNetwork();
  expectTheWordsAreGone();
  window->app().showSettings(SettingsModel::You);
  expectTheWordsAreGone();
}

TEST_F(LeftOpen, aMenuOfTheLobbyDoesNotStandOverACall) {
  test::fillLobby(engine);
  open();
  click("Order of the list");
  ASSERT_TRUE(test::findControl("By name") != nullptr);
  engine.setCalls({test::activeCall(engine.personViews[1])});
  settle();
  EXPECT_TRUE(test::findControl("By name") == nullptr);
  engine.setCalls({});
  settle();
  EXPECT_TRUE(test::findControl("By name") == nullptr);
}

}  // namespace
}  // namespace foyer::app
