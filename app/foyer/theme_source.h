// Light or dark, and how much may move: the person's setting, else what the desktop says through
// the settings portal, else what the palette looks like. UI thread; the portal is asked without
// waiting.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QDBusVariant>
#include <QObject>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class ThemeSource : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool dark READ dark NOTIFY changed)
  Q_PROPERTY(QString fontFamily READ fontFamily CONSTANT)
  Q_PROPERTY(bool reducedMotion READ reducedMotion NOTIFY changed)

 public:
  explicit ThemeSource(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] bool dark() const { return m_isDark; }
  [[nodiscard]] bool reducedMotion() const { return m_isReduced; }
  // The first family of the application's list that is there.
  [[nodiscard]] QString fontFamily() const;
  // Asks the desktop; after the first frame, so that no bus delays it.
  void askDesktop();

 Q_SIGNALS:
  void changed();

 private Q_SLOTS:
  void desktopChanged(const QString& group, const QString& key, const QDBusVariant& value);

 private:
  void refresh();

  engine::EngineInterface& m_engine;
  bool m_isPaletteDark = false;
  std::optional<bool> m_desktopSaysDark;
  bool m_isDark = false;
  bool m_isReduced = false;
};

}  // namespace foyer::app
