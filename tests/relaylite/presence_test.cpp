#include <gtest/gtest.h>

#include <map>

#include "core/crypto/presence.h"
#include "core/wire/limits.h"
#include "tests/relaylite/relay_world.h"

namespace foyer::relaylite {
namespace {

using testing::TestClient;
using testing::World;
using wire::PresenceState;

// A lobby kept by pages and deltas alone, as a client keeps it.
struct Mirror {
  struct Entry {
    std::string alias;
    PresenceState state = PresenceState::Available;
    bool operator==(const Entry&) const = default;
  };
  std::map<Fingerprint, Entry> people;
  std::uint64_t version = 0;
  std::size_t pages = 0;
  std::size_t deltas = 0;
  bool isWhole = false;
  std::size_t taken = 0;

  static std::pair<Fingerprint, std::string> open(ByteView record) {
    const auto opened = crypto::openPresence(record);
    EXPECT_TRUE(opened.has_value());
    return {crypto::fingerprintOf(opened->identity), opened->alias};
  }
  void follow(const TestClient& client) {
    for (; taken < client.inbox.size(); ++taken) {
      const auto& message = client.inbox[taken];
      if (const auto* page = std::get_if<wire::PresencePage>(&message)) take(*page);
      if (const auto* delta = std::get_if<wire::PresenceDelta>(&message)) take(*delta);
    }
  }
  void take(const wire::PresencePage& page) {
    if (page.page == 0) {
      people.clear();
      pages = 0;
    }
    EXPECT_EQ(page.page, pages++);
    for (const auto& person : page.people) {
      const auto [who, alias] = open(person.record);
      people[who] = {alias, person.state};
    }
    version = page.version;
    isWhole = page.last;
  }
  void take(const wire::PresenceDelta& delta) {
    EXPECT_TRUE(isWhole);
    EXPECT_EQ(delta.from, version);
    ++deltas;
    version = delta.to;
    for (const auto& change : delta.changes) {
      if (change.state == PresenceState::Gone) {
        people.erase(change.fingerprint);
        continue;
      }
      if (!change.record.empty()) {
        const auto [who, alias] = open(change.record);
        EXPECT_EQ(who, change.fingerprint);
        people[who].alias = alias;
      }
      // Whoever is named without a record is known already.
      ASSERT_TRUE(people.contains(change.fingerprint));
      people[change.fingerprint].state = change.state;
    }
  }
};

std::optional<wire::ErrorCode> lastError(const TestClient& client) {
  const auto error = client.last<wire::ErrorMessage>();
  return error ? std::optional(error->code) : std::nullopt;
}

TEST(Presence, theLobbyIsKnownTwoRoundTripsAfterTheDial) {
  World world;
  for (const char* alias : {"Amina", "Bo", "Chen"}) world.join(alias);
  TestClient& client = world.addClient();
  const TimePoint dialled = world.now();
  world.dial(client);
  world.hello(client);
  world.send(client, wire::Publish{2, world.record(client, "Dora")});
  world.send(client, wire::PresenceGet{3, 0});
  Mirror mirror;
  ASSERT_TRUE(world.runUntil([&] {
    mirror.follow(client);
    return mirror.isWhole;
  }));
  EXPECT_LE(world.now() - dialled, 4 * world.delay + 1ms);
  EXPECT_EQ(mirror.people.size(), 4u);
  EXPECT_EQ(mirror.people[client.who()].alias, "Dora");
}

TEST(Presence, changesComeInOneDeltaAQuarterSecondLater) {
  World world;
  TestClient& watcher = world.join("Watcher");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.run(1s);
  Mirror mirror;
  mirror.follow(watcher);
  std::vector<TestClient*> others;
  for (int i = 0; i < 5; ++i) others.push_back(&world.addClient());
  const TimePoint start = world.now();
  for (TestClient* other : others) {
    world.dial(*other);
    world.hello(*other);
    world.send(*other, wire::Publish{2, world.record(*other, "n")});
    world.send(*other, wire::Availability{PresenceState::Away});
  }
  ASSERT_TRUE(world.runUntil([&] {
    mirror.follow(watcher);
    return mirror.people.size() == 6;
  }));
  EXPECT_GE(world.now() - start, 250ms);
  EXPECT_LE(world.now() - start, 300ms);
  EXPECT_EQ(mirror.deltas, 1u);
  EXPECT_EQ(mirror.people[others[0]->who()].state, PresenceState::Away);
}

TEST(Presence, aLostClientIsUnreachableWithinTenSecondsAndGoneAfterThirty) {
  World world;
  TestClient& watcher = world.join("Watcher");
  TestClient& lost = world.join("Lost");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.run(1s);
  Mirror mirror;
  world.cut(lost);
  ASSERT_TRUE(world.runUntil(
      [&] {
        mirror.follow(watcher);
        return mirror.people[lost.who()].state == PresenceState::Unreachable;
      },
      11s));
  world.run(28s);
  mirror.follow(watcher);
  EXPECT_TRUE(mirror.people.contains(lost.who()));
  world.run(3s);
  mirror.follow(watcher);
  EXPECT_FALSE(mirror.people.contains(lost.who()));
  EXPECT_EQ(world.relay().snapshot().people, 1u);
}

// What the relay itself goes on sending must not put the ten seconds off.
TEST(Presence, aLostClientThatIsSpokenToIsUnreachableWithinTenSecondsToo) {
  World world;
  TestClient& watcher = world.join("Watcher");
  TestClient& lost = world.join("Lost");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.send(lost, wire::PresenceGet{3, 0});
  world.run(1s);
  Mirror mirror;
  world.cut(lost);
  const TimePoint cut = world.now();
  for (int i = 0; i < 9; ++i) {
    world.run(1s);
    world.send(watcher,
               wire::Availability{i % 2 == 0 ? PresenceState::Away : PresenceState::InCall});
  }
  ASSERT_TRUE(world.runUntil([&] {
    mirror.follow(watcher);
    return mirror.people[lost.who()].state == PresenceState::Unreachable;
  }));
  EXPECT_LE(world.now() - cut, 10s + kCoalesce + 2 * world.delay);
}

TEST(Presence, whoReturnsInTimeIsAvailableAgainAndDoesNotLeaveLater) {
  World world;
  TestClient& watcher = world.join("Watcher");
  TestClient& other = world.join("Other");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.cut(other);
  world.run(30s);
  Mirror mirror;
  mirror.follow(watcher);
  EXPECT_EQ(mirror.people[other.who()].state, PresenceState::Unreachable);
  world.reconnect(other);
  world.run(1s);
  mirror.follow(watcher);
  EXPECT_EQ(mirror.people[other.who()].state, PresenceState::Available);
  world.run(60s);
  mirror.follow(watcher);
  EXPECT_EQ(mirror.people[other.who()], (Mirror::Entry{"Other", PresenceState::Available}));
}

TEST(Presence, whoLosesTheLineTwiceGetsTheWholeTimeTwice) {
  World world;
  TestClient& other = world.join("Other");
  world.cut(other);
  world.run(25s);
  world.reconnect(other);
  world.run(1s);
  world.cut(other);
  // Lost for the second time at about 36 s; the first departure would have been at about 40 s.
  world.run(25s);
  EXPECT_EQ(world.relay().snapshot().people, 1u);
  world.run(20s);
  EXPECT_EQ(world.relay().snapshot().people, 0u);
}

TEST(Presence, whoLeavesOnPurposeIsGoneAtOnce) {
  World world;
  TestClient& watcher = world.join("Watcher");
  TestClient& other = world.join("Other");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.run(1s);
  Mirror mirror;
  world.leave(other);
  world.run(400ms);
  mirror.follow(watcher);
  EXPECT_FALSE(mirror.people.contains(other.who()));
}

TEST(Presence, recordsAreCheckedForKeySignatureAndSequence) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  const auto attempt = [&](Bytes record) {
    a.inbox.clear();
    world.send(a, wire::Publish{9, std::move(record)});
    world.run(100ms);
    EXPECT_EQ(a.count<wire::Published>() + a.count<wire::ErrorMessage>(), 1u);
    return lastError(a);
  };
  const std::uint64_t before = world.relay().snapshot().presenceVersion;
  EXPECT_EQ(attempt(world.record(b, "A")), wire::ErrorCode::WrongKey);
  Bytes forged = world.record(a, "A");
  forged.back() ^= 1;
  EXPECT_EQ(attempt(forged), wire::ErrorCode::BadRecord);
  a.sequence = 0;
  EXPECT_EQ(attempt(world.record(a, "older")), wire::ErrorCode::StaleRecord);
  EXPECT_EQ(world.relay().snapshot().presenceVersion, before);
  EXPECT_FALSE(a.closed);
}

TEST(Presence, recordsAreRefreshedSeldom) {
  World world;
  TestClient& a = world.join("A");
  std::size_t published = 0;
  for (int i = 0; i < 10; ++i) {
    a.inbox.clear();
    world.send(a, wire::Publish{9, world.record(a)});
    world.run(100ms);
    published += a.count<wire::Published>();
  }
  EXPECT_EQ(published, 3u);
  EXPECT_EQ(lastError(a), wire::ErrorCode::TooSoon);
  // The same bytes again are no refresh: after a lost answer nothing is refused.
  world.run(301s);
  a.inbox.clear();
  const Bytes record = world.record(a);
  for (int i = 0; i < 5; ++i) world.send(a, wire::Publish{9, record});
  world.run(100ms);
  EXPECT_EQ(a.count<wire::Published>(), 5u);
}

TEST(Presence, availabilityIsLimitedAndNeedsARecord) {
  World world;
  TestClient& a = world.addClient();
  world.dial(a);
  world.hello(a);
  world.send(a, wire::Availability{PresenceState::Away});
  world.run(100ms);
  EXPECT_EQ(lastError(a), wire::ErrorCode::NotRegistered);
  for (int i = 0; i < 30; ++i) world.send(a, wire::Availability{PresenceState::Away});
  world.run(100ms);
  EXPECT_EQ(lastError(a), wire::ErrorCode::RateLimited);
  EXPECT_FALSE(a.closed);
}

TEST(Presence, aListOfARecentVersionIsBroughtUpToDateByDeltas) {
  World world;
  TestClient& watcher = world.join("Watcher");
  TestClient& leaver = world.join("Leaver");
  world.send(watcher, wire::PresenceGet{3, 0});
  world.run(1s);
  Mirror mirror;
  mirror.follow(watcher);
  world.cut(watcher);
  TestClient& comer = world.join("Comer");
  world.leave(leaver);
  world.run(1s);
  world.reconnect(watcher);
  mirror.taken = 0;
  mirror.deltas = 0;
  const std::size_t pagesBefore = mirror.pages;
  world.send(watcher, wire::PresenceGet{4, mirror.version});
  ASSERT_TRUE(world.runUntil([&] {
    mirror.follow(watcher);
    return mirror.deltas > 0;
  }));
  EXPECT_EQ(mirror.pages, pagesBefore);
  EXPECT_TRUE(mirror.people.contains(comer.who()));
  EXPECT_FALSE(mirror.people.contains(leaver.who()));
  EXPECT_EQ(mirror.people[watcher.who()].state, PresenceState::Available);
  // Nothing new is an answer too.
  world.run(1s);
  mirror.follow(watcher);
  mirror.deltas = 0;
  world.send(watcher, wire::PresenceGet{5, mirror.version});
  world.run(100ms);
  mirror.follow(watcher);
  EXPECT_EQ(mirror.deltas, 1u);
}

TEST(Presence, aVersionOfAnotherRunGetsAWholeList) {
  World world;
  TestClient& a = world.join("A");
  for (const std::uint64_t version : {std::uint64_t{1}, wire::kMaxJsonInteger}) {
    a.inbox.clear();
    world.send(a, wire::PresenceGet{4, version});
    world.run(100ms);
    EXPECT_EQ(a.count<wire::PresencePage>(), 1u);
    EXPECT_TRUE(a.last<wire::PresencePage>()->last);
  }
}

TEST(Presence, snapshotsCannotBeAskedForWithoutEnd) {
  World world;
  TestClient& a = world.join("A");
  for (int i = 0; i < 20; ++i) world.send(a, wire::PresenceGet{4, 0});
  world.run(1s);
  EXPECT_LE(a.count<wire::PresencePage>(), 7u);
  EXPECT_EQ(lastError(a), wire::ErrorCode::RateLimited);
}

TEST(Presence, aLargeLobbyComesInPagesWhilePeopleComeAndGo) {
  RelayConfig config;
  config.limits.initialsPerSecond = 1e6;
  config.limits.initialsBurst = 1e6;
  World world(config);
  std::vector<TestClient*> people;
  for (int i = 0; i < 300; ++i) people.push_back(&world.join("p" + std::to_string(i)));
  TestClient& watcher = world.join("Watcher");
  world.delay = 40ms;  // so that the walk takes several turns
  Mirror mirror;
  world.send(watcher, wire::PresenceGet{3, 0});
  SeededRandom random(5);
  for (int round = 0; round < 60; ++round) {
    TestClient& somebody = *people[random.below(people.size())];
    if (round % 10 == 0) {
      world.leave(somebody);
    } else {
      world.send(somebody, wire::Availability{static_cast<PresenceState>(random.below(4))});
    }
    world.run(20ms);
    mirror.follow(watcher);
  }
  world.run(2s);
  mirror.follow(watcher);
  EXPECT_TRUE(mirror.isWhole);
  EXPECT_GE(mirror.pages, 4u);
  EXPECT_EQ(mirror.people.size(), world.relay().snapshot().people);
  // What was put together on the way is what one gets who asks now.
  TestClient& fresh = world.join("Fresh");
  world.send(fresh, wire::PresenceGet{3, 0});
  Mirror whole;
  world.run(3s);
  mirror.follow(watcher);
  whole.follow(fresh);
  EXPECT_EQ(mirror.people, whole.people);
  EXPECT_EQ(mirror.version, whole.version);
}

}  // namespace
}  // namespace foyer::relaylite
