#include "app/foyer/record_presenter.h"

#include <QDateTime>
#include <QPointer>
#include <QStandardPaths>

#include "app/foyer/backup_presenter.h"
#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"

namespace foyer::app {

RecordPresenter::RecordPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_view(engine.record()) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::callsChanged, this, &RecordPresenter::refresh);
  connect(&m_engine, &EngineInterface::settingChanged, this, &RecordPresenter::refresh);
}

void RecordPresenter::setOn(bool isOn) {
  m_engine.setSetting(QStringLiteral("record_calls"),
                      isOn ? QStringLiteral("on") : QStringLiteral("off"));
}

void RecordPresenter::refresh() {
  const engine::RecordView now = m_engine.record();
  const bool isSame = now.isOn == m_view.isOn && now.running == m_view.running &&
                      now.call == m_view.call && now.isCut == m_view.isCut;
  m_view = now;
  if (m_wanted && now.running != m_wanted->call) {
    const Wanted wanted = *m_wanted;
    m_wanted.reset();
    write(wanted.call, wanted.path);
  }
  if (!isSame) emit changed();
}

QString RecordPresenter::sentence() const {
  if (m_wanted)
    return tr("The packet timing is written to %1 when this call ends.").arg(m_wanted->path);
  if (m_view.running) return tr("Packet timing of this call is being kept; no sound is.");
  const QString next = m_view.isOn ? tr("It starts with the next call.") : QString();
  if (!m_view.call) return next;
  const QString kept = m_view.isCut ? tr("Packet timing of an earlier call is kept; only its "
                                         "beginning, because the call was long.")
                                    : tr("Packet timing of an earlier call is kept.");
  return next.isEmpty() ? kept : kept + u' ' + next;
}

QString RecordPresenter::suggestedPath() const {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  const QString time =
      QDateTime::fromMSecsSinceEpoch(unixNowMs()).toString(QStringLiteral("yyyy-MM-dd-HH-mm-ss"));
  return folder + QStringLiteral("/foyer-call-") + time + QStringLiteral(".record");
}

void RecordPresenter::forgetError() {
  if (m_error.isEmpty()) return;
  m_error.clear();
  emit changed();
}

void RecordPresenter::save(const QString& path) {
  const QString file = BackupPresenter::pathOf(path);
  if (file.isEmpty()) {
    m_error = tr("Choose where to save it.");
    emit changed();
    return;
  }
  m_error.clear();
  if (m_view.running) {
    m_wanted = Wanted{*m_view.running, file};
    emit changed();
    emit accepted();
  } else if (m_view.call) {
    write(*m_view.call, file);
  }
}

void RecordPresenter::write(const CallId& call, const QString& path) {
  const QPointer<RecordPresenter> self(this);
  m_engine.saveRecord(call, path, [self, path](Result<void, Fault> done) {
    if (!self) return;
    self->m_error = done ? QString() : textOf(done.error()).sentence();
    emit self->changed();
    if (done) emit self->accepted();
    // Who asked may have closed the dialog long ago.
    emit self->said(done ? tr("Saved as %1").arg(path) : self->m_error);
  });
}

}  // namespace foyer::app
