// Answers, confirms, rejects and cancels, and the sealed messages of a call: the rows of both state
// tables of docs/keys.md section 7. What no row names is dropped and counted.
#include <algorithm>

#include "core/call/agent_core.h"
#include "core/crypto/presence.h"
#include "core/crypto/versions.h"

namespace foyer::call {

void CallAgent::Core::onSetup(TimePoint now, const wire::Setup& message) {
  if (message.to != m_identity->fingerprint()) return drop();
  Call* const call = find(message.callId);
  if (call == nullptr) {
    if (!cancelsHeldOffer(message)) drop();
    return;
  }
  if (message.from != call->peerFingerprint) return drop();
  std::optional<crypto::SignedSetup> opened;
  if (call->direction == Direction::Incoming) {
    opened = boxes.openWith(call->box, message.box);
  } else if (call->setup) {
    auto unsealed = crypto::unsealSetup(call->setup->reply, message.box);
    if (unsealed) opened = std::move(*unsealed);
  }
  if (!opened) return drop();
  if (!crypto::verify(call->peer, opened->body, opened->signature)) {
    ++counters.badSignatures;
    return drop();
  }
  const auto body = crypto::decodeSetup(opened->body);
  if (!body) return drop();
  // Who may say what: a callee's words to a caller, a caller's to a callee.
  if (call->direction == Direction::Outgoing) {
    if (const auto* b = std::get_if<crypto::RingingBody>(&*body)) return onRinging(now, *call, *b);
    if (const auto* b = std::get_if<crypto::AnswerBody>(&*body)) {
      return onAnswer(now, *call, *b, std::move(opened->body));
    }
    if (const auto* b = std::get_if<crypto::RejectBody>(&*body)) return onReject(now, *call, *b);
  } else {
    if (const auto* b = std::get_if<crypto::CancelBody>(&*body)) return onCancel(now, *call, *b);
    if (const auto* b = std::get_if<crypto::ConfirmBody>(&*body)) {
      return onConfirm(now, *call, *b, opened->body);
    }
  }
  drop();
}

// ---- caller

void CallAgent::Core::onRinging(TimePoint now, Call& call, const crypto::RingingBody& body) {
  if (body.offerHash != call.offerHash || call.phase != Phase::Offered) return drop();
  call.phase = Phase::Ringing;
  call.deadline = now + kRingTimer;
  events.push_back(PeerRings{call.id});
}

void CallAgent::Core::onAnswer(TimePoint now, Call& call, const crypto::AnswerBody& body,
                               Bytes bytes) {
  if (body.offerHash != call.offerHash) return drop();
  if (!call.isOfferOut()) {
    // One answer only, for good: revealing the commitment to a second would let a middle choose.
    if (call.phase != Phase::Confirming || bytes != call.answerBody || !call.lastSetup)
      return drop();
    send(call.relay, *call.lastSetup);
    return;
  }
  const std::uint8_t version =
      crypto::highestCommonVersion(Bytes{crypto::kProtocolVersion}, body.versions);
  crypto::Nonce32 nonce;
  std::copy(call.setup->nonce.view().begin(), call.setup->nonce.view().end(), nonce.begin());
  const BoxKey ephemeral = crypto::boxPublicKey(call.setup->ephemeral);
  const crypto::Hash transcript = crypto::transcriptOf(call.offerBody, bytes, ephemeral, nonce);
  auto keys = crypto::deriveCallKeys(transcript, call.setup->ephemeral, body.ephemeral);
  if (version == 0 || body.version != version || !keys) {
    sendCancel(call, crypto::CancelReason::Person);
    return finish(now, call, EndReason::NotSecured);
  }
  call.setup->ephemeral.wipe();
  call.setup->nonce.wipe();
  call.answerBody = std::move(bytes);
  call.mode = body.mode;
  if (auto info = wire::decodeCallInfo(body.info)) call.peerInfo = std::move(*info);
  // The name that is shown from here on may be another one than the record's.
  if (m_contacts->contact(call.peer, call.peerInfo.alias).isKeyChanged) call.holdVoice();
  call.phase = Phase::Confirming;
  call.deadline = now + kSecureTimer;
  events.push_back(Securing{call.id});
  sendSetup(call, call.box, crypto::ConfirmBody{call.id, ephemeral, nonce, transcript});
  takeKeys(now, call, std::move(*keys));
  // The whole list comes sealed, a round trip later.
  if (call.mayGoDirect() && !call.peerInfo.at.empty()) {
    std::vector<Bytes> vouches;
    if (!call.peerInfo.vouch.empty()) vouches.push_back(call.peerInfo.vouch);
    events.push_back(PeerPaths{call.id, call.peerInfo.at, std::nullopt, std::move(vouches)});
  }
}

void CallAgent::Core::onReject(TimePoint now, Call& call, const crypto::RejectBody& body) {
  if (body.offerHash != call.offerHash) return drop();
  if (call.phase == Phase::Confirming && body.reason != crypto::RejectReason::GaveUp) return drop();
  if (!call.isOfferOut() && call.phase != Phase::Confirming) return drop();
  EndReason reason = EndReason::NotSecured;
  switch (body.reason) {
    case crypto::RejectReason::Declined:
      reason = EndReason::Declined;
      break;
    case crypto::RejectReason::Busy:
      reason = EndReason::Busy;
      break;
    case crypto::RejectReason::Version:
      reason = EndReason::PeerTooOld;
      break;
    case crypto::RejectReason::GaveUp:
      break;
  }
  finish(now, call, reason);
}

// ---- callee

bool CallAgent::Core::answer(TimePoint now, const CallId& id, crypto::CallPolicy mode,
                             const wire::CallInfo& info) {
  Call* const call = find(id);
  if (call == nullptr || !call->ringsHere()) return false;
  giveAnswer(now, *call, mode, info);
  return true;
}

void CallAgent::Core::giveAnswer(TimePoint now, Call& call, crypto::CallPolicy mode,
                                 const wire::CallInfo& info) {
  const auto offer = crypto::decodeSetup(call.offerBody);
  call.setup = crypto::makeSecure<SetupSecrets>();
  call.setup->ephemeral = crypto::SecretKey::random(*m_random);
  // No address for a key that nobody has compared yet.
  call.mode = call.isCompareOnly ? crypto::CallPolicy::Private : mode;
  call.ownInfo = info;
  if (call.mode != crypto::CallPolicy::Trusted || call.policy != crypto::CallPolicy::Trusted) {
    call.ownInfo.at.clear();
    call.ownInfo.vouch.clear();
  }
  crypto::AnswerBody body{
      .version = crypto::highestCommonVersion(Bytes{crypto::kProtocolVersion},
                                              std::get<crypto::OfferBody>(*offer).versions),
      .versions = Bytes{crypto::kProtocolVersion},
      .offerHash = call.offerHash,
      .ephemeral = crypto::boxPublicKey(call.setup->ephemeral),
      .mode = *call.mode,
      .info = wire::encodeCallInfo(call.ownInfo)};
  m_random->fill(body.nonce);
  call.answerBody = crypto::encodeSetup(body);
  call.phase = Phase::Answered;
  call.deadline = now + kSecureTimer;
  sendSetup(call, call.reply, body);
  events.push_back(Securing{call.id});
}

void CallAgent::Core::onCancel(TimePoint now, Call& call, const crypto::CancelBody& body) {
  if (body.offerHash != call.offerHash) return drop();
  switch (call.phase) {
    case Phase::Ringing:
      return finish(now, call, EndReason::Missed);
    case Phase::Answered:
      return finish(now, call, EndReason::NotSecured);
    case Phase::Active:
      // Sent by a caller that never saw our ready; it is gone, and nobody else can have signed it.
      return finish(now, call,
                    body.reason == crypto::CancelReason::Person ? EndReason::RemoteHangup
                                                                : EndReason::NotSecured);
    case Phase::Offered:
    case Phase::Confirming:
    case Phase::Ended:
      return drop();
  }
}

void CallAgent::Core::onConfirm(TimePoint now, Call& call, const crypto::ConfirmBody& body,
                                ByteView bytes) {
  // A confirm of another call of the same two people is a replay, not a sign of tampering.
  if (body.callId != call.id) return drop();
  if (call.phase == Phase::Active) {
    if (crypto::sha256(bytes) != call.confirmHash || !call.ready) return drop();
    send(call.relay, *call.ready);
    return;
  }
  if (call.phase != Phase::Answered) return drop();
  const crypto::Hash commitment =
      crypto::commitmentOf(call.id, call.peer, m_identity->publicKey(), body.ephemeral, body.nonce);
  const crypto::Hash transcript =
      crypto::transcriptOf(call.offerBody, call.answerBody, body.ephemeral, body.nonce);
  if (commitment != call.commitment || transcript != body.transcript) {
    sendReject(call, crypto::RejectReason::GaveUp);
    return finish(now, call, EndReason::Tampered);
  }
  auto keys = crypto::deriveCallKeys(transcript, call.setup->ephemeral, body.ephemeral);
  if (!keys) {
    sendReject(call, crypto::RejectReason::GaveUp);
    return finish(now, call, EndReason::NotSecured);
  }
  call.setup.reset();
  call.confirmHash = crypto::sha256(bytes);
  call.phase = Phase::Active;
  call.deadline.reset();
  takeKeys(now, call, std::move(*keys));
  events.push_back(Confirmed{call.id});
}

// ---- both

void CallAgent::Core::takeKeys(TimePoint now, Call& call, crypto::CallKeys keys) {
  const crypto::Role own = call.role();
  const crypto::Role peer = crypto::other(own);
  call.secrets = crypto::makeSecure<CallSecrets>();
  call.secrets->sas = std::move(keys.sas);
  call.secrets->path = std::move(keys.path);
  call.mediaSealer.emplace(now, keys.media(own));
  call.mediaOpener.emplace(keys.media(peer));
  call.controlSealer.emplace(keys.control(own), call.id);
  call.controlOpener.emplace(keys.control(peer), call.id);
  // The callee's first sealed message, n = 0: its keys stand.
  if (call.direction == Direction::Incoming) call.ready = sealMessage(call, wire::Ready{});
  sendState(call);
  events.push_back(KeysReady{call.id});
  tellSpent(now, call.peer);
}

void CallAgent::Core::confirmed(Call& call) {
  call.phase = Phase::Active;
  call.deadline.reset();
  call.setup.reset();
  events.push_back(Confirmed{call.id});
}

void CallAgent::Core::onSealed(TimePoint now, const wire::Sealed& message) {
  Call* const call = find(message.callId);
  if (message.to != m_identity->fingerprint() || call == nullptr ||
      message.from != call->peerFingerprint || !call->controlOpener) {
    return drop();
  }
  const auto text = call->controlOpener->open(message.n, message.box);
  if (!text) return drop();
  heard(*call);
  const auto decoded = wire::decodeSealedMessage(*text);
  // An end before anything else is a set-up that broke off, and counts as a guess.
  if (decoded && std::holds_alternative<wire::Hangup>(*decoded)) {
    return finish(now, *call, EndReason::RemoteHangup);
  }
  if (call->phase == Phase::Confirming) confirmed(*call);
  if (!decoded) return;
  if (const auto* state = std::get_if<wire::SideState>(&*decoded)) {
    // Whole states: the highest number wins, whatever the order of arrival.
    if (call->peerState && message.n < call->peerStateNumber) return;
    call->peerStateNumber = message.n;
    call->peerState = *state;
    events.push_back(PeerState{call->id, *state});
  }
  if (const auto* paths = std::get_if<wire::Paths>(&*decoded)) {
    if (!call->mayGoDirect()) return drop();
    if (call->peerPathsNumber && message.n < *call->peerPathsNumber) return;
    call->peerPathsNumber = message.n;
    events.push_back(PeerPaths{call->id, paths->candidates, paths->nat, paths->vouches});
  }
}

}  // namespace foyer::call
