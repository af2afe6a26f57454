#include "app/foyer/restart_presenter.h"

#include "app/foyer/own_scale.h"

namespace foyer::app {

RestartPresenter::RestartPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == OwnScale::setting()) emit changed();
  });
  connect(&m_engine, &engine::EngineInterface::identityChanged, this, &RestartPresenter::changed);
}

void RestartPresenter::begin(const std::optional<QString>& scale) {
  m_hasBegun = true;
  m_scale = scale;
  emit changed();
}

bool RestartPresenter::due() const {
  return m_scale && m_engine.setting(OwnScale::setting()) != *m_scale;
}

QString RestartPresenter::sentence() const {
  if (due()) return tr("Takes effect after a restart.");
  if (m_hasBegun && !m_scale)
    return tr("Has no effect: the environment variable QT_SCALE_FACTOR sets the size.");
  return {};
}

void RestartPresenter::ask() {
  if (due()) emit wanted();
}

}  // namespace foyer::app
