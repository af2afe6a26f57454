// The verbs of past calls.
#include <QJsonDocument>

#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"
#include "core/engine/figures_json.h"

namespace foyer::engine {
namespace {

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json toJson(const CallFigures& figures) {
  return Json::parse(
      QJsonDocument(figuresJson(figures)).toJson(QJsonDocument::Compact).toStdString());
}

Json toJson(const PastCallView& call) {
  const bool isIncoming = call.direction == CallDirection::Incoming;
  return {{"call", call.call.hex()},
          {"peer", call.peer.hex()},
          {"alias", call.alias},
          {"direction", isIncoming ? "incoming" : "outgoing"},
          {"started_at_ms", call.startedAtUnixMs},
          {"talked_ms", call.wasActive ? Json(call.lastedMs) : Json(nullptr)},
          {"rang_ms", call.wasActive ? Json(nullptr) : Json(call.lastedMs)},
          {"reason", client::toString(call.reason)},
          {"path", textOrNull(call.path)},
          {"quality", textOrNull(call.quality)},
          {"seen", call.isSeen},
          {"figures", call.figures ? toJson(*call.figures) : Json(nullptr)}};
}

}  // namespace

void ControlVerbs::historyVerb(const ControlRequest& request, const ControlReply& reply) {
  if (request.verb == "history") {
    Json calls = Json::array();
    for (const PastCallView& call : m_engine.history()) calls.push_back(toJson(call));
    return reply(dumped({{"calls", std::move(calls)}}));
  }
  const std::size_t before = m_engine.history().size();
  if (request.verb == "history-clear") {
    m_engine.clearHistory();
    return reply(dumped({{"removed", before}}));
  }
  const auto call =
      request.arguments.size() == 1 ? CallId::parseHex(request.arguments[0]) : std::nullopt;
  if (!call) return reply(failed("arguments", "malformed", "history-remove CALL"));
  m_engine.removePastCall(*call);
  if (m_engine.history().size() == before) return reply(failed("history", "not_found"));
  reply(dumped({{"removed", 1}}));
}

}  // namespace foyer::engine
