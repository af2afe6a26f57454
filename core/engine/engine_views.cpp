// From what the rooms say to what is shown.
#include <algorithm>

#include "core/crypto/identity.h"
#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

const char* pathDetail(client::PathKind kind) {
  switch (kind) {
    case client::PathKind::Relay:
      return "through the relay";
    case client::PathKind::Lan:
      return "direct over LAN";
    case client::PathKind::DirectV4:
      return "direct over the internet";
    case client::PathKind::DirectV6:
      return "direct over IPv6";
    case client::PathKind::Turn:
      return "direct through a TURN server";
  }
  return "through the relay";
}

std::vector<RelayView::EarlierKey> earlierKeysOf(const store::StoredRelay& relay) {
  std::vector<RelayView::EarlierKey> keys;
  for (const store::RelayKeyEntry& entry : relay.keyHistory)
    keys.push_back({entry.fingerprint, entry.replacedAt.unixMs});
  return keys;
}

RelayState stateOf(client::RelayPhase phase) {
  using enum client::RelayPhase;
  switch (phase) {
    case Disconnected:
      return RelayState::Disconnected;
    case Connecting:
    case Waiting:
      return RelayState::Connecting;
    case Connected:
      return RelayState::Connected;
    case KeyChanged:
      return RelayState::KeyChanged;
    case Replaced:
      return RelayState::Replaced;
  }
  return RelayState::Disconnected;
}

PersonState stateOf(client::Availability availability) {
  using enum client::Availability;
  switch (availability) {
    case Available:
      return PersonState::Available;
    case InCall:
      return PersonState::InCall;
    case Away:
      return PersonState::Away;
    case DoNotDisturb:
      return PersonState::DoNotDisturb;
    case Unreachable:
      return PersonState::Unreachable;
  }
  return PersonState::Unreachable;
}

// What an explanation calls recent: five marks, a second apart.
constexpr Duration kMarkInterval = std::chrono::milliseconds(900);
constexpr std::size_t kMarks = 6;
// A picture of the calls that waited so long for this thread waited for a processor.
constexpr Duration kStarvedLate = std::chrono::milliseconds(250);

// Said on the screen within 2 s (ux.md 4.14), with half a second until the next picture of the
// call.
constexpr Duration kUnheardAfter = std::chrono::milliseconds(1500);

double toMs(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

}  // namespace

void Engine::rebuildPeople() {
  m_people.clear();
  m_people.reserve(m_persons.size());
  for (const client::Person& person : m_persons) {
    PersonView view;
    view.fingerprint = person.fingerprint;
    view.keyTag = keyTagOf(person.fingerprint);
    view.alias = person.alias.empty() ? view.keyTag : person.alias;
    view.state = stateOf(person.availability);
    view.trust = m_contacts.trustOf(person.key, person.alias);
    view.relays = person.relays;
    if (const auto* known = m_contacts.find(person.key)) {
      if (!known->ownName.empty()) view.alias = known->ownName;
      view.isFavourite = known->isFavourite;
      view.policy = known->policy;
      if (known->verifiedAt) view.verifiedAtMs = known->verifiedAt->unixMs;
    }
    if (isSuspect(view.trust)) {
      if (const auto* old = m_contacts.verifiedNamesake(person.key, person.alias)) {
        view.previousKey = crypto::fingerprintOf(old->key);
        view.verifiedAtMs = old->verifiedAt->unixMs;
      }
    }
    if (view.alias != person.alias) view.signedAlias = person.alias;
    view.isNewKey = m_contacts.isNewKeyOfSeen(person.key, person.alias);
    if (person.relayedDelay) view.rttMs = toMs(*person.relayedDelay);
    m_people.push_back(std::move(view));
  }
}

