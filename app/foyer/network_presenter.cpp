#include "app/foyer/network_presenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

#include "app/foyer/clock.h"

namespace foyer::app {

namespace {

constexpr int kTickMs = 250;
// What a check takes where something is silent; most are sooner done.
constexpr double kQuickMs = 6000, kSlowMs = 130'000;
constexpr double kNotDoneYet = 0.95;

}  // namespace

NetworkPresenter::NetworkPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  m_ticks.setInterval(kTickMs);
  connect(&m_ticks, &QTimer::timeout, this, &NetworkPresenter::ticked);
  connect(&m_engine, &engine::EngineInterface::networkCheckChanged, this,
          &NetworkPresenter::refresh);
  refresh();
}

bool NetworkPresenter::isRunning() const {
  return m_view.state == engine::NetworkCheckState::Running;
}

double NetworkPresenter::progress() const {
  if (!isRunning() || !m_view.startedAtMs) return 0;
  const auto elapsed = static_cast<double>(steadyNowMs() - *m_view.startedAtMs);
  return std::clamp(elapsed / (m_view.isSlow ? kSlowMs : kQuickMs), 0.0, kNotDoneYet);
}

QString NetworkPresenter::when() const {
  if (!isRunning()) return whenText(m_view);
  const std::int64_t elapsedMs =
      m_view.startedAtMs ? std::max<std::int64_t>(0, steadyNowMs() - *m_view.startedAtMs) : 0;
  const auto seconds = static_cast<qlonglong>(elapsedMs / 1000);
  return m_view.isSlow ? tr("Checking for two minutes, %1 s so far").arg(seconds)
                       : tr("Checking, %1 s so far").arg(seconds);
}

void NetworkPresenter::setAddressesShown(bool shown) {
  if (shown == m_areAddressesShown) return;
  m_areAddressesShown = shown;
  refresh();
}

void NetworkPresenter::check(bool isSlow) { m_engine.startNetworkCheck(isSlow); }

void NetworkPresenter::copyReport() {
  QGuiApplication::clipboard()->setText(networkReport(m_view, m_areAddressesShown));
  emit said(m_areAddressesShown ? tr("Copied, with your addresses in it.")
                                : tr("Copied. It names no address."));
}

void NetworkPresenter::refresh() {
  m_view = m_engine.networkCheck();
  m_verdict = verdictOf(m_view);
  m_findings = findingsOf(m_view, m_areAddressesShown);
  m_advice = adviceOf(m_view);
  if (isRunning() != m_ticks.isActive()) isRunning() ? m_ticks.start() : m_ticks.stop();
  emit changed();
  emit ticked();
}

}  // namespace foyer::app
