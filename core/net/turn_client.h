// One allocation on a TURN server (RFC 8656) over UDP, TCP or TLS, without I/O: messages and `now`
// go in, messages, events and a wake-up time come out. Leaves out connecting, TLS and the cutting
// of streams (turn_stream.h), resolving, TCP relaying (RFC 6062), mobility (RFC 8016), and
// PASSWORD-ALGORITHMS: a server takes a request without it as MD5 (RFC 8489 section 9.2.4).
// A value of one thread.
//
// A turn of the owner's loop: handle()*, handleTimeout(now) if due, pollEvent()*, then
// pollTransmit(now, sink), then sleep until pollTimeout(). Over TCP and TLS start() is called when
// the connection stands; when it breaks the allocation is gone and with it this value.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "core/base/address.h"
#include "core/base/bounded_queue.h"
#include "core/base/bytes.h"
#include "core/base/fault.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/net/stun.h"
#include "core/net/stun_integrity.h"
#include "core/net/turn_credentials.h"
#include "core/net/turn_link.h"
#include "core/net/turn_peers.h"
#include "core/net/turn_requests.h"

namespace foyer::net {

struct TurnConfig {
  SocketAddress server;
  TurnTransport transport = TurnTransport::Udp;
  TurnCredentials credentials;
  // Of the relayed address.
  IpAddress::Family family = IpAddress::Family::V4;
  // Asked for; the server decides.
  Duration lifetime = 10min;
  TurnRetry retry;
  // Well inside kTurnPermissionLife and kTurnChannelLife, whole retransmission included.
  Duration renewPermission = 4min;
  Duration renewChannel = 9min;
  // UDP only: silence towards the server after which a Binding indication keeps the NAT's mapping;
  // many forget after 30 s.
  Duration keepAlive = 20s;
};

enum class TurnStage { Allocate, Refresh, Permission, Channel };
// "turn_allocate", "turn_refresh", "turn_permission", "turn_channel".
[[nodiscard]] const char* toString(TurnStage stage);

enum class TurnCause {
  NoAnswer,
  Unverified,            // only answers that are not provably the server's
  WrongCredentials,      // 401 to our credentials, or 441
  StaleNonce,            // 438 to a fresh nonce
  Forbidden,             // 403
  Mismatch,              // 437: this port of ours has another allocation, or ours is forgotten
  QuotaReached,          // 486: too many allocations of this user
  NoCapacity,            // 508
  UnsupportedFamily,     // 440, 443
  UnsupportedTransport,  // 442
  BadRedirect,           // 300 twice, in a circle, or to where no server may send us
  Refused,               // any other 4xx
  ServerError,           // 5xx
  BadAnswer,             // what the server says makes no sense
  NoHash,                // this system refuses MD5 or SHA-1
};
// Stable codes, as "wrong_credentials".
[[nodiscard]] const char* toString(TurnCause cause);

struct TurnFault {
  TurnStage stage{};
  TurnCause cause{};
  // STUN error code, 0 when there was none.
  std::uint16_t code = 0;
  bool operator==(const TurnFault&) const = default;
};
// Trying again later with the same settings makes sense for causes that pass by themselves.
[[nodiscard]] Fault asFault(const TurnFault& fault);

struct TurnAllocated {
  SocketAddress relayed;  // a candidate
  SocketAddress mapped;   // how the server sees us: a reflexive candidate over UDP
  Duration lifetime{};
};
// The server sent us to another one. Over UDP the client goes on by itself; over TCP and TLS it
// waits for start(), on a connection to `server` (TLS: with the name it was asked for by).
struct TurnRedirected {
  SocketAddress server;
};
// The server lets it through, and wrap() works for it.
struct TurnPeerReady {
  SocketAddress peer;
};
struct TurnPeerLost {
  SocketAddress peer;
  TurnFault fault;
};
// The last event. No fault: close() was called.
struct TurnEnded {
  std::optional<TurnFault> fault;
};
using TurnEvent =
    std::variant<TurnAllocated, TurnRedirected, TurnPeerReady, TurnPeerLost, TurnEnded>;

// What handle() made of a message.
struct TurnInput {
  enum class Kind {
    NotOurs,  // another server, no STUN or ChannelData, or an answer to somebody else's request
    Used,
    Data,  // `payload` came from `peer` through the server; refers to the message
  };
  Kind kind = Kind::NotOurs;
  SocketAddress peer;
  ByteView payload;
};

enum class TurnPeerError { TooMany, OtherFamily, BadAddress, Ended };
[[nodiscard]] const char* toString(TurnPeerError error);
enum class TurnSendError { NotReady, TooLarge };
[[nodiscard]] const char* toString(TurnSendError error);

struct TurnStats {
  std::uint64_t unverified = 0;  // answers without valid MESSAGE-INTEGRITY
  std::uint64_t strayData = 0;   // data of no channel or peer of ours
};

class TurnClient {
 public:
  // Bytes of one payload: an Ethernet packet's worth.
  static constexpr std::size_t kMaxPayload = 1500;
  using Sink = std::function<void(ByteView message)>;

