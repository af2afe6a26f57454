// A call that goes directly between two homes, and what may happen to it: how long nobody is heard.
// The bars are those of the issue "always connects"; the gaps are counted in samples.
#include "tests/scenarios/direct_call.h"

#include "tests/sim/talker.h"

namespace foyer::sim {
namespace {

TEST(DirectCall, theSwitchToTheDirectWayIsNotHeard) {
  DirectCall lab;
  lab.marked = lab.world.network.now() - 1800ms;
  EXPECT_EQ(lab.gap(), 0ms);
  lab.expectAlive();
}

TEST(DirectCall, aDirectWayThatIsCutIsReplacedByTheRelayWithin300Ms) {
  DirectCall lab;
  lab.mark();
  lab.world.network.setCut(lab.a, lab.b, true);
  lab.world.network.runFor(20s);
  EXPECT_LE(lab.gap(), 300ms);
  lab.expectAlive();
  lab.mark();
  lab.world.network.setCut(lab.a, lab.b, false);
  EXPECT_TRUE(lab.goesDirect(90s));
  lab.world.network.runFor(2s);
  EXPECT_EQ(lab.gap(), 0ms);
}

TEST(DirectCall, oneDirectionThatIsCutIsReplacedToo) {
  for (const bool fromCaller : {true, false}) {
    SCOPED_TRACE(fromCaller);
    DirectCall lab;
    lab.mark();
    (fromCaller ? lab.world.network.link(lab.a, lab.b) : lab.world.network.link(lab.b, lab.a))
        .setCut(true);
    lab.world.network.runFor(20s);
    EXPECT_LE(lab.gap(), 300ms);
    lab.expectAlive();
  }
}

TEST(DirectCall, aLostRelayIsNotHeard) {
  DirectCall lab;
  lab.mark();
  lab.world.network.setCut(lab.a, lab.relay, true);
  lab.world.network.setCut(lab.b, lab.relay, true);
  lab.world.network.runFor(60s);
  EXPECT_EQ(lab.gap(), 0ms);
  lab.expectAlive();
}

TEST(DirectCall, halfAMinuteOfNothingIsSurvived) {
  DirectCall lab;
  for (SimClient* side : {&lab.a, &lab.b}) lab.world.network.setInterfaceCut(*side, "eth0", true);
  lab.world.network.runFor(29s);
  for (SimClient* side : {&lab.a, &lab.b}) lab.world.network.setInterfaceCut(*side, "eth0", false);
  lab.world.network.runFor(15s);
  lab.expectAlive();
}

// Any one datagram of the set-up, probes, handshake and nomination of a direct way, or of those
// that the relay passes on meanwhile, is lost, late or doubled: both sides end on the direct way,
// and neither is silent for long.
TEST(DirectCall, bothSidesAgreeOnTheWayWhateverHappensToOneDatagram) {
  constexpr int kFirstDatagrams = 40;
  const Network::Fate fates[] = {{.copies = 0}, {.extra = 700ms}, {.copies = 2}};
  for (const bool byRelay : {false, true})
    for (const Network::Fate& fate : fates)
      for (int chosen = 0; chosen < kFirstDatagrams; ++chosen) {
        SCOPED_TRACE(std::string(byRelay ? "from the relay " : "direct ") + std::to_string(chosen) +
                     " x" + std::to_string(fate.copies) + " +" +
                     std::to_string(toMilliseconds(fate.extra)));
        World world(7);
        world.network.setDefaultLink({.delay = 20ms});
        SimRelay& relay = world.addPublicRelay();
        SimClient& a =
            world.addClient(world.addHome(*findHomeType("port-restricted")), talkative());
        SimClient& b = world.addClient(world.addHome(*findHomeType("linux")), talkative());
        befriend(a, b);
        ASSERT_TRUE(world.meet(a, b, relay));
        const CallId call = test::talk(world, a, b);
        int seen = 0;
        world.network.setJudge([&](const Node& from, const Node& to, ByteView) -> Network::Fate {
          const bool isDirect = &from != &relay && &to != &relay;
          const bool isMeant = byRelay ? &from == &relay : isDirect;
          return isMeant && seen++ == chosen ? fate : Network::Fate{};
        });
        // From here on both are heard, by whatever way.
        ASSERT_TRUE(world.network.runUntil(
            [&] { return a.sounds().at(call).firstSoundAt && b.sounds().at(call).firstSoundAt; },
            5s));
        const TimePoint heard = world.network.now() + 50ms;
        world.network.runFor(4s);
        EXPECT_GT(seen, chosen);
        const TimePoint now = world.network.now();
        EXPECT_LE(a.longestSilence(call, heard, now), 200ms);
        EXPECT_LE(b.longestSilence(call, heard, now), 200ms);
        // Both are on the direct way.
        const auto direct = [&](SimClient& from, SimClient& to) {
          return world.network.link(from, to).counters().media;
        };
        const auto fromA = direct(a, b), fromB = direct(b, a);
        world.network.runFor(1s);
        EXPECT_GE(direct(a, b) - fromA, 45U);
        EXPECT_GE(direct(b, a) - fromB, 45U);
      }
}

// Both begin with nothing but the relay; what was asked in vain is asked again, later each time.
TEST(DirectCall, aWayThatOpensLateIsFound) {
  World world(11);
  world.network.setDefaultLink({.delay = 20ms});
  SimRelay& relay = world.addPublicRelay();
  SimClient& a = world.addClient(world.addHome(*findHomeType("port-restricted")), talkative());
  SimClient& b = world.addClient(world.addHome(*findHomeType("linux")), talkative());
  befriend(a, b);
  ASSERT_TRUE(world.meet(a, b, relay));
  world.network.setCut(a, b, true);
  const CallId call = test::talk(world, a, b);
  world.network.runFor(40s);
  EXPECT_EQ(world.status(a, call)->path.kind, client::PathKind::Relay);
  world.network.setCut(a, b, false);
  EXPECT_TRUE(world.network.runUntil(
      [&] {
        return world.status(a, call)->path.kind == client::PathKind::DirectV4 &&
               world.status(b, call)->path.kind == client::PathKind::DirectV4;
      },
      60s));
}

TEST(DirectCall, aRebindingOfEitherNatIsHeardForAtMost300Ms) {
  for (const bool ofCaller : {true, false})
    for (const bool isReboot : {false, true}) {
      SCOPED_TRACE(std::string(ofCaller ? "caller" : "callee") + (isReboot ? ", reboot" : ""));
      DirectCall lab;
      lab.mark();
      Router& router = *(ofCaller ? lab.homeA : lab.homeB).router;
      if (isReboot)
        router.reboot(lab.world.network.now());
      else
        router.rebind();
      lab.world.network.runFor(10s);
      EXPECT_LE(lab.gap(), 300ms);
      lab.expectAlive();
    }
}

// Said on the direct connection as well: without the relay the other side would wait for 45 s.
TEST(DirectCall, aHangupIsHeardWithoutTheRelay) {
  for (const bool byCaller : {true, false}) {
    SCOPED_TRACE(byCaller);
    DirectCall lab;
    lab.world.network.setCut(lab.a, lab.relay, true);
    lab.world.network.setCut(lab.b, lab.relay, true);
    lab.world.network.runFor(3s);
    SimClient& first = byCaller ? lab.a : lab.b;
    SimClient& other = byCaller ? lab.b : lab.a;
    first.tell([&](client::Client& c, TimePoint now) { return c.hangup(now, lab.call); });
    EXPECT_TRUE(lab.world.network.runUntil(
        [&] { return lab.world.status(other, lab.call)->phase == client::CallPhase::Ended; }, 1s));
    EXPECT_EQ(lab.world.status(other, lab.call)->end, client::CallEnd::RemoteHangup);
  }
}

// Nobody chose: addresses are told to people one knows, and to nobody else on a relay of strangers.
TEST(DirectCall, strangersOnAPublicRelaySpeakThroughIt) {
  World world(12);
  world.network.setDefaultLink({.delay = 20ms});
  SimRelay& relay = world.addPublicRelay();
  SimClient& a = world.addClient(world.addHome(*findHomeType("open")), talkative());
  SimClient& b = world.addClient(world.addHome(*findHomeType("open")), talkative());
  ASSERT_TRUE(world.meet(a, b, relay));
  const CallId call = test::talk(world, a, b);
  world.network.runFor(20s);
  EXPECT_EQ(world.network.link(a, b).counters().sent, 0U);
  EXPECT_EQ(world.status(a, call)->path.reason, client::PathReason::Private);
}

// Switched off here, no address to tell, none told by the other side: three reasons.
TEST(DirectCall, whoTellsNoAddressKnowsWhy) {
  for (const bool isOff : {true, false}) {
    World world(13);
    world.network.setDefaultLink({.delay = 20ms});
    SimRelay& relay = world.addPublicRelay();
    const Home open = world.addHome(*findHomeType("open"));
    SimClient& a = world.addClient(open, talkative());
    SimClient& b = world.addClient(world.addHome(*findHomeType("open")), talkative());
    befriend(a, b);
    a.tell([&](client::Client& c, TimePoint now) {
      if (isOff) return c.setGoesDirect(now, false);
      c.setLocalAddresses(now, {});
    });
    ASSERT_TRUE(world.meet(a, b, relay));
    const CallId call = test::talk(world, a, b);
    world.network.runFor(5s);
    EXPECT_EQ(world.network.link(a, b).counters().sent, 0U);
    EXPECT_EQ(world.status(a, call)->path.reason,
              isOff ? client::PathReason::Off : client::PathReason::NoAddress);
    EXPECT_EQ(world.status(b, call)->path.reason, client::PathReason::PeerTellsNone);
    if (!isOff) continue;
    a.tell([](client::Client& c, TimePoint now) { return c.setGoesDirect(now, true); });
    world.network.runFor(2s);
    EXPECT_NE(world.status(a, call)->path.kind, client::PathKind::Relay);
  }
}

TEST(DirectCall, aFullTableOfTheNatAndStrayDatagramsAreNotHeard) {
  HomeType small = *findHomeType("port-restricted");
  small.nat->tableLimit = 64;
  DirectCall lab(small);
  Talker neighbour(lab.world.network);
  lab.world.network.attach(neighbour, placeIn(lab.homeA, 7, 5000));
  lab.mark();
  SeededRandom random(6);
  // A neighbour that opens a hundred mappings a second, and ten thousand datagrams a second from
  // anywhere to the port that the relay sees.
  const SocketAddress port{*lab.homeA.router->outside(), lab.a.address().port};
  const auto flood = lab.world.network.every(10ms, [&](TimePoint) {
    const auto any = [&] {
      return SocketAddress{IpAddress::v4(7, 7, 7, static_cast<std::uint8_t>(random.below(256))),
                           static_cast<std::uint16_t>(1024 + random.below(60000))};
    };
    neighbour.say(any());
    for (int i = 0; i < 100; ++i) {
      Bytes stray(20 + random.below(1200));
      random.fill(stray);
      lab.world.network.inject(any(), port, stray);
    }
  });
  lab.world.network.runFor(5s);
  EXPECT_GT(lab.homeA.router->nat().counters().drops.at(NatDrop::TableFull), 300U);
  EXPECT_GT(lab.homeA.router->nat().counters().drops.at(NatDrop::Filtered), 40'000U);
  EXPECT_EQ(lab.gap(), 0ms);
  lab.expectAlive();
}

TEST(DirectCall, strayDatagramsAtAnOpenSocketAreNotHeard) {
  DirectCall lab(*findHomeType("open"));
  lab.mark();
  SeededRandom random(6);
  const auto flood = lab.world.network.every(10ms, [&](TimePoint) {
    for (int i = 0; i < 100; ++i) {
      Bytes stray(20 + random.below(1200));
      random.fill(stray);
      // Of strangers, and as if of the relay and of the peer.
      const SocketAddress from =
          i % 3 == 0   ? lab.relay.address()
          : i % 3 == 1 ? SocketAddress{*lab.homeB.router->outside(), lab.b.address().port}
                       : SocketAddress{IpAddress::v4(7, 7, 7, static_cast<std::uint8_t>(i)), 2000};
      lab.world.network.inject(from, lab.a.address(), stray);
    }
  });
  lab.world.network.runFor(5s);
  EXPECT_EQ(lab.gap(), 0ms);
  lab.expectAlive();
}

TEST(DirectCall, aNarrowMtuIsNoObstacle) {
  World world(4);
  world.network.setDefaultLink({.delay = 20ms, .mtu = 1280});
  SimRelay& relay = world.addPublicRelay();
  SimClient& a = world.addClient(world.addHome(*findHomeType("dual-stack")), talkative());
  SimClient& b = world.addClient(world.addHome(*findHomeType("dual-stack")), talkative());
  befriend(a, b);
  ASSERT_TRUE(world.meet(a, b, relay));
  const CallId call = test::talk(world, a, b);
  EXPECT_TRUE(world.network.runUntil(
      [&] {
        return world.network.link(a, b).counters().media > 0 &&
               world.network.link(b, a).counters().media > 0;
      },
      5s));
  const TimePoint now = world.network.now();
  world.network.runFor(3s);
  EXPECT_EQ(a.longestSilence(call, now + 1s, now + 3s), 0ms);
}

// Every pair, each calling each, that can get through without guessing does, at once.
TEST(DirectCall, everyPairThatCanPunchGoesDirectly) {
  std::uint64_t seed = 0;
  for (const HomeType& caller : homeTypes())
    for (const HomeType& callee : homeTypes()) {
      ++seed;
      if (!canPunch(caller, callee)) continue;
      SCOPED_TRACE(std::string(caller.name) + " calls " + std::string(callee.name));
      const PairOutcome outcome = runPair(caller, callee, {.seed = seed, .limit = 2s});
      EXPECT_TRUE(outcome.way == WaySeen::DirectV4 || outcome.way == WaySeen::DirectV6)
          << toString(outcome.way);
      ASSERT_TRUE(outcome.isAudible());
      EXPECT_LE(std::max(*outcome.heardByCaller, *outcome.heardByCallee), 300ms);
    }
}

// The caller's Initial is under way when the callee's first ask opens the callee's NAT: the answer
// and the confirm take 80 ms by the relay, a handshake and one word 60, of which 20 are saved.
TEST(DirectCall, theCallerDialsBeforeTheCalleeWasHeard) {
  for (const auto& [caller, callee] :
       {std::pair{"port-restricted", "port-restricted"}, std::pair{"linux", "double-nat"},
        std::pair{"cgnat+port-restricted", "firewalled"}}) {
    SCOPED_TRACE(std::string(caller) + " calls " + callee);
    const PairOutcome outcome =
        runPair(*findHomeType(caller), *findHomeType(callee), {.limit = 2s});
    ASSERT_TRUE(outcome.direct);
    EXPECT_LE(*outcome.direct, 145ms);
  }
}

// … and where it comes too early, or its way is closed, the callee's ask is dialled as ever.
TEST(DirectCall, anEarlyDialThatComesToNothingCostsLittle) {
  World world(3);
  world.network.setDefaultLink({.delay = 20ms});
  SimRelay& relay = world.addPublicRelay();
  SimClient& a = world.addClient(world.addHome(*findHomeType("port-restricted")), talkative());
  SimClient& b = world.addClient(world.addHome(*findHomeType("port-restricted")), talkative());
  befriend(a, b);
  ASSERT_TRUE(world.meet(a, b, relay));
  int initials = 0;
  std::size_t lost = 0;
  world.network.setJudge([&](const Node& from, const Node& to, ByteView bytes) -> Network::Fate {
    const bool isFirst = &from == &a && &to == &b && bytes.size() >= 1200 && initials++ == 0;
    lost += isFirst ? 1 : 0;
    return {.copies = isFirst ? 0 : 1};
  });
  const CallId call = test::talk(world, a, b);
  const auto isDirect = [&](SimClient& side) {
    return side.client().call(world.network.now(), call)->path.kind == client::PathKind::DirectV4;
  };
  ASSERT_TRUE(world.network.runUntil([&] { return isDirect(a) && isDirect(b); }, 2s));
  EXPECT_EQ(lost, 1U);
  const auto notes = a.client().call(world.network.now(), call)->pathNotes;
  const auto at = [&](client::PathStep step) {
    const auto found = std::find_if(notes.begin(), notes.end(), [&](const client::PathNote& note) {
      return note.step == step;
    });
    EXPECT_NE(found, notes.end());
    return found->at;
  };
  // 60 ms until the callee's ask comes and 40 for a handshake after it; 30 more for having waited.
  EXPECT_LE(at(client::PathStep::InUse) - at(client::PathStep::Asked), 135ms);
  world.network.runFor(10s);
  EXPECT_TRUE(isDirect(a) && isDirect(b));
}

// How long the peer takes to ring is the peer's choice, and would stretch how long it is dialled.
TEST(DirectCall, whoRingsLateIsNotDialledBeforeBeingHeard) {
  World world(3);
  world.network.setDefaultLink({.delay = 300ms});
  SimRelay& relay = world.addPublicRelay();
  SimClient& a = world.addClient(world.addHome(*findHomeType("port-restricted")), talkative());
  SimClient& b = world.addClient(world.addHome(*findHomeType("port-restricted")), talkative());
  befriend(a, b);
  ASSERT_TRUE(world.meet(a, b, relay));
  bool isHeard = false;
  int blind = 0, dials = 0;
  world.network.setJudge([&](const Node& from, const Node& to, ByteView bytes) -> Network::Fate {
    isHeard |= &from == &b && &to == &a;
    const bool isDial = &from == &a && &to == &b && bytes.size() >= 1200;
    dials += isDial ? 1 : 0;
    blind += isDial && !isHeard ? 1 : 0;
    return {};
  });
  test::talk(world, a, b);
  world.network.runFor(5s);
  EXPECT_GE(dials, 1);
  EXPECT_EQ(blind, 0);
}

// Whose key nobody has compared, or who answers privately, is never sent anything but by the relay.
TEST(DirectCall, aPrivateCallSpeaksToNobodyButTheRelay) {
  World world(8);
  world.network.setDefaultLink({.delay = 20ms});
  SimRelay& relay = world.addPublicRelay();
  SimClient& a = world.addClient(world.addHome(*findHomeType("dual-stack")), talkative());
  SimClient& b = world.addClient(world.addHome(*findHomeType("open")), talkative());
  world.network.setWitness(
      [&](const Node& sender, const SocketAddress&, const SocketAddress& to, ByteView) {
        if (&sender == &relay) return;
        const auto& known = relay.addresses();
        EXPECT_NE(std::find(known.begin(), known.end(), to), known.end()) << to.toString();
      });
  befriend(a, b);
  ASSERT_TRUE(world.meet(a, b, relay));
  const auto call = world.call(a, b);
  ASSERT_TRUE(call);
  ASSERT_TRUE(world.waitForPhase(b, *call, client::CallPhase::Ringing));
  b.tell([&](client::Client& c, TimePoint now) { return c.answer(now, *call, false); });
  ASSERT_TRUE(world.waitForPhase(a, *call, client::CallPhase::Active));
  world.network.runFor(30s);
  EXPECT_EQ(world.status(b, *call)->phase, client::CallPhase::Active);
}

TEST(DirectCall, twoOfOneHomeStayInTheLan) {
  for (const HomeType& type : homeTypes()) {
    if (type.blocksUdp) continue;
    SCOPED_TRACE(type.name);
    const PairOutcome outcome = runPair(type, type, {.seed = 5, .limit = 5s, .isSameHome = true});
    EXPECT_EQ(outcome.failedAt, "");
    EXPECT_EQ(outcome.way, WaySeen::Lan) << toString(outcome.way);
    EXPECT_TRUE(outcome.isAudible());
  }
}

}  // namespace
}  // namespace foyer::sim
