#include "app/foyer/file_portal.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFile>
#include <QFileInfo>
#include <QQuickWindow>
#include <QUrl>
#include <utility>

#include "app/foyer/backup_presenter.h"

namespace foyer::app {

// One line of the dialog's choice of files, as the portal takes it: a(sa(us)).
struct PortalPattern {
  uint how;  // 0: a pattern of names, 1: a media type
  QString text;
};
struct PortalFilter {
  QString name;
  QList<PortalPattern> patterns;
};
QDBusArgument& operator<<(QDBusArgument& out, const PortalPattern& pattern) {
  out.beginStructure();
  out << pattern.how << pattern.text;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, PortalPattern& pattern) {
  in.beginStructure();
  in >> pattern.how >> pattern.text;
  in.endStructure();
  return in;
}
QDBusArgument& operator<<(QDBusArgument& out, const PortalFilter& filter) {
  out.beginStructure();
  out << filter.name << filter.patterns;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, PortalFilter& filter) {
  in.beginStructure();
  in >> filter.name >> filter.patterns;
  in.endStructure();
  return in;
}

}  // namespace foyer::app
Q_DECLARE_METATYPE(foyer::app::PortalPattern)
Q_DECLARE_METATYPE(foyer::app::PortalFilter)

namespace foyer::app {
namespace {

const auto kChooser = QStringLiteral("org.freedesktop.portal.FileChooser");
const auto kProperties = QStringLiteral("org.freedesktop.DBus.Properties");
constexpr uint kChosen = 0, kCancelled = 1;
constexpr uint kByName = 0, kByType = 1;

QList<PortalFilter> filtersOf(int kind) {
  PortalFilter wanted;
  switch (kind) {
    case FilePortal::Picture:
      // What qr_reader reads.
      wanted.name = FilePortal::tr("Pictures");
      for (const char* type : {"image/png", "image/jpeg", "image/gif", "image/bmp"})
        wanted.patterns.append({kByType, QLatin1String(type)});
      break;
    case FilePortal::Backup:
      wanted = {FilePortal::tr("Backups of Foyer"), {{kByName, QStringLiteral("*.foyer-backup")}}};
      break;
    default:
      wanted = {FilePortal::tr("Contacts of Foyer"), {{kByName, QStringLiteral("*.json")}}};
  }
  return {wanted, {FilePortal::tr("All files"), {{kByName, QStringLiteral("*")}}}};
}

// As the portal takes the name of a folder: with the zero at its end.
QByteArray folderOf(const QFileInfo& file) {
  const QString folder = file.isDir() ? file.absoluteFilePath() : file.absolutePath();
  return QFileInfo(folder).isDir() ? QFile::encodeName(folder) + '\0' : QByteArray();
}

// Empty: it is on no disk of this computer.
QString localPathOf(const QString& uri) {
  const QUrl url(uri);
  const bool isHere = url.host().isEmpty() || url.host() == QLatin1String("localhost");
  if (!url.isLocalFile() || !isHere) return {};
  const QString path = url.path(QUrl::FullyDecoded);
  return path.startsWith(u'/') && !path.contains(QChar(u'\0')) ? path : QString();
}

}  // namespace

FilePortal::FilePortal(QObject* parent) : QObject(parent), m_question(kChooser) {
  qDBusRegisterMetaType<PortalPattern>();
  qDBusRegisterMetaType<QList<PortalPattern>>();
  qDBusRegisterMetaType<PortalFilter>();
  qDBusRegisterMetaType<QList<PortalFilter>>();
  connect(&m_question, &PortalQuestion::answered, this, &FilePortal::answered);
  connect(&m_question, &PortalQuestion::failed, this,
          [this] { refuse(tr("Your desktop showed no dialog. Type the file’s name instead.")); });
  connect(&m_question, &PortalQuestion::gone, this, [this] {
    if (!m_isAsking) return;
    m_question.withdraw();
    refuse(tr("The dialog went away before a file was chosen. Try again, or type its name."));
  });
}

void FilePortal::start(bool hasX11) {
  m_hasX11 = hasX11;
  if (!m_question.reach()) return;
  QDBusMessage question = QDBusMessage::createMethodCall(
      PortalQuestion::kService, PortalQuestion::kPath, kProperties, QStringLiteral("Get"));
  question << kChooser << QStringLiteral("version");
  auto* watcher = new QDBusPendingCallWatcher(m_question.bus().asyncCall(question), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    setAvailable(!reply.isError() && reply.value().variant().toUInt() > 0);
  });
}

