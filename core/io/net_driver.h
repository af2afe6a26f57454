// Binds one fed-and-drained object (a QUIC Endpoint, a Relay, a Client) to an EventLoop, its UDP
// sockets and other ways that carry datagrams (TCP, TURN): datagrams in, timeout in, datagrams out,
// next wake-up. The loop's thread only.
#pragma once

#include <algorithm>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/address.h"
#include "core/base/time.h"
#include "core/io/datagram_port.h"
#include "core/io/event_loop.h"
#include "core/io/udp_socket.h"
#include "core/net/endpoint.h"

namespace foyer::io {

// The constant local label of a socket of that family, as the QUIC endpoint sees it. Not a real
// address on purpose: QUIC drops what comes in on a path whose local address differs from the one
// it knows, and the real one of a wildcard socket changes with the route (quic-notes section 5).
[[nodiscard]] inline SocketAddress localLabel(IpAddress::Family family) {
  return family == IpAddress::Family::V4 ? SocketAddress{IpAddress::v4(0, 0, 0, 0), 1}
                                         : SocketAddress{IpAddress::v6({}), 1};
}

// The same for what comes over TCP; the port of a label is no port.
[[nodiscard]] inline SocketAddress tcpLabel(IpAddress::Family family) {
  return {localLabel(family).ip, 2};
}

template <class T>
concept FedAndDrained = requires(T& machine, const T& asked, TimePoint now,
                                 const net::DatagramView& datagram, const net::TransmitSink& sink) {
  machine.handleDatagram(now, datagram);
  machine.handleTimeout(now);
  machine.pollTransmit(now, sink);
  { asked.pollTimeout() } -> std::same_as<std::optional<TimePoint>>;
};

template <FedAndDrained Machine>
class NetDriver {
 public:
  // Takes the machine's events and may command it; true when there were any. Called after every
  // input and before anything is written.
  using Drain = std::function<bool(TimePoint now)>;

  // `machine`, `loop` and the sockets outlive the driver.
  NetDriver(EventLoop& loop, Machine& machine, Drain drain)
      : m_loop(loop), m_machine(machine), m_drain(std::move(drain)) {
    m_timer = m_loop.addTimer([this](TimePoint now) {
      m_machine.handleTimeout(now);
      m_touched = true;
    });
    m_turnEnd = m_loop.addTurnEnd([this](TimePoint now) {
      if (m_touched) pump(now);
    });
    m_sink = [this](const net::TransmitBatch& batch) { queue(batch); };
  }
  ~NetDriver() {
    for (const auto& port : m_ports) m_loop.unwatch(port->watch);
    m_loop.removeTimer(m_timer);
    m_loop.removeTurnEnd(m_turnEnd);
  }
  NetDriver(const NetDriver&) = delete;
  NetDriver& operator=(const NetDriver&) = delete;

  // What comes in on it has `label` as its local address; what the machine sends from `label` goes
  // out on it. A label nobody has goes out on the first socket of the remote's family.
  void addSocket(UdpSocket& socket, const SocketAddress& label) {
    auto port = std::make_unique<Port>(Port{&socket, label, 0, false, {}});
    Port* p = port.get();
    p->receive = [this, p](const ReceivedDatagram& d) {
      m_machine.handleDatagram(m_loop.now(), {p->label, d.remote, d.ecn, d.bytes});
    };
    p->watch = m_loop.watch(socket.fd(), kReadable, [this, p](TimePoint, Readiness ready) {
      if (ready.writable) flush(*p);
      // After an ICMP error there may be nothing to read, but reading clears the error.
      if (ready.readable || ready.failed) {
        p->socket->receive(p->receive);
        m_touched = true;
      }
    });
    m_ports.push_back(std::move(port));
    m_touched = true;
  }
  void addSocket(UdpSocket& socket) { addSocket(socket, localLabel(socket.family())); }
  // Before the socket is closed. Not from inside the machine's handlers: post it.
  void removeSocket(const UdpSocket& socket) {
    std::erase_if(m_ports, [&](const std::unique_ptr<Port>& port) {
      if (port->socket != &socket) return false;
      m_loop.unwatch(port->watch);
      return true;
    });
  }

