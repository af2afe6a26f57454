#include "core/engine/metrics_server.h"

#include <sys/stat.h>

#include <QFile>
#include <QHostAddress>
#include <QLocalSocket>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <algorithm>

namespace foyer::engine {
namespace {

constexpr int kProbeMs = 300;  // a live listener accepts a local connection at once

// The value of a header, trimmed; null when it is not there.
QByteArray headerOf(const QByteArray& request, const QByteArray& name) {
  for (const QByteArray& line : request.split('\n')) {
    const auto colon = line.indexOf(':');
    if (colon > 0 && line.left(colon).trimmed().toLower() == name)
      return line.mid(colon + 1).trimmed();
  }
  return {};
}

// A page of the web that a browser of this computer shows must not read this by a name of its own
// that leads here (DNS rebinding).
bool isLoopbackHost(const QByteArray& host) {
  if (host.isEmpty()) return true;  // HTTP/1.0
  for (const char* own : {"127.0.0.1", "[::1]", "localhost"})
    if (host == own || host.startsWith(QByteArray(own) + ':')) return true;
  return false;
}

bool isSocket(const QString& path) {
  struct stat info {};
  return stat(QFile::encodeName(path).constData(), &info) == 0 && S_ISSOCK(info.st_mode);
}

}  // namespace

MetricsServer::MetricsServer(Text text, QObject* parent)
    : QObject(parent), m_text(std::move(text)) {
  m_local.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
    while (QTcpSocket* socket = m_tcp.nextPendingConnection()) {
      connect(socket, &QTcpSocket::disconnected, this, [this, socket] { drop(socket); });
      accept(socket);
    }
  });
  connect(&m_local, &QLocalServer::newConnection, this, [this] {
    while (QLocalSocket* socket = m_local.nextPendingConnection()) {
      connect(socket, &QLocalSocket::disconnected, this, [this, socket] { drop(socket); });
      accept(socket);
    }
  });
}

MetricsServer::~MetricsServer() { close(); }

Result<void, Fault> MetricsServer::listen(const MetricsAddress& where) {
  close();
  if (where.path.empty()) {
    const QHostAddress address(QString::fromStdString(where.loopback.ip.toString()));
    if (m_tcp.listen(address, where.loopback.port)) return {};
    const bool isTaken = m_tcp.serverError() == QAbstractSocket::AddressInUseError;
    return Failure<Fault>(Fault{"metrics", isTaken ? "port_taken" : "unavailable", true,
                                m_tcp.errorString().toStdString()});
  }
  const QString path = QString::fromStdString(where.path);
  if (QFile::exists(path)) {
    QLocalSocket probe;
    if (isSocket(path)) probe.connectToServer(path);
    if (!isSocket(path) || probe.waitForConnected(kProbeMs))
      return Failure<Fault>(Fault{"metrics", "path_taken", true, {}});
    QLocalServer::removeServer(path);
  }
  if (!m_local.listen(path))
    return Failure<Fault>(
        Fault{"metrics", "unavailable", true, m_local.errorString().toStdString()});
  // Qt's option for the owner adds the right to execute.
  ::chmod(QFile::encodeName(path).constData(), 0600);
  return {};
}

void MetricsServer::close() {
  m_tcp.close();
  m_local.close();
  while (!m_requests.empty()) drop(m_requests.begin()->first);
}

void MetricsServer::accept(QIODevice* socket) {
  if (static_cast<int>(m_requests.size()) >= kMaxConnections) {
    socket->disconnect(this);
    socket->close();
    socket->deleteLater();
    return;
  }
  m_requests.emplace(socket, QByteArray());
  connect(socket, &QIODevice::readyRead, this, [this, socket] { read(socket); });
  QTimer::singleShot(kLimitMs, socket, [this, socket] { drop(socket); });
  read(socket);
}

void MetricsServer::read(QIODevice* socket) {
  const auto it = m_requests.find(socket);
  if (it == m_requests.end()) return;
  QByteArray& request = it->second;
  request += socket->read(kMaxRequestBytes + 1 - request.size());
  if (request.size() > kMaxRequestBytes)
    return answer(socket, "413 Too Large", "text/plain", "too much was asked\n");
  const bool isWhole = request.contains("\r\n\r\n") || request.contains("\n\n");
  if (!isWhole) return;
  const QList<QByteArray> words = request.left(request.indexOf('\n')).trimmed().split(' ');
  if (words.size() != 3 || !words[2].startsWith("HTTP/1."))
    return answer(socket, "400 Bad Request", "text/plain", "GET /metrics HTTP/1.0\n");
  if (words[0] != "GET")
    return answer(socket, "405 Method Not Allowed", "text/plain", "GET alone\n");
  if (!isLoopbackHost(headerOf(request, "host")))
    return answer(socket, "403 Forbidden", "text/plain", "not by that name\n");
  if (words[1] != "/metrics")
    return answer(socket, "404 Not Found", "text/plain", "/metrics is all there is\n");
  answer(socket, "200 OK", "text/plain; version=0.0.4; charset=utf-8",
         QByteArray::fromStdString(m_text()));
}

void MetricsServer::answer(QIODevice* socket, const char* status, const QByteArray& type,
                           const QByteArray& body) {
  disconnect(socket, &QIODevice::readyRead, this, nullptr);
  socket->write(QByteArray("HTTP/1.0 ") + status + "\r\nContent-Type: " + type +
                "\r\nContent-Length: " + QByteArray::number(body.size()) +
                "\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n\r\n" + body);
  // Closes once everything is written; `disconnected` follows.
  if (auto* tcp = qobject_cast<QTcpSocket*>(socket)) tcp->disconnectFromHost();
  if (auto* local = qobject_cast<QLocalSocket*>(socket)) local->disconnectFromServer();
}

void MetricsServer::drop(QIODevice* socket) {
  if (m_requests.erase(socket) == 0) return;
  socket->disconnect(this);
  socket->close();
  socket->deleteLater();
}

}  // namespace foyer::engine
