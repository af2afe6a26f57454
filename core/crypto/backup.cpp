#include "core/crypto/backup.h"

#include <sodium.h>

#include <algorithm>

#include "core/crypto/library.h"
#include "core/crypto/primitives.h"

namespace foyer::crypto {

namespace {

constexpr std::string_view kMagic = "FOYERID";
constexpr std::uint8_t kVersion = '1';
constexpr std::uint32_t kMaxPasses = 16;
constexpr std::uint32_t kMinMemoryKib = 8 * 1024;
constexpr std::uint32_t kMaxMemoryKib = 1024 * 1024;
constexpr std::size_t kCostAt = 8;
constexpr std::size_t kSaltAt = kCostAt + 8;
constexpr std::size_t kNonceAt = kSaltAt + crypto_pwhash_SALTBYTES;
constexpr std::size_t kSealedAt = kNonceAt + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kSealedAt + 32 + crypto_aead_xchacha20poly1305_ietf_ABYTES == kBackupSize);

bool isInRange(BackupCost cost) {
  return cost.passes >= 1 && cost.passes <= kMaxPasses && cost.memoryKib >= kMinMemoryKib &&
         cost.memoryKib <= kMaxMemoryKib;
}

std::optional<SecretKey> stretch(std::string_view passphrase, ByteView salt, BackupCost cost) {
  std::optional<SecretKey> key(std::in_place);
  if (crypto_pwhash(key->data(), SecretKey::kSize, passphrase.data(), passphrase.size(),
                    salt.data(), cost.passes, std::size_t{cost.memoryKib} * 1024,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  return key;
}

}  // namespace

const char* toString(BackupError error) {
  switch (error) {
    case BackupError::NotABackup:
      return "not_a_backup";
    case BackupError::UnsupportedVersion:
      return "unsupported_version";
    case BackupError::CostOutOfRange:
      return "cost_out_of_range";
    case BackupError::WrongPassphrase:
      return "wrong_passphrase";
    case BackupError::NoMemory:
      return "no_memory";
  }
  return "";
}

Result<Bytes, BackupError> exportIdentity(const SecretSeed& seed, std::string_view passphrase,
                                          RandomSource& random, BackupCost cost) {
  readyLibrary();
  if (!isInRange(cost)) return Failure<BackupError>(BackupError::CostOutOfRange);
  Bytes file = toBytes(viewOf(kMagic));
  file.push_back(kVersion);
  appendU32(file, cost.passes);
  appendU32(file, cost.memoryKib);
  file.resize(kBackupSize);
  random.fill(MutableByteView(file).subspan(kSaltAt, kSealedAt - kSaltAt));
  const auto key =
      stretch(passphrase, ByteView(file).subspan(kSaltAt, crypto_pwhash_SALTBYTES), cost);
  if (!key) return Failure<BackupError>(BackupError::NoMemory);
  crypto_aead_xchacha20poly1305_ietf_encrypt(file.data() + kSealedAt, nullptr, seed.data(),
                                             SecretSeed::kSize, file.data(), kSealedAt, nullptr,
                                             file.data() + kNonceAt, key->data());
  return file;
}

Result<SecretSeed, BackupError> importIdentity(ByteView file, std::string_view passphrase) {
  readyLibrary();
  using Fail = Failure<BackupError>;
  if (file.size() < kMagic.size() + 1 || textOf(file.first(kMagic.size())) != kMagic) {
    return Fail(BackupError::NotABackup);
  }
  if (file[kMagic.size()] != kVersion) return Fail(BackupError::UnsupportedVersion);
  if (file.size() != kBackupSize) return Fail(BackupError::NotABackup);
  const BackupCost cost{readU32(file.data() + kCostAt), readU32(file.data() + kCostAt + 4)};
  if (!isInRange(cost)) return Fail(BackupError::CostOutOfRange);
  const auto key = stretch(passphrase, file.subspan(kSaltAt, crypto_pwhash_SALTBYTES), cost);
  if (!key) return Fail(BackupError::NoMemory);
  SecretSeed seed;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          seed.data(), nullptr, nullptr, file.data() + kSealedAt, kBackupSize - kSealedAt,
          file.data(), kSealedAt, file.data() + kNonceAt, key->data()) != 0) {
    return Fail(BackupError::WrongPassphrase);
  }
  return seed;
}

}  // namespace foyer::crypto
