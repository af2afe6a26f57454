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

// Updates that wait for the Qt thread: seconds of them, and a lost one is followed by a newer
// whole.
constexpr std::size_t kNetInbox = 256;
constexpr std::size_t kRelayInbox = 64;
constexpr std::size_t kMdnsInbox = 16;
// The event log reads in bursts; a second of the busiest lobby fits. So does the window's.
constexpr std::size_t kLogBound = 2048;

}  // namespace

Engine::Engine(EngineOptions options, QObject* parent)
    : EngineInterface(parent),
      m_options(std::move(options)),
      m_startedAt(m_clock.now()),
      m_netInbox(
          kNetInbox, [this](NetUpdate&& update) { onNetUpdate(std::move(update)); },
          [this](std::uint64_t) {
            // Something was lost: ask for the whole again.
            if (m_net) m_net->post([](NetSide& side) { side.pushEverything(); });
          }),
      m_relayInbox(kRelayInbox,
                   [this](relayhost::RelayUpdate&& update) { onRelayUpdate(std::move(update)); }),
      m_mdnsInbox(kMdnsInbox,
                  [this](std::vector<io::MdnsRelay>&& found) { onDiscovered(std::move(found)); }) {
  m_tailFeed = m_bus.subscribe(kLogBound, [this] {
    QMetaObject::invokeMethod(
        this, [this] { readTail(); }, Qt::QueuedConnection);
  });
  if (m_options.dataDir.empty()) m_options.dataDir = io::defaultDataDirectory();
  store::ProfileGlance glance = store::glanceAt(m_options.dataDir);
  m_settings = std::move(glance.settings);
  if (glance.record) {
    m_identity.alias = glance.record->alias;
    m_identity.fingerprint = glance.record->fingerprint;
  }
  m_isFirstStart =
      !m_options.isHeadless && (glance.isNew || m_settings.contains("first_start_pending"));
}

Engine::~Engine() {
  closeSound();
  m_mdns.reset();
  // Calls end first: their goodbyes may go through the relay here.
  m_net.reset();
  m_netInbox.close();
  if (m_relay) m_relay->stopAndWait();
  m_relay.reset();
  if (m_relayRuns.isRunning()) {
    m_relayRuns.end(m_clock.wall(), "quit");
    m_store->setSetting("relay_runs", m_relayRuns.text());
  }
  // The last lines; the store writes what is queued before it ends.
  m_isLogWriting = false;
  logEvents();
}

std::int64_t Engine::uptimeMs() const {
  return toMilliseconds(const_cast<io::SystemClock&>(m_clock).now() - m_startedAt);
}

std::int64_t Engine::steadyNowMs() const {
  return toMilliseconds(const_cast<io::SystemClock&>(m_clock).now().time_since_epoch());
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
  m_bus.publish({.name = std::move(name),
                 .source = std::move(source),
                 .generation = generation,
                 .timeMs = uptimeMs(),
                 .about = std::move(about)});
}

void Engine::raise(const Fault& fault) {
  announce("fault", "",
           {{"stage", fault.stage},
            {"code", fault.code},
            {"retryable", fault.retryable},
            {"detail", fault.detail}});
  Q_EMIT faultRaised(fault);
}

// One write at a time: while the disk is slow, events wait in the bus, whose bound ends in a
// counted overflow, and not in the queue of the STORE thread, which has none.
void Engine::logEvents() {
  if (m_isLogWriting) return;
  std::string lines;
  while (m_logFeed) {
    const auto polled = m_logFeed->poll();
    if (!polled) break;
    if (!lines.empty()) lines += '\n';
    if (const auto* event = std::get_if<Event>(&*polled))
      lines += toRedactedJsonLine(*event);
    else
      lines += toJsonLine(std::get<Overflow>(*polled));
  }
  if (lines.empty()) return;
  m_isLogWriting = true;
  m_store->run([this, log = m_log, lines = std::move(lines)] {
    log->append(lines);
    QMetaObject::invokeMethod(
        this,
        [this] {
          m_isLogWriting = false;
          logEvents();
        },
        Qt::QueuedConnection);
  });
}

