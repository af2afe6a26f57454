#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "app/foyer/people_model.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::PersonState;
using engine::Trust;

struct People : testing::Test {
  test::ScriptedEngine engine;
  PeopleModel model{engine};
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

  QStringList names() const {
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row) {
      list << model.data(model.index(row), PeopleModel::NameRole).toString();
    }
    return list;
  }
  QVariant at(int row, PeopleModel::Role role) const { return model.data(model.index(row), role); }
};

TEST_F(People, aChangedKeyComesFirstThenWhoCanBeCalled) {
  engine.setPeople(test::lobbyPeople());
  EXPECT_EQ(names(), (QStringList{"Amina Okafor", "Chiara Rossi", "Nguyễn Minh Anh",
                                  "Nguyễn Minh Anh", "Tomasz Wiśniewski", "Leilani Kahananui",
                                  "Youssef El Amrani", "अनन्या शर्मा"}));
  EXPECT_TRUE(at(0, PeopleModel::SuspectRole).toBool());
  EXPECT_EQ(at(0, PeopleModel::TrustTextRole).toString(), "Key changed");
}

TEST_F(People, aKeyWhoseWordsDifferedIsNotCalledChanged) {
  auto people = test::lobbyPeople();
  people[0].trust = Trust::WordsDiffered;
  engine.setPeople(people);
  EXPECT_EQ(at(0, PeopleModel::TrustTextRole).toString(), "Words differed");
  EXPECT_TRUE(at(0, PeopleModel::SuspectRole).toBool())
      << "and reviewed before it rings all the same";
}

TEST_F(People, equalNamesGetTheirKeyTagAndOthersDoNot) {
  engine.setPeople(test::lobbyPeople());
  EXPECT_EQ(at(1, PeopleModel::TagRole).toString(), "");
  EXPECT_EQ(at(2, PeopleModel::TagRole).toString(), "KQTR");
  EXPECT_EQ(at(3, PeopleModel::TagRole).toString(), "BXWD");
}

TEST_F(People, onlyPeopleWhoCanAnswerCanBeCalled) {
  engine.setPeople(test::lobbyPeople());
  EXPECT_TRUE(at(1, PeopleModel::CallableRole).toBool());
  EXPECT_FALSE(at(5, PeopleModel::CallableRole).toBool()) << "in a call";
  EXPECT_TRUE(at(6, PeopleModel::CallableRole).toBool()) << "away still rings";
  EXPECT_FALSE(at(7, PeopleModel::CallableRole).toBool()) << "do not disturb";
  model.setReachable(false);
  EXPECT_FALSE(at(1, PeopleModel::CallableRole).toBool()) << "the relay is lost";
}

TEST_F(People, aChangeOfOnePersonTouchesOneRowAndNeverResets) {
  engine.setPeople(test::lobbyPeople());
  QSignalSpy resets(&model, &QAbstractItemModel::modelReset),
      changes(&model, &QAbstractItemModel::dataChanged),
      inserts(&model, &QAbstractItemModel::rowsInserted),
      removes(&model, &QAbstractItemModel::rowsRemoved),
      moves(&model, &QAbstractItemModel::rowsMoved);
  auto people = test::lobbyPeople();
  people[1].rttMs = 90;
  engine.setPeople(people);
  EXPECT_EQ(changes.size(), 1);
  people[1].state = PersonState::Away;  // sinks below those who are available
  engine.setPeople(people);
  EXPECT_EQ(moves.size(), 1);
  people.erase(people.begin());
  engine.setPeople(people);
  EXPECT_EQ(removes.size(), 1);
  people.push_back(test::person("Zoë", 2, PersonState::Available, Trust::NotVerified, 5, 0x31));
  engine.setPeople(people);
  EXPECT_EQ(inserts.size(), 1);
  EXPECT_EQ(resets.size(), 0);
}

TEST_F(People, anyTwoListsLeadToTheSameRowsAsAFreshModel) {
  std::uint32_t seed = 12345;
  const auto random = [&seed](std::uint32_t bound) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % bound;
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<engine::PersonView> people;
    for (std::uint8_t at = 0; at < 12; ++at) {
      if (random(3) == 0) continue;
      people.push_back(test::person(random(2) != 0 ? "Ada" : "Björn", at,
                                    static_cast<PersonState>(random(6)),
                                    static_cast<Trust>(random(4)), 1.0 + random(300), at));
    }
    engine.setPeople(people);
    PeopleModel fresh(engine);
    ASSERT_EQ(model.rowCount(), fresh.rowCount());
    for (int row = 0; row < model.rowCount(); ++row) {
      for (int role = PeopleModel::FingerprintRole; role <= PeopleModel::DescriptionRole; ++role) {
        ASSERT_EQ(model.data(model.index(row), role), fresh.data(fresh.index(row), role));
      }
    }
  }
}

