#include "core/io/datagram_link.h"

#include <utility>

namespace foyer::io {

TcpEvents DatagramLink::socketEvents() {
  return {.onOpen =
              [this](TimePoint now) {
                m_heardAt = now;
                m_writer.setOpen(now);
                flush(now);
                if (m_events.onOpen) m_events.onOpen(now);
              },
          .onBytes = [this](TimePoint now, ByteView bytes) { onBytes(now, bytes); },
          .onDrained = [this](TimePoint now) { flush(now); },
          .onClosed = [this](TimePoint now, const Fault& fault) { ended(now, fault); }};
}

void DatagramLink::ended(TimePoint now, const Fault& fault) {
  // Out of the link, which may be deleted in it; and only once.
  const auto onClosed = std::exchange(m_events.onClosed, {});
  if (onClosed) onClosed(now, fault);
}

std::unique_ptr<DatagramLink> DatagramLink::connect(EventLoop& loop, const SocketAddress& remote,
                                                    TcpOptions options, Events events) {
  std::unique_ptr<DatagramLink> link(new DatagramLink(loop.now(), std::move(events)));
  link->m_socket = TcpSocket::connect(loop, remote, std::move(options), link->socketEvents());
  return link;
}

std::unique_ptr<DatagramLink> DatagramLink::accept(TcpListener::Incoming& incoming,
                                                   TcpOptions options, Events events) {
  std::unique_ptr<DatagramLink> link(new DatagramLink(incoming.now(), std::move(events)));
  link->m_socket = incoming.take(std::move(options), link->socketEvents());
  return link;
}

void DatagramLink::onBytes(TimePoint now, ByteView bytes) {
  const auto fed = m_reader.feed(bytes, [&](ByteView datagram) {
    m_heardAt = now;
    if (m_events.onDatagram) m_events.onDatagram(now, datagram);
  });
  // Whoever is there is no Foyer: a web server, say.
  if (!fed) ended(now, {"connection", "not_datagrams", true, toString(fed.error())});
}

void DatagramLink::flush(TimePoint now) {
  while (m_socket->isOpen() && m_socket->pending() == 0 && !m_writer.isEmpty()) {
    const Bytes next = m_writer.take(now, kChunkBytes);
    if (next.empty() || !m_socket->write(next)) return;
  }
}

}  // namespace foyer::io
