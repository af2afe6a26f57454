#include "core/engine/figures_json.h"

#include <optional>
#include <vector>

namespace foyer::engine {
namespace {

QJsonObject countsJson(const std::vector<store::NamedCount>& counts) {
  QJsonObject json;
  for (const store::NamedCount& one : counts)
    json.insert(QString::fromStdString(one.name), static_cast<double>(one.count));
  return json;
}

double share(std::uint32_t figure) { return static_cast<double>(figure) / store::kWholeShare; }

QJsonValue orNull(const std::optional<std::uint32_t>& value) {
  return value ? QJsonValue(static_cast<double>(*value)) : QJsonValue();
}

}  // namespace

QJsonObject figuresJson(const store::CallFigures& figures) {
  return {{"seconds", static_cast<double>(figures.seconds)},
          {"rtt_mean_ms", orNull(figures.delayMeanMs)},
          {"rtt_worst_ms", orNull(figures.delayWorstMs)},
          {"jitter_buffer_mean_ms", orNull(figures.bufferMeanMs)},
          {"jitter_buffer_worst_ms", orNull(figures.bufferWorstMs)},
          {"loss_heard_mean", share(figures.lossHeardMean)},
          {"loss_heard_worst", share(figures.lossHeardWorst)},
          {"loss_sent_mean", share(figures.lossSentMean)},
          {"loss_sent_worst", share(figures.lossSentWorst)},
          {"concealed", share(figures.concealed)},
          {"sent_kbps", static_cast<double>(figures.sentKbps)},
          {"heard_kbps", static_cast<double>(figures.heardKbps)},
          {"path_seconds", countsJson(figures.paths)},
          {"tier_seconds", countsJson(figures.tiers)},
          {"tier_changes", countsJson(figures.changes)}};
}

}  // namespace foyer::engine
