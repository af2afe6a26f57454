// The ways of one call between its two sides beside the relay: probes find addresses that answer
// (path_probes.h), one direct QUIC connection is made over the first of them and bound to the call
// (docs/keys.md section 10), and the caller nominates it over itself (RFC 8445 section 8; catalogue
// K-09). Both sides take packets from every way, send on the nominated one, and on the relay too
// around a switch and while the direct way is doubtful. The relay stays the way back. Leaves out:
// gathering addresses. A value of the NET thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/call/call_agent.h"
#include "core/client/client_state.h"
#include "core/client/path_probes.h"
#include "core/client/path_record.h"
#include "core/net/endpoint.h"
#include "core/net/nat_report.h"
#include "core/net/port_search.h"
#include "core/net/punch_plan.h"

namespace foyer::client {

class CallPaths {
 public:
  // Both ways are used for this long around a switch.
  static constexpr Duration kOverlap = 500ms;
  // … and for this long after the network changed here or there: until silence on the direct way
  // shows on both sides.
  static constexpr Duration kMoveOverlap = 1500ms;
  // Nothing heard on the direct way: the relay carries a copy of everything until it is heard
  // again, and another way is looked for.
  // It is at least this long: ten packets of 20 ms; where packets come further apart, two and a
  // half of them, or each lost one would bring the relay's copy onto a link that has no room for
  // it.
  static constexpr Duration kSilence = 200ms;
  static constexpr Duration kLongestSilence = 400ms;
  // … and after this it is given up.
  static constexpr Duration kGivenUp = 6s;
  // A connection that is not bound by then is somebody else's (docs/keys.md section 10).
  static constexpr Duration kBindWithin = 3s;
  // A dial that is not answered by then does not keep the next one waiting.
  static constexpr Duration kDialPatience = 400ms;

  // `tag` comes back with connections that the peer dials. `random` outlives this.
  CallPaths(const CallId& call, const PublicKey& peer, call::PathKeys keys, std::uint64_t tag,
            RandomSource& random);

  // All the peer offers; replaces what it offered before. `own`: this machine's addresses;
  // `vouched`: IP addresses at which a common relay has seen the peer.
  void setPeerCandidates(TimePoint now, std::span<const wire::Candidate> candidates,
                         std::span<const net::HostAddress> own, std::span<const IpAddress> vouched);
  void setExtraLocals(TimePoint now, std::span<const ExtraLocal> locals);
  // What is known of both NATs says how ports are guessed, if that helps (net/punch_plan.h).
  void setOwnNat(TimePoint now, const net::NatReport& report, bool triesPorts);
  void setPeerNat(TimePoint now, const net::NatTraits& traits);
  // The caller's: what opens the peer's NAT leaves when the confirm, which left now, is there. A
  // dial to where a relay sees the peer can be under way by then, and saves the peer's first word.
  // `relayedRtt`: to the peer and back by the relay, above 0.
  void expectPeer(TimePoint now, Duration relayedRtt);
  // Told to the peer; for the record.
  void onOffered(TimePoint now, std::span<const wire::Candidate> candidates);
  // Another network here: what answered before may not any more.
  void onNetworkChanged(TimePoint now);

  // ---- fed
  // True when the packet was a probe of this call.
  bool handleProbe(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                   ByteView bytes);
  // True when it was the answer to a question of the search for ports.
  bool handleStun(TimePoint now, const net::DatagramView& datagram);
  // True when the event was of a connection of this call.
  bool handleEvent(TimePoint now, net::Endpoint& endpoint, const net::Event& event);
  // A valid packet of the call came in on that connection.
  void onHeard(TimePoint now, net::Endpoint& endpoint, net::ConnectionId on);
  void handleTimeout(TimePoint now, net::Endpoint& endpoint);
  // The end of the call; `isHangup`: the person's, which the peer is told on the direct way too.
  void close(TimePoint now, net::Endpoint& endpoint, bool isHangup);

