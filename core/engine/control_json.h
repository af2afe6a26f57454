// What the files of the control verbs share: one JSON line out of an object, null for what is not
// known, a refusal. Value functions.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/engine/control_socket.h"
#include "core/engine/engine.h"
#include "core/engine/path_rows.h"

namespace foyer::engine {

using Json = nlohmann::ordered_json;

[[nodiscard]] inline std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
[[nodiscard]] Json orNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

[[nodiscard]] inline Failure<Fault> failed(const char* stage, const char* code,
                                           std::string detail = {}, bool isRetryable = false) {
  return Failure<Fault>(Fault{stage, code, isRetryable, std::move(detail)});
}

[[nodiscard]] inline const char* nameOf(Trust trust) {
  switch (trust) {
    case Trust::NotVerified:
      return "not_verified";
    case Trust::Verified:
      return "verified";
    case Trust::KeyChanged:
      return "key_changed";
    case Trust::WordsDiffered:
      return "words_differed";
    case Trust::Blocked:
      return "blocked";
  }
  return "not_verified";
}

[[nodiscard]] inline Json toJson(const DirectionStats& stats) {
  return {{"packets", stats.packets},
          {"bytes", stats.bytes},
          {"bitrate_kbps", stats.bitrateKbps},
          {"loss", stats.loss}};
}

// The record of a call's paths; addresses are masked unless the person asks for them.
[[nodiscard]] inline Json pathRecordJson(const CallStats& stats, bool showsAddresses) {
  Json rows = Json::array();
  for (const PathRow& row : pathRows(stats.pathNotes)) {
    Json address = nullptr;
    if (row.address) address = showsAddresses ? row.address->toString() : toString(*row.masked);
    rows.push_back({{"at_ms", row.atMs},
                    {"step", client::toString(row.step)},
                    {"kind", wire::toString(row.kind)},
                    {"address", std::move(address)},
                    {"reason", row.reason}});
  }
  return rows;
}

// What the last check of the network found (control_network.cpp).
[[nodiscard]] Json networkCheckJson(const NetworkCheckView& check, std::int64_t nowMs,
                                    bool showsAddresses);

// What the bundle has of versions, capabilities, impairment and the newest events, all redacted
// (control_diagnostics.cpp).
void addDiagnostics(Json& bundle, const Engine& engine);

// Answers with `json` when the work was done.
[[nodiscard]] inline Engine::Reply<bool> asJson(const ControlReply& reply, Json json) {
  return [reply, json = std::move(json)](Result<bool, Fault> done) {
    if (done)
      reply(dumped(json));
    else
      reply(Failure<Fault>(done.error()));
  };
}

}  // namespace foyer::engine
