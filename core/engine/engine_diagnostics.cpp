// What the diagnostics ask of all rooms: events, capabilities, versions; the sending that is made
// worse on purpose; metrics.
#include "core/audio/audio_thread.h"
#include "core/crypto/library.h"
#include "core/crypto/presence.h"
#include "core/engine/control_socket.h"
#include "core/engine/engine.h"
#include "core/engine/metrics_address.h"
#include "core/media/opus_codec.h"
#include "core/net/library_versions.h"

namespace foyer::engine {

void Engine::readTail() {
  bool any = false;
  while (m_tailFeed) {
    const auto polled = m_tailFeed->poll();
    if (!polled) break;
    m_tail.add(*polled, m_clock.wall().unixMs, uptimeMs());
    m_tally.add(*polled);
    any = true;
  }
  if (any) Q_EMIT logGrew();
}

// ---- capabilities

void Engine::askNet(std::function<void(std::optional<NetFacts>)> done) {
  if (!m_net) return done(std::nullopt);
  m_net->post([this, done = std::move(done)](NetSide& side) {
    QMetaObject::invokeMethod(
        this,
        [this, done, facts = side.facts()]() mutable {
          facts.isRealTime = m_net && m_net->isRealTime();
          done(facts);
        },
        Qt::QueuedConnection);
  });
}

void Engine::askCapabilities(std::function<void(const std::optional<NetFacts>&)> done) {
  if (!m_store) return done(std::nullopt);
  // Opus is tried out the first time, which takes longer than a frame may.
  m_store->run([this, done = std::move(done)] {
    const media::OpusFeatures& opus = media::opusFeatures();
    QMetaObject::invokeMethod(
        this,
        [this, done, hasDred = opus.dred, hasOsce = opus.osce] {
          askNet([this, done, hasDred, hasOsce](const std::optional<NetFacts>& net) {
            judgeCapabilities(net, hasDred, hasOsce);
            done(net);
          });
        },
        Qt::QueuedConnection);
  });
}

void Engine::lookAtCapabilities() {
  askCapabilities([](const std::optional<NetFacts>&) {});
}

void Engine::judgeCapabilities(const std::optional<NetFacts>& net, bool hasDred, bool hasOsce) {
  const audio::StreamSpec spec = streamSpec(audio::Purpose::Call);
  CapabilityFacts facts;
  facts.audio = audio();
  facts.isInputPaced = spec.input.isPaced();
  facts.isOutputPaced = spec.output.isPaced();
  facts.seedHome = m_identity.seedHome;
  facts.blocked = m_identity.blocked;
  facts.keyRingProblem = store::keyRingProblem();
  facts.discovers = m_options.discovers;
  facts.mdns = m_mdnsState->load();
  facts.net = net;
  facts.goesDirect = isOn("direct_calls", true);
  facts.mapsPorts = isOn("port_mapping", true);
  facts.mappingV4 = m_networkCheck.mappingV4;
  facts.mappingV6 = m_networkCheck.mappingV6;
  facts.isAudioRealTime = audio::isAudioRealTime();
  facts.hasDred = hasDred;
  facts.hasOsce = hasOsce;
  m_capabilities = capabilitiesOf(facts);
  Q_EMIT capabilitiesChanged();
}

// ---- versions

VersionsView Engine::versions() const {
  VersionsView versions;
  versions.program = FOYER_VERSION;
  versions.commit = m_options.commit;
  versions.protocol = crypto::kProtocolVersion;
  versions.control = ControlSocket::kVersion;
  for (const client::RelayStatus& relay : m_relayStates)
    versions.relays.push_back({relay.fingerprint, relay.phase == client::RelayPhase::Connected,
                               m_ownRelay == relay.fingerprint, relay.relayBuild});
  const net::TransportLibraries transport = net::transportLibraries();
  versions.libraries = {{"Qt", qVersion()},
                        {"Opus", media::opusVersion()},
                        {"ngtcp2", transport.ngtcp2},
                        {"GnuTLS", transport.gnutls},
                        {"libsodium", crypto::libraryVersion()}};
  return versions;
}

// ---- worse on purpose

void Engine::impair(const net::ImpairmentSpec& spec) {
  if (!spec.isValid() || spec == m_impairment.spec) return;
  m_impairment.spec = spec;
  sendImpairment();
  announce("impairment:changed", "",
           {{"on", spec.isOn()},
            {"delay_ms", std::int64_t{spec.delayMs}},
            {"jitter_ms", std::int64_t{spec.jitterMs}},
            {"loss_percent", spec.lossPercent},
            {"rate_kbps", std::int64_t{spec.rateKbps}}});
  Q_EMIT impairmentChanged();
}

void Engine::sendImpairment() {
  if (m_net) m_net->post([spec = m_impairment.spec](NetSide& side) { side.impair(spec); });
}

// ---- metrics

void Engine::serveMetrics() {
  m_metrics.reset();
  const std::string wanted = setting("metrics").toStdString();
  if (wanted.empty()) return;
  const auto where = parseMetricsAddress(wanted);
  if (!where) return raise(where.error());
  auto server = std::make_unique<MetricsServer>([this] {
    return metricsText({.version = FOYER_VERSION,
                        .uptimeMs = uptimeMs(),
                        .relays = relays(),
                        .people = m_people,
                        .calls = calls(),
                        .hosted = m_hostedRelay,
                        .isImpaired = m_impairment.isOn(),
                        .events = &m_tally});
  });
  if (const auto listening = server->listen(*where); !listening) return raise(listening.error());
  m_metrics = std::move(server);
}

}  // namespace foyer::engine
