// One key for every window through the desktop's portal (org.freedesktop.portal.GlobalShortcuts):
// the desktop asks the person, watches the key, and tells of its press and its release. Everything
// is asked without waiting; a desktop without that portal is told from one whose person said no. UI
// thread.
#pragma once

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QObject>
#include <QString>
#include <QVariantMap>

#include "app/foyer/portal_question.h"

namespace foyer::app {

class ShortcutPortal : public QObject {
  Q_OBJECT

 public:
  enum class State {
    Idle,
    Asking,
    Bound,
    Absent,   // this desktop has no such portal
    Refused,  // the person, or the desktop, said no
  };

  explicit ShortcutPortal(QObject* parent = nullptr);

  // `description` stands in the desktop's list of keys; `trigger` is only proposed.
  void ask(const QString& description, const QString& trigger);
  void leave();
  [[nodiscard]] State state() const { return m_state; }
  // The key in the desktop's own words; may be empty.
  [[nodiscard]] QString keyWords() const { return m_keyWords; }

 Q_SIGNALS:
  void changed();
  void pressed();
  void released();  // also when the desktop takes the key back while it is held

 private Q_SLOTS:
  void activated(const QDBusObjectPath& session, const QString& id, qulonglong timestamp,
                 const QVariantMap& options);
  void deactivated(const QDBusObjectPath& session, const QString& id, qulonglong timestamp,
                   const QVariantMap& options);
  void shortcutsChanged(const QDBusMessage& message);
  void sessionClosed();

 private:
  void setState(State state);
  void createSession();
  void bind();
  void letGo();
  void sessionAnswered(uint response, const QVariantMap& results);
  void bindAnswered(uint response, const QVariantMap& results);
  [[nodiscard]] bool isOurs(const QDBusObjectPath& session, const QString& id) const;

  PortalQuestion m_question;
  State m_state = State::Idle;
  QString m_description, m_trigger, m_keyWords;
  QString m_session;  // object path; empty: none
  bool m_isConnected = false;
  bool m_isDown = false;
};

}  // namespace foyer::app
