// Links in the window: those on pictures, those to people, and one's own.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "app/foyer/app_presenter.h"
#include "app/foyer/qr_code.h"
#include "core/wire/link.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::RelayState;
using engine::Trust;

const QString kRelayLink = "foyer://relay/192.168.4.20:4710#84a4f10145fcff117225212d8df04937";

// As a screen shows it.
QImage codeOf(const QString& text) {
  const QImage modules = qrImageOf(text);
  constexpr int kEdge = 16;
  QImage paper(modules.size() * 4 + QSize(2 * kEdge, 2 * kEdge), QImage::Format_RGB32);
  paper.fill(Qt::white);
  QPainter(&paper).drawImage(QRect(QPoint(kEdge, kEdge), modules.size() * 4), modules);
  return paper;
}

struct Links : testing::Test {
  test::ScriptedEngine engine;
  QTemporaryDir folder;
  Links() {
    test::fillLobby(engine);
    engine.contactViews = test::contacts();
    QGuiApplication::clipboard()->clear();
  }
  QString saved(const QString& text, const char* name = "code.png") {
    const QString path = folder.filePath(name);
    EXPECT_TRUE(codeOf(text).save(path));
    return path;
  }
  static bool comes(PicturePresenter& picture) {
    return QTest::qWaitFor([&] { return !picture.busy(); });
  }
  [[nodiscard]] QString personLink(std::size_t person, const QString& name = {}) const {
    const auto& who = engine.personViews[person].fingerprint;
    return QString::fromStdString(
        wire::PersonLink{.person = who, .name = name.toStdString(), .relay = {}}.format());
  }
};

TEST_F(Links, aPictureOfARelaysCodeIsOfferedAndNotJoined) {
  AppPresenter app(engine);
  app.showContacts();
  engine.log.clear();
  app.picture()->readDropped({QUrl::fromLocalFile(saved(kRelayLink)).toString()});
  EXPECT_TRUE(app.picture()->busy());
  EXPECT_EQ(app.screen(), AppPresenter::Lobby) << "where it can be joined";
  ASSERT_TRUE(comes(*app.picture()));
  EXPECT_EQ(app.picture()->link(), kRelayLink);
  EXPECT_TRUE(app.picture()->error().isEmpty());
  EXPECT_TRUE(engine.log.isEmpty()) << "the person decides";
  EXPECT_TRUE(app.lobby()->join(app.picture()->link()));
  EXPECT_EQ(engine.log.last(), "connectRelay " + kRelayLink);
  app.picture()->clear();
  EXPECT_FALSE(app.picture()->active());
}

TEST_F(Links, aPersonsCodeIsOpenedLikeTheirLink) {
  AppPresenter app(engine);
  app.picture()->readFile(saved(personLink(1, "Chiara")));
  ASSERT_TRUE(comes(*app.picture()));
  EXPECT_FALSE(app.picture()->active());
  EXPECT_EQ(app.screen(), AppPresenter::Contact);
  EXPECT_EQ(app.contact()->shown().fingerprint.toStdString(),
            engine.personViews[1].fingerprint.hex());
}

TEST_F(Links, whatIsWrongWithAPictureIsSaidAndTheNextOneCounts) {
  AppPresenter app(engine);
  PicturePresenter& picture = *app.picture();
  picture.readFile(folder.filePath("none.png"));
  ASSERT_TRUE(comes(picture));
  EXPECT_TRUE(picture.error().contains("no such picture")) << picture.error().toStdString();
  picture.readFile(saved("https://example.org/"));
  ASSERT_TRUE(comes(picture));
  EXPECT_TRUE(picture.error().contains("not one of Foyer’s"));
  picture.readDropped({"https://example.org/code.png"});
  EXPECT_TRUE(picture.error().contains("downloads nothing"));
  picture.readDropped({"file:///a.png", "file:///b.png"});
  EXPECT_TRUE(picture.error().contains("more than one file"));
  // One is given up for another before it was read: the last one counts, alone.
  QSignalSpy found(&picture, &PicturePresenter::relayFound);
  const QString other = "foyer://relay/other.example:4433#84a4f10145fcff117225212d8df04937";
  picture.readFile(saved(kRelayLink));
  picture.clear();
  picture.readFile(saved(other, "other.png"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return picture.link() == other; }));
  EXPECT_EQ(found.count(), 1);
}

TEST_F(Links, aCopiedPictureIsPasted) {
  AppPresenter app(engine);
  PicturePresenter& picture = *app.picture();
  EXPECT_FALSE(picture.pasteable());
  picture.paste();
  EXPECT_TRUE(picture.error().contains("No picture was copied"));
  QGuiApplication::clipboard()->setImage(codeOf(kRelayLink));
  EXPECT_TRUE(picture.pasteable());
  picture.paste();
  ASSERT_TRUE(comes(picture));
  EXPECT_EQ(picture.link(), kRelayLink);
  QGuiApplication::clipboard()->setText("no picture");
  EXPECT_FALSE(picture.pasteable());
}

