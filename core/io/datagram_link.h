// Datagrams over one TcpSocket with TLS: net/datagram_stream both ways. What cannot leave at once
// waits in its writer and grows old there, not in the kernel. The loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/io/tcp_socket.h"
#include "core/net/datagram_stream.h"

namespace foyer::io {

class DatagramLink {
 public:
  // Given to the socket at once: a few packets, so that newer ones still displace what waits.
  static constexpr std::size_t kChunkBytes = 4 * 1024;

  // Never inside a call of the owner. Only onClosed may delete the link.
  struct Events {
    std::function<void(TimePoint)> onOpen;
    std::function<void(TimePoint, ByteView datagram)> onDatagram;
    // Once, and the last. As of TcpEvents, and "connection" / "not_datagrams".
    std::function<void(TimePoint, const Fault&)> onClosed;
  };

  [[nodiscard]] static std::unique_ptr<DatagramLink> connect(EventLoop& loop,
                                                             const SocketAddress& remote,
                                                             TcpOptions options, Events events);
  [[nodiscard]] static std::unique_ptr<DatagramLink> accept(TcpListener::Incoming& incoming,
                                                            TcpOptions options, Events events);
  DatagramLink(const DatagramLink&) = delete;
  DatagramLink& operator=(const DatagramLink&) = delete;

  // Takes a copy; flush() sends. The oldest gives way.
  void push(TimePoint now, ByteView datagram) { m_writer.push(now, datagram); }
  void flush(TimePoint now);

  [[nodiscard]] bool isOpen() const { return m_socket->isOpen(); }
  [[nodiscard]] SocketAddress localAddress() const { return m_socket->localAddress(); }
  [[nodiscard]] const net::DatagramWriterStats& sent() const { return m_writer.stats(); }
  // The last datagram that came in; of the making before the first.
  [[nodiscard]] TimePoint heardAt() const { return m_heardAt; }

 private:
  DatagramLink(TimePoint now, Events events)
      : m_events(std::move(events)), m_writer(false), m_heardAt(now) {}
  [[nodiscard]] TcpEvents socketEvents();
  void onBytes(TimePoint now, ByteView bytes);
  void ended(TimePoint now, const Fault& fault);

  Events m_events;
  net::DatagramReader m_reader;
  net::DatagramWriter m_writer;
  TimePoint m_heardAt;
  std::unique_ptr<TcpSocket> m_socket;
};

}  // namespace foyer::io
