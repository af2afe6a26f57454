// Noise, floods, sleeps, clocks and crowds.
#include <gtest/gtest.h>

#include <deque>

#include "relaylite/relay_config.h"
#include "tests/scenarios/stranger.h"
#include "tests/scenarios/two_people.h"

namespace foyer::sim {
namespace {

TEST(Weather, garbage_never_ends) {
  TwoPeople people(41);
  // Real packets to break: the last ones of the call.
  std::deque<Bytes> real;
  people.world.network.setTap([&](const Node&, const Node&, Bytes& datagram) {
    real.push_back(datagram);
    if (real.size() > 64) real.pop_front();
    return true;
  });
  const CallId call = people.talk();
  SeededRandom random(42);
  const SocketAddress stranger{IpAddress::v4(203, 0, 113, 9), 9999};
  const auto thrown = people.world.network.every(1ms, [&](TimePoint) {
    Bytes bytes;
    if (random.below(2) == 0 || real.empty()) {
      bytes.resize(1 + random.below(1400));
      random.fill(bytes);
      if (random.below(2) == 0)
        bytes[0] = static_cast<std::uint8_t>(0x40 | (bytes[0] & 0x3f));  // a short header
    } else {
      bytes = real[random.below(real.size())];
      const std::size_t flips = 1 + random.below(8);
      for (std::size_t i = 0; i < flips; ++i)
        bytes[random.below(bytes.size())] ^= static_cast<std::uint8_t>(1 + random.below(255));
      if (random.below(4) == 0) bytes.resize(1 + random.below(bytes.size()));
    }
    SimClient& victim = random.below(2) == 0 ? *people.a : *people.b;
    // From the addresses that QUIC trusts most, and from a stranger's.
    switch (random.below(4)) {
      case 0:
        people.world.network.inject(people.relay.address(), victim.address(), bytes);
        break;
      case 1:
        people.world.network.inject(victim.address(), people.relay.address(), bytes);
        break;
      case 2:
        people.world.network.inject(stranger, victim.address(), bytes);
        break;
      default:
        people.world.network.inject(stranger, people.relay.address(), bytes);
    }
  });
  people.world.network.runFor(10s);  // 10 000 of them
  people.expectAlive(call);
  EXPECT_EQ(people.world.status(*people.a, call)->rx.loss, 0);
  EXPECT_EQ(people.world.status(*people.b, call)->rx.loss, 0);
}

TEST(Weather, replayedDatagramsOfTheCallChangeNothing) {
  TwoPeople people(43);
  std::deque<std::pair<const Node*, Bytes>> old;
  people.world.network.setTap([&](const Node& from, const Node&, Bytes& datagram) {
    old.emplace_back(&from, datagram);
    if (old.size() > 2000) old.pop_front();
    return true;
  });
  const CallId call = people.talk();
  people.world.network.runFor(3s);
  const std::uint64_t before = people.world.status(*people.b, call)->rx.packets;
  SeededRandom random(44);
  const auto again = people.world.network.every(5ms, [&](TimePoint) {
    const auto& [from, bytes] = old[random.below(old.size())];
    if (from == people.a)
      people.world.network.inject(people.a->address(), people.relay.address(), bytes);
    if (from == &people.relay)
      people.world.network.inject(people.relay.address(), people.b->address(), bytes);
  });
  people.world.network.runFor(5s);
  EXPECT_LE(people.world.status(*people.b, call)->rx.packets - before, 260U)
      << "each packet counts once: 50 a second, and a report";
  people.expectAlive(call);
}

TEST(Weather, floodsAndSlowLorisLeaveACallOfOthersAlone) {
  TwoPeople people(45);
  const CallId call = people.talk();
  std::vector<std::unique_ptr<Stranger>> strangers;
  for (std::uint8_t i = 0; i < 24; ++i)
    strangers.push_back(std::make_unique<Stranger>(
        people.world.network, SocketAddress{IpAddress::v4(10, 8, 0, i), 4000}, 500 + i));
  for (auto& stranger : strangers) stranger->dial(people.relay);
  people.world.network.runFor(1s);
  const Bytes junk = wire::encodeFrame(wire::Ping{1});
  Bytes longFrame(4, 0xff);
  const auto attack = people.world.network.every(20ms, [&](TimePoint now) {
    for (std::size_t i = 0; i < strangers.size(); ++i) {
      Stranger& stranger = *strangers[i];
      if (stranger.closed) {
        stranger.closed.reset();
        stranger.dial(people.relay);  // and again
        continue;
      }
      if (!stranger.isConnected) continue;
      switch (i % 6) {
        case 0:  // says hello, then never stops
          stranger.say(wire::Hello{1, {1}, ""});
          for (int n = 0; n < 100; ++n) stranger.sayRaw(junk);
          break;
        case 1: {  // one byte of a frame now and then
          const Bytes byte(1, 0);
          if (toMilliseconds(now.time_since_epoch()) % 1000 < 20) stranger.sayRaw(byte);
          break;
        }
        case 2:  // says nothing at all
          break;
        case 3:
          stranger.sayRaw(longFrame);
          break;
        case 4:  // datagrams on every channel
          for (std::uint8_t n = 0; n < 40; ++n) stranger.throwDatagram(Bytes(600, n));
          break;
        default:  // no JSON
          stranger.say(wire::Hello{1, {1}, ""});
          for (int n = 0; n < 10; ++n) stranger.sayRaw(Bytes{0, 0, 0, 2, '{', '['});
      }
    }
  });
  people.world.network.runFor(16s);
  people.expectAlive(call);
  EXPECT_LT(people.world.status(*people.a, call)->rx.loss, 0.01);
  EXPECT_LT(people.world.status(*people.b, call)->rx.loss, 0.01);
  const auto& metrics = people.relay.relay().metrics();
  EXPECT_GT(metrics.closedForFlood, 0U);
  EXPECT_GT(metrics.closedForLongFrame, 0U);
  EXPECT_GT(metrics.closedForBadMessages, 0U);
  EXPECT_GT(metrics.helloMissing, 0U);
  EXPECT_GT(metrics.datagramsUnknownChannel, 0U);
}

// Another address and port towards the relay, of which the client is not told (RFC 9000 section 9).
TEST(Weather, anotherAddressThatNobodyToldOfIsNotNoticed) {
  TwoPeople people(31);
  const CallId call = people.talk();
  people.world.network.runFor(2s);
  for (std::uint16_t port = 20000; port < 20003; ++port) {
    people.world.network.rebind(*people.a, {IpAddress::v4(10, 9, 0, 1), port});
    people.world.network.runFor(1s);
    people.expectAlive(call);
  }
}

TEST(Weather, sleepOfAMinuteEndsTheCallByItsNameAndTheLobbyIsBackAtOnce) {
  TwoPeople people(46);
  const CallId call = people.talk();
  people.world.network.detach(*people.a);
  people.world.network.runFor(60s);
  EXPECT_EQ(people.world.status(*people.b, call)->end, CallEnd::ConnectionLost);
  people.world.network.attach(*people.a, people.a->address());
  people.world.network.setLink(*people.a, people.relay, {.delay = 10ms});
  const TimePoint woke = people.world.network.now();
  people.a->handleTimeout(woke);
  people.a->tell([](client::Client& c, TimePoint now) { c.retryRelays(now); });
  ASSERT_TRUE(people.world.waitForLobby(*people.a, people.relay, 5s));
  EXPECT_LE(people.world.network.now() - woke, 300ms);
  EXPECT_EQ(people.world.status(*people.a, call)->end, CallEnd::ConnectionLost);
  // And a new call goes through.
  const auto next = people.world.call(*people.a, *people.b);
  ASSERT_TRUE(next) << next.error().code;
  EXPECT_TRUE(people.world.waitForPhase(*people.b, *next, CallPhase::Ringing))
      << static_cast<int>(people.world.status(*people.a, *next)->phase) << ' '
      << static_cast<int>(people.world.status(*people.a, *next)->end) << ' '
      << people.world.status(*people.b, *next).has_value();
}

// CLOCK_MONOTONIC stands still in suspend: no timer of the client has run out when it wakes, yet
// the relay has given it up. To a client that is the same as a relay that forgot it.
TEST(Weather, wakingUpDialsAnewAlthoughNoTimerHasRunOut) {
  TwoPeople people(47);
  const CallId call = people.talk();
  people.relay.restart(true);
  const TimePoint woke = people.world.network.now();
  for (SimClient* side : {people.a, people.b})
    side->tell([](client::Client& c, TimePoint now) { c.wakeUp(now); });
  EXPECT_TRUE(people.world.status(*people.a, call)->isReconnecting);
  ASSERT_TRUE(people.world.network.runUntil(
      [&] {
        return !people.world.status(*people.a, call)->isReconnecting &&
               !people.world.status(*people.b, call)->isReconnecting;
      },
      5s));
  EXPECT_LE(people.world.network.now() - woke, 300ms);
  people.expectAlive(call);
}

TEST(Weather, clock_wrong_by_a_year) {
  constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;
  for (const std::int64_t off : {-kYearMs, kYearMs}) {
    World world(48);
    world.network.setDefaultLink({.delay = 10ms});
    SimRelay& relay = world.addRelay();
    SimClient& right = world.addClient({.alias = "Right"});
    SimClientOptions options{.alias = "Wrong"};
    options.wall.unixMs += off;
    SimClient& wrong = world.addClient(options);
    ASSERT_TRUE(world.meet(right, wrong, relay));
    for (const auto& [caller, callee] : {std::pair{&right, &wrong}, std::pair{&wrong, &right}}) {
      const auto call = world.call(*caller, *callee);
      ASSERT_TRUE(call);
      ASSERT_TRUE(world.waitForPhase(*callee, *call, CallPhase::Ringing)) << off;
      callee->tell([&](client::Client& c, TimePoint now) { return c.answer(now, *call, true); });
      ASSERT_TRUE(world.waitForPhase(*caller, *call, CallPhase::Active));
      // The clock is set in mid-call, there and back.
      for (const std::int64_t set : {off, std::int64_t{0}}) {
        caller->tell([&](client::Client& c, TimePoint now) {
          c.setWallClock(now, WallTime{1'790'000'000'000 + set});
        });
        world.network.runFor(5s);
        ASSERT_EQ(world.status(*caller, *call)->phase, CallPhase::Active);
        ASSERT_EQ(world.status(*callee, *call)->phase, CallPhase::Active);
      }
      caller->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, *call); });
      ASSERT_TRUE(world.waitForPhase(*callee, *call, CallPhase::Ended));
    }
  }
}

