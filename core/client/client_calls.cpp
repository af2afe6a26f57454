// Calls: what the agent says becomes what a person sees. Their media are in client_media.cpp.
#include <algorithm>

#include "core/client/client.h"

namespace foyer::client {
namespace {

// While a call lives its silence, devices and phases are looked at this often.
constexpr Duration kWatchEvery = 250ms;
// A hangup is sent again and acknowledged within this, on any path worth a call.
constexpr Duration kWithdrawAfter = 2s;
CallEnd endOf(call::EndReason reason) {
  using enum call::EndReason;
  switch (reason) {
    case LocalHangup:
      return CallEnd::LocalHangup;
    case RemoteHangup:
      return CallEnd::RemoteHangup;
    case Declined:
      return CallEnd::Declined;
    case Busy:
      return CallEnd::Busy;
    case PeerTooOld:
      return CallEnd::TooOld;
    case NoAnswer:
      return CallEnd::NoAnswer;
    case Unreachable:
      return CallEnd::Unreachable;
    case Missed:
      return CallEnd::Missed;
    case NotSecured:
      return CallEnd::NotSecured;
    case Tampered:
      return CallEnd::Tampered;
    case ConnectionLost:
      return CallEnd::ConnectionLost;
    case Replaced:
      return CallEnd::Cancelled;
  }
  return CallEnd::ConnectionLost;
}

Sas shownSas(const crypto::Sas& sas) {
  return {sas.groupedDigits(), {std::string(sas.word(0)), std::string(sas.word(1))}, {}, {}};
}

}  // namespace

LiveCall* Client::findCall(const CallId& id) {
  const auto it = m_calls.find(id);
  return it == m_calls.end() ? nullptr : &it->second;
}

LiveCall& Client::startCall(const CallId& id, const PublicKey& peer, CallDirection direction) {
  LiveCall& live = m_calls[id];
  live.status.call = id;
  live.status.peer = peer;
  live.status.peerFingerprint = crypto::fingerprintOf(peer);
  live.status.direction = direction;
  live.status.phase =
      direction == CallDirection::Incoming ? CallPhase::Ringing : CallPhase::Calling;
  tell(CallChanged{id});
  return live;
}

void Client::onAgentEvent(TimePoint now, const call::Event& event) {
  if (const auto* incoming = std::get_if<call::Incoming>(&event)) {
    LiveCall& live = startCall(incoming->call, incoming->peer, CallDirection::Incoming);
    live.status.peerAlias = incoming->info.alias;
    live.status.isPrivate = incoming->policy == crypto::CallPolicy::Private;
    if (const auto summary = m_agent.summary(incoming->call)) live.status.relay = summary->relay;
    updateFromAgent(live);
    tell(CallRang{incoming->call});
  } else if (const auto* rings = std::get_if<call::PeerRings>(&event)) {
    if (LiveCall* live = findCall(rings->call)) {
      live->status.phase = CallPhase::Ringing;
      if (const auto placedAt = std::exchange(live->placedAt, std::nullopt))
        live->relayedRtt = now - *placedAt;
      tell(CallRang{rings->call});
      tell(CallChanged{rings->call});
    }
  } else if (const auto* securing = std::get_if<call::Securing>(&event)) {
    if (LiveCall* live = findCall(securing->call)) {
      live->status.phase = CallPhase::Securing;
      live->status.wantsAudio = true;
      if (!m_watchAt) m_watchAt = now + kWatchEvery;
      updateAvailability();
      tell(CallChanged{securing->call});
    }
  } else if (const auto* keys = std::get_if<call::KeysReady>(&event)) {
    if (LiveCall* live = findCall(keys->call)) {
      live->status.hasKeys = true;
      live->keysSince = now;
      configureQuality(now, *live,
                       live->hasOwnChoice ? live->status.sending.choice : m_options.quality);
      if (const auto summary = m_agent.summary(keys->call)) {
        live->status.isPrivate = summary->isPrivate;
        live->status.isOwnPrivate = summary->isOwnPrivate;
        if (!summary->peerInfo.alias.empty()) live->status.peerAlias = summary->peerInfo.alias;
      }
      offerPaths(now, *live);
      updateFromAgent(*live);
      if (isSilent(*live) || m_isMetered) applyMute(now, *live);
      while (const auto held = m_agent.pollHeld(keys->call)) openPacket(now, *live, *held);
      tell(CallChanged{keys->call});
      handleAudio(now);
    }
  } else if (const auto* confirmed = std::get_if<call::Confirmed>(&event)) {
    if (LiveCall* live = findCall(confirmed->call)) {
      live->status.isConfirmed = true;
      // Not sooner: until the peer proved the keys there is nobody to compare with.
      if (const auto sas = m_agent.sas(confirmed->call)) live->status.sas = shownSas(*sas);
      offerPaths(now, *live);
      updatePhase(now, *live);
      tell(CallChanged{confirmed->call});
    }
  } else if (const auto* peerPaths = std::get_if<call::PeerPaths>(&event)) {
    if (LiveCall* live = findCall(peerPaths->call))
      onPeerPaths(now, *live, peerPaths->candidates, peerPaths->nat, peerPaths->vouches);
  } else if (const auto* state = std::get_if<call::PeerState>(&event)) {
    if (LiveCall* live = findCall(state->call)) {
      if (live->status.sas) {
        live->status.sas->peers = state->state.wordsMatch    ? std::optional(true)
                                  : state->state.wordsDiffer ? std::optional(false)
                                                             : std::nullopt;
      }
      live->status.isPeerMuted = state->state.muted;
      live->status.isPeerHeld = state->state.held;
      live->peerMost = state->state.most;
      if (live->controller) configureQuality(now, *live, live->controller->settings().choice);
      tell(CallChanged{state->call});
    }
  } else if (const auto* path = std::get_if<call::PathChanged>(&event)) {
    if (LiveCall* live = findCall(path->call)) {
      updateFromAgent(*live);
      tell(CallChanged{path->call});
    }
  } else if (const auto* ended = std::get_if<call::Ended>(&event)) {
    LiveCall* live = findCall(ended->call);
    CallEnd reason = endOf(ended->reason);
    // Pressing End before anybody answered is a cancelled call, not an ended one.
    if (live != nullptr && reason == CallEnd::LocalHangup && !live->status.hasKeys)
      reason = live->status.direction == CallDirection::Incoming ? CallEnd::Declined
                                                                 : CallEnd::Cancelled;
    endCall(now, ended->call, reason);
  } else if (const auto* tried = std::get_if<call::TriedToReach>(&event)) {
    tell(TriedToReachYou{tried->peer, tried->info.alias});
  } else if (const auto* spent = std::get_if<call::SpentGuesses>(&event)) {
    for (auto& [id, live] : m_calls) {
      if (live.status.peer != spent->peer) continue;
      live.status.spentGuessWarning = true;
      tell(CallChanged{id});
    }
  } else if (std::holds_alternative<call::BoxChanged>(event)) {
    publishEverywhere(now);
  }
}

void Client::endCall(TimePoint now, const CallId& id, CallEnd reason) {
  LiveCall* live = findCall(id);
  if (live == nullptr) return;
  if (live->paths) live->paths->close(now, m_endpoint, reason == CallEnd::LocalHangup);
  CallStatus status = live->snapshot(now);
  status.phase = CallPhase::Ended;
  status.end = reason;
  status.endedAt = now;
  status.wantsAudio = false;
  status.isReconnecting = false;
  status.sas.reset();  // wiped with the call's secrets
  m_calls.erase(id);
  m_ended.push_back(std::move(status));
  if (m_ended.size() > kMaxEnded) m_ended.pop_front();
  if (!m_watchAt) m_watchAt = now + kWatchEvery;
  updateAvailability();
  // What ends the call has to leave before its connection does.
  if (m_isInvisible) m_withdrawAt = now + kWithdrawAfter;
  tell(CallEnded{id, reason});
  tell(CallChanged{id});
}

void Client::watchCalls(TimePoint now) {
  m_watchAt.reset();
  while (!m_ended.empty() && *m_ended.front().endedAt + kEndedKept <= now) {
    tell(CallChanged{m_ended.front().call});
    m_ended.pop_front();
  }
  std::vector<CallId> lost;
  for (auto& [id, live] : m_calls) {
    updatePhase(now, live);
    if (live.controller) {
      live.controller->handleTimeout(now);
      applyPlan(live);
      // Frames carry reports along; without any they go alone.
      const auto due = live.received.pollTimeout();
      if (due && now >= *due + kWatchEvery) sendReport(now, live);
    }
    if (!live.keysSince) continue;
    const TimePoint heard =
        std::max(*live.keysSince, live.status.lastReceived.value_or(*live.keysSince));
    if (heard + kCallKept <= now) lost.push_back(id);
  }
  for (const CallId& id : lost) m_agent.connectionLost(now, id);
  if (!m_calls.empty())
    m_watchAt = now + kWatchEvery;
  else if (!m_ended.empty())
    m_watchAt = *m_ended.front().endedAt + kEndedKept;
}

void Client::updateFromAgent(LiveCall& live) {
  const auto summary = m_agent.summary(live.status.call);
  if (!summary) return;
  live.status.isCompareOnly = summary->isCompareOnly;
  live.status.isVoiceHeld = summary->isVoiceHeld;
  live.status.hasPeerLeft = summary->hasPeerLeft;
  const Relay* relay = findRelay(summary->relay);
  const bool hasPath = relay != nullptr && relay->session.isAdmitted();
  const bool isDirect = live.paths && live.paths->isDirect();
  live.status.isReconnecting = !isDirect && (!hasPath || (summary->hasKeys && !summary->channel));
}

void Client::updatePhase(TimePoint now, LiveCall& live) {
  CallStatus& status = live.status;
  if (status.phase != CallPhase::Securing) return;
  const bool devicesRun = live.seam &&
                          live.seam->report.hasCaptured.load(std::memory_order_acquire) &&
                          live.seam->report.hasPlayed.load(std::memory_order_acquire);
  // Connected means that media flows both ways and both devices run (B-33, ux 4.5).
  if (!status.isConfirmed || !status.hasReceived || !status.peerHasReceived || !devicesRun) return;
  status.phase = CallPhase::Active;
  status.activeSince = now;
  updateAvailability();
  tell(CallChanged{status.call});
}

// ---- sound

void Client::attachMedia(TimePoint now, const CallId& id, std::shared_ptr<MediaSeam> seam) {
  LiveCall* live = findCall(id);
  if (live == nullptr) return;
  live->seam = std::move(seam);
  live->seam->isMuted.store(isSilent(*live), std::memory_order_relaxed);
  sendEncoding(*live);
  handleAudio(now);
}

void Client::detachMedia(const CallId& id) {
  if (LiveCall* live = findCall(id)) live->seam.reset();
}

void Client::audioFailed(TimePoint now, const CallId& id) {
  if (findCall(id) == nullptr) return;
  m_agent.hangup(now, id);
  endCall(now, id, CallEnd::AudioFailed);
  pump(now);
}

void Client::handleAudio(TimePoint now) {
  for (auto& [id, live] : m_calls) {
    if (!live.seam) continue;
    while (live.seam->toNet.tryRead(
        [this, now, &call = live](media::EncodedFrame& frame) { sendFrame(now, call, frame); })) {
    }
    updatePhase(now, live);
  }
}

// ---- asked

std::vector<CallStatus> Client::calls(TimePoint now) const {
  std::vector<CallStatus> all;
  for (const auto& [id, live] : m_calls) all.push_back(*call(now, id));
  all.insert(all.end(), m_ended.begin(), m_ended.end());
  return all;
}

std::optional<CallStatus> Client::call(TimePoint now, const CallId& id) const {
  const auto it = m_calls.find(id);
  if (it != m_calls.end()) {
    CallStatus status = it->second.snapshot(now);
    if (const Relay* relay = findRelay(status.relay)) status.rtt = relay->session.status().rtt;
    status.path = pathFigures(it->second);
    if (it->second.paths) status.pathNotes = it->second.paths->notes();
    return status;
  }
  const auto ended = std::find_if(m_ended.begin(), m_ended.end(),
                                  [&](const CallStatus& s) { return s.call == id; });
  return ended == m_ended.end() ? std::nullopt : std::optional(*ended);
}

}  // namespace foyer::client
