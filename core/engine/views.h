// What the engine shows: plain values, complete and consistent, replaced as a whole when something
// changed. The QML models and the control socket read the same ones. No thread, no Qt.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/client/client_state.h"
#include "core/client/explanation.h"
#include "core/media/voice_settings.h"
#include "core/net/nat_report.h"
#include "core/net/port_mapping_types.h"
#include "core/store/call_figures.h"
#include "core/store/contact_policy.h"

namespace foyer::engine {

// KeyChanged: another key under a verified name. WordsDiffered: compared in a call, and not equal.
enum class Trust : std::uint8_t { NotVerified, Verified, KeyChanged, WordsDiffered, Blocked };
// A call with them is for comparing words, and is asked about before it rings.
[[nodiscard]] constexpr bool isSuspect(Trust trust) {
  return trust == Trust::KeyChanged || trust == Trust::WordsDiffered;
}
enum class PersonState : std::uint8_t {
  Available,
  InCall,
  Away,
  DoNotDisturb,
  Unreachable,
  Offline
};
enum class RelayState : std::uint8_t { Disconnected, Connecting, Connected, KeyChanged, Replaced };
// The client's own; one list of states for everybody. The sentences are made in app/foyer.
using CallState = client::CallPhase;
using CallDirection = client::CallDirection;
using EndReason = client::CallEnd;
using ContactPolicy = store::ContactPolicy;
using CallFigures = store::CallFigures;
using NamedCount = store::NamedCount;
using store::kWholeShare;

struct IdentityView {
  Fingerprint fingerprint;
  std::string alias;
  std::string seedHome;          // "keyring" or "file"
  std::optional<Fault> blocked;  // the secret is gone or unreadable: nothing works until reset
};

struct RelayView {
  Fingerprint fingerprint;
  std::string link;  // without any invite token
  RelayState state = RelayState::Disconnected;
  std::optional<double> rttMs;
  std::string trust;  // "pinned", "first_use", "changed"
  std::optional<Fingerprint> changedTo;
  int attempt = 0;  // of the reconnect that runs, from 1
  std::optional<double> retryInMs;
  std::optional<Fault> fault;
  bool isOwn = false;     // the relay inside this program
  bool isProven = false;  // it has answered with this key before
  // While it is connected. Tcp: inside TLS, because UDP does not get through to it here.
  client::RelayCarrier carrier = client::RelayCarrier::Udp;
  int carrierPort = 0;  // the relay's, of the carrier
  struct EarlierKey {
    Fingerprint fingerprint;
    std::int64_t replacedAtMs = 0;  // Unix
    bool operator==(const EarlierKey&) const = default;
  };
  std::vector<EarlierKey> earlierKeys;  // oldest first
};

struct PersonView {
  Fingerprint fingerprint;
  std::string alias;        // local name first, else the signed alias, else the short key
  std::string signedAlias;  // where it is another name than that
  std::string keyTag;       // four letters, shown when two names are equal
  PersonState state = PersonState::Offline;
  Trust trust = Trust::NotVerified;
  std::optional<std::int64_t> verifiedAtMs;
  std::optional<Fingerprint>
      previousKey;  // suspect: the key of the name that was verified; `fingerprint` is the new one
  bool isNewKey = false;  // the name was met under another key, which nobody had verified either
  // Of a call through the best relay: the own leg and theirs. A direct way may be quicker.
  std::optional<double> rttMs;
  std::vector<Fingerprint> relays;
  bool isFavourite = false;
  ContactPolicy policy = ContactPolicy::Usual;
};

// What is kept of a person, and what may be changed of it.
struct ContactDetails {
  Fingerprint fingerprint;
  std::string keyTag;
  std::string ownName;      // what the person calls them; may be empty
  std::string signedAlias;  // the name they signed last; may be empty
  std::string note;
  bool isKept = false;  // false: here now, and nothing is kept of them
  bool isFavourite = false;
  ContactPolicy policy = ContactPolicy::Usual;
  std::string ring;  // a ring's stable name; empty: as others' calls
  Trust trust = Trust::NotVerified;
  std::optional<std::int64_t> verifiedAtMs;
  bool isFromFile = false;                       // verified by somebody's file, not by words here
  std::int64_t firstSeenMs = 0, lastCallMs = 0;  // Unix; 0: not known, never
  struct EarlierKey {
    Fingerprint fingerprint;
    std::int64_t replacedAtMs = 0;
    bool wasVerified = false;
    bool operator==(const EarlierKey&) const = default;
  };
  std::vector<EarlierKey> earlierKeys;  // oldest first

