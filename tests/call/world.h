// Two or more agents and a relay between them that may be hostile, in virtual time; and a puppet,
// the other end of a call driven by hand, for every message an honest agent would not send.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/call/call_agent.h"
#include "core/crypto/control_seal.h"
#include "core/crypto/key_schedule.h"

namespace foyer::call {

inline const Fingerprint kRelay = Fingerprint::parseHex("11111111111111111111111111111111").value();
inline constexpr std::int64_t kWallMs = 1'790'000'000'000;
inline const wire::CallInfo kInfo{.alias = "Tom", .capabilities = {"opus"}, .build = "foyer 0.1.0"};

class Book final : public ContactBook {
 public:
  [[nodiscard]] ContactView contact(const PublicKey& key, std::string_view alias) const override {
    const auto found = people.find(key);
    if (found != people.end()) return found->second;
    const auto named = verifiedNames.find(alias);
    return {.isKeyChanged = named != verifiedNames.end() && named->second != key};
  }
  std::map<PublicKey, ContactView> people;
  std::map<std::string, PublicKey, std::less<>> verifiedNames;
};

inline crypto::Identity identityNumber(std::uint64_t seed) {
  SeededRandom random(seed * 7919 + 1);
  return crypto::Identity::generate(random);
}

struct Party {
  explicit Party(std::uint64_t seed, TimePoint now = {}, RandomSource* source = nullptr)
      : random(seed),
        identity(identityNumber(seed)),
        agent(std::make_unique<CallAgent>(now, identity, book,
                                          source != nullptr ? *source : random)) {}

