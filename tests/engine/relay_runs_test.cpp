#include "core/engine/relay_runs.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

TEST(RelayRuns, aRunHasItsTimesTheMostPeopleAndWhyItEnded) {
  RelayRuns runs;
  runs.begin({1000});
  EXPECT_TRUE(runs.people(3));
  EXPECT_FALSE(runs.people(2));
  EXPECT_FALSE(runs.people(3));
  EXPECT_EQ(runs.runs().front().why, "running");
  runs.end({5000}, "stopped");
  EXPECT_FALSE(runs.people(9)) << "nothing runs";
  ASSERT_EQ(runs.runs().size(), 1u);
  EXPECT_EQ(runs.runs()[0].startedAtMs, 1000);
  EXPECT_EQ(runs.runs()[0].endedAtMs, 5000);
  EXPECT_EQ(runs.runs()[0].mostPeople, 3);
  EXPECT_EQ(runs.runs()[0].why, "stopped");
}

TEST(RelayRuns, theNewestIsFirstAndTheOldestIsForgotten) {
  RelayRuns runs;
  for (int i = 0; i < 30; ++i) {
    runs.begin({i * 100});
    runs.end({i * 100 + 50}, "failed:port_taken");
  }
  ASSERT_EQ(runs.runs().size(), RelayRuns::kMaxRuns);
  EXPECT_EQ(runs.runs().front().startedAtMs, 2900);
  EXPECT_LT(runs.text().size(), 4096u) << "a setting holds no more";
}

TEST(RelayRuns, whatIsReadBackIsTheSameAndWhatNobodySawEndWasCut) {
  RelayRuns runs;
  runs.begin({1000});
  runs.people(2);
  runs.end({900}, "quit");  // the clock was set back
  runs.begin({2000});
  runs.people(5);
  RelayRuns next;
  next.load(runs.text());
  ASSERT_EQ(next.runs().size(), 2u);
  EXPECT_FALSE(next.isRunning());
  EXPECT_EQ(next.runs()[0].why, "cut");
  EXPECT_EQ(next.runs()[0].mostPeople, 5);
  EXPECT_FALSE(next.runs()[0].endedAtMs);
  EXPECT_EQ(next.runs()[1].why, "quit");
  EXPECT_EQ(next.runs()[1].endedAtMs, 1000) << "not before it began";
  RelayRuns again;
  again.load(next.text());
  EXPECT_EQ(again.text(), next.text());
}

TEST(RelayRuns, nonsenseIsLeftOut) {
  RelayRuns runs;
  runs.load(";;x,1,2,stopped;1,2;5,9,1,stopped;7,x,1,stopped;8,9,1,<b>;8,9,-1,quit;");
  ASSERT_EQ(runs.runs().size(), 1u);
  EXPECT_EQ(runs.runs()[0].startedAtMs, 5);
}

}  // namespace
}  // namespace foyer::engine
