// Finds, makes and replaces the seed of a profile. The seed lives where profile.json says and
// nowhere else is looked: an error of the ring never leads to the file, nor to a new identity. Only
// the very first start, or the person's explicit reset, makes one. The invite tokens of relays are
// kept in the same place under the same rules. STORE thread.
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
  // A new identity beside the old: new profile id, so that the old ring entry stays untouched; the
  // old record and seed file stay as "….replaced-<n>". A failure leaves the old identity in force.
  [[nodiscard]] Result<SecretOutcome, Fault> reset(const Profile& profile);
  [[nodiscard]] Result<SecretOutcome, Fault> import(const Profile& profile,
                                                    const crypto::SecretSeed& seed);

  // Keeps a relay's invite token where the record says that the seed is; an empty one is deleted.
  // `record` changes with it. Stage "store": invite_not_kept, disk_full, unwritable.
  [[nodiscard]] Result<void, Fault> keepInvite(const Profile& profile, ProfileRecord& record,
                                               const Fingerprint& relay, const std::string& token);
  // The tokens that the record names. Each that cannot be read adds invite_unreadable or
  // invite_lost to `notices`; the record keeps naming it until the relay's link is opened again.
  [[nodiscard]] InviteMap readInvites(const Profile& profile, const ProfileRecord& record,
                                      std::vector<Fault>& notices);
  // After a replacement: the tokens are the relays', not the identity's, and go along.
  [[nodiscard]] Result<void, Fault> moveInvites(const Profile& profile, const ProfileRecord& from,
                                                ProfileRecord& to);

  // The same for passwords of TURN servers. Stage "store": turn_password_not_kept, refused (a bad
  // id, too long, too many), disk_full, unwritable; notices turn_password_unreadable,
  // turn_password_lost.
  [[nodiscard]] Result<void, Fault> keepTurnPassword(const Profile& profile, ProfileRecord& record,
                                                     const std::string& id,
                                                     const SecretText& password);
  [[nodiscard]] TurnPasswordMap readTurnPasswords(const Profile& profile,
                                                  const ProfileRecord& record,
                                                  std::vector<Fault>& notices);
  [[nodiscard]] Result<void, Fault> moveTurnPasswords(const Profile& profile,
                                                      const ProfileRecord& from, ProfileRecord& to);

 private:
  // Where one text is kept beside the seed: an entry of the ring, or an owner-only file.
  struct Place {
    SeedHome home = SeedHome::File;
    std::string entry, path;
  };
  enum class TextProblem : std::uint8_t { Missing, Silent, Unreadable };
  // `refused`: the code of a ring that does not take it.
  [[nodiscard]] Result<void, Fault> keepText(const Place& place, const std::string& text,
                                             const char* refused);
  [[nodiscard]] Result<void, Fault> removeText(const Place& place, const char* refused);
  // Silent: the ring does not answer, and is not asked for more now. `detail` is of that.
  [[nodiscard]] Result<std::string, TextProblem> readText(const Place& place, std::size_t most,
                                                          std::string& detail);
  enum class Occasion : std::uint8_t { FirstStart, Replacement };
  [[nodiscard]] Result<SecretOutcome, Fault> create(const Profile& profile, std::string alias,
                                                    crypto::SecretSeed seed, Occasion occasion);
  [[nodiscard]] Result<crypto::SecretSeed, Fault> read(const Profile& profile,
                                                       const ProfileRecord& record);
  [[nodiscard]] Result<SecretOutcome, Fault> replace(const Profile& profile,
                                                     crypto::SecretSeed seed);

  KeyRing& m_ring;
  RandomSource& m_random;
};

}  // namespace foyer::store
