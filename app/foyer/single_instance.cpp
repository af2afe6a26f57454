#include "app/foyer/single_instance.h"

#include <unistd.h>

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>

namespace foyer::app {
namespace {

constexpr int kAnswerMs = 500;          // a running window answers within a frame or two
constexpr qint64 kMaxAskBytes = 16384;  // eight links of the longest kind; more is nobody we know
const QByteArray kHere = "here";

}  // namespace

SingleInstance::SingleInstance(const QString& dataDir, QObject* parent) : QObject(parent) {
  const QByteArray profile =
      QDir(dataDir.isEmpty() ? QDir::homePath() : dataDir).absolutePath().toUtf8();
  m_name = QStringLiteral("foyer-%1-%2")
               .arg(::getuid())
               .arg(QString::fromLatin1(
                   QCryptographicHash::hash(profile, QCryptographicHash::Sha256).toHex().left(16)));
  m_server.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::welcome);
}

bool SingleInstance::claim(const QStringList& links) {
  QLocalSocket other;
  other.connectToServer(m_name);
  if (other.waitForConnected(kAnswerMs)) {
    other.write(links.join(u'\n').toUtf8() + "\n\n");
    // Somebody who died, or is not Foyer, does not answer: then this one goes on.
    if (other.waitForBytesWritten(kAnswerMs) && other.waitForReadyRead(kAnswerMs) &&
        other.readAll() == kHere) {
      return false;
    }
  }
  QLocalServer::removeServer(m_name);
  m_server.listen(m_name);  // without it a second start opens a second window, nothing worse
  return true;
}

QString SingleInstance::message() {
  return tr(
      "Foyer runs already with this profile; its window was brought to the front. For a second "
      "person start "
      "foyer with --data-dir and another folder.");
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