  // What to call them.
  [[nodiscard]] const std::string& name() const {
    return !ownName.empty() ? ownName : !signedAlias.empty() ? signedAlias : keyTag;
  }
};

// What is set changes.
struct ContactChange {
  std::optional<std::string> ownName, note, ring;
  std::optional<bool> isFavourite;
  std::optional<ContactPolicy> policy;
};

// What a file of contacts brought, or would bring.
struct ContactImportView {
  int read = 0;       // people in the file
  int added = 0;      // not known before
  int completed = 0;  // known, and the file had something that was empty here
  int verified = 0;   // of both: verified from now on, as the file says
  int conflicts = 0;  // under the name of somebody verified here, with another key
  int ignored = 0;    // verified in the file, which counts only in a file of one's own
  int refused = 0;    // there is no room for more
};

struct SasView {
  std::string digits;              // "428 913"
  std::vector<std::string> words;  // two
  bool verified = false;           // by this person, in this call or an earlier one
  bool isConfirmed = false;        // … in this one
  bool differs = false;            // this person said "they differ"
  std::optional<bool> peerSays;    // what the peer clicked: shown, never believed
};

struct DirectionStats {
  std::uint64_t packets = 0, bytes = 0;
  double bitrateKbps = 0;  // UDP payload of the sealed packets, last seconds
  double loss = 0;         // 0..1
};

struct CallStats {
  std::string path = "relay";  // client::toString(PathKind)
  std::string pathDetail;
  client::PathReason pathReason = client::PathReason::None;  // why it is on the relay
  std::optional<double> directRttMs;                         // of the direct way
  int pathTried = 0, pathAnswered = 0;                       // addresses of the peer
  std::vector<client::PathNote> pathNotes;                   // path_rows.h makes rows of them
  std::optional<double> rttMs;
  std::string tier = "good";
  DirectionStats tx, rx;
  std::optional<double> jitterBufferMs, mouthToEarMs;
  std::optional<std::int64_t> captureStartedNs, playoutStartedNs;  // CLOCK_MONOTONIC of sample 0
  client::SendFigures sending;
  std::string cause;  // stable name of sending.cause
  client::ReceiveFigures receiving;
  std::optional<client::DelayParts> delayParts;              // their sum is mouthToEarMs
  std::optional<std::int64_t> qualityChangedAtMs;            // steady ms, of the tier
  std::uint64_t underruns = 0, restarts = 0;                 // of the devices in this opening
  int captureFragmentMs = 0, playoutBufferMs = 0;            // as asked; 0: not a real device
  std::optional<double> captureGrantedMs, playoutGrantedMs;  // what the sound server gave
  std::optional<double> captureLatencyMs, playoutLatencyMs;  // as the sound server says
};

struct CallView {
  CallId call;
  Fingerprint peer;
  std::string peerAlias;
  std::string signedAlias;                      // as in PersonView
  ContactPolicy policy = ContactPolicy::Usual;  // of calls with this person
  std::string keyTag;
  Trust peerTrust = Trust::NotVerified;
  bool isNewKey = false;            // as in PersonView
  bool isCompareOnly = false;       // the key changed: for comparing words, with silence sent
  bool isVoiceHeld = false;         // until the words match, whatever the mute button says
  bool canSpeakUnverified = false;  // the knowing unmute of a call that came in
  CallDirection direction = CallDirection::Outgoing;
  CallState state = CallState::Calling;
  EndReason reason = EndReason::None;
  std::optional<std::int64_t> activeSinceMs;  // steady ms, for the timer
  std::int64_t endedAtMs = 0;
  bool muted = false;
  bool deafened = false;
  bool isHeld = false;                            // by this side: neither speaks nor listens
  bool isPeerHeld = false;                        // the other side says so
  bool privateMode = false;                       // addresses are not told
  bool isOwnPrivate = false;                      // … because this side said so
  bool isPolicyChosen = false;                    // … for this call, when it was placed
  Fingerprint relay;                              // it runs through, or would
  bool reconnecting = false;                      // the path is gone, the call is kept
  bool hasPeerLeft = false;                       // the relay says so; nothing was heard since
  float levelInDb = -127.f, levelOutDb = -127.f;  // dBFS, last 20 ms
  bool inSilent = false;                          // "your microphone sends silence"
  bool nothingReceived = false;                   // for 2 s
  // Steady ms, of a call that is active: when something came last, and how long it is kept without.
  std::optional<std::int64_t> lastReceivedMs, keptUntilMs;
  bool isPeerMuted = false;  // the other side says so
  bool isGuessedAt = false;  // set-ups with this unverified key broke off, three and more in a day
  bool isSpeakingUnheard = false;  // speaks while muted, or with the talk key up
  bool isTypingHeard = false;      // a keyboard, by the other side
  media::TalkMode talkMode = media::TalkMode::OpenMic;
  bool isTalkKeyDown = false;
  double volume = 1;  // of this person, 0 … media::VoiceOutputSettings::kMaxVolume
  std::optional<SasView> sas;
  CallStats stats;
  client::Explanation explanation;  // why it sounds as it does
};

// A call that has ended, as it is remembered.
struct PastCallView {
  CallId call;
  Fingerprint peer;
  std::string alias;  // as the person is called now; else as then; else the short key
  std::string keyTag;
  Trust trust = Trust::NotVerified;
  CallDirection direction = CallDirection::Outgoing;
  std::int64_t startedAtUnixMs = 0;
  std::int64_t lastedMs = 0;  // of the talk, or of the ringing where there was none
  bool wasActive = false;
  EndReason reason = EndReason::None;
  std::string path;     // client::toString(PathKind) of the last one; empty: nothing was heard
  std::string quality;  // client::toString(Severity), of most of it; empty: not known
  bool isSeen = true;   // false: missed, and nobody has looked yet
  std::optional<CallFigures> figures;  // absent: nothing was measured
};

// A link that lets people into the relay here, for as long as it is good.
struct RelayInviteView {
  std::uint64_t number = 0;
  std::string link;                     // a secret; empty while the relay does not serve
  std::int64_t madeAtMs = 0;            // Unix ms
  std::optional<std::int64_t> untilMs;  // Unix ms; absent: until it is taken back
  bool isOver = false;
};

// Somebody who is connected to the relay here.
struct RelayGuestView {
  std::uint64_t connection = 0;  // tells the connections of one run apart
  Fingerprint who;
  std::int64_t sinceMs = 0;  // steady
};

// One time that the relay here ran, or was meant to.
struct RelayRunView {
  std::int64_t startedAtMs = 0;           // Unix ms
  std::optional<std::int64_t> endedAtMs;  // absent: it runs, or nobody saw it end
  int mostPeople = 0;                     // at once
  // running, stopped, quit, cut (the program ended without a word), or failed:STAGE:CODE
  std::string why = "running";
};

struct HostedRelayView {
  // Stable phase names: idle binding detecting_addresses announcing verifying serving stopping
  // error
  std::string phase = "idle";
  std::string link;         // without an invite; whoever has it comes in unless it asks for one
  bool isAnnounced = true;  // mDNS shows it to this network
  int port = 0;             // where it listens
  int clients = 0;
  int calls = 0;
  double kbpsIn = 0, kbpsOut = 0;
  std::optional<Fault> fault;
  std::optional<Fault> warning;  // it serves, and others may not come in (stage "reach")
  std::optional<std::int64_t> startedAtMs;
  bool asksInvite = false;
  std::vector<RelayInviteView> invites;  // newest first
  std::vector<RelayGuestView> guests;    // oldest first; the first ones of very many
  std::vector<RelayRunView> runs;        // newest first
};

struct AudioDeviceView {
  std::string id;
  std::string label;
  bool isDefault = false;
  bool isCurrent = false;
};

struct AudioView {
  std::vector<AudioDeviceView> inputs, outputs;
  bool isKnown = true;         // false until the sound server was asked for the first time
  std::optional<Fault> fault;  // no microphone, busy, unplugged …
  std::string notice;          // code of a passing remark, e.g. "input_lost_default_used"
  std::uint64_t notices = 0;   // remarks so far: the same one twice is said twice
  float meterDb = -127.f;      // microphone level while a meter is open
  bool isLoopback = false;     // this person hears themselves
  media::VoiceSettings voice;
  media::TalkMode talkMode = media::TalkMode::OpenMic;
  bool isLevelled = true;     // every talker at about one loudness
  bool isLowDelay = false;    // packets of 10 ms where the tier has them
  bool savesSilence = false;  // pauses are not sent
};

// What a call's playing did, for export: arrivals, pulls and decisions, no sound (play_record.h).
struct RecordView {
  bool isOn = false;              // setting "record_calls": of calls whose sound begins from now on
  std::optional<CallId> running;  // is being recorded
  std::optional<CallId> call;     // the newest that was recorded and has ended
  bool isCut = false;             // that one outlasted the room: its beginning is there
};

// Stable names of these are in network_words.h.
enum class NetworkCheckState : std::uint8_t { Idle, Running, Done };

// What stands in the way as a whole, the worst first; with None the report speaks.
enum class NetworkProblem : std::uint8_t {
  None,
  NoNetwork,       // this machine has no address but its own
  NoObservers,     // no relay is known and no STUN server is set: nobody to ask
  NothingAnswers,  // cut off, as far as can be told
  Captive,         // somebody answers in a relay's place: a page is wanted first
  UdpBlocked,      // nobody answers over UDP, but a relay is reached all the same
  Slow,            // it works, at net::kSlowRoundTrip or more
};

enum class PortMappingState : std::uint8_t {
  Off,       // by setting, or calls do not go directly at all
  NoRouter,  // no default route of this family, or one without a router
  Asking,
  Open,
  Refused,  // by every way: `reasons`; asked again by itself
};

// The port of calls at the router, of one family (IPv6: a hole in its firewall).
struct PortMappingView {
  PortMappingState state = PortMappingState::Off;
  // Of Open:
  net::MappingWay way = net::MappingWay::Pcp;
  std::optional<SocketAddress> external;    // personal data: shown when asked for
  bool isPrivate = false;                   // another NAT stands before that router
  bool isVerified = false;                  // a packet came in through it
  std::optional<std::int64_t> expiresAtMs;  // steady ms; renewed by itself before
  // Of Refused, by net::MappingWay.
  std::array<net::MappingFailure, net::kMappingWays> reasons{};

