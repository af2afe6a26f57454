// Who somebody is: an Ed25519 key derived from a 32-byte seed, its fingerprint, signing and
// verifying (docs/keys.md sections 2 and 3). Left out: TLS (core/net) and where the seed is kept
// (core/store). Identity keys never do Diffie-Hellman. Values, no thread.
#pragma once

#include <string>

#include "core/base/ids.h"
#include "core/base/random.h"
#include "core/crypto/secret.h"

namespace foyer::crypto {

// 32 bytes; the 24 words are this entropy.
using SecretSeed = SecretBytes<32>;
// Ed25519, RFC 8032.
using Signature = ByteId<struct SignatureTag, 64>;

class Identity {
 public:
  [[nodiscard]] static Identity fromSeed(const SecretSeed& seed);
  [[nodiscard]] static Identity generate(RandomSource& random);

  Identity(Identity&&) noexcept = default;
  Identity& operator=(Identity&&) noexcept = default;

  [[nodiscard]] const PublicKey& publicKey() const { return m_publicKey; }
  [[nodiscard]] const Fingerprint& fingerprint() const { return m_fingerprint; }
  // `body` is made by enc(), or is what TLS or X.509 signs: the three can never be confused.
  [[nodiscard]] Signature sign(ByteView body) const;
  // The Ed25519 seed for GnuTLS (gnutls_x509_privkey_import_ecc_raw), not the person's seed.
  [[nodiscard]] const SecretBytes<32>& tlsSeed() const;
  // What is backed up and stored.
  [[nodiscard]] const SecretSeed& seed() const;
  // The same identity again, for a second owner (a relay beside the client). Copies the secret.
  [[nodiscard]] Identity clone() const { return fromSeed(seed()); }

 private:
  struct Secrets {
    SecretSeed seed;
    SecretBytes<32> tlsSeed;
    SecretBytes<64> signingKey;
  };
  Identity() = default;

  SecurePtr<Secrets> m_secrets;
  PublicKey m_publicKey;
  Fingerprint m_fingerprint;
};

// First 16 bytes of SHA-256 of the key.
[[nodiscard]] Fingerprint fingerprintOf(const PublicKey& key);
// On the curve, canonical, in the prime-order group. To be asked of every key from outside, TLS
// too.
[[nodiscard]] bool isValidIdentityKey(const PublicKey& key);
[[nodiscard]] bool verify(const PublicKey& key, ByteView body, const Signature& signature);

// "84a4 f101 45fc ff11 7225 212d 8df0 4937": eight groups of four lower-case hex digits.
[[nodiscard]] std::string displayFingerprint(const Fingerprint& fingerprint);
// The display form, or 32 hex digits in any case with or without spaces; else nullopt.
[[nodiscard]] std::optional<Fingerprint> parseFingerprint(std::string_view text);

}  // namespace foyer::crypto
