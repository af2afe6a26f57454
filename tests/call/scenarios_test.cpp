// The scenarios of keys.md section 15 that need neither rooms nor direct paths, under their names,
// with agents in virtual time and a relay that does what the name says.
#include <algorithm>
#include <set>

#include "core/crypto/enc.h"
#include "tests/call/world.h"

namespace foyer::call {
namespace {

// keys.md 15: own keys to both sides, 1 000 calls.
TEST(Scenario, mitm_substitutes_both_identities) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  // The middle answers A under a key of its own, and calls B under another.
  Party& towardsA = world.add(3);
  Party& towardsB = world.add(4);
  int equal = 0;
  for (int i = 0; i < 1000; ++i) {
    const CallId left = world.connect(a, towardsA);
    const CallId right = world.connect(towardsB, b);
    if (a.agent->sas(left) == b.agent->sas(right)) ++equal;
    EXPECT_EQ(a.agent->sas(left), towardsA.agent->sas(left));
    EXPECT_EQ(a.agent->summary(left)->peer, towardsA.key());
    EXPECT_EQ(b.agent->summary(right)->peer, towardsB.key());
    a.agent->hangup(world.now, left);
    towardsB.agent->hangup(world.now, right);
    world.settle();
    world.history.clear();
    for (auto& party : world.parties) {
      party->events.clear();
      party->sent.clear();
    }
  }
  EXPECT_EQ(equal, 0);
}

// keys.md 15 (unit), with the digits cut to two: what a middle that plays perfectly gets. It has
// finished the call with B and knows those digits; towards A it must fix its answer before A opens
// its commitment, so nothing it can choose depends on A's last secret input.
TEST(Scenario, one_guess_statistics) {
  SeededRandom random(5);
  const auto shared = random.id<BoxKey>();
  const auto twoDigits = [&](ByteView offer, ByteView answer, const BoxKey& e,
                             const crypto::Nonce32& n) {
    const auto th = crypto::transcriptOf(offer, answer, e, n);
    return crypto::sasOf(crypto::expand(crypto::extract(th, shared.view()), "foyer/1 sas")).number %
           100;
  };
  constexpr int kAttacks = 100'000;
  int hits = 0;
  Bytes offer(200);
  Bytes answer(200);
  for (int i = 0; i < kAttacks; ++i) {
    crypto::Nonce32 ofMiddle;
    crypto::Nonce32 ofA;
    random.fill(offer);
    random.fill(answer);
    random.fill(ofMiddle);
    const auto known = twoDigits(offer, answer, random.id<BoxKey>(), ofMiddle);
    // Its answer to A, as good as it can be made without A's nonce.
    random.fill(answer);
    random.fill(ofA);
    if (twoDigits(offer, answer, random.id<BoxKey>(), ofA) == known) ++hits;
  }
  EXPECT_NEAR(100.0 * hits / kAttacks, 1.0, 0.1);
}

// Two valid answers of the attacker's own identity.
TEST(Scenario, second_answer_after_reveal) {
  World world;
  Party& a = world.add(1);
  Puppet middle{2};
  const auto id =
      a.agent->place(world.now, kWallMs, middle.asCallee(), crypto::CallPolicy::Trusted, kInfo);
  world.drain(a);
  middle.take(messagesOf<wire::Offer>(a.sent).back());
  world.deliver(a, middle.ringing());
  world.deliver(a, middle.answer());
  const auto sas = a.agent->sas(*id);
  for (int i = 0; i < 100; ++i) world.deliver(a, middle.answer());
  EXPECT_EQ(messagesOf<wire::Setup>(a.sent).size(), 1U);
  EXPECT_EQ(a.agent->sas(*id), sas);
}

TEST(Scenario, glare_flood_one_click) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    World world;
    Party& a = world.add(seed);
    Puppet middle{seed + 50};
    const auto placed =
        a.agent->place(world.now, kWallMs, middle.asCallee(), crypto::CallPolicy::Trusted, kInfo);
    ASSERT_TRUE(placed);
    world.drain(a);
    for (int i = 0; i < 1000; ++i) {
      world.deliver(a, middle.offer(a.key(), a.agent->boxKey()));
      if (i % 100 == 0) world.advance(100ms);
    }
    world.advance(1min);
    EXPECT_EQ(a.count<Securing>(), a.key() < middle.key() ? 0U : 1U);
    EXPECT_EQ(a.count<KeysReady>(), 0U);
  }
}

