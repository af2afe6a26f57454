// The ways of one call between its two sides beside the relay: small authenticated probes open the
// NATs and find addresses that answer, one direct QUIC connection is made over the first of them
// and bound to the call (docs/keys.md section 10), and the caller nominates it over itself (RFC
// 8445 section 8; catalogue K-09). Both sides take packets from every way, send on the nominated
// one, and on the relay too around a switch and while the direct way is silent. The relay stays the
// way back. Leaves out: gathering addresses, port prediction, TURN. A value of the NET thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/call/call_agent.h"
#include "core/client/client_state.h"
#include "core/net/candidate.h"
#include "core/net/endpoint.h"
#include "core/net/probe.h"

namespace foyer::client {

class CallPaths {
 public:
  // Probes are at least this far apart, all targets together (RFC 8445 section 14.2: 50 ms for
  // packets of unknown size; these are 58 bytes with all headers).
  static constexpr Duration kProbesApart = 10ms;
  // The peer's candidates and those learned from its probes.
  static constexpr std::size_t kMaxTargets = wire::kMaxCandidates + 8;
  // Both ways are used for this long around a switch.
  static constexpr Duration kOverlap = 500ms;
  // Nothing heard on the direct way: the relay carries a copy of everything until it is heard
  // again.
  static constexpr Duration kSilence = 250ms;
  // … and after this it is given up and looked for again.
  static constexpr Duration kGivenUp = 6s;
  // A connection that is not bound by then is somebody else's (docs/keys.md section 10).
  static constexpr Duration kBindWithin = 3s;

  // `tag` comes back with connections that the peer dials. `random` outlives this.
  CallPaths(const CallId& call, const PublicKey& peer, call::PathKeys keys, std::uint64_t tag,
            RandomSource& random);

  // All the peer offers; replaces what it offered before. `own`: this machine's addresses.
  void setPeerCandidates(TimePoint now, std::span<const wire::Candidate> candidates,
                         std::span<const net::HostAddress> own);
  // Another network here: what answered before may not any more.
  void onNetworkChanged(TimePoint now, net::Endpoint& endpoint);

  // ---- fed
  // True when the packet was a probe of this call.
  bool handleProbe(TimePoint now, const SocketAddress& remote, ByteView bytes);
  // True when the event was of a connection of this call.
  bool handleEvent(TimePoint now, net::Endpoint& endpoint, const net::Event& event);
  // A valid packet of the call came in on that connection.
  void onHeard(TimePoint now, net::Endpoint& endpoint, net::ConnectionId on);
  void handleTimeout(TimePoint now, net::Endpoint& endpoint);
  void close(TimePoint now, net::Endpoint& endpoint);

  // ---- drained
  void pollTransmit(TimePoint now, const net::TransmitSink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // ---- asked
  // Whether an Initial with this connection id is the peer's dial for this call.
  [[nodiscard]] std::optional<net::AcceptDecision> accept(const net::IncomingDial& dial);
  [[nodiscard]] std::uint64_t tag() const { return m_tag; }
  [[nodiscard]] bool owns(net::ConnectionId id) const;
  [[nodiscard]] bool isDirect() const { return m_direct.has_value(); }
  struct Use {
    std::optional<net::ConnectionId> direct;
    bool relay = true;
  };
  // Where a packet that is sent now goes.
  [[nodiscard]] Use use(TimePoint now) const;
  [[nodiscard]] PathFigures figures(const net::Endpoint& endpoint) const;
  // True once after what figures() says changed.
  [[nodiscard]] bool takeChanged() { return std::exchange(m_hasChanged, false); }

 private:
  // Somewhere the peer may answer.
  struct Target {
    SocketAddress at;
    wire::CandidateKind kind = wire::CandidateKind::Host;
    net::ProbeNonce nonce{};
    int asks = 0;
    TimePoint nextAt{};
    bool hasAnswered = false;
  };
  struct Link {
    net::ConnectionId id;
    SocketAddress remote;
    wire::CandidateKind kind = wire::CandidateKind::Host;
    TimePoint since{};
    bool isConnected = false;
    bool isBound = false;
    Bytes inbox;  // until the tag is whole
    TimePoint heardAt{};
  };

  [[nodiscard]] bool isCaller() const { return m_keys.role == crypto::Role::Caller; }
  [[nodiscard]] Target* target(const SocketAddress& at);
  void addTarget(TimePoint now, const SocketAddress& at, wire::CandidateKind kind);
  [[nodiscard]] Link* link(net::ConnectionId id);
  [[nodiscard]] const Link* direct() const;
  void dialBest(TimePoint now, net::Endpoint& endpoint);
  void onControl(TimePoint now, net::Endpoint& endpoint, Link& link, ByteView bytes);
  void onWord(TimePoint now, net::Endpoint& endpoint, Link& link, std::uint8_t word);
  void say(net::Endpoint& endpoint, const Link& link, std::uint8_t word);
  void bound(TimePoint now, net::Endpoint& endpoint, Link& link);
  void useDirect(TimePoint now, net::ConnectionId id);
  void drop(TimePoint now, net::Endpoint& endpoint, net::ConnectionId id, std::string_view why);
  void searchAgain(TimePoint now);
  void planSearch(TimePoint at);
  [[nodiscard]] bool isExhausted() const;

  CallId m_call;
  PublicKey m_peer;
  call::PathKeys m_keys;
  std::uint64_t m_tag;
  RandomSource& m_random;
  std::vector<net::HostAddress> m_own;
  std::vector<Target> m_targets;
  std::size_t m_nextTarget = 0;
  TimePoint m_nextProbeAt{};
  // Dial ids used up on this side, and those of the peer that were taken.
  std::uint8_t m_dials = 0;
  struct Taken {
    std::uint8_t dial;
    SocketAddress by;
  };
  std::vector<Taken> m_taken;
  std::vector<Link> m_links;
  std::optional<net::ConnectionId> m_direct;  // nominated, and the peer knows
  TimePoint m_overlapUntil{};
  bool m_isPeerDeaf = false;  // it hears nothing of us on the direct way
  bool m_haveComplained = false;
  std::optional<TimePoint> m_searchAt;  // after a direct way was lost or none was found
  Duration m_searchPause{};
  // Answers that wait to be sent.
  struct Answer {
    SocketAddress to;
    Bytes bytes;
  };
  std::vector<Answer> m_answers;
  bool m_hasChanged = false;
};

}  // namespace foyer::client
