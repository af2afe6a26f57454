#include "relaylite/relay.h"

#include <algorithm>

#include "core/crypto/identity.h"
#include "relaylite/memory_directory.h"
#include "relaylite/relay_core.h"

namespace foyer::relaylite {
namespace {

// Versions begin somewhere below this, so that a list of an earlier run is not taken for ours and
// counting up stays within the integers of the protocol.
constexpr std::uint64_t kFirstVersionBelow = std::uint64_t{1} << 50;

std::unique_ptr<Directory> orInMemory(std::unique_ptr<Directory> directory, RandomSource& random) {
  if (directory != nullptr) return directory;
  return std::make_unique<MemoryDirectory>(1 + random.below(kFirstVersionBelow));
}

net::EndpointConfig endpointConfig(const RelayConfig& config) {
  net::EndpointConfig made;
  made.acceptMode = net::AcceptMode::Open;
  made.alpns = {net::kAlpnRelay};
  made.isPublic = true;
  made.serverProfile = config.profile;
  made.exporterAlpns = {};
  // The accept filter holds the limits that may be tuned; this is the room for them.
  made.maxConnections =
      std::max(made.maxConnections, 2 * (config.limits.maxClients + config.limits.maxNewcomers));
  made.initialsPerSecond = config.limits.initialsPerSecond;
  made.initialsBurst = config.limits.initialsBurst;
  return made;
}

}  // namespace

// Stays at its address: the endpoint holds pointers to it.
struct Relay::State final : Carrier, net::DatagramHandler {
  State(TimePoint now, WallTime wall, const RelayConfig& config, const crypto::Identity& identity,
        RandomSource& random, std::unique_ptr<Directory> directory)
      : fingerprint(identity.fingerprint()),
        endpoint(endpointConfig(config), identity, random),
        stun(random),
        core(now, wall, config, identity.clone(), *this, orInMemory(std::move(directory), random)) {
    endpoint.setDatagramHandler(this);
    endpoint.setAcceptFilter(
        [this](const net::IncomingDial& dial) -> std::optional<net::AcceptDecision> {
          if (!core.mayConnect(dial.remote.ip)) return std::nullopt;
          return net::AcceptDecision{};
        });
  }

  // Carrier
  bool sendControl(net::ConnectionId to, ByteView bytes) override {
    return endpoint.sendControl(to, bytes).has_value();
  }
  bool sendDatagram(TimePoint now, net::ConnectionId to, ByteView header,
                    ByteView payload) override {
    return endpoint.sendDatagram(now, to, header, payload).has_value();
  }
  void close(TimePoint now, net::ConnectionId id, wire::CloseCode code) override {
    const auto number = static_cast<std::uint64_t>(code);
    endpoint.close(now, id, number, wire::closeCodeName(number));
  }
  [[nodiscard]] std::size_t controlPending(net::ConnectionId id) const override {
    const auto stats = endpoint.stats(id);
    return stats ? stats->controlPending : 0;
  }
  [[nodiscard]] std::optional<Duration> roundTrip(net::ConnectionId id) const override {
    const auto stats = endpoint.stats(id);
    // Before the first sample of a path the smoothed figure is a guess.
    if (!stats || stats->minRtt == Duration::zero()) return std::nullopt;
    return stats->smoothedRtt;
  }

  // DatagramHandler
  void onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) override {
    core.datagram(now, from, payload);
  }

  // False when there were none.
  bool takeEvents(TimePoint now) {
    bool any = false;
    while (auto event = endpoint.pollEvent()) {
      any = true;
      if (const auto* connected = std::get_if<net::Connected>(&*event)) {
        core.connected(now, connected->id, connected->peer, connected->remote);
      } else if (const auto* control = std::get_if<net::ControlReceived>(&*event)) {
        core.control(now, control->id, control->bytes);
      } else if (const auto* moved = std::get_if<net::PathChanged>(&*event)) {
        core.moved(moved->id, moved->remote);
      } else if (const auto* closed = std::get_if<net::Closed>(&*event)) {
        const bool onPurpose = closed->reason == net::CloseReason::PeerClose &&
                               closed->code == static_cast<std::uint64_t>(wire::CloseCode::Done);
        core.ended(now, closed->id,
                   onPurpose ? RelayCore::Ended::OnPurpose : RelayCore::Ended::Lost);
      }
    }
    return any;
  }

  Fingerprint fingerprint;
  net::Endpoint endpoint;
  net::StunResponder stun;  // anybody's observer, before and without an admission
  RelayCore core;
};

Relay::Relay(TimePoint now, WallTime wall, RelayConfig config, const crypto::Identity& identity,
             RandomSource& random, std::unique_ptr<Directory> directory)
    : m_state(std::make_unique<State>(now, wall, config, identity, random, std::move(directory))) {}
Relay::~Relay() = default;
Relay::Relay(Relay&&) noexcept = default;
Relay& Relay::operator=(Relay&&) noexcept = default;

net::Demux Relay::handleDatagram(TimePoint now, const net::DatagramView& datagram) {
  const net::Demux what = m_state->endpoint.handleDatagram(now, datagram);
  if (what == net::Demux::Stun) m_state->stun.handleDatagram(now, datagram);
  m_state->takeEvents(now);
  return what;
}

void Relay::handleTimeout(TimePoint now) {
  m_state->endpoint.handleTimeout(now);
  m_state->takeEvents(now);
  m_state->core.handleTimeout(now);
  m_state->takeEvents(now);
}

void Relay::setWallTime(TimePoint now, WallTime wall) { m_state->core.setWallTime(now, wall); }

void Relay::pollTransmit(TimePoint now, const net::TransmitSink& sink) {
  // Writing can end a connection, and that can give more to write.
  do {
    m_state->endpoint.pollTransmit(now, sink);
  } while (m_state->takeEvents(now));
  m_state->stun.pollTransmit(sink);
}

std::optional<Event> Relay::pollEvent() { return m_state->core.pollEvent(); }

std::optional<TimePoint> Relay::pollTimeout() const {
  const auto transport = m_state->endpoint.pollTimeout();
  const auto logic = m_state->core.pollTimeout();
  if (!transport) return logic;
  return logic ? std::min(*transport, *logic) : transport;
}

void Relay::tune(const std::string& inviteToken, const RelayLimits& limits) {
  m_state->core.tune(inviteToken, limits);
}

void Relay::invite(TimePoint now, std::vector<Invite> invites) {
  m_state->core.invite(now, std::move(invites));
}

void Relay::offerTurn(TurnOffer offer) { m_state->core.offerTurn(std::move(offer)); }
void Relay::drain(TimePoint now, TimePoint deadline) {
  m_state->endpoint.setAcceptMode(net::AcceptMode::Refuse);
  m_state->core.drain(now, deadline);
  m_state->takeEvents(now);
}

const Metrics& Relay::metrics() const { return m_state->core.metrics(); }
Snapshot Relay::snapshot() const { return m_state->core.snapshot(); }
const net::EndpointStats& Relay::endpointStats() const { return m_state->endpoint.endpointStats(); }
const net::StunResponderStats& Relay::stunStats() const { return m_state->stun.stats(); }
const Fingerprint& Relay::fingerprint() const { return m_state->fingerprint; }

}  // namespace foyer::relaylite
