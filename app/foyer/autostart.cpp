#include "app/foyer/autostart.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace foyer::app {
namespace {

const auto kSetting = QStringLiteral("autostart");

// As the desktop entry specification quotes an argument of Exec.
QString quoted(const QString& argument) {
  QString text;
  for (const QChar c : argument) {
    if (c == u'"' || c == u'`' || c == u'$' || c == u'\\') text += u'\\';
    text += c;
    if (c == u'%') text += u'%';
  }
  // The backslash is one of the text's own escapes as well.
  return u'"' + text.replace(QStringLiteral("\\"), QStringLiteral("\\\\")) + u'"';
}

}  // namespace

Autostart::Autostart(engine::EngineInterface& engine, const QString& dataDir, QObject* parent)
    : QObject(parent), m_engine(engine), m_dataDir(dataDir) {
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == kSetting && !m_isComparing) apply();
  });
  // Said when the profile has been read, too.
  connect(&m_engine, &engine::EngineInterface::identityChanged, this, &Autostart::compare);
}

QString Autostart::file() const {
  QString name = QStringLiteral("foyer");
  if (!m_dataDir.isEmpty()) {
    const QByteArray path = QDir(m_dataDir).absolutePath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex();
    name += u'-' + QString::fromLatin1(hash.left(8));
  }
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
         QStringLiteral("/autostart/%1.desktop").arg(name);
}

bool Autostart::isInForce() const {
  QFile there(file());
  if (!there.open(QIODevice::ReadOnly)) return false;
  constexpr qint64 kMaxEntryBytes = 16384;  // ours has three hundred
  const QList<QByteArray> lines = there.read(kMaxEntryBytes).split('\n');
  return !lines.contains("Hidden=true") && !lines.contains("X-GNOME-Autostart-enabled=false");
}

void Autostart::compare() {
  if (m_engine.setting(kSetting) != QLatin1String("on") || isInForce()) return;
  m_isComparing = true;
  m_engine.setSetting(kSetting, {});
  m_isComparing = false;
}

QByteArray Autostart::entry() const {
  QString command = quoted(QCoreApplication::applicationFilePath()) + QStringLiteral(" --hidden");
  if (!m_dataDir.isEmpty())
    command += QStringLiteral(" --data-dir ") + quoted(QDir(m_dataDir).absolutePath());
  return QStringLiteral(
             "[Desktop Entry]\n"
             "Type=Application\n"
             "Name=Foyer\n"
             "Comment=%1\n"
             "Icon=foyer\n"
             "Exec=%2\n"
             "Terminal=false\n"
             "X-GNOME-Autostart-enabled=true\n")
      .arg(tr("Encrypted voice calls"), command)
      .toUtf8();
}

void Autostart::apply() {
  const QString path = file();
  if (m_engine.setting(kSetting) != QLatin1String("on")) {
    if (QFile::exists(path) && !QFile::remove(path))
      emit failed(tr("The file that starts Foyer could not be removed: %1").arg(path));
    return;
  }
  QSaveFile out(path);
  const QByteArray text = entry();
  if (!QDir().mkpath(QFileInfo(path).path()) || !out.open(QIODevice::WriteOnly) ||
      out.write(text) != text.size() || !out.commit()) {
    m_isComparing = true;
    m_engine.setSetting(kSetting, {});
    m_isComparing = false;
    emit failed(tr("Foyer cannot be started with the session: %1 could not be written.").arg(path));
  }
}

}  // namespace foyer::app
