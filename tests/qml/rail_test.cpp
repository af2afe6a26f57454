// The rail beside the pages: where it leads, by mouse and by keys, and where it is not.
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

class Rail : public Screens {
 protected:
  // The name of what has the keyboard.
  [[nodiscard]] QString focused() const {
    QQuickItem* item = window->quickWindow()->activeFocusItem();
    QAccessibleInterface* node = item ? QAccessible::queryAccessibleInterface(item) : nullptr;
    return node ? node->text(QAccessible::Name) : QString();
  }
  void press(Qt::Key key) {
    QTest::keyClick(window->quickWindow(), key);
    settle();
  }
  // The entries that a screen reader says are chosen.
  static QStringList chosen() {
    QStringList names;
    test::walkWindows([&names](QAccessibleInterface& node) {
      if (node.role() == QAccessible::PageTab && node.state().selected)
        names.append(node.text(QAccessible::Name));
    });
    return names;
  }
};

TEST_F(Rail, leadsFromEachPageToEachOther) {
  test::fillLobby(engine);
  open();
  EXPECT_FALSE(has("Lobby", QAccessible::PageTab)) << "the lobby is home";
  window->app().showSettings(SettingsModel::You);
  settle();
  const std::vector<std::pair<QString, int>> pages = {{"History", AppPresenter::History},
                                                      {"Contacts", AppPresenter::Contacts},
                                                      {"Network", AppPresenter::Network},
                                                      {"Relays", AppPresenter::Relays},
                                                      {"Diagnostics", AppPresenter::Diagnostics},
                                                      {"Settings", AppPresenter::Settings},
                                                      {"Lobby", AppPresenter::Lobby}};
  for (const auto& [name, screen] : pages) {
    click(name, QAccessible::PageTab);
    EXPECT_EQ(window->app().screen(), screen);
    if (screen == AppPresenter::Lobby) break;
    EXPECT_EQ(chosen(), QStringList{name});
    EXPECT_FALSE(has("Lobby")) << "no second way home on " << name.toStdString();
  }
}

TEST_F(Rail, aPageOpenedFromAnotherCountsAsThatOneAndLeadsBackToIt) {
  test::fillLobby(engine);
  open();
  window->app().showRelay();
  settle();
  EXPECT_EQ(chosen(), QStringList{"Relays"});
  click("Relays", QAccessible::PageTab);
  EXPECT_EQ(window->app().screen(), AppPresenter::Relays);
}

TEST_F(Rail, isOneTabStopAndTheArrowKeysMoveInIt) {
  test::fillLobby(engine);
  open();
  window->app().showNetwork();
  settle();
  press(Qt::Key_F6);
  EXPECT_EQ(focused(), "Network");
  press(Qt::Key_Tab);
  EXPECT_EQ(focused(), "How calls connect") << "out of the rail";
  press(Qt::Key_F6);
  EXPECT_EQ(focused(), "Network");
  press(Qt::Key_Down);
  EXPECT_EQ(focused(), "Relays");
  press(Qt::Key_Home);
  press(Qt::Key_Up);
  EXPECT_EQ(focused(), "Lobby") << "it has an end";
  press(Qt::Key_Down);
  EXPECT_EQ(focused(), "History");
  EXPECT_EQ(window->app().screen(), AppPresenter::Network) << "moving opens nothing";
  press(Qt::Key_Return);
  EXPECT_EQ(window->app().screen(), AppPresenter::History);
  press(Qt::Key_F6);
  EXPECT_EQ(focused(), "History");
  press(Qt::Key_F6);
  EXPECT_EQ(focused(), "Past calls") << "back in the page, where the focus was";
  press(Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Rail, f6GoesRoundTheLobbyWithPeopleAndWithout) {
  test::fillLobby(engine);
  open();
  for (const bool isEmpty : {false, true}) {
    if (isEmpty) engine.setPeople({});
    settle();
    QStringList regions;
    for (int at = 0; at < 4; ++at) {
      press(Qt::Key_F6);
      regions.append(focused());
    }
    EXPECT_EQ(regions.count(regions.last()), regions.first() == regions.last() ? 2 : 1);
    EXPECT_EQ(QSet<QString>(regions.begin(), regions.end()).size(), 3)
        << regions.join(", ").toStdString();
  }
}

TEST_F(Rail, f6GoesRoundTheCallAndItsDiagnostics) {
  test::fillLobby(engine);
  engine.callViews = {test::activeCall(test::lobbyPeople()[3])};
  open(1280, 800);
  for (const int regions : {2, 3}) {
    if (regions == 3) press(Qt::Key_F12);
    settle();
    QStringList seen;
    for (int at = 0; at < 2 * regions; ++at) {
      press(Qt::Key_F6);
      seen.append(focused());
    }
    EXPECT_EQ(QSet<QString>(seen.begin(), seen.end()).size(), regions)
        << seen.join(", ").toStdString();
    EXPECT_EQ(seen.mid(0, regions), seen.mid(regions)) << seen.join(", ").toStdString();
  }
}

TEST_F(Rail, ctrlEnterInTheSearchCallsTheFirstWhoWasFound) {
  test::fillLobby(engine);
  open();
  QTest::keyClick(window->quickWindow(), Qt::Key_F, Qt::ControlModifier);
  for (const char letter : std::string_view("tom")) QTest::keyClick(window->quickWindow(), letter);
  settle();
  ASSERT_EQ(window->app().people()->rowCount(), 1);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return, Qt::ControlModifier);
  const auto people = test::lobbyPeople();
  const auto tomasz = std::find_if(people.begin(), people.end(), [](const auto& person) {
    return person.alias.starts_with("Tomasz");
  });
  ASSERT_NE(tomasz, people.end());
  EXPECT_EQ(engine.log.last(), "call " + QString::fromStdString(tomasz->fingerprint.hex()));
  engine.log.clear();
  click("Join a relay by link");
  QTest::keyClick(window->quickWindow(), Qt::Key_Return, Qt::ControlModifier);
  EXPECT_TRUE(engine.log.filter("call ").isEmpty()) << "a link was to be typed";
}

TEST_F(Rail, staysWholeInALowWindowAndGivesWayInANarrowOne) {
  test::fillLobby(engine);
  open(640, 480);
  window->app().showSettings(SettingsModel::You);
  settle();
  QAccessibleInterface* last = find("Settings", QAccessible::PageTab);
  ASSERT_NE(last, nullptr);
  EXPECT_TRUE(window->quickWindow()->geometry().contains(last->rect()));
  window->quickWindow()->resize(480, 640);
  settle();
  EXPECT_FALSE(has("Settings", QAccessible::PageTab));
  click("Lobby");
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Rail, isNotBesideACallNorBesideWhatIsOpenedFromIt) {
  test::fillLobby(engine);
  engine.callViews = {test::activeCall(engine.personViews[1])};
  open();
  EXPECT_FALSE(has("Lobby", QAccessible::PageTab));
  window->app().showDiagnostics();
  settle();
  EXPECT_FALSE(has("Lobby", QAccessible::PageTab));
  click("Call");
  EXPECT_EQ(window->app().screen(), AppPresenter::Call);
}

TEST_F(Rail, tellsMissedCallsByItsEntry) {
  test::fillLobby(engine);
  engine.pastCalls = test::pastCalls();
  open();
  window->app().showNetwork();
  settle();
  EXPECT_TRUE(has("History, missed: 1", QAccessible::PageTab));
}

}  // namespace
}  // namespace foyer::app
