// Push to talk from every window: the desktop's portal where there is one, else the X11 server,
// else only Foyer's own window; which of the three is in force is said in words. Settings:
// talk_everywhere (on, off), talk_key. Press and release go to the call. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <memory>

#include "app/foyer/call_presenter.h"
#include "app/foyer/hot_key.h"
#include "app/foyer/shortcut_portal.h"
#include "app/foyer/x11_keyboard.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class GlobalTalkKey : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool on READ on WRITE setOn NOTIFY changed)
  Q_PROPERTY(int way READ way NOTIFY changed)
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)  // what is in force
  Q_PROPERTY(QString key READ key NOTIFY changed)            // "F9"
  // The key is chosen here and not in the desktop's own settings.
  Q_PROPERTY(bool choosable READ choosable NOTIFY changed)
  Q_PROPERTY(QString keyError READ keyError NOTIFY changed)  // why the last choice was not taken

 public:
  enum Way { Off, Asking, Portal, X11, WindowOnly };
  Q_ENUM(Way)

  GlobalTalkKey(engine::EngineInterface& engine, CallPresenter& call, QObject* parent = nullptr);
  ~GlobalTalkKey() override;

  // Asks the desktop, if the settings want it; after the first frame. `hasX11`: the window is on an
  // X11 screen, where the server may be asked for a key.
  void start(bool hasX11);

  [[nodiscard]] bool on() const;
  void setOn(bool isOn);
  [[nodiscard]] int way() const { return m_way; }
  [[nodiscard]] QString sentence() const;
  [[nodiscard]] QString key() const;
  [[nodiscard]] bool choosable() const;
  [[nodiscard]] QString keyError() const { return m_keyError; }
  // `key` and `modifiers` as Qt numbers them. False: keyError says why not.
  Q_INVOKABLE bool chooseKey(int key, int modifiers);

 Q_SIGNALS:
  void changed();

 private:
  void refresh();
  void leave();
  void portalChanged();
  void tryServer();
  // The server's key is taken from other programs, so only while somebody would be heard.
  void followCall();
  void setWay(Way way);
  [[nodiscard]] std::optional<HotKey> hotKey() const;

  engine::EngineInterface& m_engine;
  CallPresenter& m_call;
  std::unique_ptr<ShortcutPortal> m_portal;
  std::unique_ptr<X11Keyboard> m_keyboard;
  Way m_way = Off;
  X11Keyboard::Grab m_grab = X11Keyboard::Grab::NoServer;  // how it ended when it was tried
  bool m_isRefused = false;                                // by the desktop
  bool m_isStarted = false, m_hasX11 = false;
  bool m_isGrabbed = false, m_wasWanted = false;
  QString m_keyError;
};

}  // namespace foyer::app
