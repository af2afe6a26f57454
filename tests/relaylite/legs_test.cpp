// How far each person is from the relay, as the others are told.
#include <gtest/gtest.h>

#include <map>

#include "core/crypto/presence.h"
#include "relaylite/leg_ladder.h"
#include "relaylite/memory_directory.h"
#include "relaylite/relay_core.h"
#include "tests/relaylite/relay_world.h"

namespace foyer::relaylite {
namespace {

using wire::PresenceState;

TEST(LegLadder, theNearestStepIsTold) {
  const auto step = [](Duration roundTrip) { return legStep(roundTrip, std::nullopt); };
  EXPECT_EQ(step(0ms), 1);
  EXPECT_EQ(step(300us), 1);
  EXPECT_EQ(step(1600us), 2);
  EXPECT_EQ(step(14ms), 10);
  EXPECT_EQ(step(16ms), 20);
  EXPECT_EQ(step(40ms), 35);
  EXPECT_EQ(step(180ms), 200);
  EXPECT_EQ(step(749ms), 500);
  EXPECT_EQ(step(9s), 1000);
  for (const std::uint16_t each : kLegSteps) EXPECT_EQ(step(std::chrono::milliseconds(each)), each);
}

TEST(LegLadder, aStepIsLeftOnlyWhenItIsClearlyAnotherOne) {
  // The middle between 20 and 35 is 27.5.
  EXPECT_EQ(legStep(29ms, 20), 20);
  EXPECT_EQ(legStep(26ms, 35), 35);
  EXPECT_EQ(legStep(31ms, 20), 35);
  EXPECT_EQ(legStep(24ms, 35), 20);
  EXPECT_EQ(legStep(2s, 1000), 1000);
  EXPECT_EQ(legStep(400us, 1000), 1);
  EXPECT_EQ(legStep(9s, 1), 1000);
  // Nobody tells such a step.
  EXPECT_EQ(legStep(31ms, 33), 35);
}

struct FakeWays final : Carrier {
  bool sendControl(net::ConnectionId to, ByteView bytes) override {
    wire::FrameReader reader;
    return reader.feed(bytes, [&](ByteView json) {
      if (auto message = wire::decodeMessage(json)) sent[to].push_back(std::move(*message));
    });
  }
  bool sendDatagram(TimePoint, net::ConnectionId, ByteView, ByteView) override { return true; }
  void close(TimePoint, net::ConnectionId, wire::CloseCode) override {}
  [[nodiscard]] std::size_t controlPending(net::ConnectionId) const override { return pending; }
  [[nodiscard]] std::optional<Duration> roundTrip(net::ConnectionId id) const override {
    const auto at = ways.find(id);
    return at == ways.end() ? std::nullopt : std::optional(at->second);
  }
  std::map<net::ConnectionId, std::vector<wire::Message>> sent;
  std::map<net::ConnectionId, Duration> ways;
  std::size_t pending = 0;
};

struct Legs : ::testing::Test {
  struct One {
    crypto::Identity identity;
    net::ConnectionId id;
    [[nodiscard]] const Fingerprint& who() const { return identity.fingerprint(); }
  };

  static RelayConfig config() {
    RelayConfig made;
    made.limits.maxClientsPerAddress = 1000;
    return made;
  }
  // Admitted and not in the lobby yet.
  void come(One& one, std::optional<Duration> way, bool isHidden = false) {
    one.id = {(++number << net::ConnectionId::kSlotBits) | number};
    if (way) carrier.ways[one.id] = *way;
    core.connected(now, one.id, one.identity.publicKey(), {IpAddress::v4(10, 0, 0, 1), 9});
    wire::Hello hello{1};
    hello.isHidden = isHidden;
    say(one, hello);
  }
  One& join(std::optional<Duration> way) {
    people.push_back(std::make_unique<One>(One{crypto::Identity::generate(random), {}}));
    One& one = *people.back();
    come(one, way);
    crypto::PresenceRecord record;
    record.box = random.id<BoxKey>();
    record.sequence = 1;
    record.issuedMs = 1;
    record.ttlSeconds = 7200;
    say(one, wire::Publish{2, crypto::signPresence(one.identity, record)});
    return one;
  }
  void say(const One& one, const wire::Message& message) {
    core.control(now, one.id, wire::encodeFrame(message));
  }
  void run(Duration time) {
    const TimePoint end = now + time;
    while (core.pollTimeout() && *core.pollTimeout() <= end) {
      ASSERT_GE(*core.pollTimeout(), now) << "nobody waits for the past";
      now = *core.pollTimeout();
      core.handleTimeout(now);
    }
    now = end;
  }
  void watch(const One& one) {
    say(one, wire::PresenceGet{3, 0});
    run(1s);
  }
  // What was said to `one` since the last time.
  std::vector<wire::PresenceDelta> deltas(const One& one) {
    std::vector<wire::PresenceDelta> all;
    for (const wire::Message& message : carrier.sent[one.id])
      if (const auto* delta = std::get_if<wire::PresenceDelta>(&message)) all.push_back(*delta);
    carrier.sent[one.id].clear();
    return all;
  }
  [[nodiscard]] wire::LegMs legOf(const One& one) const {
    const Person* person = directory->find(one.who());
    return person == nullptr ? std::nullopt : person->leg;
  }

