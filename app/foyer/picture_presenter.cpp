#include "app/foyer/picture_presenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImageReader>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>
#include <QUrl>
#include <utility>

#include "app/foyer/backup_presenter.h"
#include "app/foyer/error_text.h"
#include "app/foyer/qr_reader.h"
#include "core/wire/link.h"

namespace foyer::app {
namespace {

Result<QString, Fault> linkInFile(const QString& path) {
  const auto bytes = readPictureFile(path);
  if (!bytes) return Failure<Fault>(bytes.error());
  const auto picture = pictureOf(*bytes);
  if (!picture) return Failure<Fault>(picture.error());
  return linkOn(*picture);
}

}  // namespace

PicturePresenter::PicturePresenter(QObject* parent) : QObject(parent) {
  QImageReader::setAllocationLimit(kMaxPictureMb);
  if (QClipboard* clipboard = QGuiApplication::clipboard()) {
    connect(clipboard, &QClipboard::dataChanged, this, &PicturePresenter::lookAtClipboard);
    lookAtClipboard();
  }
}

void PicturePresenter::lookAtClipboard() {
  const QMimeData* const copied = QGuiApplication::clipboard()->mimeData();
  const bool isThere = copied != nullptr && copied->hasImage();
  if (std::exchange(m_isPasteable, isThere) != isThere) emit pasteableChanged();
}

void PicturePresenter::clear() {
  ++m_round;
  m_waiting = nullptr;
  m_isBusy = false;
  m_error.clear();
  m_link.clear();
  emit changed();
}

void PicturePresenter::readFile(const QString& path) {
  const QString file = BackupPresenter::pathOf(path);
  read([file] { return linkInFile(file); });
}

void PicturePresenter::readDropped(const QStringList& urls) {
  if (urls.size() != 1) return take(Failure<Fault>(Fault{"picture", "several_files", false, {}}));
  const QUrl url(urls.first());
  // What is somewhere else is not fetched.
  if (!url.isLocalFile()) return take(Failure<Fault>(Fault{"picture", "not_local", false, {}}));
  readFile(url.toLocalFile());
}

void PicturePresenter::paste() {
  const QImage copied = QGuiApplication::clipboard()->image();
  if (copied.isNull()) return take(Failure<Fault>(Fault{"picture", "nothing_copied", true, {}}));
  if (qint64{copied.width()} * copied.height() > kMaxPicturePixels)
    return take(Failure<Fault>(Fault{"picture", "too_many_pixels", false, {}}));
  read([copied] { return linkOn(copied); });
}

void PicturePresenter::read(Work work) {
  clear();
  m_isBusy = true;
  emit changed();
  // One at a time: each may take the memory of a large picture. The newest of those that wait
  // counts.
  if (m_isReading)
    m_waiting = std::move(work);
  else
    begin(work);
}

void PicturePresenter::begin(const Work& work) {
  m_isReading = true;
  QThreadPool::globalInstance()->start([self = QPointer(this), round = m_round, work] {
    // To the application: this object may be gone by then, and only its thread can tell.
    QMetaObject::invokeMethod(
        qApp,
        [self, round, found = work()] {
          if (self) self->done(round, found);
        },
        Qt::QueuedConnection);
  });
}

void PicturePresenter::done(int round, const Result<QString, Fault>& found) {
  m_isReading = false;
  if (const Work next = std::exchange(m_waiting, nullptr)) return begin(next);
  if (round == m_round) take(found);
}

void PicturePresenter::take(const Result<QString, Fault>& found) {
  clear();
  if (!found) {
    m_error = textOf(found.error()).sentence();
    emit changed();
    return;
  }
  if (wire::parsePersonLink(found->toStdString())) {
    emit personFound(*found);
    return;
  }
  m_link = *found;
  emit changed();
  emit relayFound(*found);
}

}  // namespace foyer::app
