#include "core/engine/control_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QPointer>
#include <nlohmann/json.hpp>

#include "core/engine/event_log.h"

namespace foyer::engine {
namespace {

constexpr int kProbeMs = 300;  // a live instance accepts a local connection at once

bool isOwner(const QLocalSocket& socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  const int fd = static_cast<int>(socket.socketDescriptor());
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

bool isSocket(const QString& path) {
  struct stat info {};
  return stat(QFile::encodeName(path).constData(), &info) == 0 && S_ISSOCK(info.st_mode);
}

nlohmann::json toJson(const Fault& fault) {
  return {{"stage", fault.stage},
          {"code", fault.code},
          {"retryable", fault.retryable},
          {"detail", fault.detail}};
}

std::string dumped(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string faultToJson(const Fault& fault) { return dumped(toJson(fault)); }

struct ControlSocket::Client {
  explicit Client(QLocalSocket* s) : socket(s) {}
  QLocalSocket* socket;
  std::unique_ptr<EventBus::Subscription> events;
};

ControlSocket::ControlSocket(EventBus& bus, ControlHandler handler, QObject* parent)
    : QObject(parent), m_bus(bus), m_handler(std::move(handler)) {
  m_server.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&m_server, &QLocalServer::newConnection, this, [this] { accept(); });
}

ControlSocket::~ControlSocket() { close(); }

Result<void, Fault> ControlSocket::listen(const QString& where) {
  // Qt would put a relative one into the folder for temporary files.
  const QString path = QDir::current().absoluteFilePath(where);
  if (QFile::exists(path)) {
    if (!isSocket(path))
      return Failure<Fault>(
          Fault{"control", "path_taken", false, "a file that is no socket is at that path"});
    QLocalSocket probe;
    probe.connectToServer(path);
    if (probe.waitForConnected(kProbeMs))
      return Failure<Fault>(
          Fault{"control", "already_running", false, "another Foyer answers on this socket"});
    QLocalServer::removeServer(path);
  }
  if (!m_server.listen(path))
    return Failure<Fault>(
        Fault{"control", "unavailable", false, m_server.errorString().toStdString()});
  // Qt's option for the owner adds the right to execute.
  ::chmod(QFile::encodeName(path).constData(), 0600);
  return {};
}

void ControlSocket::close() {
  m_server.close();
  while (!m_clients.empty()) {
    QLocalSocket* socket = m_clients.begin()->first;
    m_clients.erase(m_clients.begin());
    socket->disconnect(this);
    socket->flush();
    socket->close();
    socket->deleteLater();
  }
}

void ControlSocket::accept() {
  while (QLocalSocket* socket = m_server.nextPendingConnection()) {
    if (static_cast<int>(m_clients.size()) >= kMaxConnections || !isOwner(*socket)) {
      socket->abort();
      socket->deleteLater();
      continue;
    }
    auto client = std::make_shared<Client>(socket);
    m_clients.emplace(socket, client);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
      if (const auto it = m_clients.find(socket); it != m_clients.end()) {
        const auto held = it->second;
        readLines(*held);
      }
    });
    connect(socket, &QLocalSocket::bytesWritten, this, [this, socket] {
      if (const auto it = m_clients.find(socket); it != m_clients.end()) {
        const auto held = it->second;
        writeEvents(*held);
      }
    });
    connect(socket, &QLocalSocket::disconnected, this, [this, socket] { remove(socket); });
  }
}

void ControlSocket::remove(QLocalSocket* socket) {
  m_clients.erase(socket);
  socket->deleteLater();
}

void ControlSocket::readLines(Client& client) {
  while (client.socket->canReadLine()) {
    const QByteArray line = client.socket->readLine(kMaxLineBytes + 1);
    const bool readsNothing = client.socket->bytesToWrite() > kMaxUnsentBytes;
    if (line.size() > kMaxLineBytes || !line.endsWith('\n') || readsNothing) {
      client.socket->abort();
      return;
    }
    handleLine(client, line.trimmed());
  }
  if (client.socket->bytesAvailable() > kMaxLineBytes) client.socket->abort();
}

void ControlSocket::handleLine(Client& client, const QByteArray& line) {
  const auto request =
      nlohmann::json::parse(line.constData(), line.constData() + line.size(), nullptr, false);
  const bool hasShape = request.is_object() && request.value("verb", nlohmann::json()).is_string();
  const nlohmann::json id = hasShape ? request.value("id", nlohmann::json()) : nlohmann::json();
  const auto answer = [socket = QPointer(client.socket), id](const nlohmann::json& key,
                                                             const nlohmann::json& value) {
    if (!socket) return;
    socket->write(QByteArray::fromStdString(dumped({{"id", id}, {key.get<std::string>(), value}})) +
                  '\n');
    socket->flush();
  };
  const auto refuse = [&](const char* code, const char* detail) {
    answer("error", toJson({"control", code, false, detail}));
  };
  if (!hasShape) return refuse("malformed", "one JSON object a line: v, id, verb, args");
  if (request.value("v", nlohmann::json(kVersion)) != kVersion)
    return refuse("version", "this Foyer speaks version 1 of the control contract");

  ControlRequest parsed{request["verb"].get<std::string>(), {}, {}};
  const auto secret = request.value("secret", nlohmann::json(""));
  if (!secret.is_string()) return refuse("malformed", "the secret is a string");
  parsed.secret = store::SecretText(secret.get<std::string>());
  for (const auto& argument : request.value("args", nlohmann::json::array())) {
    if (!argument.is_string()) return refuse("malformed", "arguments are strings");
    parsed.arguments.push_back(argument.get<std::string>());
  }
  if (parsed.verb == "events") {
    // The wake comes from any thread; the lines are written in this one.
    client.events = m_bus.subscribe(kEventBound, [this, socket = client.socket] {
      QMetaObject::invokeMethod(
          this,
          [this, socket] {
            if (const auto it = m_clients.find(socket); it != m_clients.end()) {
              const auto held = it->second;
              writeEvents(*held);
            }
          },
          Qt::QueuedConnection);
    });
    answer("result", {{"streaming", true}, {"version", kVersion}});
    return;
  }
  m_handler(parsed, [answer](Result<std::string, Fault> result) {
    if (result)
      answer("result", nlohmann::json::parse(*result, nullptr, false));
    else
      answer("error", toJson(result.error()));
  });
}

void ControlSocket::writeEvents(Client& client) {
  bool wroteAny = false;
  // bytesWritten comes back here once a slow reader has read.
  while (client.events && client.socket->bytesToWrite() <= kMaxUnsentBytes) {
    const auto polled = client.events->poll();
    if (!polled) break;
    const std::string line = std::visit([](const auto& p) { return toJsonLine(p); }, *polled);
    client.socket->write(QByteArray::fromStdString(line) + '\n');
    wroteAny = true;
  }
  if (wroteAny) client.socket->flush();
}

}  // namespace foyer::engine
