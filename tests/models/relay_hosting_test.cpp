// The relay on this computer: who may come in, how it runs, its log, and who is connected.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

#include "app/foyer/qr_code.h"
#include "app/foyer/relay_access.h"
#include "app/foyer/relay_guests_model.h"
#include "app/foyer/relay_presenter.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

class RelayHosting : public testing::Test {
 protected:
  RelayHosting() { test::fillLobby(engine); }
  test::ScriptedEngine engine;
};

TEST_F(RelayHosting, invitesAreMadeForAnHourADayOrUntilTheyAreTakenBack) {
  engine.hostedView = test::servingRelay();
  RelayAccess access(engine);
  QString said;
  QObject::connect(&access, &RelayAccess::said, [&](const QString& text) { said = text; });
  access.makeInvite(RelayAccess::Hour);
  EXPECT_EQ(engine.log.last(), "makeInvite 3600");
  EXPECT_EQ(said, "Invite made and copied.");
  EXPECT_EQ(QGuiApplication::clipboard()->text(), QString::fromStdString(engine.hostedView.link));
  access.makeInvite(RelayAccess::Day);
  EXPECT_EQ(engine.log.last(), "makeInvite 86400");
  access.makeInvite(RelayAccess::Endless);
  EXPECT_EQ(engine.log.last(), "makeInvite -1");
  EXPECT_EQ(access.invites().first().at(1), "Valid until you take it back");
  access.revokeInvite(0);
  EXPECT_EQ(engine.log.last(), "revokeInvite 3");
  engine.faultOfInvite = Fault{.stage = "relay", .code = "too_many_invites"};
  access.makeInvite(RelayAccess::Hour);
  EXPECT_TRUE(access.inviteError().startsWith("There are too many invites already"));
}

TEST_F(RelayHosting, anInviteSaysWhenItEndsAndOneThatIsOverIsNotCopiedAsGood) {
  engine.hostedView = test::invitingRelay();
  const RelayAccess access(engine);
  ASSERT_EQ(access.invites().size(), 3);
  EXPECT_TRUE(access.invites()[0][1].startsWith("Valid until "));
  EXPECT_EQ(access.invites()[0][2], "good");
  EXPECT_TRUE(access.invites()[2][1].startsWith("Expired at "));
  EXPECT_EQ(access.invites()[2][2], "over");
}

TEST_F(RelayHosting, aPortIsANumberThatThisComputerMayUse) {
  RelayAccess access(engine);
  EXPECT_TRUE(access.choosePort(" 4710 "));
  EXPECT_EQ(engine.settings["relay_port"], "4710");
  for (const char* bad : {"80", "65536", "x", "-1", "47 10"}) {
    EXPECT_FALSE(access.choosePort(bad)) << bad;
    EXPECT_FALSE(access.portError().isEmpty());
  }
  EXPECT_EQ(engine.settings["relay_port"], "4710");
  EXPECT_TRUE(access.choosePort(""));
  EXPECT_EQ(access.port(), "");
}

TEST_F(RelayHosting, settingsAreAppliedAtOnceAndGoBackToWhatIsByItself) {
  RelayAccess access(engine);
  const QSignalSpy changed(&access, &RelayAccess::changed);
  access.setStartsWithFoyer(true);
  access.setAnnounces(false);
  access.setInviteOnly(true);
  EXPECT_EQ(engine.settings["host_relay"], "on");
  EXPECT_EQ(engine.settings["relay_announce"], "off");
  EXPECT_EQ(engine.settings["relay_invite_only"], "on");
  EXPECT_EQ(access.people(), 3);
  EXPECT_EQ(access.peopleNames().last(), "1000");
  access.choosePeople(0);
  EXPECT_EQ(engine.settings["relay_max_people"], "8");
  access.chooseRate(1);
  EXPECT_EQ(engine.settings["relay_max_kbps"], "128");
  access.choosePeople(3);
  EXPECT_EQ(engine.settings["relay_max_people"], "");
  EXPECT_EQ(changed.count(), 6);
  // What a script set is none of the choices, and none is shown as chosen.
  engine.setSetting("relay_max_people", "77");
  EXPECT_EQ(access.people(), -1);
}

