#include "core/crypto/primitives.h"

#include <sodium.h>

#include <algorithm>

#include "core/base/assert.h"
#include "core/crypto/library.h"

namespace foyer::crypto {

namespace {

constexpr std::size_t kHashSize = crypto_auth_hmacsha256_BYTES;

struct HmacState {
  crypto_auth_hmacsha256_state state;
  explicit HmacState(ByteView key) { crypto_auth_hmacsha256_init(&state, key.data(), key.size()); }
  ~HmacState() { sodium_memzero(&state, sizeof state); }
  HmacState(const HmacState&) = delete;
  HmacState& operator=(const HmacState&) = delete;
  void add(ByteView bytes) { crypto_auth_hmacsha256_update(&state, bytes.data(), bytes.size()); }
  void finish(std::uint8_t* out) { crypto_auth_hmacsha256_final(&state, out); }
};

using AeadNonce = std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;
AeadNonce nonceOf(std::uint64_t n) {
  AeadNonce nonce{};
  for (std::size_t i = 0; i < 8; ++i) nonce[4 + i] = static_cast<std::uint8_t>(n >> (56 - 8 * i));
  return nonce;
}

using BoxNonce = std::array<std::uint8_t, crypto_box_NONCEBYTES>;
// As crypto_box_seal has it: BLAKE2b-192 of both public keys.
BoxNonce sealNonce(const BoxKey& ephemeral, const BoxKey& recipient) {
  std::array<std::uint8_t, 64> both;
  std::copy(ephemeral.bytes.begin(), ephemeral.bytes.end(), both.begin());
  std::copy(recipient.bytes.begin(), recipient.bytes.end(), both.begin() + 32);
  BoxNonce nonce;
  crypto_generichash(nonce.data(), nonce.size(), both.data(), both.size(), nullptr, 0);
  return nonce;
}

}  // namespace

Hash sha256(ByteView bytes) {
  Hash hash;
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  return hash;
}

SecretKey hmac(ByteView key, ByteView message) {
  SecretKey out;
  HmacState state(key);
  state.add(message);
  state.finish(out.data());
  return out;
}

SecretKey extract(ByteView salt, ByteView inputKey) {
  static constexpr std::array<std::uint8_t, kHashSize> kNoSalt{};
  return hmac(salt.empty() ? ByteView(kNoSalt) : salt, inputKey);
}

void expandInto(ByteView key, ByteView info, MutableByteView out) {
  FOYER_ASSERT(out.size() <= 255 * kHashSize, "RFC 5869 ends at 255 blocks");
  SecretBytes<kHashSize> block;
  std::size_t done = 0;
  for (std::uint8_t i = 1; done < out.size(); ++i) {
    HmacState state(key);
    if (i > 1) state.add(block.view());
    state.add(info);
    state.add({&i, 1});
    state.finish(block.data());
    const std::size_t take = std::min(kHashSize, out.size() - done);
    std::copy_n(block.data(), take, out.data() + done);
    done += take;
  }
}

BoxKey boxPublicKey(const SecretKey& secret) {
  readyLibrary();
  BoxKey key;
  crypto_scalarmult_curve25519_base(key.bytes.data(), secret.data());
  return key;
}

std::optional<SecretKey> dh(const SecretKey& secret, const BoxKey& peer) {
  readyLibrary();
  std::optional<SecretKey> shared(std::in_place);
  if (crypto_scalarmult_curve25519(shared->data(), secret.data(), peer.bytes.data()) != 0 ||
      shared->isZero()) {
    return std::nullopt;
  }
  return shared;
}

BoxPair BoxPair::generate(RandomSource& random) { return fromSecret(SecretKey::random(random)); }

BoxPair BoxPair::fromSecret(SecretKey secret) {
  BoxPair pair;
  pair.publicKey = boxPublicKey(secret);
  pair.secret = std::move(secret);
  return pair;
}

void aeadSeal(const SecretKey& key, std::uint64_t n, ByteView aad, ByteView plain,
              MutableByteView out) {
  FOYER_ASSERT(out.size() == plain.size() + kTagSize, "the caller sizes the output");
  const AeadNonce nonce = nonceOf(n);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(),
                                            aad.data(), aad.size(), nullptr, nonce.data(),
                                            key.data());
}

bool aeadOpen(const SecretKey& key, std::uint64_t n, ByteView aad, ByteView sealed,
              MutableByteView out) {
  if (sealed.size() < kTagSize) return false;
  FOYER_ASSERT(out.size() + kTagSize == sealed.size(), "the caller sizes the output");
  const AeadNonce nonce = nonceOf(n);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(),
                                                sealed.size(), aad.data(), aad.size(), nonce.data(),
                                                key.data()) != 0) {
    wipe(out);
    return false;
  }
  return true;
}

Bytes sealTo(const BoxKey& recipient, const SecretKey& ephemeral, ByteView message) {
  const BoxKey own = boxPublicKey(ephemeral);
  const BoxNonce nonce = sealNonce(own, recipient);
  Bytes sealed(message.size() + kSealOverhead);
  std::copy(own.bytes.begin(), own.bytes.end(), sealed.begin());
  if (crypto_box_easy(sealed.data() + 32, message.data(), message.size(), nonce.data(),
                      recipient.bytes.data(), ephemeral.data()) != 0) {
    // A recipient key of small order: there is nobody to read it. An all-zero box opens for nobody.
    std::fill(sealed.begin(), sealed.end(), std::uint8_t{0});
  }
  return sealed;
}

std::optional<Bytes> openSealed(const BoxPair& recipient, ByteView sealed) {
  if (sealed.size() < kSealOverhead) return std::nullopt;
  readyLibrary();
  Bytes message(sealed.size() - kSealOverhead);
  if (crypto_box_seal_open(message.data(), sealed.data(), sealed.size(),
                           recipient.publicKey.bytes.data(), recipient.secret.data()) != 0) {
    return std::nullopt;
  }
  return message;
}

}  // namespace foyer::crypto