std::vector<RelayView> Engine::relays() const {
  std::vector<RelayView> views;
  // What is still being looked up is joined, too.
  const auto isWanted = [&](const store::StoredRelay& relay) {
    return relay.autoConnect && m_net && !m_isFirstStart &&
           (relay.fingerprint != ownRelay() || m_hostedRelay.phase == "serving") &&
           std::none_of(m_relayStates.begin(), m_relayStates.end(), [&](const auto& status) {
             return status.fingerprint == relay.fingerprint;
           });
  };
  const TimePoint now = const_cast<io::SystemClock&>(m_clock).now();
  for (const client::RelayStatus& status : m_relayStates) {
    RelayView view;
    view.fingerprint = status.fingerprint;
    view.state = stateOf(status.phase);
    if (status.rtt) view.rttMs = toMs(*status.rtt);
    view.changedTo = status.changedTo;
    view.attempt = static_cast<int>(status.attempt);
    if (status.retryAt) view.retryInMs = std::max(0.0, toMs(*status.retryAt - now));
    view.fault = status.fault;
    view.isOwn = m_ownRelay == status.fingerprint;
    view.carrier = status.carrier;
    view.carrierPort = status.carrierPort;
    view.trust = status.phase == client::RelayPhase::KeyChanged ? "changed" : "first_use";
    if (const auto it = m_storedRelays.find(status.fingerprint); it != m_storedRelays.end()) {
      view.link = it->second.link;
      view.isProven = it->second.key.has_value();
      view.earlierKeys = earlierKeysOf(it->second);
      if (it->second.trust == store::RelayTrust::Pinned && view.trust != "changed")
        view.trust = "pinned";
    }
    views.push_back(std::move(view));
  }
  for (const auto& [fingerprint, relay] : m_storedRelays) {
    if (!isWanted(relay)) continue;
    RelayView view;
    view.fingerprint = fingerprint;
    view.link = relay.link;
    view.state = RelayState::Connecting;
    view.trust = relay.trust == store::RelayTrust::Pinned ? "pinned" : "first_use";
    view.isProven = relay.key.has_value();
    view.earlierKeys = earlierKeysOf(relay);
    views.push_back(std::move(view));
  }
  const std::vector<Fingerprint> order = relayOrder();
  const auto placeOf = [&](const RelayView& view) {
    return std::find(order.begin(), order.end(), view.fingerprint) - order.begin();
  };
  std::stable_sort(views.begin(), views.end(),
                   [&](const RelayView& a, const RelayView& b) { return placeOf(a) < placeOf(b); });
  return views;
}

