// What an Endpoint tells its owner, and the errors and figures it answers with. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/net/connection_id.h"

namespace foyer::net {

// Client only: the server proved its key and the pin holds. Not yet a session: the server has not
// judged this client's certificate.
struct ServerKeyVerified {
  ConnectionId id;
  PublicKey peer;
};

// The connection may be used. Client: the server confirmed the handshake (RFC 9001 section 4.1.2),
// or DialOptions::connectedWhen says sooner.
// Server: the handshake is complete and the client's key was checked again.
struct Connected {
  ConnectionId id;
  Role role = Role::Client;
  PublicKey peer;
  std::string alpn;
  SocketAddress remote;
  // AcceptDecision::tag; 0 on a client.
  std::uint64_t tag = 0;
};

// Bytes of the control stream in order; framing is the reader's. Taking the event opens the flow
// control window again.
struct ControlReceived {
  ConnectionId id;
  Bytes bytes;
};

// Only when no DatagramHandler is set.
struct DatagramReceived {
  ConnectionId id;
  Bytes bytes;
};

// The connection moved to a validated path: the peer's NAT rebound it, or initiateMigration().
struct PathChanged {
  ConnectionId id;
  SocketAddress local;
  SocketAddress remote;
};

// initiateMigration() did not work; the connection stays where it was.
struct MigrationFailed {
  ConnectionId id;
};

enum class CloseReason : std::uint8_t {
  LocalClose,           // close() was called
  PeerClose,            // the peer closed with `appCode`
  IdleTimeout,          // nothing heard for the idle time
  HandshakeTimeout,     // no session within the handshake time
  PinMismatch,          // the peer is not whom the pin names (or showed no usable key)
  PeerRejectedKey,      // the peer refused this side's key
  CertificateRequired,  // a side that must show a certificate showed none
  AlpnMismatch,         // no common protocol name
  VersionMismatch,      // the peer does not speak QUIC version 1
  StatelessReset,       // the peer has lost the connection
  Refused,              // the peer takes no connections now
  TransportError,       // anything else; `detail` names it
};
[[nodiscard]] const char* toString(CloseReason reason);

// The last event of a connection; its id is void from here on.
struct Closed {
  ConnectionId id;
  CloseReason reason = CloseReason::TransportError;
  // PeerClose and LocalClose: the application's code; else the QUIC transport code, if any.
  std::uint64_t code = 0;
  // A library's word for the error, or the peer's reason phrase (ASCII, at most 128 bytes).
  std::string detail;
  bool wasConnected = false;
  // PinMismatch: the key the peer showed, so that a person can compare; not proven further.
  std::optional<PublicKey> presentedKey;
};

using Event = std::variant<ServerKeyVerified, Connected, ControlReceived, DatagramReceived,
                           PathChanged, MigrationFailed, Closed>;

enum class DialError : std::uint8_t { TooManyConnections, BadOptions, TlsSetup };
[[nodiscard]] const char* toString(DialError error);

enum class SendError : std::uint8_t {
  UnknownConnection,
  NotConnected,  // datagrams wait for Connected
  TooLarge,      // above maxDatagramSize(), or no single datagram could hold it
  BufferFull,    // control: the send buffer's bound; datagrams: the endpoint's pool is used up
};
[[nodiscard]] const char* toString(SendError error);

enum class MigrationError : std::uint8_t {
  UnknownConnection,
  NotClient,  // only the client role moves a connection (RFC 9000 section 9)
  NotConfirmed,
  NoSpareConnectionId,
  SamePath,
};
[[nodiscard]] const char* toString(MigrationError error);

struct ConnectionStats {
  Duration latestRtt{};
  Duration minRtt{};
  Duration smoothedRtt{};
  Duration rttVariation{};
  // Bytes.
  std::uint64_t congestionWindow = 0;
  std::uint64_t bytesInFlight = 0;
  std::size_t maxDatagram = 0;
  std::uint64_t packetsSent = 0;
  std::uint64_t packetsReceived = 0;
  std::uint64_t bytesSent = 0;
  std::uint64_t bytesReceived = 0;
  std::uint64_t datagramsSent = 0;
  std::uint64_t datagramsReceived = 0;
  // Displaced by newer ones before they left.
  std::uint64_t datagramsDropped = 0;
  // Zero unless TransportProfile::datagramTracking is on.
  std::uint64_t datagramsAcked = 0;
  std::uint64_t datagramsLost = 0;
  std::size_t datagramsQueued = 0;
  // Control bytes not yet acknowledged.
  std::size_t controlPending = 0;
};

// What arrived, as a caller that shares the socket with STUN and TURN needs to know it.
enum class Demux : std::uint8_t {
  Quic,         // taken
  Stun,         // first byte 0..3 and the magic cookie: the caller's
  TurnChannel,  // ChannelData of a TURN server in use: the caller's
  NotQuic,      // nothing anybody asked for; dropped
};

struct EndpointStats {
  std::uint64_t datagramsIn = 0;
  std::uint64_t stun = 0;
  std::uint64_t turnChannel = 0;
  std::uint64_t notQuic = 0;
  // QUIC by its look, but of no connection and nothing to answer.
  std::uint64_t unknown = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  // Initials dropped by a limit or by the accept filter.
  std::uint64_t initialsDropped = 0;
  std::uint64_t retriesSent = 0;
  std::uint64_t versionNegotiationsSent = 0;
  std::uint64_t resetsSent = 0;
  std::uint64_t resetsReceived = 0;
  std::uint64_t closesRepeated = 0;
  std::uint64_t statelessSuppressed = 0;
  std::uint64_t datagramEventsDropped = 0;
  std::uint64_t packetsSent = 0;
  std::uint64_t bytesSent = 0;
};

}  // namespace foyer::net