TEST(Weather, peopleOfOtherVersionsAreTold) {
  TwoPeople people(49);
  ASSERT_TRUE(people.world.meet(*people.a, *people.b, people.relay));
  Stranger newer(people.world.network, {IpAddress::v4(10, 8, 1, 1), 4000}, 900);
  Stranger both(people.world.network, {IpAddress::v4(10, 8, 1, 2), 4000}, 901);
  Stranger old(people.world.network, {IpAddress::v4(10, 8, 1, 3), 4000}, 902);
  for (Stranger* stranger : {&newer, &both, &old}) stranger->dial(people.relay);
  people.world.network.runFor(500ms);
  newer.say(wire::Hello{1, {1, 2}, ""});
  newer.say(wire::Publish{2, newer.record(people.relay.fingerprint(), Bytes{2, 3})});
  both.say(wire::Hello{1, {1, 2}, ""});
  both.say(wire::Publish{2, both.record(people.relay.fingerprint(), Bytes{1, 2})});
  old.say(wire::Hello{1, {9}, ""});
  ASSERT_TRUE(
      people.world.network.runUntil([&] { return people.a->client().people().size() == 3; }, 5s));
  const auto call = [&](const Stranger& whom) {
    return people.a->tell(
        [&](client::Client& c, TimePoint now) { return c.placeCall(now, whom.fingerprint()); });
  };
  const auto refused = call(newer);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "version");
  EXPECT_TRUE(call(both));
  // And a relay says it to a client that is too far away.
  ASSERT_FALSE(old.heard.empty());
  const auto* why = std::get_if<wire::Refused>(&old.heard.back());
  ASSERT_NE(why, nullptr);
  EXPECT_EQ(why->code, wire::RefusedCode::Version);
}

