// Relays: joining, leaving, which comes first, those that mDNS found. The one inside this program
// is in engine_hosting.cpp.
#include <algorithm>

#include "core/engine/engine.h"
#include "core/engine/relay_order.h"

namespace foyer::engine {
namespace {

constexpr int kMaxLinksWanted = 8;  // as many as one start of the program takes

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

Result<void, Fault> Engine::tryConnect(const QString& text, store::RelayTrust trust) {
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
  const bool isNew = !m_storedRelays.contains(link->relay);
  store::StoredRelay& relay = m_storedRelays[link->relay];
  relay.fingerprint = link->relay;
  relay.link = stored.format();
  // What was compared once stays so, wherever its address was found this time.
  if (isNew || trust == store::RelayTrust::Pinned) relay.trust = trust;
  relay.autoConnect = true;
  if (relay.firstSeen == WallTime{}) relay.firstSeen = m_clock.wall();
  m_store->saveRelay(relay);
  noteRelayUse();
  sendRelayOrder();
  m_net->post([link = *link, key = relay.key](NetSide& side) { side.connectRelay(link, key); });
  if (isNew) Q_EMIT relaysChanged();
  return {};
}

void Engine::connectRelay(const QString& link) {
  // The program was started by a link: the profile is still being read, or nobody has entered yet.
  if ((!m_net || m_isFirstStart) && m_linksWanted.size() < kMaxLinksWanted) {
    m_linksWanted.append(link);
    return;
  }
  if (const auto connected = tryConnect(link); !connected) raise(connected.error());
}

void Engine::retryRelay(const Fingerprint& relay) {
  const auto it = m_storedRelays.find(relay);
  if (it == m_storedRelays.end()) return;
  // A link that was kept proves no more than it did when it came.
  const auto tried = tryConnect(QString::fromStdString(it->second.link), it->second.trust);
  if (!tried) raise(tried.error());
}

void Engine::noteRelayUse() {
  if (setting("joined_before") != QLatin1String("on"))
    setSetting("joined_before", QStringLiteral("on"));
}

void Engine::joinDiscovered(const Fingerprint& relay) {
  const auto found =
      std::find_if(m_discovered.begin(), m_discovered.end(),
                   [&](const DiscoveredRelayView& one) { return one.fingerprint == relay; });
  if (found == m_discovered.end()) return;  // gone meanwhile, and with it the row that was pressed
  const auto joined = tryConnect(QString::fromStdString(found->link), store::RelayTrust::FirstUse);
  if (!joined) raise(joined.error());
}

void Engine::keepInvite(const Fingerprint& relay, const std::string& token) {
  const auto known = m_invites.find(relay);
  if (known == m_invites.end() ? token.empty() : known->second == token) return;
  if (token.empty())
    m_invites.erase(relay);
  else
    m_invites[relay] = token;
  m_store->saveInvite(relay, token);
}

void Engine::disconnectRelay(const Fingerprint& relay) {
  // The secret of the relay here is what invites are made of.
  if (m_invites.contains(relay) && relay != ownRelay()) keepInvite(relay, {});
  if (const auto it = m_storedRelays.find(relay); it != m_storedRelays.end()) {
    it->second.autoConnect = false;
    m_store->saveRelay(it->second);
  }
  if (m_net) m_net->post([relay](NetSide& side) { side.disconnectRelay(relay); });
}

void Engine::forgetRelay(const Fingerprint& relay) {
  disconnectRelay(relay);
  if (m_storedRelays.erase(relay) == 0) return;
  // With its invite; the relay here needs its own again.
  if (relay != ownRelay()) m_store->removeRelay(relay);
  auto sorted = parseRelayOrder(setting("relay_order").toStdString());
  if (std::erase(sorted, relay) > 0)
    setSetting("relay_order", QString::fromStdString(formatRelayOrder(sorted)));
  sendRelayOrder();
  Q_EMIT relaysChanged();
}

void Engine::confirmRelayKey(const Fingerprint& relay) {
  const auto it = m_storedRelays.find(relay);
  if (it == m_storedRelays.end() || it->second.trust == store::RelayTrust::Pinned) return;
  it->second.trust = store::RelayTrust::Pinned;
  m_store->saveRelay(it->second);
  Q_EMIT relaysChanged();
}

std::vector<Fingerprint> Engine::relayOrder() const {
  std::vector<store::StoredRelay> known;
  for (const auto& [fingerprint, relay] : m_storedRelays) known.push_back(relay);
  return orderOf(known, parseRelayOrder(setting("relay_order").toStdString()));
}

void Engine::sendRelayOrder() {
  if (m_net)
    m_net->post([order = relayOrder()](NetSide& side) { side.client().setRelayOrder(order); });
}

void Engine::moveRelay(const Fingerprint& relay, int by) {
  std::vector<Fingerprint> shown;
  for (const RelayView& view : relays()) shown.push_back(view.fingerprint);
  const auto order = withMoved(relayOrder(), shown, relay, by);
  setSetting("relay_order", QString::fromStdString(formatRelayOrder(order)));
  sendRelayOrder();
  Q_EMIT relaysChanged();
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
    changed.keyHistory.push_back({relay, m_clock.wall()});
    if (changed.keyHistory.size() > store::kMaxKeyHistory)
      changed.keyHistory.erase(changed.keyHistory.begin());
    changed.trust = store::RelayTrust::Pinned;  // the person says that the keys match
    m_storedRelays.erase(it);
    m_store->removeRelay(relay);
    m_storedRelays[changed.fingerprint] = changed;
    m_store->saveRelay(changed);
    if (auto invite = m_invites.extract(relay)) keepInvite(changed.fingerprint, invite.mapped());
    auto sorted = parseRelayOrder(setting("relay_order").toStdString());
    std::replace(sorted.begin(), sorted.end(), relay, changed.fingerprint);
    setSetting("relay_order", QString::fromStdString(formatRelayOrder(sorted)));
  }
  m_net->post([relay](NetSide& side) { side.client().acceptRelayKey(side.now(), relay); });
  sendRelayOrder();
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

}  // namespace foyer::engine
