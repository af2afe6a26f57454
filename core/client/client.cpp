#include "core/client/client.h"

#include <algorithm>

#include "core/crypto/presence.h"

namespace foyer::client {
namespace {

// Events that wait for the owner within one turn; more means that nobody reads them.
constexpr std::size_t kMaxEvents = 4096;

net::EndpointConfig endpointConfig() {
  net::EndpointConfig config;
  config.acceptMode = net::AcceptMode::Silent;
  config.sendStatelessResets = false;  // nothing of ours is worth a stranger's packet
  return config;
}

Availability availabilityOf(wire::PresenceState state) {
  switch (state) {
    case wire::PresenceState::Available:
      return Availability::Available;
    case wire::PresenceState::InCall:
      return Availability::InCall;
    case wire::PresenceState::Away:
      return Availability::Away;
    case wire::PresenceState::DoNotDisturb:
      return Availability::DoNotDisturb;
    case wire::PresenceState::Unreachable:
    case wire::PresenceState::Gone:
      return Availability::Unreachable;
  }
  return Availability::Unreachable;
}

void consider(std::optional<TimePoint>& next, std::optional<TimePoint> at) {
  if (at && (!next || *at < *next)) next = at;
}

}  // namespace

Client::Client(TimePoint now, WallTime wall, crypto::Identity identity,
               const call::ContactBook& contacts, RandomSource& random, ClientOptions options)
    : m_identity(std::move(identity)),
      m_contacts(contacts),
      m_random(random),
      m_options(std::move(options)),
      m_endpoint(endpointConfig(), m_identity, random),
      m_agent(now, m_identity, contacts, random),
      m_refreshAt(now + kPresenceRefresh) {
  setWallClock(now, wall);
  m_endpoint.setDatagramHandler(this);
  // Only who dials with the secret connection id of a live call is answered (docs/keys.md 10).
  m_endpoint.setAcceptFilter(
      [this](const net::IncomingDial& dial) -> std::optional<net::AcceptDecision> {
        for (auto& [id, live] : m_calls)
          if (live.paths)
            if (auto decision = live.paths->accept(dial)) return decision;
        return std::nullopt;
      });
  m_endpoint.setAcceptMode(net::AcceptMode::Open);
}

Client::~Client() = default;

void Client::setWallClock(TimePoint now, WallTime wall) {
  m_wallOffsetMs = wall.unixMs - toMilliseconds(now.time_since_epoch());
}

std::int64_t Client::wallMs(TimePoint now, const Fingerprint& relay) const {
  // The relay's clock makes a wrong one here harmless (keys.md section 4).
  if (const Relay* known = findRelay(relay))
    if (const auto corrected = known->session.relayTimeMsAt(now)) return *corrected;
  return m_wallOffsetMs + toMilliseconds(now.time_since_epoch());
}

void Client::tell(ClientEvent event) {
  if (m_events.size() < kMaxEvents) m_events.push_back(std::move(event));
}

// ---- relays

Client::Relay* Client::findRelay(const Fingerprint& relay) {
  const auto it = m_relays.find(relay);
  return it == m_relays.end() ? nullptr : it->second.get();
}
const Client::Relay* Client::findRelay(const Fingerprint& relay) const {
  const auto it = m_relays.find(relay);
  return it == m_relays.end() ? nullptr : it->second.get();
}

Result<void, Fault> Client::connectRelay(TimePoint now, RelayTarget target) {
  if (target.addresses.empty())
    return Failure<Fault>(Fault{"connect", "no_address", true, "the relay's name has no address"});
  const Fingerprint fingerprint = target.fingerprint;
  if (Relay* known = findRelay(fingerprint)) {
    // A key proven earlier stays pinned unless the caller knows better.
    if (!target.knownKey) target.knownKey = known->session.target().knownKey;
    known->session.setTarget(std::move(target));
    known->session.start(now);
    return {};
  }
  if (m_relays.size() >= kMaxRelays)
    return Failure<Fault>(Fault{"connect", "too_many_relays", false, {}});
  auto relay = std::make_unique<Relay>(Relay{RelaySession(m_endpoint, m_random, std::move(target)),
                                             call::Lobby(fingerprint, m_identity.publicKey())});
  Relay& made = *m_relays.emplace(fingerprint, std::move(relay)).first->second;
  made.session.setAvailability(wire::PresenceState::Available);
  publish(now, made);
  made.session.start(now);
  updateAvailability();
  return {};
}

void Client::disconnectRelay(TimePoint now, const Fingerprint& relay) {
  if (Relay* known = findRelay(relay)) {
    // Who leaves a relay leaves the calls on it, and the other side is told by the person's own
    // hangup; without it both would wait for a path that does not come back.
    std::vector<CallId> calls;
    for (const auto& [id, live] : m_calls)
      if (live.status.relay == relay) calls.push_back(id);
    for (const CallId& id : calls) m_agent.hangup(now, id);
    pump(now);
    known->session.stop(now);
    tell(RelayChanged{relay});
    m_relays.erase(relay);
    m_peopleChanged = true;
  }
}

void Client::acceptRelayKey(TimePoint now, const Fingerprint& relay) {
  const auto it = m_relays.find(relay);
  if (it == m_relays.end()) return;
  it->second->session.acceptChangedKey(now);
  // The map's key is the relay's fingerprint, which is another one now.
  const Fingerprint changed = it->second->session.target().fingerprint;
  if (changed == relay) return;
  // Known under its new fingerprint as well: the connection that was just accepted stays.
  if (const auto other = m_relays.find(changed); other != m_relays.end()) {
    other->second->session.stop(now);
    m_relays.erase(other);
  }
  auto node = m_relays.extract(it);
  node.key() = changed;
  node.mapped()->lobby = call::Lobby(changed, m_identity.publicKey());
  m_relays.insert(std::move(node));
  publish(now, *m_relays.at(changed));
  tell(RelayChanged{relay});
  tell(RelayChanged{changed});
}

void Client::retryRelays(TimePoint now) {
  for (auto& [fingerprint, relay] : m_relays) relay->session.retryNow(now);
  for (auto& [id, live] : m_calls) {
    if (!live.controller) continue;
    live.controller->onNetworkChanged(now);
    applyPlan(live);
    if (live.paths) live.paths->onNetworkChanged(now);
  }
}

void Client::wakeUp(TimePoint now) {
  for (auto& [fingerprint, relay] : m_relays) relay->session.redial(now);
  // The other side has given the direct way up as well, or soon will.
  for (auto& [id, live] : m_calls)
    if (live.paths) live.paths->onNetworkChanged(now);
}

// ---- the person

wire::CallInfo Client::ownInfo() const {
  return {m_options.alias, m_options.capabilities, m_options.build};
}

void Client::setAlias(TimePoint now, std::string alias) {
  m_options.alias = std::move(alias);
  publishEverywhere(now);
}

void Client::setDoNotDisturb(bool isOn) {
  m_isDoNotDisturb = isOn;
  updateAvailability();
}

void Client::setAway(bool isOn) {
  m_isAway = isOn;
  updateAvailability();
}

void Client::setInvisible(TimePoint now, bool isOn) {
  if (isOn == m_isInvisible) return;
  m_isInvisible = isOn;
  if (isOn)
    withdrawRecords(now);
  else
    publishEverywhere(now);
}

void Client::withdrawRecords(TimePoint now) {
  m_withdrawAt.reset();
  if (!m_isInvisible || !m_calls.empty()) return;
  for (auto& [fingerprint, relay] : m_relays) relay->session.withdrawRecord(now);
}

void Client::publish(TimePoint now, Relay& relay) {
  if (m_isInvisible) return;
  crypto::PresenceRecord record;
  record.box = m_agent.boxKey();
  const auto unixMs = static_cast<std::uint64_t>(
      std::max<std::int64_t>(1, wallMs(now, relay.session.target().fingerprint)));
  record.sequence = std::max(relay.lastSequence + 1, unixMs);
  record.issuedMs = unixMs;
  record.ttlSeconds = static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(kPresenceLifetime).count());
  record.relay = relay.session.target().fingerprint;
  record.alias = m_options.alias;
  relay.lastSequence = record.sequence;
  relay.session.setRecord(now, crypto::signPresence(m_identity, record));
}

