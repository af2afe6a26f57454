#include "core/net/connection.h"

#include <algorithm>

#include "core/net/connection_callbacks.h"
#include "core/net/path_address.h"
#include "core/net/quic_time.h"

namespace foyer::net {

namespace {

// RFC 9221 section 3 recommends to accept what fits a packet.
constexpr std::uint64_t kMaxDatagramFrame = 65535;
// Spare ids for the peer's migrations (RFC 9000 section 5.1.1); more only cost memory.
constexpr std::uint64_t kActiveConnectionIds = 4;
constexpr std::size_t kMaxReasonBytes = 128;
// An ACK with some ranges; path challenges and handshake packets are far bigger.
constexpr std::size_t kSmallPacketBytes = 64;
// After a write that could not send all, or whose deadline is already past.
constexpr ngtcp2_duration kSoon = NGTCP2_MILLISECONDS;
constexpr std::uint64_t kCryptoErrorBase = 0x100;  // RFC 9000 section 20.1
constexpr std::uint8_t kAlertBadCertificate = 42;
constexpr std::uint8_t kAlertUnknownCa = 48;
constexpr std::uint8_t kAlertCertificateRequired = 116;
constexpr std::uint8_t kAlertNoApplicationProtocol = 120;

std::string printable(const std::uint8_t* text, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < std::min(size, kMaxReasonBytes); ++i) {
    const char c = static_cast<char>(text[i]);
    out.push_back(c >= 0x20 && c < 0x7f ? c : '?');
  }
  return out;
}

}  // namespace

Connection::Connection(ConnectionHost& host, const TransportProfile& profile, ConnectionId id,
                       Role role, KeyPin pin)
    : m_host(host), m_id(id), m_pin(std::move(pin)), m_profile(profile), m_role(role) {
  m_ref.user_data = this;
  m_ref.get_conn = [](ngtcp2_crypto_conn_ref* ref) {
    return static_cast<Connection*>(ref->user_data)->m_quic;
  };
  ngtcp2_ccerr_default(&m_error);
  m_closed.id = id;
}

Connection::~Connection() {
  m_host.datagrams().clear(m_datagrams);
  if (m_quic != nullptr) ngtcp2_conn_del(m_quic);
}

void Connection::fillSettings(ngtcp2_settings& settings, TimePoint now) const {
  ngtcp2_settings_default(&settings);
  settings.initial_ts = toQuicTime(now);
  settings.initial_rtt = toQuicDuration(m_profile.initialRtt);
  settings.cc_algo = m_profile.congestionControl == CongestionControl::Bbr ? NGTCP2_CC_ALGO_BBR
                                                                           : NGTCP2_CC_ALGO_CUBIC;
  settings.handshake_timeout = toQuicDuration(m_profile.handshakeTimeout);
  settings.max_tx_udp_payload_size = std::clamp<std::size_t>(
      m_profile.maxUdpPayload, NGTCP2_MAX_UDP_PAYLOAD_SIZE, TransmitBuilder::kPacketRoom);
  settings.no_pmtud = m_profile.pathMtuDiscovery ? 0 : 1;
  settings.ack_thresh = m_profile.ackThreshold;
  settings.rand_ctx.native_handle = &m_host.random();
}

void Connection::fillParams(ngtcp2_transport_params& params) const {
  ngtcp2_transport_params_default(&params);
  params.initial_max_data = m_profile.controlReceiveBytes;
  params.initial_max_stream_data_bidi_local = m_profile.controlReceiveBytes;
  params.initial_max_stream_data_bidi_remote = m_profile.controlReceiveBytes;
  // The one stream is the client's; whoever opens another breaks the protocol.
  params.initial_max_streams_bidi = m_role == Role::Server ? 1 : 0;
  params.initial_max_streams_uni = 0;
  params.max_idle_timeout = toQuicDuration(m_profile.idleTimeout);
  params.max_datagram_frame_size = kMaxDatagramFrame;
  params.active_connection_id_limit = kActiveConnectionIds;
  params.max_ack_delay = toQuicDuration(m_profile.maxAckDelay);
  params.grease_quic_bit = 0;  // the first-byte test beside STUN needs the fixed bit
}

void Connection::attachTls() {
  ngtcp2_conn_set_tls_native_handle(m_quic, m_tls.get());
  if (m_profile.keepAlive > Duration::zero()) {
    ngtcp2_conn_set_keep_alive_timeout(m_quic, toQuicDuration(m_profile.keepAlive));
  }
}

