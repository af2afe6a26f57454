// What an endpoint answers without a connection: Initials, unknown versions, packets of connections
// it does not know or no longer has. Every answer is bounded in rate and in size.
#include <algorithm>

#include "core/net/cid_maker.h"
#include "core/net/endpoint_core.h"
#include "core/net/path_address.h"
#include "core/net/quic_time.h"

namespace foyer::net {

namespace {

// RFC 9000 section 14.1: smaller Initials are dropped.
constexpr std::size_t kMinInitialDatagram = 1200;
// RFC 9000 section 10.3: 5 random bytes and the token.
constexpr std::size_t kMinReset = 21;
// Long enough to pass for any packet; shorter triggers get an answer one byte shorter still.
constexpr std::size_t kMaxReset = 42;
constexpr ngtcp2_duration kRetryTokenLife = 10 * NGTCP2_SECONDS;
// Between two pollTransmit() calls.
constexpr std::size_t kMaxWaitingReplies = 256;

}  // namespace

std::uint64_t Endpoint::Core::initialKey(ByteView dcid) const { return keyedHash(m_hashKey, dcid); }

bool Endpoint::Core::mayBeFound() const {
  if (config.acceptMode == AcceptMode::Silent) return false;
  return config.isPublic || !config.acceptFilter;
}

bool Endpoint::Core::reply(const DatagramView& to, ByteView packet) {
  if (m_replies.size() >= kMaxWaitingReplies) {
    ++stats.statelessSuppressed;
    return false;
  }
  m_replies.push_back({to.local, to.remote, toBytes(packet)});
  return true;
}

void Endpoint::Core::sendVersionNegotiation(TimePoint now, const DatagramView& datagram,
                                            const ngtcp2_version_cid& ids) {
  if (!mayBeFound() || datagram.payload.size() < kMinInitialDatagram) {
    ++stats.unknown;
    return;
  }
  if (!m_statelessBucket.take(now)) {
    ++stats.statelessSuppressed;
    return;
  }
  std::array<std::uint8_t, 256> packet;
  const std::uint32_t versions[] = {NGTCP2_PROTO_VER_V1};
  std::uint8_t unused = 0;
  m_random.fill({&unused, 1});
  const ngtcp2_ssize n =
      ngtcp2_pkt_write_version_negotiation(packet.data(), packet.size(), unused, ids.scid,
                                           ids.scidlen, ids.dcid, ids.dcidlen, versions, 1);
  if (n <= 0) return;
  if (reply(datagram, {packet.data(), static_cast<std::size_t>(n)}))
    ++stats.versionNegotiationsSent;
}

void Endpoint::Core::repeatClose(const DatagramView& datagram, std::uint64_t handle) {
  const Tombstone* left = m_tombstones.touch(handle, datagram.payload.size());
  if (left == nullptr || m_replies.size() >= kMaxWaitingReplies) return;
  ++stats.closesRepeated;
  // To where the connection was, not to where this packet claims to be from.
  m_replies.push_back({left->local, left->remote, left->closePacket});
}

bool Endpoint::Core::routeReset(TimePoint now, const DatagramView& datagram) {
  if (datagram.payload.size() < kMinReset) return false;
  const std::uint8_t* token =
      datagram.payload.data() + datagram.payload.size() - NGTCP2_STATELESS_RESET_TOKENLEN;
  Connection* connection = find(ConnectionId{m_resetRoutes.find(readU64(token))});
  if (connection == nullptr) return false;
  // ngtcp2 compares the whole token, for the connection's current path.
  ++stats.resetsReceived;
  feed(now, *connection, datagram);
  return true;
}

void Endpoint::Core::handleUnknownShort(TimePoint now, const DatagramView& datagram,
                                        ByteView dcid) {
  // A reset has a random connection id, so its last bytes are what tells it.
  if (routeReset(now, datagram)) return;
  ++stats.unknown;
  // The answer must be smaller than its trigger, so that two endpoints that answer each other's
  // resets soon stop.
  const std::size_t size = std::min(kMaxReset, datagram.payload.size() - 1);
  if (!config.sendStatelessResets || !mayBeFound() || size < kMinReset) return;
  if (!m_resetBucket.take(now) || !m_statelessBucket.take(now)) {
    ++stats.statelessSuppressed;
    return;
  }
  ngtcp2_cid cid{};
  ngtcp2_cid_init(&cid, dcid.data(), dcid.size());
  std::array<std::uint8_t, NGTCP2_STATELESS_RESET_TOKENLEN> token{};
  if (ngtcp2_crypto_generate_stateless_reset_token(token.data(), m_resetSecret.data(),
                                                   m_resetSecret.view().size(), &cid) != 0) {
    return;
  }
  std::array<std::uint8_t, kMaxReset> noise{};
  m_random.fill(noise);
  std::array<std::uint8_t, kMaxReset> packet{};
  const ngtcp2_ssize n = ngtcp2_pkt_write_stateless_reset(
      packet.data(), packet.size(), token.data(), noise.data(), size - token.size());
  if (n <= 0) return;
  if (reply(datagram, {packet.data(), static_cast<std::size_t>(n)})) ++stats.resetsSent;
}

void Endpoint::Core::handleInitial(TimePoint now, const DatagramView& datagram) {
  ngtcp2_pkt_hd header{};
  if (config.acceptMode == AcceptMode::Silent || datagram.payload.size() < kMinInitialDatagram ||
      ngtcp2_accept(&header, datagram.payload.data(), datagram.payload.size()) != 0) {
    ++stats.unknown;
    return;
  }
  Arrival arrival{datagram, header, header.dcid};
  if (header.tokenlen > 0) {
    ngtcp2_sockaddr_union from{};
    const ngtcp2_socklen fromSize = fillSockaddr(datagram.remote, from);
    ngtcp2_cid original{};
    if (ngtcp2_crypto_verify_retry_token2(&original, header.token, header.tokenlen,
                                          m_retrySecret.data(), m_retrySecret.size(),
                                          header.version, &from.sa, fromSize, &header.dcid,
                                          kRetryTokenLife, toQuicTime(now)) == 0) {
      arrival.originalDcid = original;
      arrival.isValidated = true;
    }
  }
  AcceptDecision decision;
  if (config.acceptFilter) {
    const IncomingDial dial{datagram.local,
                            datagram.remote,
                            {arrival.originalDcid.data, arrival.originalDcid.datalen},
                            arrival.isValidated};
    auto answer = config.acceptFilter(dial);
    if (!answer) {
      ++stats.initialsDropped;
      return;
    }
    decision = std::move(*answer);
  }
  if (mayAccept(now, arrival)) accept(now, arrival, decision);
}

bool Endpoint::Core::mayAccept(TimePoint now, const Arrival& arrival) {
  const IpAddress& source = arrival.datagram.remote.ip;
  if (arrival.isValidated) {
    if (!m_provenInitials.take(now, source)) {
      ++stats.initialsDropped;
      return false;
    }
  } else if (const bool withinRate = m_unprovenInitials.take(now, source);
             retryAlways || !withinRate || halfOpen >= config.retryAboveHalfOpen) {
    // Somebody who floods under a borrowed address gets no further than this.
    sendRetry(now, arrival);
    return false;
  }
  if (config.acceptMode == AcceptMode::Refuse || liveCount >= config.maxConnections) {
    sendRefusal(now, arrival);
    return false;
  }
  if (halfOpen >= config.maxHalfOpen) {
    ++stats.initialsDropped;
    return false;
  }
  return true;
}

void Endpoint::Core::accept(TimePoint now, const Arrival& arrival, const AcceptDecision& decision) {
  Connection* connection = create(decision.profile ? *decision.profile : config.serverProfile,
                                  Role::Server, decision.pin);
  if (connection == nullptr) return;
  const std::vector<std::string>& alpns = decision.alpns.empty() ? config.alpns : decision.alpns;
  const ServerStart start{&arrival.header, arrival.isValidated ? &arrival.originalDcid : nullptr,
                          decision.tag};
  if (!connection->startServer(now, m_tls, start, alpns, arrival.datagram.local,
                               arrival.datagram.remote)) {
    ++stats.initialsDropped;
    discard(*connection);
    return;
  }
  ++stats.accepted;
  // Repeated Initials come under the id the client chose.
  connection->initialDcid.assign(arrival.header.dcid.data,
                                 arrival.header.dcid.data + arrival.header.dcid.datalen);
  m_initialRoutes.set(initialKey(connection->initialDcid), connection->id().value);
  feed(now, *connection, arrival.datagram);
}

void Endpoint::Core::sendRetry(TimePoint now, const Arrival& arrival) {
  if (!m_statelessBucket.take(now)) {
    ++stats.statelessSuppressed;
    return;
  }
  ngtcp2_sockaddr_union from{};
  const ngtcp2_socklen fromSize = fillSockaddr(arrival.datagram.remote, from);
  const ngtcp2_cid scid = makeConnectionId(m_random);
  std::array<std::uint8_t, NGTCP2_CRYPTO_MAX_RETRY_TOKENLEN2> token;
  const ngtcp2_ssize tokenSize = ngtcp2_crypto_generate_retry_token2(
      token.data(), m_retrySecret.data(), m_retrySecret.size(), arrival.header.version, &from.sa,
      fromSize, &scid, &arrival.header.dcid, toQuicTime(now));
  if (tokenSize <= 0) return;
  std::array<std::uint8_t, 512> packet;
  const ngtcp2_ssize n = ngtcp2_crypto_write_retry(
      packet.data(), packet.size(), arrival.header.version, &arrival.header.scid, &scid,
      &arrival.header.dcid, token.data(), static_cast<std::size_t>(tokenSize));
  if (n <= 0) return;
  if (reply(arrival.datagram, {packet.data(), static_cast<std::size_t>(n)})) ++stats.retriesSent;
}

void Endpoint::Core::sendRefusal(TimePoint now, const Arrival& arrival) {
  if (!m_statelessBucket.take(now)) {
    ++stats.statelessSuppressed;
    return;
  }
  std::array<std::uint8_t, 256> packet;
  const ngtcp2_ssize n = ngtcp2_crypto_write_connection_close(
      packet.data(), packet.size(), arrival.header.version, &arrival.header.scid,
      &arrival.header.dcid, NGTCP2_CONNECTION_REFUSED, nullptr, 0);
  if (n <= 0) return;
  if (reply(arrival.datagram, {packet.data(), static_cast<std::size_t>(n)})) ++stats.refused;
}

}  // namespace foyer::net
