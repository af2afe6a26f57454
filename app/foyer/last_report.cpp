#include "app/foyer/last_report.h"

#include <algorithm>
#include <utility>

#include "app/foyer/clock.h"
#include "app/foyer/explanation_text.h"
#include "app/foyer/telemetry_report.h"

namespace foyer::app {

using engine::CallView;

LastReport::LastReport(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::callsChanged, this, [this] { refresh(steadyNowMs()); });
  connect(&m_engine, &EngineInterface::historyChanged, this, &LastReport::forgetWithHistory);
}

QByteArray LastReport::text() const {
  return m_call ? withCapabilities(m_report, m_engine) : QByteArray();
}

void LastReport::refresh(std::int64_t nowMs) {
  std::vector<CallView> calls = m_engine.calls();
  std::vector<Running> still;
  for (Running& running : m_running) {
    const auto found = std::find_if(calls.begin(), calls.end(), [&](const CallView& call) {
      return call.call == running.view.call;
    });
    if (found == calls.end() || found->state == engine::CallState::Ended)
      keep(running, found == calls.end() ? nullptr : &*found);
    else
      still.push_back(std::move(running));
  }
  m_running = std::move(still);
  for (CallView& call : calls) {
    if (call.state != engine::CallState::Active) continue;
    auto found = std::find_if(m_running.begin(), m_running.end(), [&](const Running& running) {
      return running.view.call == call.call;
    });
    if (found == m_running.end()) found = m_running.emplace(m_running.end());
    const int count = found->readings.count();
    if (count == 0 || nowMs - found->readings.at(count - 1).atMs >= kEveryMs)
      found->readings.add(call, nowMs);
    found->view = std::move(call);
  }
}

void LastReport::keep(const Running& running, const CallView* ended) {
  if (m_engine.setting(QStringLiteral("call_history")) == QLatin1String("off")) return;
  const CallView& call = running.view;
  m_report = reportOf({.verdict = verdictOf(call.explanation),
                       .detail = sentenceOf(call.explanation),
                       .call = &call,
                       .end = ended == nullptr ? engine::EndReason::None : ended->reason},
                      running.readings, m_engine);
  m_call = call.call;
  m_wasListed = isListed();
  emit changed();
}

bool LastReport::isListed() const {
  const std::vector<engine::PastCallView> calls = m_engine.history();
  return std::any_of(calls.begin(), calls.end(),
                     [this](const engine::PastCallView& call) { return call.call == m_call; });
}

// It may be listed a moment after it has ended.
void LastReport::forgetWithHistory() {
  if (!m_call) return;
  if (isListed()) {
    m_wasListed = true;
  } else if (m_wasListed) {
    m_call.reset();
    m_report = {};
    emit changed();
  }
}

}  // namespace foyer::app
