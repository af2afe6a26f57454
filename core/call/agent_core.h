// Inside of CallAgent: the state of each call and the handlers of the two state tables. Split over
// agent_core.cpp (commands, time, ends), agent_offers.cpp (what may ring) and agent_setup.cpp
// (answers, confirms and sealed messages). Private to core/call. Value, no thread.
#pragma once

#include <deque>
#include <map>

#include "core/call/box_memory.h"
#include "core/call/call_agent.h"
#include "core/call/spent_guesses.h"
#include "core/crypto/control_seal.h"
#include "core/crypto/key_schedule.h"

namespace foyer::call {

// Timers of docs/keys.md section 7.
constexpr Duration kReachTimer = 10s;
constexpr Duration kRingTimer = 45s;
constexpr Duration kSecureTimer = 10s;
constexpr Duration kTombstoneLife = 60s;
// An offer of somebody we are in a call with may be the loser of a glare; its cancel follows.
constexpr Duration kSameIdentityWait = 2s;
// What an offer may be older than its lifetime and still ring.
constexpr std::int64_t kLateOfferMs = 120'000;
constexpr std::size_t kHeldPackets = 16;
// Live calls in all, ringing ones included; a further offer is busy.
constexpr std::size_t kMaxCalls = 8;
// Offers that ring at once; a further one is busy.
constexpr std::size_t kMaxRinging = 1;
constexpr std::size_t kMaxHeldOffers = 4;
// Ended calls remembered; beyond it the oldest goes first.
constexpr std::size_t kMaxTombstones = 1024;
// A relay took the channel of an answered call away: asked for it again this often.
constexpr Duration kAttachAgain = 3s;
// Channels announced before their offer; beyond it the oldest goes first.
constexpr std::size_t kMaxEarlyChannels = 32;

class CallAgent::Core {
 public:
  Core(TimePoint now, const crypto::Identity& identity, const ContactBook& contacts,
       RandomSource& random);

  // Secrets that end with the set-up.
  struct SetupSecrets {
    crypto::SecretKey ephemeral;
    crypto::SecretBytes<32> nonce;  // of the caller, until it is opened
    crypto::BoxPair reply;          // of the caller, until Active: reject(4) is sealed to it
  };
  // Secrets that end with the call.
  struct CallSecrets {
    crypto::SecretKey sas;
    crypto::SecretKey path;
  };
  struct Call {
    CallId id;
    PublicKey peer;
    Fingerprint peerFingerprint;
    Direction direction = Direction::Outgoing;
    Phase phase = Phase::Offered;
    Fingerprint relay;
    std::optional<ChannelIds> channel;
    std::optional<TimePoint> deadline;
    std::optional<TimePoint> attachAt;  // while the relay gives no channel
    bool hasPeerLeft = false;
    bool isCompareOnly = false;
    bool isVoiceHeld = false;
    bool haveWordsDiffered = false;

    BoxKey box;    // the callee's, that offer, cancel and confirm are sealed to
    BoxKey reply;  // the caller's, that ringing, answer and reject are sealed to
    Bytes offerBody;
    crypto::Hash offerHash{};
    crypto::Hash commitment{};
    Bytes answerBody;
    crypto::Hash confirmHash{};  // of the confirm that was taken
    crypto::CallPolicy policy = crypto::CallPolicy::Private;
    std::optional<crypto::CallPolicy> mode;
    wire::CallInfo ownInfo;
    wire::CallInfo peerInfo;
    // The last set-up message sent, for repeats: always the same bytes.
    std::optional<wire::Message> lastSetup;

    crypto::SecurePtr<SetupSecrets> setup;
    crypto::SecurePtr<CallSecrets> secrets;
    std::optional<crypto::MediaSealer> mediaSealer;
    std::optional<crypto::MediaOpener> mediaOpener;
    std::optional<crypto::ControlSealer> controlSealer;
    std::optional<crypto::ControlOpener> controlOpener;
    std::optional<wire::Sealed> ready;
    std::optional<wire::Sealed> lastState;
    std::optional<wire::SideState> ownState;
    std::optional<wire::SideState> peerState;
    std::uint64_t peerStateNumber = 0;
    std::optional<wire::Sealed> lastPaths;
    std::optional<wire::Paths> ownPaths;
    std::optional<std::uint64_t> peerPathsNumber;
    std::deque<Bytes> heldPackets;

    [[nodiscard]] crypto::Role role() const {
      return direction == Direction::Outgoing ? crypto::Role::Caller : crypto::Role::Callee;
    }
    [[nodiscard]] bool ringsHere() const {
      return direction == Direction::Incoming && phase == Phase::Ringing;
    }
    // Both sides may know each other's addresses.
    [[nodiscard]] bool mayGoDirect() const {
      return (phase == Phase::Active || phase == Phase::Confirming) && secrets && !isCompareOnly &&
             policy == crypto::CallPolicy::Trusted && mode == crypto::CallPolicy::Trusted;
    }
    // The voice stays here until the words match.
    void holdVoice() { isCompareOnly = isVoiceHeld = true; }
    [[nodiscard]] bool isOfferOut() const {
      return direction == Direction::Outgoing &&
             (phase == Phase::Offered || phase == Phase::Ringing);
    }
  };