  // What the machine sends from `label` goes there and nowhere else; several labels may lead to one
  // port. What comes in by it is handed to receive().
  void addPort(DatagramPort& port, const SocketAddress& label) {
    m_others.push_back({&port, label});
    m_touched = true;
  }
  // Before the port goes. Not from inside the machine's handlers: post it.
  void removePort(const DatagramPort& port) {
    std::erase_if(m_others, [&](const Other& other) { return other.port == &port; });
  }
  void receive(const SocketAddress& label, const SocketAddress& remote, ByteView bytes) {
    m_machine.handleDatagram(m_loop.now(), {label, remote, 0, bytes});
    m_touched = true;
  }

  // The machine was commanded inside a callback of the loop: written at the end of this turn.
  void touch() { m_touched = true; }

  // Drains now. For commands given outside the loop's callbacks (before run()).
  void pump(TimePoint now) {
    m_touched = false;
    // Writing may bring events (a connection that ends), and these may ask for more to be written.
    for (int round = 0; round < kMaxRounds; ++round) {
      const bool any = m_drain && m_drain(now);
      if (!any && round > 0) break;
      m_machine.pollTransmit(now, m_sink);
    }
    for (const auto& port : m_ports) flush(*port);
    for (const Other& other : m_others) other.port->flush(now);
    m_loop.setDeadline(m_timer, m_machine.pollTimeout());
  }

 private:
  struct Port {
    UdpSocket* socket;
    SocketAddress label;
    EventLoop::WatchId watch;
    bool awaitsRoom;
    UdpSocket::ReceiveSink receive;
  };
  struct Other {
    DatagramPort* port;
    SocketAddress label;
  };
  // A machine that has events for ever would otherwise keep the loop from its sockets.
  static constexpr int kMaxRounds = 8;

  void queue(const net::TransmitBatch& batch) {
    if (batch.segmentSize == 0) return;
    for (const Other& other : m_others) {
      if (other.label != batch.local) continue;
      forEachPacket(
          batch, [&](ByteView packet) { other.port->queue(m_loop.now(), batch.remote, packet); });
      return;
    }
    Port* port = nullptr;
    for (const auto& candidate : m_ports) {
      if (candidate->socket->family() != batch.remote.ip.family) continue;
      if (candidate->label == batch.local) {
        port = candidate.get();
        break;
      }
      if (port == nullptr) port = candidate.get();
    }
    // No socket of that family: like a network that has no route, the packet is lost.
    if (port == nullptr) return;
    forEachPacket(batch,
                  [&](ByteView packet) { port->socket->queue(batch.remote, batch.ecn, packet); });
  }
  template <class OnPacket>
  static void forEachPacket(const net::TransmitBatch& batch, OnPacket&& onPacket) {
    for (ByteView rest = batch.payload; !rest.empty();) {
      const ByteView packet = rest.first(std::min(batch.segmentSize, rest.size()));
      rest = rest.subspan(packet.size());
      onPacket(packet);
    }
  }
  void flush(Port& port) {
    const bool awaitsRoom = !port.socket->flush();
    if (awaitsRoom == port.awaitsRoom) return;
    port.awaitsRoom = awaitsRoom;
    m_loop.rewatch(port.watch, awaitsRoom ? kReadableAndWritable : kReadable);
  }

  EventLoop& m_loop;
  Machine& m_machine;
  Drain m_drain;
  net::TransmitSink m_sink;
  EventLoop::TimerId m_timer = 0;
  EventLoop::TimerId m_turnEnd = 0;
  bool m_touched = false;
  std::vector<std::unique_ptr<Port>> m_ports;
  std::vector<Other> m_others;
};

}  // namespace foyer::io
