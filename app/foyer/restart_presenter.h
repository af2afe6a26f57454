// Whether a start anew would change something that Qt reads once, the scale, and the wish for it.
// Leaves out how the program starts anew (program.cpp). UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class RestartPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool due READ due NOTIFY changed)
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)

 public:
  enum ExitCode { Again = 75 };  // of the event loop alone; main() never returns it
  Q_ENUM(ExitCode)

  explicit RestartPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  // `scale`: what OwnScale::apply() says. Before it nothing is due.
  void begin(const std::optional<QString>& scale);

  [[nodiscard]] bool due() const;
  // Why a restart would change nothing, or what it would; empty: nothing to say.
  [[nodiscard]] QString sentence() const;
  // The window asks back first where a call or the relay needs the program.
  Q_INVOKABLE void ask();

 Q_SIGNALS:
  void changed();
  void wanted();

 private:
  engine::EngineInterface& m_engine;
  bool m_hasBegun = false;
  std::optional<QString> m_scale;
};

}  // namespace foyer::app
