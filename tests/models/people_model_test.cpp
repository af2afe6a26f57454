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
  EXPECT_TRUE(at(0, PeopleModel::KeyChangedRole).toBool());
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
            "Chiara Rossi, Available, Verified, connection good, 2 ms");
}

}  // namespace
}  // namespace foyer::app
