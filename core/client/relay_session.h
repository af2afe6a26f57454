// A client's life with one relay: dial its addresses, admission, presence upkeep, requests with
// time-outs, reconnection. Feeds on the events of the client's Endpoint and hands call and lobby
// messages up. Value, no thread. One lives for as long as the person wants this relay.
//
// UDP comes first. Where none answers, the same relay is dialled over TLS on TCP (one more path
// with a label of its own, client/labels.h); from there the connection moves to UDP as soon as that
// works (RFC 9000 section 9), so that nothing has to be said again.
//
// hello, the presence record and the question for the lobby leave together with the client's
// Finished, so the lobby is known two round trips after the first packet.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/fault.h"
#include "core/base/random.h"
#include "core/client/client_state.h"
#include "core/net/endpoint.h"
#include "core/net/reconnect.h"
#include "core/net/turn_credentials.h"
#include "core/net/turn_link.h"
#include "core/wire/frame_reader.h"
#include "core/wire/link.h"
#include "core/wire/message.h"

namespace foyer::client {

struct RelayTarget {
  Fingerprint fingerprint;  // from a link, an earlier use, or mDNS (a hint, then checked)
  std::vector<SocketAddress> addresses;         // in order of preference, 1 … kMaxAddresses
  std::string invite;                           // may be empty
  std::optional<PublicKey> knownKey;            // proven earlier
  std::uint16_t tcpPort = wire::kRelayTcpPort;  // of the same hosts, for where UDP is blocked
};

// What a relay handed out: servers of its operator, and credentials until `goodUntil`.
struct RelayTurn {
  std::vector<net::TurnLink> links;  // none: it has nothing to give
  net::TurnCredentials credentials;
  TimePoint goodUntil{};
};

class RelaySession {
 public:
  static constexpr std::size_t kMaxAddresses = 16;
  // The next address is tried beside the first after this long (RFC 8305 suggests 250 ms).
  static constexpr Duration kNextAddressAfter = 250ms;
  // Admission is one message; a relay that took the connection and says nothing for this long is
  // not a relay.
  static constexpr Duration kWelcomeTimeout = 10s;
  // A lobby that does not come in this time is asked for once more, then shown as empty.
  static constexpr Duration kLobbyTimeout = 5s;
  static constexpr Duration kReflectTimeout = 1s;
  // An older relay does not know the question and says nothing.
  static constexpr Duration kTurnTimeout = 5s;
  // UDP has not answered: TCP is tried beside it. Longer than a round trip by satellite; and less
  // where UDP was silent the last time and the network is still the same.
  static constexpr Duration kTcpAfter = 700ms;
  static constexpr Duration kTcpAfterBlocked = 200ms;
  // Each is a connection of its own; few relays have more hosts.
  static constexpr std::size_t kMaxTcpAddresses = 4;
  // Over TCP an answer comes within a few round trips or not at all.
  static constexpr Duration kTcpHandshake = 5s;
  // On TCP, UDP is tried again after this long, then twice as long each time.
  static constexpr Duration kUdpFirstRetry = 5s;
  static constexpr Duration kUdpLastRetry = 60s;
  // In a call: so many packets of ours in so long a silence of the relay's, which acknowledges
  // within 100 ms, and the connection moves to TCP if that works. Without a call the idle time-out
  // will do.
  static constexpr Duration kDeafAfter = 1s;
  static constexpr std::uint64_t kDeafPackets = 10;
  static constexpr Duration kLookInterval = 250ms;
  // UDP that carried for this long is no passing mood of a firewall.
  static constexpr Duration kUdpProven = 60s;
  // By then the relay has followed a connection to another network.
  static constexpr Duration kReflectAgain = 700ms;
  // After many short calls the relay listens to no more changes for a while; by then to one.
  static constexpr Duration kAvailabilityAgain = 3s;

  RelaySession(net::Endpoint& endpoint, RandomSource& random, RelayTarget target);

  // ---- commands
  void start(TimePoint now);
  // Says goodbye and stays down.
  void stop(TimePoint now);
  // The addresses were resolved again, or a new link names others.
  void setTarget(RelayTarget target);
  // The person looked at both fingerprints: from now on the new key is the relay's.
  void acceptChangedKey(TimePoint now);
  // The network changed or the machine woke up: dial again without the back-off, or ask where this
  // client is seen now.
  void retryNow(TimePoint now);
  // Gives the connection up, if there is one, and dials anew.
  void redial(TimePoint now);
  // The record to publish, now and at each admission.
  void setRecord(TimePoint now, Bytes record);
  // No record any more: dials anew, since a relay forgets a record only with its connection. Ends
  // the calls that run through it.
  void withdrawRecord(TimePoint now);
  void setAvailability(wire::PresenceState state);
  // False when there is no admitted connection; nothing is kept.
  bool send(const wire::Message& message);
  // Asks for the lobby again, e.g. after a gap in the deltas.
  void requestLobby(TimePoint now, std::uint64_t knownVersion);
  void requestReflect(TimePoint now);
  // Asks for the way to the operator's TURN server; one question at a time.
  void requestTurn(TimePoint now);
  // All pages are here.
  void lobbyKnown(TimePoint now);

