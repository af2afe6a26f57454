// The caller's state table of keys.md section 7, row by row, against a puppet callee.
#include "tests/call/world.h"

namespace foyer::call {
namespace {

struct Caller : ::testing::Test {
  World world;
  Party& a = world.add(1);
  Puppet b{2};
  CallId id;

  void press() {
    const auto placed =
        a.agent->place(world.now, kWallMs, b.asCallee(), crypto::CallPolicy::Trusted, kInfo);
    ASSERT_TRUE(placed);
    id = *placed;
    world.drain(a);
    b.take(messagesOf<wire::Offer>(a.sent).back());
  }
  void ring() {
    press();
    world.deliver(a, b.ringing());
    ASSERT_EQ(a.phase(id), Phase::Ringing);
  }
  void confirming() {
    ring();
    world.deliver(a, b.answer());
    ASSERT_EQ(a.phase(id), Phase::Confirming);
    b.takeConfirm(messagesOf<wire::Setup>(a.sent).back());
  }
  void active() {
    confirming();
    world.deliver(a, b.sealed(wire::Ready{}));
    ASSERT_EQ(a.phase(id), Phase::Active);
  }
  // What the last set-up message of the caller says.
  crypto::SetupBody lastSaid() {
    const auto opened = crypto::unsealSetup(b.box, messagesOf<wire::Setup>(a.sent).back().box);
    EXPECT_TRUE(opened);
    EXPECT_TRUE(crypto::verify(a.key(), opened->body, opened->signature));
    return crypto::decodeSetup(opened->body).value();
  }
  void expectCancel(crypto::CancelReason reason) {
    EXPECT_EQ(lastSaid(), crypto::SetupBody(crypto::CancelBody{b.offerHash, reason}));
  }
  void expectEnd(EndReason reason) {
    EXPECT_EQ(a.endOf(id), reason) << toString(a.endOf(id).value_or(EndReason::Replaced));
    EXPECT_EQ(a.count<Ended>(), 1U);
    EXPECT_FALSE(a.agent->summary(id));
    EXPECT_EQ(messagesOf<wire::Release>(a.sent).size(), 1U);
  }
};

TEST_F(Caller, idleCallPressedSendsTheOffer) {
  press();
  EXPECT_EQ(a.phase(id), Phase::Offered);
  EXPECT_EQ(b.theirOffer.callId, id);
  EXPECT_EQ(b.theirOffer.callee, b.key());
  EXPECT_EQ(b.theirOffer.policy, crypto::CallPolicy::Trusted);
  EXPECT_EQ(b.theirOffer.issuedMs, static_cast<std::uint64_t>(kWallMs));
  EXPECT_EQ(wire::decodeCallInfo(b.theirOffer.info).value(), kInfo);
}

TEST_F(Caller, callsNobodyTwiceNotItselfAndNobodyBlocked) {
  press();
  const Puppet c{3};
  const auto place = [&](const Callee& callee) {
    return a.agent->place(world.now, kWallMs, callee, crypto::CallPolicy::Trusted, kInfo).error();
  };
  EXPECT_EQ(place(c.asCallee()), PlaceError::Busy);
  EXPECT_EQ(place(b.asCallee()), PlaceError::Busy);
  EXPECT_EQ(place(a.asCallee()), PlaceError::Self);
  a.book.people[c.key()].isBlocked = true;
  EXPECT_EQ(place(c.asCallee()), PlaceError::Blocked);
}

TEST_F(Caller, callPressedWhileTheirOfferRingsIsAccept) {
  world.deliver(a, b.offer(a.key(), a.agent->boxKey()));
  ASSERT_EQ(a.count<Incoming>(), 1U);
  const auto placed =
      a.agent->place(world.now, kWallMs, b.asCallee(), crypto::CallPolicy::Private, kInfo);
  world.drain(a);
  EXPECT_EQ(placed.value(), b.callId);
  EXPECT_EQ(a.phase(b.callId), Phase::Answered);
  EXPECT_TRUE(messagesOf<wire::Offer>(a.sent).empty());
  const auto answer = b.read(messagesOf<wire::Setup>(a.sent).back());
  ASSERT_TRUE(answer);
  EXPECT_EQ(std::get<crypto::AnswerBody>(*answer).mode, crypto::CallPolicy::Private);
}

TEST_F(Caller, offeredRingingRings) {
  ring();
  EXPECT_EQ(a.count<PeerRings>(), 1U);
  world.deliver(a, b.ringing());
  EXPECT_EQ(a.count<PeerRings>(), 1U);
}

TEST_F(Caller, offeredReachTimerIsUnreachable) {
  press();
  world.advance(10s - 1ms);
  EXPECT_EQ(a.phase(id), Phase::Offered);
  world.advance(1ms);
  expectCancel(crypto::CancelReason::Timeout);
  expectEnd(EndReason::Unreachable);
}

TEST_F(Caller, offeredUndeliverableIsUnreachable) {
  press();
  world.deliver(a, wire::Undeliverable{id, wire::UndeliverableCode::NotFound});
  expectEnd(EndReason::Unreachable);
}

TEST_F(Caller, ringingUndeliverableIsOnlyARelaysWord) {
  ring();
  world.deliver(a, wire::Undeliverable{id, wire::UndeliverableCode::NotFound});
  EXPECT_EQ(a.phase(id), Phase::Ringing);
}

TEST_F(Caller, answerIsTakenWithAndWithoutRinging) {
  press();
  world.deliver(a, b.answer());
  EXPECT_EQ(a.phase(id), Phase::Confirming);
  EXPECT_EQ(a.count<Securing>(), 1U);
  EXPECT_EQ(a.count<KeysReady>(), 1U);
  EXPECT_EQ(a.count<Confirmed>(), 0U);
  b.takeConfirm(messagesOf<wire::Setup>(a.sent).back());
  EXPECT_EQ(a.agent->sas(id), crypto::sasOf(b.keys->sas));
  // Media may follow the confirm at once.
  EXPECT_TRUE(world.seal(a, id, "sound"));
}

TEST_F(Caller, answerWithWrongVersionEndsNotSecured) {
  ring();
  auto body = b.answerBodyMade();
  body.version = 2;
  world.deliver(a, b.answer(body));
  expectCancel(crypto::CancelReason::Person);
  expectEnd(EndReason::NotSecured);
}

TEST_F(Caller, answerWithZeroDhEndsNotSecured) {
  ring();
  auto body = b.answerBodyMade();
  body.ephemeral = BoxKey{};
  world.deliver(a, b.answer(body));
  expectEnd(EndReason::NotSecured);
}

TEST_F(Caller, eachRejectHasItsOwnEnd) {
  using enum crypto::RejectReason;
  for (const auto& [said, shown] :
       {std::pair{Declined, EndReason::Declined}, std::pair{Busy, EndReason::Busy},
        std::pair{Version, EndReason::PeerTooOld}, std::pair{GaveUp, EndReason::NotSecured}}) {
    for (const bool rang : {false, true}) {
      World w;
      Party& caller = w.add(1);
      Puppet callee{2};
      const CallId call =
          caller.agent->place(w.now, kWallMs, callee.asCallee(), crypto::CallPolicy::Trusted, kInfo)
              .value();
      w.drain(caller);
      callee.take(messagesOf<wire::Offer>(caller.sent).back());
      if (rang) w.deliver(caller, callee.ringing());
      w.deliver(caller, callee.reject(said));
      EXPECT_EQ(caller.endOf(call), shown);
    }
  }
}

TEST_F(Caller, ringTimerIsNoAnswer) {
  ring();
  world.advance(45s - 1ms);
  EXPECT_EQ(a.phase(id), Phase::Ringing);
  world.advance(1ms);
  expectCancel(crypto::CancelReason::Timeout);
  expectEnd(EndReason::NoAnswer);
}

TEST_F(Caller, escCancels) {
  ring();
  EXPECT_TRUE(a.agent->hangup(world.now, id));
  world.drain(a);
  expectCancel(crypto::CancelReason::Person);
  expectEnd(EndReason::LocalHangup);
  EXPECT_FALSE(a.agent->hangup(world.now, id));
}

TEST_F(Caller, glareTheLowerKeysOfferStands) {
  // Whichever of the two keys is lower, the same offer wins on both sides.
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    World w;
    Party& me = w.add(seed);
    Puppet other{seed + 100};
    const CallId mine =
        me.agent->place(w.now, kWallMs, other.asCallee(), crypto::CallPolicy::Private, kInfo)
            .value();
    w.drain(me);
    Puppet theirs{seed + 100};
    w.deliver(me, theirs.offer(me.key(), me.agent->boxKey()));
    if (me.key() < other.key()) {
      EXPECT_EQ(me.phase(mine), Phase::Offered);
      EXPECT_FALSE(me.phase(theirs.callId));
      EXPECT_EQ(me.count<Incoming>(), 0U);
    } else {
      EXPECT_EQ(me.endOf(mine), EndReason::Replaced);
      EXPECT_EQ(me.phase(theirs.callId), Phase::Answered);
      const auto said = messagesOf<wire::Setup>(me.sent);
      ASSERT_EQ(said.size(), 2U);
      other.take(messagesOf<wire::Offer>(me.sent).back());
      const auto cancel = crypto::unsealSetup(other.box, said[0].box);
      ASSERT_TRUE(cancel);
      EXPECT_EQ(crypto::decodeSetup(cancel->body),
                std::optional<crypto::SetupBody>(
                    crypto::CancelBody{other.offerHash, crypto::CancelReason::Glare}));
      const auto answer = theirs.read(said[1]);
      ASSERT_TRUE(answer);
      EXPECT_EQ(std::get<crypto::AnswerBody>(*answer).mode, crypto::CallPolicy::Private);
    }
  }
}

TEST_F(Caller, confirmingAFurtherAnswerIsIgnoredAndTheSameBytesGetTheConfirmAgain) {
  ring();
  const wire::Setup first = b.answer();
  world.deliver(a, first);
  const auto confirm = messagesOf<wire::Setup>(a.sent).back();
  world.deliver(a, b.answer());
  EXPECT_EQ(messagesOf<wire::Setup>(a.sent).size(), 1U);
  EXPECT_EQ(a.agent->counters().dropped, 1U);
  world.deliver(a, first);
  EXPECT_EQ(messagesOf<wire::Setup>(a.sent).size(), 2U);
  EXPECT_EQ(messagesOf<wire::Setup>(a.sent).back(), confirm);
}

TEST_F(Caller, confirmingFirstControlOrMediaOfTheCalleeIsActive) {
  confirming();
  EXPECT_EQ(world.open(a, id, b.packet()), "sound");
  EXPECT_EQ(a.phase(id), Phase::Active);
  EXPECT_EQ(a.count<Confirmed>(), 1U);
  world.deliver(a, b.sealed(wire::Ready{}));
  EXPECT_EQ(a.count<Confirmed>(), 1U);
  world.advance(1h);
  EXPECT_EQ(a.phase(id), Phase::Active);
}

TEST_F(Caller, confirmingRejectGaveUpIsNotSecured) {
  confirming();
  world.deliver(a, b.reject(crypto::RejectReason::Declined));
  EXPECT_EQ(a.phase(id), Phase::Confirming);
  world.deliver(a, b.reject(crypto::RejectReason::GaveUp));
  expectEnd(EndReason::NotSecured);
}

TEST_F(Caller, confirmingHangupIsTheirs) {
  confirming();
  world.deliver(a, b.sealed(wire::Hangup{}));
  expectEnd(EndReason::RemoteHangup);
  EXPECT_EQ(a.count<Confirmed>(), 0U);
}

TEST_F(Caller, confirmingSecureTimerIsNotSecured) {
  confirming();
  world.advance(10s - 1ms);
  EXPECT_EQ(a.phase(id), Phase::Confirming);
  world.advance(1ms);
  expectCancel(crypto::CancelReason::Timeout);
  expectEnd(EndReason::NotSecured);
}

TEST_F(Caller, confirmingEndIsNotSecured) {
  confirming();
  EXPECT_TRUE(a.agent->hangup(world.now, id));
  world.drain(a);
  EXPECT_EQ(messagesOf<wire::Sealed>(a.sent).size(), 1U);
  expectCancel(crypto::CancelReason::Person);
  expectEnd(EndReason::NotSecured);
}

TEST_F(Caller, theThirdSpentGuessWithinADaySaysSoUnlessVerified) {
  for (const bool isVerified : {false, true}) {
    World w;
    Party& me = w.add(1);
    Puppet middle{2};
    me.book.people[middle.key()].isVerified = isVerified;
    for (int i = 1; i <= 3; ++i) {
      const CallId call =
          me.agent->place(w.now, kWallMs, middle.asCallee(), crypto::CallPolicy::Trusted, kInfo)
              .value();
      w.drain(me);
      middle.take(messagesOf<wire::Offer>(me.sent).back());
      w.deliver(me, middle.answer());
      EXPECT_EQ(me.phase(call), Phase::Confirming);
      w.advance(11s);
      EXPECT_EQ(me.count<SpentGuesses>(), i == 3 && !isVerified ? 1U : 0U);
      w.advance(1h);
    }
  }
}

TEST_F(Caller, spentGuessesOfYesterdayAreForgotten) {
  for (int i = 0; i < 6; ++i) {
    press();
    world.deliver(a, b.answer());
    world.advance(13h);
  }
  EXPECT_EQ(a.count<SpentGuesses>(), 0U);
}

TEST_F(Caller, activeHangupOfBothSides) {
  active();
  world.deliver(a, b.sealed(wire::Hangup{}));
  expectEnd(EndReason::RemoteHangup);
  EXPECT_EQ(a.count<SpentGuesses>(), 0U);
}

TEST_F(Caller, activeOwnEndSendsASealedHangup) {
  active();
  EXPECT_TRUE(a.agent->hangup(world.now, id));
  world.drain(a);
  expectEnd(EndReason::LocalHangup);
  const auto sealed = messagesOf<wire::Sealed>(a.sent).back();
  crypto::ControlOpener opener(b.keys->controlCaller, id);
  EXPECT_EQ(wire::decodeSealedMessage(opener.open(sealed.n, sealed.box).value()).value(),
            wire::SealedMessage(wire::Hangup{}));
}

TEST_F(Caller, theHighestNumberedStateWins) {
  active();
  const auto older = b.sealed(wire::SideState{.muted = true});
  const auto newer = b.sealed(wire::SideState{.muted = false, .wordsMatch = true});
  world.deliver(a, newer);
  world.deliver(a, older);
  EXPECT_EQ(a.agent->summary(id)->peerState, (wire::SideState{.muted = false, .wordsMatch = true}));
  EXPECT_EQ(a.count<PeerState>(), 1U);
  // Displayed, never believed: it is the client that writes the contact.
}

TEST_F(Caller, ownStateIsSealedWhenItChanges) {
  active();
  a.agent->setSideState(world.now, id, {.muted = true});
  a.agent->setSideState(world.now, id, {.muted = true});
  world.drain(a);
  const auto sealed = messagesOf<wire::Sealed>(a.sent);
  ASSERT_EQ(sealed.size(), 1U);
  crypto::ControlOpener opener(b.keys->controlCaller, id);
  EXPECT_EQ(wire::decodeSealedMessage(opener.open(sealed[0].n, sealed[0].box).value()).value(),
            wire::SealedMessage(wire::SideState{.muted = true}));
}

TEST_F(Caller, endedAnythingOfThatCallIsDropped) {
  active();
  world.deliver(a, b.sealed(wire::Hangup{}));
  const auto before = a.agent->counters().dropped;
  const std::size_t sent = a.sent.size();
  world.deliver(a, b.ringing());
  world.deliver(a, b.answer());
  world.deliver(a, b.reject(crypto::RejectReason::Busy));
  world.deliver(a, b.sealed(wire::SideState{}));
  world.deliver(a, wire::Undeliverable{id, wire::UndeliverableCode::NotFound});
  world.deliver(a, wire::Released{id, wire::ReleasedCode::Timeout});
  EXPECT_EQ(a.agent->counters().dropped, before + 6);
  EXPECT_EQ(a.sent.size(), sent);
  EXPECT_FALSE(world.open(a, id, b.packet()));
  EXPECT_FALSE(world.seal(a, id, "x"));
  EXPECT_FALSE(a.agent->sas(id));
  EXPECT_EQ(a.count<Ended>(), 1U);
}

TEST_F(Caller, aRelayThatComesBackGetsAttachAndTheSameBytes) {
  const auto said = [&](std::size_t from) {
    return std::vector<wire::Message>(a.sent.begin() + static_cast<std::ptrdiff_t>(from),
                                      a.sent.end());
  };
  press();
  std::size_t from = a.sent.size();
  a.agent->relayAdmitted(world.now, kRelay);
  world.drain(a);
  EXPECT_EQ(messagesOf<wire::Attach>(said(from)).size(), 1U);
  EXPECT_EQ(messagesOf<wire::Offer>(said(from)), messagesOf<wire::Offer>({a.sent[0]}));
  world.deliver(a, b.answer());
  const auto confirm = messagesOf<wire::Setup>(a.sent).back();
  from = a.sent.size();
  a.agent->relayAdmitted(world.now, kRelay);
  world.drain(a);
  EXPECT_EQ(messagesOf<wire::Setup>(said(from)), std::vector{confirm});
  from = a.sent.size();
  a.agent->relayAdmitted(world.now, Fingerprint{});
  world.drain(a);
  EXPECT_EQ(a.sent.size(), from);
}

}  // namespace
}  // namespace foyer::call
