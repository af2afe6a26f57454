// Finds, makes and replaces the seed of a profile. The seed lives where profile.json says and
// nowhere else is looked: an error of the ring never leads to the file, nor to a new identity. Only
// the very first start, or the person's explicit reset, makes one. STORE thread.
#pragma once

#include <optional>
#include <string>

#include "core/base/random.h"
#include "core/store/key_ring.h"
#include "core/store/profile.h"

namespace foyer::store {

struct SecretOutcome {
  ProfileRecord record;
  std::optional<crypto::SecretSeed> seed;  // absent exactly when `blocked`
  std::optional<Fault> blocked;            // stage "identity", codes as in StoredState
  bool isNew = false;
};

class SecretStore {
 public:
  SecretStore(KeyRing& ring, RandomSource& random) : m_ring(ring), m_random(random) {}

  // The fault is one of writing (stage "store"); everything about the secret is in the outcome.
  [[nodiscard]] Result<SecretOutcome, Fault> load(const Profile& profile);
  // A new identity beside the old: new profile id, so that the old ring entry stays untouched; an
  // old seed file and record are kept aside.
  [[nodiscard]] Result<SecretOutcome, Fault> reset(const Profile& profile);
  [[nodiscard]] Result<SecretOutcome, Fault> import(const Profile& profile,
                                                    const crypto::SecretSeed& seed);

 private:
  [[nodiscard]] Result<SecretOutcome, Fault> create(const Profile& profile, std::string alias,
                                                    crypto::SecretSeed seed);
  [[nodiscard]] Result<crypto::SecretSeed, Fault> read(const Profile& profile,
                                                       const ProfileRecord& record);
  [[nodiscard]] Result<SecretOutcome, Fault> replace(const Profile& profile,
                                                     crypto::SecretSeed seed);

  KeyRing& m_ring;
  RandomSource& m_random;
};

}  // namespace foyer::store