void Client::publishEverywhere(TimePoint now) {
  for (auto& [fingerprint, relay] : m_relays) {
    publish(now, *relay);
    relay->session.requestReflect(now);  // its word on the address ages
  }
  m_refreshAt = now + kPresenceRefresh;
}

void Client::updateAvailability() {
  const bool inCall = std::any_of(m_calls.begin(), m_calls.end(), [](const auto& entry) {
    return entry.second.status.phase == CallPhase::Active ||
           entry.second.status.phase == CallPhase::Securing;
  });
  const wire::PresenceState state = inCall             ? wire::PresenceState::InCall
                                    : m_isDoNotDisturb ? wire::PresenceState::DoNotDisturb
                                    : m_isAway         ? wire::PresenceState::Away
                                                       : wire::PresenceState::Available;
  for (auto& [fingerprint, relay] : m_relays) relay->session.setAvailability(state);
}

void Client::shutDown(TimePoint now) {
  std::vector<CallId> ids;
  for (const auto& [id, live] : m_calls) ids.push_back(id);
  for (const CallId& id : ids) m_agent.hangup(now, id);
  pump(now);
  for (auto& [fingerprint, relay] : m_relays) relay->session.stop(now);
}

// ---- fed and drained

void Client::handleDatagram(TimePoint now, const net::DatagramView& datagram) {
  if (net::looksLikeProbe(datagram.payload)) {
    for (auto& [id, live] : m_calls)
      if (live.paths &&
          live.paths->handleProbe(now, datagram.local, datagram.remote, datagram.payload))
        break;
  } else if (!handleStun(now, datagram)) {
    m_endpoint.handleDatagram(now, datagram);
  }
  pump(now);
}

