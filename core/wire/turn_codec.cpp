#include "core/base/assert.h"
#include "core/wire/codec_parts.h"

namespace foyer::wire {

const char* nameOf(Tag<TurnGet>) { return "turn_get"; }
void writeFields(JsonWriter& out, const TurnGet& m) { out.integer("id", m.id); }
TurnGet readFields(FieldReader& in, Tag<TurnGet>) {
  return {in.integerOf<std::uint32_t>("id", 1, kMaxRequestId)};
}

const char* nameOf(Tag<TurnGiven>) { return "turn_given"; }
void writeFields(JsonWriter& out, const TurnGiven& m) {
  FOYER_ASSERT(m.links.size() <= kMaxTurnLinks, "a relay reads no more from its configuration");
  out.integer("id", m.id);
  out.array("servers", m.links, [](Bytes& to, const std::string& link) {
    JsonWriter entry(to);
    entry.text("link", link, kMaxTurnLink);
    entry.end();
  });
  if (m.links.empty()) return;
  out.text("username", m.username, kMaxTurnName).text("password", m.password, kMaxTurnSecret);
  out.integer("ttl_s", m.ttlSeconds);
}
TurnGiven readFields(FieldReader& in, Tag<TurnGiven>) {
  TurnGiven m{in.integerOf<std::uint32_t>("id", 1, kMaxRequestId), {}, {}, {}, 0};
  for (const JsonValue& item : in.array("servers", kMaxTurnLinks)) {
    FieldReader entry(item);
    m.links.push_back(entry.text("link", kMaxTurnLink));
    if (!entry.isGood()) in.fail();
  }
  if (m.links.empty()) return m;
  m.username = in.text("username", kMaxTurnName);
  m.password = in.text("password", kMaxTurnSecret);
  m.ttlSeconds = in.integerOf<std::uint32_t>("ttl_s", 1, kMaxTurnTtlSeconds);
  return m;
}

}  // namespace foyer::wire