TEST(Weather, aRelayThatRestartsInACallIsForgivenWithoutRinging) {
  TwoPeople people(50);
  const CallId call = people.talk();
  const auto rangBefore = TwoPeople::rings(*people.b);
  people.relay.restart(true);
  ASSERT_TRUE(people.world.network.runUntil(
      [&] { return people.world.status(*people.a, call)->isReconnecting; }, 20s));
  people.world.network.runFor(10s);
  people.expectAlive(call);
  EXPECT_EQ(TwoPeople::rings(*people.b), rangBefore);
  people.b->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, call); });
  ASSERT_TRUE(people.world.waitForPhase(*people.a, call, CallPhase::Ended));
  EXPECT_EQ(people.world.status(*people.a, call)->end, CallEnd::RemoteHangup);
}

TEST(Weather, twentyClientsOfARestartedRelayDoNotComeBackAllAtOnce) {
  World world(51);
  world.network.setDefaultLink({.delay = 10ms});
  SimRelay& relay = world.addRelay();
  std::vector<SimClient*> clients;
  for (int i = 0; i < 20; ++i)
    clients.push_back(&world.addClient({.alias = "Client " + std::to_string(i)}));
  for (SimClient* client : clients) world.connect(*client, relay);
  for (SimClient* client : clients) ASSERT_TRUE(world.waitForLobby(*client, relay));
  world.network.runFor(20s);
  relay.restart(true);
  // Dials are what a relay feels: the first long header of each client.
  std::map<const Node*, TimePoint> dialled;
  world.network.setTap([&](const Node& from, const Node& to, Bytes& datagram) {
    if (&to == &relay && (datagram[0] & 0x80) != 0) dialled.try_emplace(&from, world.network.now());
    return true;
  });
  for (SimClient* client : clients)
    ASSERT_TRUE(world.network.runUntil(
        [&] {
          return dialled.contains(client) &&
                 client->client().relays()[0].phase == client::RelayPhase::Connected;
        },
        40s));
  std::vector<TimePoint> times;
  for (const auto& [node, at] : dialled) times.push_back(at);
  std::sort(times.begin(), times.end());
  std::size_t most = 0;
  for (std::size_t first = 0; first < times.size(); ++first) {
    std::size_t last = first;
    while (last < times.size() && times[last] < times[first] + 100ms) ++last;
    most = std::max(most, last - first);
  }
  EXPECT_LE(most, 10U) << "of twenty within one tenth of a second";
  EXPECT_GE(times.back() - times.front(), 200ms);
  world.network.runFor(1s);
  EXPECT_EQ(clients[0]->client().people().size(), 19U);
}

