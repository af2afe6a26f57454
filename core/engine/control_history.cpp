// The verbs of past calls.
#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json toJson(const std::vector<NamedCount>& counts) {
  Json json = Json::object();
  for (const NamedCount& one : counts) json[one.name] = one.count;
  return json;
}

double share(std::uint32_t figure) { return static_cast<double>(figure) / kWholeShare; }

Json toJson(const CallFigures& figures) {
  return {{"seconds", figures.seconds},
          {"rtt_mean_ms", orNull(figures.delayMeanMs)},
          {"rtt_worst_ms", orNull(figures.delayWorstMs)},
          {"jitter_buffer_mean_ms", orNull(figures.bufferMeanMs)},
          {"jitter_buffer_worst_ms", orNull(figures.bufferWorstMs)},
          {"loss_heard_mean", share(figures.lossHeardMean)},
          {"loss_heard_worst", share(figures.lossHeardWorst)},
          {"loss_sent_mean", share(figures.lossSentMean)},
          {"loss_sent_worst", share(figures.lossSentWorst)},
          {"concealed", share(figures.concealed)},
          {"sent_kbps", figures.sentKbps},
          {"heard_kbps", figures.heardKbps},
          {"path_seconds", toJson(figures.paths)},
          {"tier_seconds", toJson(figures.tiers)},
          {"tier_changes", toJson(figures.changes)}};
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
