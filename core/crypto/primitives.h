// The few primitives everything is built from, under the names of docs/keys.md section 2: H,
// Extract, Expand, DH, AEAD, Seal. No randomness inside: ephemeral keys are handed in.
// libsodium does the work. Values, no thread.
#pragma once

#include <array>
#include <optional>

#include "core/base/ids.h"
#include "core/crypto/secret.h"

namespace foyer::crypto {

using Hash = std::array<std::uint8_t, 32>;
using SecretKey = SecretBytes<32>;

constexpr std::size_t kTagSize = 16;
// What Seal adds: the ephemeral public key and the tag.
constexpr std::size_t kSealOverhead = 48;

// SHA-256.
[[nodiscard]] Hash sha256(ByteView bytes);
// HMAC-SHA-256, RFC 2104.
[[nodiscard]] SecretKey hmac(ByteView key, ByteView message);

// HKDF-SHA-256, RFC 5869. An empty salt is 32 zero bytes.
[[nodiscard]] SecretKey extract(ByteView salt, ByteView inputKey);
// out.size() <= 8160.
void expandInto(ByteView key, ByteView info, MutableByteView out);
template <std::size_t N = 32>
[[nodiscard]] SecretBytes<N> expand(ByteView key, ByteView info) {
  static_assert(N <= 255 * 32, "HKDF makes no more");
  SecretBytes<N> out;
  expandInto(key, info, out.mutableView());
  return out;
}
template <std::size_t N = 32>
[[nodiscard]] SecretBytes<N> expand(const SecretKey& key, std::string_view label) {
  return expand<N>(key.view(), viewOf(label));
}

// X25519, RFC 7748.
[[nodiscard]] BoxKey boxPublicKey(const SecretKey& secret);
// nullopt for an all-zero result (a small-order public key): the call ends.
[[nodiscard]] std::optional<SecretKey> dh(const SecretKey& secret, const BoxKey& peer);

// An X25519 pair; the secret is wiped with it.
struct BoxPair {
  SecretKey secret;
  BoxKey publicKey;
  [[nodiscard]] static BoxPair generate(RandomSource& random);
  [[nodiscard]] static BoxPair fromSecret(SecretKey secret);
};

// ChaCha20-Poly1305 (RFC 8439), nonce 00000000 ‖ u64(n). out.size() == plain.size() + kTagSize;
// `plain` may be the beginning of `out`.
void aeadSeal(const SecretKey& key, std::uint64_t n, ByteView aad, ByteView plain,
              MutableByteView out);
// out.size() + kTagSize == sealed.size(). On false `out` is wiped.
[[nodiscard]] bool aeadOpen(const SecretKey& key, std::uint64_t n, ByteView aad, ByteView sealed,
                            MutableByteView out);

// The bytes of libsodium's crypto_box_seal, with the ephemeral secret handed in and used once.
[[nodiscard]] Bytes sealTo(const BoxKey& recipient, const SecretKey& ephemeral, ByteView message);
[[nodiscard]] std::optional<Bytes> openSealed(const BoxPair& recipient, ByteView sealed);

}  // namespace foyer::crypto