TEST_F(RelayHosting, theLogSaysWhyEachRunEnded) {
  engine.hostedView.runs = test::relayRuns();
  const RelayAccess access(engine);
  const auto runs = access.runs();
  ASSERT_EQ(runs.size(), 4);
  EXPECT_TRUE(runs[0][0].endsWith(" · up to 9 people · running now")) << runs[0][0].toStdString();
  EXPECT_TRUE(runs[1][0].endsWith(" · ran 2 h · up to 4 people · stopped by you"));
  EXPECT_TRUE(runs[2][0].endsWith(" · did not start: The port is in use by another program"));
  EXPECT_EQ(runs[2][1], "warning");
  EXPECT_TRUE(runs[3][0].endsWith("up to 6 people · Foyer quit unexpectedly"));
}

// ---- who is connected

TEST_F(RelayHosting, eachConnectionAppearsLivesAndLeaves) {
  engine.hostedView = test::servingRelay();
  test::hostThePeople(engine);
  RelayGuestsModel guests(engine);
  const QAbstractItemModelTester tester(&guests);
  EXPECT_EQ(guests.count(), RelayGuestsModel::kMaxDoors);
  ASSERT_EQ(guests.lines().size(), 9);
  EXPECT_TRUE(guests.lines().first().startsWith("You, since "));
  EXPECT_TRUE(guests.lines()[4].startsWith("Nguyễn Minh Anh KQTR, since ")) << "one of two";
  const auto at = [&](int row, RelayGuestsModel::Role role) {
    return guests.data(guests.index(row), role);
  };
  EXPECT_EQ(at(0, RelayGuestsModel::NameRole), "You");
  EXPECT_EQ(at(1, RelayGuestsModel::NameRole), "Amina Okafor");
  EXPECT_EQ(at(1, RelayGuestsModel::TagRole), "");
  EXPECT_EQ(at(4, RelayGuestsModel::TagRole), "KQTR");

  auto view = engine.hostedView;
  view.guests.erase(view.guests.begin() + 1);
  engine.setHosted(view);
  EXPECT_TRUE(at(1, RelayGuestsModel::LeavingRole).toBool()) << "seen to leave";
  EXPECT_EQ(at(1, RelayGuestsModel::LabelRole), "Amina left");
  EXPECT_TRUE(guests.lines().filter("Amina").isEmpty());
  guests.sweep();
  EXPECT_EQ(at(1, RelayGuestsModel::NameRole), "Chiara Rossi");
  EXPECT_EQ(guests.count(), RelayGuestsModel::kMaxDoors) << "who waited has come in";
}

TEST_F(RelayHosting, theSamePersonOnANewConnectionIsAnotherDoor) {
  engine.hostedView = test::servingRelay();
  const auto amina = engine.personViews[0].fingerprint;
  engine.hostedView.guests = {{7, amina, 0}};
  RelayGuestsModel guests(engine);
  engine.hostedView.guests = {{9, amina, 0}};
  engine.setHosted(engine.hostedView);
  ASSERT_EQ(guests.count(), 2);
  EXPECT_EQ(guests.data(guests.index(0), RelayGuestsModel::ConnectionRole).toULongLong(), 7u);
  EXPECT_TRUE(guests.data(guests.index(0), RelayGuestsModel::LeavingRole).toBool());
  EXPECT_FALSE(guests.data(guests.index(1), RelayGuestsModel::LeavingRole).toBool());
}

