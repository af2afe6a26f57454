#include "relaylite/memory_directory.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "core/base/random.h"

namespace foyer::relaylite {
namespace {

using wire::PresenceState;

Route routeOf(std::uint64_t n) { return {0, net::ConnectionId{n}}; }

TEST(MemoryDirectory, theNewestRegistrationWinsAndAnOldOneCannotRemoveIt) {
  MemoryDirectory directory(100);
  SeededRandom random(1);
  const auto who = random.id<Fingerprint>();
  EXPECT_EQ(directory.attach(who, routeOf(1)), std::nullopt);
  EXPECT_EQ(directory.attach(who, routeOf(2)), routeOf(1));
  EXPECT_FALSE(directory.detach(who, routeOf(1)));
  EXPECT_EQ(directory.route(who), routeOf(2));
  EXPECT_TRUE(directory.detach(who, routeOf(2)));
  EXPECT_EQ(directory.route(who), std::nullopt);
}

TEST(MemoryDirectory, walkingTheChangesRebuildsTheList) {
  SeededRandom random(2);
  MemoryDirectory directory(1000);
  std::vector<Fingerprint> names;
  for (int i = 0; i < 40; ++i) names.push_back(random.id<Fingerprint>());
  std::map<Fingerprint, std::pair<Bytes, PresenceState>> mirror;
  std::uint64_t seen = directory.version();
  for (int round = 0; round < 5000; ++round) {
    const Fingerprint& who = names[random.below(names.size())];
    switch (random.below(3)) {
      case 0:
        directory.put(who,
                      {Bytes{static_cast<std::uint8_t>(random.below(4))}, 1, PresenceState::Away});
        break;
      case 1:
        directory.setState(who, static_cast<PresenceState>(random.below(5)));
        break;
      default:
        directory.remove(who);
        break;
    }
    if (random.below(20) != 0) continue;
    std::uint64_t last = seen;
    for (const Change& change : directory.changesAfter(seen, 1000)) {
      EXPECT_GT(change.version, last);
      last = change.version;
      if (change.person == nullptr) {
        mirror.erase(change.fingerprint);
      } else {
        auto& entry = mirror[change.fingerprint];
        if (change.recordVersion > seen) entry.first = change.person->record;
        entry.second = change.person->state;
      }
    }
    seen = directory.version();
    ASSERT_EQ(mirror.size(), directory.people());
    for (const auto& [name, entry] : mirror) {
      ASSERT_NE(directory.find(name), nullptr);
      EXPECT_EQ(directory.find(name)->record, entry.first);
      EXPECT_EQ(directory.find(name)->state, entry.second);
    }
  }
}

TEST(MemoryDirectory, departuresAreRememberedWithinABound) {
  SeededRandom random(3);
  MemoryDirectory directory(7);
  EXPECT_EQ(directory.oldestVersion(), 7u);
  for (std::size_t i = 0; i < MemoryDirectory::kMaxTombstones + 10; ++i) {
    const auto who = random.id<Fingerprint>();
    directory.put(who, {Bytes{1}, 1, PresenceState::Available});
    directory.remove(who);
  }
  EXPECT_EQ(directory.changesAfter(0, 1u << 20).size(), MemoryDirectory::kMaxTombstones);
  EXPECT_EQ(directory.oldestVersion(), 7u + 2 * 10);
  EXPECT_EQ(directory.people(), 0u);
}

}  // namespace
}  // namespace foyer::relaylite
