#include "core/net/stun_integrity.h"

#include <gnutls/crypto.h>

#include <span>

#include "core/base/assert.h"

namespace foyer::net {

namespace {

constexpr std::uint32_t kFingerprintMask = 0x5354554e;

constexpr std::array<std::uint32_t, 256> makeCrcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    table[i] = crc;
  }
  return table;
}
constexpr std::array<std::uint32_t, 256> kCrcTable = makeCrcTable();

bool hmac(gnutls_mac_algorithm_t algorithm, ByteView key, ByteView message, std::uint16_t length,
          std::uint8_t* out) {
  FOYER_ASSERT(!key.empty() && message.size() >= 4, "callers check the key and the header");
  gnutls_hmac_hd_t handle = nullptr;
  if (gnutls_hmac_init(&handle, algorithm, key.data(), key.size()) != 0) return false;
  const std::array<std::uint8_t, 2> lengthField{static_cast<std::uint8_t>(length >> 8),
                                                static_cast<std::uint8_t>(length)};
  const bool isDone = gnutls_hmac(handle, message.data(), 2) == 0 &&
                      gnutls_hmac(handle, lengthField.data(), lengthField.size()) == 0 &&
                      gnutls_hmac(handle, message.data() + 4, message.size() - 4) == 0;
  gnutls_hmac_deinit(handle, out);
  return isDone;
}

}  // namespace

std::optional<StunKey> longTermKey(StunHash hash, std::string_view username, std::string_view realm,
                                   std::string_view password) {
  const auto algorithm = hash == StunHash::Md5 ? GNUTLS_DIG_MD5 : GNUTLS_DIG_SHA256;
  gnutls_hash_hd_t handle = nullptr;
  if (gnutls_hash_init(&handle, algorithm) != 0) return std::nullopt;
  bool isDone = true;
  // Piece by piece, so that no copy of the password is left behind.
  for (const std::string_view piece :
       {username, std::string_view(":"), realm, std::string_view(":"), password})
    isDone = isDone && (piece.empty() || gnutls_hash(handle, piece.data(), piece.size()) == 0);
  StunKey key;
  key.size = hash == StunHash::Md5 ? 16 : kStunSha256Size;
  gnutls_hash_deinit(handle, key.bytes.data());
  if (!isDone) return std::nullopt;
  return key;
}

bool stunHmacSha1(ByteView key, ByteView message, std::uint16_t length,
                  std::array<std::uint8_t, kStunSha1Size>& out) {
  return hmac(GNUTLS_MAC_SHA1, key, message, length, out.data());
}

bool stunHmacSha256(ByteView key, ByteView message, std::uint16_t length,
                    std::array<std::uint8_t, kStunSha256Size>& out) {
  return hmac(GNUTLS_MAC_SHA256, key, message, length, out.data());
}

std::uint32_t stunFingerprint(ByteView message) {
  std::uint32_t crc = 0xffffffff;
  for (const std::uint8_t byte : message) crc = (crc >> 8) ^ kCrcTable[(crc ^ byte) & 0xff];
  return crc ^ 0xffffffff ^ kFingerprintMask;
}

}  // namespace foyer::net
