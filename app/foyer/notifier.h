// The desktop's own notification of an incoming call, with Accept and Decline, over
// org.freedesktop.Notifications; and a plain one for a missed call. Every message is sent without
// waiting; a desktop without notifications changes nothing. UI thread.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

#include "app/foyer/app_presenter.h"

namespace foyer::app {

class Notifier : public QObject {
  Q_OBJECT

 public:
  explicit Notifier(AppPresenter& app, QObject* parent = nullptr);

 Q_SIGNALS:
  void windowWanted();  // the notification itself was clicked

 private Q_SLOTS:
  void actionInvoked(uint id, const QString& action);
  void notificationClosed(uint id, uint reason);

 private:
  void refresh();
  void show();
  void withdraw();
  void tellMissed();
  void tellRelayFault();
  // What is only told: its words replace those before them, none take it back.
  struct Told {
    QString words;
    uint id = 0;  // 0 = none or not yet answered
  };
  void tell(Told& told, const QString& body, const char* category);
  static void close(uint id);
  void listen(QDBusConnection& bus);

  AppPresenter& m_app;
  uint m_id = 0;  // of the shown one, 0 = none or not yet answered
  Told m_missed, m_relayFault;
  bool m_isRinging = false;
  QString m_caller;        // whom the shown one names
  bool m_hasRung = false;  // since missed calls were last told
  bool m_isConnected = false;
};

}  // namespace foyer::app
