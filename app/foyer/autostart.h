// Starting Foyer with the session: a file in the folder that the XDG autostart specification names.
// Setting autostart; a file that was taken away with the desktop's own settings turns it off. UI
// thread.
#pragma once

#include <QObject>
#include <QString>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class Autostart : public QObject {
  Q_OBJECT

 public:
  // `dataDir`: of the profile to be started; empty: the platform's place.
  Autostart(engine::EngineInterface& engine, const QString& dataDir, QObject* parent = nullptr);

  // Each profile has one of its own.
  [[nodiscard]] QString file() const;

 Q_SIGNALS:
  void failed(const QString& sentence);

 private:
  void apply();
  // Looks whether the file is still there, and not switched off in the desktop's own settings.
  void compare();
  [[nodiscard]] bool isInForce() const;
  [[nodiscard]] QByteArray entry() const;

  engine::EngineInterface& m_engine;
  QString m_dataDir;
  bool m_isComparing = false;
};

}  // namespace foyer::app
