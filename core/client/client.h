// One whole client as a value that is fed and drained: sessions with relays, their lobbies, calls
// and the NET half of their media over one QUIC endpoint. The NET thread of the program drives it,
// and the simulator does, unchanged. It knows no socket, device, file or clock.
//
// A turn: feed (handleDatagram, handleTimeout, handleAudio, commands), then pollTransmit until the
// sink has everything, then pollEvent until empty, then sleep until pollTimeout().
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"
#include "core/call/call_agent.h"
#include "core/call/lobby.h"
#include "core/client/client_state.h"
#include "core/client/live_call.h"
#include "core/client/media_seam.h"
#include "core/client/own_legs.h"
#include "core/client/relay_session.h"
#include "core/crypto/identity.h"
#include "core/net/endpoint.h"
#include "core/quality/ladder.h"

namespace foyer::client {

struct ClientOptions {
  std::string alias;  // may be empty
  std::string build;  // told to a peer, sealed, after the answer
  std::vector<std::string> capabilities{"opus", "codec2"};
  std::optional<wire::Tier> quality;  // what calls begin with; nullopt = auto
  std::optional<int> maxPayloadBps;   // a cap on codec bytes, copies included
  bool isLowDelay = false;            // 10 ms packets in the upper tiers
  bool savesSilence = false;          // see setSilenceSaving
};

// An address of an interface with the port of this client's socket of that family.
struct LocalEndpoint {
  SocketAddress at;
  int prefixBits = 0;  // of its network; 0 = not known
  bool operator==(const LocalEndpoint&) const = default;
};

// A further local end of this client beside its two sockets: a TURN allocation, or one of many
// sockets that try ports of a NAT. What comes in on it has `label`, and what leaves from it too.
struct ExtraLocal {
  SocketAddress label;              // no other end has it; the family is that of its peers
  std::optional<SocketAddress> at;  // where peers reach it: offered to them
  wire::CandidateKind kind = wire::CandidateKind::Relayed;
  bool operator==(const ExtraLocal&) const = default;
};

// Where a relay is and how it sees this client, for what measures the network.
struct RelayEnd {
  RelayPhase phase = RelayPhase::Disconnected;
  std::optional<SocketAddress> inUse;     // over UDP, while it is connected
  std::vector<SocketAddress> known;       // all that it may be at
  std::optional<SocketAddress> observed;  // its word, over `inUse`
};

// What a search for a direct way wants beside the two sockets of a client.
struct SocketWish {
  std::size_t count = 0;             // fresh ones of IPv4, at any port
  std::vector<SocketAddress> inUse;  // labels of ends that a call needs
};

class Client final : private net::DatagramHandler {
 public:
  static constexpr std::size_t kMaxRelays = 16;  // more connections than a person can follow
  // A call without any valid packet ends after this long (protocol section 2).
  static constexpr Duration kCallKept = 45s;
  // Ended calls stay readable for scripts this long.
  static constexpr Duration kEndedKept = 60s;
  static constexpr std::size_t kMaxEnded = 64;
  static constexpr Duration kPresenceLifetime = 3600s;
  static constexpr Duration kPresenceRefresh = kPresenceLifetime / 2;
  // How often the own round trips are read for the lobby.
  static constexpr Duration kOwnLegsInterval = 10s;

