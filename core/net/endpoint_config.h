// What an Endpoint and its connections are told at the start: timers, bounds, names, pins. Values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/time.h"

namespace foyer::net {

// The role of a connection is its ALPN name (RFC 7301).
inline constexpr const char* kAlpnRelay = "foyer/1";
inline constexpr const char* kAlpnPeer = "foyer-p2p/1";
inline constexpr const char* kAlpnLink = "foyer-link/1";

// Whom the peer must prove to be. Both empty: any key is taken and reported (first contact).
struct KeyPin {
  std::optional<PublicKey> key;
  std::optional<Fingerprint> fingerprint;

  [[nodiscard]] static KeyPin any() { return {}; }
  [[nodiscard]] static KeyPin to(const PublicKey& key) { return {key, std::nullopt}; }
  [[nodiscard]] static KeyPin to(const Fingerprint& print) { return {std::nullopt, print}; }
};

enum class CongestionControl : std::uint8_t { Bbr, Cubic };
enum class DatagramTracking : std::uint8_t { Off, AckedAndLost };

// What is sent for its own sake, or about it beside it; both travel alike and are counted apart.
enum class DatagramUse : std::uint8_t { Stream, Aside };

// How one connection behaves once it exists.
struct TransportProfile {
  // A PING after this much silence; 0 sends none. The client keeps the NAT mapping open.
  Duration keepAlive = 4s;
  Duration idleTimeout = 10s;
  Duration handshakeTimeout = 10s;
  // First guess of the round trip; the Initial is repeated after about three times this.
  Duration initialRtt = 100ms;
  // BBR, because loss-based control starves voice on a lossy path.
  CongestionControl congestionControl = CongestionControl::Bbr;
  // Own write (and so the ACK) waits this long after input that was only datagrams; 0 = never.
  Duration ackDelay = 100ms;
  // Told to the peer, so that its loss timers allow for the wait.
  Duration maxAckDelay = 100ms;
  std::size_t ackThreshold = 10;
  // Datagrams waiting for the congestion window; a newer one displaces the oldest.
  std::size_t datagramQueue = 3;
  // One that waited longer is worth nothing and is dropped; 0 keeps it.
  Duration datagramMaxAge = 100ms;
  // No two of them share a packet: how far apart two sent at once arrive is then the way's doing.
  // A forwarder saves packets instead.
  bool onePacketPerDatagram = true;
  // Control bytes written and not yet acknowledged.
  std::size_t controlSendBytes = 1024 * 1024;
  // Control bytes the peer may send before they are taken by pollEvent().
  std::size_t controlReceiveBytes = 64 * 1024;
  // Counting acknowledged and lost datagrams costs a forwarder 12-35 % CPU, a client nothing.
  DatagramTracking datagramTracking = DatagramTracking::AckedAndLost;
  // Largest UDP payload ever sent; path MTU discovery climbs towards it from 1200.
  std::size_t maxUdpPayload = 1452;
  bool pathMtuDiscovery = true;

  // What a relay uses towards its clients.
  [[nodiscard]] static TransportProfile relaySide() {
    TransportProfile p;
    p.keepAlive = Duration::zero();
    p.datagramQueue = 64;
    p.onePacketPerDatagram = false;
    p.controlSendBytes = 256 * 1024;
    p.datagramTracking = DatagramTracking::Off;
    return p;
  }
};

// An Initial that would open a server connection.
struct IncomingDial {
  SocketAddress local;
  SocketAddress remote;
  // The first Destination Connection ID the client chose (also when a Retry came between).
  ByteView initialDcid;
  // True when a Retry token proved the source address.
  bool addressValidated = false;
};

struct AcceptDecision {
  KeyPin pin;
  // Names accepted, best first; empty = those of the EndpointConfig.
  std::vector<std::string> alpns;
  // Unset = EndpointConfig::serverProfile.
  std::optional<TransportProfile> profile;
  // Comes back in Connected.
  std::uint64_t tag = 0;
};

// nullopt: the Initial is not answered at all. Asked twice for one dial when a Retry is sent.
using AcceptFilter = std::function<std::optional<AcceptDecision>(const IncomingDial&)>;

enum class AcceptMode : std::uint8_t {
  Silent,  // Initials are not answered (a client's socket)
  Refuse,  // Initials are answered CONNECTION_REFUSED (a relay that drains or is full)
  Open,
};

struct EndpointConfig {
  AcceptMode acceptMode = AcceptMode::Silent;
  // Names this endpoint serves, best first.
  std::vector<std::string> alpns{kAlpnRelay};
  TransportProfile serverProfile = TransportProfile::relaySide();
  // Unset: everybody may dial, with any key. Set: strangers get no version negotiation and no
  // resets either, so that nobody can find the socket by probing it, unless `isPublic`.
  AcceptFilter acceptFilter;
  // Who this is and where is no secret (a relay): the filter only keeps limits.
  bool isPublic = false;
  // The TLS session is kept for exporter() only under these names, else freed (11 kB a connection).
  std::vector<std::string> exporterAlpns{kAlpnPeer};

  std::size_t maxConnections = 4096;
  // Server handshakes under way: above the first every Initial must bring a Retry token, above the
  // second Initials are dropped.
  std::size_t retryAboveHalfOpen = 64;
  std::size_t maxHalfOpen = 1024;
  // Initials per source address (IPv6: /64). Above it a Retry is demanded, and above it again for
  // proven addresses they are dropped.
  double initialsPerSecond = 50;
  double initialsBurst = 200;
  // Retry, version negotiation, refusals and resets together.
  double statelessRepliesPerSecond = 2000;
  double statelessResetsPerSecond = 100;
  bool sendStatelessResets = true;
  // Closed connections remembered for three probe timeouts.
  std::size_t maxTombstones = 1024;
  // Datagrams queued in all connections (about 1.5 kB each once used).
  std::size_t maxQueuedDatagrams = 16384;
  // DatagramReceived events kept when no DatagramHandler is set; more are dropped and counted.
  std::size_t maxDatagramEvents = 1024;
};

// When control bytes queued on a client before the handshake may leave.
enum class ControlRelease : std::uint8_t {
  WithFinished,    // as soon as the server's key is verified, in the packet of the Finished
  AfterConfirmed,  // when the server has accepted this client too
};

// When a client's connection counts as Connected.
enum class ConnectedWhen : std::uint8_t {
  Confirmed,  // the server has accepted this client too (RFC 9001 section 4.1.2)
  // A round trip sooner, with the server's key proven: what is sent then may still turn out to have
  // been for nothing.
  Completed,
};

struct DialOptions {
  // Constant label of the path; a wildcard socket uses one constant address (not the real one).
  SocketAddress local;
  SocketAddress remote;
  std::string alpn = kAlpnRelay;
  KeyPin pin;
  TransportProfile profile;
  ControlRelease controlRelease = ControlRelease::WithFinished;
  ConnectedWhen connectedWhen = ConnectedWhen::Confirmed;
  // First Destination Connection ID, 8 to 20 bytes; empty = 16 random bytes.
  Bytes initialDcid;
};

}  // namespace foyer::net