// The relay delivers either offer, both in both orders, or none: one call or none, same transcript.
TEST(Scenario, glare_both_orders) {
  for (int seeds = 0; seeds < 2; ++seeds) {
    for (int mode = 0; mode < 6; ++mode) {
      World world;
      Party& a = world.add(seeds == 0 ? 1 : 2);
      Party& b = world.add(seeds == 0 ? 2 : 1);
      std::deque<wire::Message> offers;
      world.pass = [&](const wire::Message& m) {
        if (!std::holds_alternative<wire::Offer>(m)) return true;
        offers.push_back(m);
        return false;
      };
      world.call(a, b);
      world.call(b, a);
      ASSERT_EQ(offers.size(), 2U);
      if (mode == 1 || mode == 3) world.route(offers[0]);
      if (mode == 3 || mode == 5) world.settle();
      if (mode == 2 || mode == 3 || mode == 4 || mode == 5) world.route(offers[1]);
      if (mode == 4 || mode == 5) world.route(offers[0]);
      world.settle();
      world.advance(5s);
      const auto callsA = a.agent->liveCalls();
      const auto callsB = b.agent->liveCalls();
      std::size_t withKeys = 0;
      for (const CallId& id : callsA) {
        if (!a.agent->sas(id)) continue;
        ++withKeys;
        EXPECT_EQ(a.agent->sas(id), b.agent->sas(id));
        EXPECT_EQ(a.phase(id), Phase::Active);
        EXPECT_EQ(b.phase(id), Phase::Active);
      }
      EXPECT_LE(withKeys, 1U);
      if (mode >= 3) {
        EXPECT_EQ(withKeys, 1U) << "mode " << mode;
      }
      // A relay that held the losing offer back until after its cancel can make it ring, no more.
      for (Party* party : {&a, &b}) {
        for (const CallId& id : party->agent->liveCalls()) {
          EXPECT_TRUE(party->agent->sas(id) ||
                      party->agent->summary(id)->direction == Direction::Incoming || withKeys == 0);
        }
        EXPECT_LE(party->count<Securing>(), 1U);
      }
      world.advance(1min);
      EXPECT_LE(a.agent->liveCalls().size(), 1U);
    }
  }
}

// Records what is drawn, to find it again in what is sent.
class Recorder final : public RandomSource {
 public:
  explicit Recorder(std::uint64_t seed) : m_random(seed) {}
  void fill(MutableByteView out) override {
    m_random.fill(out);
    drawn.push_back(toBytes(out));
  }
  std::vector<Bytes> drawn;

 private:
  SeededRandom m_random;
};

// (unit) reply is not eA, and nothing of eA leaves before the answer.
TEST(Scenario, reply_key_is_not_the_ephemeral) {
  World world;
  Recorder recorder(9);
  Party& a = world.add(1, &recorder);
  Puppet b{2};
  recorder.drawn.clear();
  ASSERT_TRUE(a.agent->place(world.now, kWallMs, b.asCallee(), crypto::CallPolicy::Trusted, kInfo));
  world.drain(a);
  b.take(messagesOf<wire::Offer>(a.sent).back());
  // Drawn: call id, eA, nA, reply, and the box's ephemeral; all different.
  ASSERT_EQ(recorder.drawn.size(), 5U);
  EXPECT_EQ(std::set<Bytes>(recorder.drawn.begin(), recorder.drawn.end()).size(), 5U);
  const auto contains = [&](ByteView what) {
    return std::search(b.offerBody.begin(), b.offerBody.end(), what.begin(), what.end()) !=
           b.offerBody.end();
  };
  EXPECT_TRUE(contains(recorder.drawn[0]));
  for (std::size_t i = 1; i < 5; ++i) {
    EXPECT_FALSE(contains(recorder.drawn[i]));
    const auto secret = crypto::SecretKey::fromBytes(recorder.drawn[i]);
    const BoxKey publicKey = crypto::boxPublicKey(*secret);
    EXPECT_EQ(contains(publicKey.view()), i == 3) << i;
  }
  EXPECT_EQ(b.theirOffer.reply,
            crypto::boxPublicKey(*crypto::SecretKey::fromBytes(recorder.drawn[3])));
}

