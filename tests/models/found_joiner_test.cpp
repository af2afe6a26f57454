// Who joins a relay that was merely found, and who does not.
#include "app/foyer/found_joiner.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

struct FoundJoiners : testing::Test {
  test::ScriptedEngine engine;
  engine::DiscoveredRelayView hana{test::key(1), "Hana’s desk", "foyer://relay/a"},
      workshop{test::key(2), "Workshop", "foyer://relay/b"};

  // What was asked of the engine.
  QStringList after(std::vector<engine::DiscoveredRelayView> found) {
    FoundJoiner joiner(engine);
    engine.discoveredViews = std::move(found);
    emit engine.discoveredChanged();
    joiner.settle();
    return engine.log;
  }
};

TEST_F(FoundJoiners, theOnlyRelayOfTheNetworkIsJoinedOnce) {
  FoundJoiner joiner(engine);
  const QSignalSpy said(&joiner, &FoundJoiner::said);
  engine.discoveredViews = {hana};
  emit engine.discoveredChanged();
  EXPECT_TRUE(engine.log.isEmpty()) << "another may be heard of in the next moment";
  joiner.settle();
  EXPECT_EQ(engine.log,
            QStringList{"joinDiscovered " +
                        QString::fromStdString(engine.discoveredViews.front().fingerprint.hex())});
  ASSERT_EQ(said.count(), 1);
  EXPECT_TRUE(said[0][0].toString().contains("Hana’s desk"));
  emit engine.discoveredChanged();
  EXPECT_EQ(engine.log.size(), 1) << "who leaves it again is not led back";
}

TEST_F(FoundJoiners, amongSeveralThePersonChooses) {
  EXPECT_TRUE(after({hana, workshop}).isEmpty());
}

TEST_F(FoundJoiners, whoKnowsARelayOrHostsOneIsLeftAlone) {
  engine.relayViews = {test::relay(engine::RelayState::Disconnected)};
  EXPECT_TRUE(after({hana}).isEmpty());
  engine.relayViews.clear();
  engine.hostedView.phase = "serving";
  EXPECT_TRUE(after({hana}).isEmpty());
  engine.hostedView.phase = "idle";
  engine.settings["joined_before"] = "on";
  EXPECT_TRUE(after({hana}).isEmpty()) << "they left theirs, or would not take its new key";
}

TEST_F(FoundJoiners, itCanBeSwitchedOff) {
  engine.settings["join_found"] = "off";
  EXPECT_TRUE(after({hana}).isEmpty());
}

TEST_F(FoundJoiners, nobodyIsShownToOthersBeforeTheyEntered) {
  engine.firstStart = true;
  FoundJoiner joiner(engine);
  engine.discoveredViews = {hana};
  emit engine.discoveredChanged();
  joiner.settle();
  EXPECT_TRUE(engine.log.isEmpty());
  engine.finishFirstStart("Naledi");
  EXPECT_EQ(
      engine.log.last(),
      "joinDiscovered " + QString::fromStdString(engine.discoveredViews.front().fingerprint.hex()))
      << "at once, it was found before";
}

}  // namespace
}  // namespace foyer::app
