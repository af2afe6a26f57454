// Whether the desktop asks programs not to disturb: the property Inhibited of its notifications
// (KDE Plasma and those that follow it; GNOME tells nobody). UI thread; asks nothing while it
// waits.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace foyer::app {

class DesktopQuiet : public QObject {
  Q_OBJECT

 public:
  explicit DesktopQuiet(QObject* parent = nullptr) : QObject(parent) {}

  void start();
  [[nodiscard]] bool isQuiet() const { return m_isQuiet; }

 Q_SIGNALS:
  void changed();

 private Q_SLOTS:
  void propertiesChanged(const QString& interface, const QVariantMap& now,
                         const QStringList& invalid);

 private:
  void ask();
  void take(bool isQuiet);

  bool m_isQuiet = false;
};

}  // namespace foyer::app
