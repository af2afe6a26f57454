#include "core/call/agent_core.h"

#include <algorithm>

#include "core/crypto/presence.h"
#include "core/wire/media_packet.h"

namespace foyer::call {

namespace {

constexpr std::uint16_t kOfferTtlSeconds = 45;  // as long as the ring timer

}  // namespace

CallAgent::Core::Core(TimePoint now, const crypto::Identity& identity, const ContactBook& contacts,
                      RandomSource& random)
    : boxes(now, random), m_identity(&identity), m_contacts(&contacts), m_random(&random) {}

CallAgent::Core::Call* CallAgent::Core::find(const CallId& id) {
  const auto found = calls.find(id);
  return found == calls.end() ? nullptr : &found->second;
}
const CallAgent::Core::Call* CallAgent::Core::find(const CallId& id) const {
  const auto found = calls.find(id);
  return found == calls.end() ? nullptr : &found->second;
}

// ---- sending

void CallAgent::Core::send(const Fingerprint& relay, wire::Message message) {
  transmit.push_back({relay, std::move(message)});
}

Bytes CallAgent::Core::sealBody(const BoxKey& recipient, const crypto::SetupBody& body) {
  return crypto::sealSetup(recipient, crypto::SecretKey::random(*m_random),
                           crypto::signSetup(*m_identity, body));
}

void CallAgent::Core::sendSetup(Call& call, const BoxKey& recipient,
                                const crypto::SetupBody& body) {
  call.lastSetup = wire::Setup{call.id, call.peerFingerprint, m_identity->fingerprint(),
                               sealBody(recipient, body)};
  send(call.relay, *call.lastSetup);
}

void CallAgent::Core::sendCancel(Call& call, crypto::CancelReason reason) {
  sendSetup(call, call.box, crypto::CancelBody{call.offerHash, reason});
}

void CallAgent::Core::sendReject(Call& call, crypto::RejectReason reason) {
  sendSetup(call, call.reply, crypto::RejectBody{call.offerHash, reason});
}

std::optional<wire::Sealed> CallAgent::Core::sealMessage(Call& call,
                                                         const wire::SealedMessage& message) {
  if (!call.controlSealer) return std::nullopt;
  auto sealed = call.controlSealer->seal(wire::encodeSealedMessage(message));
  if (!sealed) return std::nullopt;
  wire::Sealed made{call.id, call.peerFingerprint, m_identity->fingerprint(), sealed->n,
                    std::move(sealed->box)};
  send(call.relay, made);
  return made;
}

void CallAgent::Core::sendHangup(Call& call) { (void)sealMessage(call, wire::Hangup{}); }

void CallAgent::Core::sendState(Call& call) {
  if (call.ownState) call.lastState = sealMessage(call, *call.ownState);
}

// ---- the person

Result<CallId, PlaceError> CallAgent::Core::place(TimePoint now, std::int64_t wallMs,
                                                  const Callee& callee, crypto::CallPolicy policy,
                                                  const wire::CallInfo& info) {
  using Fail = Failure<PlaceError>;
  if (callee.key == m_identity->publicKey()) return Fail(PlaceError::Self);
  const ContactView contact = m_contacts->contact(callee.key, callee.alias);
  if (contact.isBlocked) return Fail(PlaceError::Blocked);
  for (auto& [id, call] : calls) {
    // Both pressed Call; theirs was here first: pressing is accepting.
    if (call.ringsHere() && call.peer == callee.key) {
      const CallId taken = id;
      if (contact.isKeyChanged) call.holdVoice();
      giveAnswer(now, call, policy, info);
      return taken;
    }
  }
  for (const auto& [id, call] : calls) {
    if (!call.ringsHere()) return Fail(PlaceError::Busy);
  }
  if (calls.size() >= kMaxCalls) return Fail(PlaceError::TooManyCalls);

  const auto id = m_random->id<CallId>();
  Call& call = calls[id];
  call.id = id;
  call.peer = callee.key;
  call.peerFingerprint = crypto::fingerprintOf(callee.key);
  call.direction = Direction::Outgoing;
  call.phase = Phase::Offered;
  call.relay = callee.relay;
  call.deadline = now + kReachTimer;
  call.box = callee.box;
  if (contact.isKeyChanged) call.holdVoice();
  call.policy = call.isCompareOnly ? crypto::CallPolicy::Private : policy;
  call.ownInfo = info;
  call.ownInfo.at.clear();  // no addresses before somebody answered (catalogue K-14)
  call.ownInfo.vouch.clear();
  call.setup = crypto::makeSecure<SetupSecrets>();
  call.setup->ephemeral = crypto::SecretKey::random(*m_random);
  call.setup->nonce = crypto::SecretBytes<32>::random(*m_random);
  call.setup->reply = crypto::BoxPair::generate(*m_random);
  call.reply = call.setup->reply.publicKey;

  crypto::Nonce32 nonce;
  std::copy(call.setup->nonce.view().begin(), call.setup->nonce.view().end(), nonce.begin());
  const crypto::OfferBody offer{
      .versions = Bytes{crypto::kProtocolVersion},
      .callId = id,
      .caller = m_identity->publicKey(),
      .callee = callee.key,
      .calleeBox = callee.box,
      .reply = call.reply,
      .commitment = crypto::commitmentOf(id, m_identity->publicKey(), callee.key,
                                         crypto::boxPublicKey(call.setup->ephemeral), nonce),
      .issuedMs = static_cast<std::uint64_t>(std::max<std::int64_t>(wallMs, 0)),
      .ttlSeconds = kOfferTtlSeconds,
      .policy = call.policy,
      .info = wire::encodeCallInfo(call.ownInfo)};
  crypto::wipe(nonce);
  const crypto::SignedSetup made = crypto::signSetup(*m_identity, offer);
  call.offerBody = made.body;
  call.offerHash = crypto::sha256(made.body);
  call.lastSetup =
      wire::Offer{id, call.peerFingerprint, m_identity->fingerprint(),
                  crypto::sealSetup(callee.box, crypto::SecretKey::random(*m_random), made)};
  send(call.relay, *call.lastSetup);
  return id;
}

bool CallAgent::Core::reject(TimePoint now, const CallId& id) {
  Call* const call = find(id);
  if (call == nullptr || !call->ringsHere()) return false;
  sendReject(*call, crypto::RejectReason::Declined);
  finish(now, *call, EndReason::LocalHangup);
  return true;
}

bool CallAgent::Core::ignore(TimePoint now, const CallId& id) {
  Call* const call = find(id);
  if (call == nullptr || !call->ringsHere()) return false;
  finish(now, *call, EndReason::LocalHangup, TellRelay::Nothing);
  return true;
}

bool CallAgent::Core::hangup(TimePoint now, const CallId& id) {
  Call* const call = find(id);
  if (call == nullptr) return false;
  if (call->ringsHere()) return reject(now, id);
  EndReason reason = EndReason::LocalHangup;
  switch (call->phase) {
    case Phase::Offered:
    case Phase::Ringing:
      sendCancel(*call, crypto::CancelReason::Person);
      break;
    case Phase::Confirming:
      // The callee may be Active already: then the hangup is what it understands.
      sendHangup(*call);
      sendCancel(*call, crypto::CancelReason::Person);
      reason = EndReason::NotSecured;
      break;
    case Phase::Answered:
      sendReject(*call, crypto::RejectReason::GaveUp);
      reason = EndReason::NotSecured;
      break;
    case Phase::Active:
      sendHangup(*call);
      break;
    case Phase::Ended:
      return false;
  }
  finish(now, *call, reason);
  return true;
}

bool CallAgent::Core::judgeWords(const CallId& id, bool match) {
  Call* const call = find(id);
  if (call == nullptr || call->phase != Phase::Active) return false;
  call->haveWordsDiffered = !match;
  call->isCompareOnly = call->isVoiceHeld = !match;
  return true;
}

bool CallAgent::Core::speakUnverified(const CallId& id) {
  Call* const call = find(id);
  if (call == nullptr || call->phase != Phase::Active || !call->isVoiceHeld ||
      call->direction != Direction::Incoming || call->haveWordsDiffered) {
    return false;
  }
  call->isVoiceHeld = false;
  return true;
}

void CallAgent::Core::setSideState(const CallId& id, const wire::SideState& state) {
  Call* const call = find(id);
  if (call == nullptr) return;
  wire::SideState told = state;
  told.muted = state.muted || call->isVoiceHeld;
  if (call->ownState == told) return;
  call->ownState = told;
  sendState(*call);
}

bool CallAgent::Core::setPaths(const CallId& id, const wire::Paths& paths) {
  Call* const call = find(id);
  if (call == nullptr || !call->mayGoDirect()) return false;
  if (call->ownPaths == paths) return true;
  call->ownPaths = paths;
  call->lastPaths = sealMessage(*call, paths);
  return true;
}

std::optional<PathKeys> CallAgent::Core::pathKeys(const CallId& id) const {
  const Call* const call = find(id);
  if (call == nullptr || !call->mayGoDirect()) return std::nullopt;
  const crypto::SecretKey& path = call->secrets->path;
  const crypto::Role own = call->role();
  return PathKeys{own, path.clone(), crypto::probeKey(path), crypto::bindKey(path, own),
                  crypto::bindKey(path, crypto::other(own))};
}

// ---- relays

void CallAgent::Core::handleMessage(TimePoint now, std::int64_t wallMs, const Fingerprint& relay,
                                    const wire::Message& message) {
  if (const auto* offer = std::get_if<wire::Offer>(&message)) onOffer(now, wallMs, relay, *offer);
  if (const auto* setup = std::get_if<wire::Setup>(&message)) onSetup(now, *setup);
  if (const auto* sealed = std::get_if<wire::Sealed>(&message)) onSealed(now, *sealed);
  if (const auto* channel = std::get_if<wire::Channel>(&message)) onChannel(relay, *channel);
  if (const auto* code = std::get_if<wire::Undeliverable>(&message))
    onUndeliverable(now, relay, *code);
  if (const auto* released = std::get_if<wire::Released>(&message))
    onReleased(now, relay, *released);
  if (boxes.takeChanged()) events.push_back(BoxChanged{});
}

void CallAgent::Core::onChannel(const Fingerprint& relay, const wire::Channel& message) {
  const ChannelIds ids{relay, message.tx, message.rx};
  if (Call* const call = find(message.callId)) {
    if (call->relay != relay || call->peerFingerprint != message.peer) return drop();
    call->channel = ids;
    call->attachAt.reset();
    events.push_back(PathChanged{call->id});
    return;
  }
  // To a callee it comes before the offer.
  if (m_earlyChannels.size() >= kMaxEarlyChannels) m_earlyChannels.pop_front();
  m_earlyChannels.push_back({message.callId, message.peer, ids});
}

void CallAgent::Core::onUndeliverable(TimePoint now, const Fingerprint& relay,
                                      const wire::Undeliverable& message) {
  Call* const call = find(message.callId);
  // A relay's word counts only while nobody has answered for the callee.
  if (call == nullptr || call->relay != relay || call->direction != Direction::Outgoing ||
      call->phase != Phase::Offered) {
    return drop();
  }
  sendCancel(*call, crypto::CancelReason::Timeout);
  finish(now, *call, EndReason::Unreachable);
}

void CallAgent::Core::onReleased(TimePoint now, const Fingerprint& relay,
                                 const wire::Released& message) {
  Call* const call = find(message.callId);
  if (call == nullptr || call->relay != relay) return drop();
  // While it rings nothing flows and the relay's patience is about as long as the ring timers, and
  // a callee whose timer ran out lets go without a word: how it ended is for the own timers to say.
  const bool waits = call->phase == Phase::Offered || call->phase == Phase::Ringing;
  if (waits) {
    if (message.code == wire::ReleasedCode::Timeout) return;
    if (!call->ringsHere() && message.code == wire::ReleasedCode::PeerReleased) return;
    // Never shown as the person's act: the relay says it, nobody signed it.
    const EndReason reason = call->ringsHere()               ? EndReason::Missed
                             : call->phase == Phase::Offered ? EndReason::Unreachable
                                                             : EndReason::ConnectionLost;
    return finish(now, *call, reason, TellRelay::Nothing);
  }
  // An answered call ends by a hangup or by its own timers (docs/protocol.md section 2), never by a
  // relay's word: the channel is gone, which is said, and asked for again. Our side is let go of
  // first, or the relay would keep the old channel that one side has left.
  call->channel.reset();
  if (message.code == wire::ReleasedCode::PeerReleased) call->hasPeerLeft = true;
  if (!call->attachAt) {
    // A relay that drains gives nothing now; whoever comes after it is asked at admission.
    if (message.code != wire::ReleasedCode::Draining) {
      send(relay, wire::Release{call->id});
      send(relay, wire::Attach{call->id, call->peerFingerprint});
    }
    call->attachAt = now + kAttachAgain;
  }
  events.push_back(PathChanged{call->id});
}

void CallAgent::Core::heard(Call& call) {
  if (!std::exchange(call.hasPeerLeft, false)) return;
  events.push_back(PathChanged{call.id});
}

void CallAgent::Core::relayAdmitted(const Fingerprint& relay) {
  for (auto& [id, call] : calls) {
    if (call.relay != relay) continue;
    send(relay, wire::Attach{id, call.peerFingerprint});
    if (call.phase != Phase::Active && call.lastSetup) send(relay, *call.lastSetup);
    if (call.ready) send(relay, *call.ready);
    if (call.lastState) send(relay, *call.lastState);
    if (call.lastPaths) send(relay, *call.lastPaths);
  }
}

void CallAgent::Core::peerHungUp(TimePoint now, const CallId& id) {
  if (Call* const call = find(id)) finish(now, *call, EndReason::RemoteHangup);
}

void CallAgent::Core::connectionLost(TimePoint now, const CallId& id) {
  if (Call* const call = find(id)) finish(now, *call, EndReason::ConnectionLost);
}

// ---- media

std::optional<std::size_t> CallAgent::Core::sealMedia(TimePoint now, Call& call, ByteView inner,
                                                      MutableByteView out,
                                                      crypto::MediaSealer::Kind kind) {
  if (!call.mediaSealer) return std::nullopt;
  std::array<std::uint8_t, wire::kMaxInner> silence;
  if (call.isVoiceHeld) {
    const std::size_t size = wire::silenceInner(inner, silence);
    if (size == 0) return std::nullopt;
    inner = {silence.data(), size};
  }
  const auto size = call.mediaSealer->seal(now, inner, out, kind);
  if (!size) return std::nullopt;
  return *size;
}

std::optional<crypto::OpenedMedia> CallAgent::Core::openMedia(TimePoint now, Call& call,
                                                              ByteView packet,
                                                              MutableByteView inner) {
  if (!call.mediaOpener) {
    // The caller's first packets may overtake its confirm.
    if (call.phase != Phase::Answered || packet.size() > crypto::kMaxMediaPacket ||
        call.heldPackets.size() >= kHeldPackets) {
      ++counters.mediaRefused;
      return std::nullopt;
    }
    call.heldPackets.push_back(toBytes(packet));
    ++counters.heldPackets;
    return std::nullopt;
  }
  const auto opened = call.mediaOpener->open(now, packet, inner);
  if (!opened) {
    ++counters.mediaRefused;
    return std::nullopt;
  }
  heard(call);
  if (call.phase == Phase::Confirming) confirmed(call);
  return *opened;
}

// ---- ends

bool CallAgent::Core::isEnded(TimePoint now, const CallId& id) {
  while (!m_tombstones.empty() && m_tombstones.front().second <= now) m_tombstones.pop_front();
  return std::any_of(m_tombstones.begin(), m_tombstones.end(),
                     [&](const auto& stone) { return stone.first == id; });
}

void CallAgent::Core::tellSpent(TimePoint now, const PublicKey& peer) {
  const unsigned count = m_spent.count(now, peer);
  if (count >= SpentGuesses24h::kTell && !m_contacts->contact(peer, {}).isVerified) {
    events.push_back(SpentGuesses{peer, count});
  }
}

void CallAgent::Core::countSpent(TimePoint now, const PublicKey& peer) {
  m_spent.add(now, peer);
  tellSpent(now, peer);
}

void CallAgent::Core::finish(TimePoint now, Call& call, EndReason reason, TellRelay tell) {
  const CallId id = call.id;
  // Broken off after keys were at stake: it may have been a guess at the words.
  if (call.phase == Phase::Confirming || call.phase == Phase::Answered) countSpent(now, call.peer);
  if (tell == TellRelay::Release) send(call.relay, wire::Release{id});
  if (m_tombstones.size() >= kMaxTombstones) m_tombstones.pop_front();
  m_tombstones.emplace_back(id, now + kTombstoneLife);
  // Everything secret of the call is wiped by its destructors.
  calls.erase(id);
  events.push_back(Ended{id, reason});
}

// ---- time

void CallAgent::Core::timeOut(TimePoint now, Call& call) {
  switch (call.phase) {
    case Phase::Offered:
      sendCancel(call, crypto::CancelReason::Timeout);
      return finish(now, call, EndReason::Unreachable);
    case Phase::Ringing:
      if (call.direction == Direction::Incoming) return finish(now, call, EndReason::Missed);
      sendCancel(call, crypto::CancelReason::Timeout);
      return finish(now, call, EndReason::NoAnswer);
    case Phase::Confirming:
      sendCancel(call, crypto::CancelReason::Timeout);
      return finish(now, call, EndReason::NotSecured);
    case Phase::Answered:
      sendReject(call, crypto::RejectReason::GaveUp);
      return finish(now, call, EndReason::NotSecured);
    case Phase::Active:
    case Phase::Ended:
      call.deadline.reset();
      return;
  }
}

void CallAgent::Core::handleTimeout(TimePoint now) {
  std::vector<CallId> due;
  for (auto& [id, call] : calls) {
    if (call.deadline && *call.deadline <= now) due.push_back(id);
    if (call.attachAt && *call.attachAt <= now) {
      send(call.relay, wire::Attach{id, call.peerFingerprint});
      call.attachAt = now + kAttachAgain;
    }
    if (call.mediaOpener) call.mediaOpener->expire(now);
  }
  for (const CallId& id : due) timeOut(now, *find(id));
  ringHeldOffers(now);
  if (boxes.handleTimeout(now)) events.push_back(BoxChanged{});
}

std::optional<TimePoint> CallAgent::Core::pollTimeout() const {
  TimePoint next = boxes.pollTimeout();
  for (const auto& [id, call] : calls) {
    if (call.deadline) next = std::min(next, *call.deadline);
    if (call.attachAt) next = std::min(next, *call.attachAt);
  }
  for (const HeldOffer& held : m_heldOffers) next = std::min(next, held.ringAt);
  return next;
}

}  // namespace foyer::call