  // `contacts` and `random` outlive the client. `wall` is the wall clock at `now`.
  Client(TimePoint now, WallTime wall, crypto::Identity identity, const call::ContactBook& contacts,
         RandomSource& random, ClientOptions options);
  ~Client() override;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // ---- relays
  // Stage "connect": already_connected, too_many, self is allowed (the relay in this program).
  Result<void, Fault> connectRelay(TimePoint now, RelayTarget target);
  void disconnectRelay(TimePoint now, const Fingerprint& relay);
  void acceptRelayKey(TimePoint now, const Fingerprint& relay);
  // Calls go through the first of these on which the person is reachable; relays that are not named
  // come last.
  void setRelayOrder(std::vector<Fingerprint> order) { m_relayOrder = std::move(order); }
  // Network change: whoever waits for a retry reconnects without waiting, and calls go on
  // carefully.
  void retryRelays(TimePoint now);
  // Where this machine's sockets can be reached in its own networks, best first: offered to peers
  // of calls that may go direct.
  void setLocalAddresses(TimePoint now, std::vector<LocalEndpoint> addresses);
  // On by itself. Off: no address is told to anybody, and calls that begin stay on their relay.
  void setGoesDirect(TimePoint now, bool isOn);
  // What routers opened for these sockets, as the internet sees it.
  void setMappedAddresses(TimePoint now, std::vector<SocketAddress> addresses);
  // All of them each time, at most kMaxExtraLocals; one that is missing is used no more.
  void setExtraLocals(TimePoint now, std::vector<ExtraLocal> locals);
  static constexpr std::size_t kMaxExtraLocals = 264;  // 256 of a birthday search and some servers
  // The owner opens what is wanted and tells it by setExtraLocals(), kind Predicted and without an
  // address; with none wanted it takes back those that are not in use. Asked after every input.
  [[nodiscard]] SocketWish wantedSockets() const;
  // What the look at this machine's NAT found: told to peers of calls that may go direct, and what
  // decides how to get through to them (ADR 0018).
  void setNatReport(TimePoint now, const net::NatReport& report);
  // Whether hundreds of ports are tried where nothing else gets through; by itself they are.
  void setTriesPorts(TimePoint now, bool isOn);
  // After a sleep that outlasted the connections: their relays gave them up, though the steady
  // clock stood still. New ones are dialled at once; calls attach again.
  void wakeUp(TimePoint now);

  // ---- the person
  void setAlias(TimePoint now, std::string alias);
  void setDoNotDisturb(bool isOn);
  // Nobody has touched the computer for a while; less than do not disturb and a call.
  void setAway(bool isOn);
  // In nobody's lobby, so nobody can call here; calling others works. While calls run it waits for
  // their end: a relay forgets a record only with its connection.
  void setInvisible(TimePoint now, bool isOn);
  void setWallClock(TimePoint now, WallTime wall);
  // `policy`: whether the two may learn each other's addresses and speak directly; by itself
  // trusted for contacts and on a relay of one's own LAN, else private.
  // Stage "call": not_found, relay_not_connected, version, busy, blocked, self.
  Result<CallId, Fault> placeCall(TimePoint now, const Fingerprint& person,
                                  std::optional<Fingerprint> via = {},
                                  std::optional<crypto::CallPolicy> policy = {});
  // Stage "call": not_ringing, unknown_call, already_ended. Answering ends the call one is in.
  Result<void, Fault> answer(TimePoint now, const CallId& call, bool isTrusted);
  Result<void, Fault> reject(TimePoint now, const CallId& call);
  Result<void, Fault> hangup(TimePoint now, const CallId& call);
  // The two people compared the codes. Differing sends silence from then on, whatever is pressed.
  Result<void, Fault> verdict(TimePoint now, const CallId& call, bool matches);
  // The knowing unmute of a call that somebody with a changed key made to here. Stage "call":
  // not_held (nothing is held back, not active, placed from here, or the words differed).
  Result<void, Fault> speakUnverified(TimePoint now, const CallId& call);
  // Calls of a person who was blocked just now: a ringing one falls silent without a word to
  // them, any other is hung up.
  void dropCallsOf(TimePoint now, const PublicKey& person);
  // nullopt = auto.
  Result<void, Fault> setQuality(TimePoint now, const CallId& call, std::optional<wire::Tier> tier);
  // Of the calls that begin from now on, and of those that live, except the tier.
  void setQualityDefaults(TimePoint now, std::optional<wire::Tier> tier, bool isLowDelay);
  // Pauses are left out (media::EncoderSettings::isDtx); off by itself.
  void setSilenceSaving(bool isOn);
  // The network in use is paid by volume (or no longer): no studio tiers, and peers are asked for
  // none.
  void setMetered(TimePoint now, bool isMetered);
  void setMuted(TimePoint now, bool isMuted);
  // This side neither speaks nor listens, and the other side is told. The silence towards the
  // speakers is the owner's (CallStatus::isHeld). Stage "call": not_active.
  Result<void, Fault> setHeld(TimePoint now, const CallId& call, bool isHeld);

