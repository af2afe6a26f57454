#include "core/store/contact_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/wire/text.h"

namespace foyer::store {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kMark = "foyer_contacts";
// The file, its list, a contact, its keys, one of them: nothing lies deeper.
constexpr int kMaxDepth = 6;
// The end of the year 9999, which every calendar still shows.
constexpr std::int64_t kLatestMs = 253'402'300'799'000;

Failure<Fault> contactsFault(const char* code, std::string detail = {}) {
  return Failure<Fault>(Fault{"contacts", code, false, std::move(detail)});
}

// Takes the fields of one object; the first that cannot be believed is remembered by its name.
class Fields {
 public:
  explicit Fields(const Json& object) : m_object(object) {}

  [[nodiscard]] const char* bad() const { return m_bad; }

  template <class Id>
  std::optional<Id> id(const char* name) {
    const Json* const value = find(name);
    if (value == nullptr) return std::nullopt;
    const auto parsed =
        value->is_string() ? Id::parseHex(value->get_ref<const std::string&>()) : std::nullopt;
    if (!parsed) fail(name);
    return parsed;
  }
  template <class IsGood>
  std::string text(const char* name, const IsGood& isGood) {
    const Json* const value = find(name);
    if (value == nullptr) return {};
    if (value->is_string()) {
      const auto& written = value->get_ref<const std::string&>();
      if (isGood(written)) return written;
    }
    fail(name);
    return {};
  }
  bool boolean(const char* name) {
    const Json* const value = find(name);
    if (value == nullptr) return false;
    if (!value->is_boolean()) fail(name);
    return value->is_boolean() && value->get<bool>();
  }
  std::optional<WallTime> time(const char* name) {
    const Json* const value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_number_unsigned()) {
      const auto ms = value->get<std::uint64_t>();
      if (ms <= static_cast<std::uint64_t>(kLatestMs))
        return WallTime{static_cast<std::int64_t>(ms)};
    }
    fail(name);
    return std::nullopt;
  }
  // Of the names that `parse` knows; absent: the first.
  template <class Enum, class Parse>
  Enum named(const char* name, const Parse& parse) {
    const Json* const value = find(name);
    if (value == nullptr) return Enum{};
    std::optional<Enum> parsed;
    if (value->is_string()) parsed = parse(value->get_ref<const std::string&>());
    if (!parsed) fail(name);
    return parsed.value_or(Enum{});
  }
  const Json* list(const char* name, std::size_t most) {
    const Json* const value = find(name);
    if (value == nullptr) return nullptr;
    if (value->is_array() && value->size() <= most) return value;
    fail(name);
    return nullptr;
  }
  void fail(const char* name) {
    if (m_bad == nullptr) m_bad = name;
  }

 private:
  // Null is as good as absent.
  [[nodiscard]] const Json* find(const char* name) const {
    const auto found = m_object.find(name);
    return found == m_object.end() || found->is_null() ? nullptr : &*found;
  }

  const Json& m_object;
  const char* m_bad = nullptr;
};

std::optional<ContactState> parseState(std::string_view name) {
  for (const ContactState state :
       {ContactState::Seen, ContactState::Verified, ContactState::KeyChanged, ContactState::Blocked,
        ContactState::WordsDiffered})
    if (name == toString(state)) return state;
  return std::nullopt;
}

bool isNameOrNone(const std::string& name) { return name.empty() || wire::isValidAlias(name); }

// The contact, or the name of the field that is wrong.
Result<StoredContact, const char*> contactOf(const Json& json) {
  if (!json.is_object()) return Failure<const char*>("not an object");
  Fields fields(json);
  StoredContact contact;
  const auto key = fields.id<PublicKey>("key");
  if (!key) fields.fail("key");
  contact.key = key.value_or(PublicKey{});
  const auto fingerprint = fields.id<Fingerprint>("fingerprint");
  if (fingerprint && *fingerprint != crypto::fingerprintOf(contact.key)) fields.fail("fingerprint");
  contact.ownName = fields.text("name", isNameOrNone);
  contact.lastAlias = fields.text("alias", isNameOrNone);
  contact.note = fields.text("note", isValidNote);
  contact.isFavourite = fields.boolean("favourite");
  contact.policy = fields.named<ContactPolicy>("policy", parseContactPolicy);
  contact.ring = fields.text("ring", isValidRing);
  contact.state = fields.named<ContactState>("state", parseState);
  contact.verifiedAt = fields.time("verified_at_ms");
  contact.firstSeen = fields.time("first_seen_ms").value_or(WallTime{});
  contact.lastSeen = fields.time("last_call_ms").value_or(WallTime{});
  // Verified without a date is not what Foyer writes.
  if (contact.state == ContactState::Verified && !contact.verifiedAt) fields.fail("verified_at_ms");
  if (const Json* const earlier = fields.list("earlier_keys", kMaxKeyHistory)) {
    for (const Json& one : *earlier) {
      if (!one.is_object()) return Failure<const char*>("earlier_keys");
      Fields parts(one);
      const auto old = parts.id<PublicKey>("key");
      const auto replacedAt = parts.time("replaced_at_ms");
      const bool wasVerified = parts.boolean("was_verified");
      if (!old || !replacedAt || parts.bad() != nullptr)
        return Failure<const char*>("earlier_keys");
      contact.keyHistory.push_back({*old, *replacedAt, wasVerified});
    }
  }
  if (fields.bad() != nullptr) return Failure<const char*>(fields.bad());
  return contact;
}

