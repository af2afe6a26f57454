#include "core/crypto/setup_messages.h"

#include <algorithm>

#include "core/base/assert.h"
#include "core/crypto/enc.h"
#include "core/crypto/versions.h"

namespace foyer::crypto {

namespace {

constexpr std::string_view kOffer = "foyer/1 offer";
constexpr std::string_view kRinging = "foyer/1 ringing";
constexpr std::string_view kAnswer = "foyer/1 answer";
constexpr std::string_view kReject = "foyer/1 reject";
constexpr std::string_view kCancel = "foyer/1 cancel";
constexpr std::string_view kConfirm = "foyer/1 confirm";

template <class Enum>
std::array<std::uint8_t, 1> enumField(Enum value) {
  return u8Field(static_cast<std::uint8_t>(value));
}
// The enumerations of the bodies are dense from 1.
template <class Enum>
std::optional<Enum> readEnum(ByteView field, Enum highest) {
  const auto value = readU8Field(field);
  if (!value || *value == 0 || *value > static_cast<std::uint8_t>(highest)) return std::nullopt;
  return static_cast<Enum>(*value);
}
template <std::size_t N>
bool readArray(ByteView field, std::array<std::uint8_t, N>& out) {
  if (field.size() != N) return false;
  std::copy(field.begin(), field.end(), out.begin());
  return true;
}
template <class Id>
bool readId(ByteView field, Id& out) {
  return readArray(field, out.bytes);
}
template <class T>
bool assignIf(const std::optional<T>& from, T& to) {
  if (from) to = *from;
  return from.has_value();
}
bool readInfo(ByteView field, Bytes& out) {
  if (field.size() > kMaxInfoBytes) return false;
  out = toBytes(field);
  return true;
}
bool readVersions(ByteView field, Bytes& out) {
  if (!areVersions(field)) return false;
  out = toBytes(field);
  return true;
}

Bytes encodeBody(const OfferBody& b) {
  return enc(kOffer, {b.versions, b.callId.view(), b.caller.view(), b.callee.view(),
                      b.calleeBox.view(), b.reply.view(), b.commitment, u64Field(b.issuedMs),
                      u16Field(b.ttlSeconds), enumField(b.policy), b.info});
}
Bytes encodeBody(const RingingBody& b) { return enc(kRinging, {b.offerHash}); }
Bytes encodeBody(const AnswerBody& b) {
  return enc(kAnswer, {u8Field(b.version), b.versions, b.offerHash, b.ephemeral.view(), b.nonce,
                       enumField(b.mode), b.info});
}
Bytes encodeBody(const RejectBody& b) { return enc(kReject, {b.offerHash, enumField(b.reason)}); }
Bytes encodeBody(const CancelBody& b) { return enc(kCancel, {b.offerHash, enumField(b.reason)}); }
Bytes encodeBody(const ConfirmBody& b) {
  return enc(kConfirm, {b.callId.view(), b.ephemeral.view(), b.nonce, b.transcript});
}

std::optional<SetupBody> decodeOffer(ByteView body) {
  const auto f = decodeEnc<11>(body, kOffer);
  OfferBody b;
  if (!f || !readVersions((*f)[0], b.versions) || !readId((*f)[1], b.callId) ||
      !readId((*f)[2], b.caller) || !readId((*f)[3], b.callee) || !readId((*f)[4], b.calleeBox) ||
      !readId((*f)[5], b.reply) || !readArray((*f)[6], b.commitment) ||
      !assignIf(readU64Field((*f)[7]), b.issuedMs) ||
      !assignIf(readU16Field((*f)[8]), b.ttlSeconds) ||
      !assignIf(readEnum((*f)[9], CallPolicy::Private), b.policy) || !readInfo((*f)[10], b.info)) {
    return std::nullopt;
  }
  return b;
}
std::optional<SetupBody> decodeRinging(ByteView body) {
  const auto f = decodeEnc<1>(body, kRinging);
  RingingBody b;
  if (!f || !readArray((*f)[0], b.offerHash)) return std::nullopt;
  return b;
}
std::optional<SetupBody> decodeAnswer(ByteView body) {
  const auto f = decodeEnc<7>(body, kAnswer);
  AnswerBody b;
  if (!f || !assignIf(readU8Field((*f)[0]), b.version) || !readVersions((*f)[1], b.versions) ||
      !readArray((*f)[2], b.offerHash) || !readId((*f)[3], b.ephemeral) ||
      !readArray((*f)[4], b.nonce) || !assignIf(readEnum((*f)[5], CallPolicy::Private), b.mode) ||
      !readInfo((*f)[6], b.info)) {
    return std::nullopt;
  }
  return b;
}
std::optional<SetupBody> decodeReject(ByteView body) {
  const auto f = decodeEnc<2>(body, kReject);
  RejectBody b;
  if (!f || !readArray((*f)[0], b.offerHash) ||
      !assignIf(readEnum((*f)[1], RejectReason::GaveUp), b.reason)) {
    return std::nullopt;
  }
  return b;
}
std::optional<SetupBody> decodeCancel(ByteView body) {
  const auto f = decodeEnc<2>(body, kCancel);
  CancelBody b;
  if (!f || !readArray((*f)[0], b.offerHash) ||
      !assignIf(readEnum((*f)[1], CancelReason::Glare), b.reason)) {
    return std::nullopt;
  }
  return b;
}
std::optional<SetupBody> decodeConfirm(ByteView body) {
  const auto f = decodeEnc<4>(body, kConfirm);
  ConfirmBody b;
  if (!f || !readId((*f)[0], b.callId) || !readId((*f)[1], b.ephemeral) ||
      !readArray((*f)[2], b.nonce) || !readArray((*f)[3], b.transcript)) {
    return std::nullopt;
  }
  return b;
}

}  // namespace

Bytes encodeSetup(const SetupBody& body) {
  return std::visit([](const auto& b) { return encodeBody(b); }, body);
}

std::optional<SetupBody> decodeSetup(ByteView body) {
  const std::string_view label = labelOf(body);
  if (label == kOffer) return decodeOffer(body);
  if (label == kRinging) return decodeRinging(body);
  if (label == kAnswer) return decodeAnswer(body);
  if (label == kReject) return decodeReject(body);
  if (label == kCancel) return decodeCancel(body);
  if (label == kConfirm) return decodeConfirm(body);
  return std::nullopt;
}

SignedSetup signSetup(const Identity& identity, const SetupBody& body) {
  SignedSetup made{encodeSetup(body), {}};
  made.signature = identity.sign(made.body);
  return made;
}

std::array<std::uint8_t, kSetupPlainSize> packSetup(const SignedSetup& message) {
  FOYER_ASSERT(message.body.size() <= kMaxSetupBody, "every body has capped fields");
  std::array<std::uint8_t, kMaxSetupBody + 2 + Signature::kSize> joined;
  const std::size_t bodySize = message.body.size();
  const auto size = u16Field(static_cast<std::uint16_t>(bodySize));
  std::copy(size.begin(), size.end(), joined.begin());
  std::copy(message.body.begin(), message.body.end(), joined.begin() + 2);
  std::copy(message.signature.bytes.begin(), message.signature.bytes.end(),
            joined.begin() + 2 + static_cast<std::ptrdiff_t>(bodySize));
  std::array<std::uint8_t, kSetupPlainSize> plain;
  padInto(ByteView(joined).first(2 + bodySize + Signature::kSize), plain);
  wipe(joined);
  return plain;
}

std::optional<SignedSetup> unpackSetup(ByteView plain) {
  const auto size = unpaddedSize(plain);
  if (!size || *size < 2 + Signature::kSize) return std::nullopt;
  const std::size_t bodySize = readU16(plain.data());
  if (*size != 2 + bodySize + Signature::kSize) return std::nullopt;
  return SignedSetup{toBytes(plain.subspan(2, bodySize)),
                     *Signature::fromBytes(plain.subspan(2 + bodySize, Signature::kSize))};
}

Bytes sealSetup(const BoxKey& recipient, const SecretKey& ephemeral, const SignedSetup& message) {
  auto plain = packSetup(message);
  Bytes box = sealTo(recipient, ephemeral, plain);
  wipe(plain);
  return box;
}

const char* toString(UnsealError error) {
  switch (error) {
    case UnsealError::WrongSize:
      return "wrong_size";
    case UnsealError::NotForThisKey:
      return "not_for_this_key";
    case UnsealError::Malformed:
      return "malformed";
  }
  return "";
}

Result<SignedSetup, UnsealError> unsealSetup(const BoxPair& recipient, ByteView box) {
  if (box.size() != kSetupBoxSize) return Failure<UnsealError>(UnsealError::WrongSize);
  auto plain = openSealed(recipient, box);
  if (!plain) return Failure<UnsealError>(UnsealError::NotForThisKey);
  auto message = unpackSetup(*plain);
  wipe(*plain);
  if (!message) return Failure<UnsealError>(UnsealError::Malformed);
  return std::move(*message);
}

}  // namespace foyer::crypto
