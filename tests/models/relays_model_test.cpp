#include "app/foyer/relays_model.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

#include "app/foyer/path_text.h"
#include "app/foyer/text.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::RelayState;

class Relays : public testing::Test {
 protected:
  Relays() {
    test::fillLobby(engine);
    engine.relayViews = test::joinedRelays();
  }
  [[nodiscard]] static QString at(const RelaysModel& model, int row, RelaysModel::Role role) {
    return model.data(model.index(row), role).toString();
  }
  [[nodiscard]] static QString id(const engine::RelayView& view) {
    return QString::fromStdString(view.fingerprint.hex());
  }
  test::ScriptedEngine engine;
};

TEST_F(Relays, eachIsShownInWordsWithItsPlaceAndRoundTrip) {
  const RelaysModel model(engine);
  ASSERT_EQ(model.count(), 3);
  EXPECT_EQ(at(model, 0, RelaysModel::NameRole), "Hana’s desk");
  EXPECT_EQ(at(model, 0, RelaysModel::StateTextRole), "Verified");
  EXPECT_EQ(at(model, 0, RelaysModel::DelayTextRole), "3 ms");
  EXPECT_EQ(at(model, 0, RelaysModel::DescriptionRole),
            "Relay Hana’s desk, Verified, round trip 3 ms, 1 of 3");
  EXPECT_EQ(at(model, 1, RelaysModel::NameRole), "studio.example");
  EXPECT_EQ(at(model, 1, RelaysModel::StateTextRole), "New");
  EXPECT_EQ(at(model, 2, RelaysModel::StateTextRole), "Offline");
  EXPECT_EQ(at(model, 2, RelaysModel::DelayTextRole), "");
  EXPECT_TRUE(at(model, 2, RelaysModel::SentenceRole).startsWith("The relay cannot be reached"));
  EXPECT_EQ(at(model, 2, RelaysModel::AddressRole), "club.example:4433");
}

TEST_F(Relays, theKeysThatARelayHadAreKeptWithTheirLastDay) {
  RelaysModel model(engine);
  const auto earlier = [&] {
    return model.data(model.index(0), RelaysModel::EarlierKeysRole).toStringList();
  };
  EXPECT_TRUE(earlier().isEmpty());
  engine.relayViews[0].earlierKeys = {{test::key(1, 1), test::kNovember3 - 86'400'000LL * 60},
                                      {test::key(2, 2), test::kNovember3}};
  engine.setRelays(engine.relayViews);
  ASSERT_EQ(earlier().size(), 2);
  EXPECT_EQ(earlier().first(), keyText(test::key(2, 2)) + ", until " + dateText(test::kNovember3))
      << "the newest first";
}

TEST_F(Relays, aKeyThatChangedIsToldFromOneThatWasNeverRight) {
  engine.relayViews[0].state = RelayState::KeyChanged;
  engine.relayViews[0].changedTo = test::key(9, 9);
  engine.relayViews[0].trust = "changed";
  RelaysModel model(engine);
  EXPECT_EQ(at(model, 0, RelaysModel::StateTextRole), "Key changed");
  EXPECT_EQ(model.data(model.index(0), RelaysModel::OfferedKeyRole).toStringList().size(), 8);
  engine.relayViews[0].isProven = false;
  engine.setRelays(engine.relayViews);
  EXPECT_EQ(at(model, 0, RelaysModel::StateTextRole), "Wrong key");
  model.takeOfferedKey(id(engine.relayViews[0]));
  EXPECT_EQ(engine.log.last(), "acceptRelayKey " + id(engine.relayViews[0]));
}

TEST_F(Relays, aNewOneIsVerifiedOnceItsKeyWasCompared) {
  RelaysModel model(engine);
  EXPECT_TRUE(model.data(model.index(1), RelaysModel::UnconfirmedRole).toBool());
  model.confirmKey(id(engine.relayViews[1]));
  EXPECT_EQ(at(model, 1, RelaysModel::StateTextRole), "Verified");
  EXPECT_FALSE(model.data(model.index(1), RelaysModel::UnconfirmedRole).toBool());
}

TEST_F(Relays, movingKeepsTheRowsAndStopsAtTheEnds) {
  RelaysModel model(engine);
  const QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
  const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
  const QString studio = id(engine.relayViews[1]);
  model.moveUp(studio);
  EXPECT_EQ(at(model, 0, RelaysModel::FingerprintRole), studio);
  EXPECT_EQ(moved.count(), 1) << "what has the focus keeps it";
  EXPECT_EQ(removed.count(), 0);
  engine.log.clear();
  model.moveUp(studio);
  model.moveDown(at(model, 2, RelaysModel::FingerprintRole));
  EXPECT_TRUE(engine.log.isEmpty());
}

TEST_F(Relays, leavingForgetsAndWhatWasFoundCanBeJoined) {
  engine.discoveredViews.push_back({test::key(5, 0x61), "Workshop", "foyer://relay/b"});
  RelaysModel model(engine);
  EXPECT_EQ(model.found(), QStringList{"Workshop"}) << "the one that was joined is above";
  const QString club = id(engine.relayViews[2]);
  model.leave(club);
  EXPECT_EQ(engine.log.last(), "forgetRelay " + club);
  EXPECT_EQ(model.count(), 2);
  model.joinFound(0);
  EXPECT_EQ(engine.log.last(),
            "joinDiscovered " + QString::fromStdString(test::key(5, 0x61).hex()));
  engine.log.clear();
  model.joinFound(1);
  model.leave("nobody");
  EXPECT_TRUE(engine.log.isEmpty());
}

TEST_F(Relays, announcementsAreAnybodysWordAndFewAreShown) {
  for (std::uint8_t i = 0; i < 40; ++i)
    engine.discoveredViews.push_back({test::key(i, 0x71), "R", "foyer://relay/x"});
  const RelaysModel model(engine);
  EXPECT_EQ(model.found().size(), static_cast<qsizetype>(RelaysModel::kMaxFound));
}

TEST_F(Relays, theKeyIsCopiedInGroups) {
  RelaysModel model(engine);
  model.copyKey(id(engine.relayViews[0]));
  EXPECT_EQ(QGuiApplication::clipboard()->text().split(' ').size(), 8);
}

TEST_F(Relays, theWayOfACallNamesTheRelayWhereThereAreSeveral) {
  auto call = test::activeCall(test::lobbyPeople()[3]);
  call.relay = engine.relayViews[0].fingerprint;
  call.stats.path = "lan";
  EXPECT_EQ(pathTextOf(call, relayOnPath(engine, call)).sentence,
            "Direct over LAN, called through Hana’s desk");
  call.direction = engine::CallDirection::Incoming;
  EXPECT_EQ(pathTextOf(call, relayOnPath(engine, call)).sentence,
            "Direct over LAN, they called through Hana’s desk");
  engine.relayViews.resize(1);
  EXPECT_EQ(pathTextOf(call, relayOnPath(engine, call)).sentence, "Direct over LAN");
}

}  // namespace
}  // namespace foyer::app