  // ---- sound
  // The devices of a call that wantsAudio; frames flow as soon as both sides have keys.
  void attachMedia(TimePoint now, const CallId& call, std::shared_ptr<MediaSeam> seam);
  void detachMedia(const CallId& call);
  // The devices could not be opened: the call ends and says so.
  void audioFailed(TimePoint now, const CallId& call);
  // AUDIO put frames into a seam.
  void handleAudio(TimePoint now);

  // ---- fed
  void handleDatagram(TimePoint now, const net::DatagramView& datagram);
  void handleTimeout(TimePoint now);

  // ---- drained
  void pollTransmit(TimePoint now, const net::TransmitSink& sink);
  [[nodiscard]] std::optional<ClientEvent> pollEvent();
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // ---- asked
  [[nodiscard]] const crypto::Identity& identity() const { return m_identity; }
  [[nodiscard]] std::vector<RelayStatus> relays() const;
  [[nodiscard]] std::vector<RelayEnd> relayEnds() const;
  [[nodiscard]] std::vector<Person> people() const;
  [[nodiscard]] std::vector<CallStatus> calls(TimePoint now) const;
  [[nodiscard]] std::optional<CallStatus> call(TimePoint now, const CallId& id) const;
  // Asks the relays of calls that may go directly for their operators' TURN servers; what they
  // answer waits in pollTurn().
  void requestTurn(TimePoint now);
  struct TurnFrom {
    Fingerprint relay;
    IpAddress relayAt;  // in use now
    RelayTurn turn;
  };
  [[nodiscard]] std::optional<TurnFrom> pollTurn();
  // A call lives whose two sides may speak directly.
  [[nodiscard]] bool hasDirectCall() const;
  [[nodiscard]] const call::CallAgent::Counters& callCounters() const { return m_agent.counters(); }
  // Closes every connection in order; drain once more afterwards.
  void shutDown(TimePoint now);

 private:
  struct Relay {
    RelaySession session;
    call::Lobby lobby;
    std::uint64_t lastSequence = 0;
  };

