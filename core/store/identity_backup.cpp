#include "core/store/identity_backup.h"

#include <utility>

#include "core/crypto/words.h"
#include "core/io/files.h"

namespace foyer::store {
namespace {

// What is typed beyond this is no word; a person needs to see its beginning only.
constexpr std::size_t kShownLetters = 24;

Failure<Fault> backupFault(std::string code, bool isRetryable, std::string detail = {}) {
  return Failure<Fault>(Fault{"backup", std::move(code), isRetryable, std::move(detail)});
}

// core/io's codes under this stage; reading and writing a file somebody named, not the profile.
Failure<Fault> fileFault(const Fault& fault) {
  const bool isReadOnly = fault.code == "read_only";
  return backupFault(isReadOnly ? "permission" : fault.code, fault.retryable, fault.detail);
}

}  // namespace

Result<void, Fault> writeBackup(const std::string& path, const crypto::SecretSeed& seed,
                                std::string_view passphrase, RandomSource& random,
                                crypto::BackupCost cost) {
  if (passphrase.size() < kMinPassphrase) return backupFault("passphrase_short", false);
  if (io::fileExists(path)) return backupFault("exists", false);
  const auto sealed = crypto::exportIdentity(seed, passphrase, random, cost);
  if (!sealed) return backupFault(crypto::toString(sealed.error()), true);
  const auto written = io::writeFileAtomically(path, *sealed, io::FileMode::OwnerOnly);
  if (!written) return fileFault(written.error());
  return {};
}

Result<crypto::SecretSeed, Fault> readBackup(const std::string& path, std::string_view passphrase) {
  const auto bytes = io::readFile(path, crypto::kBackupSize);
  if (!bytes) {
    const bool isOther = bytes.error().code == "too_large" || bytes.error().code == "not_a_file";
    return isOther ? backupFault("not_a_backup", false) : fileFault(bytes.error());
  }
  auto seed = crypto::importIdentity(*bytes, passphrase);
  if (seed) return std::move(*seed);
  const bool isRetryable = seed.error() == crypto::BackupError::WrongPassphrase ||
                           seed.error() == crypto::BackupError::NoMemory;
  return backupFault(crypto::toString(seed.error()), isRetryable);
}

Result<crypto::SecretSeed, Fault> seedFromWords(std::string_view phrase) {
  auto seed = crypto::seedOfPhrase(phrase);
  if (seed) return std::move(*seed);
  const crypto::PhraseGlance glance = crypto::glanceAtPhrase(phrase);
  // A mistyped word is told before a wrong count: it is what the person can find on the paper.
  if (glance.unknownAt != 0)
    return backupFault("unknown_word", true,
                       "word " + std::to_string(glance.unknownAt) + ": " +
                           std::string(glance.unknown.substr(0, kShownLetters)));
  if (glance.words != crypto::kSeedWords)
    return backupFault("wrong_count", true, std::to_string(glance.words) + " of 24 words");
  return backupFault("wrong_checksum", true);
}

}  // namespace foyer::store