void Client::handleTimeout(TimePoint now) {
  m_endpoint.handleTimeout(now);
  m_agent.handleTimeout(now);
  for (auto& [fingerprint, relay] : m_relays) {
    relay->session.handleTimeout(now);
    if (relay->lobby.expire(now)) m_peopleChanged = true;
  }
  if (m_ownLegsAt <= now) {
    m_ownLegsAt = now + kOwnLegsInterval;
    if (m_ownLegs.take(relays())) m_peopleChanged = true;
  }
  if (m_refreshAt <= now) publishEverywhere(now);
  if (m_watchAt && *m_watchAt <= now) watchCalls(now);
  if (m_withdrawAt && *m_withdrawAt <= now) withdrawRecords(now);
  pump(now);
}

void Client::pollTransmit(TimePoint now, const net::TransmitSink& sink) {
  pump(now);
  for (auto& [id, live] : m_calls)
    if (live.paths) live.paths->pollTransmit(now, sink);
  m_endpoint.pollTransmit(now, sink);
}

std::optional<ClientEvent> Client::pollEvent() {
  if (m_peopleChanged) {
    m_peopleChanged = false;
    (void)m_ownLegs.take(relays());
    tell(PeopleChanged{});
  }
  if (m_events.empty()) return std::nullopt;
  std::optional<ClientEvent> event(std::move(m_events.front()));
  m_events.pop_front();
  return event;
}

std::optional<TimePoint> Client::pollTimeout() const {
  std::optional<TimePoint> next = m_refreshAt;
  consider(next, m_endpoint.pollTimeout());
  consider(next, m_agent.pollTimeout());
  consider(next, m_watchAt);
  consider(next, m_withdrawAt);
  for (const auto& [id, live] : m_calls)
    if (live.paths) consider(next, live.paths->pollTimeout());
  for (const auto& [fingerprint, relay] : m_relays) {
    consider(next, relay->session.pollTimeout());
    consider(next, relay->lobby.pollTimeout());
  }
  return next;
}

