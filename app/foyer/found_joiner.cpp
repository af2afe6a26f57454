#include "app/foyer/found_joiner.h"

#include "app/foyer/text.h"

namespace foyer::app {

FoundJoiner::FoundJoiner(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  m_settling.setSingleShot(true);
  m_settling.setInterval(kSettleMs);
  connect(&m_settling, &QTimer::timeout, this, &FoundJoiner::settle);
  connect(&m_engine, &EngineInterface::discoveredChanged, this, &FoundJoiner::look);
  // The first start is over, or the key was opened.
  connect(&m_engine, &EngineInterface::identityChanged, this, &FoundJoiner::look);
  look();
}

void FoundJoiner::look() {
  if (m_isDone || m_engine.discovered().empty()) return;
  if (m_hasSettled)
    join();
  else if (!m_settling.isActive())
    m_settling.start();
}

void FoundJoiner::settle() {
  m_hasSettled = true;
  join();
}

void FoundJoiner::join() {
  if (m_isDone || m_engine.isFirstStart() || m_engine.identity().blocked) return;
  const auto found = m_engine.discovered();
  if (found.empty()) return;
  // From here on the person decides.
  m_isDone = true;
  // Who left a relay, or would not take its new key, knows relays though none is left.
  const bool isNewcomer = m_engine.relays().empty() && m_engine.hostedRelay().phase == "idle" &&
                          m_engine.setting(QStringLiteral("joined_before")) != QLatin1String("on");
  const bool isWanted = m_engine.setting(QStringLiteral("join_found")) != QLatin1String("off");
  if (!isNewcomer || !isWanted || found.size() != 1) return;
  m_engine.joinDiscovered(Fingerprint(found.front().fingerprint));
  emit said(tr("You are joining %1, the relay of this network.").arg(fromUtf8(found.front().name)));
}

}  // namespace foyer::app
