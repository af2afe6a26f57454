#include "core/crypto/identity.h"

#include <sodium.h>

#include <algorithm>

#include "core/crypto/library.h"
#include "core/crypto/primitives.h"

namespace foyer::crypto {

Identity Identity::fromSeed(const SecretSeed& seed) {
  readyLibrary();
  Identity identity;
  identity.m_secrets = makeSecure<Secrets>();
  Secrets& secrets = *identity.m_secrets;
  secrets.seed = seed.clone();
  secrets.tlsSeed = expand(extract({}, seed.view()), "foyer/1 identity");
  crypto_sign_ed25519_seed_keypair(identity.m_publicKey.bytes.data(), secrets.signingKey.data(),
                                   secrets.tlsSeed.data());
  identity.m_fingerprint = fingerprintOf(identity.m_publicKey);
  return identity;
}

Identity Identity::generate(RandomSource& random) { return fromSeed(SecretSeed::random(random)); }

Signature Identity::sign(ByteView body) const {
  Signature signature;
  crypto_sign_ed25519_detached(signature.bytes.data(), nullptr, body.data(), body.size(),
                               m_secrets->signingKey.data());
  return signature;
}

const SecretBytes<32>& Identity::tlsSeed() const { return m_secrets->tlsSeed; }
const SecretSeed& Identity::seed() const { return m_secrets->seed; }

Fingerprint fingerprintOf(const PublicKey& key) {
  const Hash hash = sha256(key.view());
  Fingerprint fingerprint;
  std::copy_n(hash.begin(), Fingerprint::kSize, fingerprint.bytes.begin());
  return fingerprint;
}

bool isValidIdentityKey(const PublicKey& key) {
  readyLibrary();
  return crypto_core_ed25519_is_valid_point(key.bytes.data()) == 1;
}

bool verify(const PublicKey& key, ByteView body, const Signature& signature) {
  readyLibrary();
  return crypto_sign_ed25519_verify_detached(signature.bytes.data(), body.data(), body.size(),
                                             key.bytes.data()) == 0;
}

std::string displayFingerprint(const Fingerprint& fingerprint) {
  const std::string hex = fingerprint.hex();
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 4) {
    if (i > 0) out += ' ';
    out.append(hex, i, 4);
  }
  return out;
}

std::optional<Fingerprint> parseFingerprint(std::string_view text) {
  std::string hex;
  for (const char c : text) {
    if (c == ' ') continue;
    hex += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (hex.size() > 2 * Fingerprint::kSize) return std::nullopt;
  }
  return Fingerprint::parseHex(hex);
}

}  // namespace foyer::crypto
