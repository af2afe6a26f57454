#include "core/store/secret_store.h"

#include <sys/stat.h>

#include <cstdio>
#include <vector>

#include "core/store/alias.h"
#include "core/wire/limits.h"
#include "core/wire/text.h"

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

std::string inviteEntryOf(const ProfileRecord& record, const Fingerprint& relay) {
  return "invite-" + record.id + "-" + relay.hex();
}

std::string turnEntryOf(const ProfileRecord& record, const std::string& id) {
  return "turn-" + record.id + "-" + id;
}

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
        return create(profile, randomAlias(m_random), crypto::SecretSeed::random(m_random),
                      Occasion::FirstStart);
    }
  }
  auto seed = read(profile, *record);
  if (!seed) {
    // The first start was cut off before the secret was kept: nobody ever saw that identity.
    const bool wasNeverUsed = !record->isReady && !io::fileExists(profile.databasePath());
    if (wasNeverUsed && seed.error().code == "secret_lost") {
      return create(profile, record->alias, crypto::SecretSeed::random(m_random),
                    Occasion::FirstStart);
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

// At a first start the record is written first as "creating" and last as "ready", so that a crash
// in between is told from a lost secret. A replacement writes it last only: until then the old
// identity is the one in force.
Result<SecretOutcome, Fault> SecretStore::create(const Profile& profile, std::string alias,
                                                 crypto::SecretSeed seed, Occasion occasion) {
  SecretOutcome outcome;
  outcome.isNew = true;
  outcome.record.id = m_random.id<CallId>().hex();
  outcome.record.alias = std::move(alias);
  outcome.record.fingerprint = crypto::Identity::fromSeed(seed).fingerprint();
  outcome.record.seedHome = m_ring.isAvailable() ? SeedHome::KeyRing : SeedHome::File;
  const auto keepRecord = [&] { return profile.writeRecord(outcome.record); };
  if (occasion == Occasion::FirstStart)
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
  struct Kept {
    std::string path, beside;
  };
  std::vector<Kept> kept;
  const bool hadSeedFile = io::fileExists(profile.seedPath());
  const auto undo = [&](const Fault& fault) {
    if (!hadSeedFile) static_cast<void>(io::removeFile(profile.seedPath()));
    for (const Kept& file : kept) {
      ::rename(file.beside.c_str(), file.path.c_str());
      // Two names of one file are left as they are by rename().
      static_cast<void>(io::removeFile(file.beside));
    }
    return Failure<Fault>(fault);
  };
  for (const std::string& path : {profile.seedPath(), profile.recordPath()}) {
    if (!io::fileExists(path)) continue;
    auto beside = io::keepBeside(path, "replaced");
    if (!beside) return undo(faultOfFile(beside.error(), "store"));
    kept.push_back({path, std::move(*beside)});
  }
  auto made = create(profile, alias, std::move(seed), Occasion::Replacement);
  if (!made) return undo(made.error());
  // What was in the file has its other name now.
  if (hadSeedFile && made->record.seedHome == SeedHome::KeyRing)
    static_cast<void>(io::removeFile(profile.seedPath()));
  return made;
}

Result<SecretOutcome, Fault> SecretStore::reset(const Profile& profile) {
  return replace(profile, crypto::SecretSeed::random(m_random));
}

Result<SecretOutcome, Fault> SecretStore::import(const Profile& profile,
                                                 const crypto::SecretSeed& seed) {
  return replace(profile, seed.clone());
}

Result<void, Fault> SecretStore::keepText(const Place& place, const std::string& text,
                                          const char* refused) {
  if (place.home == SeedHome::KeyRing) {
    const auto written = m_ring.write(place.entry, text);
    if (!written) return Failure<Fault>(Fault{"store", refused, true, toString(written.error())});
    return {};
  }
  const auto written = io::writeFileAtomically(place.path, viewOf(text), io::FileMode::OwnerOnly);
  if (!written) return Failure<Fault>(faultOfFile(written.error(), "store"));
  return {};
}

Result<void, Fault> SecretStore::removeText(const Place& place, const char* refused) {
  if (place.home == SeedHome::File) {
    const auto removed = io::removeFile(place.path);
    if (!removed) return Failure<Fault>(faultOfFile(removed.error(), "store"));
    return {};
  }
  const auto removed = m_ring.remove(place.entry);
  if (!removed) return Failure<Fault>(Fault{"store", refused, true, toString(removed.error())});
  return {};
}

Result<std::string, SecretStore::TextProblem> SecretStore::readText(const Place& place,
                                                                    std::size_t most,
                                                                    std::string& detail) {
  if (place.home == SeedHome::KeyRing) {
    auto read = m_ring.read(place.entry);
    if (read) return std::move(*read);
    if (read.error() == KeyRingError::NotFound) return Failure(TextProblem::Missing);
    detail = toString(read.error());
    return Failure(TextProblem::Silent);
  }
  auto bytes = io::readFile(place.path, most);
  // A copy by hand may have opened it to others.
  if (io::isOpenToOthers(place.path)) ::chmod(place.path.c_str(), 0600);
  if (!bytes) {
    const bool isMissing = bytes.error().code == "not_found";
    return Failure(isMissing ? TextProblem::Missing : TextProblem::Unreadable);
  }
  std::string text(textOf(*bytes));
  crypto::wipe(*bytes);
  return text;
}

Result<void, Fault> SecretStore::keepInvite(const Profile& profile, ProfileRecord& record,
                                            const Fingerprint& relay, const std::string& token) {
  const Place place{record.seedHome, inviteEntryOf(record, relay), profile.invitePath(relay)};
  if (token.empty()) {
    if (record.invites.erase(relay) == 0) return {};
    if (const auto kept = profile.writeRecord(record); !kept) return kept;
    return removeText(place, "invite_not_kept");
  }
  if (const auto kept = keepText(place, token, "invite_not_kept"); !kept) return kept;
  if (!record.invites.insert(relay).second) return {};
  return profile.writeRecord(record);
}

InviteMap SecretStore::readInvites(const Profile& profile, const ProfileRecord& record,
                                   std::vector<Fault>& notices) {
  InviteMap invites;
  for (const Fingerprint& relay : record.invites) {
    std::string detail;
    auto token =
        readText({record.seedHome, inviteEntryOf(record, relay), profile.invitePath(relay)},
                 wire::kMaxToken, detail);
    if (token && wire::isValidToken(*token)) {
      invites.emplace(relay, std::move(*token));
    } else if (!token && token.error() == TextProblem::Missing) {
      notices.push_back({"store", "invite_lost", false, {}});
    } else {
      notices.push_back({"store", "invite_unreadable", true, detail});
      // A ring that does not answer is not asked once for each relay.
      if (!token && token.error() == TextProblem::Silent) break;
    }
  }
  return invites;
}

Result<void, Fault> SecretStore::moveInvites(const Profile& profile, const ProfileRecord& from,
                                             ProfileRecord& to) {
  std::vector<Fault> unread;
  for (const auto& [relay, token] : readInvites(profile, from, unread)) {
    if (const auto kept = keepInvite(profile, to, relay, token); !kept) return kept;
    if (from.seedHome == SeedHome::KeyRing) {
      static_cast<void>(m_ring.remove(inviteEntryOf(from, relay)));
    } else if (to.seedHome == SeedHome::KeyRing) {
      static_cast<void>(io::removeFile(profile.invitePath(relay)));
    }
  }
  return {};
}

Result<void, Fault> SecretStore::keepTurnPassword(const Profile& profile, ProfileRecord& record,
                                                  const std::string& id,
                                                  const SecretText& password) {
  constexpr const char* kRefused = "turn_password_not_kept";
  const bool isKnown = record.turnServers.contains(id);
  const bool hasRoom = isKnown || record.turnServers.size() < kMaxTurnPasswords;
  if (!isTurnId(id) || password.text().size() > kMaxStoredTurnPassword || !hasRoom)
    return Failure<Fault>(Fault{"store", "refused", false, {}});
  const Place place{record.seedHome, turnEntryOf(record, id), profile.turnPath(id)};
  if (password.text().empty()) {
    if (record.turnServers.erase(id) == 0) return {};
    if (const auto kept = profile.writeRecord(record); !kept) return kept;
    return removeText(place, kRefused);
  }
  if (const auto kept = keepText(place, password.text(), kRefused); !kept) return kept;
  if (!record.turnServers.insert(id).second) return {};
  return profile.writeRecord(record);
}

TurnPasswordMap SecretStore::readTurnPasswords(const Profile& profile, const ProfileRecord& record,
                                               std::vector<Fault>& notices) {
  TurnPasswordMap passwords;
  for (const std::string& id : record.turnServers) {
    std::string detail;
    auto read = readText({record.seedHome, turnEntryOf(record, id), profile.turnPath(id)},
                         kMaxStoredTurnPassword, detail);
    if (read && !read->empty() && read->size() <= kMaxStoredTurnPassword) {
      passwords.emplace(id, SecretText(*read));
      wipeText(*read);
    } else if (!read && read.error() == TextProblem::Missing) {
      notices.push_back({"store", "turn_password_lost", false, {}});
    } else {
      notices.push_back({"store", "turn_password_unreadable", true, detail});
      if (!read && read.error() == TextProblem::Silent) break;
    }
  }
  return passwords;
}

Result<void, Fault> SecretStore::moveTurnPasswords(const Profile& profile,
                                                   const ProfileRecord& from, ProfileRecord& to) {
  std::vector<Fault> unread;
  for (const auto& [id, password] : readTurnPasswords(profile, from, unread)) {
    if (const auto kept = keepTurnPassword(profile, to, id, password); !kept) return kept;
    if (from.seedHome == SeedHome::KeyRing) {
      static_cast<void>(m_ring.remove(turnEntryOf(from, id)));
    } else if (to.seedHome == SeedHome::KeyRing) {
      static_cast<void>(io::removeFile(profile.turnPath(id)));
    }
  }
  return {};
}

}  // namespace foyer::store