  // ---- agent_core.cpp
  Result<CallId, PlaceError> place(TimePoint now, std::int64_t wallMs, const Callee& callee,
                                   crypto::CallPolicy policy, const wire::CallInfo& info);
  bool reject(TimePoint now, const CallId& id);
  bool ignore(TimePoint now, const CallId& id);
  bool hangup(TimePoint now, const CallId& id);
  bool judgeWords(const CallId& id, bool match);
  bool speakUnverified(const CallId& id);
  void setSideState(const CallId& id, const wire::SideState& state);
  bool setPaths(const CallId& id, const wire::Paths& paths);
  [[nodiscard]] std::optional<PathKeys> pathKeys(const CallId& id) const;
  void handleMessage(TimePoint now, std::int64_t wallMs, const Fingerprint& relay,
                     const wire::Message& message);
  void relayAdmitted(const Fingerprint& relay);
  void peerHungUp(TimePoint now, const CallId& id);
  void connectionLost(TimePoint now, const CallId& id);
  std::optional<std::size_t> sealMedia(TimePoint now, Call& call, ByteView inner,
                                       MutableByteView out, crypto::MediaSealer::Kind kind);
  std::optional<crypto::OpenedMedia> openMedia(TimePoint now, Call& call, ByteView packet,
                                               MutableByteView inner);
  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;
  [[nodiscard]] Call* find(const CallId& id);
  [[nodiscard]] const Call* find(const CallId& id) const;

  // ---- agent_setup.cpp
  bool answer(TimePoint now, const CallId& id, crypto::CallPolicy mode, const wire::CallInfo& info);

  BoxMemory boxes;
  std::map<CallId, Call> calls;
  std::deque<Outgoing> transmit;
  std::deque<Event> events;
  Counters counters;

 private:
  // An offer that passed every check of section 4.
  struct CheckedOffer {
    crypto::OfferBody offer;
    Bytes body;
    BoxKey box;
    Fingerprint relay;
    wire::CallInfo info;
  };
  struct HeldOffer {
    CheckedOffer offer;
    TimePoint ringAt;
  };
  struct EarlyChannel {
    CallId call;
    Fingerprint peer;
    ChannelIds ids;
  };

  // ---- agent_offers.cpp
  void onOffer(TimePoint now, std::int64_t wallMs, const Fingerprint& relay,
               const wire::Offer& message);
  void onNewOffer(TimePoint now, std::int64_t wallMs, CheckedOffer offer);
  // False: the offer was answered by another rule than ringing.
  bool meetsOwnCall(TimePoint now, const CheckedOffer& offer);
  void ring(TimePoint now, const CheckedOffer& offer);
  Call& makeIncoming(const CheckedOffer& offer);
  void refuse(const CheckedOffer& offer, crypto::RejectReason reason);
  void repeatReply(const CheckedOffer& offer);
  // A cancel of an offer that waits; true when it was one.
  bool cancelsHeldOffer(const wire::Setup& message);
  void ringHeldOffers(TimePoint now);

  // ---- agent_setup.cpp
  void onSetup(TimePoint now, const wire::Setup& message);
  void onRinging(TimePoint now, Call& call, const crypto::RingingBody& body);
  void onAnswer(TimePoint now, Call& call, const crypto::AnswerBody& body, Bytes bytes);
  void onReject(TimePoint now, Call& call, const crypto::RejectBody& body);
  void onCancel(TimePoint now, Call& call, const crypto::CancelBody& body);
  void onConfirm(TimePoint now, Call& call, const crypto::ConfirmBody& body, ByteView bytes);
  void onSealed(TimePoint now, const wire::Sealed& message);
  void giveAnswer(TimePoint now, Call& call, crypto::CallPolicy mode, const wire::CallInfo& info);
  void takeKeys(TimePoint now, Call& call, crypto::CallKeys keys);
  void confirmed(Call& call);

  // ---- agent_core.cpp
  void onChannel(const Fingerprint& relay, const wire::Channel& message);
  void onUndeliverable(TimePoint now, const Fingerprint& relay, const wire::Undeliverable& message);
  void onReleased(TimePoint now, const Fingerprint& relay, const wire::Released& message);
  void heard(Call& call);
  void timeOut(TimePoint now, Call& call);
  // Signs, seals to `recipient` and sends; keeps the bytes for repeats.
  void sendSetup(Call& call, const BoxKey& recipient, const crypto::SetupBody& body);
  [[nodiscard]] Bytes sealBody(const BoxKey& recipient, const crypto::SetupBody& body);
  void sendCancel(Call& call, crypto::CancelReason reason);
  void sendReject(Call& call, crypto::RejectReason reason);
  std::optional<wire::Sealed> sealMessage(Call& call, const wire::SealedMessage& message);
  void sendHangup(Call& call);
  void sendState(Call& call);
  void send(const Fingerprint& relay, wire::Message message);
  enum class TellRelay { Release, Nothing };
  // Wipes and forgets the call; `call` is gone afterwards.
  void finish(TimePoint now, Call& call, EndReason reason, TellRelay tell = TellRelay::Release);
  void countSpent(TimePoint now, const PublicKey& peer);
  void tellSpent(TimePoint now, const PublicKey& peer);
  [[nodiscard]] bool isEnded(TimePoint now, const CallId& id);
  void drop() { ++counters.dropped; }

  const crypto::Identity* m_identity;
  const ContactBook* m_contacts;
  RandomSource* m_random;
  std::deque<std::pair<CallId, TimePoint>> m_tombstones;
  std::deque<HeldOffer> m_heldOffers;
  std::deque<EarlyChannel> m_earlyChannels;
  SpentGuesses24h m_spent;
};

}  // namespace foyer::call
