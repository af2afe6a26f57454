// What TurnClient asks a server, what becomes of a question that fails, and the words for it.
#include <algorithm>

#include "core/net/turn_client.h"

namespace foyer::net {
namespace {

// IP protocol number of what the server relays (RFC 8656 section 18.8).
constexpr std::uint8_t kProtocolUdp = 17;
// After a renewal that failed for a reason that may pass.
constexpr Duration kRenewAgain = 5s;

TurnStage stageOf(TurnRequestKind kind) {
  switch (kind) {
    case TurnRequestKind::Allocate:
    case TurnRequestKind::Clear:
      return TurnStage::Allocate;
    case TurnRequestKind::Refresh:
    case TurnRequestKind::Close:
      return TurnStage::Refresh;
    case TurnRequestKind::Permission:
      return TurnStage::Permission;
    case TurnRequestKind::Channel:
      return TurnStage::Channel;
  }
  return TurnStage::Allocate;
}

bool mayPass(TurnCause cause) {
  return cause == TurnCause::NoAnswer || cause == TurnCause::Unverified ||
         cause == TurnCause::ServerError;
}

}  // namespace

void TurnClient::begin(TurnRequestKind kind, const SocketAddress& peer, bool hadStaleNonce) {
  if (m_state == State::Ended) return;
  TurnRequest request;
  request.id = m_random.id<StunTransactionId>();
  request.kind = kind;
  request.peer = peer;
  request.bearsCredentials = m_key.has_value();
  request.hadStaleNonce = hadStaleNonce;
  std::array<std::uint8_t, kMaxStunRequest> buffer{};
  const auto message = write(request, buffer);
  if (!message) {
    // Realm and nonce are the server's; ours alone always fits.
    end(TurnFault{stageOf(kind), TurnCause::BadAnswer, 0});
    return;
  }
  request.message = toBytes(*message);
  m_requests.add(std::move(request));
}

std::optional<ByteView> TurnClient::write(const TurnRequest& request, MutableByteView buffer) {
  StunWriter writer(buffer, methodOf(request.kind), StunClass::Request, request.id);
  switch (request.kind) {
    case TurnRequestKind::Allocate:
      writer.addRequestedTransport(kProtocolUdp);
      writer.addLifetime(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::seconds>(m_config.lifetime).count()));
      // IPv4 is what a server takes without it, and older ones refuse what they do not know.
      if (m_config.family == IpAddress::Family::V6) {
        writer.addRequestedAddressFamily(m_config.family);
      }
      break;
    case TurnRequestKind::Refresh:
      writer.addLifetime(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::seconds>(m_config.lifetime).count()));
      break;
    case TurnRequestKind::Close:
    case TurnRequestKind::Clear:
      writer.addLifetime(0);
      break;
    case TurnRequestKind::Channel: {
      const TurnPeer* peer = m_peers.find(request.peer);
      writer.addChannelNumber(peer == nullptr ? std::uint16_t{0} : peer->channel);
      writer.addXorAddress(StunAttribute::XorPeerAddress, request.peer);
      break;
    }
    case TurnRequestKind::Permission:
      writer.addXorAddress(StunAttribute::XorPeerAddress, request.peer);
      break;
  }
  if (m_key) {
    writer.addText(StunAttribute::Username, m_config.credentials.username);
    writer.addText(StunAttribute::Realm, m_realm);
    writer.addText(StunAttribute::Nonce, m_nonce);
    writer.addIntegrity(m_key->view());
  }
  return writer.finish();
}

void TurnClient::fail(TimePoint now, const TurnRequest& request, TurnCause cause,
                      std::uint16_t code) {
  const TurnFault fault{stageOf(request.kind), cause, code};
  switch (request.kind) {
    case TurnRequestKind::Allocate:
      end(m_isCloseWanted ? std::nullopt : std::optional(fault));
      return;
    case TurnRequestKind::Clear:
      // Somebody else's, or gone by now; whichever, the next Allocate tells.
      allocateAgain();
      return;
    case TurnRequestKind::Refresh:
      // The allocation lives until its end, whatever happens on the way.
      if (mayPass(cause)) {
        m_renewAt = now + kRenewAgain;
      } else {
        end(fault);
      }
      return;
    case TurnRequestKind::Close:
      end(std::nullopt);
      return;
    case TurnRequestKind::Permission:
    case TurnRequestKind::Channel:
      failPeer(now, request, fault);
      return;
  }
}