  // ---- drained
  void pollTransmit(TimePoint now, const net::TransmitSink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // ---- asked
  // Whether an Initial with this connection id is the peer's dial for this call.
  [[nodiscard]] std::optional<net::AcceptDecision> accept(const net::IncomingDial& dial);
  [[nodiscard]] std::uint64_t tag() const { return m_tag; }
  [[nodiscard]] bool owns(net::ConnectionId id) const;
  [[nodiscard]] bool isDirect() const { return m_direct.has_value(); }
  // The peer's person hung up, said on a connection that is bound to the call.
  [[nodiscard]] bool hasPeerHungUp() const { return m_hasPeerHungUp; }
  struct Use {
    std::optional<net::ConnectionId> direct;
    bool relay = true;
  };
  // Where a packet that is sent now goes.
  [[nodiscard]] Use use(TimePoint now) const;
  [[nodiscard]] PathFigures figures(const net::Endpoint& endpoint) const;
  [[nodiscard]] std::vector<PathNote> notes() const { return m_record.notes(); }
  // Where the sockets of the search will probably be reached, to be offered.
  [[nodiscard]] const std::vector<SocketAddress>& predicted() const { return m_predicted; }
  // Fresh sockets that the search wants now.
  [[nodiscard]] std::size_t wantedSockets() const { return m_search.wantedSockets(); }
  // Labels of local ends that must stay.
  void addEndsInUse(std::vector<SocketAddress>& labels) const;
  // True once after what figures() says changed.
  [[nodiscard]] bool takeChanged() {
    const bool isProbes = m_probes.takeChanged();
    return std::exchange(m_hasChanged, false) || isProbes;
  }

 private:
  struct Link {
    net::ConnectionId id;
    PathWay way;
    TimePoint since{};
    bool isConnected = false;
    TimePoint slowAt{};    // not answered by then, it keeps no other from being dialled …
    bool isSlow = false;   // … and was not
    bool isEarly = false;  // nothing had been heard from there
    Duration within = kBindWithin;
    bool isBound = false;
    bool isAgreed = false;  // both sides know that it is nominated
    Bytes inbox;            // until the tag is whole
    TimePoint heardAt{};
    Duration apart = 20ms;              // packets heard, on average
    std::optional<TimePoint> retireAt;  // another one is used
  };

  [[nodiscard]] bool isCaller() const { return m_keys.role == crypto::Role::Caller; }
  [[nodiscard]] Link* link(net::ConnectionId id);
  [[nodiscard]] const Link* direct() const;
  // From when on it counts as silent.
  [[nodiscard]] static TimePoint silentFrom(const Link& link);
  // The direct way is silent, or the peer says that it is: the relay helps.
  [[nodiscard]] bool isDoubtful(TimePoint now) const;
  struct Due {
    bool isEarly = false;    // the dial that expectPeer() planned
    bool hasWaited = false;  // for a better way
  };
  [[nodiscard]] Due takeDue(TimePoint now);
  void dialBest(TimePoint now, net::Endpoint& endpoint, const Due& due);
  [[nodiscard]] std::optional<PathWay> earlyWay() const;
  // Something was heard from there.
  void judgeEarly(TimePoint now, const SocketAddress& from);
  void onConnected(TimePoint now, net::Endpoint& endpoint, Link& link);
  void onControl(TimePoint now, net::Endpoint& endpoint, Link& link, ByteView bytes);
  void onWord(TimePoint now, net::Endpoint& endpoint, Link& link, std::uint8_t word);
  void say(net::Endpoint& endpoint, const Link& link, std::uint8_t word);
  void nominate(TimePoint now, net::Endpoint& endpoint, const Link& link);
  void useDirect(TimePoint now, const Link& link);
  void doubt(TimePoint now);
  void drop(TimePoint now, net::Endpoint& endpoint, net::ConnectionId id, std::string_view why);
  void searchAgain(TimePoint now);
  void planSearch(TimePoint at);
  void planGuesses(TimePoint now);
  void tendGuesses(TimePoint now);
  void sendGuesses(TimePoint now, const net::TransmitSink& sink);

  CallId m_call;
  PublicKey m_peer;
  call::PathKeys m_keys;
  std::uint64_t m_tag;
  PathRecord m_record;
  PathProbes m_probes;
  net::PortSearch m_search;
  std::optional<net::NatReport> m_ownNat;
  net::NatTraits m_peerNat;
  bool m_triesPorts = false;
  net::PunchPlan m_plan;
  std::vector<SocketAddress> m_predicted;
  bool m_hasNotedGuesses = false;  // of the search under way
  // Dial ids used up on this side, and those of the peer that were taken.
  std::uint8_t m_dials = 0;
  struct Taken {
    std::uint8_t dial;
    SocketAddress by;
  };
  std::vector<Taken> m_taken;
  std::vector<Link> m_links;
  std::optional<net::ConnectionId> m_direct;  // nominated
  struct Expected {
    TimePoint at;  // its first packet leaves, about
    std::optional<TimePoint> dialAt;
    Duration relayedRtt;
  };
  std::optional<Expected> m_expected;      // until the peer was heard
  std::optional<TimePoint> m_betterUntil;  // waited for
  std::vector<IpAddress> m_offered;        // of this side
  TimePoint m_overlapUntil{};
  bool m_isPeerDeaf = false;  // it hears nothing of us on the direct way
  bool m_haveComplained = false;
  bool m_isDoubting = false;  // probes are sent although there is a direct way
  bool m_hadDirect = false;
  bool m_hasPeerHungUp = false;
  std::optional<TimePoint> m_searchAt;  // after a direct way was lost or none was found
  Duration m_searchPause{};
  bool m_hasChanged = false;
};

}  // namespace foyer::client