Json toJson(const StoredContact& contact) {
  Json earlier = Json::array();
  for (const KeyHistoryEntry& entry : contact.keyHistory)
    earlier.push_back({{"key", entry.key.hex()},
                       {"replaced_at_ms", entry.replacedAt.unixMs},
                       {"was_verified", entry.wasVerified}});
  return {{"key", contact.key.hex()},
          {"fingerprint", crypto::fingerprintOf(contact.key).hex()},
          {"name", contact.ownName},
          {"alias", contact.lastAlias},
          {"note", contact.note},
          {"favourite", contact.isFavourite},
          {"policy", toString(contact.policy)},
          {"ring", contact.ring},
          {"state", toString(contact.state)},
          {"verified_at_ms", contact.verifiedAt ? Json(contact.verifiedAt->unixMs) : Json(nullptr)},
          {"first_seen_ms", contact.firstSeen.unixMs},
          {"last_call_ms", contact.lastSeen.unixMs},
          {"earlier_keys", std::move(earlier)}};
}

}  // namespace

const char* toString(ContactState state) {
  switch (state) {
    case ContactState::Seen:
      return "seen";
    case ContactState::Verified:
      return "verified";
    case ContactState::KeyChanged:
      return "key_changed";
    case ContactState::Blocked:
      return "blocked";
    case ContactState::WordsDiffered:
      return "words_differed";
  }
  return "seen";
}

const char* toString(VerifiedHow how) {
  switch (how) {
    case VerifiedHow::NotVerified:
      return "none";
    case VerifiedHow::Digits:
      return "digits";
    case VerifiedHow::Words:
      return "words";
    case VerifiedHow::Import:
      return "import";
  }
  return "none";
}

bool isValidNote(const std::string& note) {
  if (note.size() > kMaxNoteBytes) return false;
  std::string line = note;
  std::replace(line.begin(), line.end(), '\n', ' ');
  return wire::isPlainText(line);
}

bool isValidRing(const std::string& ring) {
  return ring.size() <= kMaxRingBytes && std::all_of(ring.begin(), ring.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

Result<std::string, Fault> formatContacts(const std::vector<StoredContact>& contacts,
                                          WallTime now) {
  Json list = Json::array();
  for (const StoredContact& contact : contacts) list.push_back(toJson(contact));
  const Json file{
      {kMark, kContactFileVersion}, {"exported_at_ms", now.unixMs}, {"contacts", std::move(list)}};
  std::string text = file.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
  if (text.size() > kMaxContactFile) return contactsFault("too_large");
  return text;
}

Result<std::vector<StoredContact>, Fault> parseContacts(std::string_view text) {
  if (text.size() > kMaxContactFile) return contactsFault("too_large");
  bool isTooDeep = false;
  const Json file = Json::parse(
      text.begin(), text.end(),
      [&](int depth, Json::parse_event_t, const Json&) {
        isTooDeep |= depth > kMaxDepth;
        return depth <= kMaxDepth;
      },
      false);
  if (isTooDeep || !file.is_object()) return contactsFault("not_contacts");
  const auto mark = file.find(kMark), list = file.find("contacts");
  if (mark == file.end() || !mark->is_number_unsigned()) return contactsFault("not_contacts");
  if (mark->get<std::uint64_t>() != static_cast<std::uint64_t>(kContactFileVersion))
    return contactsFault("unsupported_version", mark->dump());
  if (list == file.end() || !list->is_array()) return contactsFault("not_contacts");
  if (list->size() > kMaxContacts) return contactsFault("too_many");
  std::vector<StoredContact> contacts;
  contacts.reserve(list->size());
  for (const Json& one : *list) {
    auto contact = contactOf(one);
    if (!contact)
      return contactsFault(
          "bad_entry", "contact " + std::to_string(contacts.size() + 1) + ": " + contact.error());
    contacts.push_back(std::move(*contact));
  }
  return contacts;
}

}  // namespace foyer::store
