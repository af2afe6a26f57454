// Whole calls between two clients and a relay in virtual time.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

using client::CallEnd;
using client::CallPhase;

struct Pair {
  explicit Pair(std::uint64_t seed, Duration oneWay = 10ms, SimClientOptions options = {})
      : world(seed), relay(world.addRelay()) {
    options.alias = "Ann";
    a = &world.addClient(options);
    options.alias = "Ben";
    b = &world.addClient(options);
    world.network.setLink(*a, relay, {.delay = oneWay});
    world.network.setLink(*b, relay, {.delay = oneWay});
  }
  CallId activeCall() {
    EXPECT_TRUE(world.meet(*a, *b, relay));
    return test::talk(world, *a, *b);
  }
  CallEnd endOf(SimClient& client, const CallId& call) {
    EXPECT_TRUE(world.waitForPhase(client, call, CallPhase::Ended, 60s));
    return world.status(client, call)->end;
  }
  World world;
  SimRelay& relay;
  SimClient* a = nullptr;
  SimClient* b = nullptr;
};

TEST(CallFlow, theLobbyIsKnownTwoRoundTripsAfterTheFirstPacket) {
  Pair pair(1, 20ms);
  pair.world.connect(*pair.a, pair.relay);
  ASSERT_TRUE(pair.world.waitForLobby(*pair.a, pair.relay));
  EXPECT_LE(*pair.a->client().relays()[0].lobbyAfter, 2 * 40ms + 20ms);
}

TEST(CallFlow, aSlowFirstAddressStillAdmitsAndADeadOneIsPassedOver) {
  World world(20);
  SimRelay& relay = world.addRelay();
  SimClient& a = world.addClient();
  // The answer takes longer than the wait before the next address is tried beside it.
  world.network.setLink(a, relay, {.delay = 200ms});
  client::RelayTarget target = world.targetOf(relay);
  target.addresses.push_back({IpAddress::v4(10, 77, 0, 1), 4700});
  a.tell([&](client::Client& c, TimePoint now) { return c.connectRelay(now, target); });
  EXPECT_TRUE(world.waitForLobby(a, relay, 3s));

  SimClient& b = world.addClient();
  target = world.targetOf(relay);
  target.addresses.insert(target.addresses.begin(), {IpAddress::v4(10, 77, 0, 1), 4700});
  b.tell([&](client::Client& c, TimePoint now) { return c.connectRelay(now, target); });
  EXPECT_TRUE(world.waitForLobby(b, relay, 1s));
  world.network.runFor(30s);
  EXPECT_EQ(a.client().relays()[0].phase, client::RelayPhase::Connected);
  EXPECT_EQ(b.client().relays()[0].phase, client::RelayPhase::Connected);
}

TEST(CallFlow, twoPeopleTalkWithTheSameCodesAndHangUp) {
  Pair pair(2);
  const CallId call = pair.activeCall();
  pair.world.network.runFor(3s);
  const auto atA = pair.world.status(*pair.a, call);
  const auto atB = pair.world.status(*pair.b, call);
  ASSERT_TRUE(atA->sas && atB->sas);
  EXPECT_EQ(atA->sas->digits, atB->sas->digits);
  EXPECT_EQ(atA->sas->words, atB->sas->words);
  EXPECT_GT(atA->rx.packets, 140U);
  EXPECT_GT(atB->rx.packets, 140U);
  EXPECT_EQ(atA->peerAlias, "Ben");
  EXPECT_EQ(atB->peerAlias, "Ann");
  pair.a->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, call); });
  EXPECT_EQ(pair.endOf(*pair.b, call), CallEnd::RemoteHangup);
  EXPECT_EQ(pair.endOf(*pair.a, call), CallEnd::LocalHangup);
  pair.world.network.runFor(1s);
  EXPECT_EQ(pair.relay.relay().snapshot().calls, 0U);
}

TEST(CallFlow, speechIsHeardWithin200MsOfTheAnswerAt40MsRoundTrip) {
  SimClientOptions options;
  options.codec = SimCodec::Opus;
  // A loud tone from the opening on, so that the first decoded sound is the first frame.
  for (int i = 0; i < 48000 * 2; ++i)
    options.sound.push_back(
        static_cast<std::int16_t>(9000 * std::sin(i * 2 * 3.14159265 * 300 / 48000)));
  Pair pair(3, 20ms, options);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  const auto placed = pair.world.call(*pair.a, *pair.b);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *placed, CallPhase::Ringing));
  const TimePoint answered = pair.world.network.now();
  pair.b->tell([&](client::Client& c, TimePoint now) { return c.answer(now, *placed, true); });
  pair.world.network.runFor(2s);
  for (SimClient* side : {pair.a, pair.b}) {
    const auto& sound = side->sounds().at(*placed);
    ASSERT_TRUE(sound.firstSoundAt);
    EXPECT_LE(*sound.firstSoundAt - answered, 200ms);
  }
}