TEST_F(People, theFilterFindsPartsOfNamesAndStartsOfKeyTags) {
  engine.setPeople(test::lobbyPeople());
  model.setFilter("minh");
  EXPECT_EQ(model.rowCount(), 2);
  EXPECT_EQ(model.total(), 8);
  model.setFilter("bxw");
  EXPECT_EQ(model.rowCount(), 1);
  model.setFilter("");
  EXPECT_EQ(model.rowCount(), 8);
}

TEST_F(People, aRowReadsAsOneSentence) {
  engine.setPeople(test::lobbyPeople());
  EXPECT_EQ(at(1, PeopleModel::DescriptionRole).toString(),
            "Chiara Rossi, Available, Verified, connection through the relay good, 2 ms");
  auto people = test::lobbyPeople();
  people[1].signedAlias = "Kiki";
  people[1].isFavourite = true;
  people[1].policy = engine::ContactPolicy::RelayOnly;
  engine.setPeople(people);
  EXPECT_EQ(
      at(1, PeopleModel::DescriptionRole).toString(),
      "Chiara Rossi, calls themselves Kiki, favourite, Available, Verified, connection through "
      "the relay good, 2 ms, a call stays on the relay");
}

TEST_F(People, favouritesStandFirstAndWhoIsBlockedLastInEveryOrder) {
  auto people = test::lobbyPeople();
  people[7].isFavourite = true;  // Youssef, away
  people[1].trust = Trust::Blocked;
  engine.setPeople(people);
  EXPECT_EQ(names().mid(0, 2), (QStringList{"Amina Okafor", "Youssef El Amrani"}));
  EXPECT_EQ(names().last(), "Chiara Rossi");
  QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
  model.setOrder(PeopleModel::ByName);
  EXPECT_EQ(names().mid(0, 3),
            (QStringList{"Amina Okafor", "Youssef El Amrani", "Leilani Kahananui"}));
  EXPECT_EQ(names().last(), "Chiara Rossi");
  EXPECT_EQ(engine.settings["lobby_sort"], "name");
  EXPECT_EQ(resets.size(), 0);
}

TEST_F(People, theLatestCallDecidesWhereThatIsWanted) {
  const auto people = test::lobbyPeople();
  engine::PastCallView older{.call = test::callId(1),
                             .peer = people[7].fingerprint,
                             .startedAtUnixMs = 1000,
                             .path = "relay"},
      newer{.call = test::callId(2), .peer = people[5].fingerprint, .startedAtUnixMs = 2000};
  engine.setHistory({newer, older});
  engine.setPeople(people);
  model.setOrder(PeopleModel::ByLatestCall);
  EXPECT_EQ(names().mid(0, 4), (QStringList{"Amina Okafor", "Leilani Kahananui",
                                            "Youssef El Amrani", "Chiara Rossi"}));
}

TEST_F(People, theWayOfACallIsSaidAsFarAsItIsKnown) {
  auto people = test::lobbyPeople();
  people[2].policy = engine::ContactPolicy::RelayOnly;
  const auto past = [&](std::uint8_t id, const char* path) {
    return engine::PastCallView{.call = test::callId(id),
                                .peer = people[1].fingerprint,
                                .startedAtUnixMs = 3000 - id,
                                .path = path};
  };
  engine.setPeople(people);
  EXPECT_EQ(at(0, PeopleModel::PathRole).toString(), "relay only") << "the key changed";
  EXPECT_EQ(at(1, PeopleModel::PathRole).toString(), "–") << "never called";
  EXPECT_EQ(at(4, PeopleModel::PathRole).toString(), "relay only") << "chosen for Tomasz";
  engine.setHistory({past(1, ""), past(2, "direct_ipv4"), past(3, "relay")});
  EXPECT_EQ(at(1, PeopleModel::PathRole).toString(), "last: direct") << "the newest with sound";
  engine.setHistory({past(1, "relay"), past(2, "direct_ipv4")});
  EXPECT_EQ(at(1, PeopleModel::PathRole).toString(), "–") << "the next may find a way";
  engine.setHistory({past(1, "turn")});
  EXPECT_EQ(at(1, PeopleModel::PathRole).toString(), "last: TURN");
  engine.setSetting("direct_calls", "off");
  EXPECT_EQ(at(1, PeopleModel::PathRole).toString(), "relay only");
}