  // ---- fed
  // True when the event was this session's.
  bool handleEvent(TimePoint now, const net::Event& event);
  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // ---- drained
  // Lobby and call messages, in order. Bounded by the Endpoint's flow control: what is not taken is
  // not acknowledged.
  [[nodiscard]] std::optional<wire::Message> pollMessage();
  // True once after the status changed.
  [[nodiscard]] bool takeChanged();
  // True once after an admission (the first or a later one): calls re-attach.
  [[nodiscard]] bool takeAdmitted();
  // Once after an answer to requestTurn().
  [[nodiscard]] std::optional<RelayTurn> takeTurn() { return std::exchange(m_turn, std::nullopt); }

  [[nodiscard]] RelayStatus status() const;
  [[nodiscard]] bool isAdmitted() const { return m_isAdmitted; }
  // Its signed word on where it sees this client (crypto/observed.h); empty when it gave none.
  [[nodiscard]] const Bytes& vouch() const { return m_vouch; }
  [[nodiscard]] net::ConnectionId connection() const { return m_connection; }
  [[nodiscard]] const RelayTarget& target() const { return m_target; }
  // Wall clock of the relay less `now` at admission, for judging how late an offer is.
  [[nodiscard]] std::optional<std::int64_t> relayTimeMsAt(TimePoint now) const;
  [[nodiscard]] std::uint64_t badMessages() const { return m_badMessages; }

 private:
  enum class Request : std::uint8_t { Hello, Publish, Lobby, Reflect, Turn };
  struct Pending {
    Request what;
    TimePoint deadline;
  };

  struct Dial {
    net::ConnectionId id;
    RelayCarrier carrier;
    std::uint16_t port;
  };

  void dialNext(TimePoint now);
  void dialTcp(TimePoint now);
  bool dial(TimePoint now, const SocketAddress& local, const SocketAddress& remote);
  void onPathChanged(TimePoint now, const net::PathChanged& changed);
  void planUdp(TimePoint now);
  void tryUdp(TimePoint now);
  void lookForAnswers(TimePoint now);
  // `all` has at least one.
  [[nodiscard]] SocketAddress likelyOf(const std::vector<SocketAddress>& all,
                                       std::size_t tries) const;
  void closeDials(TimePoint now, net::ConnectionId except);
  void onVerified(TimePoint now, net::ConnectionId id, const PublicKey& key);
  void onControl(TimePoint now, ByteView bytes);
  void onMessage(TimePoint now, wire::Message message);
  void onTurnGiven(TimePoint now, wire::TurnGiven& given);
  void onClosed(TimePoint now, const net::Closed& closed);
  void fail(TimePoint now, Fault fault, std::optional<Duration> retryAfter = {});
  void endForGood(TimePoint now, RelayPhase phase, Fault fault);
  void forget();
  [[nodiscard]] Bytes firstFlight(TimePoint now);
  std::uint32_t nextId();
  std::uint32_t expect(Request what, TimePoint deadline);
  void setPhase(RelayPhase phase);
  [[nodiscard]] bool isMine(net::ConnectionId id) const;

  net::Endpoint* m_endpoint;
  RandomSource* m_random;
  RelayTarget m_target;
  RelayStatus m_status;
  net::Reconnect m_reconnect;

  std::vector<Dial> m_dials;  // under way
  std::size_t m_nextAddress = 0;
  std::optional<TimePoint> m_nextDialAt;
  std::vector<SocketAddress> m_tcpAddresses;
  std::size_t m_nextTcp = 0;
  std::optional<TimePoint> m_tcpDialAt;
  bool m_isUdpBlocked = false;                 // by what was seen in this network
  std::size_t m_udpTries = 0, m_tcpTries = 0;  // of a live connection to be moved there
  std::optional<TimePoint> m_udpRetryAt;
  Duration m_udpPause = kUdpFirstRetry;
  TimePoint m_onUdpSince{};
  // What is known of the answers, in a call over UDP.
  struct Hearing {
    std::uint64_t received = 0, sentBefore = 0;
    TimePoint at{};  // of the last change
  };
  Hearing m_hearing;
  std::optional<TimePoint> m_lookAt;
  TimePoint m_dialledAt{};
  net::ConnectionId m_connection;  // the one whose key was verified first
  bool m_isWanted = false;
  bool m_isAdmitted = false;
  bool m_hadLobbyRetry = false;

  wire::FrameReader m_frames;
  std::deque<wire::Message> m_inbox;
  std::unordered_map<std::uint32_t, Pending> m_pending;
  std::uint32_t m_lastId = 0;
  Bytes m_record;
  bool m_isRecordPublished = false;
  wire::PresenceState m_availability = wire::PresenceState::Available;
  std::uint64_t m_lobbyVersion = 0;
  std::uint64_t m_badMessages = 0;
  Bytes m_vouch;
  std::optional<TimePoint> m_reflectAt;       // asked once more after the network changed
  std::optional<TimePoint> m_availabilityAt;  // said again: the relay had heard it too often
  std::optional<Duration> m_retryAfter;       // from refused or draining
  std::optional<RelayTurn> m_turn;            // not taken yet
  bool m_isTurnWanted = false;                // asked for before the welcome
  std::optional<std::pair<TimePoint, std::uint64_t>> m_relayTime;
  bool m_hasChanged = false;
  bool m_hasNewAdmission = false;
};

}  // namespace foyer::client
