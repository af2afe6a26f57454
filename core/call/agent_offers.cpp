// What an offer goes through before it rings: docs/keys.md section 4 in its order, then glare,
// calls of the same identity and busy (section 7).
#include <algorithm>
#include <limits>

#include "core/call/agent_core.h"
#include "core/crypto/presence.h"
#include "core/crypto/versions.h"

namespace foyer::call {

void CallAgent::Core::onOffer(TimePoint now, std::int64_t wallMs, const Fingerprint& relay,
                              const wire::Offer& message) {
  if (message.to != m_identity->fingerprint()) return drop();
  auto opened = boxes.open(message.box);
  if (!opened) return drop();
  auto decoded = crypto::decodeSetup(opened->message.body);
  auto* const offer = decoded ? std::get_if<crypto::OfferBody>(&*decoded) : nullptr;
  if (offer == nullptr) return drop();
  if (offer->callee != m_identity->publicKey() || offer->caller == m_identity->publicKey() ||
      !crypto::isValidIdentityKey(offer->caller) || offer->calleeBox != opened->box ||
      offer->callId != message.callId || crypto::fingerprintOf(offer->caller) != message.from) {
    return drop();
  }
  if (!crypto::verify(offer->caller, opened->message.body, opened->message.signature)) {
    ++counters.badSignatures;
    return drop();
  }
  if (m_contacts->contact(offer->caller, {}).isBlocked) return drop();
  // Tolerant: what does not parse says nothing; its bytes count in the transcript all the same.
  auto info = wire::decodeCallInfo(offer->info);
  CheckedOffer checked{.offer = std::move(*offer),
                       .body = std::move(opened->message.body),
                       .box = opened->box,
                       .relay = relay,
                       .info = info ? std::move(*info) : wire::CallInfo{}};
  switch (boxes.remember(now, checked.box, checked.offer.callId)) {
    case BoxMemory::Remembered::Seen:
      ++counters.replayedOffers;
      return repeatReply(checked);
    case BoxMemory::Remembered::Full:
      return drop();
    case BoxMemory::Remembered::New:
      return onNewOffer(now, wallMs, std::move(checked));
  }
}

void CallAgent::Core::repeatReply(const CheckedOffer& offer) {
  const Call* const call = find(offer.offer.callId);
  if (call == nullptr || call->direction != Direction::Incoming ||
      call->peer != offer.offer.caller || call->offerBody != offer.body || !call->lastSetup) {
    return drop();
  }
  send(call->relay, *call->lastSetup);
}

void CallAgent::Core::onNewOffer(TimePoint now, std::int64_t wallMs, CheckedOffer offer) {
  const CallId& id = offer.offer.callId;
  const bool isHeld =
      std::any_of(m_heldOffers.begin(), m_heldOffers.end(),
                  [&](const HeldOffer& held) { return held.offer.offer.callId == id; });
  // Somebody's id under another identity or key: the first call is left alone.
  if (find(id) != nullptr || isHeld || isEnded(now, id)) return drop();
  if (crypto::highestCommonVersion(offer.offer.versions, Bytes{crypto::kProtocolVersion}) == 0) {
    return refuse(offer, crypto::RejectReason::Version);
  }
  const auto issued = static_cast<std::int64_t>(
      std::min<std::uint64_t>(offer.offer.issuedMs, std::numeric_limits<std::int64_t>::max()));
  if (wallMs > issued &&
      wallMs - issued > std::int64_t{offer.offer.ttlSeconds} * 1000 + kLateOfferMs) {
    events.push_back(TriedToReach{offer.offer.caller, offer.info});
    return;
  }
  if (meetsOwnCall(now, offer)) ring(now, offer);
}

bool CallAgent::Core::meetsOwnCall(TimePoint now, const CheckedOffer& offer) {
  for (auto& [id, call] : calls) {
    if (call.peer != offer.offer.caller || call.ringsHere()) continue;
    if (!call.isOfferOut()) {
      // A restart of theirs, or the offer that lost a glare and whose cancel is under way.
      if (m_heldOffers.size() >= kMaxHeldOffers) {
        drop();
        return false;
      }
      m_heldOffers.push_back({offer, now + kSameIdentityWait});
      return false;
    }
    // Glare: the lower key's offer wins. The click is spent with the answer, because the state that
    // could take another offer is left: a middle that floods offers gets one answer.
    if (m_identity->publicKey() < call.peer) {
      drop();
      return false;
    }
    const crypto::CallPolicy mode = call.policy;
    const wire::CallInfo info = call.ownInfo;
    sendCancel(call, crypto::CancelReason::Glare);
    Call& theirs = makeIncoming(offer);
    if (call.isCompareOnly) theirs.holdVoice();
    events.push_back(Incoming{theirs.id, theirs.peer, theirs.peerInfo, theirs.policy});
    giveAnswer(now, theirs, mode, info);
    finish(now, call, EndReason::Replaced);
    return false;
  }
  return true;
}

void CallAgent::Core::ring(TimePoint now, const CheckedOffer& offer) {
  const auto ringing = std::count_if(calls.begin(), calls.end(),
                                     [](const auto& entry) { return entry.second.ringsHere(); });
  if (static_cast<std::size_t>(ringing) >= kMaxRinging || calls.size() >= kMaxCalls) {
    return refuse(offer, crypto::RejectReason::Busy);
  }
  Call& call = makeIncoming(offer);
  call.deadline = now + kRingTimer;
  sendSetup(call, call.reply, crypto::RingingBody{call.offerHash});
  events.push_back(Incoming{call.id, call.peer, call.peerInfo, call.policy});
}

CallAgent::Core::Call& CallAgent::Core::makeIncoming(const CheckedOffer& offer) {
  Call& call = calls[offer.offer.callId];
  call.id = offer.offer.callId;
  call.peer = offer.offer.caller;
  call.peerFingerprint = crypto::fingerprintOf(call.peer);
  call.direction = Direction::Incoming;
  call.phase = Phase::Ringing;
  call.relay = offer.relay;
  call.box = offer.box;
  call.reply = offer.offer.reply;
  call.offerBody = offer.body;
  call.offerHash = crypto::sha256(offer.body);
  call.commitment = offer.offer.commitment;
  call.policy = offer.offer.policy;
  call.peerInfo = offer.info;
  if (m_contacts->contact(call.peer, call.peerInfo.alias).isKeyChanged) call.holdVoice();
  const auto early =
      std::find_if(m_earlyChannels.begin(), m_earlyChannels.end(), [&](const EarlyChannel& c) {
        return c.call == call.id && c.peer == call.peerFingerprint && c.ids.relay == call.relay;
      });
  if (early != m_earlyChannels.end()) {
    call.channel = early->ids;
    m_earlyChannels.erase(early);
  }
  return call;
}

void CallAgent::Core::refuse(const CheckedOffer& offer, crypto::RejectReason reason) {
  send(offer.relay,
       wire::Setup{
           offer.offer.callId, crypto::fingerprintOf(offer.offer.caller), m_identity->fingerprint(),
           sealBody(offer.offer.reply, crypto::RejectBody{crypto::sha256(offer.body), reason})});
  send(offer.relay, wire::Release{offer.offer.callId});
}

bool CallAgent::Core::cancelsHeldOffer(const wire::Setup& message) {
  const auto held = std::find_if(m_heldOffers.begin(), m_heldOffers.end(), [&](const HeldOffer& h) {
    return h.offer.offer.callId == message.callId &&
           crypto::fingerprintOf(h.offer.offer.caller) == message.from;
  });
  if (held == m_heldOffers.end()) return false;
  const auto opened = boxes.openWith(held->offer.box, message.box);
  if (!opened || !crypto::verify(held->offer.offer.caller, opened->body, opened->signature))
    return false;
  const auto body = crypto::decodeSetup(opened->body);
  const auto* const cancel = body ? std::get_if<crypto::CancelBody>(&*body) : nullptr;
  if (cancel == nullptr || cancel->offerHash != crypto::sha256(held->offer.body)) return false;
  send(held->offer.relay, wire::Release{message.callId});
  m_heldOffers.erase(held);
  return true;
}

void CallAgent::Core::ringHeldOffers(TimePoint now) {
  while (!m_heldOffers.empty() && m_heldOffers.front().ringAt <= now) {
    const HeldOffer held = std::move(m_heldOffers.front());
    m_heldOffers.pop_front();
    ring(now, held.offer);
  }
}

}  // namespace foyer::call