void Engine::keepFile(std::string path, std::string text, Existing existing, Reply<bool> reply) {
  writeFile(
      std::move(path), [text = std::move(text)] { return toBytes(foyer::viewOf(text)); }, existing,
      std::move(reply));
}

void Engine::writeFile(std::string path, std::function<Bytes()> make, Existing existing,
                       Reply<bool> reply) {
  if (!m_store) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  m_store->run(
      [this, path = std::move(path), make = std::move(make), existing, reply = std::move(reply)] {
        Result<void, Fault> written;
        if (existing == Existing::Kept && io::fileExists(path))
          written = Failure<Fault>(Fault{"storage", "exists", true, {}});
        else
          written = io::writeFileAtomically(path, make(), io::FileMode::OwnerOnly);
        QMetaObject::invokeMethod(
            this,
            [reply, written] {
              reply(written ? Result<bool, Fault>(true)
                            : Result<bool, Fault>(Failure<Fault>(written.error())));
            },
            Qt::QueuedConnection);
      });
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
      QMetaObject::invokeMethod(
          this, [this] { logEvents(); }, Qt::QueuedConnection);
    });
  }
  m_settings = loaded->settings;
  for (const auto& [name, value] : std::exchange(m_earlySettings, {})) keepSetting(name, value);
  m_identity.alias = std::exchange(m_earlyAlias, std::nullopt).value_or(loaded->alias);
  m_identity.seedHome = store::toString(loaded->seedHome);
  m_identity.blocked = loaded->blocked;
  const bool isPending = loaded->isFirstStart || m_settings.contains("first_start_pending");
  m_isFirstStart = !m_options.isHeadless && isPending && !m_enteredAs;
  if (m_isFirstStart && loaded->isFirstStart) m_store->setSetting("first_start_pending", "1");
  if (m_enteredAs && isPending) {
    if (wire::isValidAlias(*m_enteredAs)) m_identity.alias = *m_enteredAs;
    m_store->setAlias(m_identity.alias);
    m_store->setSetting("first_start_pending", "");
    m_enteredAs.reset();
  }
  m_isLoaded = true;
  m_contacts.clear();
  for (const auto& contact : loaded->contacts) m_contacts.set(contact);
  m_history.load(std::move(loaded->calls));
  m_storedRelays.clear();
  for (const auto& relay : loaded->relays) m_storedRelays[relay.fingerprint] = relay;
  if (!m_storedRelays.empty()) noteRelayUse();
  for (const auto& [relay, token] : loaded->invites) m_invites.emplace(relay, token);
  // One that runs already is in there, too: an identity was restored.
  if (!m_relayRuns.isRunning()) m_relayRuns.load(setting("relay_runs").toStdString());
  m_relayInvites.load(setting("relay_invites").toStdString());
  loadTurnServers(std::move(loaded->turnPasswords));
  for (const Fault& notice : loaded->notices) raise(notice);
  if (loaded->seed) startNetwork(*loaded);
  announce("program:ready", "",
           {{"version", std::string(FOYER_VERSION)}, {"blocked", m_identity.blocked.has_value()}});
  if (m_options.watchesDevices) {
    m_pump.watchDevices();
  }
  if (!m_audioNotifier) {
    m_audioNotifier =
        std::make_unique<QSocketNotifier>(m_pump.events().readableFd(), QSocketNotifier::Read);
    connect(m_audioNotifier.get(), &QSocketNotifier::activated, this, [this] { onAudioEvents(); });
  }
  if (m_meterUsers > 0) openMeterNow();
  if (const auto port = std::exchange(m_relayWanted, std::nullopt)) startRelay(*port);
  serveMetrics();
  Q_EMIT identityChanged();
  Q_EMIT audioChanged();
  Q_EMIT historyChanged();
  Q_EMIT contactsChanged();
  Q_EMIT hostedRelayChanged();
  Q_EMIT ready();
}

