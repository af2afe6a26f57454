// The reference of the forwarding benchmarks: the least a relay over UDP can be. One thread, one
// blocking recvfrom, a look-up by the sender's address, one sendto per receiver; no encryption, no
// acknowledgement, no limit.
#pragma once

#include <netinet/in.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/base/address.h"

namespace foyer::bench {

class PlainForwarder {
 public:
  PlainForwarder();
  ~PlainForwarder();
  PlainForwarder(const PlainForwarder&) = delete;
  PlainForwarder& operator=(const PlainForwarder&) = delete;

  [[nodiscard]] SocketAddress address() const { return m_address; }
  // Before start(): what comes from `source` goes to `receivers`.
  void route(const SocketAddress& source, const std::vector<SocketAddress>& receivers);
  // `prepare` runs in the new thread first.
  void start(void (*prepare)());
  void stop();
  // CPU seconds of its thread.
  [[nodiscard]] double cpu() const;
  [[nodiscard]] std::uint64_t forwarded() const {
    return m_forwarded.load(std::memory_order_relaxed);
  }

 private:
  void run();

  int m_fd = -1;
  SocketAddress m_address;
  std::unordered_map<std::uint64_t, std::vector<sockaddr_in>> m_routes;  // address and port, raw
  std::atomic<bool> m_isStopping{false};
  std::atomic<std::uint64_t> m_forwarded{0};
  std::thread m_thread;
};

}  // namespace foyer::bench
