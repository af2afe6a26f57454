#include "app/foyer/contact_file_presenter.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>

#include "app/foyer/backup_presenter.h"
#include "app/foyer/error_text.h"

namespace foyer::app {

using engine::ContactImportView;

namespace {

// "3 of 12 people are new, …": only what there is.
QString importText(const ContactImportView& import) {
  QStringList parts{ContactFilePresenter::tr("%n people in the file", nullptr, import.read)};
  if (import.added > 0) parts << ContactFilePresenter::tr("new: %1").arg(import.added);
  if (import.completed > 0)
    parts << ContactFilePresenter::tr("known, with something added: %1").arg(import.completed);
  if (import.verified > 0)
    parts << ContactFilePresenter::tr("verified by the file: %1").arg(import.verified);
  if (import.conflicts > 0)
    parts << ContactFilePresenter::tr(
                 "marked Key changed, because you verified another key of that name: %1")
                 .arg(import.conflicts);
  if (import.refused > 0)
    parts << ContactFilePresenter::tr("left out, because there is no room: %1").arg(import.refused);
  if (import.added + import.completed == 0)
    parts << ContactFilePresenter::tr("nothing in it is new");
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

ContactFilePresenter::ContactFilePresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {}

QString ContactFilePresenter::suggestedPath() const {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  const QString folder = QDir(documents).exists() ? documents : QDir::homePath();
  return QDir(folder).filePath(tr("Foyer contacts.json"));
}

void ContactFilePresenter::begin(int dialog) {
  ++m_round;
  m_open = dialog;
  m_isBusy = false;
  say({}, {}, {});
}

void ContactFilePresenter::start() {
  m_isBusy = true;
  say({}, {}, {});
}

void ContactFilePresenter::say(const QString& error, const QString& done, const QString& offer) {
  m_error = error;
  m_done = done;
  m_offer = offer;
  emit changed();
}

void ContactFilePresenter::save(const QString& path) {
  if (m_isBusy) return;
  const QString file = BackupPresenter::pathOf(path);
  start();
  m_engine.exportContacts(
      file, [self = QPointer(this), round = m_round, file](Result<void, Fault> done) {
        if (!self || self->m_round != round) return;
        self->m_isBusy = false;
        if (!done) return self->say(textOf(done.error()).sentence(), {}, {});
        self->say({}, tr("Saved as %1.").arg(QDir::toNativeSeparators(file)), {});
      });
}

void ContactFilePresenter::look(const QString& path, bool isOwnFile) {
  if (m_isBusy) return;
  start();
  m_engine.importContacts(
      BackupPresenter::pathOf(path), isOwnFile, true,
      [self = QPointer(this), round = m_round](Result<ContactImportView, Fault> found) {
        if (!self || self->m_round != round) return;
        self->m_isBusy = false;
        if (!found) return self->say(textOf(found.error()).sentence(), {}, {});
        self->say({}, {}, importText(*found));
      });
}

void ContactFilePresenter::take(const QString& path, bool isOwnFile) {
  if (m_isBusy) return;
  start();
  m_engine.importContacts(
      BackupPresenter::pathOf(path), isOwnFile, false,
      [self = QPointer(this), round = m_round](Result<ContactImportView, Fault> taken) {
        if (!self || self->m_round != round) return;
        self->m_isBusy = false;
        if (!taken) return self->say(textOf(taken.error()).sentence(), {}, {});
        self->say({}, tr("Done. %1.").arg(importText(*taken)), {});
      });
}

}  // namespace foyer::app
