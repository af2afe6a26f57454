// One QUIC connection of an Endpoint: the ngtcp2 state, its TLS session while needed, what waits
// to be sent. Internal to the room. Must not move (GnuTLS and ngtcp2 keep its address) and must
// not be deleted from inside one of its own callbacks. One thread.
#pragma once

#include <ngtcp2/ngtcp2.h>
#include <ngtcp2/ngtcp2_crypto.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/net/control_buffer.h"
#include "core/net/datagram_pool.h"
#include "core/net/endpoint.h"
#include "core/net/tls_context.h"
#include "core/net/transmit_builder.h"

namespace foyer::net {

class Connection;

// Holding back acknowledgements would hold back HANDSHAKE_DONE and the first RTT samples too.
inline constexpr Duration kNoAckDelayBefore = 300ms;
// Where no datagrams have passed for so long the answer to a PING is not held back: it saves
// nothing there, and where the way is faster than the handshake was, its wait would count as the
// way's.
inline constexpr Duration kQuietAfter = 1s;

// What a connection asks of the endpoint that owns it.
class ConnectionHost {
 public:
  virtual RandomSource& random() = 0;
  virtual DatagramPool& datagrams() = 0;
  // Draws a new connection id with its reset token (16 bytes) and routes it here.
  virtual bool issueConnectionId(Connection& to, ngtcp2_cid& cid, std::uint8_t* resetToken) = 0;
  virtual void retireConnectionId(Connection& from, const ngtcp2_cid& cid) = 0;
  // A packet that ends in this token (16 bytes) is a reset of this connection.
  virtual void setResetToken(Connection& of, const std::uint8_t* token, bool isActive) = 0;
  virtual void emit(Event event) = 0;
  virtual void deliverDatagram(Connection& from, ByteView payload) = 0;

 protected:
  ~ConnectionHost() = default;
};

struct ServerStart {
  const ngtcp2_pkt_hd* header = nullptr;
  // The client's first Destination Connection ID when a Retry came between.
  const ngtcp2_cid* originalDcid = nullptr;
  std::uint64_t tag = 0;
};

class Connection {
 public:
  static int verifyPeer(gnutls_session_t session);

  Connection(ConnectionHost& host, const TransportProfile& profile, ConnectionId id, Role role,
             KeyPin pin);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False: GnuTLS or ngtcp2 would not.
  [[nodiscard]] bool startClient(TimePoint now, const TlsContext& tls, const DialOptions& options);
  [[nodiscard]] bool startServer(TimePoint now, const TlsContext& tls, const ServerStart& start,
                                 const std::vector<std::string>& alpns, const SocketAddress& local,
                                 const SocketAddress& remote);

  // Later: only datagrams came, and the acknowledgement may wait until deadline().
  enum class NextWrite : std::uint8_t { Now, Later };
  NextWrite read(TimePoint now, const DatagramView& packet);
  void expire(TimePoint now);
  // Writes all that may leave now. Nothing afterwards when isDead().
  void write(TimePoint now, TransmitBuilder& out);
  // When expire() is next due, ngtcp2 time.
  [[nodiscard]] std::uint64_t deadline() const;
  [[nodiscard]] std::optional<TimePoint> ackDue() const { return m_ackDue; }

  [[nodiscard]] Result<void, SendError> sendControl(ByteView bytes);
  [[nodiscard]] Result<void, SendError> sendDatagram(TimePoint now, ByteView header,
                                                     ByteView payload, DatagramUse use);
  void requestClose(std::uint64_t appCode, std::string_view reason);
  [[nodiscard]] Result<void, MigrationError> migrate(TimePoint now, const SocketAddress& local,
                                                     const SocketAddress& remote);
  void controlConsumed(std::size_t bytes);

  [[nodiscard]] ConnectionId id() const { return m_id; }
  [[nodiscard]] Role role() const { return m_role; }
  [[nodiscard]] bool isDead() const { return m_isDead; }
  [[nodiscard]] bool isConnected() const { return m_isConnected && !m_closing; }
  [[nodiscard]] bool wasConnected() const { return m_isConnected; }
  [[nodiscard]] bool isHalfOpen() const { return m_role == Role::Server && !m_isConnected; }
  [[nodiscard]] const std::optional<PublicKey>& peer() const { return m_provenPeer; }
  [[nodiscard]] const SocketAddress& remote() const { return m_remote; }
  [[nodiscard]] const SocketAddress& local() const { return m_local; }
  [[nodiscard]] std::size_t maxDatagram() const;
  [[nodiscard]] ConnectionStats stats() const;
  [[nodiscard]] std::optional<std::array<std::uint8_t, 32>> exporter(std::string_view label,
                                                                     ByteView context) const;
  void setExporterAlpns(const std::vector<std::string>& names) { m_exporterAlpns = &names; }

