// How others see a person: away, invisible, and a call on hold.
#include "tests/scenarios/two_people.h"

namespace foyer::sim {
namespace {

using client::Availability;

std::optional<Availability> seenBy(SimClient& who) {
  const auto people = who.client().people();
  return people.empty() ? std::nullopt : std::optional(people[0].availability);
}

TEST(PresenceStates, whoIsAwayIsSeenAwayUnlessThereIsMoreToSay) {
  TwoPeople people(70);
  ASSERT_TRUE(people.world.meet(*people.a, *people.b, people.relay));
  const auto sees = [&](Availability state) {
    return people.world.network.runUntil([&] { return seenBy(*people.a) == state; }, 5s);
  };
  people.b->tell([](client::Client& c, TimePoint) { c.setAway(true); });
  EXPECT_TRUE(sees(Availability::Away));
  people.b->tell([](client::Client& c, TimePoint) { c.setDoNotDisturb(true); });
  EXPECT_TRUE(sees(Availability::DoNotDisturb));
  people.b->tell([](client::Client& c, TimePoint) { c.setDoNotDisturb(false); });
  people.world.network.runFor(5s);
  people.b->tell([](client::Client& c, TimePoint) { c.setAway(false); });
  EXPECT_TRUE(sees(Availability::Available));
}

TEST(PresenceStates, whoIsInvisibleIsInNobodysLobbyAndCallsAllTheSame) {
  TwoPeople people(71);
  ASSERT_TRUE(people.world.meet(*people.a, *people.b, people.relay));
  people.b->tell([](client::Client& c, TimePoint now) { c.setInvisible(now, true); });
  ASSERT_TRUE(people.world.network.runUntil([&] { return !seenBy(*people.a); }, 5s));
  ASSERT_TRUE(people.world.network.runUntil([&] { return seenBy(*people.b).has_value(); }, 5s))
      << "who is invisible sees the others";
  // No record, no call: there is nothing to seal an offer to.
  const auto towards = people.a->tell([&](client::Client& c, TimePoint now) {
    return c.placeCall(now, people.b->client().identity().fingerprint());
  });
  ASSERT_FALSE(towards);
  EXPECT_EQ(towards.error().code, "not_found");
  const CallId call = test::talk(people.world, *people.b, *people.a);
  people.expectAlive(call);
  EXPECT_FALSE(seenBy(*people.a)) << "nor does a call show them";
  // Refreshing goes on for hours without a word.
  people.b->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, call); });
  people.world.network.runFor(std::chrono::hours(3));
  EXPECT_FALSE(seenBy(*people.a));
  people.b->tell([](client::Client& c, TimePoint) { c.setDoNotDisturb(true); });
  people.b->tell([](client::Client& c, TimePoint now) { c.setInvisible(now, false); });
  EXPECT_TRUE(people.world.network.runUntil(
      [&] { return seenBy(*people.a) == Availability::DoNotDisturb; }, 5s));
}

TEST(PresenceStates, invisibleInACallWaitsForItsEndAndTheEndIsHeard) {
  TwoPeople people(72);
  const CallId call = people.talk();
  people.b->tell([](client::Client& c, TimePoint now) { c.setInvisible(now, true); });
  people.expectAlive(call);
  EXPECT_EQ(seenBy(*people.a), Availability::InCall);
  people.b->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, call); });
  ASSERT_TRUE(people.world.waitForPhase(*people.a, call, CallPhase::Ended, 2s));
  EXPECT_EQ(people.world.status(*people.a, call)->end, CallEnd::RemoteHangup);
  EXPECT_TRUE(people.world.network.runUntil([&] { return !seenBy(*people.a); }, 5s));
}

TEST(PresenceStates, aGoodbyeThatIsLostDoesNotLeaveAnInvisiblePersonInTheLobby) {
  TwoPeople people(73);
  ASSERT_TRUE(people.world.meet(*people.a, *people.b, people.relay));
  people.b->tell([](client::Client& c, TimePoint now) { c.setInvisible(now, true); });
  // Everything of the old connection that is under way, the goodbye with it.
  const TimePoint until = people.world.network.now() + 5ms;
  people.world.network.setTap([&](const Node& from, const Node&, Bytes&) {
    return &from != people.b || people.world.network.now() > until;
  });
  EXPECT_TRUE(people.world.network.runUntil(
      [&] {
        return !seenBy(*people.a) &&
               people.b->client().relays()[0].phase == client::RelayPhase::Connected;
      },
      5s));
  people.world.network.runFor(60s);
  EXPECT_FALSE(seenBy(*people.a));
}

TEST(PresenceStates, aCallOnHoldIsSilentOneWayAndBothSidesKnow) {
  TwoPeople people(74);
  const CallId call = people.talk();
  const auto hold = [&](bool isHeld) {
    return people.a->tell(
        [&](client::Client& c, TimePoint now) { return c.setHeld(now, call, isHeld); });
  };
  const auto sees = [&](bool isHeld) {
    return people.world.network.runUntil(
        [&] {
          const auto status = people.world.status(*people.b, call);
          return status->isPeerHeld == isHeld && status->isPeerMuted == isHeld;
        },
        2s);
  };
  ASSERT_TRUE(hold(true));
  EXPECT_TRUE(sees(true));
  EXPECT_TRUE(people.world.status(*people.a, call)->isHeld);
  people.expectAlive(call);
  // Muted by hand meanwhile, the other side hears of it when the hold ends.
  people.a->tell([](client::Client& c, TimePoint now) { c.setMuted(now, true); });
  ASSERT_TRUE(hold(false));
  EXPECT_TRUE(people.world.network.runUntil(
      [&] {
        const auto status = people.world.status(*people.b, call);
        return !status->isPeerHeld && status->isPeerMuted;
      },
      2s));
  people.a->tell([](client::Client& c, TimePoint now) { c.setMuted(now, false); });
  EXPECT_TRUE(sees(false));
  people.a->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, call); });
  ASSERT_TRUE(people.world.waitForPhase(*people.b, call, CallPhase::Ended));
  EXPECT_FALSE(hold(true)) << "a call that is over";
}

}  // namespace
}  // namespace foyer::sim
