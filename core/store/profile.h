// The folder of one person: its lock, profile.json (which identity, where its seed lives) and
// settings.json. Both files are replaced as a whole; damaged ones are never overwritten. Left out:
// the seed (secret_store.h), the database. STORE thread.
//
//   DIR/lock  DIR/profile.json  DIR/settings.json  DIR/identity.seed (only if the ring has it not)
//   DIR/invite-FINGERPRINT.token DIR/turn-ID.password (likewise)  DIR/foyer.db
//   DIR/*.replaced-N: what an identity that was replaced left behind (its record, its seed file)
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/base/result.h"
#include "core/io/files.h"
#include "core/store/stored_state.h"

namespace foyer::store {

struct ProfileRecord {
  std::string id;  // 32 hex digits
  SeedHome seedHome = SeedHome::File;
  Fingerprint fingerprint;  // what the seed has to derive to
  std::string alias;
  bool isReady = false;  // false while the first start writes the secret
  // Relays whose invite token is kept where the seed is; the tokens themselves are never here.
  std::set<Fingerprint> invites;
  std::set<std::string> turnServers;  // ids whose password is kept there too
  bool operator==(const ProfileRecord&) const = default;
};

enum class RecordProblem : std::uint8_t { Missing, Corrupt, Unreadable };

// What a window needs to draw its first frame: two small files, nothing locked, changed or kept
// aside. The real opening judges them.
struct ProfileGlance {
  bool isNew = false;  // no profile is there
  std::optional<ProfileRecord> record;
  SettingsMap settings;
};
[[nodiscard]] ProfileGlance glanceAt(const std::string& dir);

class Profile {
 public:
  // Makes the folder if need be and locks it. Stage "profile": already_running, unwritable,
  // disk_full.
  [[nodiscard]] static Result<Profile, Fault> open(const std::string& dir);

  [[nodiscard]] std::string pathOf(const char* name) const { return m_dir + "/" + name; }
  [[nodiscard]] std::string recordPath() const { return pathOf("profile.json"); }
  [[nodiscard]] std::string settingsPath() const { return pathOf("settings.json"); }
  [[nodiscard]] std::string seedPath() const { return pathOf("identity.seed"); }
  [[nodiscard]] std::string invitePath(const Fingerprint& relay) const {
    return m_dir + "/invite-" + relay.hex() + ".token";
  }
  [[nodiscard]] std::string turnPath(const std::string& id) const {
    return m_dir + "/turn-" + id + ".password";
  }
  [[nodiscard]] std::string databasePath() const { return pathOf("foyer.db"); }

  [[nodiscard]] Result<ProfileRecord, RecordProblem> readRecord() const;
  [[nodiscard]] Result<void, Fault> writeRecord(const ProfileRecord& record) const;

  // A damaged file is kept aside and adds settings_corrupt to `notices`; the map is then empty.
  [[nodiscard]] SettingsMap readSettings(std::vector<Fault>& notices) const;
  [[nodiscard]] Result<void, Fault> writeSettings(const SettingsMap& settings) const;

 private:
  Profile(std::string dir, io::LockFile lock) : m_dir(std::move(dir)), m_lock(std::move(lock)) {}

  std::string m_dir;
  io::LockFile m_lock;
};

// Whether it may stand in a file's name.
[[nodiscard]] bool isTurnId(const std::string& id);

// A fault of core/io's files in the words of this room: disk_full or unwritable.
[[nodiscard]] Fault faultOfFile(const Fault& file, const char* stage);

}  // namespace foyer::store
