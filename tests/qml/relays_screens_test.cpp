#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QPainter>
#include <QTemporaryDir>
#include <QUrl>

#include "app/foyer/qr_code.h"
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

QString id(const engine::RelayView& view) { return QString::fromStdString(view.fingerprint.hex()); }

TEST_F(Screens, theChipOpensTheRelaysAndTheirOrderIsChosenThere) {
  test::fillLobby(engine);
  engine.relayViews = test::joinedRelays();
  open();
  click("Relay state: 2 relays Hana’s desk, studio.example. Opens the list of relays");
  EXPECT_EQ(window->app().screen(), AppPresenter::Relays);
  const QString studio = id(engine.relayViews[1]);
  click("Prefer studio.example");
  EXPECT_EQ(engine.log.last(), "moveRelay " + studio + " -1");
  click("Put studio.example further down");
  EXPECT_EQ(engine.log.last(), "moveRelay " + studio + " 1");
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
}

TEST_F(Screens, aRelayIsLeftAfterASecondQuestionAndStayHasTheFocus) {
  test::fillLobby(engine);
  engine.relayViews = test::joinedRelays();
  open();
  window->app().showRelays();
  settle();
  const QString club = id(engine.relayViews[2]);
  click("Key of club.example and what can be done");
  click("Leave club.example");
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_FALSE(engine.log.contains("forgetRelay " + club)) << "Enter stays";
  click("Leave club.example");
  click("Leave and forget club.example");
  EXPECT_TRUE(engine.log.contains("forgetRelay " + club));
  EXPECT_FALSE(has("Fold club.example"));
}

TEST_F(Screens, beforeARelayIsStartedBesideAnotherThatOneIsOffered) {
  test::fillLobby(engine);
  engine.discoveredViews.push_back({test::key(5, 0x61), "Workshop", "foyer://relay/b"});
  open();
  const QString another = "Another relay is already running on this network: Workshop";
  EXPECT_TRUE(has(another, QAccessible::StaticText)) << "below the switch in the lobby";
  window->app().showRelay();
  settle();
  EXPECT_TRUE(has(another, QAccessible::StaticText));
  click("Join it");
  EXPECT_EQ(engine.log.last(),
            "joinDiscovered " + QString::fromStdString(test::key(5, 0x61).hex()));
  auto joined = engine.relayViews;
  joined.push_back(test::relay(engine::RelayState::Connecting));
  joined.back().fingerprint = test::key(5, 0x61);
  engine.setRelays(joined);
  settle();
  EXPECT_FALSE(has("Join it"));
  const auto* onOff = find("Relay on this computer", QAccessible::CheckBox);
  ASSERT_NE(onOff, nullptr);
  EXPECT_TRUE(onOff->state().focused) << "the keyboard goes on from there";
}

TEST_F(Screens, withoutANetworkTheLinkIsMarkedAndNoCodeIsShownUntilThereIsOne) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  engine.hostedView.warning = Fault{.stage = "reach", .code = "only_here", .retryable = true};
  open();
  window->app().showRelay();
  settle();
  const QString strip = "Only this computer can reach the relay, because there is no network now";
  EXPECT_TRUE(has(strip, QAccessible::StaticText));
  EXPECT_TRUE(has("The link, for this computer only", QAccessible::Heading));
  EXPECT_FALSE(has("Show the QR code"));
  auto view = engine.hostedView;
  view.warning.reset();
  engine.setHosted(view);
  settle();
  EXPECT_FALSE(has(strip, QAccessible::StaticText));
  EXPECT_TRUE(has("The link of this relay", QAccessible::Heading));
  EXPECT_TRUE(has("Show the QR code"));
}

// A picture of a code, as the clipboard has it after "Copy picture".
QImage codeOf(const QString& text) {
  const QImage code = qrImageOf(text);
  QImage paper(code.size() * 4 + QSize(40, 40), QImage::Format_RGB32);
  paper.fill(Qt::white);
  QPainter(&paper).drawImage(QRect(QPoint(20, 20), code.size() * 4), code);
  return paper;
}

TEST_F(Screens, aCopiedPictureOfACodeFillsTheLinkAndJoinsWhenItIsPressed) {
  const QString link = "foyer://relay/192.168.4.20:4710#84a4f10145fcff117225212d8df04937";
  test::fillLobby(engine);
  open();
  click("Join a relay by link");
  QGuiApplication::clipboard()->setImage(codeOf(link));
  // The field for text has the focus.
  QTest::keyClick(window->quickWindow(), Qt::Key_V, Qt::ControlModifier);
  const auto* picture = window->app().picture();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !picture->link().isEmpty(); }, test::kFrameDeadlineMs));
  settle();
  EXPECT_EQ(find("Relay link", QAccessible::EditableText)->object()->property("text"), link);
  EXPECT_FALSE(engine.log.contains("connectRelay " + link)) << "the person decides";
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_EQ(engine.log.last(), "connectRelay " + link);
  EXPECT_FALSE(has("Relay link", QAccessible::EditableText)) << "the strip is closed";
  EXPECT_FALSE(picture->active());
  QGuiApplication::clipboard()->clear();
}

