// A question to the desktop's portal whose answer comes later, by a signal at a path that both
// sides know beforehand: one at a time, without waiting. UI thread.
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QString>
#include <QVariantMap>

namespace foyer::app {

class PortalQuestion : public QObject {
  Q_OBJECT

 public:
  static const QString kService, kPath;

  // Of the portal's `interface`.
  explicit PortalQuestion(const QString& interface, QObject* parent = nullptr);

  // Connects, and watches the portal from now on. False: there is no bus.
  [[nodiscard]] bool reach();
  [[nodiscard]] QDBusConnection& bus() { return m_bus; }
  [[nodiscard]] QDBusMessage call(const QString& method) const;
  // Listens for the answer to what is sent next; returns the token that goes along with it.
  [[nodiscard]] QString awaitAnswer();
  void send(const QDBusMessage& question);
  // What was asked holds no more: its dialog is closed, its answer is not looked at.
  void withdraw();

 Q_SIGNALS:
  void answered(uint response, const QVariantMap& results);
  void failed();  // the question was not taken
  void gone();    // the portal itself went away

 private Q_SLOTS:
  void responded(uint response, const QVariantMap& results);

 private:
  void stopListening();

  QString m_interface;
  QDBusConnection m_bus{QString()};  // none until the portal is first asked for something
  QDBusServiceWatcher m_watcher;
  QString m_requestPath;  // of the question that is under way; empty: none
  int m_round = 0;        // a failure of an earlier question is not told
};

}  // namespace foyer::app