bool Connection::startClient(TimePoint now, const TlsContext& tls, const DialOptions& options) {
  m_now = now;
  m_local = options.local;
  m_remote = options.remote;
  m_controlRelease = options.controlRelease;
  m_connectedWhen = options.connectedWhen;
  m_tls = tls.makeSession(Role::Client, {options.alpn}, m_ref);
  if (!m_tls) return false;

  ngtcp2_settings settings;
  fillSettings(settings, now);
  ngtcp2_transport_params params;
  fillParams(params);
  const ngtcp2_callbacks callbacks = Callbacks::make(Role::Client, m_profile.datagramTracking);
  ngtcp2_cid scid{};
  std::array<std::uint8_t, NGTCP2_STATELESS_RESET_TOKENLEN> unusedToken{};
  if (!m_host.issueConnectionId(*this, scid, unusedToken.data())) return false;
  ngtcp2_cid dcid{};
  ngtcp2_cid_init(&dcid, initialDcid.data(), initialDcid.size());
  const PathAddresses path(m_local, m_remote);
  if (ngtcp2_conn_client_new(&m_quic, &dcid, &scid, path.get(), NGTCP2_PROTO_VER_V1, &callbacks,
                             &settings, &params, nullptr, this) != 0) {
    return false;
  }
  attachTls();
  return true;
}

bool Connection::startServer(TimePoint now, const TlsContext& tls, const ServerStart& start,
                             const std::vector<std::string>& alpns, const SocketAddress& local,
                             const SocketAddress& remote) {
  m_now = now;
  m_local = local;
  m_remote = remote;
  m_tag = start.tag;
  m_tls = tls.makeSession(Role::Server, alpns, m_ref);
  if (!m_tls) return false;

  const ngtcp2_pkt_hd& header = *start.header;
  ngtcp2_settings settings;
  fillSettings(settings, now);
  ngtcp2_transport_params params;
  fillParams(params);
  params.original_dcid = start.originalDcid != nullptr ? *start.originalDcid : header.dcid;
  params.original_dcid_present = 1;
  if (start.originalDcid != nullptr) {
    params.retry_scid = header.dcid;
    params.retry_scid_present = 1;
    settings.token = header.token;
    settings.tokenlen = header.tokenlen;
    settings.token_type = NGTCP2_TOKEN_TYPE_RETRY;
  }
  const ngtcp2_callbacks callbacks = Callbacks::make(Role::Server, m_profile.datagramTracking);
  ngtcp2_cid scid{};
  if (!m_host.issueConnectionId(*this, scid, params.stateless_reset_token)) return false;
  params.stateless_reset_token_present = 1;
  const PathAddresses path(m_local, m_remote);
  if (ngtcp2_conn_server_new(&m_quic, &header.scid, &scid, path.get(), header.version, &callbacks,
                             &settings, &params, nullptr, this) != 0) {
    return false;
  }
  attachTls();
  return true;
}

Connection::NextWrite Connection::read(TimePoint now, const DatagramView& packet) {
  m_now = now;
  m_readDatagram = false;
  m_readOther = false;
  const bool wasConnected = m_isConnected;
  const PathAddresses path(packet.local, packet.remote);
  const ngtcp2_pkt_info info{packet.ecn};
  m_heardAt = now;
  ++m_counts.packetsReceived;
  m_counts.bytesReceived += packet.payload.size();
  const int rv = ngtcp2_conn_read_pkt(m_quic, path.get(), &info, packet.payload.data(),
                                      packet.payload.size(), toQuicTime(now));
  if (rv != 0) {
    fail(rv);
    return NextWrite::Now;
  }
  if (m_besidePacing) expire(now);
  if (m_isDead) return NextWrite::Now;
  freeTlsIfDone();
  // A small packet without stream data is an acknowledgement or a PING, and answers to those may
  // wait as well. With anything unsent or unacknowledged the news in it may be worth a write.
  const bool isQuiet = (m_readDatagram || packet.payload.size() <= kSmallPacketBytes) &&
                       !m_readOther && m_datagrams.count == 0 && !m_controlOut;
  const bool mayWait = wasConnected && isQuiet && !m_closing &&
                       m_profile.ackDelay > Duration::zero() && m_deferFrom &&
                       now >= *m_deferFrom && packet.remote == m_remote && m_datagramAt &&
                       now < *m_datagramAt + kQuietAfter;
  if (!mayWait) return NextWrite::Now;
  if (!m_ackDue) m_ackDue = now + m_profile.ackDelay;
  return NextWrite::Later;
}

void Connection::expire(TimePoint now) {
  m_now = now;
  m_besidePacing.reset();
  if (m_isDead || m_closing) return;
  const ngtcp2_tstamp ts = toQuicTime(now);
  if (silenceEnd() <= ts) return fail(NGTCP2_ERR_IDLE_CLOSE);
  if (ngtcp2_conn_get_expiry(m_quic) > ts) return;
  if (const int rv = ngtcp2_conn_handle_expiry(m_quic, ts); rv != 0) fail(rv);
}

