// Calls that have ended: kept, shown, forgotten when the person wants it.
#include <algorithm>

#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

EndReason reasonOf(const std::string& name) {
  for (auto at = static_cast<int>(EndReason::None); at <= static_cast<int>(EndReason::AudioFailed);
       ++at)
    if (name == client::toString(static_cast<EndReason>(at))) return static_cast<EndReason>(at);
  return EndReason::None;
}

}  // namespace

void Engine::keepCall(const client::CallStatus& status) {
  store::StoredCall call;
  call.call = status.call;
  call.peer = status.peerFingerprint;
  const bool isIncoming = status.direction == client::CallDirection::Incoming;
  call.direction = isIncoming ? store::StoredDirection::Incoming : store::StoredDirection::Outgoing;
  call.startedAt = m_callBegan[status.call];
  call.endedAt = m_clock.wall();
  if (status.activeSince)
    call.activeAt =
        WallTime{call.endedAt.unixMs - toMilliseconds(m_clock.now() - *status.activeSince)};
  call.reason = client::toString(status.end);
  const CallView view = viewOf(status);
  call.peerName = view.peerAlias;
  call.isSeen = !isIncoming || status.end != EndReason::Missed;
  call = m_history.finished(std::move(call), view.stats);
  // Who does not want calls remembered still has to learn of one that was missed, while this runs.
  const bool isKept = isOn("call_history", true);
  if (!isKept && call.isSeen) return;
  m_history.add(call);
  if (isKept) m_store->addCall(call);
  Q_EMIT historyChanged();
}

std::vector<PastCallView> Engine::history() const {
  std::vector<PastCallView> views;
  views.reserve(m_history.calls().size());
  for (const store::StoredCall& call : m_history.calls()) {
    PastCallView view;
    view.call = call.call;
    view.peer = call.peer;
    view.alias = call.peerName;
    view.keyTag = keyTagOf(call.peer);
    if (const store::StoredContact* known = m_contacts.find(call.peer)) {
      const std::string& name = known->ownName.empty() ? known->lastAlias : known->ownName;
      if (!name.empty()) view.alias = name;
      view.trust = m_contacts.trustOf(known->key, known->lastAlias);
    }
    if (view.alias.empty()) view.alias = view.keyTag;
    if (call.direction == store::StoredDirection::Incoming)
      view.direction = CallDirection::Incoming;
    view.startedAtUnixMs = call.startedAt.unixMs;
    const std::int64_t from = call.activeAt.value_or(call.startedAt).unixMs;
    // A clock that was set back meanwhile makes it nothing, not negative.
    view.lastedMs = std::max<std::int64_t>(0, call.endedAt.unixMs - from);
    view.wasActive = call.activeAt.has_value();
    view.reason = reasonOf(call.reason);
    view.path = call.path;
    view.quality = call.quality;
    view.isSeen = call.isSeen;
    view.figures = call.figures;
    views.push_back(std::move(view));
  }
  return views;
}

void Engine::removePastCall(const CallId& call) {
  if (!m_history.remove(call)) return;
  m_store->removeCall(call);
  Q_EMIT historyChanged();
}

void Engine::clearHistory() {
  m_history.clear();
  m_store->clearCalls();
  Q_EMIT historyChanged();
}

void Engine::markHistorySeen() {
  if (!m_history.markSeen()) return;
  m_store->markCallsSeen();
  Q_EMIT historyChanged();
}

}  // namespace foyer::engine
