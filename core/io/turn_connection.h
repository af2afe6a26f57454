// The way to one TURN server on the event loop: datagrams on a UDP socket of its own, or messages
// over TCP or TLS. Leaves out what they say (core/net/turn_client.h) and looking up names. A socket
// of its own, because what a server relays cannot be told from QUIC by its first byte where both
// share one (RFC 9443 section 3). The loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/fault.h"
#include "core/base/time.h"
#include "core/io/event_loop.h"
#include "core/io/tcp_socket.h"
#include "core/io/udp_socket.h"
#include "core/net/turn_link.h"
#include "core/net/turn_stream.h"

namespace foyer::io {

class TurnConnection {
 public:
  // None runs inside a call of this class. Each may delete the connection.
  struct Handlers {
    std::function<void(TimePoint)> onOpen;
    // One whole message, valid during the call; `from` is the server for a stream.
    std::function<void(TimePoint, const SocketAddress& from, ByteView message)> onMessage;
    // Once, and the last. Stage "turn_connect": no_socket, refused, unreachable, timeout, closed,
    // reset, failed, not_turn; stage "turn_tls": net::TlsError.
    std::function<void(TimePoint, const Fault&)> onBroken;
  };

  // A connection that does not stand by then is given up.
  static constexpr Duration kOpenWithin = 6s;

  // `tls`: needed for Tls alone. `host` is the name in the link, to which the certificate has to be
  // made out. `loop` outlives the connection.
  TurnConnection(EventLoop& loop, net::TurnTransport transport,
                 std::shared_ptr<const net::TlsCredentials> tls, std::string host,
                 Handlers handlers);
  ~TurnConnection();
  TurnConnection(const TurnConnection&) = delete;
  TurnConnection& operator=(const TurnConnection&) = delete;

  // What was open before is closed.
  void open(const SocketAddress& server);
  // Lost before onOpen and after onBroken, and when too much waits. `to`: for UDP; may be another
  // one than was opened. UDP leaves at flush().
  void send(const SocketAddress& to, ByteView message);
  void flush();
  // Bytes that a stream has not got rid of.
  [[nodiscard]] std::size_t pending() const { return m_tcp ? m_tcp->pending() : 0; }

 private:
  void openDatagrams(TimePoint now);
  void openStream();
  void onReady(TimePoint now, Readiness ready);
  void onBytes(TimePoint now, ByteView bytes);
  void breakLater(Fault fault);

  EventLoop& m_loop;
  net::TurnTransport m_transport;
  std::shared_ptr<const net::TlsCredentials> m_tls;
  std::string m_host;
  Handlers m_handlers;
  SocketAddress m_server;
  EventLoop::TimerId m_timer = 0;  // tells what happened inside a call
  std::optional<Fault> m_fault;
  bool m_isBroken = false;

  std::shared_ptr<UdpSocket> m_socket;
  EventLoop::WatchId m_watch = 0;
  bool m_awaitsRoom = false;

  std::unique_ptr<TcpSocket> m_tcp;
  net::TurnStream m_stream;
  // A handler may delete the connection while messages are handed on.
  std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

}  // namespace foyer::io
