// The relay inside this program: its life, its port, who may come in, and the log of its runs.
#include <algorithm>

#include "core/base/bytes.h"
#include "core/engine/engine.h"
#include "core/io/os_random.h"

namespace foyer::engine {
namespace {

// Bytes of the secret that invites are made of.
constexpr std::size_t kSecretBytes = 16;

}  // namespace

std::optional<Fingerprint> Engine::ownRelay() const {
  if (m_ownRelay) return m_ownRelay;
  return Fingerprint::parseHex(setting("own_relay").toStdString());
}

const std::string& Engine::relaySecret() {
  if (const auto own = ownRelay())
    if (const auto it = m_invites.find(*own); it != m_invites.end()) return it->second;
  if (m_relaySecret.empty()) {
    Bytes secret(kSecretBytes);
    io::OsRandom().fill(secret);
    m_relaySecret = toHex(secret);
    if (const auto own = ownRelay()) keepInvite(*own, m_relaySecret);
  }
  return m_relaySecret;
}

relayhost::RelayTuning Engine::relayTuning() {
  relayhost::RelayTuning tuning;
  if (const int people = setting("relay_max_people").toInt(); people > 0)
    tuning.maxClients = static_cast<std::uint32_t>(people);
  if (const int kbps = setting("relay_max_kbps").toInt(); kbps > 0)
    tuning.mediaKbps = static_cast<std::uint32_t>(kbps);
  if (isOn("relay_invite_only", false)) tuning.inviteToken = relaySecret();
  // While nobody is asked for one, too, so that the relay remembers who came in by which.
  for (const RelayInvites::Invite& invite : m_relayInvites.known()) {
    std::optional<WallTime> until;
    if (invite.untilMs) until = WallTime{*invite.untilMs};
    tuning.invites.push_back({RelayInvites::tokenOf(invite, relaySecret()), until});
  }
  return tuning;
}

void Engine::onRelaySetting(const std::string& key) {
  if (key != "relay_invite_only" && key != "relay_max_people" && key != "relay_max_kbps") return;
  if (m_relay) m_relay->reload(relayTuning());
  Q_EMIT hostedRelayChanged();
}

void Engine::startRelay(int port) {
  if (!m_isLoaded) {
    // Its port, its secret and its log are still being read.
    m_relayWanted = port;
    m_isRelaySettling = true;
    return;
  }
  if (!m_relay)
    m_relay = std::make_unique<relayhost::HostedRelay>(
        m_clock, [producer = m_relayInbox.open()](const relayhost::RelayUpdate& update) {
          producer.push(update);
        });
  m_relayPort = port;
  if (port == kKeptPort) port = setting("relay_port").toInt();
  relayhost::RelayOptions options;
  options.port = static_cast<std::uint16_t>(std::clamp(port, 0, 65535));
  options.dataDirectory = m_options.dataDir + "/relay";
  options.name = m_identity.alias;
  options.announce = setting("relay_announce") != "off";
  options.realTime = true;  // other people's voices wait for nothing that this desktop computes
  if (m_relayInvites.forgetOver(m_clock.wall()))
    setSetting("relay_invites", QString::fromStdString(m_relayInvites.text()));
  m_relayInvites.beginRun();
  options.tuning = relayTuning();
  m_relayBusGeneration = m_bus.beginGeneration("relay_host");
  m_isRelaySettling = true;
  m_isRelayStopped = false;
  m_relayRuns.end(m_clock.wall(), "stopped");  // one that is cut off by this start
  m_relayRuns.begin(m_clock.wall());
  keepRelayRuns();
  m_relayGeneration = m_relay->start(std::move(options));
}

void Engine::whenRelaySettles(std::function<void()> done) {
  if (m_isRelaySettling)
    m_relayWaiters.push_back(std::move(done));
  else
    done();
}

void Engine::stopRelay(bool whenCallsEnd) {
  if (std::exchange(m_relayWanted, std::nullopt)) m_isRelaySettling = false;
  m_isRelayStopped = true;
  if (m_ownRelay) disconnectRelay(*m_ownRelay);
  if (m_relay && m_hostedRelay.phase != "idle" && m_hostedRelay.phase != "error")
    m_isRelaySettling = true;
  if (m_relay)
    m_relay->stop(whenCallsEnd ? relayhost::StopWhen::CallsEnded : relayhost::StopWhen::Now);
}

void Engine::onRelayServing(const relayhost::RelayStatus& status) {
  noteRelayUse();
  const auto before = ownRelay();
  m_ownRelay = status.fingerprint;
  if (before != m_ownRelay) {
    // Its folder is another one: nobody answers with the old key any more.
    if (before) forgetRelay(*before);
    setSetting("own_relay", QString::fromStdString(m_ownRelay->hex()));
  }
  // A link that was given away names the port: it is chosen once.
  const bool keepsPort =
      m_relayPort == kOtherPort || (m_relayPort == kKeptPort && setting("relay_port").isEmpty());
  if (keepsPort) setSetting("relay_port", QString::number(status.port));
}

void Engine::onRelayUpdate(relayhost::RelayUpdate&& update) {
  if (update.status.generation < m_relayGeneration) return;
  const relayhost::RelayStatus& status = update.status;
  const std::string before = m_hostedRelay.phase;
  m_hostedRelay.phase = relayhost::toString(status.phase);
  const bool isNewPhase = before != m_hostedRelay.phase;
  const bool isServing = status.phase == relayhost::RelayPhase::Serving;
  if (isNewPhase && isServing) onRelayServing(status);
  noteRelayRun(status, isNewPhase);
  const bool isNewLink = m_relayLink != status.link;
  m_relayLink = status.link;
  m_hostedRelay.link = status.link;
  if (auto link = wire::parseRelayLink(status.link)) {
    link->invite.clear();
    m_hostedRelay.link = link->format();
  }
  m_hostedRelay.isAnnounced = !status.announcedName.empty();
  m_hostedRelay.port = status.port;
  m_hostedRelay.clients = static_cast<int>(status.clients);
  m_hostedRelay.calls = static_cast<int>(status.calls);
  m_hostedRelay.kbpsIn = status.kbpsIn;
  m_hostedRelay.kbpsOut = status.kbpsOut;
  m_hostedRelay.fault = status.fault;
  m_hostedRelay.warning = status.warning;
  m_hostedRelay.startedAtMs.reset();
  if (status.servingSince)
    m_hostedRelay.startedAtMs = toMilliseconds(status.servingSince->time_since_epoch());
  m_hostedRelay.guests.clear();
  for (const relayhost::RelayGuest& guest : status.guests)
    m_hostedRelay.guests.push_back(
        {guest.client, guest.who, toMilliseconds(guest.since.time_since_epoch())});
  const auto tellChanges = [&] {
    for (const relayhost::ConnectionChange& change : std::exchange(update.changes, {}))
      announce("relay_host:connection", "relay_host",
               {{"delta", std::int64_t{change.delta}},
                {"client", static_cast<std::int64_t>(change.client)}});
  };
  // "idle" is the last that is heard of a run.
  if (status.phase == relayhost::RelayPhase::Idle) tellChanges();
  if (isNewPhase) {
    std::vector<std::pair<std::string, FieldValue>> about{{"phase", m_hostedRelay.phase}};
    if (status.fault) {
      about.emplace_back("stage", status.fault->stage);
      about.emplace_back("code", status.fault->code);
    }
    announce("relay_host:phase", "relay_host", std::move(about));
  }
  // Also when it moves, or asks for invites from now on: this client comes back by the link.
  if (isServing && (isNewPhase || isNewLink))
    if (const auto joined = tryConnect(QString::fromStdString(status.link)); !joined)
      raise(joined.error());
  tellChanges();
  Q_EMIT hostedRelayChanged();
  const bool isSettled = isServing || status.phase == relayhost::RelayPhase::Idle ||
                         status.phase == relayhost::RelayPhase::Error;
  if (!isSettled || !m_isRelaySettling) return;
  m_isRelaySettling = false;
  for (const auto& done : std::exchange(m_relayWaiters, {})) done();
}

void Engine::noteRelayRun(const relayhost::RelayStatus& status, bool isNewPhase) {
  if (!m_relayRuns.isRunning()) return;
  const bool isMore = m_relayRuns.people(static_cast<int>(status.clients));
  if (isNewPhase && status.phase == relayhost::RelayPhase::Idle)
    m_relayRuns.end(m_clock.wall(), m_isRelayStopped ? "stopped" : "ended");
  else if (isNewPhase && status.phase == relayhost::RelayPhase::Error)
    m_relayRuns.end(m_clock.wall(), status.fault
                                        ? "failed:" + status.fault->stage + ':' + status.fault->code
                                        : "failed:binding:failed");
  else if (!isMore)
    return;
  keepRelayRuns();
}

void Engine::keepRelayRuns() {
  setSetting("relay_runs", QString::fromStdString(m_relayRuns.text()));
}

void Engine::makeInvite(std::optional<Duration> life, InviteReply reply) {
  m_relayInvites.forgetOver(m_clock.wall());
  const auto made = m_relayInvites.make(m_clock.wall(), life);
  if (!made) return reply(Failure<Fault>(Fault{"relay", "too_many_invites", false, {}}));
  setSetting("relay_invites", QString::fromStdString(m_relayInvites.text()));
  if (m_relay) m_relay->reload(relayTuning());
  Q_EMIT hostedRelayChanged();
  reply(hostedRelay().invites.front());
}

void Engine::revokeInvite(std::uint64_t number) {
  if (!m_relayInvites.revoke(number)) return;
  setSetting("relay_invites", QString::fromStdString(m_relayInvites.text()));
  if (m_relay) m_relay->reload(relayTuning());
  Q_EMIT hostedRelayChanged();
}

HostedRelayView Engine::hostedRelay() const {
  HostedRelayView view = m_hostedRelay;
  view.asksInvite = isOn("relay_invite_only", false);
  view.runs = m_relayRuns.runs();
  const WallTime now = const_cast<io::SystemClock&>(m_clock).wall();
  const auto link = wire::parseRelayLink(m_relayLink);
  for (const RelayInvites::Invite& invite : m_relayInvites.invites()) {
    RelayInviteView shown{.number = invite.number,
                          .link = {},
                          .madeAtMs = invite.madeAtMs,
                          .untilMs = invite.untilMs,
                          .isOver = invite.isOver(now)};
    // The relay's link carries the secret while it asks for invites.
    if (link && !link->invite.empty()) {
      wire::RelayLink given = *link;
      given.invite = RelayInvites::tokenOf(invite, link->invite);
      shown.link = given.format();
    }
    view.invites.push_back(std::move(shown));
  }
  return view;
}

}  // namespace foyer::engine