TEST(CallFlow, declineBusyCancelAndNoAnswerAreToldApart) {
  Pair pair(4);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  SimClient& c = pair.world.addClient({.alias = "Cid"});
  ASSERT_TRUE(pair.world.meet(c, *pair.b, pair.relay));

  const auto declined = pair.world.call(*pair.a, *pair.b);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *declined, CallPhase::Ringing));
  pair.b->tell([&](client::Client& cl, TimePoint now) { return cl.reject(now, *declined); });
  EXPECT_EQ(pair.endOf(*pair.a, *declined), CallEnd::Declined);

  const auto cancelled = pair.world.call(*pair.a, *pair.b);
  ASSERT_TRUE(cancelled);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *cancelled, CallPhase::Ringing));
  pair.a->tell([&](client::Client& cl, TimePoint now) { return cl.hangup(now, *cancelled); });
  EXPECT_EQ(pair.endOf(*pair.b, *cancelled), CallEnd::Missed);
  EXPECT_EQ(pair.endOf(*pair.a, *cancelled), CallEnd::Cancelled);

  // A second caller rings beside the call; a third one, while that rings, is told busy.
  SimClient& d = pair.world.addClient({.alias = "Dee"});
  ASSERT_TRUE(pair.world.meet(d, *pair.b, pair.relay));
  const CallId talking = pair.activeCall();
  const auto waiting = pair.world.call(c, *pair.b);
  ASSERT_TRUE(waiting);
  ASSERT_TRUE(pair.world.waitForPhase(c, *waiting, CallPhase::Ringing));
  const auto busy = pair.world.call(d, *pair.b);
  ASSERT_TRUE(busy);
  EXPECT_EQ(pair.endOf(d, *busy), CallEnd::Busy);
  pair.b->tell([&](client::Client& cl, TimePoint now) { return cl.reject(now, *waiting); });
  EXPECT_EQ(pair.endOf(c, *waiting), CallEnd::Declined);
  EXPECT_EQ(pair.world.status(*pair.b, talking)->phase, CallPhase::Active);
  pair.b->tell([&](client::Client& cl, TimePoint now) { return cl.hangup(now, talking); });
  EXPECT_EQ(pair.endOf(*pair.a, talking), CallEnd::RemoteHangup);

  const auto unanswered = pair.world.call(*pair.a, *pair.b);
  ASSERT_TRUE(unanswered);
  EXPECT_EQ(pair.endOf(*pair.a, *unanswered), CallEnd::NoAnswer);
  EXPECT_EQ(pair.endOf(*pair.b, *unanswered), CallEnd::Missed);
}

TEST(CallFlow, answeringASecondCallEndsTheFirst) {
  Pair pair(14);
  const CallId first = pair.activeCall();
  SimClient& c = pair.world.addClient({.alias = "Cid"});
  ASSERT_TRUE(pair.world.meet(c, *pair.b, pair.relay));
  const auto second = pair.world.call(c, *pair.b);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *second, CallPhase::Ringing));
  pair.b->tell([&](client::Client& cl, TimePoint now) { return cl.answer(now, *second, true); });
  EXPECT_EQ(pair.endOf(*pair.a, first), CallEnd::RemoteHangup);
  EXPECT_EQ(pair.endOf(*pair.b, first), CallEnd::LocalHangup);
  EXPECT_TRUE(pair.world.waitForPhase(*pair.b, *second, CallPhase::Active));
  EXPECT_TRUE(pair.world.waitForPhase(c, *second, CallPhase::Active));
}

// Whoever calls somebody whose own call waits takes that call, and leaves the one they are in.
TEST(CallFlow, callingWhoeverIsWaitingEndsTheFirst) {
  Pair pair(15);
  const CallId first = pair.activeCall();
  SimClient& c = pair.world.addClient({.alias = "Cid"});
  ASSERT_TRUE(pair.world.meet(c, *pair.b, pair.relay));
  const auto second = pair.world.call(c, *pair.b);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *second, CallPhase::Ringing));
  EXPECT_EQ(*pair.world.call(*pair.b, c), *second);
  EXPECT_EQ(pair.endOf(*pair.a, first), CallEnd::RemoteHangup);
  EXPECT_TRUE(pair.world.waitForPhase(c, *second, CallPhase::Active));
}