TEST(Scenario, replayed_offer_never_rings) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId id = world.call(a, b);
  const wire::Message offer = messagesOf<wire::Offer>(world.history).at(0);
  EXPECT_EQ(b.count<Incoming>(), 1U);
  world.deliver(b, offer);
  world.answer(b, id);
  world.deliver(b, offer);
  a.agent->hangup(world.now, id);
  world.settle();
  world.deliver(b, offer);
  world.advance(2min);
  world.deliver(b, offer);
  world.advance(24h);
  EXPECT_EQ(b.count<BoxChanged>(), 1U);
  world.deliver(b, offer);
  world.advance(6min);
  world.deliver(b, offer);
  EXPECT_EQ(b.count<Incoming>(), 1U);
  EXPECT_EQ(b.count<TriedToReach>(), 0U);
  b.restart(world.now);
  world.deliver(b, offer);
  EXPECT_EQ(b.count<Incoming>(), 0U);
}

TEST(Scenario, replayed_answer_confirm_reject_hangup) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  // One call that ended by a hangup, one that was declined.
  const CallId first = world.connect(a, b);
  b.agent->hangup(world.now, first);
  world.settle();
  const CallId second = world.call(a, b);
  b.agent->reject(world.now, second);
  world.settle();
  const auto old = world.history;
  const CallId third = world.connect(a, b);
  const auto sas = a.agent->sas(third);
  const auto renamed = [&](wire::Message message) {
    // The relay may also put the live call's id on the outside.
    if (auto* m = std::get_if<wire::Offer>(&message)) m->callId = third;
    if (auto* m = std::get_if<wire::Setup>(&message)) m->callId = third;
    if (auto* m = std::get_if<wire::Sealed>(&message)) m->callId = third;
    return message;
  };
  const auto current = world.history;
  for (const auto& all : {old, current}) {
    for (const wire::Message& message : all) {
      if (!recipientOf(message)) continue;
      for (auto& party : world.parties) {
        world.deliver(*party, message);
        world.deliver(*party, renamed(message));
      }
    }
  }
  world.settle();
  EXPECT_EQ(a.phase(third), Phase::Active);
  EXPECT_EQ(b.phase(third), Phase::Active);
  EXPECT_EQ(a.agent->sas(third), sas);
  EXPECT_EQ(a.count<Ended>(), 2U);
  EXPECT_EQ(b.count<Ended>(), 2U);
  EXPECT_EQ(b.count<Incoming>(), 3U);
  EXPECT_EQ(a.count<Confirmed>(), 2U);
}

TEST(Scenario, anOldConfirmIntoAnAnsweredCallDoesNotEndIt) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  const CallId first = world.connect(a, b);
  a.agent->hangup(world.now, first);
  world.settle();
  const auto old = world.history;
  world.pass = [](const wire::Message& m) { return !std::holds_alternative<wire::Setup>(m); };
  const CallId second = world.call(a, b);
  world.answer(b, second);
  for (wire::Message message : old) {
    if (auto* m = std::get_if<wire::Setup>(&message)) {
      m->callId = second;
      world.deliver(a, message);
      world.deliver(b, message);
    }
  }
  EXPECT_EQ(b.phase(second), Phase::Answered);
  EXPECT_EQ(a.phase(second), Phase::Offered);
}

