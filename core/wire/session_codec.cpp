#include "core/wire/codec_parts.h"

namespace foyer::wire {
namespace {

constexpr Words<RefusedCode, 7> kRefusedWords{{{RefusedCode::Version, "version"},
                                               {RefusedCode::InviteRequired, "invite_required"},
                                               {RefusedCode::InviteWrong, "invite_wrong"},
                                               {RefusedCode::InviteRevoked, "invite_revoked"},
                                               {RefusedCode::Full, "full"},
                                               {RefusedCode::AddressLimit, "address_limit"},
                                               {RefusedCode::Draining, "draining"}}};
constexpr Words<ErrorCode, 8> kErrorWords{{{ErrorCode::NotRegistered, "not_registered"},
                                           {ErrorCode::BadRecord, "bad_record"},
                                           {ErrorCode::WrongKey, "wrong_key"},
                                           {ErrorCode::StaleRecord, "stale_record"},
                                           {ErrorCode::TooSoon, "too_soon"},
                                           {ErrorCode::RateLimited, "rate_limited"},
                                           {ErrorCode::Limit, "limit"},
                                           {ErrorCode::UnknownCall, "unknown_call"}}};

std::uint32_t readId(FieldReader& in) {
  return in.integerOf<std::uint32_t>("id", 1, kMaxRequestId);
}

}  // namespace

const char* toString(RefusedCode code) { return wordOf(kRefusedWords, code); }
const char* toString(ErrorCode code) { return wordOf(kErrorWords, code); }

const char* nameOf(Tag<Hello>) { return "hello"; }
void writeFields(JsonWriter& out, const Hello& m) {
  out.integer("id", m.id);
  out.array("versions", m.versions,
            [](Bytes& to, std::uint8_t version) { append(to, viewOf(std::to_string(version))); });
  if (!m.invite.empty()) out.text("invite", m.invite, kMaxToken);
  if (m.isHidden) out.boolean("hidden", true);
}
Hello readFields(FieldReader& in, Tag<Hello>) {
  Hello m{
      readId(in), {}, in.textOr("invite", kMaxToken, ""), in.has("hidden") && in.boolean("hidden")};
  for (const JsonValue& version : in.array("versions", kMaxVersions)) {
    if (version.kind != JsonValue::Kind::Integer || version.integer == 0 || version.integer > 255) {
      in.fail();
      break;
    }
    m.versions.push_back(static_cast<std::uint8_t>(version.integer));
  }
  if (m.versions.empty()) in.fail();
  return m;
}

const char* nameOf(Tag<Welcome>) { return "welcome"; }
void writeFields(JsonWriter& out, const Welcome& m) {
  out.integer("id", m.id).integer("version", m.version).integer("time_ms", m.timeMs);
  out.text("observed", m.observed, kMaxAddressText).text("relay_build", m.relayBuild, kMaxBuild);
  out.integer("ttl_s", m.ttlSeconds);
  if (!m.vouch.empty()) out.binary("vouch", m.vouch);
}
Welcome readFields(FieldReader& in, Tag<Welcome>) {
  return {readId(in),
          in.integerOf<std::uint8_t>("version", 1, 255),
          in.integer("time_ms", 0, kMaxJsonInteger),
          in.text("observed", kMaxAddressText),
          in.text("relay_build", kMaxBuild),
          in.integerOf<std::uint32_t>("ttl_s", 1, UINT32_MAX),
          in.has("vouch") ? in.binary("vouch", 1, kMaxVouch) : Bytes{}};
}

const char* nameOf(Tag<Refused>) { return "refused"; }
void writeFields(JsonWriter& out, const Refused& m) {
  out.integer("id", m.id)
      .text("code", toString(m.code), kMaxCode)
      .text("detail", m.detail, kMaxDetail);
  if (m.retryAfterMs) out.integer("retry_after_ms", *m.retryAfterMs);
}
Refused readFields(FieldReader& in, Tag<Refused>) {
  Refused m{readId(in),
            valueOf(kRefusedWords, in.text("code", kMaxCode)).value_or(RefusedCode::Other),
            in.text("detail", kMaxDetail), std::nullopt};
  if (in.has("retry_after_ms")) {
    m.retryAfterMs = in.integerOf<std::uint32_t>("retry_after_ms", 0, UINT32_MAX);
  }
  return m;
}

const char* nameOf(Tag<Reflect>) { return "reflect"; }
void writeFields(JsonWriter& out, const Reflect& m) { out.integer("id", m.id); }
Reflect readFields(FieldReader& in, Tag<Reflect>) { return {readId(in)}; }

const char* nameOf(Tag<Reflected>) { return "reflected"; }
void writeFields(JsonWriter& out, const Reflected& m) {
  out.integer("id", m.id).text("observed", m.observed, kMaxAddressText);
  if (!m.vouch.empty()) out.binary("vouch", m.vouch);
}
Reflected readFields(FieldReader& in, Tag<Reflected>) {
  return {readId(in), in.text("observed", kMaxAddressText),
          in.has("vouch") ? in.binary("vouch", 1, kMaxVouch) : Bytes{}};
}

const char* nameOf(Tag<Ping>) { return "ping"; }
void writeFields(JsonWriter& out, const Ping& m) { out.integer("id", m.id); }
Ping readFields(FieldReader& in, Tag<Ping>) { return {readId(in)}; }

const char* nameOf(Tag<Pong>) { return "pong"; }
void writeFields(JsonWriter& out, const Pong& m) { out.integer("id", m.id); }
Pong readFields(FieldReader& in, Tag<Pong>) { return {readId(in)}; }

const char* nameOf(Tag<Replaced>) { return "replaced"; }
void writeFields(JsonWriter&, const Replaced&) {}
Replaced readFields(FieldReader&, Tag<Replaced>) { return {}; }

const char* nameOf(Tag<Draining>) { return "draining"; }
void writeFields(JsonWriter& out, const Draining& m) {
  out.integer("retry_after_ms", m.retryAfterMs).text("detail", m.detail, kMaxDetail);
}
Draining readFields(FieldReader& in, Tag<Draining>) {
  return {in.integerOf<std::uint32_t>("retry_after_ms", 0, UINT32_MAX),
          in.text("detail", kMaxDetail)};
}

const char* nameOf(Tag<ErrorMessage>) { return "error"; }
void writeFields(JsonWriter& out, const ErrorMessage& m) {
  if (m.id != 0) out.integer("id", m.id);
  out.text("code", toString(m.code), kMaxCode).text("detail", m.detail, kMaxDetail);
  if (!m.about.empty()) out.text("about", m.about, kMaxTypeName);
}
ErrorMessage readFields(FieldReader& in, Tag<ErrorMessage>) {
  return {in.has("id") ? readId(in) : 0,
          valueOf(kErrorWords, in.text("code", kMaxCode)).value_or(ErrorCode::Other),
          in.text("detail", kMaxDetail), in.textOr("about", kMaxTypeName, "")};
}

}  // namespace foyer::wire