TEST(Weather, aHundredPeopleWhoChangeAllTheTimeCostABoundedNumberOfMessages) {
  World world(52);
  world.network.setDefaultLink({.delay = 10ms});
  SimRelay& relay = world.addRelay();
  std::vector<SimClient*> clients;
  for (int i = 0; i < 100; ++i)
    clients.push_back(&world.addClient({.alias = "Person " + std::to_string(i)}));
  for (SimClient* client : clients) world.connect(*client, relay);
  for (SimClient* client : clients) ASSERT_TRUE(world.waitForLobby(*client, relay));
  ASSERT_TRUE(world.network.runUntil(
      [&] {
        return std::all_of(clients.begin(), clients.end(),
                           [](SimClient* c) { return c->client().people().size() == 99; });
      },
      10s));
  const auto before = relay.relay().metrics();
  SeededRandom random(53);
  std::vector<bool> busy(clients.size());
  const auto churn = world.network.every(20ms, [&](TimePoint) {
    const std::size_t who = random.below(clients.size());
    busy[who] = !busy[who];
    clients[who]->tell([&](client::Client& c, TimePoint) { c.setDoNotDisturb(busy[who]); });
  });
  world.network.runFor(20s);  // 1000 changes
  const auto& after = relay.relay().metrics();
  // Deltas are gathered for 250 ms: 4 a second and client at most, however many change.
  EXPECT_LE(after.deltasOut - before.deltasOut, 100U * (20 * 4 + 2));
  EXPECT_EQ(after.pagesOut, before.pagesOut) << "nobody had to start over";
  EXPECT_EQ(after.closedForFlood, 0U);
  // The changes, and an answer of each client every time that its leg is looked at.
  EXPECT_LE(after.messagesIn - before.messagesIn, 1000U + 100 * (20s / relaylite::kLegLook + 1));
}

TEST(Weather, theListIsTheTruthOnceEverybodyIsQuiet) {
  World world(54);
  world.network.setDefaultLink({.delay = 10ms, .loss = 0.02});
  SimRelay& relay = world.addRelay();
  std::vector<SimClient*> clients;
  for (int i = 0; i < 12; ++i)
    clients.push_back(&world.addClient({.alias = "Person " + std::to_string(i)}));
  for (SimClient* client : clients) world.connect(*client, relay);
  for (SimClient* client : clients) ASSERT_TRUE(world.waitForLobby(*client, relay, 30s));
  SeededRandom random(55);
  std::vector<bool> busy(clients.size());
  for (int i = 0; i < 60; ++i) {
    const std::size_t who = random.below(clients.size());
    busy[who] = !busy[who];
    clients[who]->tell([&](client::Client& c, TimePoint) { c.setDoNotDisturb(busy[who]); });
    world.network.runFor(300ms);
  }
  world.network.runFor(5s);
  for (SimClient* viewer : clients)
    for (std::size_t who = 0; who < clients.size(); ++who) {
      if (clients[who] == viewer) continue;
      const auto people = viewer->client().people();
      const auto found = std::find_if(people.begin(), people.end(),
                                      [&](const auto& p) { return p.key == clients[who]->key(); });
      ASSERT_NE(found, people.end());
      EXPECT_EQ(found->availability,
                busy[who] ? client::Availability::DoNotDisturb : client::Availability::Available);
    }
}