void FilePortal::setAvailable(bool isAvailable) {
  if (std::exchange(m_isAvailable, isAvailable) != isAvailable) emit changed();
}

void FilePortal::open(QQuickItem* asker, int kind, const QString& title, const QString& typed) {
  QVariantMap options{
      {QStringLiteral("accept_label"), tr("Choose")},
      {QStringLiteral("filters"), QVariant::fromValue(filtersOf(kind))},
  };
  const QString path = BackupPresenter::pathOf(typed);
  const QByteArray folder = path.isEmpty() ? QByteArray() : folderOf(QFileInfo(path));
  if (!folder.isEmpty()) options[QStringLiteral("current_folder")] = folder;
  ask(QStringLiteral("OpenFile"), asker, title, options);
}

void FilePortal::save(QQuickItem* asker, const QString& title, const QString& typed) {
  QVariantMap options{{QStringLiteral("accept_label"), tr("Choose")}};
  const QString path = BackupPresenter::pathOf(typed);
  if (!path.isEmpty()) {
    const QFileInfo file(path);
    const QByteArray folder = folderOf(file);
    if (!folder.isEmpty()) options[QStringLiteral("current_folder")] = folder;
    if (!file.isDir() && !file.fileName().isEmpty())
      options[QStringLiteral("current_name")] = file.fileName();
  }
  ask(QStringLiteral("SaveFile"), asker, title, options);
}

QString FilePortal::pathOf(const QString& dropped) { return BackupPresenter::pathOf(dropped); }

void FilePortal::ask(const QString& method, QQuickItem* asker, const QString& title,
                     QVariantMap options) {
  if (m_isAsking || asker == nullptr) return;
  m_isAsking = true;
  m_asker = asker;
  connect(asker, &QObject::destroyed, this, &FilePortal::followAsker, Qt::UniqueConnection);
  connect(asker, &QQuickItem::visibleChanged, this, &FilePortal::followAsker, Qt::UniqueConnection);
  if (!m_question.reach())
    return refuse(tr("Your desktop showed no dialog. Type the file’s name instead."));
  QDBusMessage question = m_question.call(method);
  options[QStringLiteral("handle_token")] = m_question.awaitAnswer();
  options[QStringLiteral("modal")] = true;
  question << parentWindow(*asker) << title << options;
  m_question.send(question);
}

QString FilePortal::parentWindow(const QQuickItem& asker) const {
  if (!m_hasX11 || asker.window() == nullptr) return {};
  return QStringLiteral("x11:") + QString::number(asker.window()->winId(), 16);
}

void FilePortal::withdraw() {
  m_isAsking = false;
  m_asker = nullptr;
  m_question.withdraw();
}

void FilePortal::followAsker() {
  if (m_isAsking && (m_asker.isNull() || !m_asker->isVisible())) withdraw();
}

void FilePortal::answered(uint response, const QVariantMap& results) {
  if (response == kCancelled) return withdraw();
  const QStringList uris = results.value(QStringLiteral("uris")).toStringList();
  if (response != kChosen || uris.size() != 1)
    return refuse(
        tr("Your desktop ended the dialog before a file was chosen. Type the file’s name "
           "instead."));
  const QString path = localPathOf(uris.first());
  if (path.isEmpty())
    return refuse(tr("Foyer only uses files on this computer. Choose another place."));
  m_isAsking = false;
  emit chosen(std::exchange(m_asker, nullptr), path);
}

void FilePortal::refuse(const QString& sentence) {
  m_isAsking = false;
  emit refused(std::exchange(m_asker, nullptr), sentence);
}

}  // namespace foyer::app