TEST(CallFlow, answeringCancelsTheCallOneIsPlacing) {
  Pair pair(16);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  SimClient& c = pair.world.addClient({.alias = "Cid"});
  ASSERT_TRUE(pair.world.meet(c, *pair.a, pair.relay));
  const auto placed = pair.world.call(*pair.a, *pair.b);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *placed, CallPhase::Ringing));
  const auto incoming = pair.world.call(c, *pair.a);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.a, *incoming, CallPhase::Ringing));
  pair.a->tell([&](client::Client& cl, TimePoint now) { return cl.answer(now, *incoming, true); });
  EXPECT_EQ(pair.endOf(*pair.a, *placed), CallEnd::Cancelled);
  EXPECT_EQ(pair.endOf(*pair.b, *placed), CallEnd::Missed);
  EXPECT_TRUE(pair.world.waitForPhase(c, *incoming, CallPhase::Active));
}

TEST(CallFlow, leavingARelayHangsUpTheCallsOnIt) {
  Pair pair(17);
  const CallId call = pair.activeCall();
  pair.a->tell(
      [&](client::Client& c, TimePoint now) { c.disconnectRelay(now, pair.relay.fingerprint()); });
  EXPECT_EQ(pair.endOf(*pair.a, call), CallEnd::LocalHangup);
  EXPECT_EQ(pair.endOf(*pair.b, call), CallEnd::RemoteHangup);
}

TEST(CallFlow, aPeerThatFellSilentIsWaitedForAndTheWordsGoWithTheCall) {
  Pair pair(18);
  const CallId call = pair.activeCall();
  pair.world.network.setCut(*pair.b, pair.relay, true);
  pair.world.network.runFor(3s);
  const auto at = pair.world.status(*pair.a, call);
  EXPECT_EQ(at->phase, CallPhase::Active);
  EXPECT_TRUE(at->sas);
  const TimePoint last = *at->lastReceived;
  EXPECT_EQ(pair.endOf(*pair.a, call), CallEnd::ConnectionLost);
  const auto ended = pair.world.status(*pair.a, call);
  EXPECT_GE(*ended->endedAt - last, 45s);
  EXPECT_LE(*ended->endedAt - last, 46s);
  EXPECT_FALSE(ended->sas) << "the words go with the call's secrets";
}

TEST(CallFlow, aCallSurvivesFiveSecondsWithoutNetwork) {
  Pair pair(5);
  const CallId call = pair.activeCall();
  pair.world.network.setCut(*pair.a, pair.relay, true);
  pair.world.network.runFor(15s);
  EXPECT_TRUE(pair.world.status(*pair.a, call)->isReconnecting);
  pair.world.network.setCut(*pair.a, pair.relay, false);
  const auto before = pair.world.status(*pair.a, call)->rx.packets;
  pair.world.network.runFor(20s);
  ASSERT_EQ(pair.world.status(*pair.a, call)->phase, CallPhase::Active);
  ASSERT_EQ(pair.world.status(*pair.b, call)->phase, CallPhase::Active);
  EXPECT_FALSE(pair.world.status(*pair.a, call)->isReconnecting);
  EXPECT_GT(pair.world.status(*pair.a, call)->rx.packets, before + 100);
  EXPECT_EQ(
      std::count_if(pair.b->events().begin(), pair.b->events().end(),
                    [](const auto& e) { return std::holds_alternative<client::CallRang>(e); }),
      1);
}

TEST(CallFlow, aRelayThatIsGoneForGoodEndsTheCallAsConnectionLost) {
  Pair pair(6);
  const CallId call = pair.activeCall();
  pair.world.network.setCut(*pair.a, pair.relay, true);
  pair.world.network.setCut(*pair.b, pair.relay, true);
  EXPECT_EQ(pair.endOf(*pair.a, call), CallEnd::ConnectionLost);
  EXPECT_EQ(pair.endOf(*pair.b, call), CallEnd::ConnectionLost);
}

TEST(CallFlow, aVanishedPersonIsUnreachableWithinTenSecondsAndGoneAfterThirtyMore) {
  Pair pair(7);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  pair.world.network.setCut(*pair.b, pair.relay, true);
  pair.world.network.runFor(11s);
  auto people = pair.a->client().people();
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0].availability, client::Availability::Unreachable);
  pair.world.network.runFor(32s);
  EXPECT_TRUE(pair.a->client().people().empty());
}

