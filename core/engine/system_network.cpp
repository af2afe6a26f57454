#include "core/engine/system_network.h"

#include <QNetworkInformation>

namespace foyer::engine {

using Feature = QNetworkInformation::Feature;

SystemNetwork::SystemNetwork(QObject* parent) : QObject(parent) {
  // Without a plugin or without NetworkManager there is nobody to ask.
  if (!QNetworkInformation::loadBackendByFeatures(Feature::Metered | Feature::CaptivePortal))
    return;
  const QNetworkInformation* system = QNetworkInformation::instance();
  connect(system, &QNetworkInformation::isMeteredChanged, this,
          [this](bool is) { set(m_isMetered, is); });
  connect(system, &QNetworkInformation::isBehindCaptivePortalChanged, this,
          [this](bool is) { set(m_isCaptive, is); });
  m_isMetered = system->isMetered();
  m_isCaptive = system->isBehindCaptivePortal();
}

void SystemNetwork::set(bool& value, bool is) {
  if (is == value) return;
  value = is;
  Q_EMIT changed();
}

}  // namespace foyer::engine