TEST(Weather, twoRelaysACallByEitherAndTheOtherMayDie) {
  World world(56);
  world.network.setDefaultLink({.delay = 10ms});
  SimRelay& first = world.addRelay();
  SimRelay& second = world.addRelay();
  SimClient& a = world.addClient({.alias = "Ann"});
  SimClient& b = world.addClient({.alias = "Ben", .answersAtOnce = true});
  ASSERT_TRUE(world.meet(a, b, first));
  ASSERT_TRUE(world.meet(a, b, second));
  world.network.runFor(1s);
  auto people = a.client().people();
  ASSERT_EQ(people.size(), 1U) << "one person, however many relays";
  EXPECT_EQ(people[0].relays.size(), 2U);
  for (SimRelay* via : {&first, &second}) {
    const auto call = a.tell([&](client::Client& c, TimePoint now) {
      return c.placeCall(now, b.fingerprint(), via->fingerprint());
    });
    ASSERT_TRUE(call) << call.error().code;
    ASSERT_TRUE(world.waitForPhase(a, *call, CallPhase::Active));
    EXPECT_EQ(world.status(a, *call)->relay, via->fingerprint());
    EXPECT_EQ(world.status(b, *call)->relay, via->fingerprint());
    EXPECT_EQ(via->relay().snapshot().calls, 1U);
    SimRelay& other = via == &first ? second : first;
    EXPECT_EQ(other.relay().snapshot().calls, 0U);
    // The other relay goes; the call does not notice, and the person is still there.
    world.network.setCut(a, other, true);
    world.network.setCut(b, other, true);
    const auto packets = world.status(a, *call)->rx.packets;
    world.network.runFor(60s);
    ASSERT_EQ(world.status(a, *call)->phase, CallPhase::Active);
    EXPECT_FALSE(world.status(a, *call)->isReconnecting);
    EXPECT_GE(world.status(a, *call)->rx.packets - packets, 2950U);
    people = a.client().people();
    ASSERT_EQ(people.size(), 1U);
    EXPECT_EQ(people[0].availability, client::Availability::InCall);
    world.network.setCut(a, other, false);
    world.network.setCut(b, other, false);
    a.tell([&](client::Client& c, TimePoint now) { return c.hangup(now, *call); });
    ASSERT_TRUE(world.waitForPhase(b, *call, CallPhase::Ended));
    ASSERT_TRUE(world.waitForLobby(a, other, 60s));
    ASSERT_TRUE(world.waitForLobby(b, other, 60s));
    world.network.runFor(5s);
  }
}

TEST(Weather, aSecondCopyOfOneIdentityInACallIsToldApart) {
  World world(57);
  world.network.setDefaultLink({.delay = 10ms});
  SimRelay& relay = world.addRelay();
  SimClient& a = world.addClient({.alias = "Ann", .identitySeed = 99});
  SimClient& b = world.addClient({.alias = "Ben", .answersAtOnce = true});
  ASSERT_TRUE(world.meet(a, b, relay));
  const auto call = world.call(a, b);
  ASSERT_TRUE(world.waitForPhase(a, *call, CallPhase::Active));
  SimClient& copy = world.addClient({.alias = "Ann", .identitySeed = 99});
  world.connect(copy, relay);
  ASSERT_TRUE(world.waitForLobby(copy, relay));
  world.network.runFor(2s);
  const auto status = a.client().relays()[0];
  EXPECT_EQ(status.phase, client::RelayPhase::Replaced);
  ASSERT_TRUE(status.fault);
  EXPECT_EQ(status.fault->code, "replaced");
  // The copy cannot speak in the older one's call: it has no keys of it.
  EXPECT_TRUE(copy.client().calls(world.network.now()).empty());
  ASSERT_TRUE(world.waitForPhase(b, *call, CallPhase::Ended, 60s));
  EXPECT_EQ(world.status(b, *call)->end, CallEnd::ConnectionLost);
  EXPECT_TRUE(world.waitForPhase(a, *call, CallPhase::Ended, 60s));
}

}  // namespace
}  // namespace foyer::sim
