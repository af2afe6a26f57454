#include "app/foyer/quality_presenter.h"

#include <algorithm>
#include <cmath>

#include "app/foyer/clock.h"
#include "app/foyer/explanation_text.h"
#include "core/wire/tiers.h"

namespace foyer::app {

using engine::CallStats;
using engine::CallView;

namespace {

constexpr int kStops = 7;
static_assert(static_cast<int>(wire::Tier::Catastrophic) == kStops - 1, "the stops are the ladder");

wire::Tier tierOf(int stop) { return static_cast<wire::Tier>(std::clamp(stop, 0, kStops - 1)); }

// Codec2 3200 stands beside the ladder; the nearest stop is its little sister.
int stopOf(wire::Tier tier) { return std::min(static_cast<int>(tier), kStops - 1); }

qlonglong kilo(double bitsPerSecond) { return std::llround(bitsPerSecond / 1000); }

QString agoText(std::int64_t ms) {
  constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond;
  if (ms < kMinute)
    return QualityPresenter::tr("%1 s").arg(std::max<std::int64_t>(1, ms / kSecond));
  return QualityPresenter::tr("%1 min").arg(ms / kMinute);
}

QString costText(wire::Tier tier) {
  const double voice = wire::tierInfo(tier).bitrateBps, all = wire::wireBitrateBps(tier);
  return QualityPresenter::tr("%1 kbit/s voice + %2 overhead = %3 kbit/s in total.")
      .arg(kilo(voice))
      .arg(kilo(all) - kilo(voice))
      .arg(kilo(all));
}

// With what protects the voice, when there is such a thing.
QString liveCostText(wire::Tier tier, const CallStats& stats) {
  const double voice = wire::tierInfo(tier).bitrateBps;
  const double protection = stats.sending.payloadBps - voice;
  if (protection < 1000 || stats.tx.bitrateKbps <= 0) return costText(tier);
  // Datagrams are counted without IP, UDP and QUIC: 57 bytes each.
  constexpr double kBelowBits = 57 * 8;
  const double perSecond =
      1 / std::chrono::duration<double>(wire::durationOf(wire::tierInfo(tier).packetTime)).count();
  const double all = std::max(stats.tx.bitrateKbps * 1000 + kBelowBits * perSecond,
                              static_cast<double>(stats.sending.payloadBps));
  return QualityPresenter::tr(
             "%1 kbit/s voice + %2 against loss + %3 overhead = %4 kbit/s in total.")
      .arg(kilo(voice))
      .arg(kilo(protection))
      .arg(kilo(all) - kilo(voice) - kilo(protection))
      .arg(kilo(all));
}

QString protectionText(const client::SendFigures& sending) {
  QStringList parts;
  if (sending.copies > 0)
    parts.append(QualityPresenter::tr("%n copies of each frame", nullptr, sending.copies));
  if (sending.hasLbrr) parts.append(QualityPresenter::tr("a spare frame in each packet"));
  if (sending.dred > Duration{})
    parts.append(
        QualityPresenter::tr("%1 ms of deep redundancy").arg(toMilliseconds(sending.dred)));
  if (parts.isEmpty()) return QualityPresenter::tr("No repeats needed: the connection is good.");
  return QualityPresenter::tr("Against loss: %1.").arg(parts.join(QStringLiteral(", ")));
}

}  // namespace

QualityPresenter::QualityPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  connect(&m_engine, &engine::EngineInterface::callsChanged, this, &QualityPresenter::refresh);
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, &QualityPresenter::refresh);
  refresh();
}

QStringList QualityPresenter::shortNames() const {
  QStringList names;
  for (int stop = 0; stop < kStops; ++stop)
    names.append(kiloText(wire::tierInfo(tierOf(stop)).bitrateBps));
  return names;
}

QString QualityPresenter::costOf(int stop) const {
  return tierText(tierOf(stop)) + QStringLiteral(": ") + costText(tierOf(stop));
}

QString QualityPresenter::spoken(int stop) const {
  const QString who = m_shown.automatic ? tr("chosen by Foyer") : tr("chosen by you");
  return tr("%1, %2, %3 kilobits per second in total")
      .arg(tierText(tierOf(stop)), who)
      .arg(kilo(wire::wireBitrateBps(tierOf(stop))));
}

void QualityPresenter::choose(int stop) {
  if (m_call) m_engine.chooseQuality(CallId(*m_call), tierOf(stop));
}

void QualityPresenter::chooseAuto() {
  if (m_call) m_engine.chooseQuality(CallId(*m_call), std::nullopt);
}

void QualityPresenter::makeUsual() {
  m_engine.setSetting(QStringLiteral("quality"),
                      m_choice ? QString::fromUtf8(wire::toString(*m_choice).data()) : QString());
}

void QualityPresenter::refresh() {
  const std::vector<CallView> calls = m_engine.calls();
  const auto active = std::find_if(calls.begin(), calls.end(), [](const CallView& call) {
    return call.state == engine::CallState::Active;
  });
  Shown shown;
  m_call.reset();
  m_choice.reset();
  if (active != calls.end()) {
    m_call = active->call;
    const CallStats& stats = active->stats;
    const client::SendFigures& sending = stats.sending;
    const wire::Tier tier = wire::parseTier(stats.tier).value_or(wire::Tier::Good);
    m_choice = sending.choice;
    shown.automatic = !sending.choice;
    shown.stop = stopOf(tier);
    shown.tier = tierText(tier);
    const QString cause = causeText(sending.cause);
    const QString ago =
        stats.qualityChangedAtMs && sending.changes > 0
            ? agoText(std::max<std::int64_t>(0, steadyNowMs() - *stats.qualityChangedAtMs))
            : QString();
    if (sending.choice && *sending.choice != tier)
      shown.sentence =
          cause.isEmpty()
              ? tr("You chose %1, %2 is sent. ").arg(tierText(*sending.choice), shown.tier)
              : tr("You chose %1, %2 is sent: %3. ")
                    .arg(tierText(*sending.choice), shown.tier, cause);
    else if (sending.choice)
      shown.sentence = tr("You chose %1. ").arg(shown.tier);
    else if (cause.isEmpty() || ago.isEmpty())
      shown.sentence = tr("Auto chose %1. ").arg(shown.tier);
    else
      shown.sentence = tr("Auto chose %1 %2 ago: %3. ").arg(shown.tier, ago, cause);
    shown.sentence +=
        active->isHeld ? tr("Silence is sent while you hold the call.") : liveCostText(tier, stats);
    shown.recovery = protectionText(sending);
    const auto usual = wire::parseTier(m_engine.setting(QStringLiteral("quality")).toStdString());
    shown.isUsual = usual == sending.choice;
  }
  if (shown == m_shown) return;
  m_shown = shown;
  emit changed();
}

}  // namespace foyer::app