TEST_F(Links, aLinkToAKnownPersonSaysWhatItIsWorth) {
  AppPresenter app(engine);
  EXPECT_TRUE(app.openLink(personLink(1)));
  EXPECT_EQ(app.screen(), AppPresenter::Contact);
  EXPECT_EQ(app.contact()->shown().linkSentence, "The link contains the key that you verified.");
  EXPECT_TRUE(app.openLink(personLink(3)));
  ASSERT_EQ(engine.personViews[3].trust, Trust::NotVerified);
  EXPECT_TRUE(app.contact()->shown().linkSentence.contains("from their own screen"));
  EXPECT_FALSE(app.contact()->shown().verified) << "a link verifies nobody";
  // Opened from the list, no link led there.
  app.showContact(app.contact()->shown().fingerprint);
  EXPECT_TRUE(app.contact()->shown().linkSentence.isEmpty());
}

TEST_F(Links, aLinkToAStrangerShowsTheKeyAndOffersTheRelay) {
  AppPresenter app(engine);
  const auto stranger = test::key(6, 0x99);
  wire::PersonLink link{.person = stranger, .name = "Sofia", .relay = {}};
  EXPECT_TRUE(app.openLink(QString::fromStdString(link.format())));
  const PersonLinkShown& shown = app.personLink()->shown();
  EXPECT_TRUE(shown.open);
  EXPECT_EQ(shown.title, "A link to Sofia");
  EXPECT_EQ(shown.key.join("").toStdString(), stranger.hex());
  EXPECT_FALSE(shown.joinable);
  app.personLink()->close();
  EXPECT_FALSE(shown.open);

  link.relay = *wire::parseRelayLink(kRelayLink.toStdString());
  engine.log.clear();
  EXPECT_TRUE(app.openLink(QString::fromStdString(link.format())));
  EXPECT_TRUE(shown.joinable);
  EXPECT_TRUE(shown.sentence.contains("192.168.4.20:4710"));
  EXPECT_TRUE(engine.log.isEmpty()) << "nothing is joined unasked";
  app.personLink()->join();
  EXPECT_EQ(engine.log.last(), "connectRelay " + kRelayLink);
  // They come: from here to their page.
  EXPECT_FALSE(shown.here);
  auto people = engine.personViews;
  auto sofia = people[3];
  sofia.fingerprint = stranger;
  people.push_back(sofia);
  engine.setPeople(people);
  EXPECT_TRUE(shown.here);
  EXPECT_FALSE(shown.joinable);
  app.personLink()->showPerson();
  EXPECT_FALSE(shown.open);
  EXPECT_EQ(app.screen(), AppPresenter::Contact);
}

TEST_F(Links, theOwnLinkAndADamagedOneAreSaid) {
  AppPresenter app(engine);
  EXPECT_TRUE(app.openLink(app.ownCode()->link()));
  EXPECT_EQ(app.personLink()->shown().title, "This is your own code");
  EXPECT_FALSE(app.personLink()->shown().here);
  app.personLink()->close();
  EXPECT_FALSE(app.openLink("foyer://person/nobody"));
  EXPECT_TRUE(app.lobby()->joinError().contains("link to a person is damaged"));
}

TEST_F(Links, theOwnCodeHasKeyAndNameAndARelayOnlyOnDemandAndNeverAnInvite) {
  AppPresenter app(engine);
  OwnCodePresenter& own = *app.ownCode();
  auto link = wire::parsePersonLink(own.link().toStdString());
  ASSERT_TRUE(link);
  EXPECT_EQ(link->person, engine.identity().fingerprint);
  EXPECT_EQ(link->name, engine.identity().alias);
  EXPECT_FALSE(link->relay);
  EXPECT_FALSE(own.relay().isEmpty()) << "the lobby's relay could be named";
  QSignalSpy changed(&own, &OwnCodePresenter::changed);
  own.setWithRelay(true);
  EXPECT_EQ(changed.count(), 1);
  link = wire::parsePersonLink(own.link().toStdString());
  ASSERT_TRUE(link && link->relay);
  // A relay of one's own that asks for invites is not named: its plain link lets nobody in.
  auto hosted = test::servingRelay();
  hosted.asksInvite = true;
  hosted.link = "foyer://relay/10.0.0.9:4433?invite=secret-token#84a4f10145fcff117225212d8df04937";
  engine.setRelays({});
  engine.setHosted(hosted);
  EXPECT_FALSE(wire::parsePersonLink(own.link().toStdString())->relay);
  EXPECT_TRUE(own.relay().isEmpty());
  hosted.asksInvite = false;
  engine.setHosted(hosted);
  EXPECT_EQ(own.relay(), "10.0.0.9:4433");
  EXPECT_FALSE(own.link().contains("secret-token"));
  own.copy();
  EXPECT_EQ(QGuiApplication::clipboard()->text(), own.link());
}

TEST_F(Links, aPastCallOfSomebodyWhoIsNotKeptSaysSo) {
  AppPresenter app(engine);
  app.showHistory();
  app.showContact(QString::fromStdString(test::key(6, 0x98).hex()));
  EXPECT_EQ(app.screen(), AppPresenter::History);
  EXPECT_TRUE(app.toast()->text().contains("Nothing is kept"));
}

}  // namespace
}  // namespace foyer::app