void Engine::startNetwork(const store::StoredState& state) {
  crypto::Identity identity = crypto::Identity::fromSeed(*state.seed);
  m_identity.fingerprint = identity.fingerprint();
  m_publicKey = identity.publicKey();
  client::ClientOptions options;
  options.alias = m_isFirstStart ? std::string() : m_identity.alias;
  options.build = std::string("foyer ") + FOYER_VERSION;
  // The AUDIO thread wakes the NET thread that is about to end.
  closeSound();
  m_net.reset();
  m_net = std::make_unique<NetThread>(m_clock, std::move(identity), std::move(options), m_contacts,
                                      m_netInbox.open());
  if (m_isMuted) setMuted(true);  // said before there was a client to tell
  sendQualityDefaults();
  if (!m_systemNetwork) {
    m_systemNetwork = std::make_unique<SystemNetwork>();
    connect(m_systemNetwork.get(), &SystemNetwork::changed, this, [this] { sendMetered(); });
  }
  sendMetered();
  sendDirectCalls();
  sendAvailability();
  sendNetworkSettings();
  sendTurnServers();
  sendImpairment();
  if (!m_isFirstStart) connectRemembered();
}

void Engine::connectRemembered() {
  sendRelayOrder();
  const bool isServing = m_hostedRelay.phase == "serving";
  for (const auto& [fingerprint, relay] : m_storedRelays) {
    if (!relay.autoConnect) continue;
    // The relay here is joined when it serves.
    if (fingerprint == ownRelay() && !isServing) continue;
    if (auto link = wire::parseRelayLink(relay.link)) {
      const auto key = relay.key;
      if (const auto it = m_invites.find(fingerprint); it != m_invites.end())
        link->invite = it->second;
      m_net->post([link = *link, key](NetSide& side) { side.connectRelay(link, key); });
    }
  }
  if (!m_options.relayLink.empty()) connectRelay(QString::fromStdString(m_options.relayLink));
  for (const QString& link : std::exchange(m_linksWanted, {})) connectRelay(link);
  // After a restored identity the relay here runs already, and is among the remembered ones.
  const bool isHosting = m_hostedRelay.phase != "idle" && m_hostedRelay.phase != "error";
  if (m_options.hostRelayPort && !isHosting)
    startRelay(*m_options.hostRelayPort);
  else if (setting("host_relay") == "on" && !isHosting)
    startRelay(kKeptPort);
  if (m_options.discovers && !m_mdns) {
    io::Mdns::Callbacks callbacks;
    callbacks.onRelays = [producer = m_mdnsInbox.open()](std::vector<io::MdnsRelay> found) {
      producer.push(std::move(found));
    };
    callbacks.onState = [state = m_mdnsState](io::MdnsState now) { state->store(now); };
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
  if (!m_isLoaded) m_earlyAlias = name;
  if (m_store) m_store->setAlias(name);
  if (m_net) m_net->post([name](NetSide& side) { side.client().setAlias(side.now(), name); });
  Q_EMIT identityChanged();
}

void Engine::resetIdentity() {
  if (!m_store) return;
  m_store->resetIdentity(
      [this](Result<store::StoredState, Fault> loaded) { onLoaded(std::move(loaded)); });
}

QString Engine::setting(const QString& key) const {
  const auto it = m_settings.find(key.toStdString());
  return it == m_settings.end() ? QString() : QString::fromStdString(it->second);
}

void Engine::keepSetting(const std::string& name, const std::string& value) {
  if (value.empty())
    m_settings.erase(name);
  else
    m_settings[name] = value;
}

void Engine::setSetting(const QString& key, const QString& value) {
  const std::string name = key.toStdString();
  keepSetting(name, value.toStdString());
  if (!m_isLoaded) m_earlySettings[name] = value.toStdString();
  if (m_store) m_store->setSetting(name, value.toStdString());
  onSoundSetting(name);
  if (name == "turn_from_relays") sendTurnServers();
  if (name == "do_not_disturb" || name == "invisible") sendAvailability();
  onRelaySetting(name);
  if (name == "metrics") serveMetrics();
  Q_EMIT settingChanged(key);
}

}  // namespace foyer::engine
