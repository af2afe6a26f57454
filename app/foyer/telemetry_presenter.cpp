#include "app/foyer/telemetry_presenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <algorithm>
#include <cmath>

#include "app/foyer/clock.h"
#include "app/foyer/explanation_text.h"
#include "app/foyer/telemetry_report.h"
#include "core/wire/tiers.h"

namespace foyer::app {

using engine::CallView;

namespace {

constexpr int kRowSamples = 5000 / TelemetryPresenter::kSampleMs;  // of the table: 5 s
constexpr std::int64_t kFiguresMs = 1000;
constexpr double kWorthTelling = 0.02;  // a past loss this much above the present one
constexpr float kLeastDelayMs = 120, kLeastPercent = 10, kLeastKbps = 80;

// 120, 150, 200, 300 …: an axis whose end does not move with every reading.
float niceTop(float value, float least) {
  float top = least;
  for (const float step : {1.25f, 1.6f, 2.5f, 4.f, 6.f, 10.f, 16.f, 25.f, 40.f, 80.f}) {
    if (value <= top) break;
    top = std::round(least * step);
  }
  return top;
}

QString number(float value) { return QString::number(std::llround(value)); }

}  // namespace

TelemetryPresenter::TelemetryPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_report(engine) {
  connect(&m_report, &ReportPresenter::said, this, &TelemetryPresenter::said);
  m_timer.setInterval(kSampleMs);
  connect(&m_timer, &QTimer::timeout, this, &TelemetryPresenter::ask);
  forget();
}

void TelemetryPresenter::setSeen(bool seen) {
  if (seen == m_isSeen) return;
  m_isSeen = seen;
  pace();
  emit openChanged();
}

void TelemetryPresenter::setPaused(bool paused) {
  if (paused == m_isPaused) return;
  m_isPaused = paused;
  pace();
  emit pausedChanged();
}

void TelemetryPresenter::toggle() {
  if (m_isOpen) return close();
  m_isOpen = true;
  m_engine.lookAtCapabilities();  // a report has them
  forget();
  setPaused(false);
  pace();
  emit openChanged();
  emit figuresChanged();
}

void TelemetryPresenter::close() {
  if (!m_isOpen) return;
  m_isOpen = false;
  pace();
  emit openChanged();
}

// Closed, paused or covered it costs nothing.
void TelemetryPresenter::pace() {
  const bool runs = m_isOpen && m_isSeen && !m_isPaused;
  if (runs != m_timer.isActive()) runs ? m_timer.start() : m_timer.stop();
}

void TelemetryPresenter::forget() {
  m_readings = {};
  m_figuresAtMs = 0;
  m_severity = 0;
  m_title = tr("Listening");
  m_detail = tr("Waiting for the first packets");
  m_now = QStringList(kPlots, QString());
  m_spoken = QStringList(kPlots, QString());
  m_figures = m_namelessFigures = QStringList(figureTitles().size(), QString());
  m_table.clear();
}

void TelemetryPresenter::ask() {
  const QPointer<TelemetryPresenter> self(this);
  m_engine.refreshFigures([self] {
    if (self && self->m_timer.isActive()) self->sample(steadyNowMs());
  });
}

void TelemetryPresenter::sample(std::int64_t nowMs) {
  const std::vector<CallView> calls = m_engine.calls();
  const auto found = std::find_if(calls.begin(), calls.end(), [](const CallView& call) {
    return call.state == engine::CallState::Active;
  });
  if (found == calls.end()) return close();
  const bool isFirst = m_readings.call() != found->call;
  if (isFirst) forget();
  m_readings.add(*found, nowMs);
  const bool isDue = isFirst || nowMs - m_figuresAtMs >= kFiguresMs;
  if (isDue) {
    m_figuresAtMs = nowMs;
    tell(*found);
  }
  emit sampled();
}

void TelemetryPresenter::tell(const CallView& call) {
  judge(call);
  showNow(at(count() - 1), call);
  showFigures(call);
  emit figuresChanged();
}

void TelemetryPresenter::retranslate() {
  emit titlesChanged();
  if (count() == 0) return forget();
  for (const CallView& call : m_engine.calls())
    if (call.call == m_readings.call()) tell(call);
}

void TelemetryPresenter::judge(const CallView& call) {
  m_severity = static_cast<int>(call.explanation.severity);
  m_title = verdictOf(call.explanation);
  m_detail = sentenceOf(call.explanation);
  if (m_detail.isEmpty()) m_detail = tr("Too little was heard to judge.");
  int worstSeverity = 0;
  int worstLossAt = 0;
  for (int index = 0; index < count(); ++index) {
    worstSeverity = std::max(worstSeverity, at(index).severity);
    if (at(index).lossPercent > at(worstLossAt).lossPercent) worstLossAt = index;
  }
  if (worstSeverity > m_severity && call.explanation.cause != client::ExplainedCause::Unknown)
    m_title = m_severity == 0 ? tr("Good again") : tr("%1, and getting better").arg(m_title);
  const TelemetrySample &worst = at(worstLossAt), &latest = at(count() - 1);
  if (worst.lossPercent / 100 > call.stats.rx.loss + kWorthTelling)
    m_detail = tr("%1 % loss %2 s ago. %3")
                   .arg(percentText(worst.lossPercent / 100))
                   .arg((latest.atMs - worst.atMs) / 1000)
                   .arg(m_detail);
}

void TelemetryPresenter::showNow(const TelemetrySample& s, const CallView& call) {
  float worstLoss = 0;
  for (int index = 0; index < count(); ++index)
    worstLoss = std::max(worstLoss, at(index).lossPercent);
  m_now = {
      tr("%1 ms · buffer %2 ms").arg(number(s.delayMs), number(s.bufferMs)),
      tr("%1 % · worst %2 %").arg(percentText(s.lossPercent / 100), percentText(worstLoss / 100)),
      tr("%1 kbit/s · %2").arg(number(s.sentKbps), tierText(call.stats.tier)),
      tr("you %1 · them %2 dB").arg(levelText(s.ownDb), levelText(s.peerDb))};
}

void TelemetryPresenter::showFigures(const CallView& call) {
  const FigureNames names = figureNamesOf(m_engine, call);
  m_figures = figureTexts(call, names);
  m_namelessFigures = figureTexts(call, {.relay = {.overTcpPort = names.relay.overTcpPort}});
  m_spoken = m_now;
  m_table.clear();
  for (int end = count(); end > 0; end -= kRowSamples) {
    TelemetrySample mean;
    int underruns = 0;
    const int begin = std::max(0, end - kRowSamples);
    const auto n = static_cast<float>(end - begin);
    for (int index = begin; index < end; ++index) {
      const TelemetrySample& s = at(index);
      mean.delayMs += s.delayMs / n;
      mean.bufferMs += s.bufferMs / n;
      mean.lossPercent += s.lossPercent / n;
      mean.latePercent += s.latePercent / n;
      mean.concealedPercent += s.concealedPercent / n;
      mean.sentKbps += s.sentKbps / n;
      mean.heardKbps += s.heardKbps / n;
      // The loudest: a mean would be that of the pauses.
      mean.ownDb = std::max(mean.ownDb, s.ownDb);
      mean.peerDb = std::max(mean.peerDb, s.peerDb);
      underruns += s.isUnderrun ? 1 : 0;
    }
    const auto tier = static_cast<wire::Tier>(at(end - 1).tier);
    m_table.append({QString::number((at(count() - 1).atMs - at(end - 1).atMs) / 1000),
                    number(mean.delayMs), number(mean.bufferMs),
                    percentText(mean.lossPercent / 100), percentText(mean.latePercent / 100),
                    percentText(mean.concealedPercent / 100), number(mean.sentKbps),
                    number(mean.heardKbps), tierText(tier), levelText(mean.ownDb),
                    levelText(mean.peerDb), QString::number(underruns)});
  }
}

QStringList TelemetryPresenter::tableHead() const {
  return {tr("ago"),  tr("delay"), tr("buffer"), tr("lost"), tr("late"), tr("filled in"),
          tr("sent"), tr("heard"), tr("tier"),   tr("you"),  tr("them"), tr("empty")};
}

QStringList TelemetryPresenter::tableUnits() const {
  const QString ms = tr("ms"), percent = tr("%"), rate = tr("kbit/s"), level = tr("dB");
  return {tr("s"), ms, ms, percent, percent, percent, rate, rate, {}, level, level, {}};
}

QString TelemetryPresenter::spokenRow(const QStringList& cells) const {
  const QStringList head = tableHead(), units = tableUnits();
  QStringList spoken;
  for (qsizetype at = 0; at < std::min(head.size(), cells.size()); ++at) {
    QStringList words{head[at], cells[at], units[at]};
    // A screen reader passes a dash over.
    if (cells[at] == levelText(kLevelFloorDb)) words = {head[at], tr("silent")};
    words.removeAll(QString());
    spoken.append(words.join(u' '));
  }
  return spoken.join(QStringLiteral(", "));
}

float TelemetryPresenter::top(Plot plot) const {
  float most = 0;
  for (int index = 0; index < count(); ++index) {
    const TelemetrySample& s = at(index);
    switch (plot) {
      case Delay:
        most = std::max({most, s.delayMs, s.bufferMs});
        break;
      case Loss:
        most = std::max({most, s.lossPercent, s.latePercent, s.concealedPercent});
        break;
      case Rate:
        most = std::max({most, s.sentKbps, s.heardKbps});
        break;
      case Level:
        break;
    }
  }
  switch (plot) {
    case Delay:
      return niceTop(most, kLeastDelayMs);
    case Loss:
      return std::min(100.f, niceTop(most, kLeastPercent));
    case Rate:
      return niceTop(most, kLeastKbps);
    case Level:
      break;
  }
  return -kLevelFloorDb;  // sixty decibels from the floor up to full scale
}

QStringList TelemetryPresenter::tops() const {
  return {number(top(Delay)), tr("%1 %").arg(number(top(Loss))), number(top(Rate)), tr("0 dB")};
}

QStringList TelemetryPresenter::figureNames() const { return figureTitles(); }

void TelemetryPresenter::copyReport() {
  QGuiApplication::clipboard()->setText(reportText(*this));
  emit said(tr("Copied. It names nobody: figures only."));
}

void TelemetryPresenter::prepareReport() {
  const std::vector<CallView> calls = m_engine.calls();
  const auto found = std::find_if(calls.begin(), calls.end(), [this](const CallView& call) {
    return m_readings.call() == call.call;
  });
  const CallReport report{
      .verdict = m_title, .detail = m_detail, .call = found == calls.end() ? nullptr : &*found};
  m_report.prepare(withCapabilities(reportOf(report, m_readings, m_engine), m_engine));
}

}  // namespace foyer::app
