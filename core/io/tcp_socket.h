// TCP on an EventLoop, plain or with TLS inside: connect, listen, accept, read, write. Writes wait
// in a bounded buffer; little is left to the kernel, so that what grows old in a queue can still be
// dropped there. Leaves out framing (net/turn_stream.h, net/datagram_stream.h) and names. The
// loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/io/event_loop.h"
#include "core/net/tls_stream.h"

namespace foyer::io {

// Called from the loop, never inside a call of the owner. Deleting the socket inside is allowed.
struct TcpEvents {
  // Connected, and TLS stands if there is any: write() works from here on.
  std::function<void(TimePoint)> onOpen;
  // In order, without TLS around it; valid during the call.
  std::function<void(TimePoint, ByteView)> onBytes;
  // Everything that was written has left for the kernel, which takes more.
  std::function<void(TimePoint)> onDrained;
  // Once, and the last. Fault stage "connect" before onOpen, "connection" after it; codes refused,
  // unreachable, timeout, closed (in order), reset, failed, and those of net::TlsError, with "tls_"
  // in front.
  std::function<void(TimePoint, const Fault&)> onClosed;
};

struct TcpOptions {
  // Absent: plain TCP. For accepted sockets a server's.
  std::shared_ptr<const net::TlsCredentials> tls;
  std::string serverName;  // of a TLS client with checked credentials
  // Until onOpen; a server's side counts from accepting on.
  Duration openWithin = 10s;
};

class TcpSocket {
 public:
  // Waiting to be sent; write() refuses what would go beyond.
  static constexpr std::size_t kMaxPending = 64 * 1024;
  // What the kernel may hold that has not left (TCP_NOTSENT_LOWAT): some ten datagrams, enough to
  // fill a window between two turns of the loop.
  static constexpr int kUnsentBytes = 16 * 1024;
  static constexpr std::size_t kReadBytes = 16 * 1024;
  // Reads of one turn, so that one flooding socket does not starve the loop.
  static constexpr int kMaxReads = 8;

  // Begins to connect; failing, too, is told later.
  [[nodiscard]] static std::unique_ptr<TcpSocket> connect(EventLoop& loop,
                                                          const SocketAddress& remote,
                                                          TcpOptions options, TcpEvents events);
  // Closes without waiting for anything (TLS says goodbye as far as that fits); tells nobody.
  ~TcpSocket();
  TcpSocket(const TcpSocket&) = delete;
  TcpSocket& operator=(const TcpSocket&) = delete;

  // Whole or not at all: false when it is not open or too much waits.
  bool write(ByteView bytes);
  // Bytes that the kernel has not taken.
  [[nodiscard]] std::size_t pending() const;
  [[nodiscard]] bool isOpen() const;
  [[nodiscard]] const SocketAddress& remote() const;
  // As bound; unspecified before the connection stands.
  [[nodiscard]] SocketAddress localAddress() const;

 private:
  friend class TcpListener;
  struct State;
  explicit TcpSocket(std::shared_ptr<State> state) : m_state(std::move(state)) {}
  std::shared_ptr<State> m_state;
};

class TcpListener {
 public:
  // Who waits in the kernel to be accepted.
  static constexpr int kBacklog = 64;
  // Of one turn.
  static constexpr int kMaxAccepts = 32;
  // No descriptor or memory is left: accepting pauses for this long instead of spinning.
  static constexpr Duration kPause = 500ms;

  // A connection that waits to be taken. Not taking it closes it, at the cost of a descriptor for a
  // moment.
  class Incoming {
   public:
    [[nodiscard]] const SocketAddress& remote() const { return m_remote; }
    [[nodiscard]] TimePoint now() const { return m_loop.now(); }
    // At most once, inside the callback.
    [[nodiscard]] std::unique_ptr<TcpSocket> take(TcpOptions options, TcpEvents events);

   private:
    friend class TcpListener;
    Incoming(EventLoop& loop, int fd, const SocketAddress& remote)
        : m_loop(loop), m_fd(fd), m_remote(remote) {}
    EventLoop& m_loop;
    int m_fd;
    SocketAddress m_remote;
  };
  using OnIncoming = std::function<void(TimePoint, Incoming&)>;

  // Port 0: any. IPv6 sockets never carry IPv4. Fault stage "bind", codes as of UdpSocket::open().
  [[nodiscard]] static Result<std::unique_ptr<TcpListener>, Fault> open(EventLoop& loop,
                                                                        const SocketAddress& local,
                                                                        OnIncoming onIncoming);
  ~TcpListener();
  TcpListener(const TcpListener&) = delete;
  TcpListener& operator=(const TcpListener&) = delete;

  // With the real port.
  [[nodiscard]] const SocketAddress& localAddress() const { return m_local; }

 private:
  TcpListener(EventLoop& loop, int fd, const SocketAddress& local, OnIncoming onIncoming);
  void acceptAll(TimePoint now);

  EventLoop& m_loop;
  int m_fd;
  SocketAddress m_local;
  OnIncoming m_onIncoming;
  EventLoop::WatchId m_watch = 0;
  EventLoop::TimerId m_pauseTimer = 0;
};

}  // namespace foyer::io