  // `random` outlives the client.
  TurnClient(TurnConfig config, RandomSource& random);

  // Begins to allocate; once, and once more after TurnRedirected on a stream.
  void start(TimePoint now);
  // Gives the allocation back: Refresh with lifetime 0, then TurnEnded. Who cannot wait for it
  // drains pollTransmit() once.
  void close(TimePoint now);

  // --- Fed
  // `message`: one datagram, or one message of a TurnStream with `from` = server().
  [[nodiscard]] TurnInput handle(TimePoint now, const SocketAddress& from, ByteView message);
  void handleTimeout(TimePoint now);

  // --- Drained
  // Everything that is due, each to be sent to server().
  void pollTransmit(TimePoint now, const Sink& sink);
  [[nodiscard]] std::optional<TurnEvent> pollEvent() { return m_events.pop(); }
  // May be in the past while pollTransmit() has something.
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // --- Peers; remembered when there is no allocation yet, known ones are not added twice
  [[nodiscard]] Result<void, TurnPeerError> addPeer(TimePoint now, const SocketAddress& peer);
  void removePeer(TimePoint now, const SocketAddress& peer);
  // `payload` as the server wants it for `peer`: ChannelData once the channel stands, a Send
  // indication before. To be sent to server() as it is; valid until the next call.
  [[nodiscard]] Result<ByteView, TurnSendError> wrap(TimePoint now, const SocketAddress& peer,
                                                     ByteView payload);

  // --- Asked
  [[nodiscard]] const SocketAddress& server() const { return m_server; }
  [[nodiscard]] bool isAllocated() const { return m_state == State::Allocated; }
  [[nodiscard]] bool hasEnded() const { return m_state == State::Ended; }
  // The server has confirmed the end of the allocation.
  [[nodiscard]] bool wasGivenBack() const { return m_wasGivenBack; }
  [[nodiscard]] std::optional<SocketAddress> relayed() const;
  // Whether wrap() makes ChannelData for it.
  [[nodiscard]] bool hasChannel(const SocketAddress& peer) const;
  // Until when time-limited credentials are good, seconds of Unix time.
  [[nodiscard]] std::optional<std::int64_t> credentialsExpiry() const {
    return turnExpiry(m_config.credentials.username);
  }
  [[nodiscard]] const TurnStats& stats() const { return m_stats; }

 private:
  enum class State { Idle, Allocating, Allocated, Closing, Ended };

  // Requests (turn_client_requests.cpp)
  void begin(TurnRequestKind kind, const SocketAddress& peer = {}, bool hadStaleNonce = false);
  [[nodiscard]] std::optional<ByteView> write(const TurnRequest& request, MutableByteView buffer);
  void fail(TimePoint now, const TurnRequest& request, TurnCause cause, std::uint16_t code = 0);
  void failPeer(TimePoint now, const TurnRequest& request, const TurnFault& fault);
  void end(std::optional<TurnFault> fault);

  // Answers (turn_client.cpp)
  [[nodiscard]] bool isVerified(const StunMessage& message) const;
  void onAnswer(TimePoint now, const StunMessage& message);
  void onSuccess(TimePoint now, const TurnRequest& request, const StunMessage& message);
  void onError(TimePoint now, const TurnRequest& request, const StunMessage& message);
  void onAllocated(TimePoint now, const TurnRequest& request, const StunMessage& message);
  void onMismatch(TimePoint now, const TurnRequest& request);
  void allocateAgain();
  void onRedirect(TimePoint now, const TurnRequest& request, const StunMessage& message);
  void setLifetime(TimePoint now, std::uint32_t seconds);
  [[nodiscard]] TurnInput onChannelData(ByteView message);
  [[nodiscard]] TurnInput onDataIndication(const StunMessage& message);
  void renewPeers(TimePoint now);

  [[nodiscard]] bool isStream() const { return m_config.transport != TurnTransport::Udp; }

  TurnConfig m_config;
  RandomSource& m_random;
  SocketAddress m_server;
  State m_state = State::Idle;
  // close() came while the answer to Allocate was on its way.
  bool m_isCloseWanted = false;
  bool m_wasRedirected = false;
  bool m_wasGivenBack = false;
  // Answers 437 to Allocate so far, and when to ask again after one.
  unsigned m_mismatches = 0;
  std::optional<TimePoint> m_allocateAt;

  // What the server said in its 401; the key stands when a nonce does.
  std::string m_realm;
  std::string m_nonce;
  std::optional<StunKey> m_key;

  TurnRequests m_requests;
  TurnPeers m_peers;
  BoundedQueue<TurnEvent> m_events;
  SocketAddress m_relayed;
  TimePoint m_expiresAt{};
  // nullopt while a Refresh is under way.
  std::optional<TimePoint> m_renewAt;
  TimePoint m_lastSent{};
  TurnStats m_stats;
  std::array<std::uint8_t, 1600> m_wrapped{};
};

}  // namespace foyer::net
