// How large the window draws everything, on top of what the desktop asks for: the setting `scale`.
// Qt reads it once, before the application and so before a profile is open; therefore it also
// stands in a small file of the profile, written when the setting changes. UI thread.
#pragma once

#include <QObject>
#include <QString>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class OwnScale : public QObject {
  Q_OBJECT

 public:
  // `dataDir`: of the profile; empty: the platform's place.
  OwnScale(engine::EngineInterface& engine, const QString& dataDir, QObject* parent = nullptr);

  // Before the QGuiApplication. What QT_SCALE_FACTOR says already stays.
  static void apply(int argc, char** argv);
  // The factor for Qt that the file of this profile asks for, as "1.5"; empty: none.
  [[nodiscard]] static QByteArray factorOf(const QString& dataDir);

 private:
  void keep();

  engine::EngineInterface& m_engine;
  QString m_dataDir;
};

}  // namespace foyer::app