CallView Engine::viewOf(const client::CallStatus& status) const {
  CallView view;
  view.call = status.call;
  view.peer = status.peerFingerprint;
  view.keyTag = keyTagOf(status.peerFingerprint);
  view.peerAlias = status.peerAlias.empty() ? view.keyTag : status.peerAlias;
  // What the call was set up as holds until the words have matched.
  view.peerTrust = m_contacts.trustOf(status.peer, status.peerAlias);
  if (status.isCompareOnly && !isSuspect(view.peerTrust)) view.peerTrust = Trust::KeyChanged;
  view.isNewKey = m_contacts.isNewKeyOfSeen(status.peer, status.peerAlias);
  if (const auto* known = m_contacts.find(status.peer)) {
    if (!known->ownName.empty()) view.peerAlias = known->ownName;
    view.policy = known->policy;
  }
  if (view.peerAlias != status.peerAlias) view.signedAlias = status.peerAlias;
  view.direction = status.direction;
  view.state = status.phase;
  view.reason = status.end;
  if (status.activeSince)
    view.activeSinceMs = toMilliseconds(status.activeSince->time_since_epoch());
  if (status.endedAt) view.endedAtMs = toMilliseconds(status.endedAt->time_since_epoch());
  view.isCompareOnly = status.isCompareOnly;
  view.isVoiceHeld = status.isVoiceHeld;
  view.canSpeakUnverified = status.isVoiceHeld && status.phase == CallState::Active &&
                            status.direction == CallDirection::Incoming &&
                            !(status.sas && status.sas->mine == std::optional(false));
  view.hasPeerLeft = status.hasPeerLeft;
  view.isPeerMuted = status.isPeerMuted;
  view.isGuessedAt = status.spentGuessWarning;
  view.muted = m_isMuted || status.isVoiceHeld;
  view.deafened = m_isDeafened;
  view.isHeld = status.isHeld;
  view.isPeerHeld = status.isPeerHeld;
  view.talkMode = talkMode();
  view.isTalkKeyDown = m_isTalkKeyDown;
  view.volume = volumeOf(status.peerFingerprint);
  view.privateMode = status.isPrivate;
  view.isOwnPrivate = status.isOwnPrivate;
  view.isPolicyChosen = status.isPolicyChosen;
  view.relay = status.relay;
  view.reconnecting = status.isReconnecting;
  if (status.sas) {
    SasView sas;
    sas.digits = status.sas->digits;
    sas.words = status.sas->words;
    sas.verified = view.peerTrust == Trust::Verified;
    sas.isConfirmed = status.sas->mine == std::optional(true);
    sas.differs = status.sas->mine == std::optional(false);
    sas.peerSays = status.sas->peers;
    view.sas = std::move(sas);
  }
  if (status.lastReceived && status.phase == client::CallPhase::Active) {
    view.nothingReceived =
        const_cast<io::SystemClock&>(m_clock).now() - *status.lastReceived > kUnheardAfter;
    view.lastReceivedMs = toMilliseconds(status.lastReceived->time_since_epoch());
    view.keptUntilMs =
        toMilliseconds((*status.lastReceived + client::Client::kCallKept).time_since_epoch());
  }

  CallStats& stats = view.stats;
  stats.path = client::toString(status.path.kind);
  stats.pathDetail = pathDetail(status.path.kind);
  stats.pathReason = status.path.reason;
  if (status.path.rtt) stats.directRttMs = toMs(*status.path.rtt);
  stats.pathTried = status.path.tried;
  stats.pathAnswered = status.path.answered;
  stats.pathNotes = status.pathNotes;
  if (status.endToEndRtt)
    stats.rttMs = toMs(*status.endToEndRtt);
  else if (status.rtt)
    stats.rttMs = toMs(*status.rtt);
  stats.tier = std::string(wire::toString(status.tier));
  stats.tx = {status.tx.packets, status.tx.bytes, status.tx.kbps, status.tx.loss};
  stats.rx = {status.rx.packets, status.rx.bytes, status.rx.kbps, status.rx.loss};
  stats.sending = status.sending;
  stats.cause = client::toString(status.sending.cause);
  stats.receiving = status.receiving;
  stats.delayParts = status.mouthToEar;
  if (status.sending.changedAt)
    stats.qualityChangedAtMs = toMilliseconds(status.sending.changedAt->time_since_epoch());

  const CallSound* sound = nullptr;
  if (m_soundCall == status.call && m_sound) sound = &*m_sound;
  if (const auto past = m_pastSounds.find(status.call); past != m_pastSounds.end())
    sound = &past->second;
  if (sound != nullptr) {
    const client::AudioReport& report = sound->seam->report;
    constexpr auto kRelaxed = std::memory_order_relaxed;
    view.levelInDb = view.muted || view.isHeld ? -127.f : report.inputLevelDb.load(kRelaxed);
    view.levelOutDb = report.outputLevelDb.load(kRelaxed);
    view.inSilent = report.isInputSilent.load(kRelaxed) && !view.muted && !view.isHeld;
    // Held back until the words match: the strip about that says it.
    view.isSpeakingUnheard = report.isSpeakingUnheard.load(kRelaxed) && !status.isVoiceHeld;
    view.isTypingHeard = report.isTypingHeard.load(kRelaxed) && !status.isVoiceHeld;
    stats.captureStartedNs = sound->captureStartedNs;
    stats.playoutStartedNs = sound->playoutStartedNs;
    if (sound == (m_sound ? &*m_sound : nullptr)) {
      const audio::StreamStatus status2 = m_pump.status();
      if (status2.captureStarted)
        stats.captureStartedNs = static_cast<std::int64_t>(toNanoseconds(*status2.captureStarted));
      if (status2.playoutStarted)
        stats.playoutStartedNs = static_cast<std::int64_t>(toNanoseconds(*status2.playoutStarted));
      stats.underruns = status2.underflows;
      stats.restarts = status2.restarts;
      stats.captureFragmentMs = status2.captureFragmentMs;
      stats.playoutBufferMs = status2.playoutBufferMs;
      if (status2.captureGranted) stats.captureGrantedMs = toMs(*status2.captureGranted);
      if (status2.playoutGranted) stats.playoutGrantedMs = toMs(*status2.playoutGranted);
      if (status2.captureLatency) stats.captureLatencyMs = toMs(*status2.captureLatency);
      if (status2.playoutLatency) stats.playoutLatencyMs = toMs(*status2.playoutLatency);
      if (report.hasPlayed.load(kRelaxed) && status.rx.packets > 0) {
        const Duration buffer(report.bufferDelayNs.load(kRelaxed));
        stats.jitterBufferMs = toMs(buffer);
        if (!stats.delayParts) {
          client::DelayParts parts;
          parts.packetTime = Duration(report.packetTimeNs.load(kRelaxed));
          parts.codec = Duration(report.encoderDelayNs.load(kRelaxed));
          parts.network = status.endToEndRtt.value_or(0ns) / 2;
          parts.jitterBuffer = buffer;
          stats.delayParts = parts;
        }
        // Which device the speaking side has may not be known here; ours stands for it. A frame
        // waits for its last sample, so the age of the last one counts, not that of the block.
        client::DelayParts& parts = *stats.delayParts;
        if (parts.captureDevice == 0ns)
          parts.captureDevice =
              status2.captureLatency.value_or(std::chrono::milliseconds(status2.captureFragmentMs));
        if (parts.playoutDevice == 0ns)
          parts.playoutDevice = Duration(report.playoutLeadNs.load(kRelaxed));
      }
    }
  }
  if (stats.delayParts) {
    const client::DelayParts& parts = *stats.delayParts;
    stats.mouthToEarMs = toMs(parts.captureDevice + parts.packetTime + parts.codec + parts.network +
                              parts.jitterBuffer + parts.playoutDevice);
  }
  view.explanation = explained(status, view);
  return view;
}

