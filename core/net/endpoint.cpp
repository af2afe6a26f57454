#include "core/net/endpoint.h"

#include "core/net/endpoint_core.h"

namespace foyer::net {

namespace {

constexpr std::size_t kMaxTurnServers = 16;

}  // namespace

const char* toString(CloseReason reason) {
  switch (reason) {
    case CloseReason::LocalClose:
      return "local_close";
    case CloseReason::PeerClose:
      return "peer_close";
    case CloseReason::IdleTimeout:
      return "idle_timeout";
    case CloseReason::HandshakeTimeout:
      return "handshake_timeout";
    case CloseReason::PinMismatch:
      return "pin_mismatch";
    case CloseReason::PeerRejectedKey:
      return "peer_rejected_key";
    case CloseReason::CertificateRequired:
      return "certificate_required";
    case CloseReason::AlpnMismatch:
      return "alpn_mismatch";
    case CloseReason::VersionMismatch:
      return "version_mismatch";
    case CloseReason::StatelessReset:
      return "stateless_reset";
    case CloseReason::Refused:
      return "refused";
    case CloseReason::TransportError:
      return "transport_error";
  }
  return "";
}

const char* toString(DialError error) {
  switch (error) {
    case DialError::TooManyConnections:
      return "too_many_connections";
    case DialError::BadOptions:
      return "bad_options";
    case DialError::TlsSetup:
      return "tls_setup";
  }
  return "";
}

const char* toString(SendError error) {
  switch (error) {
    case SendError::UnknownConnection:
      return "unknown_connection";
    case SendError::NotConnected:
      return "not_connected";
    case SendError::TooLarge:
      return "too_large";
    case SendError::BufferFull:
      return "buffer_full";
  }
  return "";
}

const char* toString(MigrationError error) {
  switch (error) {
    case MigrationError::UnknownConnection:
      return "unknown_connection";
    case MigrationError::NotClient:
      return "not_client";
    case MigrationError::NotConfirmed:
      return "not_confirmed";
    case MigrationError::NoSpareConnectionId:
      return "no_spare_connection_id";
    case MigrationError::SamePath:
      return "same_path";
  }
  return "";
}

Endpoint::Endpoint(EndpointConfig config, const crypto::Identity& identity, RandomSource& random)
    : m_core(std::make_unique<Core>(std::move(config), identity, random)) {}
Endpoint::~Endpoint() = default;
Endpoint::Endpoint(Endpoint&&) noexcept = default;
Endpoint& Endpoint::operator=(Endpoint&&) noexcept = default;

Result<ConnectionId, DialError> Endpoint::connect(TimePoint now, const DialOptions& options) {
  return m_core->connect(m_core->advance(now), options);
}

Demux Endpoint::handleDatagram(TimePoint now, const DatagramView& datagram) {
  return m_core->handleDatagram(m_core->advance(now), datagram);
}

void Endpoint::handleTimeout(TimePoint now) { m_core->handleTimeout(m_core->advance(now)); }

void Endpoint::pollTransmit(TimePoint now, const TransmitSink& sink) {
  m_core->pollTransmit(m_core->advance(now), sink);
}

std::optional<Event> Endpoint::pollEvent() { return m_core->pollEvent(); }
std::optional<TimePoint> Endpoint::pollTimeout() const { return m_core->pollTimeout(); }

Result<void, SendError> Endpoint::sendControl(ConnectionId id, ByteView bytes) {
  Connection* connection = m_core->find(id);
  if (connection == nullptr) return Failure<SendError>(SendError::UnknownConnection);
  auto sent = connection->sendControl(bytes);
  if (sent) m_core->markDirty(*connection);
  return sent;
}

Result<void, SendError> Endpoint::sendDatagram(TimePoint now, ConnectionId id, ByteView header,
                                               ByteView payload, DatagramUse use) {
  Connection* connection = m_core->find(id);
  if (connection == nullptr) return Failure<SendError>(SendError::UnknownConnection);
  auto sent = connection->sendDatagram(m_core->advance(now), header, payload, use);
  if (sent) m_core->markDirty(*connection);
  return sent;
}

void Endpoint::close(TimePoint now, ConnectionId id, std::uint64_t appCode,
                     std::string_view reason) {
  m_core->advance(now);
  Connection* connection = m_core->find(id);
  if (connection == nullptr) return;
  connection->requestClose(appCode, reason);
  m_core->markDirty(*connection);
}

void Endpoint::closeAll(TimePoint now, std::uint64_t appCode, std::string_view reason) {
  m_core->advance(now);
  m_core->closeAll(appCode, reason);
}

Result<void, MigrationError> Endpoint::initiateMigration(TimePoint now, ConnectionId id,
                                                         const SocketAddress& newLocal,
                                                         const SocketAddress& newRemote) {
  Connection* connection = m_core->find(id);
  if (connection == nullptr) return Failure<MigrationError>(MigrationError::UnknownConnection);
  auto started = connection->migrate(m_core->advance(now), newLocal, newRemote);
  if (started) m_core->markDirty(*connection);
  return started;
}

std::optional<ConnectionStats> Endpoint::stats(ConnectionId id) const {
  const Connection* connection = m_core->find(id);
  if (connection == nullptr) return std::nullopt;
  return connection->stats();
}

std::optional<PublicKey> Endpoint::peerKey(ConnectionId id) const {
  const Connection* connection = m_core->find(id);
  if (connection == nullptr) return std::nullopt;
  return connection->peer();
}

std::optional<SocketAddress> Endpoint::remoteAddress(ConnectionId id) const {
  const Connection* connection = m_core->find(id);
  if (connection == nullptr) return std::nullopt;
  return connection->remote();
}

std::size_t Endpoint::maxDatagramSize(ConnectionId id) const {
  const Connection* connection = m_core->find(id);
  return connection == nullptr ? 0 : connection->maxDatagram();
}

bool Endpoint::isConnected(ConnectionId id) const {
  const Connection* connection = m_core->find(id);
  return connection != nullptr && connection->isConnected();
}

std::optional<std::array<std::uint8_t, 32>> Endpoint::exporter(ConnectionId id,
                                                               std::string_view label,
                                                               ByteView context) const {
  const Connection* connection = m_core->find(id);
  if (connection == nullptr) return std::nullopt;
  return connection->exporter(label, context);
}

const EndpointStats& Endpoint::endpointStats() const { return m_core->stats; }
std::size_t Endpoint::connectionCount() const { return m_core->liveCount; }
std::size_t Endpoint::halfOpenCount() const { return m_core->halfOpen; }

void Endpoint::setDatagramHandler(DatagramHandler* handler) { m_core->handler = handler; }
void Endpoint::setAcceptMode(AcceptMode mode) { m_core->config.acceptMode = mode; }
void Endpoint::setAcceptFilter(AcceptFilter filter) {
  m_core->config.acceptFilter = std::move(filter);
}
void Endpoint::setTurnServers(std::vector<SocketAddress> servers) {
  if (servers.size() > kMaxTurnServers) servers.resize(kMaxTurnServers);
  m_core->turnServers = std::move(servers);
}
void Endpoint::setRetryAlways(bool always) { m_core->retryAlways = always; }

}  // namespace foyer::net
