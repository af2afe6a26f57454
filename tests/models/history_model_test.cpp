// Past calls as rows of words.
#include "app/foyer/history_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::EndReason;

class HistoryModelTest : public testing::Test {
 protected:
  HistoryModelTest() {
    engine.personViews = test::lobbyPeople();
    engine.pastCalls = test::pastCalls();
    model.open();
  }
  QString text(int row, int role) const { return model.data(model.index(row), role).toString(); }
  QStringList heads() const {
    QStringList all;
    for (int row = 0; row < model.count(); ++row) all << text(row, HistoryModel::HeadRole);
    return all;
  }

  test::ScriptedEngine engine;
  HistoryModel model{engine};
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(HistoryModelTest, eachCallSaysWhatBecameOfIt) {
  EXPECT_EQ(heads(), (QStringList{"Rang 45 s", "23 min", "Declined", "1 h 12 min",
                                  "4 min, then the connection was lost", "No answer after 45 s"}));
  EXPECT_TRUE(text(0, HistoryModel::WhenRole).startsWith("Missed · "));
  EXPECT_TRUE(text(1, HistoryModel::WhenRole).startsWith("Incoming · "));
  EXPECT_TRUE(text(2, HistoryModel::WhenRole).startsWith("Outgoing · "));
  EXPECT_EQ(text(1, HistoryModel::DetailRole), "Sounded good · direct");
  EXPECT_EQ(text(3, HistoryModel::DetailRole), "Sounded fair · through the relay");
  EXPECT_EQ(text(2, HistoryModel::DetailRole), "");
  EXPECT_EQ(text(3, HistoryModel::DayRole), "Yesterday");
  EXPECT_EQ(model.missed(), 1);
  EXPECT_EQ(model.unseen(), 1);
}

TEST_F(HistoryModelTest, whoIsHereCanBeCalledAgain) {
  const auto isCallable = [&](int row) {
    return model.data(model.index(row), HistoryModel::CallableRole).toBool();
  };
  EXPECT_TRUE(isCallable(1));   // available
  EXPECT_FALSE(isCallable(2));  // not to be disturbed
  EXPECT_FALSE(isCallable(3));  // in a call
  EXPECT_TRUE(isCallable(4));   // the key changed: to be reviewed
  engine.setPeople({});
  EXPECT_FALSE(isCallable(1));
  EXPECT_EQ(model.count(), 6);
}

TEST_F(HistoryModelTest, itIsFilteredByNameAndByWhatWasMissed) {
  model.setMissedOnly(true);
  EXPECT_EQ(heads(), QStringList{"Rang 45 s"});
  model.setMissedOnly(false);
  model.setFilter("  chiara ");
  EXPECT_EQ(heads(), QStringList{"23 min"});
  model.setFilter("nobody");
  EXPECT_EQ(model.count(), 0);
  EXPECT_EQ(model.total(), 6);
  model.setFilter({});
  EXPECT_EQ(model.count(), 6);
}

TEST_F(HistoryModelTest, oneGoesWithoutTheOthersMoving) {
  QSignalSpy removed(&model, &HistoryModel::rowsRemoved),
      inserted(&model, &HistoryModel::rowsInserted), changed(&model, &HistoryModel::dataChanged),
      reset(&model, &HistoryModel::modelReset);
  model.remove(model.callAt(2));
  EXPECT_EQ(engine.log.last(), "removePastCall " + QString::fromStdString(test::callId(23).hex()));
  EXPECT_EQ(removed.size(), 1);
  auto calls = engine.pastCalls;
  calls.insert(calls.begin(), test::pastCall(test::lobbyPeople()[1], 30, CallDirection::Outgoing,
                                             EndReason::Busy, 0, 2000));
  engine.setHistory(calls);
  EXPECT_EQ(inserted.size(), 1);
  EXPECT_EQ(text(0, HistoryModel::HeadRole), "In another call");
  model.clear();
  EXPECT_EQ(model.count(), 0);
  EXPECT_EQ(changed.size() + reset.size(), 0);
}

TEST_F(HistoryModelTest, whatIsLookedAtIsNoNews) {
  model.close();
  EXPECT_EQ(model.unseen(), 0);
  EXPECT_EQ(model.missed(), 1);
  // Who comes and goes is nothing to a page that is not shown.
  QSignalSpy counted(&model, &HistoryModel::countChanged);
  engine.setPeople({});
  EXPECT_EQ(counted.size(), 0);
}

TEST_F(HistoryModelTest, itIsASettingWhetherCallsAreRemembered) {
  EXPECT_TRUE(model.keeps());
  QSignalSpy changed(&model, &HistoryModel::keepsChanged);
  model.setKeeps(false);
  EXPECT_EQ(engine.settings["call_history"], "off");
  EXPECT_FALSE(model.keeps());
  EXPECT_EQ(changed.size(), 1);
}

TEST(HistoryText, lengthsAreInTheLargestTwoUnits) {
  EXPECT_EQ(lengthText(-5), "0 s");
  EXPECT_EQ(lengthText(59'999), "59 s");
  EXPECT_EQ(lengthText(60'000), "1 min");
  EXPECT_EQ(lengthText(3'600'000), "1 h");
}

}  // namespace
}  // namespace foyer::app
