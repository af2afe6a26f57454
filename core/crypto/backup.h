// A seed in a file under a passphrase: Argon2id (RFC 9106) makes the key, XChaCha20-Poly1305 seals
// (K-47). Pure functions; reading and writing the file is core/store's. Blocking: the default cost
// takes about half a second and 256 MiB, so not for the UI or NET thread.
//
//   8  magic "FOYERID1" (the last digit is the version)
//   4  u32 passes over memory, 1…16
//   4  u32 memory in KiB, 8192…1048576 (bounded before any work: the file is untrusted)
//  16  salt
//  24  nonce
//  48  sealed seed and tag; everything above is associated data
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/crypto/identity.h"

namespace foyer::crypto {

constexpr std::size_t kBackupSize = 8 + 4 + 4 + 16 + 24 + 32 + 16;

struct BackupCost {
  std::uint32_t passes = 3;
  std::uint32_t memoryKib = 256 * 1024;
};
constexpr BackupCost kDefaultBackupCost{};

// WrongPassphrase also stands for a changed file: the tag cannot tell them apart.
enum class BackupError {
  NotABackup,
  UnsupportedVersion,
  CostOutOfRange,
  WrongPassphrase,
  NoMemory
};
[[nodiscard]] const char* toString(BackupError error);

[[nodiscard]] Result<Bytes, BackupError> exportIdentity(const SecretSeed& seed,
                                                        std::string_view passphrase,
                                                        RandomSource& random,
                                                        BackupCost cost = kDefaultBackupCost);
[[nodiscard]] Result<SecretSeed, BackupError> importIdentity(ByteView file,
                                                             std::string_view passphrase);

}  // namespace foyer::crypto
