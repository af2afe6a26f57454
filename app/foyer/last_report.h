// The report on the call that ended last, for who opens the diagnostics afterwards: what it was
// like just before, as nameless as any report, in memory alone. The next call with sound that ends
// takes its place; it is gone with the call's entry in the history, and never made where calls are
// not kept. UI thread.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/foyer/telemetry_series.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class LastReport : public QObject {
  Q_OBJECT

 public:
  // Between two readings. Figures come once a second by themselves; a little less, so that none of
  // those is passed over.
  static constexpr std::int64_t kEveryMs = 900;

  explicit LastReport(engine::EngineInterface& engine, QObject* parent = nullptr);

  // Of which call; none while there is no report.
  [[nodiscard]] const std::optional<CallId>& call() const { return m_call; }
  // With what this computer can do as it is known now; empty while there is none.
  [[nodiscard]] QByteArray text() const;

  // As callsChanged, with a time for tests.
  void refresh(std::int64_t nowMs);

 Q_SIGNALS:
  void changed();

 private:
  struct Running {
    engine::CallView view;  // the newest one with sound
    TelemetrySeries readings;
  };
  void keep(const Running& running, const engine::CallView* ended);
  void forgetWithHistory();
  [[nodiscard]] bool isListed() const;

  engine::EngineInterface& m_engine;
  std::vector<Running> m_running;  // as many as there are calls: one, or two for a moment
  std::optional<CallId> m_call;
  bool m_wasListed = false;
  QJsonObject m_report;
};

}  // namespace foyer::app