TEST_F(RelayHosting, whoIsNotInTheLobbyHasNoName) {
  engine.hostedView = test::servingRelay();
  engine.hostedView.guests = {{7, test::key(1, 0xfe), 0}};
  engine.hostedView.clients = 1;
  const RelayGuestsModel guests(engine);
  EXPECT_EQ(guests.data(guests.index(0), RelayGuestsModel::NameRole), "Somebody");
}

TEST_F(RelayHosting, theListBeginsWithOneselfAndEndsWithHowManyMore) {
  engine.hostedView = test::servingRelay();
  engine.hostedView.guests = {{7, engine.personViews[0].fingerprint, 0},
                              {8, engine.identityView.fingerprint, 0}};
  engine.hostedView.clients = 5;
  const QStringList lines = RelayGuestsModel(engine).lines();
  ASSERT_EQ(lines.size(), 3);
  EXPECT_TRUE(lines[0].startsWith("You, since "));
  EXPECT_TRUE(lines[1].startsWith("Amina Okafor, since "));
  EXPECT_EQ(lines[2], "and 3 more");
}

TEST_F(RelayHosting, othersAreThoseBesideThisProgram) {
  engine.hostedView = test::servingRelay();
  test::hostThePeople(engine);
  RelayPresenter relay(engine);
  EXPECT_EQ(relay.shown().others, static_cast<int>(engine.personViews.size()));
  engine.hostedView.guests.resize(1);  // this one
  engine.hostedView.clients = 1;
  engine.setHosted(engine.hostedView);
  EXPECT_EQ(relay.shown().others, 0);
  engine.hostedView.guests.clear();  // left by hand; a stranger is in
  engine.setHosted(engine.hostedView);
  EXPECT_EQ(relay.shown().othersText, "1 other person");
}

TEST_F(RelayHosting, itStartsOnThePortItKeepsAndOnAnotherWhenTold) {
  RelayPresenter relay(engine);
  relay.start();
  EXPECT_EQ(engine.log.last(), "startRelay 0");
  relay.startOnAnyPort();
  EXPECT_EQ(engine.log.last(), "startRelay -1");
}

// ---- it serves, and others may not come in

TEST_F(RelayHosting, withoutANetworkThePageSaysThatTheLinkIsForThisComputer) {
  auto view = test::servingRelay();
  view.warning = Fault{.stage = "reach", .code = "only_here", .retryable = true};
  engine.hostedView = view;
  RelayPresenter relay(engine);
  EXPECT_TRUE(relay.shown().serving) << "people on this computer can use it";
  EXPECT_TRUE(relay.shown().onlyHere);
  EXPECT_EQ(relay.shown().warningTitle,
            "Only this computer can reach the relay, because there is no network now");
  view.warning.reset();
  engine.setHosted(view);
  EXPECT_FALSE(relay.shown().onlyHere);
  EXPECT_EQ(relay.shown().warningTitle, "");
}

TEST_F(RelayHosting, aSuspectedFirewallIsSaidWithThePortUntilSomebodyHasComeIn) {
  auto view = test::servingRelay();
  view.clients = 1;
  view.guests = {{1, engine.identityView.fingerprint, 0}};
  view.warning = Fault{.stage = "reach", .code = "firewall", .retryable = true};
  engine.hostedView = view;
  RelayPresenter relay(engine);
  EXPECT_FALSE(relay.shown().onlyHere);
  EXPECT_EQ(relay.shown().warningTitle, "A firewall on this computer may keep others out");
  EXPECT_TRUE(relay.shown().warningAdvice.endsWith("Its port is UDP 4710."));
  view.clients = 2;
  engine.setHosted(view);
  EXPECT_EQ(relay.shown().warningTitle, "");
}

// ---- beside another relay

class BesideAnother : public RelayHosting {
 protected:
  BesideAnother() { engine.discoveredViews.push_back(workshop); }
  engine::DiscoveredRelayView workshop{test::key(5, 0x61), "Workshop", "foyer://relay/b"};
};

