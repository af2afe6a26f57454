// The scenarios of keys.md section 15, second part: ends, replays and losses in calls that stand,
// and what stays secret. The first part is scenarios_test.cpp.
#include "tests/call/world.h"

namespace foyer::call {
namespace {

TEST(Scenario, call_id_collision) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.connect(a, b);
  Puppet thief{3};
  auto body = thief.offerBodyMade(b.key(), b.agent->boxKey());
  thief.callId = id;
  body.callId = id;
  world.deliver(b, thief.offer(body));
  EXPECT_EQ(b.count<Incoming>(), 1U);
  EXPECT_EQ(b.phase(id), Phase::Active);
  world.deliver(b, thief.cancel(crypto::CancelReason::Person));
  EXPECT_EQ(b.phase(id), Phase::Active);
  EXPECT_EQ(world.open(b, id, *world.seal(a, id, "still here")), "still here");
}

TEST(Scenario, late_hangup_next_call) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId first = world.connect(a, b);
  std::vector<wire::Message> late;
  world.pass = [&](const wire::Message& m) {
    if (!std::holds_alternative<wire::Sealed>(m)) return true;
    late.push_back(m);
    return false;
  };
  a.agent->hangup(world.now, first);
  world.settle();
  world.pass = nullptr;
  b.agent->connectionLost(world.now, first);
  world.settle();
  const CallId second = world.connect(a, b);
  for (int i = 0; i < 50; ++i) {
    world.advance(100ms);
    for (const auto& message : late) world.route(message);
    for (const auto& message : late) world.route(message);
  }
  EXPECT_EQ(late.size(), 1U);
  EXPECT_EQ(a.phase(second), Phase::Active);
  EXPECT_EQ(b.phase(second), Phase::Active);
}

TEST(Scenario, forged_end) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.connect(a, b);
  SeededRandom random(3);
  Puppet liar{9};
  liar.callId = id;
  liar.peer = a.key();
  liar.peerBox = a.agent->boxKey();
  auto lie = [&](wire::Setup setup) {
    setup.from = b.fingerprint();
    setup.to = a.fingerprint();
    world.deliver(a, setup);
  };
  lie(liar.say(a.agent->boxKey(), crypto::RejectBody{{}, crypto::RejectReason::Declined}));
  lie(liar.say(a.agent->boxKey(), crypto::CancelBody{{}, crypto::CancelReason::Person}));
  Bytes box(256 + 16);
  random.fill(box);
  world.deliver(a, wire::Sealed{id, a.fingerprint(), b.fingerprint(), 1, box});
  world.deliver(a, wire::Undeliverable{id, wire::UndeliverableCode::NotFound});
  for (const auto code : {wire::ReleasedCode::PeerReleased, wire::ReleasedCode::Timeout,
                          wire::ReleasedCode::Draining})
    world.deliver(a, wire::Released{id, code});
  EXPECT_EQ(a.phase(id), Phase::Active);
  EXPECT_EQ(a.count<Ended>(), 0U);
  // Silence is what a relay can do, and it has its own name.
  a.agent->connectionLost(world.now, id);
  world.settle();
  EXPECT_EQ(a.endOf(id), EndReason::ConnectionLost);
}