TEST_F(People, peopleAreGroupedByRelayOnceThereAreTwo) {
  auto other = test::relay(engine::RelayState::Connected);
  other.fingerprint = test::key(0x12, 0x13);
  other.link = "foyer://relay/attic:4710#" + other.fingerprint.hex();
  auto people = test::lobbyPeople();
  const auto first = test::relay(engine::RelayState::Connected);
  for (auto& person : people) person.relays = {first.fingerprint};
  people[1].relays = {other.fingerprint, first.fingerprint};
  engine.setRelays({first});
  engine.setPeople(people);
  model.setByRelay(true);
  EXPECT_FALSE(model.grouped()) << "one relay is no group";
  engine.setRelays({first, other});
  EXPECT_TRUE(model.grouped());
  EXPECT_EQ(at(0, PeopleModel::GroupRole).toString(), "192.168.4.20");
  EXPECT_EQ(at(0, PeopleModel::NameRole).toString(), "Amina Okafor");
  EXPECT_EQ(at(1, PeopleModel::NameRole).toString(), "Chiara Rossi") << "on both: the first name";
  people[1].relays = {other.fingerprint};
  engine.setPeople(people);
  EXPECT_EQ(at(7, PeopleModel::NameRole).toString(), "Chiara Rossi");
  EXPECT_EQ(at(7, PeopleModel::GroupRole).toString(), "attic");
  people[1].trust = Trust::WordsDiffered;
  people[0].trust = Trust::NotVerified;
  engine.setPeople(people);
  EXPECT_EQ(at(0, PeopleModel::NameRole).toString(), "Chiara Rossi") << "a warning is on top";
  EXPECT_EQ(at(0, PeopleModel::GroupRole).toString(), "attic");
}

// A full lobby: what a change costs is counted in rows told, not in milliseconds of this machine.
TEST_F(People, aThousandPeopleAreFollowedRowByRow) {
  std::vector<engine::PersonView> people;
  for (int i = 0; i < 1000; ++i) {
    auto person = test::person(("Person " + std::to_string((i * 7919) % 1000)).c_str(),
                               static_cast<std::uint8_t>(i % 8), PersonState::Available,
                               Trust::NotVerified, 20, 0x40);
    person.fingerprint.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    person.fingerprint.bytes[2] = static_cast<std::uint8_t>(i);
    people.push_back(person);
  }
  QSignalSpy resets(&model, &QAbstractItemModel::modelReset),
      changes(&model, &QAbstractItemModel::dataChanged),
      inserts(&model, &QAbstractItemModel::rowsInserted),
      removes(&model, &QAbstractItemModel::rowsRemoved),
      moves(&model, &QAbstractItemModel::rowsMoved);
  engine.setPeople(people);
  EXPECT_EQ(model.rowCount(), 1000);
  EXPECT_EQ(inserts.size(), 1) << "they come as one block";

  engine.setPeople(people);
  EXPECT_EQ(changes.size() + moves.size() + removes.size(), 0) << "nothing changed, nothing told";

  people[500].rttMs = 90;
  engine.setPeople(people);
  ASSERT_EQ(changes.size(), 1);
  EXPECT_EQ(changes[0][0].toModelIndex().row(), changes[0][1].toModelIndex().row());

  changes.clear();
  for (auto& person : people) person.rttMs = 35;
  engine.setPeople(people);
  EXPECT_EQ(changes.size(), 1) << "a relay that answers later is one change of all rows";

  people[3].state = PersonState::InCall;
  people[700].state = PersonState::InCall;
  engine.setPeople(people);
  EXPECT_LE(moves.size(), 4);
  EXPECT_GE(moves.size(), 2);
  people.erase(people.begin() + 100, people.begin() + 300);
  engine.setPeople(people);
  EXPECT_EQ(model.rowCount(), 800);
  EXPECT_LE(removes.size(), 200);
  model.setFilter("Person 77");
  EXPECT_LT(model.rowCount(), 20);
  model.setFilter({});
  EXPECT_EQ(model.rowCount(), 800);
  EXPECT_EQ(resets.size(), 0);
}

}  // namespace
}  // namespace foyer::app