TEST_F(BesideAnother, aRelayOfTheNetworkIsNamedAndJoinedUntilItIs) {
  RelayPresenter relay(engine);
  const QSignalSpy said(&relay, &RelayPresenter::said);
  EXPECT_EQ(relay.shown().anotherTitle,
            "Another relay is already running on this network: Workshop");
  EXPECT_TRUE(relay.shown().anotherAdvice.contains("will not see those")) << "off";
  relay.joinAnother();
  EXPECT_EQ(engine.log.last(),
            "joinDiscovered " + QString::fromStdString(workshop.fingerprint.hex()));
  EXPECT_EQ(said.count(), 1);
  auto joined = engine.relayViews;
  joined.push_back(test::relay(engine::RelayState::Connecting));
  joined.back().fingerprint = workshop.fingerprint;
  engine.setRelays(joined);
  EXPECT_EQ(relay.shown().anotherTitle, "") << "it is joined, though not reached yet";
  engine.log.clear();
  relay.joinAnother();
  EXPECT_TRUE(engine.log.isEmpty());
  joined.back().state = engine::RelayState::Disconnected;
  engine.setRelays(joined);
  EXPECT_NE(relay.shown().anotherTitle, "") << "it was left";
}

TEST_F(BesideAnother, itIsSaidWhileTheOneHereIsOnOnlyAsLongAsNobodyElseIsOnThat) {
  RelayPresenter relay(engine);
  auto view = test::servingRelay();
  view.clients = 1;
  view.guests = {{1, engine.identityView.fingerprint, 0}};
  engine.setHosted(view);
  EXPECT_TRUE(relay.shown().anotherAdvice.contains("stop the relay here"));
  view.clients = 2;
  engine.setHosted(view);
  EXPECT_EQ(relay.shown().anotherTitle, "");
  view.clients = 0;
  view.guests.clear();
  view.phase = "stopping";
  engine.setHosted(view);
  EXPECT_EQ(relay.shown().anotherTitle, "");
}

TEST_F(BesideAnother, theAnnouncementOfTheRelayHereIsNotAnother) {
  engine.settings["own_relay"] = QString::fromStdString(workshop.fingerprint.hex());
  RelayPresenter relay(engine);
  EXPECT_EQ(relay.shown().anotherTitle, "");
  engine.discoveredViews.push_back({test::key(2), "Attic", "foyer://relay/c"});
  emit engine.discoveredChanged();
  EXPECT_TRUE(relay.shown().anotherTitle.endsWith("Attic"));
}

// ---- the QR code

TEST(QrCode, aLinkBecomesACodeThatHasTheThreeFinders) {
  const QImage code = qrImageOf("foyer://relay/192.168.4.20:4710#84a4f10145fcff117225212d8df04937");
  ASSERT_FALSE(code.isNull());
  EXPECT_EQ((code.width() - 17) % 4, 0) << "ISO 18004: 17 and four for each version";
  const auto isDark = [&](int x, int y) { return qGray(code.pixel(x, y)) < 128; };
  const int last = code.width() - 7;
  for (const auto& [left, top] : {std::pair{0, 0}, {last, 0}, {0, last}}) {
    for (int i = 0; i < 7; ++i) {
      EXPECT_TRUE(isDark(left + i, top) && isDark(left + i, top + 6));
      EXPECT_TRUE(isDark(left, top + i) && isDark(left + 6, top + i));
    }
    EXPECT_FALSE(isDark(left + 1, top + 1));
    EXPECT_TRUE(isDark(left + 3, top + 3));
  }
}

TEST(QrCode, whatIsTooLongOrNothingIsNone) {
  EXPECT_TRUE(qrImageOf("").isNull());
  EXPECT_TRUE(qrImageOf(QString(4000, 'x')).isNull());
  EXPECT_FALSE(qrImageOf(QString(2048, 'x')).isNull()) << "the longest link";
}

}  // namespace
}  // namespace foyer::app
