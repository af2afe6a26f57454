#include "core/store/secret_store.h"

#include <sys/stat.h>

#include "core/store/alias.h"

namespace foyer::store {

namespace {

constexpr std::size_t kMaxSeedFileBytes = 256;

Fault identityFault(const char* code, bool retryable, std::string detail = {}) {
  return {"identity", code, retryable, std::move(detail)};
}

SecretOutcome blockedBy(ProfileRecord record, Fault fault) {
  SecretOutcome outcome;
  outcome.record = std::move(record);
  outcome.blocked = std::move(fault);
  return outcome;
}

std::string entryOf(const ProfileRecord& record) { return "identity-" + record.id; }

std::optional<crypto::SecretSeed> decode(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  auto bytes = fromBase64Url(text);
  if (!bytes) return std::nullopt;
  auto seed = crypto::SecretSeed::fromBytes(*bytes);
  crypto::wipe(*bytes);
  return seed;
}

Fault faultOfRing(KeyRingError error) {
  switch (error) {
    case KeyRingError::NotFound:
      return identityFault("secret_lost", false);
    case KeyRingError::Timeout:
      return identityFault("keyring_timeout", true);
    case KeyRingError::Denied:
      return identityFault("keyring_locked", true);
    case KeyRingError::Unavailable:
    case KeyRingError::Failed:
      return identityFault("keyring_error", true, toString(error));
  }
  return identityFault("keyring_error", true);
}

void wipeText(std::string& text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

}  // namespace

Result<crypto::SecretSeed, Fault> SecretStore::read(const Profile& profile,
                                                    const ProfileRecord& record) {
  std::optional<crypto::SecretSeed> seed;
  const char* unusable = "secret_lost";
  if (record.seedHome == SeedHome::KeyRing) {
    auto text = m_ring.read(entryOf(record));
    if (!text) return Failure<Fault>(faultOfRing(text.error()));
    seed = decode(*text);
    wipeText(*text);
  } else {
    auto bytes = io::readFile(profile.seedPath(), kMaxSeedFileBytes);
    if (!bytes && bytes.error().code == "not_found") {
      return Failure<Fault>(identityFault("secret_lost", false));
    }
    unusable = "seed_file_corrupt";
    if (!bytes && bytes.error().code != "too_large") {
      return Failure<Fault>(identityFault("seed_file_unreadable", true, bytes.error().detail));
    }
    if (bytes) {
      seed = decode(textOf(*bytes));
      crypto::wipe(*bytes);
      // A copy by hand may have opened it to others.
      if (io::isOpenToOthers(profile.seedPath())) ::chmod(profile.seedPath().c_str(), 0600);
    }
  }
  if (!seed || crypto::Identity::fromSeed(*seed).fingerprint() != record.fingerprint) {
    return Failure<Fault>(identityFault(unusable, false, "the content is of no use"));
  }
  return std::move(*seed);
}

Result<SecretOutcome, Fault> SecretStore::load(const Profile& profile) {
  const auto record = profile.readRecord();
  if (!record) {
    switch (record.error()) {
      case RecordProblem::Corrupt:
        return blockedBy({}, identityFault("profile_corrupt", false));
      case RecordProblem::Unreadable:
        return blockedBy({}, identityFault("profile_unreadable", true));
      case RecordProblem::Missing:
        // Something of an identity is here, so this is no first start.
        if (io::fileExists(profile.seedPath()) || io::fileExists(profile.databasePath())) {
          return blockedBy({}, identityFault("profile_missing", false));
        }
        return create(profile, randomAlias(m_random), crypto::SecretSeed::random(m_random));
    }
  }
  auto seed = read(profile, *record);
  if (!seed) {
    // The first start was cut off before the secret was kept: nobody ever saw that identity.
    const bool wasNeverUsed = !record->isReady && !io::fileExists(profile.databasePath());
    if (wasNeverUsed && seed.error().code == "secret_lost") {
      return create(profile, record->alias, crypto::SecretSeed::random(m_random));
    }
    return blockedBy(*record, seed.error());
  }
  SecretOutcome outcome;
  outcome.record = *record;
  outcome.seed = std::move(*seed);
  if (!record->isReady) {
    outcome.record.isReady = true;
    outcome.isNew = true;
    if (const auto kept = profile.writeRecord(outcome.record); !kept) {
      return Failure<Fault>(kept.error());
    }
  }
  return outcome;
}

// The record is written first as "creating" and last as "ready", so that a crash in between is told
// from a lost secret.
Result<SecretOutcome, Fault> SecretStore::create(const Profile& profile, std::string alias,
                                                 crypto::SecretSeed seed) {
  SecretOutcome outcome;
  outcome.isNew = true;
  outcome.record.id = m_random.id<CallId>().hex();
  outcome.record.alias = std::move(alias);
  outcome.record.fingerprint = crypto::Identity::fromSeed(seed).fingerprint();
  outcome.record.seedHome = m_ring.isAvailable() ? SeedHome::KeyRing : SeedHome::File;
  const auto keepRecord = [&] { return profile.writeRecord(outcome.record); };
  if (const auto kept = keepRecord(); !kept) return Failure<Fault>(kept.error());
  std::string text = toBase64Url(seed.view());
  if (outcome.record.seedHome == SeedHome::KeyRing) {
    // Read back: a ring that lives in memory only, or drops what it took, is found out now.
    const bool isKept = m_ring.write(entryOf(outcome.record), text).has_value() &&
                        m_ring.read(entryOf(outcome.record)).value_or("") == text;
    if (!isKept) outcome.record.seedHome = SeedHome::File;
  }
  if (outcome.record.seedHome == SeedHome::File) {
    const auto written =
        io::writeFileAtomically(profile.seedPath(), viewOf(text), io::FileMode::OwnerOnly);
    if (!written) {
      wipeText(text);
      return Failure<Fault>(faultOfFile(written.error(), "store"));
    }
  }
  wipeText(text);
  outcome.record.isReady = true;
  if (const auto kept = keepRecord(); !kept) return Failure<Fault>(kept.error());
  outcome.seed = std::move(seed);
  return outcome;
}

Result<SecretOutcome, Fault> SecretStore::replace(const Profile& profile, crypto::SecretSeed seed) {
  const auto record = profile.readRecord();
  const std::string alias =
      record && !record->alias.empty() ? record->alias : randomAlias(m_random);
  for (const std::string& path : {profile.seedPath(), profile.recordPath()}) {
    if (!io::fileExists(path)) continue;
    const auto aside = io::keepAside(path);
    if (!aside) return Failure<Fault>(faultOfFile(aside.error(), "store"));
  }
  return create(profile, alias, std::move(seed));
}

Result<SecretOutcome, Fault> SecretStore::reset(const Profile& profile) {
  return replace(profile, crypto::SecretSeed::random(m_random));
}

Result<SecretOutcome, Fault> SecretStore::import(const Profile& profile,
                                                 const crypto::SecretSeed& seed) {
  return replace(profile, seed.clone());
}

}  // namespace foyer::store
