// Relays: joining, leaving, the one inside this program, those that mDNS found.
#include <algorithm>

#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

std::string nameOf(client::RelayPhase phase) {
  using enum client::RelayPhase;
  switch (phase) {
    case Disconnected:
      return "relay:disconnected";
    case Connecting:
      return "relay:connecting";
    case Connected:
      return "relay:connected";
    case Waiting:
      return "relay:lost";
    case KeyChanged:
      return "relay:key_changed";
    case Replaced:
      return "relay:replaced";
  }
  return "relay:unknown";
}

}  // namespace

// ---- relays

Result<void, Fault> Engine::tryConnect(const QString& text) {
  const auto parsed = wire::parseLink(text.toStdString());
  if (!parsed) return Failure<Fault>(Fault{"link", wire::toString(parsed.error()), false, {}});
  std::optional<wire::RelayLink> link;
  if (const auto* relay = std::get_if<wire::RelayLink>(&*parsed)) link = *relay;
  if (const auto* person = std::get_if<wire::PersonLink>(&*parsed)) link = person->relay;
  if (!link)
    return Failure<Fault>(Fault{"link", "no_relay", false, "this person link names no relay"});
  if (!m_net) return Failure<Fault>(Fault{"identity", "not_ready", true, {}});

  wire::RelayLink stored = *link;
  stored.invite.clear();
  if (!link->invite.empty()) {
    keepInvite(link->relay, link->invite);
  } else if (const auto it = m_invites.find(link->relay); it != m_invites.end()) {
    link->invite = it->second;
  }
  store::StoredRelay& relay = m_storedRelays[link->relay];
  relay.fingerprint = link->relay;
  relay.link = stored.format();
  relay.trust = store::RelayTrust::Pinned;
  relay.autoConnect = true;
  if (relay.firstSeen == WallTime{}) relay.firstSeen = m_clock.wall();
  m_store->saveRelay(relay);
  m_net->post([link = *link, key = relay.key](NetSide& side) { side.connectRelay(link, key); });
  return {};
}

void Engine::connectRelay(const QString& link) {
  if (const auto connected = tryConnect(link); !connected) raise(connected.error());
}

void Engine::keepInvite(const Fingerprint& relay, const std::string& token) {
  if (token.empty())
    m_invites.erase(relay);
  else
    m_invites[relay] = token;
  m_store->saveInvite(relay, token);
}

void Engine::disconnectRelay(const Fingerprint& relay) {
  if (m_invites.contains(relay)) keepInvite(relay, {});
  if (const auto it = m_storedRelays.find(relay); it != m_storedRelays.end()) {
    it->second.autoConnect = false;
    m_store->saveRelay(it->second);
  }
  if (m_net) m_net->post([relay](NetSide& side) { side.disconnectRelay(relay); });
}

void Engine::acceptRelayKey(const Fingerprint& relay) {
  const auto state = std::find_if(m_relayStates.begin(), m_relayStates.end(),
                                  [&](const auto& s) { return s.fingerprint == relay; });
  if (state == m_relayStates.end() || !state->changedTo) return;
  if (const auto it = m_storedRelays.find(relay); it != m_storedRelays.end()) {
    store::StoredRelay changed = it->second;
    if (auto link = wire::parseRelayLink(changed.link)) {
      link->relay = *state->changedTo;
      changed.link = link->format();
    }
    changed.fingerprint = *state->changedTo;
    changed.key.reset();
    m_storedRelays.erase(it);
    m_store->removeRelay(relay);
    m_storedRelays[changed.fingerprint] = changed;
    m_store->saveRelay(changed);
    if (auto invite = m_invites.extract(relay)) keepInvite(changed.fingerprint, invite.mapped());
  }
  m_net->post([relay](NetSide& side) { side.client().acceptRelayKey(side.now(), relay); });
}

void Engine::onRelays(std::vector<client::RelayStatus> relays) {
  m_relayStates = std::move(relays);
  for (const client::RelayStatus& status : m_relayStates) {
    const auto told = m_toldPhases.find(status.fingerprint);
    if (told == m_toldPhases.end() || told->second != status.phase) {
      m_toldPhases[status.fingerprint] = status.phase;
      std::vector<std::pair<std::string, FieldValue>> about{{"relay", status.fingerprint.hex()}};
      if (status.fault) {
        about.emplace_back("stage", status.fault->stage);
        about.emplace_back("code", status.fault->code);
      }
      if (status.lobbyAfter) about.emplace_back("lobby_ms", toMilliseconds(*status.lobbyAfter));
      announce(nameOf(status.phase), "", std::move(about));
    }
    if (status.phase == client::RelayPhase::Connected && status.key) {
      const auto it = m_storedRelays.find(status.fingerprint);
      if (it != m_storedRelays.end() && it->second.key != status.key) {
        it->second.key = status.key;
        it->second.lastConnected = m_clock.wall();
        m_store->saveRelay(it->second);
      }
    }
  }
  std::erase_if(m_toldPhases, [&](const auto& entry) {
    const bool isGone = std::none_of(m_relayStates.begin(), m_relayStates.end(),
                                     [&](const auto& s) { return s.fingerprint == entry.first; });
    if (isGone) announce("relay:disconnected", "", {{"relay", entry.first.hex()}});
    return isGone;
  });
  Q_EMIT relaysChanged();
}