TEST_F(Screens, aFileThatIsDroppedOntoTheWindowIsReadInTheStrip) {
  const QString link = "foyer://relay/192.168.4.20:4710#84a4f10145fcff117225212d8df04937";
  QTemporaryDir folder;
  const QString path = folder.filePath("code.png");
  ASSERT_TRUE(codeOf(link).save(path));
  test::fillLobby(engine);
  open();
  window->app().showContacts();
  settle();
  QMimeData files;
  files.setUrls({QUrl::fromLocalFile(path)});
  QQuickWindow& shown = *window->quickWindow();
  QDragEnterEvent enter({400, 400}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&shown, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop({400, 400}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&shown, &drop);
  const auto* picture = window->app().picture();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !picture->link().isEmpty(); }, test::kFrameDeadlineMs));
  settle();
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
  EXPECT_EQ(find("Relay link", QAccessible::EditableText)->object()->property("text"), link);
  click("Cancel");
  EXPECT_FALSE(picture->active());
}

TEST_F(Screens, aRelayOfThisNetworkIsJoinedAndItsKeyCompared) {
  test::fillLobby(engine);
  engine.relayViews = test::joinedRelays();
  engine.discoveredViews.push_back({test::key(5, 0x61), "Workshop", "foyer://relay/b"});
  open();
  window->app().showRelays();
  settle();
  click("Join the relay Workshop");
  EXPECT_TRUE(engine.log.last().startsWith("joinDiscovered"));
  click("Key of studio.example and what can be done");
  click("I compared the key: it matches");
  EXPECT_EQ(engine.log.last(), "confirmRelayKey " + id(engine.relayViews[1]));
  EXPECT_FALSE(has("I compared the key: it matches"));
}

// ---- the relay on this computer

TEST_F(Screens, theLinkOfTheRelayIsACodeWithTheLinkAsItsName) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  open();
  window->app().showRelay();
  settle();
  const QString name = "QR code of the link " + QString::fromStdString(test::servingRelay().link);
  EXPECT_FALSE(has(name, QAccessible::Graphic));
  click("Show the QR code");
  EXPECT_TRUE(has(name, QAccessible::Graphic));
  click("Hide the QR code");
  EXPECT_FALSE(has(name, QAccessible::Graphic));
}

TEST_F(Screens, invitesAreMadeShownAndTakenBackOnThePageOfTheRelay) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  open(960, 1500);
  window->app().showRelay();
  settle();
  EXPECT_FALSE(has("New invite for one hour"));
  click("Only with an invite", QAccessible::CheckBox);
  EXPECT_EQ(engine.settings["relay_invite_only"], "on");
  EXPECT_FALSE(has("Copy the link")) << "by the link alone nobody gets in";
  click("New invite for one hour");
  EXPECT_EQ(engine.log.last(), "makeInvite 3600");
  click("Show the QR code of invite 1");
  EXPECT_TRUE(has("Hide the QR code of invite 1"));
  click("Take back invite 1");
  EXPECT_EQ(engine.log.last(), "revokeInvite 1");
  EXPECT_FALSE(has("Take back invite 1"));
}

TEST_F(Screens, thePortIsChosenWhileTheRelayIsOff) {
  test::fillLobby(engine);
  open(960, 1300);
  window->app().showRelay();
  settle();
  QAccessibleInterface* box = find("UDP port of the relay", QAccessible::EditableText);
  ASSERT_NE(box, nullptr);
  ASSERT_TRUE(test::clickControl(*box));
  for (const char letter : QByteArray("80")) QTest::keyClick(window->quickWindow(), letter);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_EQ(engine.settings["relay_port"], "") << "that port is the system's";
  EXPECT_FALSE(window->app().relayAccess()->portError().isEmpty());
  for (const char letter : QByteArray("80")) QTest::keyClick(window->quickWindow(), letter);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  EXPECT_EQ(engine.settings["relay_port"], "8080");
  click("Start with Foyer", QAccessible::CheckBox);
  EXPECT_EQ(engine.settings["host_relay"], "on");
}

TEST_F(Screens, quittingAsksWhileOthersAreOnTheRelay) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  engine.hostedView.calls = 0;
  test::hostThePeople(engine);
  open();
  window->quickWindow()->close();
  settle();
  EXPECT_TRUE(has("Quit now"));
  EXPECT_FALSE(has("Stop the relay when the calls end")) << "no call has to end";
  click("Stay");
  EXPECT_TRUE(window->quickWindow()->isVisible());
}

}  // namespace
}  // namespace foyer::app