client::Explanation Engine::explained(const client::CallStatus& status,
                                      const CallView& view) const {
  client::CallStatus seen = status;
  seen.mouthToEar = view.stats.delayParts;
  client::DeviceHints hints;
  hints.isInputSilent = view.inSilent;
  hints.isNothingReceived = view.nothingReceived;
  client::RecoveryFigures recent = status.receiving.recovery;
  if (m_soundCall == status.call && !m_soundHistory.empty()) {
    const SoundMark& then = m_soundHistory.front();
    recent = client::since(recent, then.recovery);
    hints.underruns = view.stats.underruns - std::min(then.underruns, view.stats.underruns);
    hints.isCpuStarved = m_soundHistory.back().starved > then.starved;
  }
  return client::explain(seen, recent, hints);
}

// Once a second while a call has sound: what the explanation compares with.
void Engine::markSound(const client::CallStatus& status, Duration late) {
  const TimePoint now = m_clock.now();
  if (m_soundCall != status.call || !m_sound) return;
  if (!m_soundHistory.empty() && now - m_soundHistory.back().at < kMarkInterval) return;
  const std::uint64_t refused = m_sound->seam->report.framesRefused.load(std::memory_order_relaxed);
  SoundMark mark{.at = now,
                 .recovery = status.receiving.recovery,
                 .underruns = m_pump.status().underflows,
                 .refused = refused};
  if (!m_soundHistory.empty()) {
    const SoundMark& before = m_soundHistory.back();
    const bool isStarved = refused > before.refused || late > kStarvedLate;
    mark.starved = before.starved + (isStarved ? 1 : 0);
  }
  m_soundHistory.push_back(mark);
  while (m_soundHistory.size() > kMarks) m_soundHistory.pop_front();
  m_history.mark(viewOf(status), now);
}

std::vector<CallView> Engine::calls() const {
  std::vector<CallView> views;
  views.reserve(m_callStates.size());
  for (const client::CallStatus& status : m_callStates) views.push_back(viewOf(status));
  return views;
}

std::optional<CallView> Engine::callView(const CallId& call) const {
  for (const client::CallStatus& status : m_callStates)
    if (status.call == call) return viewOf(status);
  return std::nullopt;
}

AudioView Engine::audio() const {
  AudioView view;
  const audio::DeviceList list = m_pump.devices();
  const audio::StreamSpec spec = streamSpec(audio::Purpose::Call);
  const auto convert = [](const std::vector<audio::DeviceInfo>& devices,
                          const audio::DeviceSpec& current) {
    std::vector<AudioDeviceView> out;
    for (const audio::DeviceInfo& device : devices) {
      const bool isCurrent =
          current.kind == audio::DeviceSpec::Kind::Named
              ? (device.id == current.name || device.label == current.name)
              : current.kind == audio::DeviceSpec::Kind::Default && device.isDefault;
      out.push_back({device.id, device.label, device.isDefault, isCurrent});
    }
    return out;
  };
  view.inputs = convert(list.inputs, spec.input);
  view.outputs = convert(list.outputs, spec.output);
  view.isKnown = list.isKnown || !m_options.watchesDevices;
  view.fault = m_audioFault;
  view.notice = m_audioNotice;
  view.notices = m_audioNotices;
  view.isLoopback = m_loopback != nullptr;
  view.voice = voiceSettings();
  view.talkMode = talkMode();
  view.isLevelled = isOn("level_others", true);
  view.isLowDelay = isOn("low_delay", false);
  view.savesSilence = isOn("silence_saving", false);
  if (m_loopback)
    view.meterDb = m_loopback->levelDb();
  else if (m_meter && !m_soundCall)
    view.meterDb = m_meter->levelDb();
  else if (m_sound)
    view.meterDb = m_sound->seam->report.inputLevelDb.load(std::memory_order_relaxed);
  return view;
}

}  // namespace foyer::engine