void TurnClient::failPeer(TimePoint now, const TurnRequest& request, const TurnFault& fault) {
  TurnPeer* peer = m_peers.find(request.peer);
  if (peer == nullptr) return;
  if (request.kind == TurnRequestKind::Channel) {
    // Without a channel the peer is reached with Send indications, a few bytes dearer.
    if (mayPass(fault.cause)) {
      peer->renewChannelAt = now + kRenewAgain;
    } else {
      peer->isBound = false;
    }
    return;
  }
  if (peer->isPermitted && mayPass(fault.cause)) {
    peer->renewPermissionAt = now + kRenewAgain;
    return;
  }
  removePeer(now, request.peer);
  m_events.push(TurnPeerLost{request.peer, fault});
}

void TurnClient::end(std::optional<TurnFault> fault) {
  if (m_state == State::Ended) return;
  m_state = State::Ended;
  m_requests.clear();
  m_allocateAt.reset();
  m_key.reset();
  m_config.credentials.password.wipe();
  m_realm.clear();
  m_nonce.clear();
  m_events.push(TurnEnded{fault});
}

const char* toString(TurnStage stage) {
  switch (stage) {
    case TurnStage::Allocate:
      return "turn_allocate";
    case TurnStage::Refresh:
      return "turn_refresh";
    case TurnStage::Permission:
      return "turn_permission";
    case TurnStage::Channel:
      return "turn_channel";
  }
  return "unknown";
}

const char* toString(TurnCause cause) {
  switch (cause) {
    case TurnCause::NoAnswer:
      return "no_answer";
    case TurnCause::Unverified:
      return "unverified";
    case TurnCause::WrongCredentials:
      return "wrong_credentials";
    case TurnCause::StaleNonce:
      return "stale_nonce";
    case TurnCause::Forbidden:
      return "forbidden";
    case TurnCause::Mismatch:
      return "mismatch";
    case TurnCause::QuotaReached:
      return "quota_reached";
    case TurnCause::NoCapacity:
      return "no_capacity";
    case TurnCause::UnsupportedFamily:
      return "unsupported_family";
    case TurnCause::UnsupportedTransport:
      return "unsupported_transport";
    case TurnCause::BadRedirect:
      return "bad_redirect";
    case TurnCause::Refused:
      return "refused";
    case TurnCause::ServerError:
      return "server_error";
    case TurnCause::BadAnswer:
      return "bad_answer";
    case TurnCause::NoHash:
      return "no_hash";
  }
  return "unknown";
}

const char* toString(TurnPeerError error) {
  switch (error) {
    case TurnPeerError::TooMany:
      return "too_many";
    case TurnPeerError::OtherFamily:
      return "other_family";
    case TurnPeerError::BadAddress:
      return "bad_address";
    case TurnPeerError::Ended:
      return "ended";
  }
  return "unknown";
}

const char* toString(TurnSendError error) {
  switch (error) {
    case TurnSendError::NotReady:
      return "not_ready";
    case TurnSendError::TooLarge:
      return "too_large";
  }
  return "unknown";
}

Fault asFault(const TurnFault& fault) {
  bool retryable = false;
  switch (fault.cause) {
    case TurnCause::NoAnswer:
    case TurnCause::Unverified:
    case TurnCause::StaleNonce:
    case TurnCause::Mismatch:
    case TurnCause::QuotaReached:
    case TurnCause::NoCapacity:
    case TurnCause::ServerError:
      retryable = true;
      break;
    case TurnCause::WrongCredentials:
    case TurnCause::Forbidden:
    case TurnCause::UnsupportedFamily:
    case TurnCause::UnsupportedTransport:
    case TurnCause::BadRedirect:
    case TurnCause::Refused:
    case TurnCause::BadAnswer:
    case TurnCause::NoHash:
      break;
  }
  return {.stage = toString(fault.stage),
          .code = toString(fault.cause),
          .retryable = retryable,
          .detail = fault.code == 0 ? "" : "STUN error " + std::to_string(fault.code)};
}

}  // namespace foyer::net
