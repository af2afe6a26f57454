// The verbs about how a call sounds: figures out, the quality in.
#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

double toMs(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

Json choiceJson(const std::optional<wire::Tier>& choice) {
  return choice ? Json(wire::toString(*choice)) : Json("auto");
}

Json toJson(const client::SendFigures& sending) {
  return {{"copies", sending.copies},
          {"copy_distance", sending.copyDistance},
          {"lbrr", sending.hasLbrr},
          {"dred_ms", toMs(sending.dred)},
          {"payload_kbps", sending.payloadBps / 1000.0},
          {"loss", sending.loss},
          {"burst", sending.burst},
          {"late_share", sending.lateShare},
          {"queueing_ms", toMs(sending.queueingDelay)},
          {"capacity_kbps", orNull(sending.capacityKbps)}};
}

Json toJson(const client::ReceiveFigures& receiving) {
  return {{"codec", wire::toString(receiving.codec)},
          {"packet_ms", toMs(receiving.packetTime)},
          {"buffer_ms", toMs(receiving.bufferDelay)},
          {"buffer_target_ms", toMs(receiving.bufferTarget)},
          {"jitter_ms", toMs(receiving.jitter)}};
}

Json toJson(const client::RecoveryFigures& recovery) {
  return {{"decoded", recovery.decoded},
          {"copies", recovery.copies},
          {"lbrr", recovery.lbrr},
          {"dred", recovery.dred},
          {"plc", recovery.plc},
          {"late", recovery.late},
          {"lost", recovery.lost},
          {"discarded", recovery.discarded},
          {"accelerated", recovery.accelerated},
          {"expanded", recovery.expanded},
          {"underruns", recovery.underruns}};
}

Json toJson(const client::DelayParts& parts) {
  return {{"capture_device_ms", toMs(parts.captureDevice)},
          {"packet_ms", toMs(parts.packetTime)},
          {"codec_ms", toMs(parts.codec)},
          {"network_ms", toMs(parts.network)},
          {"jitter_buffer_ms", toMs(parts.jitterBuffer)},
          {"playout_device_ms", toMs(parts.playoutDevice)}};
}

Json qualityJson(const CallView& call, std::int64_t nowMs) {
  const CallStats& stats = call.stats;
  return {{"choice", choiceJson(stats.sending.choice)},
          {"tier", stats.tier},
          {"cause", stats.cause},
          {"changes", stats.sending.changes},
          {"changed_ms_ago",
           stats.qualityChangedAtMs ? Json(nowMs - *stats.qualityChangedAtMs) : Json(nullptr)}};
}

}  // namespace

void ControlVerbs::stats(const ControlRequest& request, const ControlReply& reply) {
  const auto& arguments = request.arguments;
  const bool showsAddresses = arguments.size() == 2 && arguments[1] == "addresses";
  const auto id =
      arguments.size() == 1 || showsAddresses ? CallId::parseHex(arguments[0]) : std::nullopt;
  if (!id) return reply(failed("arguments", "malformed", "stats CALL [addresses]"));
  // Fresh figures: the views are up to a second old.
  m_engine.refreshCalls([this, id = *id, showsAddresses, reply] {
    const auto call = m_engine.callView(id);
    if (!call) return reply(failed("call", "unknown_call"));
    const CallStats& stats = call->stats;
    reply(dumped(
        {{"path", stats.path},
         {"path_detail", stats.pathDetail},
         {"path_reason", client::toString(stats.pathReason)},
         {"path_tried", stats.pathTried},
         {"path_answered", stats.pathAnswered},
         {"direct_rtt_ms", orNull(stats.directRttMs)},
         {"path_record", pathRecordJson(stats, showsAddresses)},
         {"rtt_ms", orNull(stats.rttMs)},
         {"tier", stats.tier},
         {"tx", toJson(stats.tx)},
         {"rx", toJson(stats.rx)},
         {"jitter_buffer_ms", orNull(stats.jitterBufferMs)},
         {"mouth_to_ear_ms", orNull(stats.mouthToEarMs)},
         {"capture_started_ns", orNull(stats.captureStartedNs)},
         {"playout_started_ns", orNull(stats.playoutStartedNs)},
         {"level_in_db", call->levelInDb},
         {"level_out_db", call->levelOutDb},
         {"quality", qualityJson(*call, m_engine.steadyNowMs())},
         {"sending", toJson(stats.sending)},
         {"receiving", toJson(stats.receiving)},
         {"recovery", toJson(stats.receiving.recovery)},
         {"mouth_to_ear_parts", stats.delayParts ? toJson(*stats.delayParts) : Json(nullptr)},
         {"device",
          {{"underruns", stats.underruns},
           {"restarts", stats.restarts},
           {"capture_latency_ms", orNull(stats.captureLatencyMs)},
           {"playout_latency_ms", orNull(stats.playoutLatencyMs)}}},
         {"explanation",
          {{"cause", client::toString(call->explanation.cause)},
           {"affected", client::toString(call->explanation.affected)},
           {"severity", client::toString(call->explanation.severity)}}}}));
  });
}

void ControlVerbs::exportRecord(const ControlRequest& request, const ControlReply& reply) {
  const auto& arguments = request.arguments;
  const auto id = arguments.size() == 2 ? CallId::parseHex(arguments[0]) : std::nullopt;
  if (!id) return reply(failed("arguments", "malformed", "export-record CALL PATH"));
  const std::string& path = arguments[1];
  const bool isCut = m_engine.record().isCut;
  m_engine.saveRecord(*id, QString::fromStdString(path),
                      [reply, id = *id, path, isCut](Result<void, Fault> done) {
                        if (!done) return reply(Failure<Fault>(done.error()));
                        reply(dumped({{"call", id.hex()}, {"path", path}, {"cut", isCut}}));
                      });
}

// Of one call alone, or of the one that runs and of those to come.
void ControlVerbs::qualityVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& arguments = request.arguments;
  const auto id = arguments.size() == 2 ? CallId::parseHex(arguments[0]) : std::nullopt;
  const std::string word = arguments.empty() ? std::string() : arguments.back();
  const auto tier = wire::parseTier(word);
  if (arguments.empty() || (arguments.size() != 1 && !id) || (!tier && word != "auto"))
    return reply(failed("arguments", "malformed", "quality [CALL] TIER|auto"));
  if (id) {
    m_engine.setQuality(*id, tier, asJson(reply, {{"call", id->hex()}, {"quality", word}}));
    return;
  }
  m_engine.setSetting("quality", QString::fromStdString(tier ? word : std::string()));
  for (const CallView& call : m_engine.calls())
    if (call.state != CallState::Ended) m_engine.chooseQuality(call.call, tier);
  reply(dumped({{"quality", word}}));
}

}  // namespace foyer::engine
