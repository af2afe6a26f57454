#include "app/foyer/past_calls_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

#include "app/foyer/history_model.h"
#include "app/foyer/past_call_text.h"
#include "app/foyer/row_changes.h"
#include "app/foyer/telemetry_report.h"
#include "app/foyer/text.h"

namespace foyer::app {

PastCallsModel::PastCallsModel(engine::EngineInterface& engine, const LastReport& lastReport,
                               QObject* parent)
    : QAbstractListModel(parent), m_engine(engine), m_lastReport(lastReport), m_report(engine) {
  connect(&m_lastReport, &LastReport::changed, this, &PastCallsModel::chosenChanged);
  connect(&m_report, &ReportPresenter::said, this, &PastCallsModel::said);
  connect(&m_engine, &engine::EngineInterface::historyChanged, this, [this] {
    if (m_isOpen) refresh();
  });
}

int PastCallsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant PastCallsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case WhenRole:
      return row.when;
    case LengthRole:
      return row.length;
    case SoundedRole:
      return row.sounded;
    case DescriptionRole:
      return QStringList{row.name, row.when, row.length, row.sounded}.join(QStringLiteral(", "));
    default:
      return {};
  }
}

QHash<int, QByteArray> PastCallsModel::roleNames() const {
  return {{NameRole, "name"},
          {WhenRole, "when"},
          {LengthRole, "length"},
          {SoundedRole, "sounded"},
          {DescriptionRole, "description"}};
}

const PastCallsModel::Row* PastCallsModel::chosenRow() const {
  const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                  [this](const Row& row) { return row.id == m_chosen; });
  return found == m_rows.end() ? nullptr : &*found;
}

int PastCallsModel::chosen() const {
  const Row* row = chosenRow();
  return row == nullptr ? -1 : static_cast<int>(row - m_rows.data());
}

void PastCallsModel::setChosen(int row) {
  if (row < 0 || row >= count() || row == chosen()) return;
  m_chosen = m_rows[static_cast<std::size_t>(row)].id;
  emit chosenChanged();
}

QString PastCallsModel::title() const {
  const Row* row = chosenRow();
  return row == nullptr ? QString() : row->name + QStringLiteral(" · ") + row->when;
}

QStringList PastCallsModel::figureNames() const { return pastFigureNames(); }

QStringList PastCallsModel::figures() const {
  const Row* row = chosenRow();
  return row == nullptr ? QStringList() : pastFigureTexts(row->figures, row->quality);
}

bool PastCallsModel::hasReport() const {
  const Row* row = chosenRow();
  return row != nullptr && m_lastReport.call() == row->id;
}

QString PastCallsModel::whyNoReport() const {
  if (chosenRow() == nullptr || hasReport()) return {};
  return tr(
      "Only the figures below are left of this call. A whole report, with how it was just "
      "before its end, is kept of the newest call alone, and only until you quit Foyer.");
}

QString PastCallsModel::nothing() const {
  if (count() > 0) return {};
  return m_engine.setting(QStringLiteral("call_history")) == QLatin1String("off")
             ? tr("Calls are not kept: that is switched off in the settings.")
             : tr("No calls yet. Calls with sound appear here.");
}

void PastCallsModel::open() {
  m_isOpen = true;
  refresh();
}

void PastCallsModel::close() { m_isOpen = false; }

void PastCallsModel::refresh() {
  std::vector<Row> rows;
  for (const engine::PastCallView& call : m_engine.history()) {
    if (!call.figures) continue;
    rows.push_back({.id = call.call,
                    .name = fromUtf8(call.alias),
                    .when = dayText(call.startedAtUnixMs) + QStringLiteral(" · ") + whenText(call),
                    .length = lengthText(call.lastedMs),
                    .sounded = qualityText(call.quality),
                    .path = call.path,
                    .quality = call.quality,
                    .figures = *call.figures});
  }
  changeRows(m_rows, rows, RowSteps<PastCallsModel>{*this});
  if (chosenRow() == nullptr) {
    m_chosen.reset();
    if (!m_rows.empty()) m_chosen = m_rows.front().id;
  }
  emit chosenChanged();
}

void PastCallsModel::copy() {
  const Row* row = chosenRow();
  if (row == nullptr) return;
  const PastCallReport past{row->figures, row->path, row->quality};
  QGuiApplication::clipboard()->setText(QString::fromUtf8(reportJson(past, m_engine)));
  emit said(tr("Copied. It names nobody: figures only."));
}

void PastCallsModel::prepareReport() {
  if (hasReport()) m_report.prepare(m_lastReport.text());
}

}  // namespace foyer::app
