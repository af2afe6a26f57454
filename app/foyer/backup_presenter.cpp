#include "app/foyer/backup_presenter.h"

#include <QDir>
#include <QPointer>
#include <QStandardPaths>
#include <QUrl>

#include "app/foyer/error_text.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

constexpr int kWords = 24;
constexpr int kLeastPassphrase = 8;  // bytes; the backup refuses less

}  // namespace

BackupPresenter::BackupPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {}

QString BackupPresenter::suggestedPath() const {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  const QString folder = QDir(documents).exists() ? documents : QDir::homePath();
  return QDir(folder).filePath(tr("Foyer identity.foyer-backup"));
}

QString BackupPresenter::passphraseAdvice() {
  return tr("At least %1 characters; several words are easy to keep in mind.")
      .arg(kLeastPassphrase);
}

bool BackupPresenter::canSave(const QString& path, const QString& passphrase,
                              const QString& again) {
  return !path.trimmed().isEmpty() && passphrase.toUtf8().size() >= kLeastPassphrase &&
         !again.isEmpty();
}

QString BackupPresenter::pathOf(const QString& typed) {
  const QString text = typed.trimmed();
  if (text.startsWith(QStringLiteral("file:"))) return QUrl(text).toLocalFile();
  if (text.startsWith(QStringLiteral("~/"))) return QDir::home().filePath(text.mid(2));
  // A name alone would be looked for wherever the program was started.
  return text.isEmpty() || QDir::isAbsolutePath(text) ? text : QDir::home().filePath(text);
}

QString BackupPresenter::countText(const QString& words) {
  const auto count = words.simplified().split(u' ', Qt::SkipEmptyParts).size();
  return count == 0 ? QString() : tr("%1 of %2 words").arg(count).arg(kWords);
}

bool BackupPresenter::isWhole(const QString& words) {
  return words.simplified().split(u' ', Qt::SkipEmptyParts).size() == kWords;
}

template <class T>
std::function<void(Result<T, Fault>)> BackupPresenter::whileAsked(
    std::function<void(Result<T, Fault>)> work) {
  return [self = QPointer(this), round = m_round, work = std::move(work)](Result<T, Fault> result) {
    if (!self || self->m_round != round) return;
    self->m_isBusy = false;
    work(std::move(result));
  };
}

void BackupPresenter::start() {
  m_isBusy = true;
  say({});
}

void BackupPresenter::say(const QString& error, const QString& done) {
  m_error = error;
  m_done = done;
  m_isRestored = m_mustConfirm = false;
  emit changed();
}

void BackupPresenter::failed(const Fault& fault) {
  if (fault.stage == "backup" && fault.code == "would_replace") {
    say({});
    m_mustConfirm = true;
    emit changed();
  } else if (fault.code == "unknown_word") {
    // "word 7: abandom"
    const QString detail = fromUtf8(fault.detail);
    say(tr("Word %1, “%2”, is not in the word list. Compare it with what you wrote down.")
            .arg(detail.section(u':', 0, 0).section(u' ', 1), detail.section(u':', 1).trimmed()));
  } else {
    say(textOf(fault).sentence());
  }
}

void BackupPresenter::revealWords() {
  start();
  m_engine.revealWords(
      whileAsked<std::vector<std::string>>([this](Result<std::vector<std::string>, Fault> words) {
        if (!words) return failed(words.error());
        m_words.clear();
        for (const std::string& word : *words) m_words.append(fromUtf8(word));
        emit changed();
      }));
}

void BackupPresenter::hideWords() {
  m_words.clear();
  emit changed();
}

void BackupPresenter::save(const QString& path, const QString& passphrase, const QString& again) {
  if (m_isBusy) return;
  if (passphrase != again) return say(tr("The two passphrases differ. Type them again."));
  const QString file = pathOf(path);
  start();
  m_engine.exportIdentity(
      file, passphrase.toStdString(), whileAsked<void>([this, file](Result<void, Fault> done) {
        if (!done) return failed(done.error());
        say({}, tr("Saved as %1. Keep it somewhere other than on this computer, and keep the "
                   "passphrase: without it nobody can open the file, you included.")
                    .arg(QDir::toNativeSeparators(file)));
      }));
}

void BackupPresenter::restoring(Result<Fingerprint, Fault> result) {
  if (!result) return failed(result.error());
  say({}, tr("Your identity is back. Its key is:\n%1\nIf Foyer runs with this key anywhere else, "
             "close it there: only one of them can be reached at a time.")
              .arg(keyText(*result)));
  m_isRestored = true;
  emit changed();
}

void BackupPresenter::restoreWords(const QString& words, bool confirmed) {
  if (m_isBusy) return;
  start();
  m_engine.restoreIdentity(
      words.toStdString(), confirmed,
      whileAsked<Fingerprint>([this](Result<Fingerprint, Fault> r) { restoring(std::move(r)); }));
}

void BackupPresenter::restoreFile(const QString& path, const QString& passphrase, bool confirmed) {
  if (m_isBusy) return;
  start();
  m_engine.importIdentity(
      pathOf(path), passphrase.toStdString(), confirmed,
      whileAsked<Fingerprint>([this](Result<Fingerprint, Fault> r) { restoring(std::move(r)); }));
}

void BackupPresenter::begin(int dialog) {
  ++m_round;
  m_open = dialog;
  m_isBusy = false;
  m_words.clear();
  say({});
}

}  // namespace foyer::app
