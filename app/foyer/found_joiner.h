// A newcomer joins the only relay of the network by itself: nobody has to know what a relay is to
// be in a lobby. Only while no relay was ever joined or hosted here, once a run, and never among
// several: which one is meant is for the person to say. UI thread.
#pragma once

#include <QObject>
#include <QTimer>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class FoundJoiner : public QObject {
  Q_OBJECT

 public:
  // After the first one was found, for others to be heard of: two answers of one network come
  // within a second of each other.
  static constexpr int kSettleMs = 1000;

  explicit FoundJoiner(engine::EngineInterface& engine, QObject* parent = nullptr);

  // As if kSettleMs had gone by; for tests.
  void settle();

 Q_SIGNALS:
  void said(const QString& text);

 private:
  void look();
  void join();

  engine::EngineInterface& m_engine;
  QTimer m_settling;
  bool m_hasSettled = false;
  bool m_isDone = false;
};

}  // namespace foyer::app
