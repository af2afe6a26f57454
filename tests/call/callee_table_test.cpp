// The callee's state table of keys.md section 7 and the checks of an offer (section 4), row by row,
// against a puppet caller.
#include "core/call/box_memory.h"
#include "tests/call/world.h"

namespace foyer::call {
namespace {

struct CalleeTable : ::testing::Test {
  World world;
  Party& b = world.add(1);
  Puppet a{2};

  [[nodiscard]] const CallId& id() const { return a.callId; }
  void ring() {
    world.deliver(b, a.offer(b.key(), b.agent->boxKey()));
    ASSERT_EQ(b.phase(id()), Phase::Ringing);
  }
  void answered() {
    ring();
    ASSERT_TRUE(b.agent->answer(world.now, id(), crypto::CallPolicy::Trusted, kInfo));
    world.drain(b);
    ASSERT_EQ(b.phase(id()), Phase::Answered);
    ASSERT_TRUE(a.read(messagesOf<wire::Setup>(b.sent).back()));
  }
  void active() {
    answered();
    world.deliver(b, a.confirm(a.confirmBodyMade()));
    ASSERT_EQ(b.phase(id()), Phase::Active);
    a.deriveAsCaller();
  }
  std::optional<crypto::SetupBody> lastSaid() {
    return a.read(messagesOf<wire::Setup>(b.sent).back());
  }
  void expectRejected(crypto::RejectReason reason) {
    EXPECT_EQ(lastSaid(),
              std::optional<crypto::SetupBody>(crypto::RejectBody{a.offerHash, reason}));
  }
  void expectEnd(EndReason reason) {
    EXPECT_EQ(b.endOf(id()), reason);
    EXPECT_EQ(b.count<Ended>(), 1U);
    EXPECT_EQ(messagesOf<wire::Release>(b.sent).size(), 1U);
  }
  void expectDropped() {
    EXPECT_EQ(b.count<Incoming>(), 0U);
    EXPECT_TRUE(b.sent.empty());
    EXPECT_EQ(b.agent->counters().dropped, 1U);
  }
};

TEST_F(CalleeTable, idleOfferRings) {
  world.deliver(b, wire::Channel{CallId{}, 1, 2, Fingerprint{}});
  ring();
  EXPECT_EQ(lastSaid(), std::optional<crypto::SetupBody>(crypto::RingingBody{a.offerHash}));
  const auto incoming = b.all<Incoming>();
  ASSERT_EQ(incoming.size(), 1U);
  EXPECT_EQ(incoming[0].peer, a.key());
  EXPECT_EQ(incoming[0].info, kInfo);
}

TEST_F(CalleeTable, theChannelThatCameBeforeTheOfferIsTheCalls) {
  const auto offer = a.offer(b.key(), b.agent->boxKey());
  world.deliver(b, wire::Channel{a.callId, 5, 6, a.identity.fingerprint()});
  world.deliver(b, offer);
  EXPECT_EQ(b.agent->summary(id())->channel->tx, 5U);
  EXPECT_EQ(b.agent->callByChannel(kRelay, 6), id());
  EXPECT_FALSE(b.agent->callByChannel(Fingerprint{}, 6));
  // Another peer's or relay's channel does not replace it.
  world.deliver(b, wire::Channel{a.callId, 7, 8, Fingerprint{}});
  EXPECT_EQ(b.agent->summary(id())->channel->tx, 5U);
  world.deliver(b, wire::Channel{a.callId, 7, 8, a.identity.fingerprint()});
  EXPECT_EQ(b.agent->summary(id())->channel->tx, 7U);
}

TEST_F(CalleeTable, offersForOthersAreDropped) {
  auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  body.callee = a.random.id<PublicKey>();
  world.deliver(b, a.offer(body));
  expectDropped();
}

TEST_F(CalleeTable, offersWithAnInvalidOrMyOwnKeyAreDropped) {
  auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  body.caller = PublicKey{};
  auto offer = a.offer(body);
  offer.from = crypto::fingerprintOf(body.caller);
  world.deliver(b, offer);
  expectDropped();
  body.caller = b.key();
  offer = a.offer(body);
  offer.from = b.fingerprint();
  world.deliver(b, offer);
  EXPECT_EQ(b.count<Incoming>(), 0U);
}

TEST_F(CalleeTable, offersNamingAnotherBoxAreDropped) {
  auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  body.calleeBox = a.box.publicKey;
  world.deliver(b, a.offer(body));
  expectDropped();
}

TEST_F(CalleeTable, offersWhoseOuterFieldsDifferAreDropped) {
  const auto offer = a.offer(b.key(), b.agent->boxKey());
  auto changed = offer;
  changed.callId = a.random.id<CallId>();
  world.deliver(b, changed);
  changed = offer;
  changed.from = a.random.id<Fingerprint>();
  world.deliver(b, changed);
  changed = offer;
  changed.to = a.random.id<Fingerprint>();
  world.deliver(b, changed);
  EXPECT_EQ(b.agent->counters().dropped, 3U);
  EXPECT_EQ(b.count<Incoming>(), 0U);
  // None of them used up the call id.
  world.deliver(b, offer);
  EXPECT_EQ(b.count<Incoming>(), 1U);
}

TEST_F(CalleeTable, offersWithABadSignatureAreDropped) {
  const auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  auto made = crypto::signSetup(a.identity, body);
  made.signature.bytes[5] ^= 1;
  const auto setup = a.wrap(b.agent->boxKey(), made);
  world.deliver(b, wire::Offer{setup.callId, setup.to, setup.from, setup.box});
  expectDropped();
  EXPECT_EQ(b.agent->counters().badSignatures, 1U);
}

TEST_F(CalleeTable, blockedIsSilence) {
  b.book.people[a.key()].isBlocked = true;
  world.deliver(b, a.offer(b.key(), b.agent->boxKey()));
  expectDropped();
}

TEST_F(CalleeTable, noCommonVersionIsRejectedAsSuch) {
  auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  body.versions = {2, 3};
  world.deliver(b, a.offer(body));
  EXPECT_EQ(b.count<Incoming>(), 0U);
  expectRejected(crypto::RejectReason::Version);
}

TEST_F(CalleeTable, aLateOfferDoesNotRing) {
  auto body = a.offerBodyMade(b.key(), b.agent->boxKey());
  body.issuedMs = kWallMs - 165'001;
  world.deliver(b, a.offer(body));
  EXPECT_EQ(b.count<Incoming>(), 0U);
  EXPECT_EQ(b.count<TriedToReach>(), 1U);
  EXPECT_TRUE(b.sent.empty());
  body = a.offerBodyMade(b.key(), b.agent->boxKey());
  body.issuedMs = kWallMs - 165'000;
  world.deliver(b, a.offer(body));
  EXPECT_EQ(b.count<Incoming>(), 1U);
}

TEST_F(CalleeTable, ringingTheSameOfferGetsTheSameRinging) {
  const auto offer = a.offer(b.key(), b.agent->boxKey());
  world.deliver(b, offer);
  const auto ringing = messagesOf<wire::Setup>(b.sent).back();
  world.deliver(b, offer);
  EXPECT_EQ(messagesOf<wire::Setup>(b.sent), (std::vector{ringing, ringing}));
  EXPECT_EQ(b.count<Incoming>(), 1U);
  EXPECT_EQ(b.agent->counters().replayedOffers, 1U);
}

TEST_F(CalleeTable, ringingAnotherOfferIsBusy) {
  ring();
  Puppet c{3};
  world.deliver(b, c.offer(b.key(), b.agent->boxKey()));
  EXPECT_EQ(b.count<Incoming>(), 1U);
  EXPECT_EQ(c.read(messagesOf<wire::Setup>(b.sent).back()),
            std::optional<crypto::SetupBody>(
                crypto::RejectBody{c.offerHash, crypto::RejectReason::Busy}));
  EXPECT_EQ(b.phase(id()), Phase::Ringing);
}

TEST_F(CalleeTable, aSecondCallDuringACallWaitsAsABanner) {
  active();
  Puppet c{3};
  world.deliver(b, c.offer(b.key(), b.agent->boxKey()));
  EXPECT_EQ(b.count<Incoming>(), 2U);
  EXPECT_EQ(b.phase(id()), Phase::Active);
  EXPECT_EQ(b.phase(c.callId), Phase::Ringing);
}

TEST_F(CalleeTable, ringingCancelAndRingTimerAreMissed) {
  ring();
  world.deliver(b, a.cancel(crypto::CancelReason::Person));
  expectEnd(EndReason::Missed);
  World w;
  Party& other = w.add(1);
  Puppet caller{2};
  w.deliver(other, caller.offer(other.key(), other.agent->boxKey()));
  w.advance(45s - 1ms);
  EXPECT_EQ(other.phase(caller.callId), Phase::Ringing);
  w.advance(1ms);
  EXPECT_EQ(other.endOf(caller.callId), EndReason::Missed);
}

TEST_F(CalleeTable, ringingDecline) {
  ring();
  EXPECT_TRUE(b.agent->reject(world.now, id()));
  world.drain(b);
  expectRejected(crypto::RejectReason::Declined);
  expectEnd(EndReason::LocalHangup);
  EXPECT_FALSE(b.agent->answer(world.now, id(), crypto::CallPolicy::Trusted, kInfo));
}

TEST_F(CalleeTable, ringingAccept) {
  answered();
  EXPECT_EQ(b.count<Securing>(), 1U);
  EXPECT_EQ(b.count<KeysReady>(), 0U);
  EXPECT_FALSE(b.agent->answer(world.now, id(), crypto::CallPolicy::Trusted, kInfo));
  EXPECT_FALSE(b.agent->reject(world.now, id()));
  EXPECT_FALSE(world.seal(b, id(), "x"));
}

TEST_F(CalleeTable, answeredConfirmIsActiveAndSaysReady) {
  active();
  EXPECT_EQ(b.count<KeysReady>(), 1U);
  EXPECT_EQ(b.count<Confirmed>(), 1U);
  EXPECT_EQ(b.agent->sas(id()), crypto::sasOf(a.keys->sas));
  const auto sealed = messagesOf<wire::Sealed>(b.sent);
  ASSERT_EQ(sealed.size(), 1U);
  EXPECT_EQ(sealed[0].n, 0U);
  crypto::ControlOpener opener(a.keys->controlCallee, id());
  EXPECT_EQ(wire::decodeSealedMessage(opener.open(0, sealed[0].box).value()).value(),
            wire::SealedMessage(wire::Ready{}));
}

TEST_F(CalleeTable, answeredFalseTranscriptIsTamperedAndSpent) {
  for (int i = 1; i <= 3; ++i) {
    a = Puppet{2};
    a.random = SeededRandom(static_cast<std::uint64_t>(i) + 500);
    b.sent.clear();
    answered();
    auto body = a.confirmBodyMade();
    body.transcript[0] ^= 1;
    world.deliver(b, a.confirm(body));
    expectRejected(crypto::RejectReason::GaveUp);
    EXPECT_EQ(b.endOf(id()), EndReason::Tampered);
    EXPECT_EQ(b.count<SpentGuesses>(), i == 3 ? 1U : 0U);
  }
}

TEST_F(CalleeTable, answeredMediaBeforeTheConfirmIsHeldSixteen) {
  answered();
  a.deriveAsCaller();
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(world.open(b, id(), a.packet()));
  EXPECT_EQ(b.agent->counters().heldPackets, 16U);
  EXPECT_EQ(b.agent->counters().mediaRefused, 4U);
  EXPECT_FALSE(b.agent->pollHeld(id()));
  world.deliver(b, a.confirm(a.confirmBodyMade()));
  int opened = 0;
  while (const auto held = b.agent->pollHeld(id()))
    opened += world.open(b, id(), *held) == "sound" ? 1 : 0;
  EXPECT_EQ(opened, 16);
}

TEST_F(CalleeTable, answeredCancelSecureTimerAndEndAreNotSecured) {
  answered();
  world.deliver(b, a.cancel(crypto::CancelReason::Timeout));
  expectEnd(EndReason::NotSecured);
  for (const bool pressesEnd : {false, true}) {
    World w;
    Party& callee = w.add(1);
    Puppet caller{2};
    w.deliver(callee, caller.offer(callee.key(), callee.agent->boxKey()));
    callee.agent->answer(w.now, caller.callId, crypto::CallPolicy::Trusted, kInfo);
    if (pressesEnd) {
      callee.agent->hangup(w.now, caller.callId);
      w.drain(callee);
    } else {
      w.advance(10s);
    }
    EXPECT_EQ(callee.endOf(caller.callId), EndReason::NotSecured);
    EXPECT_EQ(caller.read(messagesOf<wire::Setup>(callee.sent).back()),
              std::optional<crypto::SetupBody>(
                  crypto::RejectBody{caller.offerHash, crypto::RejectReason::GaveUp}));
  }
}

TEST_F(CalleeTable, activeTheConfirmAgainGetsReadyAgain) {
  active();
  const auto ready = messagesOf<wire::Sealed>(b.sent).back();
  world.deliver(b, a.confirm(a.confirmBodyMade()));
  EXPECT_EQ(messagesOf<wire::Sealed>(b.sent), (std::vector{ready, ready}));
  EXPECT_EQ(b.count<KeysReady>(), 1U);
}

TEST_F(CalleeTable, activeCancelIsACallerThatGaveUp) {
  active();
  world.deliver(b, a.cancel(crypto::CancelReason::Timeout));
  expectEnd(EndReason::NotSecured);
}

TEST_F(CalleeTable, activeOfferOfTheSameIdentityRingsAfterTwoSeconds) {
  active();
  Puppet again{2};
  again.random = SeededRandom(77);
  world.deliver(b, again.offer(b.key(), b.agent->boxKey()));
  EXPECT_EQ(b.count<Incoming>(), 1U);
  world.advance(1999ms);
  EXPECT_EQ(b.count<Incoming>(), 1U);
  world.advance(1ms);
  EXPECT_EQ(b.count<Incoming>(), 2U);
  EXPECT_EQ(b.phase(again.callId), Phase::Ringing);
  EXPECT_EQ(b.phase(id()), Phase::Active);
}

TEST_F(CalleeTable, activeOfferOfTheSameIdentityCancelledInTimeNeverRings) {
  active();
  Puppet again{2};
  again.random = SeededRandom(77);
  world.deliver(b, again.offer(b.key(), b.agent->boxKey()));
  world.advance(1s);
  world.deliver(b, again.cancel(crypto::CancelReason::Glare));
  world.advance(10s);
  EXPECT_EQ(b.count<Incoming>(), 1U);
}

TEST_F(CalleeTable, theRelaysReleaseWhileItRingsIsMissedAndNobodysAct) {
  ring();
  world.deliver(b, wire::Released{id(), wire::ReleasedCode::PeerReleased});
  EXPECT_EQ(b.endOf(id()), EndReason::Missed);
}

TEST(BoxMemory, theKeyChangesEachDayAndThePredecessorLivesFiveMinutes) {
  World world;
  Party& b = world.add(1);
  const BoxKey first = b.agent->boxKey();
  world.advance(24h - 1ms);
  EXPECT_EQ(b.agent->boxKey(), first);
  world.advance(1ms);
  EXPECT_NE(b.agent->boxKey(), first);
  EXPECT_EQ(b.count<BoxChanged>(), 1U);
  Puppet a{2};
  Puppet late{3};
  auto offer = a.offerBodyMade(b.key(), first);
  offer.issuedMs = kWallMs + 24 * 3'600'000 + 300'000;
  world.advance(5min - 1ms);
  world.deliver(b, a.offer(offer));
  EXPECT_EQ(b.count<Incoming>(), 1U);
  world.advance(1ms);
  world.deliver(b, late.offer(b.key(), first));
  EXPECT_EQ(b.count<Incoming>(), 1U);
  EXPECT_EQ(b.agent->counters().dropped, 1U);
}

TEST(BoxMemory, aFloodFillsOneKeyAndTheNextOnlyAfterThePredecessorIsGone) {
  SeededRandom random(1);
  TimePoint now{};
  BoxMemory boxes(now, random);
  const BoxKey first = boxes.current();
  for (std::size_t i = 0; i < BoxMemory::kCallIds; ++i) {
    ASSERT_EQ(boxes.remember(now, first, random.id<CallId>()), BoxMemory::Remembered::New);
  }
  EXPECT_TRUE(boxes.takeChanged());
  EXPECT_FALSE(boxes.takeChanged());
  const BoxKey second = boxes.current();
  EXPECT_NE(second, first);
  EXPECT_EQ(boxes.remember(now, first, random.id<CallId>()), BoxMemory::Remembered::Full);
  for (std::size_t i = 0; i < BoxMemory::kCallIds; ++i) {
    ASSERT_EQ(boxes.remember(now, second, random.id<CallId>()), BoxMemory::Remembered::New);
  }
  EXPECT_EQ(boxes.current(), second);
  EXPECT_EQ(boxes.remember(now, second, random.id<CallId>()), BoxMemory::Remembered::Full);
  now += BoxMemory::kPredecessorLife;
  EXPECT_TRUE(boxes.handleTimeout(now));
  EXPECT_NE(boxes.current(), second);
}

}  // namespace
}  // namespace foyer::call
