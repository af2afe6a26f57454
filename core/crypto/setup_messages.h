// The six bodies that set up a call and the box they travel in (docs/keys.md section 4). A box is
// exactly 1072 bytes = Seal(recipient, esk, pad(lp(body) ‖ signature, 1024)), so all look alike to
// a relay. Decoders are total; the checks that need a call's state are core/call's.
#pragma once

#include <variant>

#include "core/base/result.h"
#include "core/crypto/identity.h"
#include "core/crypto/primitives.h"

namespace foyer::crypto {

constexpr std::size_t kSetupPlainSize = 1024;
constexpr std::size_t kSetupBoxSize = kSetupPlainSize + kSealOverhead;
// What fits beside length, signature and end mark.
constexpr std::size_t kMaxSetupBody = kSetupPlainSize - 2 - Signature::kSize - 1;
// JSON of alias, capabilities and build, used and hashed as received.
constexpr std::size_t kMaxInfoBytes = 400;

using Nonce32 = std::array<std::uint8_t, 32>;

enum class CallPolicy : std::uint8_t { Trusted = 1, Private = 2 };
enum class RejectReason : std::uint8_t { Declined = 1, Busy = 2, Version = 3, GaveUp = 4 };
enum class CancelReason : std::uint8_t { Person = 1, Timeout = 2, Glare = 3 };

struct OfferBody {
  Bytes versions;
  CallId callId;
  PublicKey caller;
  PublicKey callee;
  BoxKey calleeBox;
  BoxKey reply;
  Hash commitment{};
  std::uint64_t issuedMs = 0;
  std::uint16_t ttlSeconds = 0;
  CallPolicy policy = CallPolicy::Private;
  Bytes info;
  bool operator==(const OfferBody&) const = default;
};
struct RingingBody {
  Hash offerHash{};
  bool operator==(const RingingBody&) const = default;
};
struct AnswerBody {
  std::uint8_t version = 0;
  Bytes versions;
  Hash offerHash{};
  BoxKey ephemeral;
  Nonce32 nonce{};
  CallPolicy mode = CallPolicy::Private;
  Bytes info;
  bool operator==(const AnswerBody&) const = default;
};
struct RejectBody {
  Hash offerHash{};
  RejectReason reason = RejectReason::Declined;
  bool operator==(const RejectBody&) const = default;
};
struct CancelBody {
  Hash offerHash{};
  CancelReason reason = CancelReason::Person;
  bool operator==(const CancelBody&) const = default;
};
struct ConfirmBody {
  CallId callId;
  BoxKey ephemeral;
  Nonce32 nonce{};
  Hash transcript{};
  bool operator==(const ConfirmBody&) const = default;
};
using SetupBody =
    std::variant<OfferBody, RingingBody, AnswerBody, RejectBody, CancelBody, ConfirmBody>;

[[nodiscard]] Bytes encodeSetup(const SetupBody& body);
[[nodiscard]] std::optional<SetupBody> decodeSetup(ByteView body);

// The body as received or made, never re-encoded, with its signature.
struct SignedSetup {
  Bytes body;
  Signature signature;
};
// Signs encodeSetup(body).
[[nodiscard]] SignedSetup signSetup(const Identity& identity, const SetupBody& body);

// pad(lp(body) ‖ signature, 1024) and its inverse; the plain text under every set-up and room seal.
[[nodiscard]] std::array<std::uint8_t, kSetupPlainSize> packSetup(const SignedSetup& message);
[[nodiscard]] std::optional<SignedSetup> unpackSetup(ByteView plain);

// kSetupBoxSize bytes. `ephemeral` is used for this one box.
[[nodiscard]] Bytes sealSetup(const BoxKey& recipient, const SecretKey& ephemeral,
                              const SignedSetup& message);

enum class UnsealError { WrongSize, NotForThisKey, Malformed };
[[nodiscard]] const char* toString(UnsealError error);
// Opens and splits; neither decodes nor verifies.
[[nodiscard]] Result<SignedSetup, UnsealError> unsealSetup(const BoxPair& recipient, ByteView box);

}  // namespace foyer::crypto
