// What a person does in calls: places, answers, ends them, judges the words, is muted.
#include <algorithm>

#include "core/client/client.h"
#include "core/crypto/presence.h"
#include "core/crypto/versions.h"

namespace foyer::client {

std::vector<const Client::Relay*> Client::relaysByPreference() const {
  std::vector<const Relay*> sorted;
  for (const Fingerprint& preferred : m_relayOrder)
    if (const Relay* relay = findRelay(preferred)) sorted.push_back(relay);
  for (const auto& [fingerprint, relay] : m_relays)
    if (std::find(sorted.begin(), sorted.end(), relay.get()) == sorted.end())
      sorted.push_back(relay.get());
  return sorted;
}

Result<CallId, Fault> Client::placeCall(TimePoint now, const Fingerprint& person,
                                        std::optional<Fingerprint> via,
                                        std::optional<crypto::CallPolicy> policy) {
  const auto fault = [](const char* code, bool retryable) {
    return Failure<Fault>(Fault{"call", code, retryable, {}});
  };
  if (person == m_identity.fingerprint()) return fault("self", false);
  if (via && (findRelay(*via) == nullptr || !findRelay(*via)->session.isAdmitted()))
    return fault("relay_not_connected", true);

  const call::LobbyPerson* found = nullptr;
  const Relay* through = nullptr;
  for (const Relay* relay : relaysByPreference()) {
    if (via && relay->session.target().fingerprint != *via) continue;
    if (!relay->session.isAdmitted()) continue;
    const call::LobbyPerson* here = relay->lobby.find(person);
    if (here == nullptr) continue;
    // A preferred relay that has lost them gives way to one that has not.
    const bool isBetter = found == nullptr || (found->state == wire::PresenceState::Unreachable &&
                                               here->state != wire::PresenceState::Unreachable);
    if (isBetter) {
      found = here;
      through = relay;
    }
  }
  if (found == nullptr) {
    const bool anyRelay = std::any_of(m_relays.begin(), m_relays.end(), [](const auto& entry) {
      return entry.second->session.isAdmitted();
    });
    return anyRelay ? fault("not_found", true) : fault("relay_not_connected", true);
  }

  // Said at once: an offer in words that the other does not know would only look like no answer.
  if (crypto::highestCommonVersion(found->versions, Bytes{crypto::kProtocolVersion}) == 0)
    return fault("version", false);

  const Fingerprint relay = through->session.target().fingerprint;
  const std::string alias = found->alias;
  const call::Callee callee{found->key, found->box, relay, alias};
  const auto placed =
      m_agent.place(now, wallMs(now, relay), callee,
                    policy.value_or(usualPolicy(found->key, alias, *through)), ownInfo());
  if (!placed) return fault(call::toString(placed.error()), false);
  // Pressing Call while that person's own offer rings here means Accept; the call is known already.
  if (LiveCall* ringing = findCall(*placed)) {
    ringing->status.wantsAudio = true;
    endOthers(now, *placed);
    pump(now);
    return *placed;
  }
  LiveCall& live = startCall(*placed, callee.key, CallDirection::Outgoing);
  live.placedAt = now;
  live.status.isPolicyChosen = policy.has_value();
  live.status.peerAlias = alias;
  live.status.relay = relay;
  updateFromAgent(live);
  pump(now);
  return *placed;
}

Result<LiveCall*, Fault> Client::requireCall(const CallId& id) {
  if (LiveCall* live = findCall(id)) return live;
  const bool hasEnded = std::any_of(m_ended.begin(), m_ended.end(),
                                    [&](const CallStatus& s) { return s.call == id; });
  return Failure<Fault>(Fault{"call", hasEnded ? "already_ended" : "unknown_call", false, {}});
}

Result<void, Fault> Client::answer(TimePoint now, const CallId& id, bool isTrusted) {
  const auto live = requireCall(id);
  if (!live) return Failure<Fault>(live.error());
  const auto mode = isTrusted ? crypto::CallPolicy::Trusted : crypto::CallPolicy::Private;
  wire::CallInfo info = ownInfo();
  if (isTrusted && !(*live)->status.isPrivate) {
    info.at = answerCandidates();
    const Relay* const relay = findRelay((*live)->status.relay);
    if (!info.at.empty() && relay != nullptr) info.vouch = relay->session.vouch();
  }
  if (!m_agent.answer(now, id, mode, info))
    return Failure<Fault>(Fault{"call", "not_ringing", false, {}});
  endOthers(now, id);
  pump(now);
  return {};
}

void Client::endOthers(TimePoint now, const CallId& kept) {
  // There is one microphone, and nobody should hear another's call.
  std::vector<CallId> others;
  for (const auto& [other, call] : m_calls) {
    const bool ringsHere =
        call.status.direction == CallDirection::Incoming && call.status.phase == CallPhase::Ringing;
    if (other != kept && !ringsHere) others.push_back(other);
  }
  for (const CallId& other : others) m_agent.hangup(now, other);
}

Result<void, Fault> Client::reject(TimePoint now, const CallId& id) {
  const auto live = requireCall(id);
  if (!live) return Failure<Fault>(live.error());
  if (!m_agent.reject(now, id)) return Failure<Fault>(Fault{"call", "not_ringing", false, {}});
  pump(now);
  return {};
}

Result<void, Fault> Client::hangup(TimePoint now, const CallId& id) {
  const auto live = requireCall(id);
  if (!live) return Failure<Fault>(live.error());
  if (!m_agent.hangup(now, id)) return Failure<Fault>(Fault{"call", "already_ended", false, {}});
  pump(now);
  return {};
}

Result<void, Fault> Client::verdict(TimePoint now, const CallId& id, bool matches) {
  const auto live = requireCall(id);
  if (!live) return Failure<Fault>(live.error());
  CallStatus& status = (*live)->status;
  if (!status.sas || !m_agent.judgeWords(id, matches))
    return Failure<Fault>(Fault{"call", "not_secured", true, {}});
  status.sas->mine = matches;
  applyMute(now, **live);
  tell(CallChanged{id});
  pump(now);
  return {};
}

Result<void, Fault> Client::speakUnverified(TimePoint now, const CallId& id) {
  const auto live = requireCall(id);
  if (!live) return Failure<Fault>(live.error());
  if (!m_agent.speakUnverified(id)) return Failure<Fault>(Fault{"call", "not_held", false, {}});
  applyMute(now, **live);
  tell(CallChanged{id});
  pump(now);
  return {};
}

void Client::dropCallsOf(TimePoint now, const PublicKey& person) {
  std::vector<CallId> theirs;
  for (const auto& [id, live] : m_calls)
    if (live.status.peer == person) theirs.push_back(id);
  for (const CallId& id : theirs)
    if (!m_agent.ignore(now, id)) m_agent.hangup(now, id);
  pump(now);
}

void Client::setMuted(TimePoint now, bool isMuted) {
  m_isMuted = isMuted;
  for (auto& [id, live] : m_calls) {
    applyMute(now, live);
    tell(CallChanged{id});
  }
}

Result<void, Fault> Client::setHeld(TimePoint now, const CallId& id, bool isHeld) {
  const auto live = requireCall(id);
  if (!live) return Failure<Fault>(live.error());
  LiveCall& call = **live;
  if (call.status.phase != CallPhase::Active)
    return Failure<Fault>(Fault{"call", "not_active", false, {}});
  if (call.status.isHeld == isHeld) return {};
  call.status.isHeld = isHeld;
  applyMute(now, call);
  tell(CallChanged{id});
  pump(now);
  return {};
}

bool Client::isSilent(const LiveCall& live) const {
  return m_isMuted || live.status.isVoiceHeld || live.status.isHeld;
}

void Client::applyMute(TimePoint now, LiveCall& live) {
  updateFromAgent(live);
  if (live.seam) live.seam->isMuted.store(isSilent(live), std::memory_order_relaxed);
  tellSide(now, live);
}

// What the peer is told of this side.
void Client::tellSide(TimePoint now, LiveCall& live) {
  const auto mine = live.status.sas ? live.status.sas->mine : std::nullopt;
  if (live.status.hasKeys)
    m_agent.setSideState(now, live.status.call,
                         {.muted = isSilent(live),
                          .wordsMatch = mine == std::optional(true),
                          .most = m_isMetered ? std::optional(quality::kMeteredMost) : std::nullopt,
                          .held = live.status.isHeld,
                          .wordsDiffer = mine == std::optional(false)});
}

}  // namespace foyer::client
