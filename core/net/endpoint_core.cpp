#include "core/net/endpoint_core.h"

#include <algorithm>

#include "core/net/cid_maker.h"
#include "core/net/quic_time.h"

namespace foyer::net {

namespace {

constexpr std::size_t kClientDcidBytes = 16;
// RFC 9000 section 10.2: closing and draining last three probe timeouts.
constexpr int kTombstoneTimeouts = 3;

constexpr std::uint32_t kStunCookie = 0x2112A442;  // RFC 8489 section 5
constexpr std::size_t kStunHeader = 20;

constexpr const char* kResetLabel = "foyer/1 quic reset";  // docs/keys.md section 16

HashKey drawHashKey(RandomSource& random) { return {random.u64(), random.u64()}; }

}  // namespace

Endpoint::Core::Core(EndpointConfig from, const crypto::Identity& identity, RandomSource& random)
    : config(std::move(from)),
      m_random(random),
      m_tls(identity, &Connection::verifyPeer),
      m_resetSecret(crypto::expand(crypto::extract({}, identity.seed().view()), kResetLabel)),
      m_hashKey(drawHashKey(random)),
      m_pool(config.maxQueuedDatagrams),
      m_routes(random.u64()),
      m_initialRoutes(random.u64()),
      m_resetRoutes(random.u64()),
      m_tombstones(config.maxTombstones, m_routes),
      m_unprovenInitials(config.initialsPerSecond, config.initialsBurst, m_hashKey),
      m_provenInitials(config.initialsPerSecond, config.initialsBurst, m_hashKey),
      m_statelessBucket(config.statelessRepliesPerSecond, config.statelessRepliesPerSecond),
      m_resetBucket(config.statelessResetsPerSecond, config.statelessResetsPerSecond) {
  random.fill(m_retrySecret);
  config.maxConnections = std::min(config.maxConnections, std::size_t{ConnectionId::kSlotMask});
}

Endpoint::Core::~Core() {
  m_slots.clear();  // while everything they give back to still lives
  crypto::wipe(m_retrySecret);
}

TimePoint Endpoint::Core::advance(TimePoint now) {
  m_now = std::max(m_now, now);
  return m_now;
}

// --- The table of connections

Connection* Endpoint::Core::find(ConnectionId id) const {
  if (id.isNull() || id.slot() >= m_slots.size()) return nullptr;
  Connection* connection = m_slots[id.slot()].get();
  return connection != nullptr && connection->id() == id ? connection : nullptr;
}

Connection* Endpoint::Core::create(const TransportProfile& profile, Role role, KeyPin pin) {
  if (liveCount >= config.maxConnections) return nullptr;
  if (m_freeSlots.empty()) {
    m_freeSlots.push_back(static_cast<std::uint32_t>(m_slots.size()));
    m_slots.emplace_back();
  }
  const std::uint32_t slot = m_freeSlots.back();
  m_freeSlots.pop_back();
  const ConnectionId id{(m_nextGeneration++ << ConnectionId::kSlotBits) | slot};
  m_slots[slot] = std::make_unique<Connection>(*this, profile, id, role, std::move(pin));
  Connection* connection = m_slots[slot].get();
  connection->setExporterAlpns(config.exporterAlpns);
  ++liveCount;
  if (connection->isHalfOpen()) ++halfOpen;
  return connection;
}

void Endpoint::Core::discard(Connection& connection) {
  const std::uint64_t handle = connection.id().value;
  for (const std::uint64_t key : connection.cidKeys) m_routes.erase(key, handle);
  for (const std::uint64_t key : connection.resetTokenKeys) m_resetRoutes.erase(key, handle);
  if (!connection.initialDcid.empty())
    m_initialRoutes.erase(initialKey(connection.initialDcid), handle);
  const auto slot = static_cast<std::uint32_t>(connection.id().slot());
  m_timers.remove(slot);
  if (connection.isHalfOpen()) --halfOpen;
  --liveCount;
  m_slots[slot].reset();
  m_freeSlots.push_back(slot);
}

void Endpoint::Core::bury(TimePoint now, Connection& connection) {
  emit(connection.closedEvent());
  Tombstone left;
  const bool leaves = connection.leavesTombstone() && !connection.wasReset();
  if (leaves) {
    left.cidKeys = connection.cidKeys;
    left.closePacket = connection.takeClosePacket();
    left.local = connection.local();
    left.remote = connection.remote();
    left.expires = now + kTombstoneTimeouts * connection.probeTimeout();
  }
  discard(connection);
  if (leaves) m_tombstones.add(std::move(left));
}

bool Endpoint::Core::issueConnectionId(Connection& to, ngtcp2_cid& cid, std::uint8_t* resetToken) {
  cid = makeConnectionId(m_random);
  if (ngtcp2_crypto_generate_stateless_reset_token(resetToken, m_resetSecret.data(),
                                                   m_resetSecret.view().size(), &cid) != 0) {
    return false;
  }
  const std::uint64_t key = connectionIdKey(cid.data);
  m_routes.set(key, to.id().value);
  to.cidKeys.push_back(key);
  return true;
}

void Endpoint::Core::retireConnectionId(Connection& from, const ngtcp2_cid& cid) {
  if (cid.datalen != kConnectionIdSize) return;
  const std::uint64_t key = connectionIdKey(cid.data);
  m_routes.erase(key, from.id().value);
  std::erase(from.cidKeys, key);
}

void Endpoint::Core::setResetToken(Connection& of, const std::uint8_t* token, bool isActive) {
  const std::uint64_t key = readU64(token);
  if (isActive) {
    m_resetRoutes.set(key, of.id().value);
    of.resetTokenKeys.push_back(key);
  } else {
    m_resetRoutes.erase(key, of.id().value);
    std::erase(of.resetTokenKeys, key);
  }
}

Result<ConnectionId, DialError> Endpoint::Core::connect(TimePoint now, const DialOptions& options) {
  const std::size_t dcidSize = options.initialDcid.size();
  const bool goodDcid =
      dcidSize == 0 || (dcidSize >= NGTCP2_MIN_INITIAL_DCIDLEN && dcidSize <= NGTCP2_MAX_CIDLEN);
  if (!goodDcid || options.alpn.empty() || options.alpn.size() > 255 || options.remote.port == 0) {
    return Failure<DialError>(DialError::BadOptions);
  }
  Connection* connection = create(options.profile, Role::Client, options.pin);
  if (connection == nullptr) return Failure<DialError>(DialError::TooManyConnections);
  connection->initialDcid = options.initialDcid;
  if (dcidSize == 0) {
    connection->initialDcid.resize(kClientDcidBytes);
    m_random.fill(connection->initialDcid);
  }
  if (!connection->startClient(now, m_tls, options)) {
    connection->initialDcid.clear();
    discard(*connection);
    return Failure<DialError>(DialError::TlsSetup);
  }
  connection->initialDcid.clear();  // nothing arrives under it
  markDirty(*connection);
  return connection->id();
}

// --- Input

Demux Endpoint::Core::classify(const DatagramView& datagram) const {
  const ByteView bytes = datagram.payload;
  if (bytes.empty()) return Demux::NotQuic;
  const std::uint8_t first = bytes[0];
  if (first < 4) {
    const bool isStun = bytes.size() >= kStunHeader && readU32(bytes.data() + 4) == kStunCookie;
    return isStun ? Demux::Stun : Demux::NotQuic;
  }
  // The fixed bit is set in every QUIC v1 packet; half of the short headers begin with 64..79, so
  // ChannelData is told by who sends it (RFC 9443). 128..191 is a long header without the bit,
  // which only version negotiation may have.
  if (first < 64) return Demux::NotQuic;
  if (first < 80 && !turnServers.empty() &&
      std::find(turnServers.begin(), turnServers.end(), datagram.remote) != turnServers.end()) {
    return Demux::TurnChannel;
  }
  if (first >= 128 && first < 192) {
    const bool isNegotiation = bytes.size() >= 5 && readU32(bytes.data() + 1) == 0;
    return isNegotiation ? Demux::Quic : Demux::NotQuic;
  }
  return Demux::Quic;
}

Demux Endpoint::Core::handleDatagram(TimePoint now, const DatagramView& datagram) {
  ++stats.datagramsIn;
  const Demux kind = classify(datagram);
  switch (kind) {
    case Demux::Stun:
      ++stats.stun;
      break;
    case Demux::TurnChannel:
      ++stats.turnChannel;
      break;
    case Demux::NotQuic:
      ++stats.notQuic;
      break;
    case Demux::Quic:
      handleQuic(now, datagram);
      break;
  }
  return kind;
}

void Endpoint::Core::handleQuic(TimePoint now, const DatagramView& datagram) {
  m_tombstones.expire(now);
  const ByteView bytes = datagram.payload;
  ngtcp2_version_cid ids{};
  const int rv = ngtcp2_pkt_decode_version_cid(&ids, bytes.data(), bytes.size(), kConnectionIdSize);
  if (rv == NGTCP2_ERR_VERSION_NEGOTIATION) return sendVersionNegotiation(now, datagram, ids);
  if (rv != 0) {
    ++stats.notQuic;
    return;
  }
  const ByteView dcid(ids.dcid, ids.dcidlen);
  const bool isLong = (bytes[0] & 0x80) != 0;
  std::uint64_t handle = 0;
  if (dcid.size() == kConnectionIdSize) handle = m_routes.find(connectionIdKey(dcid.data()));
  if (handle == 0 && isLong) handle = m_initialRoutes.find(initialKey(dcid));
  if ((handle & Tombstones::kFlag) != 0) return repeatClose(datagram, handle);
  if (Connection* connection = find(ConnectionId{handle})) return feed(now, *connection, datagram);
  if (isLong) return handleInitial(now, datagram);
  handleUnknownShort(now, datagram, dcid);
}

void Endpoint::Core::feed(TimePoint now, Connection& connection, const DatagramView& datagram) {
  const bool wasHalfOpen = connection.isHalfOpen();
  const auto next = connection.read(now, datagram);
  if (wasHalfOpen && !connection.isHalfOpen()) --halfOpen;
  if (connection.isDead()) return bury(now, connection);
  if (next == Connection::NextWrite::Now) return markDirty(connection);
  m_timers.setNoLater(static_cast<std::uint32_t>(connection.id().slot()),
                      toQuicTime(*connection.ackDue()));
}

void Endpoint::Core::markDirty(Connection& connection) {
  if (connection.isDirty) return;
  connection.isDirty = true;
  m_dirty.push_back(connection.id());
}

// --- Time

void Endpoint::Core::schedule(Connection& connection) {
  m_timers.setNoLater(static_cast<std::uint32_t>(connection.id().slot()), connection.deadline());
}

std::optional<TimePoint> Endpoint::Core::pollTimeout() const {
  const auto entry = m_timers.earliest();
  if (entry.when == TimerHeap::kNever) return std::nullopt;
  return fromQuicTime(entry.when);
}

void Endpoint::Core::handleTimeout(TimePoint now) {
  const ngtcp2_tstamp ts = toQuicTime(now);
  m_tombstones.expire(now);
  for (auto entry = m_timers.earliest(); entry.when <= ts; entry = m_timers.earliest()) {
    Connection& connection = *m_slots[entry.slot];
    if (const std::uint64_t due = connection.deadline(); due > ts) {
      m_timers.set(entry.slot, due);
      continue;
    }
    m_timers.remove(entry.slot);
    connection.expire(now);
    if (connection.isDead())
      bury(now, connection);
    else
      markDirty(connection);
  }
}

// --- Output

void Endpoint::Core::pollTransmit(TimePoint now, const TransmitSink& sink) {
  m_builder.begin(sink);
  for (const StatelessReply& reply : m_replies) {
    m_builder.send(reply.local, reply.remote, reply.packet);
  }
  m_replies.clear();
  m_writing.swap(m_dirty);
  for (const ConnectionId id : m_writing) {
    Connection* connection = find(id);
    if (connection == nullptr) continue;
    connection->isDirty = false;
    connection->write(now, m_builder);
    if (connection->isDead())
      bury(now, *connection);
    else
      schedule(*connection);
  }
  m_writing.clear();
  m_builder.end();
  stats.packetsSent = m_builder.packets;
  stats.bytesSent = m_builder.bytes;
}

void Endpoint::Core::emit(Event event) { m_events.push_back(std::move(event)); }

void Endpoint::Core::deliverDatagram(Connection& from, ByteView payload) {
  if (handler != nullptr) return handler->onDatagram(m_now, from.id(), payload);
  if (m_datagramEvents >= config.maxDatagramEvents) {
    ++stats.datagramEventsDropped;
    return;
  }
  ++m_datagramEvents;
  emit(DatagramReceived{from.id(), toBytes(payload)});
}

std::optional<Event> Endpoint::Core::pollEvent() {
  if (m_events.empty()) return std::nullopt;
  std::optional<Event> event(std::move(m_events.front()));
  m_events.pop_front();
  if (std::holds_alternative<DatagramReceived>(*event)) --m_datagramEvents;
  if (const auto* control = std::get_if<ControlReceived>(&*event)) {
    if (Connection* connection = find(control->id)) {
      connection->controlConsumed(control->bytes.size());
      markDirty(*connection);  // the window may have to be told
    }
  }
  return event;
}

void Endpoint::Core::closeAll(std::uint64_t appCode, std::string_view reason) {
  for (const auto& connection : m_slots) {
    if (!connection) continue;
    connection->requestClose(appCode, reason);
    markDirty(*connection);
  }
}

}  // namespace foyer::net
