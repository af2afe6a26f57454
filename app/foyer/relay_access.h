// Who may come into the relay on this computer, and how it runs: invites, limits, port, starting
// with Foyer, the log of its runs. All of it settings, in words. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class RelayAccess : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool inviteOnly READ isInviteOnly WRITE setInviteOnly NOTIFY changed)
  // {link, "Until today, 14:05", "good" or "over"}, newest first; a link is empty while the relay
  // does not serve.
  Q_PROPERTY(QList<QStringList> invites READ invites NOTIFY changed)
  Q_PROPERTY(QString inviteError READ inviteError NOTIFY changed)
  Q_PROPERTY(bool startsWithFoyer READ startsWithFoyer WRITE setStartsWithFoyer NOTIFY changed)
  Q_PROPERTY(bool announces READ announces WRITE setAnnounces NOTIFY changed)
  Q_PROPERTY(QString port READ port NOTIFY changed)  // empty: none was chosen yet
  Q_PROPERTY(QString portError READ portError NOTIFY portErrorChanged)
  Q_PROPERTY(QList<QString> peopleNames READ peopleNames NOTIFY changed)
  Q_PROPERTY(int people READ people NOTIFY changed)  // index into them
  Q_PROPERTY(QList<QString> rateNames READ rateNames NOTIFY changed)
  Q_PROPERTY(int rate READ rate NOTIFY changed)
  // {"today, 14:02 · 2:10:05 · at most 8 people · You stopped it", sign}; the sign is "check",
  // "info" or "warning".
  Q_PROPERTY(QList<QStringList> runs READ runs NOTIFY changed)

 public:
  enum Life { Hour, Day, Endless };
  Q_ENUM(Life)
  static constexpr std::size_t kMaxRunsShown = 8;

  explicit RelayAccess(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] bool isInviteOnly() const { return isOn("relay_invite_only", false); }
  void setInviteOnly(bool isOn) { set("relay_invite_only", isOn ? "on" : ""); }
  [[nodiscard]] QList<QStringList> invites() const;
  [[nodiscard]] QString inviteError() const { return m_inviteError; }
  [[nodiscard]] bool startsWithFoyer() const { return isOn("host_relay", false); }
  void setStartsWithFoyer(bool isOn) { set("host_relay", isOn ? "on" : ""); }
  [[nodiscard]] bool announces() const { return isOn("relay_announce", true); }
  void setAnnounces(bool isOn) { set("relay_announce", isOn ? "" : "off"); }
  [[nodiscard]] QString port() const;
  [[nodiscard]] QString portError() const { return m_portError; }
  [[nodiscard]] QStringList peopleNames() const;
  [[nodiscard]] int people() const;
  [[nodiscard]] QStringList rateNames() const;
  [[nodiscard]] int rate() const;
  [[nodiscard]] QList<QStringList> runs() const;

  Q_INVOKABLE void makeInvite(int life);
  Q_INVOKABLE void copyInvite(int index);
  Q_INVOKABLE void revokeInvite(int index);
  // True when it is one: from the next start on. Empty: any that is free.
  Q_INVOKABLE bool choosePort(const QString& typed);
  Q_INVOKABLE void forgetPortError();
  Q_INVOKABLE void choosePeople(int index);
  Q_INVOKABLE void chooseRate(int index);

 Q_SIGNALS:
  void changed();
  // Apart: what is typed stays while it is wrong.
  void portErrorChanged();
  void said(const QString& text);

 private:
  void refresh();
  [[nodiscard]] bool isOn(const char* key, bool byItself) const;
  void set(const char* key, const char* value);
  // "today, 14:05", "3 November, 14:05"
  [[nodiscard]] QString untilText(const engine::RelayInviteView& invite) const;
  [[nodiscard]] QString whyText(const engine::RelayRunView& run) const;

  engine::EngineInterface& m_engine;
  engine::HostedRelayView m_hosted;
  QString m_inviteError, m_portError;
  QTimer m_nextEnd;  // of an invite
};

}  // namespace foyer::app
