#include "core/wire/sealed_messages.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"
#include "core/wire/text.h"

namespace foyer::wire {
namespace {

// "reflexive 192.0.2.1:443": a kind, a space, an address.
constexpr std::size_t kMaxCandidateText = 80;

std::string textOf(const Candidate& candidate) {
  return std::string(toString(candidate.kind)) + ' ' + candidate.at.toString();
}

void writeCandidates(JsonWriter& out, std::string_view name, std::span<const Candidate> all) {
  out.array(name, all, [](Bytes& to, const Candidate& candidate) {
    appendJsonText(to, textOf(candidate), kMaxCandidateText);
  });
}

// Entries of kinds that are not known here are skipped.
Result<std::vector<Candidate>, DecodeError> readCandidates(FieldReader& in, std::string_view name,
                                                           std::size_t most) {
  std::vector<Candidate> all;
  for (const JsonValue& entry : in.array(name, most)) {
    if (entry.kind != JsonValue::Kind::Text || entry.text.size() > kMaxCandidateText)
      return Failure(DecodeError::BadField);
    const std::size_t space = entry.text.find(' ');
    if (space == std::string::npos) return Failure(DecodeError::BadField);
    const auto address = SocketAddress::parse(std::string_view(entry.text).substr(space + 1));
    if (!address || address->port == 0 || address->ip.scopeId != 0)
      return Failure(DecodeError::BadField);
    if (const auto kind = parseCandidateKind(std::string_view(entry.text).substr(0, space)))
      all.push_back({*kind, *address});
  }
  return all;
}

Bytes tryEncode(const CallInfo& info, std::size_t aliasBytes) {
  Bytes out;
  JsonWriter json(out);
  json.text("alias", info.alias, aliasBytes).text("build", info.build, kMaxBuild);
  json.array("caps", info.capabilities,
             [](Bytes& to, const std::string& word) { appendJsonText(to, word, kMaxCode); });
  if (!info.at.empty()) writeCandidates(json, "at", info.at);
  if (!info.vouch.empty()) json.binary("by", info.vouch);
  json.end();
  return out;
}

Result<Paths, DecodeError> decodePaths(FieldReader& in) {
  auto candidates = readCandidates(in, "c", kMaxCandidates);
  if (!candidates) return Failure(candidates.error());
  Paths paths{std::move(*candidates)};
  if (in.has("nat")) {
    FieldReader nat(in.object("nat"));
    paths.nat =
        NatWords{nat.textOr("mapping", kMaxCode, ""), nat.textOr("filtering", kMaxCode, ""),
                 nat.textOr("ports", kMaxCode, ""), nat.has("tries") && nat.boolean("tries")};
    if (!nat.isGood()) return Failure(DecodeError::BadField);
  }
  if (in.has("seen")) {
    for (const JsonValue& entry : in.array("seen", kMaxVouches)) {
      if (entry.kind != JsonValue::Kind::Object) return Failure(DecodeError::BadField);
      FieldReader seen(entry);
      paths.vouches.push_back(seen.binary("by", 1, kMaxVouch));
      if (!seen.isGood()) return Failure(DecodeError::BadField);
    }
  }
  return paths;
}

struct Writer {
  JsonWriter& out;
  void operator()(const Ready&) const { out.text("t", "ready", kMaxTypeName); }
  void operator()(const Hangup&) const { out.text("t", "hangup", kMaxTypeName); }
  void operator()(const SideState& m) const {
    out.text("t", "state", kMaxTypeName).boolean("muted", m.muted).boolean("match", m.wordsMatch);
    if (m.most) out.text("most", toString(*m.most), kMaxCode);
    if (m.held) out.boolean("held", true);
    if (m.wordsDiffer && !m.wordsMatch) out.boolean("differ", true);
  }
  void operator()(const Paths& m) const {
    out.text("t", "paths", kMaxTypeName);
    writeCandidates(out, "c",
                    std::span(m.candidates).first(std::min(m.candidates.size(), kMaxCandidates)));
    if (m.nat) {
      out.object("nat", [&](JsonWriter& nat) {
        nat.text("mapping", m.nat->mapping, kMaxCode).text("filtering", m.nat->filtering, kMaxCode);
        nat.text("ports", m.nat->ports, kMaxCode).boolean("tries", m.nat->triesPorts);
      });
    }
    if (!m.vouches.empty()) {
      const auto shown = std::span(m.vouches).first(std::min(m.vouches.size(), kMaxVouches));
      out.array("seen", shown, [](Bytes& to, const Bytes& vouch) {
        JsonWriter seen(to);
        seen.binary("by", vouch);
        seen.end();
      });
    }
  }
};

}  // namespace

const char* toString(CandidateKind kind) {
  switch (kind) {
    case CandidateKind::Host:
      return "host";
    case CandidateKind::Reflexive:
      return "reflexive";
    case CandidateKind::Mapped:
      return "mapped";
    case CandidateKind::Predicted:
      return "predicted";
    case CandidateKind::Relayed:
      return "relayed";
  }
  return "host";
}

std::optional<CandidateKind> parseCandidateKind(std::string_view name) {
  for (const auto kind : {CandidateKind::Host, CandidateKind::Reflexive, CandidateKind::Mapped,
                          CandidateKind::Predicted, CandidateKind::Relayed})
    if (name == toString(kind)) return kind;
  return std::nullopt;
}

Bytes encodeCallInfo(const CallInfo& info) {
  CallInfo fitting = info;
  if (fitting.capabilities.size() > kMaxCapabilities) fitting.capabilities.resize(kMaxCapabilities);
  if (fitting.at.size() > kMaxAnswerCandidates) fitting.at.resize(kMaxAnswerCandidates);
  std::size_t aliasBytes = kMaxAliasBytes;
  Bytes out = tryEncode(fitting, aliasBytes);
  while (out.size() > kMaxCallInfo) {
    // Escapes make the length hard to foresee, so it is felt for; a shorter name harms least.
    if (aliasBytes > 64) {
      aliasBytes -= 16;
    } else if (!fitting.vouch.empty()) {
      fitting.vouch.clear();
    } else if (!fitting.at.empty()) {
      fitting.at.pop_back();
    } else if (!fitting.capabilities.empty()) {
      fitting.capabilities.pop_back();
    } else {
      fitting.alias.clear();
      fitting.build.clear();
    }
    out = tryEncode(fitting, aliasBytes);
  }
  return out;
}

Result<CallInfo, DecodeError> decodeCallInfo(ByteView json) {
  if (json.size() > kMaxCallInfo) return Failure(DecodeError::TooComplex);
  const auto object = parseJsonObject(json);
  if (!object) return Failure(object.error());
  FieldReader in(*object);
  CallInfo info{in.textOr("alias", kMaxAliasBytes, ""), {}, in.textOr("build", kMaxBuild, "")};
  if (in.has("caps")) {
    for (const JsonValue& word : in.array("caps", kMaxCapabilities)) {
      if (word.kind != JsonValue::Kind::Text || word.text.size() > kMaxCode ||
          !isPlainText(word.text)) {
        return Failure(DecodeError::BadField);
      }
      info.capabilities.push_back(word.text);
    }
  }
  if (in.has("at")) {
    auto at = readCandidates(in, "at", kMaxAnswerCandidates);
    if (!at) return Failure(at.error());
    info.at = std::move(*at);
  }
  if (in.has("by")) info.vouch = in.binary("by", 1, kMaxVouch);
  if (!in.isGood()) return Failure(DecodeError::BadField);
  // Shown as a name: what could turn or hide what stands beside it is no name (catalogue B-53).
  if (!isValidAlias(info.alias)) info.alias.clear();
  return info;
}

Bytes encodeSealedMessage(const SealedMessage& message) {
  Bytes out;
  JsonWriter json(out);
  std::visit(Writer{json}, message);
  json.end();
  return out;
}

Result<SealedMessage, DecodeError> decodeSealedMessage(ByteView json) {
  if (json.size() > kMaxSealedPlain) return Failure(DecodeError::TooComplex);
  const auto object = parseJsonObject(json);
  if (!object) return Failure(object.error());
  FieldReader in(*object);
  const std::string type = in.text("t", kMaxTypeName);
  SealedMessage made;
  if (!in.isGood()) return Failure(DecodeError::BadField);
  if (type == "ready") {
    made = Ready{};
  } else if (type == "hangup") {
    made = Hangup{};
  } else if (type == "state") {
    // A tier that is not known here is no limit to what is.
    const SideState state{
        in.boolean("muted"), in.boolean("match"), parseTier(in.textOr("most", kMaxCode, "")),
        in.has("held") && in.boolean("held"), in.has("differ") && in.boolean("differ")};
    if (state.wordsMatch && state.wordsDiffer) return Failure(DecodeError::BadField);
    made = state;
  } else if (type == "paths") {
    auto paths = decodePaths(in);
    if (!paths) return Failure(paths.error());
    made = std::move(*paths);
  } else {
    return Failure(DecodeError::UnknownType);
  }
  if (!in.isGood()) return Failure(DecodeError::BadField);
  return made;
}

}  // namespace foyer::wire
