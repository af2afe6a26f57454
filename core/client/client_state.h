// What a client shows about itself, as values, and the events that say which of them changed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/address.h"
#include "core/base/fault.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/quality/controller.h"
#include "core/wire/sealed_messages.h"
#include "core/wire/tiers.h"

namespace foyer::client {

enum class RelayPhase : std::uint8_t {
  Disconnected,
  Connecting,  // dialling, or admitted and waiting for the first page of the lobby
  Connected,   // the lobby is known
  Waiting,     // lost; a reconnect is planned
  KeyChanged,  // the relay proved another key than the remembered one; nothing was sent
  Replaced,    // a newer registration of this identity took over; no reconnect by itself
};

// What carries the packets between this client and a relay.
enum class RelayCarrier : std::uint8_t {
  Udp,
  Tcp,  // inside TLS, because UDP did not get through
};
// "udp", "tcp"
[[nodiscard]] const char* toString(RelayCarrier carrier);

struct RelayStatus {
  Fingerprint fingerprint;  // expected; on first use the proven one once known
  RelayPhase phase = RelayPhase::Disconnected;
  std::optional<PublicKey> key;  // proven
  bool isFirstUse = false;       // no fingerprint was known before this connection
  std::optional<Fingerprint> changedTo;
  std::optional<Duration> rtt;
  unsigned attempt = 0;  // failures in a row
  std::optional<TimePoint> retryAt;
  std::optional<Fault> fault;  // why it is not connected
  RelayCarrier carrier = RelayCarrier::Udp;
  std::uint16_t carrierPort = 0;        // the relay's, of `carrier`; 0 before a connection
  std::optional<std::string> observed;  // "ip:port" as the relay sees us over UDP
  std::string relayBuild;
  std::optional<Duration> lobbyAfter;  // from dial to the last page of the first snapshot
};

enum class Availability : std::uint8_t { Available, InCall, Away, DoNotDisturb, Unreachable };

struct Person {
  PublicKey key;
  Fingerprint fingerprint;
  std::string alias;  // what the signed record says
  Availability availability = Availability::Available;
  std::vector<Fingerprint> relays;  // through which they are seen
  // There and back of a call through the quickest of them, both legs; absent where one is not
  // known.
  std::optional<Duration> relayedDelay;
};

enum class CallPhase : std::uint8_t { Calling, Ringing, Securing, Active, Ended };
enum class CallDirection : std::uint8_t { Outgoing, Incoming };
enum class CallEnd : std::uint8_t {
  None,
  LocalHangup,
  RemoteHangup,
  Declined,
  Busy,
  NoAnswer,
  Missed,
  Cancelled,
  Unreachable,
  TooOld,
  NotSecured,
  Tampered,
  ConnectionLost,
  AudioFailed
};
// Stable names, for scripts, log and history, e.g. "remote_hangup".
[[nodiscard]] const char* toString(CallPhase phase);
[[nodiscard]] const char* toString(CallEnd end);

struct Sas {
  std::string digits;               // "428 913"
  std::vector<std::string> words;   // two
  std::optional<bool> mine, peers;  // what each side clicked; the peer's is only shown
};

using QualityCause = quality::Cause;
using quality::toString;

// What is sent, and why.
struct SendFigures {
  std::optional<wire::Tier> choice;  // nullopt = auto
  wire::Tier tier = wire::Tier::Good;
  QualityCause cause = QualityCause::Start;
  std::optional<TimePoint> changedAt;  // of the tier
  std::uint32_t changes = 0;           // of the tier in this call
  int copies = 0;                      // earlier frames in each packet
  int copyDistance = 0;                // packets between them
  bool hasLbrr = false;
  Duration dred{};
  int payloadBps = 0;                  // codec bytes with copies, LBRR and DRED, last two seconds
  double loss = 0;                     // 0..1 of what we sent, by the peer's last reports
  double burst = 1;                    // mean length of those losses, packets
  double lateShare = 0;                // of frames, came too late for the peer's buffer
  Duration queueingDelay{};            // round trip over the smallest of it: what waits in queues
  std::optional<double> capacityKbps;  // what the way seems to carry, when that is known
};

// How lost frames of the peer were made up for; monotonic since the call's sound began.
struct RecoveryFigures {
  std::uint64_t decoded = 0, copies = 0, lbrr = 0, dred = 0;
  std::uint64_t plc = 0;  // 10 ms blocks invented
  std::uint64_t late = 0, lost = 0, discarded = 0;
  std::uint64_t accelerated = 0, expanded = 0;  // time-stretches
  std::uint64_t underruns = 0;                  // of the device
};

// From one mouth to the other ear; what is not known is 0.
struct DelayParts {
  Duration captureDevice{}, packetTime{}, codec{}, network{}, jitterBuffer{}, playoutDevice{};
};

struct ReceiveFigures {
  wire::CodecId codec = wire::CodecId::None;
  Duration packetTime{};
  Duration bufferDelay{}, bufferTarget{}, jitter{};
  RecoveryFigures recovery;
};

struct DirectionFigures {
  std::uint64_t packets = 0, bytes = 0;  // sealed packets with the hop header
  double kbps = 0;                       // over the last two seconds
  double loss = 0;                       // 0..1 over the last reports
};

// Which way the packets of a call take.
enum class PathKind : std::uint8_t {
  Relay,
  Lan,       // direct, within one network
  DirectV4,  // direct over the internet
  DirectV6,
  Turn  // direct, but for a TURN server that passes it on unread
};
// Stable names, e.g. "direct_ipv4".
[[nodiscard]] const char* toString(PathKind kind);

// Why a call is on its relay.
enum class PathReason : std::uint8_t {
  None,           // it is not
  Off,            // direct calls are switched off here
  NoAddress,      // this machine has no address but its own, to itself
  Private,        // one of the two chose not to tell addresses
  Unconfirmed,    // the keys are not proven yet, or the words must be compared first
  PeerTellsNone,  // the other side has told no address
  NoneUsable,     // it told addresses, and none of them may be tried
  Looking,        // they are being tried
  NoAnswer,       // all were tried, none answered; tried again later
  BothHard,       // both NATs give every destination another port that cannot be told in advance
  PortsNotTried,  // one NAT's ports would have to be tried, and a side has that switched off
  Lost            // there was a direct way; it is looked for again
};
// Stable names, e.g. "peer_tells_none".
[[nodiscard]] const char* toString(PathReason reason);

// A step of the search for a direct way.
enum class PathStep : std::uint8_t {
  Offered,         // an address of this side was told
  PeerOffered,     // one of the other side came
  Refused,         // and may not be tried: `reason`
  Asked,           // the first probe towards it left
  Answered,        // it answered
  PeerAsked,       // a probe of the other side came from there
  Dialled,         // a connection was begun
  PeerDialled,     // by the other side
  Failed,          // it came to nothing: `reason`
  Bound,           // it belongs to this call
  InUse,           // the voice takes it
  Silent,          // nothing is heard on it
  Heard,           // and again
  Deaf,            // the other side hears nothing on it
  Lost,            // given up: `reason`
  SearchedAgain,   // everything is asked once more
  NetworkChanged,  // of this machine
};
// Stable names, e.g. "peer_offered".
[[nodiscard]] const char* toString(PathStep step);

// For the record of a call. The address is personal data: redacted before it leaves this process.
struct PathNote {
  TimePoint at{};
  PathStep step{};
  wire::CandidateKind kind = wire::CandidateKind::Host;
  std::optional<SocketAddress> address;
  std::string reason{};  // a stable word; may be empty
  bool operator==(const PathNote&) const = default;
};

struct PathFigures {
  PathKind kind = PathKind::Relay;
  PathReason reason = PathReason::None;
  std::optional<Duration> rtt;  // of the direct way
  int tried = 0, answered = 0;  // addresses of the peer
  bool operator==(const PathFigures&) const = default;
};

struct CallStatus {
  CallId call;
  PublicKey peer;
  Fingerprint peerFingerprint;
  std::string peerAlias;  // from the presence record or the sealed offer
  CallDirection direction = CallDirection::Outgoing;
  CallPhase phase = CallPhase::Calling;
  CallEnd end = CallEnd::None;
  bool isPrivate = false;
  bool isOwnPrivate = false;    // this side asked for it
  bool isPolicyChosen = false;  // whoever placed the call said whether it is private
  bool wantsAudio = false;      // devices should be open now
  bool hasKeys = false;
  bool isConfirmed = false;                      // the peer proved the keys
  bool isHeld = false;                           // by this side: it neither speaks nor listens
  bool isPeerMuted = false, isPeerHeld = false;  // by the other side's own word
  bool hasReceived = false;                      // a valid sealed packet of the peer
  bool peerHasReceived = false;                  // the peer reported one of ours
  bool isReconnecting = false;                   // the path is gone, the call is kept
  bool hasPeerLeft = false;    // the relay says the peer let go; nothing was heard since
  bool isCompareOnly = false;  // key changed, or the words differed: for comparing words only
  bool isVoiceHeld = false;    // silence is sent until the words match
  std::optional<TimePoint> activeSince, lastReceived, endedAt;
  std::optional<Sas> sas;
  Fingerprint relay;  // the relay it runs through
  PathFigures path;
  std::vector<PathNote> pathNotes;      // oldest first, bounded
  std::optional<Duration> rtt;          // to the relay
  std::optional<Duration> endToEndRtt;  // to the peer and back, from the echoed media time
  wire::Tier tier = wire::Tier::Good;   // of what this side sends
  DirectionFigures tx, rx;
  SendFigures sending;
  ReceiveFigures receiving;
  std::optional<DelayParts> mouthToEar;  // from the peer's mouth to our ear
  bool spentGuessWarning = false;  // third broken set-up with this unverified identity in 24 h
};

// ---- events: something changed; read the value again
struct RelayChanged {
  Fingerprint relay;
};
struct PeopleChanged {};
struct CallChanged {
  CallId call;
};
// The call rang or ended; each exactly once per call.
struct CallRang {
  CallId call;
};
struct CallEnded {
  CallId call;
  CallEnd reason;
};
// "Amina tried to reach you" (an offer too old to ring).
struct TriedToReachYou {
  PublicKey peer;
  std::string alias;
};

using ClientEvent =
    std::variant<RelayChanged, PeopleChanged, CallChanged, CallRang, CallEnded, TriedToReachYou>;

}  // namespace foyer::client