TEST(CallFlow, afterManyShortCallsNobodyIsShownInOne) {
  Pair pair(70);
  SimClient& c = pair.world.addClient();
  pair.world.connect(c, pair.relay);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  // More changes than the relay listens to at once: two a call.
  for (int i = 0; i < 7; ++i) {
    SCOPED_TRACE(i);
    SimClient& caller = i % 2 == 0 ? *pair.a : *pair.b;
    SimClient& callee = i % 2 == 0 ? *pair.b : *pair.a;
    const CallId call = test::talk(pair.world, caller, callee);
    caller.tell([&](client::Client& client, TimePoint now) { return client.hangup(now, call); });
    ASSERT_EQ(pair.endOf(callee, call), CallEnd::RemoteHangup);
  }
  pair.world.network.runFor(5s);
  const auto people = c.client().people();
  ASSERT_EQ(people.size(), 2U);
  for (const auto& person : people) EXPECT_EQ(person.availability, client::Availability::Available);
}

TEST(CallFlow, aChangedRelayKeyStopsEverythingUntilThePersonDecides) {
  Pair pair(8);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  const Fingerprint old = pair.relay.fingerprint();
  pair.relay.restart(false);
  pair.world.network.runFor(60s);
  const auto status = pair.a->client().relays()[0];
  ASSERT_EQ(status.phase, client::RelayPhase::KeyChanged);
  EXPECT_EQ(status.changedTo, pair.relay.fingerprint());
  EXPECT_EQ(pair.relay.relay().metrics().messagesIn, 0U);  // not a byte of ours reached it
  pair.a->tell([&](client::Client& c, TimePoint now) { c.acceptRelayKey(now, old); });
  EXPECT_TRUE(pair.world.waitForLobby(*pair.a, pair.relay));
}

TEST(CallFlow, aRestartedRelayIsFoundAgain) {
  Pair pair(9);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  pair.relay.restart(true);
  pair.world.network.runFor(60s);
  EXPECT_EQ(pair.a->client().relays()[0].phase, client::RelayPhase::Connected);
  EXPECT_EQ(pair.a->client().people().size(), 1U);
}

TEST(CallFlow, aSecondCopyOfTheIdentityReplacesTheFirstWhichSaysSo) {
  World world(10);
  SimRelay& relay = world.addRelay();
  // The same seed gives the same identity: a restored backup.
  SimClient& first = world.addClient({.identitySeed = 77});
  world.connect(first, relay);
  ASSERT_TRUE(world.waitForLobby(first, relay));
  SimClient& copy = world.addClient({.identitySeed = 77});
  ASSERT_EQ(copy.fingerprint(), first.fingerprint());
  world.connect(copy, relay);
  ASSERT_TRUE(world.waitForLobby(copy, relay));
  world.network.runFor(60s);
  EXPECT_EQ(first.client().relays()[0].phase, client::RelayPhase::Replaced);
  EXPECT_EQ(copy.client().relays()[0].phase, client::RelayPhase::Connected);
}

TEST(CallFlow, devicesThatNeverStartNeverMakeACallActive) {
  SimClientOptions options;
  options.devicesStart = false;
  Pair pair(11, 10ms, options);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  const auto placed = pair.world.call(*pair.a, *pair.b);
  ASSERT_TRUE(pair.world.waitForPhase(*pair.b, *placed, CallPhase::Ringing));
  pair.b->tell([&](client::Client& c, TimePoint now) { return c.answer(now, *placed, true); });
  pair.world.network.runFor(8s);
  EXPECT_EQ(pair.world.status(*pair.a, *placed)->phase, CallPhase::Securing);
}

TEST(CallFlow, callingSomebodyWhoIsNotHereSaysNotFoundAndNeverRings) {
  Pair pair(12);
  ASSERT_TRUE(pair.world.meet(*pair.a, *pair.b, pair.relay));
  const auto placed = pair.a->tell([](client::Client& c, TimePoint now) {
    return c.placeCall(now, Fingerprint{{1, 2, 3}});
  });
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().code, "not_found");
}

TEST(CallFlow, anHourOfCallGivesTheSameCountsTwice) {
  const auto run = [] {
    Pair pair(13, 15ms);
    const CallId call = pair.activeCall();
    pair.world.network.runFor(5min);
    const auto at = pair.world.status(*pair.a, call);
    return std::make_tuple(at->tx.packets, at->rx.packets, at->rx.bytes);
  };
  const auto first = run();
  EXPECT_EQ(first, run());
  EXPECT_GT(std::get<0>(first), 14900U);
}

}  // namespace
}  // namespace foyer::sim