  // For burial.
  [[nodiscard]] Closed closedEvent() const;
  [[nodiscard]] bool wasReset() const { return m_wasReset; }
  [[nodiscard]] Bytes takeClosePacket() { return std::move(m_closePacket); }
  [[nodiscard]] Duration probeTimeout() const;
  // True when the peer may still send packets of this connection.
  [[nodiscard]] bool leavesTombstone() const { return m_peerMaySend; }

  // Owned by the endpoint: what routes here, and its place in the list of those to write.
  std::vector<std::uint64_t> cidKeys;
  std::vector<std::uint64_t> resetTokenKeys;
  Bytes initialDcid;
  bool isDirty = false;

 private:
  struct Callbacks;
  friend struct Callbacks;

  void attachTls();
  void fillSettings(ngtcp2_settings& settings, TimePoint now) const;
  void fillParams(ngtcp2_transport_params& params) const;
  void fail(int error);
  void setClosed(CloseReason reason, std::uint64_t code, std::string detail);
  void peerClosed();
  void writeClose(TimePoint now, TransmitBuilder& out);
  // What one call into ngtcp2's writers did.
  struct Step;
  void writeData(TimePoint now, TransmitBuilder& out);
  void paceAfter(TimePoint now, bool nothingWaits);
  [[nodiscard]] Step writeDatagram(std::uint8_t* to, ngtcp2_path* path, ngtcp2_pkt_info* info);
  [[nodiscard]] Step writeControl(std::uint8_t* to, ngtcp2_path* path, ngtcp2_pkt_info* info);
  [[nodiscard]] bool mayWriteControl() const;
  void dropStaleDatagrams(TimePoint now);
  void becomeConnected();
  void freeTlsIfDone();
  [[nodiscard]] bool checkPeer();
  [[nodiscard]] bool matchesPin(const PublicKey& key) const;
  // When a silent peer is given up, ngtcp2 time; UINT64_MAX: not by this.
  [[nodiscard]] std::uint64_t silenceEnd() const;

  // From the callbacks.
  int onHandshakeCompleted();
  int onHandshakeConfirmed();
  int onKeyReady(ngtcp2_encryption_level level);
  int onControl(bool isEnd, ByteView bytes);
  void onControlEnded();
  void onPathValidated(const ngtcp2_path& path, bool isGood);

  ngtcp2_crypto_conn_ref m_ref{};
  ConnectionHost& m_host;
  ngtcp2_conn* m_quic = nullptr;
  TlsSession m_tls;
  ConnectionId m_id;
  const std::vector<std::string>* m_exporterAlpns = nullptr;
  KeyPin m_pin;
  std::optional<PublicKey> m_seenPeer;    // showed the certificate, pin held
  std::optional<PublicKey> m_provenPeer;  // and possession is proven
  std::string m_alpn;
  SocketAddress m_local;
  SocketAddress m_remote;
  std::uint64_t m_tag = 0;
  TimePoint m_now{};
  TimePoint m_heardAt{};

  // Only while something is pending.
  std::unique_ptr<ControlBuffer> m_controlOut;
  Bytes m_earlyControl;
  DatagramQueue m_datagrams;
  std::size_t m_peerMaxFrame = 0;
  std::uint64_t m_datagramId = 0;
  std::optional<TimePoint> m_deferFrom;
  std::optional<TimePoint> m_datagramAt;  // the last that was read or queued
  std::optional<TimePoint> m_ackDue;
  // The next timer but that of pacing, QUIC time; until anything else may have moved it.
  std::optional<std::uint64_t> m_besidePacing;

  // Close.
  ngtcp2_ccerr m_error{};
  std::string m_closeReasonText;
  Closed m_closed;
  Bytes m_closePacket;

  ConnectionStats m_counts;
  TransportProfile m_profile;

  Role m_role;
  ControlRelease m_controlRelease = ControlRelease::WithFinished;
  ConnectedWhen m_connectedWhen = ConnectedWhen::Confirmed;
  bool m_isConnected = false;
  bool m_isConfirmed = false;
  bool m_isDead = false;
  bool m_closing = false;  // a close packet is to be written
  bool m_peerMaySend = false;
  bool m_wasReset = false;
  bool m_keysReady = false;  // 1-RTT keys to send with
  bool m_streamOpen = false;
  bool m_migrating = false;
  bool m_readDatagram = false;
  bool m_readOther = false;
  bool m_moreToWrite = false;
  std::optional<CloseReason> m_peerFailure;
};

}  // namespace foyer::net