  void onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) override;
  // Everything that follows from what was fed, until nothing is left to do.
  void pump(TimePoint now);
  void pumpRelay(TimePoint now, Relay& relay);
  void pumpAgent(TimePoint now);
  void onAgentEvent(TimePoint now, const call::Event& event);
  void onLobbyMessage(TimePoint now, Relay& relay, const wire::Message& message);
  void publish(TimePoint now, Relay& relay);
  void publishEverywhere(TimePoint now);
  void updateAvailability();
  void withdrawRecords(TimePoint now);
  void watchCalls(TimePoint now);
  void endCall(TimePoint now, const CallId& id, CallEnd reason);
  void openPacket(TimePoint now, LiveCall& live, ByteView packet, net::ConnectionId from = {});
  // ---- client_paths.cpp
  // Tells the peer where this side is, as far as the call allows that.
  void offerPaths(TimePoint now, LiveCall& live);
  void onPeerPaths(TimePoint now, LiveCall& live, const std::vector<wire::Candidate>& candidates,
                   const std::optional<wire::NatWords>& nat, const std::vector<Bytes>& vouches);
  [[nodiscard]] std::vector<wire::Candidate> ownCandidates(
      std::span<const SocketAddress> predicted) const;
  [[nodiscard]] std::vector<wire::Candidate> answerCandidates() const;
  // Relays' signed words on where this client is; and IP addresses of a peer that relays known here
  // stand for.
  [[nodiscard]] std::vector<Bytes> vouches() const;
  [[nodiscard]] std::vector<IpAddress> vouchedFor(TimePoint now, const PublicKey& peer,
                                                  const std::vector<Bytes>& vouches) const;
  void tellNat(TimePoint now, LiveCall& live);
  [[nodiscard]] bool handleStun(TimePoint now, const net::DatagramView& datagram);
  [[nodiscard]] bool handlePathEvent(TimePoint now, const net::Event& event);
  void pumpPaths(TimePoint now);
  [[nodiscard]] PathFigures pathFigures(const LiveCall& live) const;
  // Of an offer to that person, when nobody chose (design: protocol section 4).
  [[nodiscard]] crypto::CallPolicy usualPolicy(const PublicKey& peer, std::string_view alias,
                                               const Relay& relay) const;
  [[nodiscard]] bool sendOnPaths(TimePoint now, LiveCall& live, ByteView sealed,
                                 net::DatagramUse use, std::size_t& wireBytes);
  void sendFrame(TimePoint now, LiveCall& live, const media::EncodedFrame& frame);
  [[nodiscard]] quality::ControllerSettings qualityFor(const LiveCall& live,
                                                       std::optional<wire::Tier> choice) const;
  void configureQuality(TimePoint now, LiveCall& live, std::optional<wire::Tier> choice);
  // Tells AUDIO what the controller wants, when that is new.
  void applyPlan(LiveCall& live);
  void sendEncoding(LiveCall& live);
  // A packet without speech, right after one with it or alone.
  void sendReport(TimePoint now, LiveCall& live);
  [[nodiscard]] std::optional<wire::QualityReport> pollReport(TimePoint now, LiveCall& live);
  void readReport(TimePoint now, LiveCall& live, const wire::QualityReport& report);
  void handOver(LiveCall& live, TimePoint now, std::uint64_t counter,
                const wire::InnerPacket& packet);
  bool sendInner(TimePoint now, LiveCall& live, const wire::InnerPacket& packet,
                 crypto::MediaSealer::Kind kind);
  void updatePhase(TimePoint now, LiveCall& live);
  // What the agent knows of path and trust, and what this side says about its microphone.
  void updateFromAgent(LiveCall& live);
  void applyMute(TimePoint now, LiveCall& live);
  [[nodiscard]] bool isSilent(const LiveCall& live) const;
  void tellSide(TimePoint now, LiveCall& live);
  // One conversation at a time: whatever is not ringing here is hung up.
  void endOthers(TimePoint now, const CallId& kept);
  LiveCall* findCall(const CallId& id);
  LiveCall& startCall(const CallId& id, const PublicKey& peer, CallDirection direction);
  Relay* findRelay(const Fingerprint& relay);
  [[nodiscard]] const Relay* findRelay(const Fingerprint& relay) const;
  [[nodiscard]] std::vector<const Relay*> relaysByPreference() const;
  [[nodiscard]] std::int64_t wallMs(TimePoint now, const Fingerprint& relay) const;
  [[nodiscard]] wire::CallInfo ownInfo() const;
  [[nodiscard]] Result<LiveCall*, Fault> requireCall(const CallId& id);
  void tell(ClientEvent event);

  crypto::Identity m_identity;
  const call::ContactBook& m_contacts;
  RandomSource& m_random;
  ClientOptions m_options;
  std::int64_t m_wallOffsetMs = 0;  // Unix ms at steady zero
  net::Endpoint m_endpoint;
  call::CallAgent m_agent;
  std::map<Fingerprint, std::unique_ptr<Relay>> m_relays;
  std::vector<Fingerprint> m_relayOrder;
  std::map<CallId, LiveCall> m_calls;
  std::deque<CallStatus> m_ended;  // newest last
  std::deque<ClientEvent> m_events;
  std::vector<LocalEndpoint> m_localAddresses;
  bool m_goesDirect = true;
  std::vector<SocketAddress> m_mappedAddresses;
  std::vector<ExtraLocal> m_extraLocals;
  std::optional<net::NatReport> m_natReport;
  bool m_triesPorts = true;
  std::uint64_t m_pathTags = 0;  // given out to calls
  TimePoint m_refreshAt;
  std::optional<TimePoint> m_watchAt;  // while calls live
  bool m_isMuted = false;
  bool m_isMetered = false;
  bool m_isDoNotDisturb = false, m_isAway = false, m_isInvisible = false;
  std::optional<TimePoint> m_withdrawAt;  // the last call has ended by then
  bool m_peopleChanged = false;
  OwnLegs m_ownLegs;
  TimePoint m_ownLegsAt{};  // no timer: keep-alives bring a client round often enough
};

}  // namespace foyer::client