// RFC 9000 section 10.1 lets a sender's own packets put the idle time off once more, so that a peer
// that vanished would be noticed up to twice the idle time later. What counts here is what was
// heard; the RFC's floor of three probe timeouts stands.
std::uint64_t Connection::silenceEnd() const {
  if (!m_isConnected || m_profile.idleTimeout <= Duration::zero()) return UINT64_MAX;
  const auto floor = 3 * probeTimeout();
  return toQuicTime(m_heardAt + std::max(m_profile.idleTimeout, floor));
}

std::uint64_t Connection::deadline() const {
  const ngtcp2_tstamp next = m_besidePacing ? *m_besidePacing : ngtcp2_conn_get_expiry(m_quic);
  const ngtcp2_tstamp expiry = std::min(next, silenceEnd());
  // While an acknowledgement is held back its own timer lies in the past.
  if (m_ackDue) return std::max(expiry, toQuicTime(*m_ackDue));
  const ngtcp2_tstamp soonest = toQuicTime(m_now) + kSoon;
  return m_moreToWrite ? soonest : std::max(expiry, soonest);
}

void Connection::freeTlsIfDone() {
  if (!m_tls || !m_isConnected) return;
  const bool mayNeedIt =
      m_exporterAlpns != nullptr &&
      std::find(m_exporterAlpns->begin(), m_exporterAlpns->end(), m_alpn) != m_exporterAlpns->end();
  if (mayNeedIt) return;
  ngtcp2_conn_set_tls_native_handle(m_quic, nullptr);
  m_tls.reset();
}

// --- Ends

void Connection::setClosed(CloseReason reason, std::uint64_t code, std::string detail) {
  m_closed.reason = reason;
  m_closed.code = code;
  m_closed.detail = std::move(detail);
}

void Connection::requestClose(std::uint64_t appCode, std::string_view reason) {
  if (m_isDead || m_closing) return;
  m_closing = true;
  m_closeReasonText.assign(reason.substr(0, kMaxReasonBytes));
  ngtcp2_ccerr_set_application_error(
      &m_error, appCode, reinterpret_cast<const std::uint8_t*>(m_closeReasonText.data()),
      m_closeReasonText.size());
  setClosed(CloseReason::LocalClose, appCode, m_closeReasonText);
}

namespace {

CloseReason reasonOfAlert(std::uint8_t alert) {
  if (alert == kAlertNoApplicationProtocol) return CloseReason::AlpnMismatch;
  if (alert == kAlertCertificateRequired) return CloseReason::CertificateRequired;
  if (alert >= kAlertBadCertificate && alert <= kAlertUnknownCa) {
    return CloseReason::PeerRejectedKey;
  }
  return CloseReason::TransportError;
}

}  // namespace

void Connection::peerClosed() {
  m_isDead = true;
  if (m_wasReset) return setClosed(CloseReason::StatelessReset, 0, "stateless_reset");
  const ngtcp2_ccerr* theirs = ngtcp2_conn_get_ccerr(m_quic);
  const std::uint64_t code = theirs->error_code;
  std::string text = printable(theirs->reason, theirs->reasonlen);
  if (theirs->type == NGTCP2_CCERR_TYPE_APPLICATION) {
    return setClosed(CloseReason::PeerClose, code, std::move(text));
  }
  if (code == NGTCP2_CONNECTION_REFUSED) {
    return setClosed(CloseReason::Refused, code, std::move(text));
  }
  // An application's close before the handshake is over is hidden as this (RFC 9000 10.2.3).
  if (code == NGTCP2_NO_ERROR || code == NGTCP2_APPLICATION_ERROR) {
    return setClosed(CloseReason::PeerClose, 0, std::move(text));
  }
  if (code >= kCryptoErrorBase && code < kCryptoErrorBase + 0x100) {
    return setClosed(reasonOfAlert(static_cast<std::uint8_t>(code & 0xff)), code, std::move(text));
  }
  setClosed(CloseReason::TransportError, code, std::move(text));
}

