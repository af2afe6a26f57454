#include "core/net/turn_client.h"

#include <algorithm>
#include <cstring>

namespace foyer::net {
namespace {

// Every event is the end of a request, of which there are two a peer and two more; an owner that
// drains once a turn never gets near.
constexpr std::size_t kMaxEvents = 64;
constexpr std::uint8_t kChannelNibble = 0x40;
constexpr std::size_t kChannelHeader = 4;
// A server that grants less than this would have us refresh without pause.
constexpr std::uint32_t kMinLifetimeS = 2;
// RFC 8656 section 7.2 has an hour as the largest sensible; what is longer is refreshed as if.
constexpr std::uint32_t kMaxLifetimeS = 3600;
constexpr std::size_t kSendHeader = 48;  // of a Send indication with an IPv6 address

// Of an old allocation on our port: cleared at the first, asked again 1 s and 2 s after the next.
constexpr unsigned kMaxMismatches = 3;
constexpr Duration kAfterClearing = 1s;

bool isUsable(const SocketAddress& address) {
  if (address.port == 0 || address.ip.isUnspecified()) return false;
  return address.ip.isV4() ? address.ip.bytes[0] < 224 : address.ip.bytes[0] != 0xff;
}

// A server may send us on, but not into networks that it is not itself in: that would make a
// scanner of us (K-17).
bool mayRedirect(const SocketAddress& from, const SocketAddress& to) {
  if (!isUsable(to) || to == from || to.ip.family != from.ip.family) return false;
  if (to.ip.isLoopback()) return from.ip.isLoopback();
  if (to.ip.isLinkLocal()) return from.ip.isLinkLocal();
  if (to.ip.isPrivate()) return from.ip.isPrivate() || from.ip.isLoopback();
  return true;
}

TurnCause causeOf(std::uint16_t code) {
  switch (code) {
    case 300:
      return TurnCause::BadRedirect;
    case 401:
    case 441:
      return TurnCause::WrongCredentials;
    case 403:
      return TurnCause::Forbidden;
    case 437:
      return TurnCause::Mismatch;
    case 438:
      return TurnCause::StaleNonce;
    case 440:
    case 443:
      return TurnCause::UnsupportedFamily;
    case 442:
      return TurnCause::UnsupportedTransport;
    case 486:
      return TurnCause::QuotaReached;
    case 508:
      return TurnCause::NoCapacity;
    default:
      return code >= 500 ? TurnCause::ServerError : TurnCause::Refused;
  }
}

}  // namespace

TurnClient::TurnClient(TurnConfig config, RandomSource& random)
    : m_config(std::move(config)),
      m_random(random),
      m_server(m_config.server),
      m_requests(m_config.retry, m_config.transport != TurnTransport::Udp),
      m_events(kMaxEvents, WhenFull::DropOldest) {}

void TurnClient::start(TimePoint now) {
  if (m_state != State::Idle) return;
  m_state = State::Allocating;
  m_lastSent = now;
  begin(TurnRequestKind::Allocate);
}

void TurnClient::close(TimePoint) {
  switch (m_state) {
    case State::Idle:
      end(std::nullopt);
      return;
    case State::Allocating:
      // The server may be about to say yes, and would keep the allocation for ten minutes.
      m_isCloseWanted = true;
      if (m_allocateAt) end(std::nullopt);
      return;
    case State::Allocated:
      m_requests.clear();
      m_state = State::Closing;
      begin(TurnRequestKind::Close);
      return;
    case State::Closing:
    case State::Ended:
      return;
  }
}

TurnInput TurnClient::handle(TimePoint now, const SocketAddress& from, ByteView message) {
  if (m_state == State::Idle || m_state == State::Ended) return {};
  if (from != m_server || message.empty()) return {};
  if ((message[0] & 0xf0) == kChannelNibble) return onChannelData(message);
  const auto stun = StunMessage::parse(message);
  if (!stun) return {};
  if (stun->messageClass() == StunClass::Indication) {
    return stun->method() == StunMethod::Data ? onDataIndication(*stun) : TurnInput{};
  }
  if (stun->messageClass() == StunClass::Request) return {};
  const TurnRequest* request = m_requests.find(stun->transaction());
  if (request == nullptr || methodOf(request->kind) != stun->method()) return {};
  onAnswer(now, *stun);
  return {.kind = TurnInput::Kind::Used, .peer = {}, .payload = {}};
}

TurnInput TurnClient::onChannelData(ByteView message) {
  TurnInput input{.kind = TurnInput::Kind::Used, .peer = {}, .payload = {}};
  if (message.size() < kChannelHeader) return input;
  const std::size_t size = readU16(message.data() + 2);
  // Over UDP padding may follow (RFC 8656 section 12.5).
  const bool isWhole = size <= message.size() - kChannelHeader;
  const TurnPeer* peer = m_peers.findByChannel(readU16(message.data()));
  if (!isWhole || peer == nullptr || m_state != State::Allocated) {
    ++m_stats.strayData;
    return input;
  }
  return {.kind = TurnInput::Kind::Data,
          .peer = peer->address,
          .payload = message.subspan(kChannelHeader, size)};
}

TurnInput TurnClient::onDataIndication(const StunMessage& message) {
  const auto peer = message.xorAddress(StunAttribute::XorPeerAddress);
  const auto payload = message.find(StunAttribute::Data);
  // Permissions are of an address, so the port may be another one: a peer behind a NAT that maps
  // each destination anew (RFC 8656 section 9).
  if (!peer || !payload || m_state != State::Allocated || !m_peers.permits(peer->ip)) {
    ++m_stats.strayData;
    return {.kind = TurnInput::Kind::Used, .peer = {}, .payload = {}};
  }
  return {.kind = TurnInput::Kind::Data, .peer = *peer, .payload = *payload};
}

bool TurnClient::isVerified(const StunMessage& message) const {
  if (!m_key) return false;
  if (message.hasIntegrity()) return message.verifyIntegrity(m_key->view());
  return message.verifyIntegritySha256(m_key->view());
}

void TurnClient::onAnswer(TimePoint now, const StunMessage& message) {
  TurnRequest* waiting = m_requests.find(message.transaction());
  if (waiting->bearsCredentials && !isVerified(message)) {
    // RFC 8489 section 9.2.5: as if it had never come, but a server that does not know the user, or
    // has forgotten the nonce, cannot prove itself.
    const auto code =
        message.messageClass() == StunClass::Error ? message.errorCode() : std::nullopt;
    if (!code || (code->code != 401 && code->code != 438)) {
      waiting->sawUnverified = true;
      ++m_stats.unverified;
      return;
    }
    if (code->code == 401 && m_requests.mayYetSucceed(message.transaction())) return;
  }
  const auto request = m_requests.take(message.transaction());
  if (message.unknownRequired().count > 0) {
    fail(now, *request, TurnCause::BadAnswer);
  } else if (message.messageClass() == StunClass::Success) {
    onSuccess(now, *request, message);
  } else {
    onError(now, *request, message);
  }
}

void TurnClient::onSuccess(TimePoint now, const TurnRequest& request, const StunMessage& message) {
  switch (request.kind) {
    case TurnRequestKind::Allocate:
      onAllocated(now, request, message);
      return;
    case TurnRequestKind::Refresh: {
      const auto lifetime = message.u32(StunAttribute::Lifetime);
      if (!lifetime || *lifetime < kMinLifetimeS) {
        fail(now, request, TurnCause::BadAnswer);
        return;
      }
      setLifetime(now, *lifetime);
      return;
    }
    case TurnRequestKind::Close:
      m_wasGivenBack = true;
      end(std::nullopt);
      return;
    case TurnRequestKind::Clear:
      allocateAgain();
      return;
    case TurnRequestKind::Permission: {
      TurnPeer* peer = m_peers.find(request.peer);
      if (peer == nullptr) return;
      const bool isFirst = !peer->isPermitted;
      peer->isPermitted = true;
      peer->permittedUntil = now + kTurnPermissionLife;
      peer->renewPermissionAt = now + m_config.renewPermission;
      if (!isFirst) return;
      m_events.push(TurnPeerReady{request.peer});
      peer->channel = m_peers.channelFor(now, request.peer);
      if (peer->channel != 0) begin(TurnRequestKind::Channel, request.peer);
      return;
    }
    case TurnRequestKind::Channel: {
      TurnPeer* peer = m_peers.find(request.peer);
      if (peer == nullptr) return;
      peer->isBound = true;
      peer->boundUntil = now + kTurnChannelLife;
      peer->renewChannelAt = now + m_config.renewChannel;
      return;
    }
  }
}

void TurnClient::onAllocated(TimePoint now, const TurnRequest& request,
                             const StunMessage& message) {
  const auto relayed = message.xorAddress(StunAttribute::XorRelayedAddress);
  const auto mapped = message.xorAddress(StunAttribute::XorMappedAddress);
  const auto lifetime = message.u32(StunAttribute::Lifetime);
  if (!relayed || !isUsable(*relayed) || relayed->ip.family != m_config.family || !mapped ||
      mapped->port == 0 || !lifetime || *lifetime < kMinLifetimeS) {
    fail(now, request, TurnCause::BadAnswer);
    return;
  }
  m_state = State::Allocated;
  // From here on the key alone is needed.
  m_config.credentials.password.wipe();
  m_relayed = *relayed;
  setLifetime(now, *lifetime);
  if (m_isCloseWanted) {
    close(now);
    return;
  }
  m_events.push(TurnAllocated{*relayed, *mapped, m_expiresAt - now});
  for (const TurnPeer& peer : m_peers.all()) begin(TurnRequestKind::Permission, peer.address);
}

void TurnClient::setLifetime(TimePoint now, std::uint32_t seconds) {
  const Duration lifetime = std::chrono::seconds(std::min(seconds, kMaxLifetimeS));
  m_expiresAt = now + lifetime;
  // Before the half, so that a refresh may fail as a whole and be tried anew.
  m_renewAt = now + lifetime * 2 / 5;
}

void TurnClient::onError(TimePoint now, const TurnRequest& request, const StunMessage& message) {
  const auto error = message.errorCode();
  if (!error) {
    fail(now, request, TurnCause::BadAnswer);
    return;
  }
  if (m_isCloseWanted && m_state == State::Allocating) {
    // No allocation came to be, and none is wanted any more.
    end(std::nullopt);
    return;
  }
  const std::uint16_t code = error->code;
  const auto nonce = message.text(StunAttribute::Nonce);
  if (code == 401 && !request.bearsCredentials) {
    const auto realm = message.text(StunAttribute::Realm);
    if (!realm || !nonce || nonce->empty()) {
      fail(now, request, TurnCause::BadAnswer, code);
      return;
    }
    const TurnCredentials& credentials = m_config.credentials;
    if (credentials.username.empty() || credentials.username.size() > kMaxTurnUsername ||
        credentials.password.isEmpty()) {
      fail(now, request, TurnCause::WrongCredentials, code);
      return;
    }
    m_key = longTermKey(StunHash::Md5, credentials.username, *realm, credentials.password.text());
    if (!m_key) {
      fail(now, request, TurnCause::NoHash);
      return;
    }
    m_realm = *realm;
    m_nonce = *nonce;
    begin(request.kind, request.peer);
    return;
  }
  if (code == 438 && request.bearsCredentials && !request.hadStaleNonce && nonce &&
      !nonce->empty()) {
    m_nonce = *nonce;
    begin(request.kind, request.peer, true);
    return;
  }
  if (code == 300 && request.kind == TurnRequestKind::Allocate) {
    onRedirect(now, request, message);
    return;
  }
  if (code == 437 && request.kind == TurnRequestKind::Allocate) {
    onMismatch(now, request);
    return;
  }
  fail(now, request, causeOf(code), code);
}

void TurnClient::onMismatch(TimePoint now, const TurnRequest& request) {
  // A program that ended without a word and came back to its port finds its old allocation there.
  // It is cleared, and coturn needs a second after that before the port is free. The refusal may
  // come before the challenge; then the clearing brings it about.
  if (++m_mismatches > kMaxMismatches) {
    fail(now, request, TurnCause::Mismatch, 437);
  } else if (m_mismatches == 1) {
    begin(TurnRequestKind::Clear);
  } else {
    m_allocateAt = now + kAfterClearing * (m_mismatches - 1);
  }
}

void TurnClient::allocateAgain() {
  if (m_isCloseWanted) {
    end(std::nullopt);
  } else {
    begin(TurnRequestKind::Allocate);
  }
}

void TurnClient::onRedirect(TimePoint now, const TurnRequest& request, const StunMessage& message) {
  const auto target = message.address(StunAttribute::AlternateServer);
  if (m_wasRedirected || !target || !mayRedirect(m_server, *target)) {
    fail(now, request, TurnCause::BadRedirect, 300);
    return;
  }
  m_wasRedirected = true;
  m_server = *target;
  m_realm.clear();
  m_nonce.clear();
  m_key.reset();
  m_state = State::Idle;
  m_events.push(TurnRedirected{m_server});
  if (!isStream()) start(now);
}

void TurnClient::handleTimeout(TimePoint now) {
  while (const auto request = m_requests.takeGivenUp(now)) {
    if (request->refusals > 0)
      fail(now, *request, TurnCause::WrongCredentials, 401);
    else
      fail(now, *request, request->sawUnverified ? TurnCause::Unverified : TurnCause::NoAnswer);
  }
  if (m_allocateAt && *m_allocateAt <= now) {
    m_allocateAt.reset();
    allocateAgain();
  }
  if (m_state != State::Allocated) return;
  if (m_expiresAt <= now) {
    end(TurnFault{TurnStage::Refresh, TurnCause::NoAnswer, 0});
    return;
  }
  if (m_renewAt && *m_renewAt <= now) {
    m_renewAt.reset();
    begin(TurnRequestKind::Refresh);
  }
  renewPeers(now);
}

void TurnClient::renewPeers(TimePoint now) {
  std::array<SocketAddress, kMaxTurnPeers> over;
  std::size_t count = 0;
  for (TurnPeer& peer : m_peers.all()) {
    if (peer.isPermitted && peer.permittedUntil <= now) {
      over[count++] = peer.address;
      continue;
    }
    if (peer.renewPermissionAt && *peer.renewPermissionAt <= now) {
      peer.renewPermissionAt.reset();
      begin(TurnRequestKind::Permission, peer.address);
    }
    if (peer.isBound && peer.boundUntil <= now) peer.isBound = false;
    if (peer.renewChannelAt && *peer.renewChannelAt <= now) {
      peer.renewChannelAt.reset();
      begin(TurnRequestKind::Channel, peer.address);
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    removePeer(now, over[i]);
    m_events.push(TurnPeerLost{over[i], {TurnStage::Permission, TurnCause::NoAnswer, 0}});
  }
}

void TurnClient::pollTransmit(TimePoint now, const Sink& sink) {
  m_requests.send(now, [&](ByteView message) {
    m_lastSent = now;
    sink(message);
  });
  if (m_state != State::Allocated || isStream() || now - m_lastSent < m_config.keepAlive) return;
  m_lastSent = now;
  std::array<std::uint8_t, kStunHeader> buffer{};
  const StunWriter writer(buffer, StunMethod::Binding, StunClass::Indication,
                          m_random.id<StunTransactionId>());
  if (const auto indication = writer.finish()) sink(*indication);
}

std::optional<TimePoint> TurnClient::pollTimeout() const {
  std::optional<TimePoint> earliest = m_requests.wakeUp();
  const auto consider = [&](const std::optional<TimePoint>& when) {
    if (when && (!earliest || *when < *earliest)) earliest = when;
  };
  consider(m_allocateAt);
  if (m_state != State::Allocated) return earliest;
  consider(m_expiresAt);
  consider(m_renewAt);
  if (!isStream()) consider(m_lastSent + m_config.keepAlive);
  for (const TurnPeer& peer : m_peers.all()) {
    if (peer.isPermitted) consider(peer.permittedUntil);
    consider(peer.renewPermissionAt);
    if (peer.isBound) consider(peer.boundUntil);
    consider(peer.renewChannelAt);
  }
  return earliest;
}

Result<void, TurnPeerError> TurnClient::addPeer(TimePoint, const SocketAddress& peer) {
  if (m_state == State::Ended || m_state == State::Closing) return Failure(TurnPeerError::Ended);
  if (!isUsable(peer)) return Failure(TurnPeerError::BadAddress);
  if (peer.ip.family != m_config.family) return Failure(TurnPeerError::OtherFamily);
  if (m_peers.find(peer) != nullptr) return {};
  if (m_peers.add(peer) == nullptr) return Failure(TurnPeerError::TooMany);
  if (m_state == State::Allocated) begin(TurnRequestKind::Permission, peer);
  return {};
}

void TurnClient::removePeer(TimePoint now, const SocketAddress& peer) {
  m_requests.forget(peer);
  m_peers.remove(now, peer);
}

Result<ByteView, TurnSendError> TurnClient::wrap(TimePoint now, const SocketAddress& peer,
                                                 ByteView payload) {
  static_assert(sizeof(m_wrapped) >= kMaxPayload + kSendHeader, "both forms fit");
  const TurnPeer* known = m_state == State::Allocated ? m_peers.find(peer) : nullptr;
  if (known == nullptr || !known->isPermitted) return Failure(TurnSendError::NotReady);
  if (payload.size() > kMaxPayload) return Failure(TurnSendError::TooLarge);
  m_lastSent = now;
  if (!known->isBound) {
    StunWriter writer(m_wrapped, StunMethod::Send, StunClass::Indication,
                      m_random.id<StunTransactionId>());
    const auto message = writer.addXorAddress(StunAttribute::XorPeerAddress, peer)
                             .add(StunAttribute::Data, payload)
                             .finish();
    if (!message) return Failure(TurnSendError::TooLarge);
    return *message;
  }
  m_wrapped[0] = static_cast<std::uint8_t>(known->channel >> 8);
  m_wrapped[1] = static_cast<std::uint8_t>(known->channel);
  m_wrapped[2] = static_cast<std::uint8_t>(payload.size() >> 8);
  m_wrapped[3] = static_cast<std::uint8_t>(payload.size());
  if (!payload.empty()) std::memcpy(&m_wrapped[kChannelHeader], payload.data(), payload.size());
  std::size_t size = kChannelHeader + payload.size();
  // Over a stream it is padded, over UDP it need not be (RFC 8656 section 12.5).
  while (isStream() && size % 4 != 0) m_wrapped[size++] = 0;
  return ByteView(m_wrapped).first(size);
}

std::optional<SocketAddress> TurnClient::relayed() const {
  if (m_state != State::Allocated) return std::nullopt;
  return m_relayed;
}

bool TurnClient::hasChannel(const SocketAddress& peer) const {
  const TurnPeer* known = m_peers.find(peer);
  return m_state == State::Allocated && known != nullptr && known->isBound;
}

}  // namespace foyer::net
