#include "core/call/lobby.h"

#include <gtest/gtest.h>

#include "core/crypto/presence.h"

namespace foyer::call {
namespace {

using wire::PresenceState;

struct Someone {
  explicit Someone(std::uint64_t seed)
      : random(seed), identity(crypto::Identity::generate(random)) {}
  Bytes record(std::uint64_t sequence, const std::string& alias = "Amina",
               std::uint32_t ttl = 3600) {
    return crypto::signPresence(identity, {.box = random.id<BoxKey>(),
                                           .sequence = sequence,
                                           .issuedMs = 1,
                                           .ttlSeconds = ttl,
                                           .alias = alias});
  }
  [[nodiscard]] const Fingerprint& fingerprint() const { return identity.fingerprint(); }
  SeededRandom random;
  crypto::Identity identity;
};

struct LobbyTest : ::testing::Test {
  Someone me{1};
  Someone amina{2};
  Someone tom{3};
  Lobby lobby{Fingerprint{}, me.identity.publicKey()};
  TimePoint now{};

  Lobby::Fed page(std::uint64_t version, std::vector<wire::PersonEntry> people,
                  std::uint32_t number = 0, bool last = true) {
    return lobby.handlePage(now, {version, number, last, std::move(people)});
  }
  Lobby::Fed delta(std::uint64_t from, std::uint64_t to,
                   std::vector<wire::PresenceChange> changes) {
    return lobby.handleDelta(now, {from, to, std::move(changes)});
  }
};

TEST_F(LobbyTest, aSnapshotIsShownWhenItsLastPageCame) {
  EXPECT_EQ(page(5, {{amina.record(1)}}, 0, false), Lobby::Fed::Incomplete);
  EXPECT_TRUE(lobby.people().empty());
  EXPECT_EQ(page(5, {{tom.record(1), PresenceState::Away}, {me.record(1)}}, 1),
            Lobby::Fed::Complete);
  EXPECT_EQ(lobby.people().size(), 2U);
  EXPECT_EQ(lobby.version(), 5U);
  EXPECT_EQ(lobby.find(amina.fingerprint())->alias, "Amina");
  EXPECT_EQ(lobby.find(tom.fingerprint())->state, PresenceState::Away);
  EXPECT_EQ(lobby.find(me.fingerprint()), nullptr);
}

TEST_F(LobbyTest, aMissingPageAsksAgain) {
  EXPECT_EQ(page(5, {}, 0, false), Lobby::Fed::Incomplete);
  EXPECT_EQ(page(5, {}, 2), Lobby::Fed::Gap);
  EXPECT_EQ(page(6, {}, 1), Lobby::Fed::Gap);
  EXPECT_EQ(page(6, {{amina.record(1)}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.people().size(), 1U);
}

TEST_F(LobbyTest, deltasApplyInOrderAndAGapAsksAgain) {
  EXPECT_EQ(page(5, {{amina.record(1)}}), Lobby::Fed::Complete);
  EXPECT_EQ(delta(5, 6, {{tom.fingerprint(), tom.record(1), PresenceState::InCall}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(delta(6, 7, {{amina.fingerprint(), {}, PresenceState::Unreachable}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(lobby.find(amina.fingerprint())->state, PresenceState::Unreachable);
  EXPECT_EQ(delta(8, 9, {}), Lobby::Fed::Gap);
  EXPECT_EQ(lobby.version(), 7U);
  EXPECT_EQ(delta(7, 8, {{amina.fingerprint(), {}, PresenceState::Gone}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.people().size(), 1U);
}

TEST_F(LobbyTest, aChangeOfSomebodyUnknownStartsOver) {
  EXPECT_EQ(page(5, {}), Lobby::Fed::Complete);
  EXPECT_EQ(delta(5, 6, {{amina.fingerprint(), {}, PresenceState::Away}}), Lobby::Fed::Gap);
  EXPECT_EQ(lobby.version(), 0U);
}

TEST_F(LobbyTest, aLegIsWhatWasSaidLast) {
  const wire::LegMs far = std::uint16_t{150}, near = std::uint16_t{5};
  const Bytes record = amina.record(1);
  const auto leg = [&] { return lobby.find(amina.fingerprint())->leg; };
  EXPECT_EQ(page(5, {{record, PresenceState::Available, far}}), Lobby::Fed::Complete);
  EXPECT_EQ(leg(), far);
  // Alone, with the state as it was and no record.
  EXPECT_EQ(delta(5, 6, {{amina.fingerprint(), {}, PresenceState::Available, near}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(leg(), near);
  EXPECT_EQ(delta(6, 7, {{amina.fingerprint(), record, PresenceState::Away, far}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(leg(), far);
  EXPECT_EQ(delta(7, 8, {{amina.fingerprint(), {}, PresenceState::Unreachable}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(leg(), std::nullopt) << "not said is not known";
  // A relay that does not know legs.
  EXPECT_EQ(page(9, {{record, PresenceState::Available, far}}), Lobby::Fed::Complete);
  EXPECT_EQ(page(10, {{record}}), Lobby::Fed::Complete);
  EXPECT_EQ(leg(), std::nullopt);
}

TEST_F(LobbyTest, aDeltaDuringASnapshotIsInItAlready) {
  EXPECT_EQ(page(5, {}, 0, false), Lobby::Fed::Incomplete);
  EXPECT_EQ(delta(4, 5, {{amina.fingerprint(), {}, PresenceState::Away}}), Lobby::Fed::Incomplete);
  EXPECT_EQ(page(5, {{amina.record(1)}}, 1), Lobby::Fed::Complete);
}

TEST_F(LobbyTest, recordsAreCheckedBeforeAnybodyIsShown) {
  Bytes forged = amina.record(1);
  forged[40] ^= 1;
  EXPECT_EQ(page(5, {{forged}, {Bytes{1, 2, 3}}, {tom.record(1)}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.people().size(), 1U);
  EXPECT_EQ(lobby.refusedRecords(), 2U);
  // A true record under another's fingerprint.
  EXPECT_EQ(delta(5, 6, {{amina.fingerprint(), tom.record(9), PresenceState::Away}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(lobby.refusedRecords(), 3U);
  EXPECT_EQ(lobby.find(tom.fingerprint())->sequence, 1U);
}

// keys.md section 15, the lobby's part
TEST_F(LobbyTest, presence_rollback) {
  const Bytes old = amina.record(7, "Old");
  EXPECT_EQ(page(5, {{amina.record(8, "New")}}), Lobby::Fed::Complete);
  const BoxKey box = lobby.find(amina.fingerprint())->box;
  EXPECT_EQ(delta(5, 6, {{amina.fingerprint(), old, PresenceState::Available}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(page(7, {{old}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.find(amina.fingerprint())->box, box);
  EXPECT_EQ(lobby.find(amina.fingerprint())->alias, "New");
  EXPECT_EQ(lobby.refusedRecords(), 2U);
  // Only while the newer one lives, by our own steady clock: then it can make a call fail, no more.
  now += 1h;
  EXPECT_TRUE(lobby.expire(now));
  EXPECT_EQ(page(8, {{old}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.find(amina.fingerprint())->key, amina.identity.publicKey());
  EXPECT_EQ(lobby.find(amina.fingerprint())->sequence, 7U);
}

TEST_F(LobbyTest, aRecordExpiresTtlAfterItWasFirstSeenHoweverOftenItIsRepeated) {
  const Bytes record = amina.record(1, "Amina", 100);
  EXPECT_EQ(page(5, {{record}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.pollTimeout(), now + 100s);
  now += 60s;
  EXPECT_EQ(page(6, {{record}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.find(amina.fingerprint())->receivedAt, TimePoint{});
  EXPECT_FALSE(lobby.expire(now + 39s));
  EXPECT_TRUE(lobby.expire(now + 40s));
  EXPECT_TRUE(lobby.people().empty());
  EXPECT_FALSE(lobby.pollTimeout());
}

// A stranger who gives a lifetime of seconds and changes now and then would otherwise have
// everybody ask for the whole list each time.
TEST_F(LobbyTest, aChangeOfSomebodyWhoseRecordIsOverIsNoGap) {
  EXPECT_EQ(page(5, {{amina.record(1, "Amina", 1)}}), Lobby::Fed::Complete);
  now += 2s;
  EXPECT_TRUE(lobby.expire(now));
  EXPECT_EQ(delta(5, 6, {{amina.fingerprint(), {}, PresenceState::Available, std::uint16_t{5}}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(lobby.version(), 6U);
  EXPECT_TRUE(lobby.people().empty());
  EXPECT_EQ(delta(6, 7, {{amina.fingerprint(), amina.record(2), PresenceState::Available}}),
            Lobby::Fed::Complete);
  EXPECT_EQ(lobby.people().size(), 1U) << "a new record brings them back";
  EXPECT_EQ(delta(7, 8, {{amina.fingerprint(), {}, PresenceState::Gone}}), Lobby::Fed::Complete);
  EXPECT_EQ(delta(8, 9, {{amina.fingerprint(), {}, PresenceState::Away}}), Lobby::Fed::Gap);
}

TEST_F(LobbyTest, anAliasThatIsNoneIsEmpty) {
  EXPECT_EQ(page(5, {{amina.record(1, "bad\nname")}}), Lobby::Fed::Complete);
  EXPECT_EQ(lobby.find(amina.fingerprint())->alias, "");
}

TEST_F(LobbyTest, afterADisconnectPeopleStayAndAHalfSnapshotIsForgotten) {
  EXPECT_EQ(page(5, {{amina.record(1)}}), Lobby::Fed::Complete);
  EXPECT_EQ(page(6, {{tom.record(1)}}, 0, false), Lobby::Fed::Incomplete);
  lobby.disconnected();
  EXPECT_EQ(lobby.people().size(), 1U);
  EXPECT_EQ(lobby.version(), 5U);
  EXPECT_EQ(page(6, {}, 1), Lobby::Fed::Gap);
}

}  // namespace
}  // namespace foyer::call