void Connection::fail(int error) {
  if (m_isDead) return;
  switch (error) {
    case NGTCP2_ERR_DRAINING:
      return peerClosed();
    case NGTCP2_ERR_IDLE_CLOSE:
    case NGTCP2_ERR_HANDSHAKE_TIMEOUT:
      m_isDead = true;
      m_peerMaySend = false;
      return setClosed(m_isConnected ? CloseReason::IdleTimeout : CloseReason::HandshakeTimeout, 0,
                       ngtcp2_strerror(error));
    case NGTCP2_ERR_RECV_VERSION_NEGOTIATION:
      m_isDead = true;
      return setClosed(CloseReason::VersionMismatch, 0, ngtcp2_strerror(error));
    case NGTCP2_ERR_DROP_CONN:
    case NGTCP2_ERR_RETRY:
    case NGTCP2_ERR_CLOSING:
      m_isDead = true;
      if (!m_closing) setClosed(CloseReason::TransportError, 0, ngtcp2_strerror(error));
      return;
    default:
      break;
  }
  if (m_closing) return;  // the application's word stands
  m_closing = true;
  if (m_peerFailure) {
    const std::uint8_t alert = *m_peerFailure == CloseReason::CertificateRequired
                                   ? kAlertCertificateRequired
                                   : kAlertBadCertificate;
    ngtcp2_ccerr_set_tls_alert(&m_error, alert, nullptr, 0);
    return setClosed(*m_peerFailure, kCryptoErrorBase + alert, ngtcp2_strerror(error));
  }
  if (error == NGTCP2_ERR_CRYPTO) {
    const std::uint8_t alert = ngtcp2_conn_get_tls_alert(m_quic);
    ngtcp2_ccerr_set_tls_alert(&m_error, alert, nullptr, 0);
    // Our own complaint about the peer's certificate (it fits no pin) has been told above.
    const CloseReason reason = reasonOfAlert(alert);
    return setClosed(reason == CloseReason::PeerRejectedKey ? CloseReason::PinMismatch : reason,
                     kCryptoErrorBase + alert, ngtcp2_strerror(error));
  }
  ngtcp2_ccerr_set_liberr(&m_error, error, nullptr, 0);
  setClosed(CloseReason::TransportError, m_error.error_code, ngtcp2_strerror(error));
}

Closed Connection::closedEvent() const {
  Closed event = m_closed;
  event.wasConnected = m_isConnected;
  return event;
}

Duration Connection::probeTimeout() const {
  return Duration(static_cast<Duration::rep>(ngtcp2_conn_get_pto(m_quic)));
}

Result<void, MigrationError> Connection::migrate(TimePoint now, const SocketAddress& local,
                                                 const SocketAddress& remote) {
  using Fail = Failure<MigrationError>;
  if (m_role != Role::Client) return Fail(MigrationError::NotClient);
  if (!m_isConfirmed || m_closing || m_isDead) return Fail(MigrationError::NotConfirmed);
  if (local == m_local) return Fail(MigrationError::SamePath);
  m_now = now;
  const PathAddresses path(local, remote);
  const int rv = ngtcp2_conn_initiate_migration(m_quic, path.get(), toQuicTime(now));
  if (rv == NGTCP2_ERR_CONN_ID_BLOCKED) return Fail(MigrationError::NoSpareConnectionId);
  if (rv == NGTCP2_ERR_INVALID_ARGUMENT) return Fail(MigrationError::SamePath);
  if (rv != 0) return Fail(MigrationError::NotConfirmed);
  m_migrating = true;
  return {};
}

void Connection::controlConsumed(std::size_t bytes) {
  if (m_isDead) return;
  (void)ngtcp2_conn_extend_max_stream_offset(m_quic, 0, bytes);
  ngtcp2_conn_extend_max_offset(m_quic, bytes);
}

// --- Asked

ConnectionStats Connection::stats() const {
  ConnectionStats out = m_counts;
  ngtcp2_conn_info info{};
  ngtcp2_conn_get_conn_info(m_quic, &info);
  const auto toDuration = [](ngtcp2_duration d) {
    return d == UINT64_MAX ? Duration::zero() : Duration(static_cast<Duration::rep>(d));
  };
  out.latestRtt = toDuration(info.latest_rtt);
  out.minRtt = toDuration(info.min_rtt);
  out.smoothedRtt = toDuration(info.smoothed_rtt);
  out.rttVariation = toDuration(info.rttvar);
  out.congestionWindow = info.cwnd;
  out.bytesInFlight = info.bytes_in_flight;
  out.maxDatagram = maxDatagram();
  out.datagramsQueued = m_datagrams.count;
  out.controlPending = m_controlOut ? m_controlOut->size() : 0;
  return out;
}

std::optional<std::array<std::uint8_t, 32>> Connection::exporter(std::string_view label,
                                                                 ByteView context) const {
  if (!m_tls || !m_isConnected) return std::nullopt;
  std::array<std::uint8_t, 32> out{};
  const int rv = gnutls_prf_rfc5705(m_tls.get(), label.size(), label.data(), context.size(),
                                    reinterpret_cast<const char*>(context.data()), out.size(),
                                    reinterpret_cast<char*>(out.data()));
  if (rv < 0) return std::nullopt;
  return out;
}

}  // namespace foyer::net