  SeededRandom random{9};
  TimePoint now = fromNanoseconds(1'000'000'000);
  FakeWays carrier;
  std::unique_ptr<MemoryDirectory> made = std::make_unique<MemoryDirectory>(1);
  MemoryDirectory* directory = made.get();
  RelayCore core{now,     WallTime{},     config(), crypto::Identity::generate(random),
                 carrier, std::move(made)};
  std::vector<std::unique_ptr<One>> people;
  std::uint64_t number = 0;
};

TEST_F(Legs, aLegComesWithThePersonInPagesAndDeltas) {
  One& watcher = join(3ms);
  One& near = join(12ms);
  watch(watcher);
  const auto page = std::get<wire::PresencePage>(carrier.sent[watcher.id].back());
  ASSERT_EQ(page.people.size(), 2u);
  EXPECT_EQ(page.people[0].leg, wire::LegMs(2));
  EXPECT_EQ(page.people[1].leg, wire::LegMs(10));
  (void)deltas(watcher);
  One& far = join(180ms);
  run(1s);
  const auto told = deltas(watcher);
  ASSERT_EQ(told.size(), 1u) << "no delta of its own";
  ASSERT_EQ(told[0].changes.size(), 1u);
  EXPECT_EQ(told[0].changes[0].fingerprint, far.who());
  EXPECT_FALSE(told[0].changes[0].record.empty());
  EXPECT_EQ(told[0].changes[0].leg, wire::LegMs(200));
  // It stays with whatever else is said.
  say(near, wire::Availability{PresenceState::Away});
  run(1s);
  EXPECT_EQ(deltas(watcher).at(0).changes.at(0).leg, wire::LegMs(10));
}

TEST_F(Legs, anotherLegIsAChangeWithoutARecordWithinHalfAMinute) {
  One& watcher = join(3ms);
  One& other = join(12ms);
  watch(watcher);
  (void)deltas(watcher);
  carrier.ways[other.id] = 60ms;
  run(kLegInterval + kLegTurn);
  const auto told = deltas(watcher);
  ASSERT_EQ(told.size(), 1u);
  ASSERT_EQ(told[0].changes.size(), 1u);
  EXPECT_EQ(told[0].changes[0],
            (wire::PresenceChange{other.who(), {}, PresenceState::Available, std::uint16_t{50}}));
}

TEST_F(Legs, aWayThatSwaysIsNotToldAndOneThatLeapsOncePerHalfMinute) {
  One& watcher = join(3ms);
  One& swaying = join(26ms);
  One& leaping = join(26ms);
  watch(watcher);
  (void)deltas(watcher);
  std::size_t changes = 0;
  for (int second = 0; second < 300; ++second) {
    carrier.ways[swaying.id] = second % 2 == 0 ? 26ms : 29ms;
    carrier.ways[leaping.id] = second / 7 % 2 == 0 ? 20ms : 400ms;
    run(1s);
  }
  for (const auto& delta : deltas(watcher))
    for (const auto& change : delta.changes) {
      EXPECT_EQ(change.fingerprint, leaping.who());
      ++changes;
    }
  EXPECT_GE(changes, 2u);
  EXPECT_LE(changes, 11u);
}

TEST_F(Legs, aThousandWhoMoveAtOnceFloodNobody) {
  for (int i = 0; i < 1000; ++i) join(3ms);
  One& watcher = *people[0];
  watch(watcher);
  run(10s);
  (void)deltas(watcher);
  for (auto& [id, way] : carrier.ways) way = 90ms;
  const TimePoint start = now;
  std::size_t changes = 0;
  while (changes < 1000 && now - start < 10min) {
    run(kLegTurn);
    std::size_t here = 0;
    const auto told = deltas(watcher);
    for (const auto& delta : told) here += delta.changes.size();
    EXPECT_LE(told.size(), 2u);
    EXPECT_LE(here, 2 * kLegChanges) << "two turns may fall into one span";
    changes += here;
    // Those who were told first go on moving; they must not keep the others from their turn.
    for (std::size_t i = 0; i < 100; ++i)
      carrier.ways[people[i]->id] = toMilliseconds(now - start) / 30000 % 2 == 0 ? 90ms : 3ms;
  }
  EXPECT_GE(changes, 1000u);
  run(5min);
  for (std::size_t i = 100; i < people.size(); ++i) ASSERT_EQ(legOf(*people[i]), 100) << i;
}

TEST_F(Legs, everybodyOfAFullRelayIsLookedAtInTime) {
  for (int i = 0; i < 1000; ++i) join(3ms);
  run(40s);
  for (auto& [id, sent] : carrier.sent) sent.clear();
  run(kLegInterval + kLegTurn);
  for (const auto& one : people) {
    const auto& sent = carrier.sent[one->id];
    EXPECT_GE(std::ranges::count_if(
                  sent, [](const auto& m) { return std::holds_alternative<wire::Ping>(m); }),
              1);
    EXPECT_LE(sent.size(), 6u);
  }
}

TEST_F(Legs, whoIsLostHasNoneAndGetsOneOnReturn) {
  One& watcher = join(3ms);
  One& other = join(12ms);
  watch(watcher);
  (void)deltas(watcher);
  core.ended(now, other.id, RelayCore::Ended::Lost);
  run(1s);
  EXPECT_EQ(deltas(watcher).at(0).changes.at(0),
            (wire::PresenceChange{other.who(), {}, PresenceState::Unreachable, {}}));
  come(other, 60ms);
  run(1s);
  EXPECT_EQ(deltas(watcher).at(0).changes.at(0),
            (wire::PresenceChange{other.who(), {}, PresenceState::Available, std::uint16_t{50}}));
}

TEST_F(Legs, whoComesBackAgainAndAgainChangesNothingForTheOthers) {
  One& watcher = join(3ms);
  One& other = join(12ms);
  watch(watcher);
  (void)deltas(watcher);
  for (int i = 0; i < 25; ++i) {
    come(other, i % 2 == 0 ? 400ms : 3ms);  // replaces the one before
    run(1s);
  }
  EXPECT_TRUE(deltas(watcher).empty());
  run(kLegInterval + kLegTurn);
  EXPECT_EQ(deltas(watcher).size(), 1u);
}

TEST_F(Legs, nothingIsToldOfWhomNothingWasMeasuredOrWhoIsInvisible) {
  One& watcher = join(3ms);
  One& other = join(std::nullopt);
  watch(watcher);
  (void)deltas(watcher);
  One invisible{crypto::Identity::generate(random), {}};
  come(invisible, 12ms, true);
  run(2min);
  EXPECT_EQ(legOf(other), std::nullopt);
  EXPECT_TRUE(deltas(watcher).empty());
  for (const wire::Message& message : carrier.sent[invisible.id])
    EXPECT_FALSE(std::holds_alternative<wire::Ping>(message));
  carrier.ways[other.id] = 12ms;
  run(kLegInterval + kLegTurn);
  EXPECT_EQ(deltas(watcher).at(0).changes.at(0).leg, wire::LegMs(10));
}

TEST_F(Legs, nobodyIsAskedWhereNobodyIsToldOrSomethingIsUnderWayAnyhow) {
  One& alone = join(3ms);
  const auto pings = [&] {
    return std::ranges::count_if(carrier.sent[alone.id], [](const auto& message) {
      return std::holds_alternative<wire::Ping>(message);
    });
  };
  run(2min);
  EXPECT_EQ(pings(), 0);
  join(3ms);
  run(2min);
  EXPECT_GE(pings(), 8);
  EXPECT_LE(pings(), 13);
  carrier.sent[alone.id].clear();
  carrier.pending = 10;
  run(2min);
  EXPECT_EQ(pings(), 0);
}

// By what QUIC itself measures.
TEST(LegsOverQuic, aQuietConnectionsLegFollowsItsWay) {
  testing::World world;
  world.delay = 10ms;
  testing::TestClient& watcher = world.join("Watcher");
  testing::TestClient& other = world.join("Other");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.run(1s);
  const auto page = watcher.last<wire::PresencePage>();
  ASSERT_TRUE(page && page->people.size() == 2);
  for (const auto& person : page->people) EXPECT_EQ(person.leg, wire::LegMs(20));
  world.delay = 150ms;
  ASSERT_TRUE(world.runUntil(
      [&] {
        for (const auto& delta : watcher.all<wire::PresenceDelta>())
          for (const auto& change : delta.changes)
            if (change.fingerprint == other.who() && change.leg == 300) return true;
        return false;
      },
      15min));
  EXPECT_GE(other.count<wire::Ping>(), 1u);
}

}  // namespace
}  // namespace foyer::relaylite
