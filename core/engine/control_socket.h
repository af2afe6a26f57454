// The local control socket: NDJSON requests in, one reply each, and event lines for whoever asked.
// For the owner of the process only (socket mode 0600 and the peer's uid are both checked). Lives
// in the Qt thread. What the verbs do is control_verbs.h.
//
//   request  {"v":1,"id":7,"verb":"call","args":["84a4…"]}      and "secret":"…" where docs say so
//   reply    {"id":7,"result":{…}}  or  {"id":7,"error":{"stage","code","retryable","detail"}}
//   event    {"event":"call:ringing","time_ms":1234,…}       after the verb "events"
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <functional>
#include <memory>
#include <unordered_map>

#include <nlohmann/json_fwd.hpp>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/engine/event_bus.h"
#include "core/store/identity_backup.h"

namespace foyer::engine {

struct ControlRequest {
  std::string verb;
  std::vector<std::string> arguments;
  // A passphrase or the 24 words, for the verbs that need one; apart from the arguments so that
  // nothing that shows those can show it.
  store::SecretText secret;
};
// A reply is one JSON object as text, or a Fault. May be called later, once, in the Qt thread.
using ControlReply = std::function<void(Result<std::string, Fault>)>;
using ControlHandler = std::function<void(const ControlRequest&, ControlReply)>;

[[nodiscard]] std::string faultToJson(const Fault& fault);

class ControlSocket : public QObject {
  Q_OBJECT

 public:
  static constexpr int kVersion = 1;
  static constexpr int kMaxConnections = 16;  // scripts, not a service
  static constexpr qint64 kMaxLineBytes = 65536;
  static constexpr std::size_t kEventBound = 4096;
  // A reader that does not read: its events wait in the bus, which tells it of those that did not
  // fit there; one that asks on and on without reading the answers is cut off.
  static constexpr qint64 kMaxUnsentBytes = 4 * 1024 * 1024;

  ControlSocket(EventBus& bus, ControlHandler handler, QObject* parent = nullptr);
  ~ControlSocket() override;

  // Stage "control"; a socket file that nobody answers on is replaced, a live one is a second
  // instance: code already_running. Any other file stays: code path_taken.
  [[nodiscard]] Result<void, Fault> listen(const QString& where);
  void close();

 private:
  struct Client;
  void accept();
  void readLines(Client& client);
  void handleLine(Client& client, const QByteArray& line);
  void writeEvents(Client& client);
  void remove(QLocalSocket* socket);

  EventBus& m_bus;
  ControlHandler m_handler;
  QLocalServer m_server;
  std::unordered_map<QLocalSocket*, std::shared_ptr<Client>> m_clients;
};

}  // namespace foyer::engine