TEST(Scenario, reflected_messages) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  world.pass = [&](const wire::Message& message) {
    for (auto& party : world.parties) {
      wire::Message back = message;
      world.deliver(*party, back);
      // Also with the addresses turned round.
      const auto turn = [](auto* m) {
        if (m != nullptr) std::swap(m->to, m->from);
      };
      turn(std::get_if<wire::Offer>(&back));
      turn(std::get_if<wire::Setup>(&back));
      turn(std::get_if<wire::Sealed>(&back));
      world.deliver(*party, back);
    }
    return true;
  };
  const CallId id = world.connect(a, b);
  EXPECT_EQ(a.agent->sas(id), b.agent->sas(id));
  EXPECT_EQ(a.count<Incoming>(), 0U);
  EXPECT_EQ(b.count<Incoming>(), 1U);
  // Sealed control and media back to their sender.
  a.agent->setSideState(world.now, id, {.muted = true});
  world.settle();
  EXPECT_FALSE(a.agent->summary(id)->peerState);
  EXPECT_TRUE(b.agent->summary(id)->peerState->muted);
  const auto packet = world.seal(a, id, "sound");
  EXPECT_FALSE(world.open(a, id, *packet));
  EXPECT_EQ(world.open(b, id, *packet), "sound");
}

TEST(Scenario, role_swap) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  Puppet insider{3};
  // Every body a callee may say, said by a caller, and the other way round.
  world.deliver(b, insider.offer(b.key(), b.agent->boxKey()));
  b.agent->answer(world.now, insider.callId, crypto::CallPolicy::Trusted, kInfo);
  world.drain(b);
  const auto dropped = b.agent->counters().dropped;
  const auto swapped = [&](const auto& body) {
    world.deliver(b, insider.say(insider.peerBox, body));
  };
  auto answer = insider.answerBodyMade();
  answer.offerHash = insider.offerHash;
  swapped(answer);
  swapped(crypto::RingingBody{insider.offerHash});
  swapped(crypto::RejectBody{insider.offerHash, crypto::RejectReason::GaveUp});
  EXPECT_EQ(b.agent->counters().dropped, dropped + 3);
  EXPECT_EQ(b.phase(insider.callId), Phase::Answered);
  EXPECT_TRUE(b.agent->hangup(world.now, insider.callId));
  world.settle();

  const CallId id = world.connect(a, b);
  // The caller's media under the name of the callee: other direction, other key.
  const auto mine = world.seal(a, id, "sound");
  EXPECT_FALSE(world.open(a, id, *mine));
}

TEST(Scenario, resealed_offer_to_third) {
  World world;
  Party& c = world.add(3);
  const Party b(2);
  // B was called by A and knows the offer and its signature; it seals them to C.
  Puppet a{1};
  const auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  const auto made = crypto::signSetup(a.identity, body);
  const auto box = a.wrap(c.agent->boxKey(), made);
  world.deliver(c, wire::Offer{a.callId, c.fingerprint(), a.identity.fingerprint(), box.box});
  EXPECT_EQ(c.count<Incoming>(), 0U);
  EXPECT_EQ(c.agent->counters().dropped, 1U);
}

TEST(Scenario, identity_misbinding) {
  World world;
  Party& b = world.add(2);
  Puppet a{1};
  Puppet thief{3};
  // A's body under the thief's signature and name, and the thief's body under A's fingerprint.
  auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  auto setup = a.wrap(b.agent->boxKey(), crypto::signSetup(thief.identity, body));
  world.deliver(b, wire::Offer{body.callId, b.fingerprint(), a.identity.fingerprint(), setup.box});
  world.deliver(b,
                wire::Offer{body.callId, b.fingerprint(), thief.identity.fingerprint(), setup.box});
  body.caller = thief.key();
  setup = a.wrap(b.agent->boxKey(), crypto::signSetup(thief.identity, body));
  world.deliver(b, wire::Offer{body.callId, b.fingerprint(), a.identity.fingerprint(), setup.box});
  EXPECT_EQ(b.count<Incoming>(), 0U);
  EXPECT_EQ(b.agent->counters().dropped, 3U);
  EXPECT_EQ(b.agent->counters().badSignatures, 1U);
}

