// The diagnostics of the call on the screen: a minute of figures, read four times a second and only
// while the panel is open and seen, as curves, as a table, as sentences, and as a report that names
// nobody. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <cstdint>

#include "app/foyer/report_presenter.h"
#include "app/foyer/telemetry_series.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class TelemetryPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool open READ isOpen NOTIFY openChanged)
  Q_PROPERTY(bool seen READ isSeen WRITE setSeen NOTIFY openChanged)
  Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged)
  Q_PROPERTY(bool waiting READ isWaiting NOTIFY figuresChanged)     // no reading yet
  Q_PROPERTY(QString title READ title NOTIFY figuresChanged)        // "Fair, and getting better"
  Q_PROPERTY(QString detail READ detail NOTIFY figuresChanged)      // one or two sentences
  Q_PROPERTY(int severity READ severity NOTIFY figuresChanged)      // 0 good … 3 no sound
  Q_PROPERTY(QStringList now READ now NOTIFY figuresChanged)        // beside each plot's title
  Q_PROPERTY(QStringList spoken READ spoken NOTIFY figuresChanged)  // the same for a screen reader
  Q_PROPERTY(QStringList tops READ tops NOTIFY figuresChanged)      // the upper end of each axis
  Q_PROPERTY(QList<QString> figureNames READ figureNames NOTIFY titlesChanged)
  Q_PROPERTY(QList<QString> figures READ figures NOTIFY figuresChanged)
  Q_PROPERTY(QStringList tableHead READ tableHead NOTIFY titlesChanged)
  Q_PROPERTY(QStringList tableUnits READ tableUnits NOTIFY titlesChanged)  // beside the head
  Q_PROPERTY(QList<QStringList> table READ table NOTIFY figuresChanged)    // newest first, 5 s each
  Q_PROPERTY(foyer::app::ReportPresenter* report READ report CONSTANT)

 public:
  enum Plot { Delay, Loss, Rate, Level };
  Q_ENUM(Plot)
  static constexpr int kPlots = 4;
  static constexpr int kSampleMs = 250;
  static constexpr int kSamples = TelemetrySeries::kSamples;  // a minute

  explicit TelemetryPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] bool isOpen() const { return m_isOpen; }
  [[nodiscard]] bool isSeen() const { return m_isSeen; }
  void setSeen(bool seen);
  [[nodiscard]] bool isPaused() const { return m_isPaused; }
  void setPaused(bool paused);
  [[nodiscard]] bool isWaiting() const { return count() == 0; }
  [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }
  [[nodiscard]] QString title() const { return m_title; }
  [[nodiscard]] QString detail() const { return m_detail; }
  [[nodiscard]] int severity() const { return m_severity; }
  [[nodiscard]] QStringList now() const { return m_now; }
  [[nodiscard]] QStringList spoken() const { return m_spoken; }
  [[nodiscard]] QStringList tops() const;
  [[nodiscard]] QStringList figureNames() const;
  [[nodiscard]] QStringList figures() const { return m_figures; }
  // For what leaves the screen: without the names of the relay, the devices and the key.
  [[nodiscard]] QStringList namelessFigures() const { return m_namelessFigures; }
  [[nodiscard]] QStringList tableHead() const;
  [[nodiscard]] QStringList tableUnits() const;
  [[nodiscard]] QList<QStringList> table() const { return m_table; }
  [[nodiscard]] ReportPresenter* report() { return &m_report; }

  // ---- for the curves: readings, oldest first
  [[nodiscard]] int count() const { return m_readings.count(); }
  [[nodiscard]] const TelemetrySample& at(int index) const { return m_readings.at(index); }
  [[nodiscard]] float top(Plot plot) const;

  // "ago 5 s, delay 38 ms, …"
  Q_INVOKABLE QString spokenRow(const QStringList& cells) const;
  Q_INVOKABLE void toggle();
  Q_INVOKABLE void close();
  Q_INVOKABLE void copyReport();
  // Makes the text of `report` of what is known now.
  Q_INVOKABLE void prepareReport();

  // One reading; the timer asks for fresh figures first, tests may come without.
  void sample(std::int64_t nowMs);
  // The language is another one.
  void retranslate();

 Q_SIGNALS:
  void openChanged();
  void pausedChanged();
  void titlesChanged();
  void sampled();         // the curves have grown
  void figuresChanged();  // once a second: text costs more than curves, and nobody reads faster
  void said(const QString& text);

 private:
  void pace();
  void forget();
  void ask();
  void tell(const engine::CallView& call);
  void judge(const engine::CallView& call);
  void showNow(const TelemetrySample& sample, const engine::CallView& call);
  void showFigures(const engine::CallView& call);

  engine::EngineInterface& m_engine;
  bool m_isOpen = false, m_isSeen = true, m_isPaused = false;
  TelemetrySeries m_readings;
  std::int64_t m_figuresAtMs = 0;
  int m_severity = 0;
  QString m_title, m_detail;
  QStringList m_now, m_spoken, m_figures, m_namelessFigures;
  QList<QStringList> m_table;
  QTimer m_timer;
  ReportPresenter m_report;
};

}  // namespace foyer::app
