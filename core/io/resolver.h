// Host names to addresses (getaddrinfo) without blocking a loop: each question is asked in a thread
// of its own, the answer comes in the loop's thread. Addresses pass through at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/io/event_loop.h"

namespace foyer::io {

class Resolver {
 public:
  // Addresses in the system's order of preference (RFC 6724), at most kMaxAnswers. Fault stage
  // "resolve": not_found, try_again, busy, failed.
  using Answer = Result<std::vector<SocketAddress>, Fault>;
  using Callback = std::function<void(Answer)>;
  // Questions under way at once; one more is answered "busy".
  static constexpr int kMaxQuestions = 8;
  static constexpr std::size_t kMaxAnswers = 8;

  explicit Resolver(EventLoop& loop);
  // No callback runs afterwards; a thread that still waits for a server ends on its own.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Loop thread. The callback never runs inside this call.
  void resolve(const std::string& host, std::uint16_t port, Callback callback);

 private:
  struct Shared;
  std::shared_ptr<Shared> m_shared;
};

}  // namespace foyer::io