TEST(Scenario, garbage_never_ends) {
  // In every phase of both sides.
  for (int phase = 0; phase < 4; ++phase) {
    World world;
    Party& a = world.add(1);
    Party& b = world.add(2);
    if (phase == 2) {
      world.pass = [&](const wire::Message& m) {
        return recipientOf(m) != b.fingerprint() || std::holds_alternative<wire::Offer>(m);
      };
    }
    const CallId id = world.call(a, b);
    if (phase >= 1) world.answer(b, id);
    if (phase == 3) a.agent->setSideState(world.now, id, {.muted = true});
    world.settle();
    const auto phaseOfA = a.phase(id);
    const auto phaseOfB = b.phase(id);
    SeededRandom random(11);
    const std::uint64_t before = a.agent->counters().dropped + b.agent->counters().dropped;
    constexpr int kMessages = 2500;
    const auto history = world.history;
    for (int i = 0; i < kMessages; ++i) {
      Party& to = i % 2 == 0 ? a : b;
      Party& from = i % 2 == 0 ? b : a;
      // Random bytes, or a real message with one bit turned.
      Bytes box(1072);
      random.fill(box);
      if (const auto& real = history[random.below(history.size())]; random.below(2) == 0) {
        if (const auto* m = std::get_if<wire::Setup>(&real)) box = m->box;
        if (const auto* m = std::get_if<wire::Offer>(&real)) box = m->box;
        box[random.below(box.size())] ^= static_cast<std::uint8_t>(1U << random.below(8));
      }
      switch (random.below(4)) {
        case 0:
          world.deliver(to, wire::Offer{random.below(2) == 0 ? id : random.id<CallId>(),
                                        to.fingerprint(), from.fingerprint(), box});
          break;
        case 1:
          box.resize(256 + 16);
          world.deliver(
              to, wire::Sealed{id, to.fingerprint(), from.fingerprint(), random.below(5), box});
          break;
        default:
          world.deliver(to, wire::Setup{id, to.fingerprint(), from.fingerprint(), box});
      }
    }
    EXPECT_EQ(a.phase(id), phaseOfA);
    EXPECT_EQ(b.phase(id), phaseOfB);
    EXPECT_EQ(a.agent->counters().dropped + b.agent->counters().dropped, before + kMessages);
    EXPECT_EQ(a.count<Ended>() + b.count<Ended>(), 0U);
  }
}

TEST(Scenario, lost_confirm) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  bool isLost = false;
  world.pass = [&](const wire::Message& m) { return !isLost || recipientOf(m) != b.fingerprint(); };
  const CallId id = world.call(a, b);
  isLost = true;
  world.answer(b, id);
  EXPECT_EQ(a.phase(id), Phase::Confirming);
  EXPECT_EQ(b.phase(id), Phase::Answered);
  world.advance(10s);
  EXPECT_EQ(a.endOf(id), EndReason::NotSecured);
  EXPECT_EQ(b.endOf(id), EndReason::NotSecured);
}

TEST(Scenario, lost_ready) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.call(a, b);
  bool isLost = false;
  world.pass = [&](const wire::Message& m) {
    return !isLost || !std::holds_alternative<wire::Sealed>(m);
  };
  isLost = true;
  world.answer(b, id);
  EXPECT_EQ(a.phase(id), Phase::Confirming);
  EXPECT_EQ(b.phase(id), Phase::Active);
  world.advance(10s);
  EXPECT_EQ(a.endOf(id), EndReason::NotSecured);
  EXPECT_EQ(b.endOf(id), EndReason::NotSecured);
}

TEST(Scenario, late_answer) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.call(a, b);
  std::vector<wire::Message> held;
  world.pass = [&](const wire::Message& m) {
    if (recipientOf(m) != a.fingerprint()) return true;
    held.push_back(m);
    return false;
  };
  world.answer(b, id);
  world.advance(60s);
  world.pass = nullptr;
  for (const auto& message : held) world.route(message);
  world.settle();
  EXPECT_EQ(a.endOf(id), EndReason::NoAnswer);
  EXPECT_EQ(b.endOf(id), EndReason::NotSecured);
  EXPECT_EQ(a.count<KeysReady>(), 0U);
}

// Who stole A's seed can pose as A, but cannot answer A as B.
TEST(Scenario, kci_stolen_caller_seed) {
  World world;
  Party& a = world.add(1);
  Puppet b{2};
  const auto id =
      a.agent->place(world.now, kWallMs, b.asCallee(), crypto::CallPolicy::Trusted, kInfo).value();
  world.drain(a);
  // Even with everything that B knows of this call but B's identity key.
  b.take(messagesOf<wire::Offer>(a.sent).back());
  b.identity = a.identity.clone();
  auto answer = b.answer();
  answer.from = crypto::fingerprintOf(identityNumber(2).publicKey());
  world.deliver(a, answer);
  EXPECT_EQ(a.phase(id), Phase::Offered);
  EXPECT_EQ(a.agent->counters().badSignatures, 1U);
}

