// One UDP socket's worth of QUIC v1 with datagrams (RFC 9000, 9001, 9221) over ngtcp2 and GnuTLS,
// client and server connections together, without I/O: bytes and `now` go in, bytes, events and a
// wake-up time come out. Leaves out sockets, framing of control messages, STUN and TURN themselves.
// A value of one thread.
//
// A turn of the owner's loop: handleDatagram()* , handleTimeout(now) if due, pollEvent()*, sends,
// then pollTransmit(now, sink), then sleep until pollTimeout(). Nothing is written but by
// pollTransmit(), so every call is safe from inside a DatagramHandler except pollTransmit(),
// handleDatagram() and handleTimeout().
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/net/connection_id.h"
#include "core/net/endpoint_config.h"
#include "core/net/endpoint_event.h"

namespace foyer::crypto {
class Identity;
}

namespace foyer::net {

struct DatagramView {
  // Label of the path; must stay the same for the life of a path (a wildcard socket uses one
  // constant), because QUIC drops packets whose local address changes.
  SocketAddress local;
  SocketAddress remote;
  // Low two bits of the IP traffic class (RFC 3168).
  std::uint8_t ecn = 0;
  ByteView payload;
};

// One or more packets to one address: all of `segmentSize` bytes, the last may be shorter, at most
// 64 and 64 kB together (fits UDP_SEGMENT). `payload` is valid during the sink's call only.
struct TransmitBatch {
  SocketAddress local;
  SocketAddress remote;
  std::uint8_t ecn = 0;
  std::size_t segmentSize = 0;
  ByteView payload;
  // For who counts packets. Bit n: packet n carries a datagram of the stream; and the bytes of all
  // such frames (RFC 9221 section 4) in the batch.
  std::uint64_t datagramPackets = 0;
  std::size_t datagramBytes = 0;

  [[nodiscard]] std::size_t packets() const {
    return segmentSize == 0 ? 0 : (payload.size() + segmentSize - 1) / segmentSize;
  }
};
using TransmitSink = std::function<void(const TransmitBatch&)>;

// The fast path for datagrams: called inside handleDatagram(), without a copy. May call
// sendDatagram(), sendControl() and close() of the same Endpoint for any connection.
class DatagramHandler {
 public:
  virtual ~DatagramHandler() = default;
  virtual void onDatagram(TimePoint now, ConnectionId from, ByteView payload) = 0;
};

class Endpoint {
 public:
  // `random` must outlive the endpoint. The identity's seed is copied into GnuTLS' own key only.
  Endpoint(EndpointConfig config, const crypto::Identity& identity, RandomSource& random);
  ~Endpoint();
  Endpoint(Endpoint&&) noexcept;
  Endpoint& operator=(Endpoint&&) noexcept;

  // Starts a client connection; the first packet leaves with the next pollTransmit().
  [[nodiscard]] Result<ConnectionId, DialError> connect(TimePoint now, const DialOptions& options);

  // --- Fed
  Demux handleDatagram(TimePoint now, const DatagramView& datagram);
  void handleTimeout(TimePoint now);

  // --- Drained
  // Writes everything that is due to `sink`.
  void pollTransmit(TimePoint now, const TransmitSink& sink);
  [[nodiscard]] std::optional<Event> pollEvent();
  // When handleTimeout() has something to do; may be early, is never late.
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // --- Sending
  // Appends to the control stream, whole or not at all. May be called right after connect(): the
  // bytes wait for the server's key (DialOptions::controlRelease).
  [[nodiscard]] Result<void, SendError> sendControl(ConnectionId id, ByteView bytes);
  // Queues `header` ‖ `payload` as one datagram, displacing the oldest when the queue is full.
  [[nodiscard]] Result<void, SendError> sendDatagram(TimePoint now, ConnectionId id,
                                                     ByteView header, ByteView payload,
                                                     DatagramUse use = DatagramUse::Stream);
  // Closes with an application code; Closed{LocalClose} follows. Queued control bytes that fit the
  // congestion window are sent before. Unknown ids are ignored.
  void close(TimePoint now, ConnectionId id, std::uint64_t appCode, std::string_view reason = {});
  void closeAll(TimePoint now, std::uint64_t appCode, std::string_view reason = {});
  // Client only, after Connected: validates the new path, then moves there (PathChanged). A new
  // remote address needs a new local label too.
  [[nodiscard]] Result<void, MigrationError> initiateMigration(TimePoint now, ConnectionId id,
                                                               const SocketAddress& newLocal,
                                                               const SocketAddress& newRemote);

  // --- Asked
  [[nodiscard]] std::optional<ConnectionStats> stats(ConnectionId id) const;
  // The key the peer proved; from ServerKeyVerified or Connected on.
  [[nodiscard]] std::optional<PublicKey> peerKey(ConnectionId id) const;
  [[nodiscard]] std::optional<SocketAddress> remoteAddress(ConnectionId id) const;
  // Largest header + payload one datagram takes on the current path; 0 before Connected.
  [[nodiscard]] std::size_t maxDatagramSize(ConnectionId id) const;
  [[nodiscard]] bool isConnected(ConnectionId id) const;
  // 32 bytes of the TLS exporter (RFC 8446 section 7.5, gnutls_prf_rfc5705), equal at both ends and
  // new per connection; only for EndpointConfig::exporterAlpns and after Connected.
  [[nodiscard]] std::optional<std::array<std::uint8_t, 32>> exporter(ConnectionId id,
                                                                     std::string_view label,
                                                                     ByteView context) const;
  [[nodiscard]] const EndpointStats& endpointStats() const;
  [[nodiscard]] std::size_t connectionCount() const;
  [[nodiscard]] std::size_t halfOpenCount() const;

  // --- Steered
  // Not owned; null goes back to DatagramReceived events.
  void setDatagramHandler(DatagramHandler* handler);
  void setAcceptMode(AcceptMode mode);
  void setAcceptFilter(AcceptFilter filter);
  // ChannelData (first byte 64..79) is told from QUIC by its source address (RFC 9443). At most 16.
  void setTurnServers(std::vector<SocketAddress> servers);
  // Every Initial must bring a Retry token, whatever the load.
  void setRetryAlways(bool always);

 private:
  class Core;
  std::unique_ptr<Core> m_core;
};

}  // namespace foyer::net