void Engine::onDiscovered(std::vector<io::MdnsRelay>&& relays) {
  m_discovered.clear();
  for (const io::MdnsRelay& found : relays) {
    if (!found.fingerprint || found.addresses.empty()) continue;
    wire::RelayLink link;
    link.relay = *found.fingerprint;
    for (const SocketAddress& address : found.addresses) {
      if (link.hosts.size() == wire::kMaxLinkHosts) break;
      link.hosts.push_back(wire::LinkHost::of(address));
    }
    m_discovered.push_back({*found.fingerprint, found.name, link.format()});
    // A relay this profile uses may have moved: the key decides, not the address.
    const auto stored = m_storedRelays.find(*found.fingerprint);
    if (stored != m_storedRelays.end())
      if (const auto given = wire::parseRelayLink(stored->second.link))
        link = withHint(*given, link);
    if (const auto it = m_invites.find(*found.fingerprint); it != m_invites.end())
      link.invite = it->second;
    if (stored != m_storedRelays.end() && stored->second.autoConnect && m_net)
      m_net->post(
          [link, key = stored->second.key](NetSide& side) { side.connectRelay(link, key); });
  }
  announce("discovery:relays", "", {{"count", static_cast<std::int64_t>(m_discovered.size())}});
  Q_EMIT discoveredChanged();
}

void Engine::startRelay(int port) {
  if (!m_relay)
    m_relay = std::make_unique<relayhost::HostedRelay>(
        m_clock, [producer = m_relayInbox.open()](const relayhost::RelayUpdate& update) {
          producer.push(update);
        });
  relayhost::RelayOptions options;
  options.port = static_cast<std::uint16_t>(std::clamp(port, 0, 65535));
  options.dataDirectory = m_options.dataDir + "/relay";
  options.name = m_identity.alias;
  options.announce = setting("relay_announce") != "off";
  options.realTime = true;  // other people's voices wait for nothing that this desktop computes
  m_relayBusGeneration = m_bus.beginGeneration("relay_host");
  setSetting("host_relay", "on");
  m_isRelaySettling = true;
  m_relayGeneration = m_relay->start(std::move(options));
}

void Engine::whenRelaySettles(std::function<void()> done) {
  if (m_isRelaySettling)
    m_relayWaiters.push_back(std::move(done));
  else
    done();
}

void Engine::stopRelay(bool whenCallsEnd) {
  setSetting("host_relay", "");
  if (m_ownRelay) disconnectRelay(*m_ownRelay);
  if (m_relay && m_hostedRelay.phase != "idle" && m_hostedRelay.phase != "error")
    m_isRelaySettling = true;
  if (m_relay)
    m_relay->stop(whenCallsEnd ? relayhost::StopWhen::CallsEnded : relayhost::StopWhen::Now);
}

void Engine::onRelayUpdate(relayhost::RelayUpdate&& update) {
  if (update.status.generation < m_relayGeneration) return;
  const relayhost::RelayStatus& status = update.status;
  const std::string before = m_hostedRelay.phase;
  m_hostedRelay.phase = relayhost::toString(status.phase);
  m_hostedRelay.link = status.link;
  m_hostedRelay.isAnnounced = !status.announcedName.empty();
  m_hostedRelay.clients = static_cast<int>(status.clients);
  m_hostedRelay.calls = static_cast<int>(status.calls);
  m_hostedRelay.kbpsIn = status.kbpsIn;
  m_hostedRelay.kbpsOut = status.kbpsOut;
  m_hostedRelay.fault = status.fault;
  m_hostedRelay.startedAtMs.reset();
  if (status.servingSince)
    m_hostedRelay.startedAtMs = toMilliseconds(status.servingSince->time_since_epoch());
  const auto tellChanges = [&] {
    for (const relayhost::ConnectionChange& change : std::exchange(update.changes, {}))
      announce("relay_host:connection", "relay_host",
               {{"delta", std::int64_t{change.delta}},
                {"client", static_cast<std::int64_t>(change.client)}});
  };
  // "idle" is the last that is heard of a run.
  if (status.phase == relayhost::RelayPhase::Idle) tellChanges();
  if (before != m_hostedRelay.phase) {
    std::vector<std::pair<std::string, FieldValue>> about{{"phase", m_hostedRelay.phase}};
    if (status.fault) {
      about.emplace_back("stage", status.fault->stage);
      about.emplace_back("code", status.fault->code);
    }
    announce("relay_host:phase", "relay_host", std::move(about));
    if (status.phase == relayhost::RelayPhase::Serving) {
      m_ownRelay = status.fingerprint;
      if (const auto joined = tryConnect(QString::fromStdString(status.link)); !joined)
        raise(joined.error());
    }
  }
  tellChanges();
  Q_EMIT hostedRelayChanged();
  const bool isSettled = status.phase == relayhost::RelayPhase::Serving ||
                         status.phase == relayhost::RelayPhase::Idle ||
                         status.phase == relayhost::RelayPhase::Error;
  if (!isSettled || !m_isRelaySettling) return;
  m_isRelaySettling = false;
  for (const auto& done : std::exchange(m_relayWaiters, {})) done();
}

}  // namespace foyer::engine
