// All calls of one identity: the state tables of docs/keys.md sections 4 to 7, 9 and 12 as a value
// that is fed and drained. It owns keys and set-up; it knows no socket, no relay connection and no
// sound. (Interface written by the lead; core/client codes against it.)
//
// In: commands of the person, control messages of a relay, sealed media, time. Out: control
// messages to send through a named relay, and events. After any input: pollTransmit() until empty,
// then pollEvent() until empty, then sleep until pollTimeout().
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/crypto/identity.h"
#include "core/crypto/key_schedule.h"
#include "core/crypto/media_seal.h"
#include "core/crypto/sas.h"
#include "core/crypto/setup_messages.h"
#include "core/wire/message.h"
#include "core/wire/sealed_messages.h"

namespace foyer::call {

// What the person's contacts say about a key, asked when an offer arrives and when one is placed.
struct ContactView {
  bool isKnown = false;  // a contact: trusted answer by default
  bool isVerified = false;
  bool isBlocked = false;
  // Another key than the verified one of the contact of this name: a call only to compare words.
  bool isKeyChanged = false;
};
class ContactBook {
 public:
  virtual ~ContactBook() = default;
  // `alias` is what the owner of the key calls itself where it is asked; may be empty.
  [[nodiscard]] virtual ContactView contact(const PublicKey& key, std::string_view alias) const = 0;
};

// Whom to call: from a checked, live presence record.
struct Callee {
  PublicKey key;
  BoxKey box;
  Fingerprint relay;    // through which the offer goes
  std::string alias{};  // what the record says
};

enum class PlaceError { Self, Busy, Blocked, TooManyCalls };
[[nodiscard]] const char* toString(PlaceError error);

enum class EndReason : std::uint8_t {
  LocalHangup,   // End or Cancel here, Decline here
  RemoteHangup,  // sealed hangup
  Declined,
  Busy,
  PeerTooOld,
  NoAnswer,        // ring timer of the caller
  Unreachable,     // reach timer, or the relay's undeliverable before any ringing
  Missed,          // callee: cancel or ring timer
  NotSecured,      // secure timer, wrong version, zero DH, reject(4), End while securing
  Tampered,        // commitment or transcript wrong under a true signature
  ConnectionLost,  // connectionLost(), or the relay's word before anybody answered
  Replaced,        // own call given up for the peer's in glare: never shown, the other call goes on
};
[[nodiscard]] const char* toString(EndReason reason);

enum class Phase : std::uint8_t { Offered, Ringing, Confirming, Answered, Active, Ended };
enum class Direction : std::uint8_t { Outgoing, Incoming };

// ---- events, in the order in which things happened
struct Incoming {
  CallId call;
  PublicKey peer;
  wire::CallInfo info;
  crypto::CallPolicy policy;
};
struct PeerRings {
  CallId call;
};
struct Securing {
  CallId call;
};  // answer taken or given; open the devices now
struct KeysReady {
  CallId call;
};  // sealMedia and openMedia work, sas() is known
struct Confirmed {
  CallId call;
};  // the peer proved the keys: Active of the state tables
struct PeerState {
  CallId call;
  wire::SideState state;
};
// Where the peer says it can be reached without a relay. Never of a private call.
struct PeerPaths {
  CallId call;
  std::vector<wire::Candidate> candidates;
  std::optional<wire::NatWords> nat{};  // what it found out about its NAT
  std::vector<Bytes> vouches{};         // relays' words on where they see it (crypto/observed.h)
};
struct Ended {
  CallId call;
  EndReason reason;
};
// The relay took the channel away or gave it back, or the peer let go of it or is heard again: see
// CallSummary. A relay's word ends no call that was answered.
struct PathChanged {
  CallId call;
};
struct TriedToReach {
  PublicKey peer;
  wire::CallInfo info;
};
// The third set-up with this unverified identity that broke off after keys were at stake, in 24 h.
struct SpentGuesses {
  PublicKey peer;
  unsigned count = 0;
};
// The box key changed: publish a new presence record.
struct BoxChanged {};
using Event = std::variant<Incoming, PeerRings, Securing, KeysReady, Confirmed, PeerState,
                           PeerPaths, Ended, PathChanged, TriedToReach, SpentGuesses, BoxChanged>;

struct Outgoing {
  Fingerprint relay;
  wire::Message message;
};

struct ChannelIds {
  Fingerprint relay;
  std::uint64_t tx = 0, rx = 0;
};

struct CallSummary {
  CallId call;
  PublicKey peer;
  Direction direction = Direction::Outgoing;
  Phase phase = Phase::Offered;
  Fingerprint relay;  // through which it is set up
  bool hasKeys = false;
  bool isPrivate = false;     // either side said private
  bool isOwnPrivate = false;  // this one did
  // The key changed, or the words differed: this call is for comparing words and nothing else, and
  // what it sends is silence until they match.
  bool isCompareOnly = false;
  bool isVoiceHeld = false;  // sealMedia() seals silence whatever it is given
  bool hasPeerLeft = false;  // the relay says that the peer let go; nothing was heard since
  wire::CallInfo peerInfo;   // empty until an offer or answer of the peer
  std::optional<ChannelIds> channel;
  std::optional<wire::SideState> peerState;
};

// What binds a direct connection to its call (docs/keys.md section 10).
struct PathKeys {
  crypto::Role role = crypto::Role::Caller;  // of this side
  crypto::SecretKey dial;                    // crypto::dialId() of it
  crypto::SecretKey probe;
  crypto::SecretKey bindOwn, bindPeer;
};

class CallAgent {
 public:
  // The identity, the book and the random source outlive the agent.
  CallAgent(TimePoint now, const crypto::Identity& identity, const ContactBook& contacts,
            RandomSource& random);
  ~CallAgent();
  CallAgent(CallAgent&&) noexcept;
  CallAgent& operator=(CallAgent&&) noexcept;

