// The window over an engine: presenters, image provider, QML, and the moment of the first frame.
// Leaves out who makes the engine and when it starts. UI thread.
#pragma once

#include <QObject>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include "app/foyer/app_presenter.h"
#include "app/foyer/talk_key.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class Window : public QObject {
  Q_OBJECT

 public:
  explicit Window(engine::EngineInterface& engine, QObject* parent = nullptr);
  ~Window() override;

  // False when the QML did not load; Qt has said why on standard error.
  // `isHidden`: shown only where no tray is found; firstFrame() comes all the same.
  [[nodiscard]] bool load(bool isHidden = false);
  [[nodiscard]] AppPresenter& app() { return m_app; }
  [[nodiscard]] QQuickWindow* quickWindow() const { return m_window; }
  void comeForward();
  // The setting `language` may be another one.
  void followLanguage();
  // The session ends: the window closes without asking back.
  void leaveWithSession();

  // Before the QGuiApplication: the software renderer where no GPU is. FOYER_RENDERER=software|gpu
  // and Qt's own QT_QUICK_BACKEND overrule.
  static void chooseRenderer();
  // After the QGuiApplication: font families, icon, name.
  static void dressApplication();

 Q_SIGNALS:
  void firstFrame();  // the first complete frame is on the screen, or there will be none

 private:
  engine::EngineInterface& m_engine;
  void begin();
  void followTray();

  AppPresenter m_app;
  QQmlApplicationEngine m_qml;
  QQuickWindow* m_window = nullptr;
  TalkKey m_talkKey;
  bool m_isLive = false;  // a call was answered
};

}  // namespace foyer::app
