// What a relay is told at the start and may be told later: terms of admission and budgets. Every
// budget has its reason; what happens when it is used up stands beside it. Values, no thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/net/endpoint_config.h"
#include "core/net/turn_credentials.h"

namespace foyer::relaylite {

struct RelayLimits {
  // --- how many
  std::size_t maxClients = 1000;          // admitted; a further one is refused "full"
  std::size_t maxClientsPerAddress = 64;  // IPv6: per /64; a further one is refused "address_limit"
  std::size_t maxCalls = 500;             // a further offer is undeliverable "no_channel"
  // Calls one client may have placed at once; a further offer is undeliverable "limit". All clients
  // of one address together cannot take all calls of the relay.
  std::size_t maxCallsPlaced = 4;
  // Calls one client may be part of at once, and as many again that wait for its first word;
  // higher, so that strangers' offers do not fill it.
  std::size_t maxCallsPerClient = 32;
  // Connections that have not said hello, beyond the clients; more handshakes are not answered.
  std::size_t maxNewcomers = 256;

  // --- how fast, per client
  double offersPerMinute = 20;  // undeliverable "limit"
  double offersBurst = 10;
  double messagesPerSecond = 50;  // closed "flood"
  double messagesBurst = 400;
  double controlBytesPerSecond = 64.0 * 1024;  // closed "flood"
  double controlBytesBurst = 512.0 * 1024;
  // Media into the relay, headers included; more is dropped and counted.
  double mediaBytesPerSecond = 512.0 * 1024;
  double mediaBytesBurst = 512.0 * 1024;
  double availabilityPerSecond = 1;  // error "rate_limited"
  double availabilityBurst = 10;
  double snapshotsPerMinute = 6;  // error "rate_limited"
  double snapshotsBurst = 6;
  double turnPerMinute = 4;  // error "rate_limited"
  double turnBurst = 4;
  double publishBurst = 4;     // and one each kPublishInterval; error "too_soon"
  double errorsPerSecond = 5;  // error messages we answer with; more are only counted
  double errorsBurst = 20;

  // --- how fast, before there is a client (core/net: Retry first, silence then)
  double initialsPerSecond = 50;
  double initialsBurst = 200;
};

static_assert(RelayLimits{}.maxCallsPlaced * RelayLimits{}.maxClientsPerAddress <=
              RelayLimits{}.maxCalls);

// The TURN server of the operator, for clients that ask (docs/adr/0021).
struct TurnOffer {
  std::vector<std::string> links;  // at most wire::kMaxTurnLinks, none longer than kMaxTurnLink
  // Shared with that server ("static-auth-secret"); null or empty: nothing is offered. Never
  // logged.
  std::shared_ptr<const net::TurnPassword> secret;
  std::uint32_t lifetimeSeconds = 3600;  // of what a client is given, at most kMaxTurnTtlSeconds
  bool operator==(const TurnOffer&) const = default;
};

// A word that lets people in beside the relay's own, for a time.
struct Invite {
  std::string token;              // never logged
  std::optional<WallTime> until;  // absent: until it is taken back
  bool operator==(const Invite&) const = default;
};

struct RelayConfig {
  std::string build = "foyer " FOYER_VERSION;
  // Lifetime a presence record may have, seconds, told in `welcome`.
  std::uint32_t recordTtlSeconds = 7200;
  // Asked of everybody who joins; empty: anybody may. Never logged.
  std::string inviteToken;
  // Good beside that one; while anybody may come in, only remembered. At most
  // InviteGate::kMaxInvites.
  std::vector<Invite> invites;
  TurnOffer turn;
  RelayLimits limits;
  net::TransportProfile profile = relayProfile();

  // Towards clients: a small send buffer, so that somebody who does not read costs little.
  [[nodiscard]] static net::TransportProfile relayProfile() {
    net::TransportProfile profile = net::TransportProfile::relaySide();
    profile.controlSendBytes = 192 * 1024;
    return profile;
  }
};

// --- times of the protocol (docs/protocol.md); not to be tuned, clients count on them

constexpr Duration kHelloWithin = 10s;
// An unfinished frame; 64 KB take 8 s at 64 kb/s.
constexpr Duration kFrameWithin = 30s;
// From connection lost to gone.
constexpr Duration kGoneAfter = 30s;
// A channel lives so long after its last packet or message.
constexpr Duration kChannelLife = 45s;
// Presence changes are gathered so long before they are told.
constexpr Duration kCoalesce = 250ms;
// A record is refreshed by its owner at most this often.
constexpr Duration kPublishInterval = 300s;
// A person's leg changes at most this often for the others.
constexpr Duration kLegInterval = 30s;
// It is looked at and measured this often: QUIC takes an eighth of each sample.
constexpr Duration kLegLook = 10s;
// Looks come in turns at least this far apart, so that many changes share one delta; in one turn at
// most so many looks, which is all of a full relay within kLegLook, and at most so many changes,
// which is one delta of 2 KB for everybody. Who is left over comes first in the next turn.
constexpr Duration kLegTurn = 5s;
constexpr std::size_t kLegLooks = 500;
constexpr std::size_t kLegChanges = 20;
// Control bytes that a client has not acknowledged and above which nothing of other people is added
// (an offer is undeliverable "unreachable", the rest is dropped and counted): less than half of the
// send buffer of relayProfile(), so that no one else can fill it.
constexpr std::size_t kForwardBytes = 80 * 1024;
// What a draining relay tells its clients to wait.
constexpr std::uint32_t kDrainRetryMs = 5000;
constexpr std::uint32_t kFullRetryMs = 30000;

}  // namespace foyer::relaylite
