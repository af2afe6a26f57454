// The inside of Endpoint: the table of connections, what routes to them, timers, and everything
// that is answered without a connection. Internal to the room. One thread.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "core/crypto/primitives.h"
#include "core/net/cid_table.h"
#include "core/net/connection.h"
#include "core/net/datagram_pool.h"
#include "core/net/rate_limit.h"
#include "core/net/timer_heap.h"
#include "core/net/tls_context.h"
#include "core/net/tombstones.h"
#include "core/net/transmit_builder.h"

namespace foyer::net {

class Endpoint::Core final : public ConnectionHost {
 public:
  Core(EndpointConfig config, const crypto::Identity& identity, RandomSource& random);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  Result<ConnectionId, DialError> connect(TimePoint now, const DialOptions& options);
  Demux handleDatagram(TimePoint now, const DatagramView& datagram);
  void handleTimeout(TimePoint now);
  void pollTransmit(TimePoint now, const TransmitSink& sink);
  std::optional<Event> pollEvent();
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;
  [[nodiscard]] Connection* find(ConnectionId id) const;
  void markDirty(Connection& connection);
  // Also after a call that may have killed or delayed it.
  void closeAll(std::uint64_t appCode, std::string_view reason);
  // ngtcp2 must never see time run backwards.
  TimePoint advance(TimePoint now);

  // ConnectionHost
  RandomSource& random() override { return m_random; }
  DatagramPool& datagrams() override { return m_pool; }
  bool issueConnectionId(Connection& to, ngtcp2_cid& cid, std::uint8_t* resetToken) override;
  void retireConnectionId(Connection& from, const ngtcp2_cid& cid) override;
  void setResetToken(Connection& of, const std::uint8_t* token, bool isActive) override;
  void emit(Event event) override;
  void deliverDatagram(Connection& from, ByteView payload) override;

  EndpointConfig config;
  EndpointStats stats;
  DatagramHandler* handler = nullptr;
  std::vector<SocketAddress> turnServers;
  bool retryAlways = false;
  std::size_t liveCount = 0;
  std::size_t halfOpen = 0;

 private:
  struct StatelessReply {
    SocketAddress local;
    SocketAddress remote;
    Bytes packet;
  };
  // A connection that is being accepted.
  struct Arrival {
    const DatagramView& datagram;
    const ngtcp2_pkt_hd& header;
    ngtcp2_cid originalDcid;
    bool isValidated = false;
  };

  [[nodiscard]] Demux classify(const DatagramView& datagram) const;
  void handleQuic(TimePoint now, const DatagramView& datagram);
  void feed(TimePoint now, Connection& connection, const DatagramView& datagram);
  void schedule(Connection& connection);
  void bury(TimePoint now, Connection& connection);
  Connection* create(const TransportProfile& profile, Role role, KeyPin pin);
  void discard(Connection& connection);

  // Packets of no connection (endpoint_stateless.cpp).
  void handleInitial(TimePoint now, const DatagramView& datagram);
  void handleUnknownShort(TimePoint now, const DatagramView& datagram, ByteView dcid);
  [[nodiscard]] bool routeReset(TimePoint now, const DatagramView& datagram);
  void repeatClose(const DatagramView& datagram, std::uint64_t handle);
  [[nodiscard]] bool mayAccept(TimePoint now, const Arrival& arrival);
  void accept(TimePoint now, const Arrival& arrival, const AcceptDecision& decision);
  void sendRetry(TimePoint now, const Arrival& arrival);
  void sendRefusal(TimePoint now, const Arrival& arrival);
  void sendVersionNegotiation(TimePoint now, const DatagramView& datagram,
                              const ngtcp2_version_cid& ids);
  // False when too many wait already.
  bool reply(const DatagramView& to, ByteView packet);
  [[nodiscard]] std::uint64_t initialKey(ByteView dcid) const;
  // Strangers may learn that something answers here.
  [[nodiscard]] bool mayBeFound() const;

  RandomSource& m_random;
  TlsContext m_tls;
  // Of the identity and not of this run: a client of an earlier run learns by a reset at once that
  // its connection is gone (RFC 9000 section 10.3.2).
  crypto::SecretKey m_resetSecret;
  std::array<std::uint8_t, 32> m_retrySecret{};
  HashKey m_hashKey;

  // Before the connections: their destructors give slots back.
  DatagramPool m_pool;
  CidTable m_routes;         // our connection ids → connection or tombstone
  CidTable m_initialRoutes;  // hash of the client's first DCID → connection
  CidTable m_resetRoutes;    // first half of a reset token → connection
  Tombstones m_tombstones;
  std::vector<std::unique_ptr<Connection>> m_slots;
  std::vector<std::uint32_t> m_freeSlots;
  std::uint64_t m_nextGeneration = 1;

  TimerHeap m_timers;
  std::vector<ConnectionId> m_dirty;
  std::vector<ConnectionId> m_writing;
  std::deque<Event> m_events;
  std::size_t m_datagramEvents = 0;
  std::vector<StatelessReply> m_replies;
  TransmitBuilder m_builder;
  TimePoint m_now{};

  AddressLimiter m_unprovenInitials;
  AddressLimiter m_provenInitials;
  TokenBucket m_statelessBucket;
  TokenBucket m_resetBucket;
};

}  // namespace foyer::net