void Client::pump(TimePoint now) {
  while (auto event = m_endpoint.pollEvent()) {
    if (handlePathEvent(now, *event)) continue;
    for (auto& [fingerprint, relay] : m_relays)
      if (relay->session.handleEvent(now, *event)) break;
  }
  for (auto& [fingerprint, relay] : m_relays) pumpRelay(now, *relay);
  pumpAgent(now);
  pumpPaths(now);
}

void Client::pumpRelay(TimePoint now, Relay& relay) {
  const Fingerprint fingerprint = relay.session.target().fingerprint;
  if (relay.session.takeAdmitted()) {
    relay.lobby.disconnected();
    m_agent.relayAdmitted(now, fingerprint);
  }
  while (auto message = relay.session.pollMessage()) {
    if (std::holds_alternative<wire::PresencePage>(*message) ||
        std::holds_alternative<wire::PresenceDelta>(*message))
      onLobbyMessage(now, relay, *message);
    else
      m_agent.handleMessage(now, wallMs(now, fingerprint), fingerprint, *message);
  }
  if (relay.session.takeChanged()) {
    if (!relay.session.isAdmitted()) relay.lobby.disconnected();
    m_peopleChanged = true;
    tell(RelayChanged{fingerprint});
    for (auto& [id, live] : m_calls) {
      offerPaths(now, live);
      if (live.status.relay != fingerprint) continue;
      updateFromAgent(live);
      tell(CallChanged{id});
    }
  }
}

void Client::onLobbyMessage(TimePoint now, Relay& relay, const wire::Message& message) {
  const auto* page = std::get_if<wire::PresencePage>(&message);
  const auto fed = page != nullptr
                       ? relay.lobby.handlePage(now, *page)
                       : relay.lobby.handleDelta(now, std::get<wire::PresenceDelta>(message));
  switch (fed) {
    case call::Lobby::Fed::Incomplete:
      return;
    case call::Lobby::Fed::Complete:
      relay.session.lobbyKnown(now);
      m_peopleChanged = true;
      return;
    case call::Lobby::Fed::Gap:
      relay.session.requestLobby(now, relay.lobby.version());
      return;
  }
}

void Client::pumpAgent(TimePoint now) {
  // Events first: they may make the agent say more.
  while (const auto event = m_agent.pollEvent()) onAgentEvent(now, *event);
  while (const auto out = m_agent.pollTransmit()) {
    // A relay that is not there now is no loss: what matters is repeated at its next admission.
    if (Relay* relay = findRelay(out->relay)) relay->session.send(out->message);
  }
}

// ---- asked

std::vector<RelayStatus> Client::relays() const {
  std::vector<RelayStatus> all;
  for (const auto& [fingerprint, relay] : m_relays) all.push_back(relay->session.status());
  return all;
}

std::vector<Person> Client::people() const {
  std::map<Fingerprint, Person> merged;
  for (const auto& [fingerprint, relay] : m_relays) {
    const bool isLive = relay->session.isAdmitted();
    for (const auto& [id, entry] : relay->lobby.people()) {
      const Availability availability =
          isLive ? availabilityOf(entry.state) : Availability::Unreachable;
      const auto [it, isNew] = merged.try_emplace(
          id, Person{entry.key, id, entry.alias, availability, {fingerprint}, {}});
      if (const auto delay = m_ownLegs.with(fingerprint, entry.leg)) {
        auto& least = it->second.relayedDelay;
        least = least ? std::min(*least, *delay) : *delay;
      }
      if (isNew) continue;
      it->second.relays.push_back(fingerprint);
      if (it->second.availability == Availability::Unreachable) {
        it->second.availability = availability;
        it->second.alias = entry.alias;
      }
    }
  }
  std::vector<Person> all;
  all.reserve(merged.size());
  for (auto& [id, person] : merged) all.push_back(std::move(person));
  return all;
}

}  // namespace foyer::client
