// The curves of one plot, painted from TelemetryPresenter's minute: a filled first line, thin
// further ones, three grid lines, ticks for underruns. What it costs is measured by
// bench/telemetry_bench. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>

#include "app/foyer/telemetry_presenter.h"

namespace foyer::app {

class TelemetryPlot : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(foyer::app::TelemetryPresenter* telemetry READ telemetry WRITE setTelemetry NOTIFY
                 lookChanged REQUIRED)
  Q_PROPERTY(int plot MEMBER m_plot NOTIFY lookChanged REQUIRED)  // TelemetryPresenter::Plot
  Q_PROPERTY(QColor first MEMBER m_first NOTIFY lookChanged)
  Q_PROPERTY(QColor second MEMBER m_second NOTIFY lookChanged)
  Q_PROPERTY(QColor third MEMBER m_third NOTIFY lookChanged)
  Q_PROPERTY(QColor grid MEMBER m_grid NOTIFY lookChanged)
  Q_PROPERTY(QColor tick MEMBER m_tick NOTIFY lookChanged)

 public:
  explicit TelemetryPlot(QQuickItem* parent = nullptr);
  void paint(QPainter* painter) override;

  [[nodiscard]] TelemetryPresenter* telemetry() const { return m_telemetry; }
  void setTelemetry(TelemetryPresenter* telemetry);
  // The figures of the reading at `x`, for the pointer: "12 s ago: 38 ms · buffer 24 ms".
  Q_INVOKABLE QString readingAt(qreal x) const;

 Q_SIGNALS:
  void lookChanged();

 private:
  QPointer<TelemetryPresenter> m_telemetry;
  int m_plot = 0;
  QColor m_first, m_second, m_third, m_grid, m_tick;
};

}  // namespace foyer::app
