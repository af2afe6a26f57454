#include "tests/io/coturn/turn_wire.h"

#include <gnutls/gnutls.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "core/io/socket_address.h"
#include "core/io/udp_socket.h"
#include "tests/io/wait.h"

namespace foyer::test {
namespace {

using namespace foyer::net;

class UdpWire final : public TurnWire {
 public:
  UdpWire(std::unique_ptr<io::UdpSocket> socket, const SocketAddress& server)
      : m_socket(std::move(socket)), m_server(server) {}
  void send(ByteView message) override {
    m_socket->queue(m_server, 0, message);
    m_socket->flush();
  }
  bool receive(const Sink& sink) override {
    m_socket->receive([&](const io::ReceivedDatagram& datagram) {
      if (datagram.remote == m_server) sink(datagram.bytes);
    });
    return true;
  }
  int fd() const override { return m_socket->fd(); }

 private:
  std::unique_ptr<io::UdpSocket> m_socket;
  SocketAddress m_server;
};

class TcpWire : public TurnWire {
 public:
  explicit TcpWire(int fd) : m_fd(fd) {
    const int on = 1;
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~TcpWire() override { ::close(m_fd); }
  TcpWire(const TcpWire&) = delete;
  TcpWire& operator=(const TcpWire&) = delete;

  void send(ByteView message) override { write(message); }
  bool receive(const Sink& sink) override {
    std::array<std::uint8_t, 4096> buffer{};
    while (true) {
      const auto size = read(buffer);
      if (!size) return false;
      if (*size == 0) return true;
      if (!m_stream.feed(ByteView(buffer).first(*size), sink)) return false;
    }
  }
  int fd() const override { return m_fd; }

 protected:
  virtual void write(ByteView bytes) {
    EXPECT_EQ(::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  // Bytes that have come, 0 for none now, nullopt for the end.
  [[nodiscard]] virtual std::optional<std::size_t> read(MutableByteView buffer) {
    const ssize_t size = ::recv(m_fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size > 0) return static_cast<std::size_t>(size);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    return std::nullopt;
  }

 private:
  int m_fd;
  TurnStream m_stream;
};

class TlsWire final : public TcpWire {
 public:
  explicit TlsWire(int fd) : TcpWire(fd) {
    gnutls_certificate_allocate_credentials(&m_credentials);
    gnutls_init(&m_session, GNUTLS_CLIENT);
    gnutls_set_default_priority(m_session);
    gnutls_credentials_set(m_session, GNUTLS_CRD_CERTIFICATE, m_credentials);
    gnutls_transport_set_int(m_session, fd);
  }
  ~TlsWire() override {
    gnutls_deinit(m_session);
    gnutls_certificate_free_credentials(m_credentials);
  }
  [[nodiscard]] bool shakeHands(const Bytes& certificate) {
    gnutls_handshake_set_timeout(m_session, 10'000);
    int result = 0;
    do {
      result = gnutls_handshake(m_session);
    } while (result < 0 && gnutls_error_is_fatal(result) == 0);
    EXPECT_EQ(result, 0) << gnutls_strerror(result);
    if (result != 0) return false;
    unsigned count = 0;
    const gnutls_datum_t* shown = gnutls_certificate_get_peers(m_session, &count);
    return shown != nullptr && count > 0 &&
           Bytes(shown->data, shown->data + shown->size) == certificate;
  }

 protected:
  void write(ByteView bytes) override {
    EXPECT_EQ(gnutls_record_send(m_session, bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }
  std::optional<std::size_t> read(MutableByteView buffer) override {
    // The session blocks, so it is asked only when there is something.
    pollfd waiting{fd(), POLLIN, 0};
    if (gnutls_record_check_pending(m_session) == 0 && ::poll(&waiting, 1, 0) <= 0) return 0;
    const ssize_t size = gnutls_record_recv(m_session, buffer.data(), buffer.size());
    if (size > 0) return static_cast<std::size_t>(size);
    if (size < 0 && gnutls_error_is_fatal(static_cast<int>(size)) == 0) return 0;
    return std::nullopt;
  }

 private:
  gnutls_session_t m_session = nullptr;
  gnutls_certificate_credentials_t m_credentials = nullptr;
};

int tcpSocket(const SocketAddress& address) {
  return ::socket(address.ip.isV4() ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

}  // namespace

bool canListen(const SocketAddress& address) {
  const int fd = tcpSocket(address);
  io::RawAddress raw;
  io::toRaw(address, raw);
  const bool done = ::bind(fd, raw.get(), raw.length) == 0;
  ::close(fd);
  return done;
}

std::unique_ptr<TurnWire> TurnWire::connect(TurnTransport transport, const SocketAddress& server,
                                            const Bytes& certificate, std::uint16_t localPort) {
  if (transport == TurnTransport::Udp) {
    const char* any = server.ip.isV4() ? "127.0.0.1" : "::1";
    auto socket = io::UdpSocket::open({*IpAddress::parse(any), localPort});
    if (!socket) return nullptr;
    return std::make_unique<UdpWire>(std::move(*socket), server);
  }
  io::RawAddress raw;
  io::toRaw(server, raw);
  int fd = -1;
  // The server says that it is up when UDP answers; its other listeners come a moment later.
  const bool isConnected = io::waitUntil([&] {
    fd = tcpSocket(server);
    if (::connect(fd, raw.get(), raw.length) == 0) return true;
    ::close(fd);
    return false;
  });
  if (!isConnected) return nullptr;
  if (transport == TurnTransport::Tcp) return std::make_unique<TcpWire>(fd);
  auto tls = std::make_unique<TlsWire>(fd);
  if (!tls->shakeHands(certificate)) return nullptr;
  return tls;
}

TurnUser::TurnUser(TurnConfig config, const Bytes& certificate)
    : m_transport(config.transport), m_certificate(certificate) {
  m_client.emplace(std::move(config), m_random);
}

void TurnUser::start() {
  m_wire = TurnWire::connect(m_transport, m_client->server(), m_certificate, localPort);
  isBroken = m_wire == nullptr;
  ASSERT_FALSE(isBroken) << "no connection to the server";
  m_client->start(now());
  drain();
}

void TurnUser::drain() {
  while (auto event = m_client->pollEvent()) {
    // Over UDP the client has begun anew by itself; over a stream start() does.
    if (std::holds_alternative<TurnRedirected>(*event)) {
      m_wire = TurnWire::connect(m_transport, m_client->server(), m_certificate);
      isBroken = m_wire == nullptr;
      if (!isBroken && m_transport != TurnTransport::Udp) m_client->start(now());
    }
    events.push_back(std::move(*event));
  }
  if (isBroken) return;
  m_client->pollTransmit(now(), [&](ByteView message) { m_wire->send(message); });
}

void TurnUser::turn(Duration longest) {
  if (isBroken) return;
  pollfd waiting{m_wire->fd(), POLLIN, 0};
  (void)::poll(&waiting, 1, static_cast<int>(toMilliseconds(longest)));
  const bool isUp = m_wire->receive([&](ByteView message) {
    const TurnInput input = m_client->handle(now(), m_client->server(), message);
    if (input.kind == TurnInput::Kind::Data) data.push_back({input.peer, toBytes(input.payload)});
  });
  if (!isUp) isBroken = true;
  const auto due = m_client->pollTimeout();
  if (due && *due <= now()) m_client->handleTimeout(now());
  drain();
}

void TurnUser::send(const SocketAddress& peer, ByteView payload) {
  const auto message = m_client->wrap(now(), peer, payload);
  ASSERT_TRUE(message) << toString(message.error());
  m_wire->send(*message);
}

bool TurnUser::until(const std::function<bool()>& done) {
  const TimePoint end = now() + io::kPatience;
  while (!done()) {
    if (now() >= end || isBroken) return done();
    turn(2ms);
  }
  return true;
}

bool TurnUser::allocate() {
  start();
  return until([&] { return m_client->isAllocated() || m_client->hasEnded(); }) &&
         m_client->isAllocated();
}

bool TurnUser::permit(const SocketAddress& peer) {
  if (!m_client->addPeer(now(), peer)) return false;
  drain();
  return until([&] { return m_client->hasChannel(peer); });
}

std::string TurnUser::ending() const {
  const auto ends = all<TurnEnded>();
  if (ends.empty()) return "";
  if (!ends[0].fault) return "closed";
  return std::string(toString(ends[0].fault->stage)) + " " + toString(ends[0].fault->cause) + " " +
         std::to_string(ends[0].fault->code);
}

}  // namespace foyer::test