  bool operator==(const PortMappingView&) const = default;
};

// The network check: what the last one found, also while the next runs. Sentences: network_words.h.
struct NetworkCheckView {
  NetworkCheckState state = NetworkCheckState::Idle;
  NetworkProblem problem = NetworkProblem::None;
  net::NatReport report;  // mappedV4, mappedV6, disagreeing: personal data, shown when asked for
  net::NatOutlook outlook = net::NatOutlook::Unknown;  // of `report`
  // Whoever answered is in this machine's own network: nothing is known of the way out of it.
  bool isInsideOnly = false;
  bool isSlow = false;  // that check also measures how long a silent mapping lives (two minutes)
  std::optional<std::int64_t> startedAtMs, endedAtMs;  // steady ms; of the newest, of the last done
  std::int64_t endedAtUnixMs = 0;                      // wall clock; 0: none has ended
  int relaysConnected = 0;                             // when it ended
  PortMappingView mappingV4, mappingV6;                // as of now
};

struct DiscoveredRelayView {
  Fingerprint fingerprint;  // a hint until the connection proved it
  std::string name;
  std::string link;
};

// Four letters of a person's key: enough to tell two equal names in one lobby apart, no proof.
[[nodiscard]] inline std::string keyTagOf(const Fingerprint& fingerprint) {
  constexpr char kLetters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string tag;
  for (std::size_t i = 0; i < 4; ++i) tag += kLetters[fingerprint.bytes[i] % 32];
  return tag;
}

// A TURN server that calls may go through (docs/adr/0021).
struct TurnServerView {
  std::string link;       // turn: or turns:, as parseTurnLink() would write it; names no user
  std::string host;       // of the link, with the port where it is not the usual one
  std::string transport;  // "udp", "tcp", "tls"
  std::string userName;
  bool hasPassword = false;  // false: it has to be typed again (the key store lost or denies it)
  // A relay handed it out: it is neither changed nor removed here, and gone with that relay.
  std::optional<Fingerprint> fromRelay;
  std::optional<std::int64_t> goodUntilMs;  // Unix ms, of time-limited credentials
  bool isInUse = false;                     // it holds an address for a call now
  std::optional<Fault> fault;               // why it could not be used the last time
};

// What "Test this server" found. With a fault the rest says how far it came.
struct TurnTestView {
  std::string link;
  bool isUsable = false;              // it gave an address for a call, and took it back
  bool isRelaying = false;            // a datagram came back through it
  std::optional<double> roundTripMs;  // to the server and back
  std::optional<double> relayRoundTripMs;
  double tookMs = 0;                        // from the beginning to the address, or to the fault
  std::optional<std::int64_t> goodUntilMs;  // Unix ms, of time-limited credentials
  // Stages resolve, turn_connect, turn_tls, turn_allocate: textOf() has a sentence for each.
  std::optional<Fault> fault;
};

}  // namespace foyer::engine
