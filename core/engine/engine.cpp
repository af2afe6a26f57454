#include "core/engine/engine.h"

#include <QDir>
#include <QFile>
#include <algorithm>

#include "core/crypto/identity.h"
#include "core/io/files.h"
#include "core/store/profile.h"
#include "core/wire/text.h"

namespace foyer::engine {
namespace {

// Updates that wait for the Qt thread: seconds of them, and a lost one is followed by a newer whole.
constexpr std::size_t kNetInbox = 256;
constexpr std::size_t kRelayInbox = 64;
constexpr std::size_t kMdnsInbox = 16;
// The event log reads in bursts; a second of the busiest lobby fits.
constexpr std::size_t kLogBound = 2048;
constexpr auto kRelayLinkSetting = "last_relay";

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

const char* nameOf(client::CallPhase phase) {
  using enum client::CallPhase;
  switch (phase) {
    case Calling:
      return "calling";
    case Ringing:
      return "ringing";
    case Securing:
      return "securing";
    case Active:
      return "active";
    case Ended:
      return "ended";
  }
  return "ended";
}

}  // namespace

Engine::Engine(EngineOptions options, QObject* parent)
    : EngineInterface(parent),
      m_options(std::move(options)),
      m_startedAt(m_clock.now()),
      m_netInbox(kNetInbox, [this](NetUpdate&& update) { onNetUpdate(std::move(update)); },
                 [this](std::uint64_t) {
                   // Something was lost: ask for the whole again.
                   if (m_net) m_net->post([](NetSide& side) { side.pushEverything(); });
                 }),
      m_relayInbox(kRelayInbox, [this](relayhost::RelayUpdate&& update) { onRelayUpdate(std::move(update)); }),
      m_mdnsInbox(kMdnsInbox, [this](std::vector<io::MdnsRelay>&& found) { onDiscovered(std::move(found)); }) {
  if (m_options.dataDir.empty()) m_options.dataDir = io::defaultDataDirectory();
  store::ProfileGlance glance = store::glanceAt(m_options.dataDir);
  m_settings = std::move(glance.settings);
  if (glance.record) {
    m_identity.alias = glance.record->alias;
    m_identity.fingerprint = glance.record->fingerprint;
  }
  m_isFirstStart = !m_options.isHeadless && (glance.isNew || m_settings.contains("first_start_pending"));
}

Engine::~Engine() {
  closeSound();
  m_mdns.reset();
  m_relay.reset();
  m_net.reset();
  m_netInbox.close();
}

std::int64_t Engine::uptimeMs() const {
  return toMilliseconds(const_cast<io::SystemClock&>(m_clock).now() - m_startedAt);
}

void Engine::announce(std::string name, std::string source,
                      std::vector<std::pair<std::string, FieldValue>> about) {
  std::uint64_t generation = 0;
  if (source == "relay_host") {
    generation = m_relayBusGeneration;
  } else if (source.starts_with("call:")) {
    const auto id = CallId::parseHex(source.substr(5));
    generation = id ? m_callGenerations[*id] : 0;
  }
  m_bus.publish({.name = std::move(name), .source = std::move(source), .generation = generation,
              .timeMs = uptimeMs(), .about = std::move(about)});
}

void Engine::raise(const Fault& fault) {
  announce("fault", "", {{"stage", fault.stage}, {"code", fault.code}, {"retryable", fault.retryable}, {"detail", fault.detail}});
  Q_EMIT faultRaised(fault);
}

void Engine::logEvents() {
  std::string lines;
  while (m_logFeed) {
    const auto polled = m_logFeed->poll();
    if (!polled) break;
    if (const auto* event = std::get_if<Event>(&*polled)) lines += (lines.empty() ? "" : "\n") + toRedactedJsonLine(*event);
  }
  if (!lines.empty()) m_store->run([log = m_log, lines = std::move(lines)] { log->append(lines); });
}

// ---- profile

void Engine::start() {
  if (m_store) return;
  store::StoreOptions options;
  options.dataDir = m_options.dataDir;
  options.random = std::make_unique<io::OsRandom>();
  m_store = std::make_unique<store::Store>(std::move(options));
  connect(m_store.get(), &store::Store::faultRaised, this, &Engine::raise);
  m_store->open([this](Result<store::StoredState, Fault> loaded) { onLoaded(std::move(loaded)); });
}

void Engine::onLoaded(Result<store::StoredState, Fault> loaded) {
  if (!loaded) {
    raise(loaded.error());
    Q_EMIT profileRefused(loaded.error());
    return;
  }
  if (!m_log) {
    m_log = std::make_shared<EventLog>(m_options.dataDir + "/events.jsonl");
    m_logFeed = m_bus.subscribe(kLogBound, [this] {
      QMetaObject::invokeMethod(this, [this] { logEvents(); }, Qt::QueuedConnection);
    });
  }
  m_settings = loaded->settings;
  m_identity.alias = loaded->alias;
  m_identity.seedHome = store::toString(loaded->seedHome);
  m_identity.blocked = loaded->blocked;
  const bool isPending = loaded->isFirstStart || m_settings.contains("first_start_pending");
  m_isFirstStart = !m_options.isHeadless && isPending && !m_enteredAs;
  if (m_isFirstStart && loaded->isFirstStart) m_store->setSetting("first_start_pending", "1");
  if (m_enteredAs && isPending) {
    if (wire::isValidAlias(*m_enteredAs)) m_identity.alias = *m_enteredAs;
    m_store->setAlias(m_identity.alias);
    m_store->setSetting("first_start_pending", "");
  }
  m_isLoaded = true;
  m_contacts.clear();
  for (const auto& contact : loaded->contacts) m_contacts[contact.key] = contact;
  m_storedRelays.clear();
  for (const auto& relay : loaded->relays) m_storedRelays[relay.fingerprint] = relay;
  for (const Fault& notice : loaded->notices) raise(notice);
  if (loaded->seed) startNetwork(*loaded);
  announce("program:ready", "", {{"version", std::string(FOYER_VERSION)}, {"blocked", m_identity.blocked.has_value()}});
  if (m_options.watchesDevices) {
    m_pump.watchDevices();
  }
  if (!m_audioNotifier) {
    m_audioNotifier = std::make_unique<QSocketNotifier>(m_pump.events().readableFd(), QSocketNotifier::Read);
    connect(m_audioNotifier.get(), &QSocketNotifier::activated, this, [this] { onAudioEvents(); });
  }
  if (m_meterUsers > 0) openMeterNow();
  Q_EMIT identityChanged();
  Q_EMIT audioChanged();
  Q_EMIT ready();
}

std::map<PublicKey, call::ContactView> Engine::contactViews() const {
  std::map<PublicKey, call::ContactView> views;
  for (const auto& [key, contact] : m_contacts)
    views[key] = {true, contact.state == store::ContactState::Verified, contact.state == store::ContactState::Blocked};
  return views;
}

void Engine::startNetwork(const store::StoredState& state) {
  crypto::Identity identity = crypto::Identity::fromSeed(*state.seed);
  m_identity.fingerprint = identity.fingerprint();
  m_publicKey = identity.publicKey();
  client::ClientOptions options;
  options.alias = m_isFirstStart ? std::string() : m_identity.alias;
  options.build = std::string("foyer ") + FOYER_VERSION;
  m_net.reset();
  m_net = std::make_unique<NetThread>(m_clock, std::move(identity), std::move(options), contactViews(), m_netInbox.open());
  if (!m_isFirstStart) connectRemembered();
}

void Engine::connectRemembered() {
  for (const auto& [fingerprint, relay] : m_storedRelays) {
    if (!relay.autoConnect) continue;
    if (const auto link = wire::parseRelayLink(relay.link)) {
      const auto key = relay.key;
      m_net->post([link = *link, key](NetSide& side) { side.connectRelay(link, key); });
    }
  }
  if (!m_options.relayLink.empty()) connectRelay(QString::fromStdString(m_options.relayLink));
  if (m_options.hostRelayPort)
    startRelay(*m_options.hostRelayPort);
  else if (const auto it = m_settings.find("host_relay"); it != m_settings.end() && it->second == "on")
    startRelay(setting("relay_port").toInt());
  if (m_options.discovers && !m_mdns) {
    io::Mdns::Callbacks callbacks;
    callbacks.onRelays = [producer = m_mdnsInbox.open()](std::vector<io::MdnsRelay> found) { producer.push(std::move(found)); };
    m_mdns = std::make_unique<io::Mdns>(std::move(callbacks));
    m_mdns->browse(true);
  }
}

void Engine::finishFirstStart(const QString& alias) {
  if (!m_isFirstStart) return;
  m_isFirstStart = false;
  if (!m_isLoaded) {
    // Faster than a key ring that asks for its password; onLoaded enters under this name.
    m_enteredAs = alias.trimmed().toStdString();
    Q_EMIT identityChanged();
    return;
  }
  m_store->setSetting("first_start_pending", "");
  setAlias(alias.trimmed().isEmpty() ? QString::fromStdString(m_identity.alias) : alias);
  if (m_net) connectRemembered();
  Q_EMIT identityChanged();
}

void Engine::setAlias(const QString& alias) {
  const std::string name = alias.trimmed().toStdString();
  if (!wire::isValidAlias(name)) {
    raise({"settings", "bad_alias", false, {}});
    return;
  }
  m_identity.alias = name;
  if (m_store) m_store->setAlias(name);
  if (m_net) m_net->post([name](NetSide& side) { side.client().setAlias(side.now(), name); });
  Q_EMIT identityChanged();
}

void Engine::resetIdentity() {
  if (!m_store) return;
  m_store->resetIdentity([this](Result<store::StoredState, Fault> loaded) { onLoaded(std::move(loaded)); });
}

QString Engine::setting(const QString& key) const {
  const auto it = m_settings.find(key.toStdString());
  return it == m_settings.end() ? QString() : QString::fromStdString(it->second);
}

void Engine::setSetting(const QString& key, const QString& value) {
  const std::string name = key.toStdString();
  if (value.isEmpty())
    m_settings.erase(name);
  else
    m_settings[name] = value.toStdString();
  if (m_store) m_store->setSetting(name, value.toStdString());
  Q_EMIT settingChanged(key);
}

// ---- relays

Result<void, Fault> Engine::tryConnect(const QString& text) {
  const auto parsed = wire::parseLink(text.toStdString());
  if (!parsed) return Failure<Fault>(Fault{"link", wire::toString(parsed.error()), false, {}});
  std::optional<wire::RelayLink> link;
  if (const auto* relay = std::get_if<wire::RelayLink>(&*parsed)) link = *relay;
  if (const auto* person = std::get_if<wire::PersonLink>(&*parsed)) link = person->relay;
  if (!link) return Failure<Fault>(Fault{"link", "no_relay", false, "this person link names no relay"});
  if (!m_net) return Failure<Fault>(Fault{"identity", "not_ready", true, {}});

  wire::RelayLink stored = *link;
  stored.invite.clear();
  m_invites[link->relay] = link->invite;
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

void Engine::disconnectRelay(const Fingerprint& relay) {
  if (const auto it = m_storedRelays.find(relay); it != m_storedRelays.end()) {
    it->second.autoConnect = false;
    m_store->saveRelay(it->second);
  }
  if (m_net) m_net->post([relay](NetSide& side) { side.client().disconnectRelay(side.now(), relay); });
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
    return std::none_of(m_relayStates.begin(), m_relayStates.end(),
                        [&](const auto& s) { return s.fingerprint == entry.first; });
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
    if (stored != m_storedRelays.end() && stored->second.autoConnect && m_net)
      m_net->post([link, key = stored->second.key](NetSide& side) { side.connectRelay(link, key); });
  }
  announce("discovery:relays", "", {{"count", static_cast<std::int64_t>(m_discovered.size())}});
  Q_EMIT discoveredChanged();
}

void Engine::startRelay(int port) {
  if (!m_relay)
    m_relay = std::make_unique<relayhost::HostedRelay>(
        m_clock, [producer = m_relayInbox.open()](const relayhost::RelayUpdate& update) { producer.push(update); });
  relayhost::RelayOptions options;
  options.port = static_cast<std::uint16_t>(std::clamp(port, 0, 65535));
  options.dataDirectory = m_options.dataDir + "/relay";
  options.name = m_identity.alias;
  options.announce = setting("relay_announce") != "off";
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
  if (m_relay && m_hostedRelay.phase != "idle" && m_hostedRelay.phase != "error") m_isRelaySettling = true;
  if (m_relay) m_relay->stop(whenCallsEnd ? relayhost::StopWhen::CallsEnded : relayhost::StopWhen::Now);
}

void Engine::onRelayUpdate(relayhost::RelayUpdate&& update) {
  if (update.status.generation < m_relayGeneration) return;
  const relayhost::RelayStatus& status = update.status;
  const std::string before = m_hostedRelay.phase;
  m_hostedRelay.phase = relayhost::toString(status.phase);
  m_hostedRelay.link = status.link;
  m_hostedRelay.clients = static_cast<int>(status.clients);
  m_hostedRelay.calls = static_cast<int>(status.calls);
  m_hostedRelay.kbpsIn = status.kbpsIn;
  m_hostedRelay.kbpsOut = status.kbpsOut;
  m_hostedRelay.fault = status.fault;
  m_hostedRelay.startedAtMs.reset();
  if (status.servingSince) m_hostedRelay.startedAtMs = toMilliseconds(status.servingSince->time_since_epoch());
  if (before != m_hostedRelay.phase) {
    std::vector<std::pair<std::string, FieldValue>> about{{"phase", m_hostedRelay.phase}};
    if (status.fault) {
      about.emplace_back("stage", status.fault->stage);
      about.emplace_back("code", status.fault->code);
    }
    announce("relay_host:phase", "relay_host", std::move(about));
    if (status.phase == relayhost::RelayPhase::Serving) {
      m_ownRelay = status.fingerprint;
      if (const auto joined = tryConnect(QString::fromStdString(status.link)); !joined) raise(joined.error());
    }
    if (status.phase == relayhost::RelayPhase::Idle) m_bus.retire("relay_host");
  }
  for (const relayhost::ConnectionChange& change : update.changes)
    announce("relay_host:connection", "relay_host",
             {{"delta", std::int64_t{change.delta}}, {"client", static_cast<std::int64_t>(change.client)}});
  Q_EMIT hostedRelayChanged();
  const bool isSettled = status.phase == relayhost::RelayPhase::Serving || status.phase == relayhost::RelayPhase::Idle ||
                         status.phase == relayhost::RelayPhase::Error;
  if (!isSettled || !m_isRelaySettling) return;
  m_isRelaySettling = false;
  for (const auto& done : std::exchange(m_relayWaiters, {})) done();
}

// ---- what the NET thread says

void Engine::onNetUpdate(NetUpdate&& update) {
  if (update.fault) raise(*update.fault);
  if (update.slept) announce("program:woke", "", {{"slept_ms", toMilliseconds(*update.slept)}});
  if (update.relays) onRelays(std::move(*update.relays));
  if (update.people) m_persons = std::move(*update.people);
  if (update.people || update.relays) {
    rebuildPeople();
    if (update.people)
      announce("lobby:changed", "", {{"people", static_cast<std::int64_t>(m_people.size())}});
    Q_EMIT peopleChanged();
  }
  if (update.calls) {
    m_callsAt = update.at;
    onCalls(*update.calls);
  }
  for (const auto& event : update.events) onClientEvent(event);
}

void Engine::onClientEvent(const client::ClientEvent& event) {
  if (const auto* tried = std::get_if<client::TriedToReachYou>(&event))
    announce("call:tried_to_reach", "", {{"peer", crypto::fingerprintOf(tried->peer).hex()}});
}

void Engine::onCalls(const std::vector<client::CallStatus>& calls) {
  m_callStates = calls;
  std::optional<CallId> wantsSound;
  for (const client::CallStatus& status : calls) {
    const std::string source = "call:" + status.call.hex();
    if (!m_callGenerations.contains(status.call)) {
      m_callGenerations[status.call] = m_bus.beginGeneration(source);
      m_callBegan[status.call] = m_clock.wall();
    }
    if (status.wantsAudio && !wantsSound) wantsSound = status.call;
    const auto told = m_toldCalls.find(status.call);
    if (told != m_toldCalls.end() && told->second == status.phase) continue;
    m_toldCalls[status.call] = status.phase;
    std::vector<std::pair<std::string, FieldValue>> about{
        {"call", status.call.hex()},
        {"peer", status.peerFingerprint.hex()},
        {"direction", std::string(status.direction == client::CallDirection::Incoming ? "incoming" : "outgoing")}};
    if (status.phase == client::CallPhase::Ended) {
      about.emplace_back("reason", endReasonName(viewOf(status).reason));
      store::StoredCall record;
      record.call = status.call;
      record.peer = status.peerFingerprint;
      record.direction = status.direction == client::CallDirection::Incoming ? store::StoredDirection::Incoming
                                                                             : store::StoredDirection::Outgoing;
      record.startedAt = m_callBegan[status.call];
      record.endedAt = m_clock.wall();
      if (status.activeSince)
        record.activeAt = WallTime{record.endedAt.unixMs - toMilliseconds(m_clock.now() - *status.activeSince)};
      record.reason = endReasonName(viewOf(status).reason);
      m_store->addCall(record);
    }
    // Another key than the one that was verified: a call to compare words, the microphone off until
    // the person says otherwise (keys.md section 12).
    if (status.phase == client::CallPhase::Securing && trustOf(status.peer, status.peerAlias) == Trust::KeyChanged && !m_isMuted)
      setMuted(true);
    if (status.phase == client::CallPhase::Active)
      rememberContact(status.peer, status.peerAlias, store::ContactState::Seen);
    announce(std::string("call:") + nameOf(status.phase), source, std::move(about));
  }
  std::erase_if(m_toldCalls, [&](const auto& entry) {
    const bool isGone = std::none_of(calls.begin(), calls.end(), [&](const auto& s) { return s.call == entry.first; });
    if (isGone) {
      m_bus.retire("call:" + entry.first.hex());
      m_callGenerations.erase(entry.first);
      m_callBegan.erase(entry.first);
      m_pastSounds.erase(entry.first);
    }
    return isGone;
  });
  if (m_soundCall != wantsSound) {
    if (m_soundCall) closeSound();
    if (wantsSound)
      openSound(*wantsSound);
    else if (m_meterUsers > 0)
      openMeterNow();
  }
  Q_EMIT callsChanged();
}

// ---- contacts

void Engine::rememberContact(const PublicKey& key, const std::string& alias, store::ContactState state) {
  store::StoredContact& contact = m_contacts[key];
  const bool isNew = contact.key != key;
  contact.key = key;
  contact.lastSeen = m_clock.wall();
  if (isNew) {
    contact.firstSeen = contact.lastSeen;
    // Somebody who shows up under a verified contact's name with another key is not a contact yet.
    contact.state = trustOf(key, alias) == Trust::KeyChanged ? store::ContactState::KeyChanged : store::ContactState::Seen;
  }
  if (!alias.empty()) contact.lastAlias = alias;
  if (state == store::ContactState::Verified) {
    contact.state = state;
    contact.verifiedAt = contact.lastSeen;
    contact.how = store::VerifiedHow::Words;
  }
  m_store->saveContact(contact);
  const call::ContactView view{true, contact.state == store::ContactState::Verified,
                               contact.state == store::ContactState::Blocked};
  m_net->post([key, view](NetSide& side) { side.contacts().set(key, view); });
}

void Engine::verifyCall(const CallId& id, bool matches, Reply<bool> reply) {
  const auto status = std::find_if(m_callStates.begin(), m_callStates.end(), [&](const auto& s) { return s.call == id; });
  if (status == m_callStates.end()) {
    reply(Failure<Fault>(Fault{"call", "unknown_call", false, {}}));
    return;
  }
  if (!matches) {
    m_isMuted = true;
    withCall(id, [id](client::Client& c, TimePoint now) { return c.verdict(now, id, false); }, std::move(reply));
    return;
  }
  if (!status->sas) {
    reply(Failure<Fault>(Fault{"call", "not_secured", true, {}}));
    return;
  }
  // Verified is on disk before the screen says so (keys.md section 12).
  const client::CallStatus at = *status;
  rememberContact(at.peer, at.peerAlias, store::ContactState::Verified);
  m_store->flush([this, at, reply = std::move(reply)](Result<void, Fault> written) {
    if (!written) {
      reply(Failure<Fault>(written.error()));
      return;
    }
    rebuildPeople();
    Q_EMIT peopleChanged();
    Q_EMIT callsChanged();
    withCall(at.call, [id = at.call](client::Client& c, TimePoint now) { return c.verdict(now, id, true); }, reply);
  });
}

// ---- calls

void Engine::callPerson(const Fingerprint& person, std::optional<Fingerprint> via, Reply<CallId> reply) {
  if (!m_net) {
    reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
    return;
  }
  m_net->post([this, person, via, reply = std::move(reply)](NetSide& side) {
    auto placed = side.client().placeCall(side.now(), person, via);
    QMetaObject::invokeMethod(this, [reply, placed] { reply(placed); }, Qt::QueuedConnection);
  });
}

void Engine::withCall(const CallId&, std::function<Result<void, Fault>(client::Client&, TimePoint)> work, Reply<bool> reply) {
  if (!m_net) {
    reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
    return;
  }
  m_net->post([this, work = std::move(work), reply = std::move(reply)](NetSide& side) {
    const auto done = work(side.client(), side.now());
    QMetaObject::invokeMethod(
        this,
        [reply, done] { reply(done ? Result<bool, Fault>(true) : Result<bool, Fault>(Failure<Fault>(done.error()))); },
        Qt::QueuedConnection);
  });
}

void Engine::refreshCalls(std::function<void()> done) {
  if (!m_net) {
    done();
    return;
  }
  m_net->post([this, done = std::move(done)](NetSide& side) {
    auto calls = side.client().calls(side.now());
    QMetaObject::invokeMethod(
        this,
        [this, done, calls = std::move(calls)] {
          onCalls(calls);
          done();
        },
        Qt::QueuedConnection);
  });
}

void Engine::setTier(const CallId& call, wire::Tier tier, Reply<bool> reply) {
  withCall(call, [call, tier](client::Client& c, TimePoint) { return c.setTier(call, tier); }, std::move(reply));
}

CallId Engine::call(const Fingerprint& person) {
  callPerson(person, {}, [this](Result<CallId, Fault> placed) {
    if (!placed) raise(placed.error());
  });
  return {};
}

void Engine::answer(const CallId& id, bool trusted) {
  withCall(id, [id, trusted](client::Client& c, TimePoint now) { return c.answer(now, id, trusted); },
           [this](Result<bool, Fault> done) { if (!done) raise(done.error()); });
}
void Engine::reject(const CallId& id) {
  withCall(id, [id](client::Client& c, TimePoint now) { return c.reject(now, id); },
           [this](Result<bool, Fault> done) { if (!done) raise(done.error()); });
}
void Engine::hangup(const CallId& id) {
  // Ending a call that ended by itself a moment ago is no error for a person.
  withCall(id, [id](client::Client& c, TimePoint now) { return c.hangup(now, id); }, [](Result<bool, Fault>) {});
}
void Engine::verify(const CallId& id, bool matches) {
  verifyCall(id, matches, [this](Result<bool, Fault> done) { if (!done) raise(done.error()); });
}

void Engine::setMuted(bool muted) {
  m_isMuted = muted;
  if (m_net) m_net->post([muted](NetSide& side) { side.client().setMuted(side.now(), muted); });
  announce("audio:muted", "", {{"muted", muted}});
  Q_EMIT callsChanged();
}

void Engine::setDeafened(bool deafened) {
  m_isDeafened = deafened;
  if (m_sound) m_sound->seam->isDeafened.store(deafened, std::memory_order_relaxed);
  Q_EMIT callsChanged();
}

void Engine::shutDown(std::function<void()> done) {
  closeSound();
  m_mdns.reset();
  m_relay.reset();
  m_net.reset();
  logEvents();
  m_pump.flushFiles();
  if (!m_store) {
    done();
    return;
  }
  m_store->flush([done = std::move(done)](Result<void, Fault>) { done(); });
}

}  // namespace foyer::engine
