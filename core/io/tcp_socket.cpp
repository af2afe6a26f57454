#include "core/io/tcp_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "core/base/assert.h"
#include "core/io/bind_fault.h"
#include "core/io/socket_address.h"

namespace foyer::io {
namespace {

// What was sent and is not acknowledged for so long will not be: the other side is gone.
constexpr int kUserTimeoutMs = 15'000;

void setOption(int fd, int level, int name, int value) {
  // None of these is necessary.
  (void)setsockopt(fd, level, name, &value, sizeof value);
}

void setOptions(int fd) {
  setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  setOption(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, TcpSocket::kUnsentBytes);
  setOption(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, kUserTimeoutMs);
}

int openSocket(const IpAddress& ip) {
  return socket(ip.isV4() ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

const char* codeOf(int error) {
  switch (error) {
    case ECONNREFUSED:
      return "refused";
    case ETIMEDOUT:
      return "timeout";
    case ECONNRESET:
    case EPIPE:
      return "reset";
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case EACCES:
    case EPERM:
      return "unreachable";
    default:
      return "failed";
  }
}

std::optional<SocketAddress> addressOf(int fd) {
  RawAddress raw;
  raw.length = sizeof raw.storage;
  if (getsockname(fd, raw.get(), &raw.length) != 0) return std::nullopt;
  return fromRaw(raw.get());
}

}  // namespace

struct TcpSocket::State : std::enable_shared_from_this<TcpSocket::State> {
  State(EventLoop& onLoop, const SocketAddress& to, TcpOptions with, TcpEvents tell)
      : loop(onLoop), remote(to), options(std::move(with)), events(std::move(tell)) {}
  ~State() { release(); }

  void begin(int descriptor, bool connected);
  void release();
  void failLater(std::string code, std::string detail = {});
  void fail(TimePoint now, std::string code, std::string detail = {});
  void handle(TimePoint now, Readiness ready);
  void onTimer(TimePoint now);
  void onConnected(TimePoint now);
  void opened(TimePoint now);
  void read(TimePoint now);
  void feed(TimePoint now, ByteView bytes);
  void flush();
  void updateWatch();
  [[nodiscard]] ByteView waiting() const {
    return tls ? tls->ciphertext() : ByteView(plain).subspan(plainTaken);
  }
  void took(std::size_t bytes);
  [[nodiscard]] bool isLive() const { return fd >= 0; }

  EventLoop& loop;
  SocketAddress remote;
  TcpOptions options;
  TcpEvents events;
  int fd = -1;
  EventLoop::WatchId watch = 0;
  EventLoop::TimerId timer = 0;
  Readiness watched;
  std::unique_ptr<net::TlsStream> tls;
  Bytes plain;
  std::size_t plainTaken = 0;
  bool isConnected = false;
  bool isOpen = false;
  bool owesDrained = false;  // the owner was left with something waiting, and is told when it left
  int brokenBy = 0;          // the errno that writing failed with; told when reading finds the end
  std::optional<Fault> fault;  // to be told when the timer runs
};

void TcpSocket::State::begin(int descriptor, bool connected) {
  fd = descriptor;
  const std::weak_ptr<State> self = weak_from_this();
  timer = loop.addTimer([self](TimePoint now) {
    if (const auto state = self.lock()) state->onTimer(now);
  });
  loop.setDeadline(timer, loop.now() + options.openWithin);
  watched = connected ? kReadable : kWritable;
  watch = loop.watch(fd, watched, [self](TimePoint now, Readiness ready) {
    if (const auto state = self.lock()) state->handle(now, ready);
  });
  if (options.tls) tls = std::make_unique<net::TlsStream>(options.tls, options.serverName);
  if (!connected) return;
  isConnected = true;
  // Without TLS there is nothing to wait for, but the owner is still inside its call.
  if (!tls) loop.setDeadline(timer, loop.now());
}

void TcpSocket::State::release() {
  if (watch != 0) loop.unwatch(watch);
  if (timer != 0) loop.removeTimer(timer);
  if (fd >= 0) close(fd);
  watch = timer = 0;
  fd = -1;
  isOpen = false;
}

void TcpSocket::State::failLater(std::string code, std::string detail) {
  if (fault) return;
  const bool isRetryable = !code.starts_with("tls_");
  fault = Fault{isOpen ? "connection" : "connect", std::move(code), isRetryable, std::move(detail)};
  if (timer != 0) loop.setDeadline(timer, loop.now());
}

void TcpSocket::State::fail(TimePoint now, std::string code, std::string detail) {
  failLater(std::move(code), std::move(detail));
  const Fault told = *fault;
  release();
  // The last: the owner may delete the socket in it.
  if (events.onClosed) events.onClosed(now, told);
}

void TcpSocket::State::onTimer(TimePoint now) {
  if (fault) return fail(now, fault->code);
  if (!isOpen && isConnected && !tls) return opened(now);
  if (!isOpen) fail(now, "timeout");
}

void TcpSocket::State::opened(TimePoint now) {
  isOpen = true;
  owesDrained = !waiting().empty();  // the last words of a handshake
  loop.setDeadline(timer, std::nullopt);
  if (events.onOpen) events.onOpen(now);
}

void TcpSocket::State::onConnected(TimePoint now) {
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) error = errno;
  if (error != 0) return fail(now, codeOf(error), std::strerror(error));
  isConnected = true;
  if (!tls) return opened(now);
  tls->start();
  flush();
}

void TcpSocket::State::handle(TimePoint now, Readiness ready) {
  if (!isConnected) {
    onConnected(now);
    if (isLive()) updateWatch();
    return;
  }
  if (ready.writable) flush();
  if (ready.readable || ready.failed) read(now);
  if (isLive() && isOpen && waiting().empty() && std::exchange(owesDrained, false) &&
      events.onDrained)
    events.onDrained(now);
  if (isLive()) updateWatch();
}

void TcpSocket::State::read(TimePoint now) {
  std::array<std::uint8_t, kReadBytes> bytes;
  for (int round = 0; round < kMaxReads && isLive(); ++round) {
    const ssize_t got = recv(fd, bytes.data(), bytes.size(), 0);
    if (got > 0) {
      feed(now, {bytes.data(), static_cast<std::size_t>(got)});
      continue;
    }
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (got < 0) return fail(now, codeOf(errno), std::strerror(errno));
    // The kernel told writing of the error, and tells it once.
    if (brokenBy != 0) return fail(now, codeOf(brokenBy), std::strerror(brokenBy));
    if (!tls) return fail(now, "closed");
    tls->handleEnd();
    return fail(now, tls->error() ? std::string("tls_") + toString(*tls->error()) : "closed");
  }
}

void TcpSocket::State::feed(TimePoint now, ByteView bytes) {
  const auto hand = [&](ByteView plaintext) {
    // The owner deletes or closes it in the middle: the rest is nobody's.
    if (isLive() && !isOpen) opened(now);
    if (isLive() && events.onBytes) events.onBytes(now, plaintext);
  };
  if (!tls) return hand(bytes);
  tls->handleCiphertext(bytes, hand);
  if (!isLive()) return;
  if (tls->isOpen() && !isOpen) opened(now);
  if (!isLive()) return;
  flush();  // the handshake's next flight, an alert
  if (tls->error()) return fail(now, std::string("tls_") + toString(*tls->error()));
  if (tls->state() == net::TlsStream::State::Closed) fail(now, "closed");
}

void TcpSocket::State::took(std::size_t bytes) {
  if (tls) return tls->taken(bytes);
  plainTaken += bytes;
  if (plainTaken < plain.size()) return;
  plain.clear();
  plainTaken = 0;
}

void TcpSocket::State::flush() {
  while (brokenBy == 0 && isLive() && !waiting().empty()) {
    const ByteView next = waiting();
    const ssize_t sent = send(fd, next.data(), next.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) brokenBy = errno;
      return;
    }
    took(static_cast<std::size_t>(sent));
  }
}

void TcpSocket::State::updateWatch() {
  const Readiness wanted = !waiting().empty() && brokenBy == 0 ? kReadableAndWritable : kReadable;
  if (wanted == watched) return;
  watched = wanted;
  loop.rewatch(watch, wanted);
}

std::unique_ptr<TcpSocket> TcpSocket::connect(EventLoop& loop, const SocketAddress& remote,
                                              TcpOptions options, TcpEvents events) {
  auto state = std::make_shared<State>(loop, remote, std::move(options), std::move(events));
  std::unique_ptr<TcpSocket> made(new TcpSocket(state));
  const int fd = openSocket(remote.ip);
  int error = fd < 0 ? errno : 0;
  if (fd >= 0) {
    setOptions(fd);
    RawAddress raw;
    toRaw(remote, raw);
    if (::connect(fd, raw.get(), raw.length) != 0 && errno != EINPROGRESS) error = errno;
    if (error != 0) close(fd);
  }
  if (error == 0) {
    state->begin(fd, false);
  } else {
    const std::weak_ptr<State> self = state;
    state->timer = loop.addTimer([self](TimePoint now) {
      if (const auto held = self.lock()) held->onTimer(now);
    });
    state->failLater(codeOf(error), std::strerror(error));
  }
  return made;
}

TcpSocket::~TcpSocket() {
  // Maybe inside one of its own callbacks: these live until that is over, and none follows.
  State& s = *m_state;
  if (s.tls && s.isOpen) {
    s.tls->close();
    s.flush();
  }
  s.release();
}

bool TcpSocket::write(ByteView bytes) {
  State& s = *m_state;
  if (!s.isOpen || s.fault) return false;
  if (s.waiting().size() + bytes.size() > kMaxPending) return false;
  if (s.tls) {
    if (!s.tls->send(bytes)) {
      if (s.tls->error()) s.failLater(std::string("tls_") + toString(*s.tls->error()));
      return false;
    }
  } else {
    if (s.plainTaken > 0) {
      s.plain.erase(s.plain.begin(), s.plain.begin() + static_cast<std::ptrdiff_t>(s.plainTaken));
      s.plainTaken = 0;
    }
    append(s.plain, bytes);
  }
  s.flush();
  s.owesDrained = !s.waiting().empty();
  s.updateWatch();
  return true;
}

std::size_t TcpSocket::pending() const { return m_state->waiting().size(); }
bool TcpSocket::isOpen() const { return m_state->isOpen; }
const SocketAddress& TcpSocket::remote() const { return m_state->remote; }
SocketAddress TcpSocket::localAddress() const {
  return m_state->isLive() ? addressOf(m_state->fd).value_or(SocketAddress{}) : SocketAddress{};
}

// ---- listener

std::unique_ptr<TcpSocket> TcpListener::Incoming::take(TcpOptions options, TcpEvents events) {
  FOYER_ASSERT(m_fd >= 0, "a connection is taken once");
  auto state =
      std::make_shared<TcpSocket::State>(m_loop, m_remote, std::move(options), std::move(events));
  setOptions(m_fd);
  state->begin(std::exchange(m_fd, -1), true);
  return std::unique_ptr<TcpSocket>(new TcpSocket(std::move(state)));
}

Result<std::unique_ptr<TcpListener>, Fault> TcpListener::open(EventLoop& loop,
                                                              const SocketAddress& local,
                                                              OnIncoming onIncoming) {
  const int fd = openSocket(local.ip);
  if (fd < 0) return Failure<Fault>(bindFault(errno));
  // A relay that starts again finds its port although the connections of before are still fading.
  setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  if (!local.ip.isV4()) setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  RawAddress raw;
  toRaw(local, raw);
  if (bind(fd, raw.get(), raw.length) != 0 || listen(fd, kBacklog) != 0) {
    const int error = errno;
    close(fd);
    return Failure<Fault>(bindFault(error));
  }
  const SocketAddress bound = addressOf(fd).value_or(local);
  return std::unique_ptr<TcpListener>(new TcpListener(loop, fd, bound, std::move(onIncoming)));
}

TcpListener::TcpListener(EventLoop& loop, int fd, const SocketAddress& local, OnIncoming onIncoming)
    : m_loop(loop), m_fd(fd), m_local(local), m_onIncoming(std::move(onIncoming)) {
  m_watch = loop.watch(fd, kReadable, [this](TimePoint now, Readiness) { acceptAll(now); });
  m_pauseTimer = loop.addTimer([this](TimePoint) { m_loop.rewatch(m_watch, kReadable); });
}

TcpListener::~TcpListener() {
  m_loop.unwatch(m_watch);
  m_loop.removeTimer(m_pauseTimer);
  close(m_fd);
}

void TcpListener::acceptAll(TimePoint now) {
  for (int i = 0; i < kMaxAccepts; ++i) {
    RawAddress raw;
    raw.length = sizeof raw.storage;
    const int fd = accept4(m_fd, raw.get(), &raw.length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        m_loop.rewatch(m_watch, {});
        m_loop.setDeadline(m_pauseTimer, now + kPause);
      }
      return;  // else nobody is there any more, or that one has gone
    }
    const auto remote = fromRaw(raw.get());
    Incoming incoming(m_loop, fd, remote.value_or(SocketAddress{}));
    if (remote) m_onIncoming(now, incoming);
    if (incoming.m_fd >= 0) close(incoming.m_fd);
  }
}

}  // namespace foyer::io
