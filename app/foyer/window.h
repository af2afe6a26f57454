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
  [[nodiscard]] bool load();
  [[nodiscard]] AppPresenter& app() { return m_app; }
  [[nodiscard]] QQuickWindow* quickWindow() const { return m_window; }
  void comeForward();
  // The setting `language` may be another one.
  void followLanguage();

  // Before the QGuiApplication: the software renderer where no GPU is. FOYER_RENDERER=software|gpu
  // and Qt's own QT_QUICK_BACKEND overrule.
  static void chooseRenderer();
  // After the QGuiApplication: font families, icon, name.
  static void dressApplication();

 Q_SIGNALS:
  void firstFrame();  // the first complete frame is on the screen

 private:
  engine::EngineInterface& m_engine;
  AppPresenter m_app;
  QQmlApplicationEngine m_qml;
  QQuickWindow* m_window = nullptr;
  TalkKey m_talkKey;
};

}  // namespace foyer::app
