#include "app/foyer/diagnostics_presenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <algorithm>
#include <optional>

#include "app/foyer/capability_text.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

using net::ImpairmentSpec;

// Empty is none; nullopt: not a number.
std::optional<double> numberOf(const QString& text) {
  const QString trimmed = text.trimmed();
  if (trimmed.isEmpty()) return 0;
  bool isNumber = false;
  // "2,5" is what many keyboards give.
  const double number = QString(trimmed).replace(u',', u'.').toDouble(&isNumber);
  return isNumber ? std::optional(number) : std::nullopt;
}

std::optional<int> wholeOf(const QString& text) {
  const auto number = numberOf(text);
  // Not a number is neither less nor more than anything.
  if (!number || !(*number >= 0 && *number <= ImpairmentSpec::kMostRateKbps)) return std::nullopt;
  return static_cast<int>(*number);
}

QString shown(double number) { return QLocale::c().toString(number, 'g', 4); }

// For people: a sign beside the word.
QString glyphOf(engine::CapabilityState state) {
  switch (state) {
    case engine::CapabilityState::Available:
      return QStringLiteral("check");
    case engine::CapabilityState::Missing:
      return QStringLiteral("warning");
    case engine::CapabilityState::NotKnown:
      return QStringLiteral("info");
  }
  return {};
}

// Of name, value, name, value …
QString linesOf(const QString& title, const QStringList& cells) {
  QStringList lines{title};
  for (qsizetype at = 0; at + 1 < cells.size(); at += 2)
    lines.append(QStringLiteral("  ") + cells[at] + QStringLiteral(": ") + cells[at + 1]);
  return lines.join(u'\n');
}

}  // namespace

DiagnosticsPresenter::DiagnosticsPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::capabilitiesChanged, this,
          &DiagnosticsPresenter::readCapabilities);
  connect(&m_engine, &EngineInterface::relaysChanged, this, &DiagnosticsPresenter::versionsChanged);
  connect(&m_engine, &EngineInterface::impairmentChanged, this,
          &DiagnosticsPresenter::impairmentChanged);
}

QStringList DiagnosticsPresenter::pageNames() const {
  return {tr("Log"), tr("Past calls"), tr("This computer"), tr("Versions"), tr("For testers")};
}

void DiagnosticsPresenter::setPage(int page) {
  if (page == m_page || page < Log || page > Testing) return;
  m_page = static_cast<Page>(page);
  emit pageChanged();
  if (m_page == Computer) look();
}

void DiagnosticsPresenter::look() {
  m_engine.lookAtCapabilities();
  emit versionsChanged();
}

void DiagnosticsPresenter::readCapabilities() {
  QList<QStringList> shown;
  for (const engine::CapabilityView& view : m_engine.capabilities()) {
    const CapabilityText text = textOf(view);
    shown.append({glyphOf(view.state), text.title, text.state, text.sentence, text.advice});
  }
  if (shown == m_capabilities) return;
  m_capabilities = std::move(shown);
  emit capabilitiesChanged();
}

// ---- versions

QStringList DiagnosticsPresenter::ownVersions() const {
  const engine::VersionsView versions = m_engine.versions();
  return {
      tr("Foyer"), fromUtf8(versions.program), tr("Built from"),
      versions.commit.empty() ? tr("unknown: built outside a clone") : fromUtf8(versions.commit)};
}

QStringList DiagnosticsPresenter::relayVersions() const {
  QStringList cells;
  for (const engine::RelayVersionView& relay : m_engine.versions().relays) {
    const QString key = keyGroups(relay.relay).mid(0, 2).join(u' ');
    cells.append(relay.isOwn ? tr("Relay on this computer") : tr("Relay %1 …").arg(key));
    cells.append(!relay.build.empty() ? fromUtf8(relay.build)
                 : relay.isConnected  ? tr("not told")
                                      : tr("unknown: not connected"));
  }
  if (cells.isEmpty()) cells = {tr("Relay"), tr("none in use")};
  return cells;
}

QStringList DiagnosticsPresenter::protocolVersions() const {
  const engine::VersionsView versions = m_engine.versions();
  return {tr("Between people and relays"), QString::number(versions.protocol),
          tr("Control socket of scripts"), QString::number(versions.control)};
}

QStringList DiagnosticsPresenter::libraries() const {
  QStringList cells;
  for (const engine::LibraryVersion& library : m_engine.versions().libraries) {
    cells.append(fromUtf8(library.name));
    cells.append(library.version.empty() ? tr("not told") : fromUtf8(library.version));
  }
  return cells;
}

void DiagnosticsPresenter::copyVersions() {
  const QStringList groups{
      linesOf(tr("This program"), ownVersions()), linesOf(tr("Relays"), relayVersions()),
      linesOf(tr("Protocol"), protocolVersions()), linesOf(tr("Libraries"), libraries())};
  QGuiApplication::clipboard()->setText(groups.join(u'\n') + u'\n');
  emit said(tr("Copied the versions."));
}

// ---- worse on purpose

QString DiagnosticsPresenter::impairmentText() const {
  const ImpairmentSpec spec = m_engine.impairment().spec;
  QStringList parts;
  if (spec.delayMs > 0) parts.append(tr("%1 ms of delay").arg(spec.delayMs));
  if (spec.jitterMs > 0) parts.append(tr("up to %1 ms of jitter").arg(spec.jitterMs));
  if (spec.lossPercent > 0) parts.append(tr("%1 % loss").arg(shown(spec.lossPercent)));
  if (spec.rateKbps > 0) parts.append(tr("%1 kbit/s at most").arg(spec.rateKbps));
  return parts.join(QStringLiteral(" · "));
}

QStringList DiagnosticsPresenter::impairment() const {
  const ImpairmentSpec spec = m_engine.impairment().spec;
  const auto text = [](double value) { return value > 0 ? shown(value) : QString(); };
  return {text(spec.delayMs), text(spec.jitterMs), text(spec.lossPercent),
          spec.rateKbps > 0 ? QString::number(spec.rateKbps) : QString()};
}

void DiagnosticsPresenter::impair(const QString& delay, const QString& jitter, const QString& loss,
                                  const QString& rate) {
  const auto delayMs = wholeOf(delay), jitterMs = wholeOf(jitter), rateKbps = wholeOf(rate);
  const auto lossPercent = numberOf(loss);
  ImpairmentSpec spec;
  const bool areNumbers = delayMs && jitterMs && rateKbps && lossPercent;
  if (areNumbers) spec = {*delayMs, *jitterMs, *lossPercent, *rateKbps};
  if (!areNumbers || !spec.isValid()) {
    m_impairmentError =
        tr("The limits are: delay %1 ms, jitter %2 ms, loss 100 %, rate %3 to %4 kbit/s or empty.")
            .arg(ImpairmentSpec::kMostDelayMs)
            .arg(ImpairmentSpec::kMostJitterMs)
            .arg(ImpairmentSpec::kLeastRateKbps)
            .arg(ImpairmentSpec::kMostRateKbps);
    emit impairmentChanged();
    return;
  }
  m_impairmentError = spec.isOn() ? QString() : tr("That changes nothing: type a number.");
  m_engine.impair(spec);
  emit impairmentChanged();
}

void DiagnosticsPresenter::stopImpairing() {
  m_impairmentError.clear();
  m_engine.impair({});
  emit impairmentChanged();
}

}  // namespace foyer::app
