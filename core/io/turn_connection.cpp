#include "core/io/turn_connection.h"

#include <string_view>

namespace foyer::io {
namespace {

// The stages of a socket in the words of this one.
Fault faultOf(const Fault& tcp) {
  constexpr std::string_view kTls = "tls_";
  if (tcp.code.starts_with(kTls))
    return {"turn_tls", tcp.code.substr(kTls.size()), tcp.retryable, tcp.detail};
  return {"turn_connect", tcp.code, tcp.retryable, tcp.detail};
}

}  // namespace

TurnConnection::TurnConnection(EventLoop& loop, net::TurnTransport transport,
                               std::shared_ptr<const net::TlsCredentials> tls, std::string host,
                               Handlers handlers)
    : m_loop(loop),
      m_transport(transport),
      m_tls(std::move(tls)),
      m_host(std::move(host)),
      m_handlers(std::move(handlers)) {
  m_timer = m_loop.addTimer([this](TimePoint now) {
    if (m_isBroken) return;
    if (m_fault) {
      m_isBroken = true;
      const Fault fault = *m_fault;
      m_handlers.onBroken(now, fault);
    } else {
      m_handlers.onOpen(now);
    }
  });
}

TurnConnection::~TurnConnection() {
  *m_isAlive = false;
  if (m_socket) m_loop.unwatch(m_watch);
  m_loop.removeTimer(m_timer);
}

void TurnConnection::breakLater(Fault fault) {
  m_fault = std::move(fault);
  m_loop.setDeadline(m_timer, m_loop.now());
}

void TurnConnection::open(const SocketAddress& server) {
  m_server = server;
  if (m_transport == net::TurnTransport::Udp)
    openDatagrams(m_loop.now());
  else
    openStream();
}

void TurnConnection::openDatagrams(TimePoint now) {
  if (m_socket) {
    m_loop.unwatch(m_watch);
    m_socket.reset();
  }
  const IpAddress any = m_server.ip.isV4() ? IpAddress::v4(0, 0, 0, 0) : IpAddress::v6({});
  auto socket = UdpSocket::open({any, 0});
  if (!socket) {
    const Fault& why = socket.error();
    return breakLater({"turn_connect", "no_socket", why.retryable, why.detail});
  }
  m_socket = std::move(*socket);
  m_watch = m_loop.watch(m_socket->fd(), kReadable,
                         [this](TimePoint at, Readiness ready) { onReady(at, ready); });
  m_loop.setDeadline(m_timer, now);
}

void TurnConnection::onReady(TimePoint now, Readiness ready) {
  if (ready.writable) flush();
  if (!ready.readable && !ready.failed) return;
  const auto isAlive = m_isAlive;
  // It reads on to its end, even if the connection is deleted meanwhile.
  const std::shared_ptr<UdpSocket> socket = m_socket;
  socket->receive([&](const ReceivedDatagram& datagram) {
    if (*isAlive && !m_isBroken) m_handlers.onMessage(now, datagram.remote, datagram.bytes);
  });
}

void TurnConnection::openStream() {
  m_tcp.reset();
  m_stream = {};
  if (m_transport == net::TurnTransport::Tls && !m_tls)
    return breakLater({"turn_tls", "setup", false, {}});
  TcpOptions options;
  options.openWithin = kOpenWithin;
  if (m_transport == net::TurnTransport::Tls) {
    options.tls = m_tls;
    options.serverName = m_host;
  }
  m_tcp =
      TcpSocket::connect(m_loop, m_server, std::move(options),
                         {.onOpen = [this](TimePoint now) { m_handlers.onOpen(now); },
                          .onBytes = [this](TimePoint now, ByteView bytes) { onBytes(now, bytes); },
                          .onDrained = {},
                          .onClosed =
                              [this](TimePoint now, const Fault& fault) {
                                if (m_isBroken) return;
                                m_isBroken = true;
                                m_handlers.onBroken(now, faultOf(fault));
                              }});
}

void TurnConnection::onBytes(TimePoint now, ByteView bytes) {
  if (m_isBroken) return;
  const auto isAlive = m_isAlive;
  const SocketAddress server = m_server;
  // Handlers may close or redirect this connection; the rest of the bytes is then nobody's.
  net::TurnStream stream = std::move(m_stream);
  const TcpSocket* const tcp = m_tcp.get();
  const auto fed = stream.feed(bytes, [&](ByteView message) {
    if (*isAlive && !m_isBroken && m_tcp.get() == tcp) m_handlers.onMessage(now, server, message);
  });
  if (!*isAlive || m_tcp.get() != tcp) return;
  m_stream = std::move(stream);
  if (fed || m_isBroken) return;
  m_isBroken = true;
  m_handlers.onBroken(now, {"turn_connect", "not_turn", false, net::toString(fed.error())});
}

void TurnConnection::send(const SocketAddress& to, ByteView message) {
  if (m_isBroken) return;
  if (m_socket)
    m_socket->queue(to, 0, message);
  else if (m_tcp && m_tcp->isOpen())
    m_tcp->write(message);
}

void TurnConnection::flush() {
  if (!m_socket) return;
  const bool awaitsRoom = !m_socket->flush();
  if (awaitsRoom == m_awaitsRoom) return;
  m_awaitsRoom = awaitsRoom;
  m_loop.rewatch(m_watch, awaitsRoom ? kReadableAndWritable : kReadable);
}

}  // namespace foyer::io
