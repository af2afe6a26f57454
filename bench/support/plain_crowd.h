// The clients of the plain forwarder: sockets that count what comes. The loop's thread only.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "core/io/event_loop.h"
#include "core/io/udp_socket.h"

namespace foyer::bench {

class PlainCrowd {
 public:
  PlainCrowd(io::EventLoop& loop, std::size_t count) : m_loop(loop) {
    for (std::size_t i = 0; i < count; ++i) {
      auto socket =
          io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}, {.segmentationOffload = false});
      if (!socket) std::abort();
      m_sockets.push_back(std::move(*socket));
      io::UdpSocket* s = m_sockets.back().get();
      m_watches.push_back(m_loop.watch(s->fd(), io::kReadable, [this, s](TimePoint, io::Readiness) {
        m_received += s->receive([](const io::ReceivedDatagram&) {});
      }));
    }
  }
  ~PlainCrowd() {
    for (const auto watch : m_watches) m_loop.unwatch(watch);
  }
  PlainCrowd(const PlainCrowd&) = delete;
  PlainCrowd& operator=(const PlainCrowd&) = delete;

  [[nodiscard]] SocketAddress address(std::size_t index) const {
    return m_sockets[index]->localAddress();
  }
  void send(std::size_t index, const SocketAddress& to, ByteView bytes) {
    m_sockets[index]->queue(to, 0, bytes);
    m_sockets[index]->flush();
  }
  [[nodiscard]] std::uint64_t received() const { return m_received; }

 private:
  io::EventLoop& m_loop;
  std::vector<std::unique_ptr<io::UdpSocket>> m_sockets;
  std::vector<io::EventLoop::WatchId> m_watches;
  std::uint64_t m_received = 0;
};

}  // namespace foyer::bench
