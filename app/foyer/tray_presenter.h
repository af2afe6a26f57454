// The symbol in the desktop's tray, where there is one (org.kde.StatusNotifierItem over QtDBus;
// Qt's own needs QtWidgets): what it says, its menu, and what closing the window means beside it.
// Settings: tray (on by itself), close_to_tray (on, off; asked once while it is neither).
// Everything it can do is in the window, too. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QString>
#include <QStringList>

#include "app/foyer/call_presenter.h"
#include "app/foyer/identity_presenter.h"
#include "app/foyer/incoming_presenter.h"
#include "app/foyer/tray_wire.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class TrayPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool there READ there NOTIFY thereChanged)

 public:
  // What closing the window does now.
  enum Closing { Quits, Hides, Asks };
  Q_ENUM(Closing)
  enum Item { Root, Open, DoNotDisturb, Mute, Separator, Quit };

  TrayPresenter(engine::EngineInterface& engine, IdentityPresenter& identity, CallPresenter& call,
                IncomingPresenter& incoming, QObject* parent = nullptr);
  ~TrayPresenter() override;

  // Looks for a tray; after the first frame.
  void start();
  // The symbol is shown: somebody draws it.
  [[nodiscard]] bool there() const { return m_isThere; }
  // No answer is awaited: there() is settled.
  [[nodiscard]] bool isSettled() const { return m_isSettled; }
  Q_INVOKABLE int closing() const;
  // The answer to Asks.
  Q_INVOKABLE void chooseClosing(bool hides);

  // ---- for the two interfaces on the bus
  [[nodiscard]] QString words() const;  // "In a call with Amina"
  [[nodiscard]] QString status() const;
  [[nodiscard]] const TrayPictures& pictures() const { return m_pictures; }
  [[nodiscard]] MenuNode menu() const;
  [[nodiscard]] QVariantMap propertiesOf(int item) const;
  void choose(int item);
  void activate() { emit windowWanted(); }

 Q_SIGNALS:
  void thereChanged();
  void settled();
  void windowWanted();
  void quitWanted();  // asked for in the menu; the window asks back where something runs
  void wordsChanged();
  void picturesChanged();
  void menuChanged();

 private Q_SLOTS:
  void lookForTray();

 private:
  void show();
  void withdraw();
  void refresh();
  void settle(bool isThere);
  void draw();
  [[nodiscard]] TrayMark mark() const;
  [[nodiscard]] std::ptrdiff_t missed() const;
  [[nodiscard]] bool isWanted() const;

  engine::EngineInterface& m_engine;
  IdentityPresenter& m_identity;
  CallPresenter& m_call;
  IncomingPresenter& m_incoming;
  QDBusServiceWatcher m_watcher;
  QString m_service;  // our name on the bus; empty: not exported
  TrayPictures m_pictures;
  TrayMark m_drawnMark = TrayMark::None;
  QString m_shownWords, m_shownStatus;
  QList<QVariantMap> m_shownItems;
  bool m_isStarted = false, m_isThere = false, m_isSettled = false;
};

}  // namespace foyer::app
