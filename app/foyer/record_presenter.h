// The record of what the jitter buffer did: whether calls are recorded, and where the newest record
// is written. That of a call that runs can be asked for; it is written when the call ends. UI
// thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QString>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class RecordPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool on READ isOn WRITE setOn NOTIFY changed)
  Q_PROPERTY(bool running READ isRunning NOTIFY changed)  // of the call that runs
  Q_PROPERTY(bool available READ isAvailable NOTIFY changed)
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)  // how it stands; empty: nothing to say
  Q_PROPERTY(QString suggestedPath READ suggestedPath NOTIFY changed)
  Q_PROPERTY(QString error READ error NOTIFY changed)

 public:
  explicit RecordPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] bool isOn() const { return m_view.isOn; }
  void setOn(bool isOn);
  [[nodiscard]] bool isRunning() const { return m_view.running.has_value(); }
  [[nodiscard]] bool isAvailable() const { return m_view.running || m_view.call; }
  [[nodiscard]] QString sentence() const;
  [[nodiscard]] QString suggestedPath() const;
  [[nodiscard]] QString error() const { return m_error; }

  // Of the call that runs, when it ends; else of the newest, at once.
  Q_INVOKABLE void save(const QString& path);
  Q_INVOKABLE void forgetError();

 Q_SIGNALS:
  void changed();
  void accepted();  // saved, or will be
  void said(const QString& text);

 private:
  struct Wanted {
    CallId call;
    QString path;
  };
  void refresh();
  void write(const CallId& call, const QString& path);

  engine::EngineInterface& m_engine;
  engine::RecordView m_view;
  std::optional<Wanted> m_wanted;  // of the call that runs
  QString m_error;
};

}  // namespace foyer::app
