#include "app/foyer/contact_file_presenter.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>

#include "app/foyer/backup_presenter.h"
#include "app/foyer/error_text.h"

namespace foyer::app {

using engine::ContactImportView;

namespace {

// "12 people: 5 new, 1 completed, 6 unchanged.": only what there is.
QString importText(const ContactImportView& import) {
  QStringList parts;
  if (import.added > 0) parts << ContactFilePresenter::tr("%n new", nullptr, import.added);
  if (import.completed > 0)
    parts << ContactFilePresenter::tr("%n completed", nullptr, import.completed);
  const int unchanged = import.read - import.added - import.completed - import.refused;
  if (unchanged > 0) parts << ContactFilePresenter::tr("%n unchanged", nullptr, unchanged);
  if (import.refused > 0)
    parts << ContactFilePresenter::tr("%n left out for lack of room", nullptr, import.refused);
  QStringList sentences{ContactFilePresenter::tr("%n people", nullptr, import.read)};
  if (!parts.isEmpty())
    sentences[0] += ContactFilePresenter::tr(": ") + parts.join(ContactFilePresenter::tr(", "));
  sentences[0] += u'.';
  if (import.verified > 0)
    sentences << ContactFilePresenter::tr("%n become verified here.", nullptr, import.verified);
  if (import.ignored > 0)
    sentences << ContactFilePresenter::tr(
        "%n are marked verified; this is ignored unless you saved the file yourself.", nullptr,
        import.ignored);
  if (import.conflicts > 0)
    sentences << ContactFilePresenter::tr(
        "%n are marked Key changed, because you verified another key with that name.", nullptr,
        import.conflicts);
  return sentences.join(u' ');
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
        self->say({}, tr("Done. %1").arg(importText(*taken)), {});
      });
}

}  // namespace foyer::app
