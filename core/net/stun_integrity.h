// What authenticates and marks STUN messages (RFC 8489 sections 9 and 14.5 to 14.7): HMAC-SHA1,
// HMAC-SHA-256 and CRC-32 over a message whose length field is replaced, and the key of a long-term
// credential. GnuTLS does the hashing, libsodium has neither SHA-1 nor MD5. Values, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/bytes.h"
#include "core/crypto/secret.h"

namespace foyer::net {

constexpr std::size_t kStunSha1Size = 20;
constexpr std::size_t kStunSha256Size = 32;
// A SHA-256 code may be cut to a multiple of 4 bytes, not below this (RFC 8489 section 14.6).
constexpr std::size_t kMinStunSha256Size = 16;

enum class StunHash : std::uint8_t { Md5, Sha256 };

// Wiped with its owner.
struct StunKey {
  crypto::SecretBytes<kStunSha256Size> bytes;
  std::size_t size = 0;
  [[nodiscard]] ByteView view() const { return bytes.view().first(size); }
};

// H(user:realm:password), RFC 8489 section 18.5.1: MD5 is what TURN servers know, SHA-256 only
// where the server offered it in PASSWORD-ALGORITHMS. The texts are taken as they are (RFC 8265 has
// been applied before). nullopt: the library refuses the hash (MD5 in a FIPS mode).
[[nodiscard]] std::optional<StunKey> longTermKey(StunHash hash, std::string_view username,
                                                 std::string_view realm, std::string_view password);

// Codes over `message` as if its length field said `length`. False: the library refuses.
// message.size() >= 4, key not empty.
[[nodiscard]] bool stunHmacSha1(ByteView key, ByteView message, std::uint16_t length,
                                std::array<std::uint8_t, kStunSha1Size>& out);
[[nodiscard]] bool stunHmacSha256(ByteView key, ByteView message, std::uint16_t length,
                                  std::array<std::uint8_t, kStunSha256Size>& out);

// CRC-32 of ITU V.42, XORed with 0x5354554e. `message` is everything before the attribute, with the
// length field as it is sent.
[[nodiscard]] std::uint32_t stunFingerprint(ByteView message);

}  // namespace foyer::net
