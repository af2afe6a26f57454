// The page about the network: the check and what it found. How calls may connect is set on the
// settings page. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "app/foyer/network_check_text.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class NetworkPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool running READ isRunning NOTIFY changed)
  Q_PROPERTY(bool done READ isDone NOTIFY changed)         // there is something to show
  Q_PROPERTY(double progress READ progress NOTIFY ticked)  // 0..1 of the check that runs, a guess
  Q_PROPERTY(QString when READ when NOTIFY ticked)  // "Today 11:52 · took 2.8 s", "Checking, 3 s"
  Q_PROPERTY(int severity READ severity NOTIFY changed)
  Q_PROPERTY(QString glyph READ glyph NOTIFY changed)
  Q_PROPERTY(QString title READ title NOTIFY changed)
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
  Q_PROPERTY(QList<QStringList> findings READ findings NOTIFY changed)  // findingsOf()
  Q_PROPERTY(QStringList advice READ advice NOTIFY changed)
  Q_PROPERTY(bool hasAddresses READ hasAddresses NOTIFY changed)  // that can be shown
  Q_PROPERTY(bool addressesShown READ areAddressesShown WRITE setAddressesShown NOTIFY changed)

 public:
  enum Severity { Good, Note, Trouble };
  Q_ENUM(Severity)

  explicit NetworkPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] bool isRunning() const;
  [[nodiscard]] bool isDone() const { return m_view.endedAtMs.has_value(); }
  [[nodiscard]] double progress() const;
  [[nodiscard]] QString when() const;
  [[nodiscard]] int severity() const { return static_cast<int>(m_verdict.severity); }
  [[nodiscard]] QString glyph() const { return m_verdict.glyph; }
  [[nodiscard]] QString title() const { return m_verdict.title; }
  [[nodiscard]] QString sentence() const { return m_verdict.sentence; }
  [[nodiscard]] QList<QStringList> findings() const { return m_findings; }
  [[nodiscard]] QStringList advice() const { return m_advice; }
  [[nodiscard]] bool hasAddresses() const {
    return isDone() && (m_view.report.mappedV4 || m_view.report.mappedV6);
  }
  [[nodiscard]] bool areAddressesShown() const { return m_areAddressesShown; }
  void setAddressesShown(bool shown);

  // `isSlow`: two minutes and more.
  Q_INVOKABLE void check(bool isSlow);
  Q_INVOKABLE void copyReport();

 Q_SIGNALS:
  void changed();
  void ticked();  // four times a second while a check runs
  void said(const QString& text);

 private:
  void refresh();

  engine::EngineInterface& m_engine;
  engine::NetworkCheckView m_view;
  NetworkVerdict m_verdict;
  QList<QStringList> m_findings;
  QStringList m_advice;
  bool m_areAddressesShown = false;
  QTimer m_ticks;
};

}  // namespace foyer::app
