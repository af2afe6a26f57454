#include "core/io/signals.h"

#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace foyer::io {
namespace {

sigset_t setOf(std::initializer_list<int> numbers) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : numbers) sigaddset(&set, signal);
  return set;
}

}  // namespace

void blockSignals(std::initializer_list<int> numbers) {
  const sigset_t set = setOf(numbers);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Result<std::unique_ptr<SignalWatcher>, Fault> SignalWatcher::start(
    EventLoop& loop, std::initializer_list<int> numbers, Callback callback) {
  const sigset_t set = setOf(numbers);
  const int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0) return Failure<Fault>(Fault{"signals", "failed", false, std::strerror(errno)});
  return std::unique_ptr<SignalWatcher>(new SignalWatcher(loop, fd, std::move(callback)));
}

SignalWatcher::SignalWatcher(EventLoop& loop, int fd, Callback callback)
    : m_loop(loop), m_fd(fd), m_callback(std::move(callback)) {
  m_watch = m_loop.watch(fd, kReadable, [this](TimePoint, Readiness) {
    signalfd_siginfo info{};
    while (read(m_fd, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
      m_callback(static_cast<int>(info.ssi_signo));
    }
  });
}

SignalWatcher::~SignalWatcher() {
  m_loop.unwatch(m_watch);
  close(m_fd);
}

bool notifyServiceManager(std::string_view state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  if (path == nullptr || (path[0] != '/' && path[0] != '@')) return false;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::size_t length = std::strlen(path);
  if (length >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // the abstract namespace
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  const ssize_t sent = sendto(fd, state.data(), state.size(), MSG_NOSIGNAL,
                              reinterpret_cast<const sockaddr*>(&address), size);
  close(fd);
  return sent == static_cast<ssize_t>(state.size());
}

}  // namespace foyer::io
