#include "app/foyer/report_presenter.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>
#include <utility>

#include "app/foyer/backup_presenter.h"
#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"

namespace foyer::app {

namespace {

QString reportFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
         QStringLiteral("/foyer/diagnostics");
}

}  // namespace

ReportPresenter::ReportPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {}

QString ReportPresenter::suggestedPath() const {
  const QString time =
      QDateTime::fromMSecsSinceEpoch(unixNowMs()).toString(QStringLiteral("yyyy-MM-dd-HH-mm-ss"));
  return reportFolder() + QStringLiteral("/foyer-call-") + time + QStringLiteral(".json");
}

void ReportPresenter::prepare(QByteArray text) {
  m_text = std::move(text);
  m_lines = QString::fromUtf8(m_text).split(u'\n', Qt::SkipEmptyParts);
  m_error.clear();
  emit changed();
}

void ReportPresenter::forget() { prepare({}); }

void ReportPresenter::save(const QString& path) {
  const QString file = BackupPresenter::pathOf(path);
  if (file.isEmpty()) {
    m_error = tr("Choose where to save it.");
    emit changed();
    return;
  }
  // The folder of reports is made with the first of them; no other is.
  if (QFileInfo(file).absolutePath() == reportFolder()) QDir().mkpath(reportFolder());
  const QPointer<ReportPresenter> self(this);
  m_engine.saveReport(file, m_text, [self, file](Result<void, Fault> done) {
    if (!self) return;
    self->m_error = done ? QString() : textOf(done.error()).sentence();
    emit self->changed();
    if (!done) return;
    emit self->saved();
    emit self->said(tr("Saved as %1").arg(file));
  });
}

}  // namespace foyer::app
