#include "core/io/resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "core/io/socket_address.h"

namespace foyer::io {

struct Resolver::Shared {
  std::mutex mutex;
  EventLoop* loop = nullptr;  // null once the resolver is gone
  int underWay = 0;
};

namespace {

Resolver::Answer ask(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (error != 0) {
    const char* code = error == EAI_NONAME  ? "not_found"
                       : error == EAI_AGAIN ? "try_again"
                                            : "failed";
    return Failure<Fault>(Fault{"resolve", code, error != EAI_NONAME, gai_strerror(error)});
  }
  std::vector<SocketAddress> found;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    auto address = fromRaw(entry->ai_addr);
    if (!address || found.size() == Resolver::kMaxAnswers) continue;
    address->port = port;
    if (std::ranges::find(found, *address) == found.end()) found.push_back(*address);
  }
  freeaddrinfo(list);
  if (found.empty()) return Failure<Fault>(Fault{"resolve", "not_found", false, {}});
  return found;
}

}  // namespace

Resolver::Resolver(EventLoop& loop) : m_shared(std::make_shared<Shared>()) {
  m_shared->loop = &loop;
}

Resolver::~Resolver() {
  const std::lock_guard lock(m_shared->mutex);
  m_shared->loop = nullptr;
}

void Resolver::resolve(const std::string& host, std::uint16_t port, Callback callback) {
  // Posted answers outlive the resolver, so each looks whether it still exists.
  const auto deliver = [shared = m_shared, callback = std::move(callback)](Answer answer) {
    const std::lock_guard lock(shared->mutex);
    if (shared->loop == nullptr) return;
    shared->loop->post([shared, callback, answer = std::move(answer)] {
      {
        const std::lock_guard again(shared->mutex);
        if (shared->loop == nullptr) return;
      }
      callback(answer);
    });
  };
  if (const auto ip = IpAddress::parse(host)) {
    deliver(std::vector<SocketAddress>{{*ip, port}});
    return;
  }
  bool isBusy = false;
  {
    const std::lock_guard lock(m_shared->mutex);
    isBusy = m_shared->underWay >= kMaxQuestions;
    if (!isBusy) ++m_shared->underWay;
  }
  if (isBusy) {
    deliver(Failure<Fault>(Fault{"resolve", "busy", true, {}}));
    return;
  }
  // Detached: getaddrinfo cannot be interrupted and may wait many seconds for a silent server.
  std::thread([host, port, deliver, shared = m_shared] {
    Answer answer = ask(host, port);
    {
      const std::lock_guard lock(shared->mutex);
      --shared->underWay;
    }
    deliver(std::move(answer));
  }).detach();
}

}  // namespace foyer::io
