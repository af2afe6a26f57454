#include "core/crypto/presence.h"

#include <algorithm>

#include "core/crypto/enc.h"
#include "core/crypto/versions.h"
#include "core/wire/text.h"

namespace foyer::crypto {

namespace {

constexpr std::string_view kLabel = "foyer/1 presence";

}  // namespace

const char* toString(PresenceError error) {
  switch (error) {
    case PresenceError::Malformed:
      return "malformed";
    case PresenceError::OutOfRange:
      return "out_of_range";
    case PresenceError::InvalidKey:
      return "invalid_key";
    case PresenceError::WrongSignature:
      return "wrong_signature";
  }
  return "";
}

Bytes signPresence(const Identity& identity, const PresenceRecord& record) {
  Bytes body =
      enc(kLabel, {identity.publicKey().view(), record.box.view(), u64Field(record.sequence),
                   u64Field(record.issuedMs), u32Field(record.ttlSeconds), record.versions,
                   record.relay.view(), viewOf(record.alias)});
  append(body, identity.sign(body).view());
  return body;
}

Result<PresenceRecord, PresenceError> openPresence(ByteView signedRecord) {
  using Fail = Failure<PresenceError>;
  if (signedRecord.size() <= Signature::kSize || signedRecord.size() > kMaxPresenceRecord) {
    return Fail(PresenceError::Malformed);
  }
  const ByteView body = signedRecord.first(signedRecord.size() - Signature::kSize);
  const auto fields = decodeEnc<8>(body, kLabel);
  if (!fields) return Fail(PresenceError::Malformed);
  const auto& [identity, box, sequence, issued, ttl, versions, relay, alias] = *fields;
  const auto key = PublicKey::fromBytes(identity);
  const auto boxKey = BoxKey::fromBytes(box);
  const auto seq = readU64Field(sequence);
  const auto issuedMs = readU64Field(issued);
  const auto ttlSeconds = readU32Field(ttl);
  const auto relayFingerprint = Fingerprint::fromBytes(relay);
  if (!key || !boxKey || !seq || !issuedMs || !ttlSeconds || !relayFingerprint) {
    return Fail(PresenceError::Malformed);
  }
  if (*ttlSeconds == 0 || *ttlSeconds > kMaxPresenceTtlSeconds || !areVersions(versions) ||
      alias.size() > kMaxAliasBytes || !wire::isValidUtf8(textOf(alias))) {
    return Fail(PresenceError::OutOfRange);
  }
  if (!isValidIdentityKey(*key)) return Fail(PresenceError::InvalidKey);
  if (!verify(*key, body, *Signature::fromBytes(signedRecord.last(Signature::kSize)))) {
    return Fail(PresenceError::WrongSignature);
  }
  return PresenceRecord{.identity = *key,
                        .box = *boxKey,
                        .sequence = *seq,
                        .issuedMs = *issuedMs,
                        .ttlSeconds = *ttlSeconds,
                        .versions = toBytes(versions),
                        .relay = *relayFingerprint,
                        .alias = std::string(textOf(alias))};
}

}  // namespace foyer::crypto
