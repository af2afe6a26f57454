// The probes of one call (docs/protocol.md "Direct connections"): which pairs of a local end and an
// address of the peer reach each other. They open the NATs of both sides, and every answer proves
// that the peer of this call is there (RFC 8445 section 7; catalogue K-11, K-17). Leaves out the
// connections that are made over what answered. A value of the NET thread.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/client/path_record.h"
#include "core/crypto/key_schedule.h"
#include "core/net/candidate.h"
#include "core/net/endpoint.h"
#include "core/net/port_search.h"
#include "core/net/probe.h"

namespace foyer::client {

struct ExtraLocal;

// A way between two ends.
struct PathWay {
  SocketAddress local;  // label of the local end
  SocketAddress remote;
  wire::CandidateKind kind = wire::CandidateKind::Host;
  // The local end is that of a TURN server.
  bool isRelayed = false;
};

class PathProbes {
 public:
  // Probes are at least this far apart, all targets together (RFC 8445 section 14.2: 50 ms for
  // packets of unknown size; these are 58 bytes with all headers).
  static constexpr Duration kProbesApart = 10ms;
  // … but so many may leave at once after a pause: the peer's interfaces, and where a NAT shows it.
  static constexpr int kProbesAtOnce = 4;
  // The peer's candidates, those learned from its probes, and the same again through servers.
  static constexpr std::size_t kMaxTargets = 2 * wire::kMaxCandidates + 8;
  // A TURN server is asked to pass on what plain probes could not do by then.
  static constexpr Duration kRelayedAfter = 400ms;

  // `key` and `random` outlive this.
  PathProbes(crypto::Role role, const crypto::SecretKey& key, RandomSource& random)
      : m_role(role), m_key(key), m_random(random) {}

  // An address that only the peer itself speaks for may be somebody else's (catalogue K-17): it is
  // asked fewer times, 464 bytes in all, and there are at most so many IP addresses of the kind.
  static constexpr std::size_t kUnvouchedAsks = 8;
  static constexpr std::size_t kMaxUnvouched = 4;
  // … and so many asks of all of them together in a call, however many ports the peer names.
  static constexpr std::size_t kMaxUnvouchedAsks = 64;
  // In networks of this machine: so many sockets a call, or a peer could look the LAN over.
  static constexpr std::size_t kMaxNear = wire::kMaxCandidates;
  // Answers a second, and at once: so that nobody can use this side to answer somebody else.
  static constexpr double kAnswersPerSecond = 100;
  static constexpr double kAnswersBurst = 40;

  // All the peer offers; replaces what it offered before. `own`: this machine's addresses;
  // `vouched`: IP addresses at which a relay that both are on has seen the peer. True when there
  // was an address that was not known.
  bool setPeer(TimePoint now, std::span<const wire::Candidate> candidates,
               std::span<const net::HostAddress> own, std::span<const IpAddress> vouched,
               PathRecord& record);
  void setExtraLocals(TimePoint now, std::span<const ExtraLocal> locals);
  // Everything is asked once more, and what answered before has to again.
  void askAgain(TimePoint now);
  // It came to nothing: no longer among what works until askAgain().
  void forget(const PathWay& way);

  // ---- fed
  // True when the packet was a probe of this call.
  bool handle(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
              ByteView bytes, PathRecord& record);

  // ---- drained; `isAsking` false: answers alone
  void pollTransmit(TimePoint now, bool isAsking, const net::TransmitSink& sink,
                    PathRecord& record);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;
  // What the search for ports has to send, after everything else and no faster.
  void pollGuesses(TimePoint now, net::PortSearch& search, const net::TransmitSink& sink);
  // Of those guesses.
  [[nodiscard]] TimePoint nextProbeAt() const { return m_pacedAt; }

  // ---- asked
  // The best way that works: the peer has answered there, or asked from there, which proves as much
  // as the own probes have opened this side's NAT. `without`: remote ends that are in use already.
  [[nodiscard]] std::optional<PathWay> best(std::span<const SocketAddress> without) const;
  // The peer has a better address that everybody can send to, from which nothing was heard yet.
  [[nodiscard]] bool mayHaveBetter(const PathWay& way) const;
  // The best way to an address that everybody can send to, where nothing was heard yet; only if a
  // relay vouches for it.
  [[nodiscard]] std::optional<PathWay> likeliest() const;
  [[nodiscard]] wire::CandidateKind kindOf(const SocketAddress& remote) const;
  // By which the peer dials from there.
  [[nodiscard]] PathWay wayOf(const SocketAddress& remote) const;
  // The peer has answered or asked somewhere.
  [[nodiscard]] bool hasContact() const;
  // Labels of the local ends at which it did.
  void addEndsInUse(std::vector<SocketAddress>& labels) const;
  // Where observers see the peer, or an address of its own that everybody can send to.
  [[nodiscard]] std::optional<SocketAddress> publicAddress(IpAddress::Family family) const;
  // Every target was asked as often as it is asked.
  [[nodiscard]] bool isExhausted() const;
  [[nodiscard]] std::size_t targets() const { return m_targets.size(); }
  [[nodiscard]] std::size_t answered() const;
  // The peer offered addresses, used or not.
  [[nodiscard]] bool hasOffer() const { return m_hasOffer; }
  [[nodiscard]] std::span<const net::HostAddress> own() const { return m_own; }
  // Somebody else than the peer says that it is there: a relay, or its being in a network of this
  // machine.
  [[nodiscard]] bool isVouched(const IpAddress& ip) const;
  // True once after the targets or their answers changed.
  [[nodiscard]] bool takeChanged() { return std::exchange(m_hasChanged, false); }

 private:
  // Somewhere the peer may answer.
  struct Target {
    PathWay way;
    net::ProbeNonce nonce{};
    std::size_t asks = 0;
    std::size_t mostAsks = 0;
    TimePoint nextAt{};
    bool hasAnswered = false;
    bool hasPeerAsked = false;
    bool wasReached = false;  // either of the two, once
  };
  struct Answer {
    SocketAddress local, to;
    Bytes bytes;
  };
  [[nodiscard]] Target* find(const SocketAddress& local, const SocketAddress& remote);
  [[nodiscard]] bool isKnown(const SocketAddress& remote) const;
  Target* add(TimePoint at, const PathWay& way);
  // Counts: what is asked about here is tried then.
  [[nodiscard]] bool mayTry(const SocketAddress& at);
  [[nodiscard]] bool mayAnswer(TimePoint now);
  [[nodiscard]] TimePoint mayAskAt() const {
    return m_pacedAt - (kProbesAtOnce - 1) * kProbesApart;
  }
  void addThroughServers(TimePoint now, const SocketAddress& remote, wire::CandidateKind kind);

  crypto::Role m_role;
  const crypto::SecretKey& m_key;
  RandomSource& m_random;
  std::vector<net::HostAddress> m_own;
  std::vector<IpAddress> m_vouched;
  // That were asked in this call without anybody's word, ever.
  std::vector<IpAddress> m_unvouched;
  std::size_t m_unvouchedAsks = 0;
  std::vector<SocketAddress> m_near;
  std::vector<SocketAddress> m_servers;  // labels of the local ends that are a TURN server's
  std::vector<Target> m_targets;
  // When a probe would leave if all came kProbesApart.
  TimePoint m_pacedAt{};
  std::vector<Answer> m_answers;
  double m_answerBudget = kAnswersBurst;
  TimePoint m_answersAt{};
  bool m_hasOffer = false;
  bool m_hasChanged = false;
};

}  // namespace foyer::client
