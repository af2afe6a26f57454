#include "core/engine/metered_network.h"

#include <QNetworkInformation>

namespace foyer::engine {

MeteredNetwork::MeteredNetwork(QObject* parent) : QObject(parent) {
  // Without a plugin or without NetworkManager there is nobody to ask.
  if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Metered)) return;
  const QNetworkInformation* system = QNetworkInformation::instance();
  connect(system, &QNetworkInformation::isMeteredChanged, this, &MeteredNetwork::set);
  m_isMetered = system->isMetered();
}

void MeteredNetwork::set(bool isMetered) {
  if (isMetered == m_isMetered) return;
  m_isMetered = isMetered;
  Q_EMIT changed();
}

}  // namespace foyer::engine
