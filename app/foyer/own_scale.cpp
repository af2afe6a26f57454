#include "app/foyer/own_scale.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace foyer::app {
namespace {

constexpr const char* kVariable = "QT_SCALE_FACTOR";
constexpr qint64 kMaxBytes = 16;  // "200" and a line's end; what is longer is not ours

QString fileOf(const QString& dataDir) {
  const QString folder =
      dataDir.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                              QStringLiteral("/foyer")
                        : dataDir;
  return QDir(folder).filePath(OwnScale::setting());
}

// The command line is parsed after the application is there.
QString dataDirOf(int argc, char** argv) {
  constexpr const char* kOption = "--data-dir";
  for (int at = 1; at < argc; ++at) {
    const QByteArray word(argv[at]);
    if (word == kOption && at + 1 < argc) return QFile::decodeName(argv[at + 1]);
    if (word.startsWith("--data-dir=")) return QFile::decodeName(word.mid(11));
  }
  return {};
}

}  // namespace

OwnScale::OwnScale(engine::EngineInterface& engine, const QString& dataDir, QObject* parent)
    : QObject(parent), m_engine(engine), m_dataDir(dataDir) {
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == setting()) keep();
  });
  // Said when the profile has been read, too; one that was copied may have no file.
  connect(&m_engine, &engine::EngineInterface::identityChanged, this, &OwnScale::keep);
}

std::optional<QString> OwnScale::apply(int argc, char** argv) {
  if (qEnvironmentVariableIsSet(kVariable)) return std::nullopt;
  const QString percent = percentOf(dataDirOf(argc, argv));
  if (!percent.isEmpty()) qputenv(kVariable, QByteArray::number(percent.toInt() / 100.0));
  return percent;
}

void OwnScale::undo() { qunsetenv(kVariable); }

QString OwnScale::percentOf(const QString& dataDir) {
  QFile file(fileOf(dataDir));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray text = file.read(kMaxBytes).trimmed();
  for (const int percent : {125, 150, 175, 200})
    if (text == QByteArray::number(percent)) return QString::number(percent);
  return {};
}

void OwnScale::keep() {
  // A profile that could not be opened has no settings to keep.
  if (m_engine.identity().blocked) return;
  const QString value = m_engine.setting(setting()), path = fileOf(m_dataDir);
  QFile file(path);
  if (value.isEmpty()) {
    file.remove();
    return;
  }
  if (file.open(QIODevice::ReadOnly) && file.read(kMaxBytes).trimmed() == value.toUtf8()) return;
  file.close();
  // Where it cannot be written, the next start is as large as the desktop says.
  QSaveFile writing(path);
  if (!writing.open(QIODevice::WriteOnly)) return;
  writing.write(value.toUtf8() + '\n');
  writing.commit();
}

}  // namespace foyer::app