TEST(Scenario, stripped_capability_and_stripped_version) {
  // Somebody who holds both boxes' keys edits a body in either direction: never a weaker call.
  SeededRandom random(1);
  for (int edit = 0; edit < 6; ++edit) {
    World world;
    Party& a = world.add(1);
    Puppet b{2};
    const auto id =
        a.agent->place(world.now, kWallMs, b.asCallee(), crypto::CallPolicy::Trusted, kInfo)
            .value();
    world.drain(a);
    b.take(messagesOf<wire::Offer>(a.sent).back());
    auto body = b.answerBodyMade();
    body.versions = {1, 2};
    const auto honest = crypto::signSetup(b.identity, body);
    crypto::SignedSetup edited = honest;
    if (edit == 0) body.info = wire::encodeCallInfo({.alias = "Tom"});
    if (edit == 1) body.versions = {1};
    if (edit == 2) body.version = 2;
    if (edit == 3) body.mode = crypto::CallPolicy::Private;
    if (edit == 4) body.offerHash[0] ^= 1;
    edited.body =
        edit == 5 ? Bytes(honest.body.begin(), honest.body.end() - 1) : crypto::encodeSetup(body);
    world.deliver(a, b.wrap(b.theirOffer.reply, edited));
    EXPECT_EQ(a.phase(id), Phase::Offered) << edit;
    EXPECT_EQ(a.count<KeysReady>(), 0U);
  }
  // The offer was stripped on its way to the callee: transcripts differ, the callee stops it.
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  (void)a;
  Puppet caller{3};
  world.deliver(b, caller.offer(b.key(), b.agent->boxKey()));
  b.agent->answer(world.now, caller.callId, crypto::CallPolicy::Trusted, kInfo);
  world.drain(b);
  ASSERT_TRUE(caller.read(messagesOf<wire::Setup>(b.sent).back()));
  auto richer = caller.offerBody;
  richer.push_back(0);
  auto confirm = caller.confirmBodyMade();
  confirm.transcript =
      crypto::transcriptOf(richer, caller.answerBody, caller.own.publicKey, caller.nonce);
  world.deliver(b, caller.confirm(confirm));
  EXPECT_EQ(b.endOf(caller.callId), EndReason::Tampered);
}

TEST(Scenario, bad_commitment) {
  World world;
  Party& b = world.add(2);
  Puppet a{1};
  for (int i = 1; i <= 3; ++i) {
    world.deliver(b, a.offer(b.key(), b.agent->boxKey()));
    b.agent->answer(world.now, a.callId, crypto::CallPolicy::Trusted, kInfo);
    world.drain(b);
    ASSERT_TRUE(a.read(messagesOf<wire::Setup>(b.sent).back()));
    // Another ephemeral than was committed to, everything else right.
    a.own = crypto::BoxPair::generate(a.random);
    world.deliver(b, a.confirm(a.confirmBodyMade()));
    EXPECT_EQ(b.endOf(a.callId), EndReason::Tampered);
    EXPECT_EQ(b.count<SpentGuesses>(), i == 3 ? 1U : 0U);
  }
  EXPECT_EQ(b.count<KeysReady>(), 0U);
}

TEST(Scenario, small_order_points) {
  for (const char* hex : {"0000000000000000000000000000000000000000000000000000000000000000",
                          "0100000000000000000000000000000000000000000000000000000000000000",
                          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"}) {
    const BoxKey small = BoxKey::parseHex(hex).value();
    World world;
    Party& b = world.add(2);
    Puppet a{1};
    auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
    body.commitment = crypto::commitmentOf(body.callId, a.key(), b.key(), small, a.nonce);
    world.deliver(b, a.offer(body));
    b.agent->answer(world.now, a.callId, crypto::CallPolicy::Trusted, kInfo);
    world.drain(b);
    ASSERT_TRUE(a.read(messagesOf<wire::Setup>(b.sent).back()));
    a.own.publicKey = small;
    world.deliver(b, a.confirm(a.confirmBodyMade()));
    EXPECT_EQ(b.endOf(a.callId), EndReason::NotSecured);
    EXPECT_EQ(b.count<KeysReady>(), 0U);
  }
}

}  // namespace
}  // namespace foyer::call
