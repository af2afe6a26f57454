// Contacts as a file that a person keeps or carries to another computer: JSON of version 1,
// readable with any editor, without secrets. Whatever the bytes are, reading gives checked contacts
// or says what is wrong; nothing is half read. What becomes of them here is
// core/engine/contact_import.h's. Value functions.
//
//   {"foyer_contacts": 1, "exported_at_ms": N, "contacts": [
//     {"key": 64 hex digits, "fingerprint": 32 hex digits, "name": "", "alias": "", "note": "",
//      "favourite": false, "policy": "usual", "ring": "", "state": "seen",
//      "verified_at_ms": N or null, "first_seen_ms": N, "last_call_ms": N,
//      "earlier_keys": [{"key": …, "replaced_at_ms": N, "was_verified": false}]}]}
//
// Fields that are not known are skipped; all but "key" may be absent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/store/stored_state.h"

namespace foyer::store {

constexpr int kContactFileVersion = 1;
// Of a file that is read or written: twenty thousand people with notes of ordinary length.
constexpr std::size_t kMaxContactFile = 16U * 1024 * 1024;

// Stage "contacts": too_large.
[[nodiscard]] Result<std::string, Fault> formatContacts(const std::vector<StoredContact>& contacts,
                                                        WallTime now);
// Stage "contacts": not_contacts, unsupported_version, too_many, too_large, bad_entry (the detail
// is which one and which field: "contact 7: note").
[[nodiscard]] Result<std::vector<StoredContact>, Fault> parseContacts(std::string_view text);

// "seen", "verified", "key_changed", "blocked", "words_differed".
[[nodiscard]] const char* toString(ContactState state);
// "none", "digits", "words", "import".
[[nodiscard]] const char* toString(VerifiedHow how);

}  // namespace foyer::store
