#include "tests/wire/message_samples.h"

#include "core/wire/limits.h"
#include "core/wire/text.h"

namespace foyer::wire::testing {
namespace {

struct Maker {
  RandomSource& random;

  std::uint32_t id() { return 1 + static_cast<std::uint32_t>(random.below(kMaxRequestId)); }
  std::uint64_t large() { return random.below(kMaxJsonInteger + 1); }
  Bytes bytes(std::size_t min, std::size_t max) {
    Bytes out(min + random.below(max - min + 1));
    random.fill(out);
    return out;
  }
  std::string text(std::size_t max) {
    static const std::vector<std::string> kPieces = {"a",  "Z",    "\"", "\\", "é",
                                                     "日", "🦊", " ",  "/",  "{"};
    std::string out;
    const std::size_t length = random.below(max + 1);
    while (out.size() < length) out += kPieces[random.below(kPieces.size())];
    return std::string(cutUtf8(out, max));
  }
  template <class Enum>
  Enum oneOf(Enum last, int from = 0) {
    const auto count = static_cast<std::uint64_t>(static_cast<int>(last) - from + 1);
    return static_cast<Enum>(from + static_cast<int>(random.below(count)));
  }
  bool coin() { return random.below(2) == 1; }
  LegMs leg() {
    if (coin()) return std::nullopt;
    return static_cast<std::uint16_t>(1 + random.below(kMaxLegMs));
  }

  Message make(Hello) {
    Hello m{id(), {}, coin() ? "tok-" + std::to_string(large()) : "", coin()};
    do {
      m.versions.push_back(static_cast<std::uint8_t>(1 + random.below(255)));
    } while (m.versions.size() < kMaxVersions && coin());
    return m;
  }
  Message make(Welcome) {
    return Welcome{id(),
                   1,
                   large(),
                   text(kMaxAddressText),
                   text(kMaxBuild),
                   1 + static_cast<std::uint32_t>(random.below(7200)),
                   coin() ? bytes(1, kMaxVouch) : Bytes{}};
  }
  Message make(Refused) {
    Refused m{id(), oneOf(RefusedCode::Draining), text(kMaxDetail), std::nullopt};
    if (coin()) m.retryAfterMs = static_cast<std::uint32_t>(random.u64());
    return m;
  }
  Message make(Reflect) { return Reflect{id()}; }
  Message make(Reflected) {
    return Reflected{id(), text(kMaxAddressText), coin() ? bytes(1, kMaxVouch) : Bytes{}};
  }
  Message make(Ping) { return Ping{id()}; }
  Message make(Pong) { return Pong{id()}; }
  Message make(Replaced) { return Replaced{}; }
  Message make(Draining) {
    return Draining{static_cast<std::uint32_t>(random.u64()), text(kMaxDetail)};
  }
  Message make(ErrorMessage) {
    return ErrorMessage{coin() ? id() : 0, oneOf(ErrorCode::UnknownCall), text(kMaxDetail),
                        coin() ? "publish" : ""};
  }
  Message make(Publish) { return Publish{id(), bytes(1, kMaxPresenceRecord)}; }
  Message make(Published) { return Published{id(), large()}; }
  Message make(Availability) { return Availability{oneOf(PresenceState::DoNotDisturb)}; }
  Message make(PresenceGet) { return PresenceGet{id(), large()}; }
  Message make(PresencePage) {
    PresencePage m{large(), static_cast<std::uint32_t>(random.below(kMaxPages)), coin(), {}};
    const auto count = random.below(kMaxPeoplePerPage + 1);
    for (std::uint64_t i = 0; i < count; ++i) {
      m.people.push_back({bytes(1, kMaxPresenceRecord), oneOf(PresenceState::Unreachable), leg()});
    }
    return m;
  }
  Message make(PresenceDelta) {
    PresenceDelta m;
    m.from = random.below(kMaxJsonInteger);
    m.to = m.from + random.below(kMaxJsonInteger - m.from);
    const auto count = random.below(kMaxChangesPerDelta + 1);
    for (std::uint64_t i = 0; i < count; ++i) {
      m.changes.push_back({random.id<Fingerprint>(),
                           coin() ? bytes(1, kMaxPresenceRecord) : Bytes{},
                           oneOf(PresenceState::Gone), leg()});
    }
    return m;
  }
  Message make(Offer) {
    return Offer{random.id<CallId>(), random.id<Fingerprint>(), random.id<Fingerprint>(),
                 bytes(kSetupBox, kSetupBox)};
  }
  Message make(Setup) {
    return Setup{random.id<CallId>(), random.id<Fingerprint>(), random.id<Fingerprint>(),
                 bytes(kSetupBox, kSetupBox)};
  }
  Message make(Sealed) {
    return Sealed{random.id<CallId>(), random.id<Fingerprint>(), random.id<Fingerprint>(), large(),
                  bytes(1, kMaxSealedBox)};
  }
  Message make(Channel) {
    return Channel{random.id<CallId>(), large(), large(), random.id<Fingerprint>()};
  }
  Message make(Undeliverable) {
    return Undeliverable{random.id<CallId>(), oneOf(UndeliverableCode::NoChannel)};
  }
  Message make(Attach) { return Attach{random.id<CallId>(), random.id<Fingerprint>()}; }
  Message make(Release) { return Release{random.id<CallId>()}; }
  Message make(TurnGet) { return TurnGet{id()}; }
  Message make(TurnGiven) {
    TurnGiven m{id(), {}, {}, {}, 0};
    const auto count = random.below(kMaxTurnLinks + 1);
    for (std::uint64_t i = 0; i < count; ++i) m.links.push_back(text(kMaxTurnLink));
    if (m.links.empty()) return m;
    m.username = text(kMaxTurnName);
    m.password = text(kMaxTurnSecret);
    m.ttlSeconds = 1 + static_cast<std::uint32_t>(random.below(kMaxTurnTtlSeconds));
    return m;
  }
  Message make(Released) { return Released{random.id<CallId>(), oneOf(ReleasedCode::Draining)}; }
};

template <std::size_t I = 0>
Message makeAt(Maker& maker, std::size_t index) {
  if constexpr (I + 1 < std::variant_size_v<Message>) {
    if (index != I) return makeAt<I + 1>(maker, index);
  }
  return maker.make(std::variant_alternative_t<I, Message>{});
}

}  // namespace

Message randomMessage(RandomSource& random, std::size_t index) {
  Maker maker{random};
  return makeAt(maker, index);
}

}  // namespace foyer::wire::testing
