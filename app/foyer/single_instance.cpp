#include "app/foyer/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>

namespace foyer::app {
namespace {

constexpr int kConnectMs = 500;         // the system's work alone
constexpr int kAnswerMs = 5000;         // a window that is being opened reads its screens first
constexpr qint64 kMaxAskBytes = 16384;  // eight links of the longest kind; more is nobody we know
const QByteArray kHere = "here";

}  // namespace

SingleInstance::SingleInstance(const QString& dataDir, QObject* parent)
    : QObject(parent), m_patienceMs(kAnswerMs) {
  const QByteArray profile =
      QDir(dataDir.isEmpty() ? QDir::homePath() : dataDir).absolutePath().toUtf8();
  const QByteArray name = QCryptographicHash::hash(profile, QCryptographicHash::Sha256).toHex();
  // Qt makes sure that the folder is this user's alone; a bare name would stand in /tmp, where
  // anybody could be there first.
  m_name = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) +
           QStringLiteral("/foyer-window-") + QString::fromLatin1(name.left(16));
  m_server.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::welcome);
}

bool SingleInstance::claim(const QStringList& links) {
  QLocalSocket other;
  other.connectToServer(m_name);
  if (other.waitForConnected(kConnectMs)) {
    other.write(links.join(u'\n').toUtf8() + "\n\n");
    // Who is there and does not answer keeps its place: the profile's lock decides about this one.
    return !(other.waitForBytesWritten(m_patienceMs) && other.waitForReadyRead(m_patienceMs) &&
             other.readAll() == kHere);
  }
  // What a program that died left behind.
  if (other.error() == QLocalSocket::ConnectionRefusedError) QLocalServer::removeServer(m_name);
  m_server.listen(m_name);  // without it a second start opens a second window, nothing worse
  return true;
}

QString SingleInstance::message() {
  return tr(
      "Foyer is already running with this profile; its window was brought to the front. For a "
      "second person start foyer with --data-dir and another folder.");
}

void SingleInstance::welcome() {
  while (QLocalSocket* socket = m_server.nextPendingConnection()) {
    socket->setReadBufferSize(kMaxAskBytes);
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
      const QByteArray waiting = socket->peek(kMaxAskBytes);
      if (!waiting.endsWith("\n\n")) {
        if (waiting.size() >= kMaxAskBytes) socket->abort();
        return;
      }
      socket->readAll();
      socket->write(kHere);
      socket->flush();
      QStringList links;
      for (const QString& line : QString::fromUtf8(waiting).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1String("foyer://"))) links.append(line);
      }
      emit asked(links);
    });
  }
}

}  // namespace foyer::app