  [[nodiscard]] const PublicKey& key() const { return identity.publicKey(); }
  [[nodiscard]] const Fingerprint& fingerprint() const { return identity.fingerprint(); }
  [[nodiscard]] Callee asCallee() const { return {key(), agent->boxKey(), kRelay}; }
  // A new process with the same seed on disk.
  void restart(TimePoint now) {
    agent = std::make_unique<CallAgent>(now, identity, book, random);
    events.clear();
  }

  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> found;
    for (const Event& event : events) {
      if (const T* e = std::get_if<T>(&event)) found.push_back(*e);
    }
    return found;
  }
  template <class T>
  [[nodiscard]] std::size_t count() const {
    return all<T>().size();
  }
  [[nodiscard]] std::optional<EndReason> endOf(const CallId& id) const {
    for (const Ended& ended : all<Ended>()) {
      if (ended.call == id) return ended.reason;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<Phase> phase(const CallId& id) const {
    const auto summary = agent->summary(id);
    return summary ? std::optional(summary->phase) : std::nullopt;
  }

  SeededRandom random;
  crypto::Identity identity;
  Book book;
  std::unique_ptr<CallAgent> agent;
  std::vector<Event> events;
  std::vector<wire::Message> sent;
  std::int64_t clockErrorMs = 0;
};

inline std::optional<Fingerprint> recipientOf(const wire::Message& message) {
  if (const auto* m = std::get_if<wire::Offer>(&message)) return m->to;
  if (const auto* m = std::get_if<wire::Setup>(&message)) return m->to;
  if (const auto* m = std::get_if<wire::Sealed>(&message)) return m->to;
  return std::nullopt;
}

class World {
 public:
  Party& add(std::uint64_t seed, RandomSource* source = nullptr) {
    parties.push_back(std::make_unique<Party>(seed, now, source));
    return *parties.back();
  }
  void deliver(Party& to, const wire::Message& message) {
    to.agent->handleMessage(now, kWallMs + toMilliseconds(now.time_since_epoch()) + to.clockErrorMs,
                            kRelay, message);
    drain(to);
  }
  // Lets everything flow until nobody has anything to say.
  void settle() {
    for (auto& party : parties) drain(*party);
    while (!flying.empty()) {
      const wire::Message message = std::move(flying.front());
      flying.pop_front();
      if (pass && !pass(message)) continue;
      route(message);
    }
  }
  void route(const wire::Message& message) {
    const auto to = recipientOf(message);
    for (auto& party : parties) {
      if (to != party->fingerprint()) continue;
      if (const auto* offer = std::get_if<wire::Offer>(&message)) {
        ++channels;
        for (auto& caller : parties) {
          if (caller->fingerprint() == offer->from) {
            deliver(*caller,
                    wire::Channel{offer->callId, 2 * channels, 2 * channels + 1, offer->to});
          }
        }
        deliver(*party, wire::Channel{offer->callId, 2 * channels + 1, 2 * channels, offer->from});
      }
      deliver(*party, message);
    }
  }
  // Jumps from wake-up to wake-up.
  void advance(Duration by) {
    const TimePoint end = now + by;
    settle();
    while (true) {
      std::optional<TimePoint> next;
      for (auto& party : parties) {
        const auto t = party->agent->pollTimeout();
        if (t && *t <= end && (!next || *t < *next)) next = t;
      }
      now = next ? std::max(now, *next) : end;
      for (auto& party : parties) {
        party->agent->handleTimeout(now);
        drain(*party);
      }
      settle();
      if (!next) return;
    }
  }
  CallId call(Party& from, Party& to, crypto::CallPolicy policy = crypto::CallPolicy::Trusted) {
    const auto id =
        from.agent->place(now, kWallMs + toMilliseconds(now.time_since_epoch()) + from.clockErrorMs,
                          to.asCallee(), policy, kInfo);
    EXPECT_TRUE(id);
    settle();
    return id ? *id : CallId{};
  }
  bool answer(Party& party, const CallId& id) {
    const bool done = party.agent->answer(now, id, crypto::CallPolicy::Trusted, kInfo);
    settle();
    return done;
  }
  // A whole set-up; both are Active.
  CallId connect(Party& from, Party& to) {
    const CallId id = call(from, to);
    EXPECT_TRUE(answer(to, id));
    EXPECT_EQ(from.phase(id), Phase::Active);
    EXPECT_EQ(to.phase(id), Phase::Active);
    return id;
  }
  void drain(Party& party) {
    while (auto event = party.agent->pollEvent()) party.events.push_back(std::move(*event));
    while (auto out = party.agent->pollTransmit()) {
      EXPECT_EQ(out->relay, kRelay);
      party.sent.push_back(out->message);
      history.push_back(out->message);
      flying.push_back(std::move(out->message));
    }
  }
  std::optional<Bytes> seal(Party& party, const CallId& id, std::string_view text) {
    std::array<std::uint8_t, crypto::kMaxMediaPacket> out;
    const auto size = party.agent->sealMedia(now, id, viewOf(text), out);
    return size ? std::optional(toBytes(ByteView(out).first(*size))) : std::nullopt;
  }
  std::optional<std::string> open(Party& party, const CallId& id, ByteView packet) {
    std::array<std::uint8_t, 1024> inner;
    const auto opened = party.agent->openMedia(now, id, packet, inner);
    drain(party);
    if (!opened) return std::nullopt;
    return std::string(textOf(ByteView(inner).first(opened->size)));
  }

  TimePoint now{};
  std::vector<std::unique_ptr<Party>> parties;
  std::deque<wire::Message> flying;
  std::vector<wire::Message> history;
  // The relay: false drops the message.
  std::function<bool(const wire::Message&)> pass;
  std::uint64_t channels = 0;
};

template <class T>
std::vector<T> messagesOf(const std::vector<wire::Message>& all) {
  std::vector<T> found;
  for (const auto& message : all) {
    if (const T* m = std::get_if<T>(&message)) found.push_back(*m);
  }
  return found;
}

// The other end of a call with `agent`, by hand. Everything it says can be changed first.
class Puppet {
 public:
  explicit Puppet(std::uint64_t seed)
      : random(seed + 1'000'000),
        identity(identityNumber(seed)),
        box(crypto::BoxPair::generate(random)) {}

  [[nodiscard]] const PublicKey& key() const { return identity.publicKey(); }
  [[nodiscard]] Callee asCallee() const { return {key(), box.publicKey, kRelay}; }

  template <class Body>
  [[nodiscard]] wire::Setup say(const BoxKey& to, const Body& body) {
    return wrap(to, crypto::signSetup(identity, body));
  }
  [[nodiscard]] wire::Setup wrap(const BoxKey& to, const crypto::SignedSetup& message) {
    return {callId, crypto::fingerprintOf(peer), identity.fingerprint(),
            crypto::sealSetup(to, crypto::SecretKey::random(random), message)};
  }

  // ---- as callee
  void take(const wire::Offer& offer) {
    const auto opened = crypto::unsealSetup(box, offer.box);
    ASSERT_TRUE(opened);
    offerBody = opened->body;
    theirOffer = std::get<crypto::OfferBody>(crypto::decodeSetup(offerBody).value());
    callId = offer.callId;
    peer = theirOffer.caller;
    offerHash = crypto::sha256(offerBody);
  }
  [[nodiscard]] wire::Setup ringing() {
    return say(theirOffer.reply, crypto::RingingBody{offerHash});
  }
  [[nodiscard]] wire::Setup reject(crypto::RejectReason reason) {
    return say(theirOffer.reply, crypto::RejectBody{offerHash, reason});
  }
  [[nodiscard]] crypto::AnswerBody answerBodyMade() {
    own = crypto::BoxPair::generate(random);
    crypto::AnswerBody body{.version = 1,
                            .versions = {1},
                            .offerHash = offerHash,
                            .ephemeral = own.publicKey,
                            .mode = crypto::CallPolicy::Trusted,
                            .info = wire::encodeCallInfo(kInfo)};
    random.fill(body.nonce);
    return body;
  }
  [[nodiscard]] wire::Setup answer(const crypto::AnswerBody& body) {
    answerBody = crypto::encodeSetup(body);
    return say(theirOffer.reply, body);
  }
  [[nodiscard]] wire::Setup answer() { return answer(answerBodyMade()); }
  void takeConfirm(const wire::Setup& message) {
    const auto opened = crypto::unsealSetup(box, message.box);
    ASSERT_TRUE(opened);
    const auto confirm = std::get<crypto::ConfirmBody>(crypto::decodeSetup(opened->body).value());
    const auto th = crypto::transcriptOf(offerBody, answerBody, confirm.ephemeral, confirm.nonce);
    EXPECT_EQ(th, confirm.transcript);
    keys = crypto::deriveCallKeys(th, own.secret, confirm.ephemeral);
    ASSERT_TRUE(keys);
    startSealing(crypto::Role::Callee);
  }

  // ---- as caller
  [[nodiscard]] crypto::OfferBody offerBodyMade(const PublicKey& to, const BoxKey& toBox) {
    peer = to;
    peerBox = toBox;
    callId = random.id<CallId>();
    own = crypto::BoxPair::generate(random);
    reply = crypto::BoxPair::generate(random);
    random.fill(nonce);
    return {.versions = {1},
            .callId = callId,
            .caller = key(),
            .callee = to,
            .calleeBox = toBox,
            .reply = reply.publicKey,
            .commitment = crypto::commitmentOf(callId, key(), to, own.publicKey, nonce),
            .issuedMs = kWallMs,
            .ttlSeconds = 45,
            .policy = crypto::CallPolicy::Trusted,
            .info = wire::encodeCallInfo(kInfo)};
  }
  [[nodiscard]] wire::Offer offer(const crypto::OfferBody& body) {
    const auto made = crypto::signSetup(identity, body);
    offerBody = made.body;
    offerHash = crypto::sha256(offerBody);
    return {callId, crypto::fingerprintOf(peer), identity.fingerprint(),
            crypto::sealSetup(peerBox, crypto::SecretKey::random(random), made)};
  }
  [[nodiscard]] wire::Offer offer(const PublicKey& to, const BoxKey& toBox) {
    return offer(offerBodyMade(to, toBox));
  }
  [[nodiscard]] wire::Setup cancel(crypto::CancelReason reason) {
    return say(peerBox, crypto::CancelBody{offerHash, reason});
  }
  // Anything sealed to the reply key; nullopt when it is not for it.
  [[nodiscard]] std::optional<crypto::SetupBody> read(const wire::Setup& message) {
    auto opened = crypto::unsealSetup(reply, message.box);
    if (!opened) return std::nullopt;
    if (!crypto::verify(peer, opened->body, opened->signature)) return std::nullopt;
    auto body = crypto::decodeSetup(opened->body);
    if (body && std::holds_alternative<crypto::AnswerBody>(*body)) answerBody = opened->body;
    return body;
  }
  [[nodiscard]] crypto::ConfirmBody confirmBodyMade() {
    return {callId, own.publicKey, nonce,
            crypto::transcriptOf(offerBody, answerBody, own.publicKey, nonce)};
  }
  [[nodiscard]] wire::Setup confirm(const crypto::ConfirmBody& body) { return say(peerBox, body); }
  void deriveAsCaller() {
    const auto answer = std::get<crypto::AnswerBody>(crypto::decodeSetup(answerBody).value());
    keys = crypto::deriveCallKeys(confirmBodyMade().transcript, own.secret, answer.ephemeral);
    ASSERT_TRUE(keys);
    startSealing(crypto::Role::Caller);
  }

  // ---- with keys
  void startSealing(crypto::Role role) {
    control.emplace(keys->control(role), callId);
    media.emplace(TimePoint{}, keys->media(role));
  }
  [[nodiscard]] wire::Sealed sealed(const wire::SealedMessage& message) {
    auto made = control->seal(wire::encodeSealedMessage(message)).value();
    return {callId, crypto::fingerprintOf(peer), identity.fingerprint(), made.n,
            std::move(made.box)};
  }
  [[nodiscard]] Bytes packet() {
    std::array<std::uint8_t, crypto::kMaxMediaPacket> out;
    const auto size = media->seal(TimePoint{}, viewOf("sound"), out);
    return toBytes(ByteView(out).first(*size));
  }

  SeededRandom random;
  crypto::Identity identity;
  crypto::BoxPair box;
  crypto::BoxPair own;
  crypto::BoxPair reply;
  crypto::Nonce32 nonce{};
  PublicKey peer;
  BoxKey peerBox;
  CallId callId;
  crypto::OfferBody theirOffer;
  Bytes offerBody;
  Bytes answerBody;
  crypto::Hash offerHash{};
  std::optional<crypto::CallKeys> keys;
  std::optional<crypto::ControlSealer> control;
  std::optional<crypto::MediaSealer> media;
};

}  // namespace foyer::call
