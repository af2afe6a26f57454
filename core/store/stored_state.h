// What a profile keeps, as plain values. The STORE thread loads all of it at start and hands it
// over; afterwards the engine holds the truth and sends changes back. Move-only because of the
// seed. No thread, no Qt.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/crypto/identity.h"
#include "core/store/call_figures.h"
#include "core/store/contact_policy.h"
#include "core/store/secret_text.h"

namespace foyer::store {

enum class SeedHome : std::uint8_t { KeyRing, File };
[[nodiscard]] const char* toString(SeedHome home);  // "keyring", "file"

enum class RelayTrust : std::uint8_t {
  FirstUse,  // the key was taken when it was first seen
  Pinned,    // the link named the fingerprint, or the person accepted the key
};
struct RelayKeyEntry {
  Fingerprint fingerprint;  // of an earlier key of this relay
  WallTime replacedAt;
  bool operator==(const RelayKeyEntry&) const = default;
};
struct StoredRelay {
  Fingerprint fingerprint;
  std::optional<PublicKey> key;  // full key once a connection proved it
  std::string link;              // foyer://relay/… without any invite token
  WallTime firstSeen, lastConnected;
  RelayTrust trust = RelayTrust::FirstUse;
  bool autoConnect = true;                  // connect at start
  std::vector<RelayKeyEntry> keyHistory{};  // oldest first, at most kMaxKeyHistory
  bool operator==(const StoredRelay&) const = default;
};

// Kept by their numbers. KeyChanged: came under the name of a verified contact with another key;
// WordsDiffered: the words of a call with this key did not match.
enum class ContactState : std::uint8_t { Seen, Verified, KeyChanged, Blocked, WordsDiffered };
enum class VerifiedHow : std::uint8_t { NotVerified, Digits, Words, Import };
struct KeyHistoryEntry {
  PublicKey key;  // an earlier key of this person
  WallTime replacedAt;
  bool wasVerified = false;
  bool operator==(const KeyHistoryEntry&) const = default;
};
struct StoredContact {
  PublicKey key;          // IK; a contact is found by it
  std::string ownName;    // what the person calls them here; may be empty
  std::string lastAlias;  // the alias they signed last
  ContactState state = ContactState::Seen;
  ContactState beforeBlock = ContactState::Seen;  // of who is blocked: what they were until then
  WallTime firstSeen;
  WallTime lastSeen;  // in a call, or when blocked; 0: never, only kept by hand or from a file
  std::optional<WallTime> verifiedAt;
  VerifiedHow how = VerifiedHow::NotVerified;
  std::vector<KeyHistoryEntry> keyHistory;  // oldest first, at most kMaxKeyHistory
  std::string note;                         // the person's own words; isValidNote
  bool isFavourite = false;
  ContactPolicy policy = ContactPolicy::Usual;
  std::string ring;  // how their calls ring here; isValidRing. Empty: as others' do
  bool operator==(const StoredContact&) const = default;
};

enum class StoredDirection : std::uint8_t { Outgoing, Incoming };
struct StoredCall {
  CallId call;
  Fingerprint peer;
  StoredDirection direction = StoredDirection::Outgoing;
  WallTime startedAt;  // of the ringing
  std::optional<WallTime> activeAt;
  WallTime endedAt;
  std::string reason;                  // stable name of the end reason
  std::string peerName;                // as the peer was called when it ended
  std::string path;                    // stable name of the last path; empty: nothing was heard
  std::string quality;                 // stable name of how it sounded; empty: not known
  bool isSeen = true;                  // false: missed, and the person has not looked yet
  std::optional<CallFigures> figures;  // how it did; absent: nothing was measured
  bool operator==(const StoredCall&) const = default;
};

// A note: UTF-8 of at most kMaxNoteBytes, lines ended by \n and no other control character.
[[nodiscard]] bool isValidNote(const std::string& note);
// The name of a ring: a–z, 0–9 and -, at most kMaxRingBytes; or empty.
[[nodiscard]] bool isValidRing(const std::string& ring);

// Settings are names to text; the engine knows what they mean. Bounds below.
using SettingsMap = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kMaxKeyHistory = 16;  // the oldest is forgotten
constexpr std::size_t kMaxRelays = 256;     // the one connected longest ago is forgotten
constexpr std::size_t kMaxContacts =
    20000;  // a new seen contact is refused; verified displace seen
constexpr std::size_t kMaxNoteBytes = 1000;     // half a page; a longer note is refused
constexpr std::size_t kMaxRingBytes = 32;       // of a ring's stable name
constexpr std::size_t kMaxCalls = 2000;         // the oldest is forgotten
constexpr std::size_t kMaxSettings = 512;       // more are refused
constexpr std::size_t kMaxSettingBytes = 4096;  // of one value; longer is refused

// Invite tokens by relay: secrets of the key ring or an owner-only file, never of the database.
using InviteMap = std::map<Fingerprint, std::string>;

// Passwords of TURN servers by the server's id (turnIdOf), kept as invites are.
using TurnPasswordMap = std::map<std::string, SecretText>;
constexpr std::size_t kMaxTurnPasswords = 32;        // a further one is refused
constexpr std::size_t kMaxStoredTurnPassword = 256;  // bytes; longer is refused
// 32 hex digits that stand for a server's link where the link itself cannot.
[[nodiscard]] std::string turnIdOf(const std::string& link);

struct StoredState {
  std::string profileId;      // 32 hex digits, names the key-ring entry; not secret
  std::string alias;          // suggested at first start, later what the person chose
  bool isFirstStart = false;  // this start made the identity
  SeedHome seedHome = SeedHome::File;
  std::optional<crypto::SecretSeed> seed;  // absent exactly when `blocked` is set
  std::optional<Fault>
      blocked;  // stage "identity": secret_lost, keyring_error, keyring_timeout,
                // keyring_locked, profile_corrupt, profile_missing, seed_file_corrupt
  SettingsMap settings;
  std::vector<StoredRelay> relays;
  InviteMap invites;
  TurnPasswordMap turnPasswords;
  std::vector<StoredContact> contacts;
  std::vector<StoredCall> calls;  // newest first
  std::vector<Fault> notices;     // things that went wrong and were got over, e.g. settings_corrupt
};

}  // namespace foyer::store
