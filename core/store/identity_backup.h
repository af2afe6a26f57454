// Getting a seed out of the profile and back in: the encrypted file of core/crypto on disk, and the
// 24 words as typed. Left out: which identity is in force (secret_store.h) and whether a person
// agreed to replace it (core/engine). Blocking, half a second: STORE thread; the words any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/backup.h"
#include "core/store/secret_text.h"
#include "core/store/stored_state.h"

namespace foyer::store {

// Shorter ones are guessed from the file alone, whatever Argon2id costs.
constexpr std::size_t kMinPassphrase = 8;  // bytes

// All faults have the stage "backup" and one of these codes.
// passphrase_short, exists (nothing is overwritten), not_found (the folder), permission, disk_full,
// not_a_file, no_memory, failed.
[[nodiscard]] Result<void, Fault> writeBackup(const std::string& path,
                                              const crypto::SecretSeed& seed,
                                              std::string_view passphrase, RandomSource& random,
                                              crypto::BackupCost cost = crypto::kDefaultBackupCost);
// not_found, permission, failed, not_a_backup, unsupported_version, cost_out_of_range,
// wrong_passphrase, no_memory.
[[nodiscard]] Result<crypto::SecretSeed, Fault> readBackup(const std::string& path,
                                                           std::string_view passphrase);
// wrong_count, unknown_word, wrong_checksum; the detail says how many words there are, or which one
// is not of the list: for the one who typed it, never for a log.
[[nodiscard]] Result<crypto::SecretSeed, Fault> seedFromWords(std::string_view phrase);

}  // namespace foyer::store
