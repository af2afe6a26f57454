// Control messages of the presence family: signed records go up, a paged versioned snapshot and
// deltas come down (docs/protocol.md). Records are opaque here; core/crypto opens them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/ids.h"

namespace foyer::wire {

// The first four are what a person says; the relay says the last two. In a page or delta a word
// this version does not know decodes as Available: the person is there.
enum class PresenceState { Available, InCall, Away, DoNotDisturb, Unreachable, Gone };
[[nodiscard]] const char* toString(PresenceState state);

struct Publish {
  std::uint32_t id = 0;
  Bytes record;  // body ‖ signature, at most kMaxPresenceRecord
  bool operator==(const Publish&) const = default;
};
struct Published {
  std::uint32_t id = 0;
  std::uint64_t version = 0;
  bool operator==(const Published&) const = default;
};
struct Availability {
  PresenceState state = PresenceState::Available;  // Available … DoNotDisturb
  bool operator==(const Availability&) const = default;
};
struct PresenceGet {
  std::uint32_t id = 0;
  std::uint64_t version = 0;  // what the client has; 0: nothing
  bool operator==(const PresenceGet&) const = default;
};
// A person's leg is the round trip between them and the relay, as coarse as the relay tells it
// (docs/adr/0027). Said each time; absent: not known, or an older relay.
using LegMs = std::optional<std::uint16_t>;  // 1 … kMaxLegMs
struct PersonEntry {
  Bytes record;
  PresenceState state = PresenceState::Available;  // never Gone
  LegMs leg{};
  bool operator==(const PersonEntry&) const = default;
};
struct PresencePage {
  std::uint64_t version = 0;
  std::uint32_t page = 0;  // from 0
  bool last = false;
  std::vector<PersonEntry> people;  // at most kMaxPeoplePerPage
  bool operator==(const PresencePage&) const = default;
};
struct PresenceChange {
  Fingerprint fingerprint;
  Bytes record;  // empty: unchanged, only state or leg is new
  PresenceState state = PresenceState::Available;
  LegMs leg{};
  bool operator==(const PresenceChange&) const = default;
};
// Brings a list of version `from` to version `to`; any other list asks again.
struct PresenceDelta {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::vector<PresenceChange> changes;  // at most kMaxChangesPerDelta
  bool operator==(const PresenceDelta&) const = default;
};

}  // namespace foyer::wire