// All traffic recorded, then both seeds: new processes of both people open nothing of it.
TEST(Scenario, forward_secrecy_seed_leak) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.connect(a, b);
  const auto packet = world.seal(a, id, "secret");
  a.agent->hangup(world.now, id);
  world.settle();
  const auto recorded = world.history;
  World later;
  Party& thiefAsA = later.add(1);
  Party& thiefAsB = later.add(2);
  // The seeds are the same; the box keys came from the operating system and are gone.
  thiefAsA.random = SeededRandom(1001);
  thiefAsB.random = SeededRandom(1002);
  thiefAsA.restart(later.now);
  thiefAsB.restart(later.now);
  ASSERT_EQ(thiefAsA.key(), a.key());
  for (const auto& message : recorded) {
    later.deliver(thiefAsA, message);
    later.deliver(thiefAsB, message);
  }
  EXPECT_TRUE(thiefAsA.events.empty());
  EXPECT_TRUE(thiefAsB.events.empty());
  EXPECT_FALSE(later.open(thiefAsB, id, *packet));
}

TEST(Scenario, media_replay_reorder_two_paths) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.connect(a, b);
  std::vector<Bytes> sent;
  std::size_t opened = 0;
  for (int i = 0; i < 500; ++i) {
    world.now += 20ms;
    sent.push_back(*world.seal(a, id, "x"));
    if (sent.size() > 3 && world.open(b, id, sent[sent.size() - 3])) ++opened;
    if (sent.size() > 250 && world.open(b, id, sent[sent.size() - 250])) ++opened;
  }
  for (const Bytes& packet : sent) {
    if (world.open(b, id, packet)) ++opened;
  }
  EXPECT_EQ(opened, sent.size());
}

TEST(Scenario, clock_wrong_by_a_year) {
  // The client corrects by the relay's clock where it can; where it cannot, a caller with a clock
  // ahead and one behind by less than the courtesy still ring, and nothing but words depends on it.
  constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;
  for (const std::int64_t error : {kYearMs, std::int64_t{-100'000}, std::int64_t{0}}) {
    World world;
    Party& a = world.add(1);
    Party& b = world.add(2);
    a.clockErrorMs = error;
    const CallId id = world.connect(a, b);
    EXPECT_EQ(a.agent->sas(id), b.agent->sas(id));
  }
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  a.clockErrorMs = -kYearMs;
  world.call(a, b);
  EXPECT_EQ(b.count<TriedToReach>(), 1U);
  a.clockErrorMs = b.clockErrorMs = -kYearMs;
  world.advance(1min);
  world.connect(a, b);
}

TEST(Scenario, aLostConnectionDuringEachStepIsMendedByRepeats) {
  // The n-th message is lost with its connection; after re-admission the call stands.
  for (int lost = 0; lost < 5; ++lost) {
    World world;
    Party& a = world.add(1);
    Party& b = world.add(2);
    int seen = 0;
    world.pass = [&](const wire::Message& m) { return !recipientOf(m) || seen++ != lost; };
    const CallId id = world.call(a, b);
    const auto mend = [&] {
      for (auto& party : world.parties) party->agent->relayAdmitted(world.now, kRelay);
      world.settle();
    };
    world.advance(2s);
    if (!b.phase(id)) mend();
    world.answer(b, id);
    world.advance(2s);
    mend();
    EXPECT_EQ(a.phase(id), Phase::Active) << lost;
    EXPECT_EQ(b.phase(id), Phase::Active) << lost;
    EXPECT_EQ(a.agent->sas(id), b.agent->sas(id));
    EXPECT_EQ(b.count<Incoming>(), 1U);
    EXPECT_EQ(b.count<Securing>(), 1U);
  }
}

TEST(Scenario, mediaFlowsBothWaysForThreeHours) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.connect(a, b);
  for (int i = 0; i < 3 * 3600; ++i) {
    world.advance(1s);
    ASSERT_EQ(world.open(b, id, world.seal(a, id, "to b").value()), "to b");
    ASSERT_EQ(world.open(a, id, world.seal(b, id, "to a").value()), "to a");
  }
  EXPECT_EQ(a.phase(id), Phase::Active);
}

}  // namespace
}  // namespace foyer::call
