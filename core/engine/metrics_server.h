// Serves one page, GET /metrics, as HTTP/1.0 on a local socket for its owner or on a loopback port.
// Bounded in connections, bytes and time; says nothing else and takes nothing in. Off unless the
// person named an address. Qt thread.
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QLocalServer>
#include <QObject>
#include <QTcpServer>
#include <functional>
#include <map>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/engine/metrics_address.h"

namespace foyer::engine {

class MetricsServer : public QObject {
  Q_OBJECT

 public:
  using Text = std::function<std::string()>;

  static constexpr int kMaxConnections = 8;  // scrapers, not a service
  static constexpr qsizetype kMaxRequestBytes = 8192;
  static constexpr int kLimitMs = 5000;  // from the first byte to the last: it is this computer

  explicit MetricsServer(Text text, QObject* parent = nullptr);
  ~MetricsServer() override;

  // Stage "metrics": port_taken, path_taken (a file that is no socket, or one that answers),
  // unavailable.
  [[nodiscard]] Result<void, Fault> listen(const MetricsAddress& where);
  void close();

 private:
  void accept(QIODevice* socket);
  void read(QIODevice* socket);
  void answer(QIODevice* socket, const char* status, const QByteArray& type,
              const QByteArray& body);
  void drop(QIODevice* socket);

  Text m_text;
  QTcpServer m_tcp;
  QLocalServer m_local;
  std::map<QIODevice*, QByteArray> m_requests;  // of those that are open
};

}  // namespace foyer::engine
