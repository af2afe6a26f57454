// UPnP-IGD by miniupnpc, whose calls block: each order runs in a thread of its own, one at a time;
// the answer comes in the loop's thread. Talks to the router alone, by addresses that were checked
// (net/port_mapping_ssdp.h). A router that keeps a call hanging stalls nobody.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>

#include "core/base/address.h"
#include "core/io/event_loop.h"
#include "core/net/port_mapping_types.h"

namespace foyer::io {

struct UpnpErrand {
  net::UpnpOrder order;
  std::string description;  // URL, from the router's answer to the search
  IpAddress gateway;
  IpAddress local;
  std::uint16_t localPort = 0;
  // Tried when the wished port belongs to somebody else.
  std::array<std::uint16_t, 3> otherPorts{};
};

class UpnpWorker {
 public:
  using Callback = std::function<void(const net::UpnpAnswer&)>;
  explicit UpnpWorker(EventLoop& loop);
  // No callback runs afterwards. What is under way takes back what it opened and ends on its own.
  ~UpnpWorker();
  UpnpWorker(const UpnpWorker&) = delete;
  UpnpWorker& operator=(const UpnpWorker&) = delete;

  // Loop thread. False, and nothing is done, while one is under way. The callback never runs inside
  // this call.
  bool run(UpnpErrand errand, Callback callback);
  // Blocks until nothing is under way, or that long. Without an errand it returns at once.
  void waitForEnd(Duration atMost);

 private:
  struct Shared;
  std::shared_ptr<Shared> m_shared;
};

}  // namespace foyer::io