  // ---- the person
  // `wallMs` is Unix time corrected by the relay's clock where known; only words depend on it.
  [[nodiscard]] Result<CallId, PlaceError> place(TimePoint now, std::int64_t wallMs,
                                                 const Callee& callee, crypto::CallPolicy policy,
                                                 const wire::CallInfo& info);
  // False when that call does not ring here.
  bool answer(TimePoint now, const CallId& call, crypto::CallPolicy mode,
              const wire::CallInfo& info);
  bool reject(TimePoint now, const CallId& call);
  // Lets a call that rings here fall silent: the caller hears nothing, as if nobody were here.
  bool ignore(TimePoint now, const CallId& call);
  // Cancel, End or hang up, whatever the phase asks for. False when unknown or ended.
  bool hangup(TimePoint now, const CallId& call);
  // The person compared the words. Equal: the call is one like any other from here on. Different:
  // nothing but silence is sent until they are found equal after all. False before Active.
  bool judgeWords(const CallId& call, bool match);
  // The knowing unmute of docs/keys.md section 12: who was called by somebody whose key changed may
  // speak before the words match. False for a call placed here, before Active, when nothing is held
  // back, and after the words were found to differ.
  bool speakUnverified(const CallId& call);
  // What this side says about itself, sent sealed; the whole state each time. While the voice is
  // held the peer is told muted whatever `state` says.
  void setSideState(TimePoint now, const CallId& call, const wire::SideState& state);

  // Where this side can be reached without a relay, told sealed, all of it each time. False, and
  // nothing is told, before Active and where a direct path is not allowed (pathKeys).
  bool setPaths(const CallId& call, const std::vector<wire::Candidate>& candidates,
                const std::optional<wire::NatWords>& nat = {},
                const std::vector<Bytes>& vouches = {});

  // ---- relays
  // Offer, Setup, Sealed, Channel, Undeliverable, Released of this relay; others are ignored.
  void handleMessage(TimePoint now, std::int64_t wallMs, const Fingerprint& relay,
                     const wire::Message& message);
  // The relay admitted this client again: live calls of it attach and repeat what may be lost.
  void relayAdmitted(TimePoint now, const Fingerprint& relay);
  // The peer's person hung up, said on a connection that is bound to the call (docs/keys.md 10).
  void peerHungUp(TimePoint now, const CallId& call);
  // The client gave the call up for lack of any path.
  void connectionLost(TimePoint now, const CallId& call);

  // ---- media; errors change nothing
  // `out` takes crypto::kMaxMediaPacket bytes. nullopt before KeysReady and after the end. While
  // the voice is held its frames are replaced by silence of the same size, and what cannot be read
  // as an inner packet is refused.
  [[nodiscard]] std::optional<std::size_t> sealMedia(
      TimePoint now, const CallId& call, ByteView inner, MutableByteView out,
      crypto::MediaSealer::Kind kind = crypto::MediaSealer::Kind::Speech);
  // Opens into `inner` (1024 bytes always suffice). The first good packet confirms the keys for a
  // caller. A callee's packets before the confirm are held (16) and handed out by pollHeld().
  [[nodiscard]] std::optional<crypto::OpenedMedia> openMedia(TimePoint now, const CallId& call,
                                                             ByteView packet,
                                                             MutableByteView inner);
  // Packets that came before the keys: open them again after KeysReady. Empty when there are none.
  [[nodiscard]] std::optional<Bytes> pollHeld(const CallId& call);
  // The tier or redundancy changed: the size bucket may fall.
  void allowSmallerBucket(const CallId& call);

  // ---- time
  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // ---- drained
  [[nodiscard]] std::optional<Outgoing> pollTransmit();
  [[nodiscard]] std::optional<Event> pollEvent();

  // ---- asked
  [[nodiscard]] const BoxKey& boxKey() const;  // for the presence record
  [[nodiscard]] std::optional<CallSummary> summary(const CallId& call) const;  // live calls only
  [[nodiscard]] std::vector<CallId> liveCalls() const;
  [[nodiscard]] std::optional<CallId> callByChannel(const Fingerprint& relay,
                                                    std::uint64_t rx) const;
  [[nodiscard]] std::optional<crypto::Sas> sas(const CallId& call) const;
  // Only in Active, when both sides said trusted and nothing holds the voice back: no address for
  // somebody whose key nobody has compared.
  [[nodiscard]] std::optional<PathKeys> pathKeys(const CallId& call) const;

  struct Counters {
    std::uint64_t dropped = 0;  // undecodable, wrong peer, wrong state, replayed
    std::uint64_t badSignatures = 0;
    std::uint64_t replayedOffers = 0;
    std::uint64_t heldPackets = 0, mediaRefused = 0;
  };
  [[nodiscard]] const Counters& counters() const;

 private:
  class Core;
  std::unique_ptr<Core> m_core;
};

}  // namespace foyer::call
