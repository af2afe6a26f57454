// The presence record (docs/keys.md section 3): what an identity says about itself to the members
// of a relay, signed. On the wire it is body ‖ signature. Left out: whether it is newer than
// another one and still alive (core/call Lobby decides that by its own steady clock).
#pragma once

#include "core/base/result.h"
#include "core/crypto/identity.h"

namespace foyer::crypto {

constexpr std::size_t kMaxAliasBytes = 255;
constexpr std::uint32_t kMaxPresenceTtlSeconds = 7200;
// Protocol versions one byte each, ascending.
constexpr std::size_t kMaxVersions = 16;
// Label, fixed fields, alias, versions, their lengths, and the signature.
constexpr std::size_t kMaxPresenceRecord =
    2 + 16 + 34 + 34 + 10 + 10 + 6 + (2 + kMaxVersions) + 18 + (2 + kMaxAliasBytes) + 64;
// What this program speaks.
constexpr std::uint8_t kProtocolVersion = 1;

struct PresenceRecord {
  PublicKey identity;
  BoxKey box;
  std::uint64_t sequence = 0;
  std::uint64_t issuedMs = 0;
  std::uint32_t ttlSeconds = 0;  // 1 … 7200
  Bytes versions{kProtocolVersion};
  Fingerprint relay;
  std::string alias;  // UTF-8, may be empty; a label, never an identity
  bool operator==(const PresenceRecord&) const = default;
};

enum class PresenceError { Malformed, OutOfRange, InvalidKey, WrongSignature };
[[nodiscard]] const char* toString(PresenceError error);

// record.identity is overwritten by the signer's key.
[[nodiscard]] Bytes signPresence(const Identity& identity, const PresenceRecord& record);
// Strict, and the signature by the key inside. The caller compares that key with the one it pinned
// or looked for.
[[nodiscard]] Result<PresenceRecord, PresenceError> openPresence(ByteView signedRecord);

}  // namespace foyer::crypto
