// Contacts and the order of the lobby, by mouse and keyboard.
#include <QQuickItem>

#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;

struct ContactScreens : Screens {
  [[nodiscard]] QString hexOf(std::size_t person) const {
    return QString::fromStdString(engine.personViews[person].fingerprint.hex());
  }
  void fill() {
    test::fillLobby(engine);
    engine.contactViews = test::contacts();
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(window->quickWindow(), key, modifiers);
    settle();
  }
  void openMenuOfFirstRow() {
    press(Qt::Key_F, Qt::ControlModifier);
    press(Qt::Key_Down);
    press(Qt::Key_Menu);
  }
  [[nodiscard]] static QString textIn(const QString& field) {
    return Screens::find(field, QAccessible::EditableText)->object()->property("text").toString();
  }
};

TEST_F(ContactScreens, aNameIsGivenByKeysAloneAndKeptWhenThePageIsLeft) {
  fill();
  engine.setPeople({engine.personViews[3]});
  open();
  openMenuOfFirstRow();
  press(Qt::Key_Space);
  ASSERT_EQ(window->app().screen(), AppPresenter::Contact);
  for (const char letter : {'M', 'i', 'n', 'h'}) QTest::keyClick(window->quickWindow(), letter);
  EXPECT_EQ(textIn("Your name for them"), "Minh");
  press(Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
  EXPECT_EQ(engine.personViews[0].alias, "Minh");
  EXPECT_EQ(engine.personViews[0].signedAlias, "Nguyễn Minh Anh");
}

TEST_F(ContactScreens, aStarIsGivenByTheMenuOfTheRow) {
  fill();
  engine.setPeople({engine.personViews[3]});
  open();
  openMenuOfFirstRow();
  press(Qt::Key_Down);
  press(Qt::Key_Space);
  EXPECT_TRUE(engine.personViews[0].isFavourite);
  openMenuOfFirstRow();
  click("Remove Nguyễn Minh Anh from favourites");
  EXPECT_FALSE(engine.personViews[0].isFavourite);
}

TEST_F(ContactScreens, whatIsChosenForAContactIsInForceAtOnce) {
  fill();
  open();
  press(Qt::Key_P, Qt::ControlModifier);
  ASSERT_EQ(window->app().screen(), AppPresenter::Contacts);
  press(Qt::Key_Return);
  ASSERT_EQ(window->app().screen(), AppPresenter::Contact);
  EXPECT_EQ(textIn("Your name for them"), "Chiara from the choir");
  choose("Ask me");
  EXPECT_EQ(engine.contact(engine.personViews[1].fingerprint)->policy, engine::ContactPolicy::Ask);
  click("How their calls ring: Like everyone else’s", QAccessible::ComboBox);
  press(Qt::Key_Down);
  press(Qt::Key_Return);
  EXPECT_EQ(engine.contact(engine.personViews[1].fingerprint)->ring, "silent");
  click("How their calls ring: Without a sound", QAccessible::ComboBox);
  press(Qt::Key_Down);
  press(Qt::Key_Down);
  press(Qt::Key_Return);
  EXPECT_EQ(engine.contact(engine.personViews[1].fingerprint)->ring, "knock");
  click("Play how their calls ring");
  EXPECT_EQ(engine.log.last(), "playRing knock");
  press(Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Contacts) << "back to where it was opened";
  press(Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(ContactScreens, aPastCallLeadsToThePageByKeysAndByTheMouse) {
  fill();
  engine.pastCalls = test::pastCalls();
  open();
  press(Qt::Key_H, Qt::ControlModifier);
  ASSERT_EQ(window->app().screen(), AppPresenter::History);
  // From the list to the first row's name.
  const QString name = window->app()
                           .history()
                           ->data(window->app().history()->index(0), HistoryModel::NameRole)
                           .toString();
  const QString first = window->app().history()->fingerprintAt(0);
  const auto hasFocus = [&] {
    const QAccessibleInterface* page = Screens::find("Page of " + name);
    return page != nullptr && page->state().focused;
  };
  for (int tabs = 0; tabs < 12 && !hasFocus(); ++tabs) press(Qt::Key_Tab);
  ASSERT_TRUE(hasFocus()) << name.toStdString();
  engine.log.clear();
  press(Qt::Key_Return);
  ASSERT_EQ(window->app().screen(), AppPresenter::Contact);
  EXPECT_EQ(window->app().contact()->shown().fingerprint, first);
  EXPECT_FALSE(engine.log.join(' ').contains("call")) << "nobody is called";
  press(Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::History) << "back to where it was opened";
  click("Page of " + name);
  EXPECT_EQ(window->app().screen(), AppPresenter::Contact);
}

TEST_F(ContactScreens, aLinkToAStrangerOffersTheirRelay) {
  fill();
  open();
  window->app().openLink(
      "foyer://person/00112233445566778899aabbccddeeff?name=Sofia&relay=foyer%3A%2F%2Frelay%2F"
      "10.0.0.9%3A4433%2384a4f10145fcff117225212d8df04937");
  settle();
  EXPECT_TRUE(has("Close"));
  click("Join the relay");
  EXPECT_EQ(engine.log.last(),
            "connectRelay foyer://relay/10.0.0.9:4433#84a4f10145fcff117225212d8df04937");
  press(Qt::Key_Escape);
  EXPECT_FALSE(has("Join the relay"));
  EXPECT_FALSE(window->app().personLink()->shown().open);
}

TEST_F(ContactScreens, forgettingIsAskedAndDoesNotKeepWhatStandsInTheFields) {
  fill();
  open(960, 900);
  window->app().showContact(hexOf(1));
  settle();
  click("Forget Chiara from the choir");
  EXPECT_FALSE(engine.log.contains("removeContact " + hexOf(1)));
  click("Forget");
  EXPECT_TRUE(engine.log.contains("removeContact " + hexOf(1)));
  EXPECT_FALSE(engine.log.contains("changeContact " + hexOf(1)));
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(ContactScreens, theQuestionHowACallGoesIsAnsweredByKeysAndGoneWhenSomebodyCalls) {
  fill();
  ASSERT_TRUE(engine.changeContact(engine.personViews[1].fingerprint,
                                   {.policy = engine::ContactPolicy::Ask}));
  open();
  window->app().lobby()->call(hexOf(1));
  settle();
  ASSERT_TRUE(has("Through the relay"));
  press(Qt::Key_Space);
  EXPECT_EQ(engine.log.last(), "callPrivately " + hexOf(1)) << "the way that tells nothing";
  window->app().lobby()->call(hexOf(1));
  settle();
  press(Qt::Key_Escape);
  EXPECT_EQ(window->app().lobby()->askedName(), "");
  window->app().lobby()->call(hexOf(1));
  engine.setCalls(
      {test::callWith(engine.personViews[2], CallState::Ringing, CallDirection::Incoming)});
  settle();
  EXPECT_FALSE(has("Through the relay"));
  EXPECT_EQ(engine.log.filter("call").size(), 1);
}

TEST_F(ContactScreens, whoAsksIsGivenTwoWaysToAccept) {
  fill();
  open();
  auto ringing =
      test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming, 2);
  ringing.policy = engine::ContactPolicy::Ask;
  engine.setCalls({ringing});
  settle();
  EXPECT_FALSE(has("Hide my address (relay only)", QAccessible::CheckBox));
  click("Accept directly with Chiara Rossi");
  EXPECT_EQ(engine.log.last(), "answer trusted " + QString::fromStdString(ringing.call.hex()));
}

TEST_F(ContactScreens, theOrderIsChosenInTheLobby) {
  fill();
  open();
  click("Order of the list");
  test::clickControl(*test::findControl("By name"));  // the menu is gone then
  settle();
  EXPECT_EQ(engine.settings["lobby_sort"], "name");
}

}  // namespace
}  // namespace foyer::app
