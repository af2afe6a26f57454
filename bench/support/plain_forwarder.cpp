#include "bench/support/plain_forwarder.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "bench/support/measure.h"
#include "core/io/socket_address.h"

namespace foyer::bench {
namespace {

constexpr int kBufferBytes = 4 << 20;

std::uint64_t keyOf(const sockaddr_in& a) {
  return (std::uint64_t{a.sin_addr.s_addr} << 16) | a.sin_port;
}

sockaddr_in rawOf(const SocketAddress& address) {
  io::RawAddress raw;
  io::toRaw(address, raw);
  sockaddr_in out{};
  std::memcpy(&out, raw.get(), sizeof out);
  return out;
}

}  // namespace

PlainForwarder::PlainForwarder() : m_fd(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  setsockopt(m_fd, SOL_SOCKET, SO_RCVBUFFORCE, &kBufferBytes, sizeof kBufferBytes);
  setsockopt(m_fd, SOL_SOCKET, SO_SNDBUFFORCE, &kBufferBytes, sizeof kBufferBytes);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(m_fd, reinterpret_cast<const sockaddr*>(&any), sizeof any);
  io::RawAddress bound;
  bound.length = sizeof bound.storage;
  getsockname(m_fd, bound.get(), &bound.length);
  m_address = *io::fromRaw(bound.get());
}

PlainForwarder::~PlainForwarder() {
  stop();
  close(m_fd);
}

void PlainForwarder::route(const SocketAddress& source,
                           const std::vector<SocketAddress>& receivers) {
  auto& list = m_routes[keyOf(rawOf(source))];
  for (const SocketAddress& receiver : receivers) list.push_back(rawOf(receiver));
}

void PlainForwarder::start(void (*prepare)()) {
  m_thread = std::thread([this, prepare] {
    prepare();
    run();
  });
}

void PlainForwarder::stop() {
  if (!m_thread.joinable()) return;
  m_isStopping = true;
  // A datagram from nobody wakes it.
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const sockaddr_in self = rawOf(m_address);
  sendto(fd, "", 0, 0, reinterpret_cast<const sockaddr*>(&self), sizeof self);
  close(fd);
  m_thread.join();
}

double PlainForwarder::cpu() const {
  clockid_t clock{};
  if (pthread_getcpuclockid(const_cast<std::thread&>(m_thread).native_handle(), &clock) != 0)
    return 0;
  return secondsOf(clock);
}

void PlainForwarder::run() {
  char bytes[2048];
  while (!m_isStopping.load(std::memory_order_relaxed)) {
    sockaddr_in from{};
    socklen_t length = sizeof from;
    const ssize_t size =
        recvfrom(m_fd, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr*>(&from), &length);
    if (size <= 0) continue;
    const auto found = m_routes.find(keyOf(from));
    if (found == m_routes.end()) continue;
    for (const sockaddr_in& to : found->second) {
      sendto(m_fd, bytes, static_cast<std::size_t>(size), 0, reinterpret_cast<const sockaddr*>(&to),
             sizeof to);
    }
    m_forwarded.fetch_add(found->second.size(), std::memory_order_relaxed);
  }
}

}  // namespace foyer::bench
