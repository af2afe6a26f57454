#include "relaylite/host/update_batcher.h"

#include <gtest/gtest.h>

namespace foyer::relayhost {
namespace {

TimePoint at(Duration d) { return TimePoint(d); }

RelayStatus inPhase(RelayPhase phase) {
  RelayStatus status;
  status.generation = 1;
  status.phase = phase;
  return status;
}

TEST(UpdateBatcher, everyPhaseIsToldAtOnceAndOnce) {
  UpdateBatcher batcher;
  for (const RelayPhase phase : {RelayPhase::Binding, RelayPhase::Verifying, RelayPhase::Serving}) {
    batcher.setStatus(inPhase(phase));
    const auto update = batcher.pollUpdate(at(100s));
    ASSERT_TRUE(update);
    EXPECT_EQ(update->status.phase, phase);
    EXPECT_FALSE(batcher.pollUpdate(at(100s)));
    EXPECT_FALSE(batcher.pollTimeout());
  }
}

TEST(UpdateBatcher, fiveHundredClientsThatLeaveMakeFewUpdates) {
  UpdateBatcher batcher;
  batcher.setStatus(inPhase(RelayPhase::Serving));
  TimePoint now = at(100s);
  ASSERT_TRUE(batcher.pollUpdate(now));
  for (std::uint64_t i = 0; i < 500; ++i) batcher.addChange({+1, i, now});
  now += HostedRelay::kUpdateInterval;
  const auto full = batcher.pollUpdate(now);
  ASSERT_TRUE(full);
  EXPECT_EQ(full->status.clients, 500u);

  int updates = 0;
  std::uint64_t changes = 0;
  const auto take = [&] {
    if (const auto update = batcher.pollUpdate(now)) {
      ++updates;
      EXPECT_LE(update->changes.size(), HostedRelay::kMaxChangesPerUpdate);
      changes += update->changes.size() + update->changesLost;
    }
  };
  RelayStatus stopping = batcher.status();
  stopping.phase = RelayPhase::Stopping;
  batcher.setStatus(stopping);
  for (std::uint64_t i = 0; i < 500; ++i) {
    batcher.addChange({-1, i, now});
    take();
    now += 2ms;
  }
  RelayStatus idle = batcher.status();
  idle.phase = RelayPhase::Idle;
  batcher.setStatus(idle);
  take();
  EXPECT_LE(updates, 5);
  EXPECT_EQ(changes, 500u);
  EXPECT_EQ(batcher.status().clients, 0u);
}

TEST(UpdateBatcher, aSingleArrivalIsToldWithoutWaitingWhenAllIsQuiet) {
  UpdateBatcher batcher;
  batcher.setStatus(inPhase(RelayPhase::Serving));
  ASSERT_TRUE(batcher.pollUpdate(at(100s)));
  batcher.addChange({+1, 7, at(200s)});
  const auto update = batcher.pollUpdate(at(200s));
  ASSERT_TRUE(update);
  EXPECT_EQ(update->changes, (std::vector<ConnectionChange>{{+1, 7, at(200s)}}));
  batcher.addChange({-1, 7, at(200s)});
  EXPECT_FALSE(batcher.pollUpdate(at(200s)));
  EXPECT_EQ(batcher.pollTimeout(), at(200s) + HostedRelay::kUpdateInterval);
}

}  // namespace
}  // namespace foyer::relayhost
