#include "core/base/assert.h"
#include "core/wire/codec_parts.h"

namespace foyer::wire {
namespace {

constexpr Words<PresenceState, 6> kStateWords{{{PresenceState::Available, "available"},
                                               {PresenceState::InCall, "in_call"},
                                               {PresenceState::Away, "away"},
                                               {PresenceState::DoNotDisturb, "dnd"},
                                               {PresenceState::Unreachable, "unreachable"},
                                               {PresenceState::Gone, "gone"}}};

void writeState(JsonWriter& out, PresenceState state) {
  out.text("state", toString(state), kMaxCode);
}
// A newer relay may know finer words for somebody who is there.
PresenceState readState(FieldReader& in) {
  return valueOf(kStateWords, in.text("state", kMaxCode)).value_or(PresenceState::Available);
}

void writeLeg(JsonWriter& out, const LegMs& leg) {
  if (leg) out.integer("leg", *leg);
}
LegMs readLeg(FieldReader& in) {
  if (!in.has("leg")) return std::nullopt;
  return in.integerOf<std::uint16_t>("leg", 1, kMaxLegMs);
}

}  // namespace

const char* toString(PresenceState state) { return wordOf(kStateWords, state); }

const char* nameOf(Tag<Publish>) { return "publish"; }
void writeFields(JsonWriter& out, const Publish& m) {
  FOYER_ASSERT(m.record.size() <= kMaxPresenceRecord, "core/crypto makes no longer record");
  out.integer("id", m.id).binary("record", m.record);
}
Publish readFields(FieldReader& in, Tag<Publish>) {
  return {in.integerOf<std::uint32_t>("id", 1, kMaxRequestId),
          in.binary("record", 1, kMaxPresenceRecord)};
}

const char* nameOf(Tag<Published>) { return "published"; }
void writeFields(JsonWriter& out, const Published& m) {
  out.integer("id", m.id).integer("version", m.version);
}
Published readFields(FieldReader& in, Tag<Published>) {
  return {in.integerOf<std::uint32_t>("id", 1, kMaxRequestId),
          in.integer("version", 0, kMaxJsonInteger)};
}

const char* nameOf(Tag<Availability>) { return "availability"; }
void writeFields(JsonWriter& out, const Availability& m) { writeState(out, m.state); }
Availability readFields(FieldReader& in, Tag<Availability>) {
  const auto state = valueOf(kStateWords, in.text("state", kMaxCode));
  if (!state || *state == PresenceState::Unreachable || *state == PresenceState::Gone) {
    in.fail();
    return {};
  }
  return {*state};
}

const char* nameOf(Tag<PresenceGet>) { return "presence_get"; }
void writeFields(JsonWriter& out, const PresenceGet& m) {
  out.integer("id", m.id).integer("version", m.version);
}
PresenceGet readFields(FieldReader& in, Tag<PresenceGet>) {
  return {in.integerOf<std::uint32_t>("id", 1, kMaxRequestId),
          in.integer("version", 0, kMaxJsonInteger)};
}

const char* nameOf(Tag<PresencePage>) { return "presence_page"; }
void writeFields(JsonWriter& out, const PresencePage& m) {
  FOYER_ASSERT(m.people.size() <= kMaxPeoplePerPage, "a page is cut by its maker");
  out.integer("version", m.version).integer("page", m.page).boolean("last", m.last);
  out.array("people", m.people, [](Bytes& to, const PersonEntry& person) {
    JsonWriter entry(to);
    entry.binary("record", person.record);
    writeState(entry, person.state);
    writeLeg(entry, person.leg);
    entry.end();
  });
}
PresencePage readFields(FieldReader& in, Tag<PresencePage>) {
  PresencePage m{in.integer("version", 0, kMaxJsonInteger),
                 in.integerOf<std::uint32_t>("page", 0, kMaxPages - 1),
                 in.boolean("last"),
                 {}};
  for (const JsonValue& item : in.array("people", kMaxPeoplePerPage)) {
    FieldReader entry(item);
    m.people.push_back(
        {entry.binary("record", 1, kMaxPresenceRecord), readState(entry), readLeg(entry)});
    if (!entry.isGood() || m.people.back().state == PresenceState::Gone) in.fail();
  }
  return m;
}

const char* nameOf(Tag<PresenceDelta>) { return "presence_delta"; }
void writeFields(JsonWriter& out, const PresenceDelta& m) {
  FOYER_ASSERT(m.changes.size() <= kMaxChangesPerDelta, "a delta is cut by its maker");
  out.integer("from", m.from).integer("to", m.to);
  out.array("changes", m.changes, [](Bytes& to, const PresenceChange& change) {
    JsonWriter entry(to);
    entry.hex("fp", change.fingerprint.view());
    if (!change.record.empty()) entry.binary("record", change.record);
    writeState(entry, change.state);
    writeLeg(entry, change.leg);
    entry.end();
  });
}
PresenceDelta readFields(FieldReader& in, Tag<PresenceDelta>) {
  PresenceDelta m{in.integer("from", 0, kMaxJsonInteger), in.integer("to", 0, kMaxJsonInteger), {}};
  if (m.to < m.from) in.fail();
  for (const JsonValue& item : in.array("changes", kMaxChangesPerDelta)) {
    FieldReader entry(item);
    m.changes.push_back(
        {entry.id<Fingerprint>("fp"),
         entry.has("record") ? entry.binary("record", 1, kMaxPresenceRecord) : Bytes{},
         readState(entry), readLeg(entry)});
    if (!entry.isGood()) in.fail();
  }
  return m;
}

}  // namespace foyer::wire
