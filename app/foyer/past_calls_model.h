// Past calls that had sound, newest first, and the figures of the one that is chosen, for the
// diagnostics. Follows the history only while its page is shown. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QStringList>
#include <optional>
#include <vector>

#include "app/foyer/last_report.h"
#include "app/foyer/report_presenter.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class PastCallsModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int count READ count NOTIFY chosenChanged)
  Q_PROPERTY(int chosen READ chosen WRITE setChosen NOTIFY chosenChanged)  // a row; -1: none
  Q_PROPERTY(QString title READ title NOTIFY chosenChanged)                // of the chosen one
  Q_PROPERTY(QList<QString> figureNames READ figureNames NOTIFY wordsChanged)
  Q_PROPERTY(QList<QString> figures READ figures NOTIFY chosenChanged)  // beside figureNames
  // Whether the chosen one still has its whole report, and what to say where it has not.
  Q_PROPERTY(bool hasReport READ hasReport NOTIFY chosenChanged)
  Q_PROPERTY(QString whyNoReport READ whyNoReport NOTIFY chosenChanged)
  Q_PROPERTY(foyer::app::ReportPresenter* report READ report CONSTANT)
  Q_PROPERTY(QString nothing READ nothing NOTIFY chosenChanged)  // why there is no row

 public:
  enum Role {
    NameRole = Qt::UserRole + 1,
    WhenRole,        // "Today · Incoming · 18:05"
    LengthRole,      // "23 min"
    SoundedRole,     // "Sounded good"
    DescriptionRole  // the whole row for a screen reader
  };
  Q_ENUM(Role)

  PastCallsModel(engine::EngineInterface& engine, const LastReport& lastReport,
                 QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] int chosen() const;
  void setChosen(int row);
  [[nodiscard]] QString title() const;
  [[nodiscard]] QStringList figureNames() const;
  [[nodiscard]] QStringList figures() const;
  [[nodiscard]] bool hasReport() const;
  [[nodiscard]] QString whyNoReport() const;
  [[nodiscard]] ReportPresenter* report() { return &m_report; }
  [[nodiscard]] QString nothing() const;

  // The page is shown, or left.
  Q_INVOKABLE void open();
  Q_INVOKABLE void close();
  // The figures of the chosen call as a report (telemetry_report.h), without anybody's name.
  Q_INVOKABLE void copy();
  // Makes the text of `report`: all of that of the chosen call.
  Q_INVOKABLE void prepareReport();

 Q_SIGNALS:
  void chosenChanged();
  void wordsChanged();  // the language is another one
  void said(const QString& text);

 private:
  struct Row {
    CallId id;
    QString name, when, length, sounded;
    std::string path, quality;
    engine::CallFigures figures;
    bool operator==(const Row&) const = default;
  };
  template <class Model>
  friend struct RowSteps;

  void refresh();
  [[nodiscard]] const Row* chosenRow() const;

  engine::EngineInterface& m_engine;
  const LastReport& m_lastReport;
  ReportPresenter m_report;
  std::vector<Row> m_rows;
  std::optional<CallId> m_chosen;
  bool m_isOpen = false;
};

}  // namespace foyer::app
