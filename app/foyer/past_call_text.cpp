#include "app/foyer/past_call_text.h"

#include <QCoreApplication>

#include "app/foyer/explanation_text.h"
#include "app/foyer/history_model.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::CallFigures;
using engine::NamedCount;

namespace {

struct PastCall {
  Q_DECLARE_TR_FUNCTIONS(PastCall)
};

QString joined(const QStringList& parts) { return parts.join(QStringLiteral(" · ")); }

QString shareText(std::uint32_t figure) {
  return percentText(static_cast<double>(figure) / engine::kWholeShare);
}

QString lossText(std::uint32_t mean, std::uint32_t worst) {
  return PastCall::tr("%1 % on average, %2 % at worst").arg(shareText(mean), shareText(worst));
}

QString msText(std::optional<std::uint32_t> mean, std::optional<std::uint32_t> worst) {
  if (!mean || !worst) return PastCall::tr("not known");
  return PastCall::tr("%1 ms on average, %2 ms at worst").arg(*mean).arg(*worst);
}

// "direct 12:31 · through the relay 0:03"; with one name alone the time is that of the call.
template <class TextOf>
QString timesText(const std::vector<NamedCount>& counts, const TextOf& textOf) {
  QStringList parts;
  for (const NamedCount& one : counts) {
    const QString known = textOf(one.name);
    const QString name = known.isEmpty() ? fromUtf8(one.name) : known;
    parts.append(counts.size() == 1 ? name : name + u' ' + durationText(one.count));
  }
  return joined(parts);
}

// Of a cause's stable name.
QString whyText(const std::string& name) {
  using client::QualityCause;
  for (auto at = static_cast<int>(QualityCause::Start);
       at <= static_cast<int>(QualityCause::Metered); ++at) {
    const auto cause = static_cast<QualityCause>(at);
    if (name != client::toString(cause)) continue;
    if (cause == QualityCause::Choice) return PastCall::tr("chosen by you");
    return causeText(cause);
  }
  return {};
}

QString changesText(const std::vector<NamedCount>& changes) {
  if (changes.empty()) return PastCall::tr("none");
  QStringList parts;
  for (const NamedCount& one : changes) {
    const QString known = whyText(one.name);
    const QString why = known.isEmpty() ? fromUtf8(one.name) : known;
    parts.append(one.count == 1 ? why : QStringLiteral("%1 × %2").arg(one.count).arg(why));
  }
  return joined(parts);
}

}  // namespace

QStringList pastFigureNames() {
  return {PastCall::tr("Verdict"),
          PastCall::tr("Measured"),
          PastCall::tr("Path"),
          PastCall::tr("Round trip"),
          PastCall::tr("Lost, incoming"),
          PastCall::tr("Lost, outgoing"),
          PastCall::tr("Filled in for lost sound"),
          PastCall::tr("Jitter buffer"),
          PastCall::tr("Bit rate"),
          PastCall::tr("Quality you sent"),
          PastCall::tr("Quality changes")};
}

QStringList pastFigureTexts(const CallFigures& figures, const std::string& quality) {
  const QString verdict = qualityText(quality);
  return {verdict.isEmpty() ? PastCall::tr("not known") : verdict,
          PastCall::tr("%1 with sound").arg(durationText(figures.seconds)),
          timesText(figures.paths, [](const std::string& name) { return pathText(name); }),
          msText(figures.delayMeanMs, figures.delayWorstMs),
          lossText(figures.lossHeardMean, figures.lossHeardWorst),
          lossText(figures.lossSentMean, figures.lossSentWorst),
          PastCall::tr("%1 % of what you heard").arg(shareText(figures.concealed)),
          msText(figures.bufferMeanMs, figures.bufferWorstMs),
          PastCall::tr("sent %1, received %2 kbit/s on average")
              .arg(figures.sentKbps)
              .arg(figures.heardKbps),
          timesText(figures.tiers, [](const std::string& name) { return tierText(name); }),
          changesText(figures.changes)};
}

}  // namespace foyer::app
