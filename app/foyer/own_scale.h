// How large the window draws everything, on top of what the desktop asks for: the setting `scale`.
// Qt reads it once, before the application and so before a profile is open; therefore it also
// stands in a small file of the profile, written when the setting changes. UI thread.
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class OwnScale : public QObject {
  Q_OBJECT

 public:
  // `dataDir`: of the profile; empty: the platform's place.
  OwnScale(engine::EngineInterface& engine, const QString& dataDir, QObject* parent = nullptr);

  // Before the QGuiApplication. Returns what counts in this run, as the setting says it; none where
  // QT_SCALE_FACTOR was set before and therefore stays.
  static std::optional<QString> apply(int argc, char** argv);
  // Before the program starts anew: what apply() has set is not what the next one finds.
  static void undo();
  // Percent that the file of this profile asks for, as the setting says it; empty: 100.
  [[nodiscard]] static QString percentOf(const QString& dataDir);
  [[nodiscard]] static QString setting() { return QStringLiteral("scale"); }

 private:
  void keep();

  engine::EngineInterface& m_engine;
  QString m_dataDir;
};

}  // namespace foyer::app
