// The machine's own addresses, ranked, and news when they change (netlink). Loopback and link-local
// IPv6 rank last, so that the first one is what others most likely reach.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/io/event_loop.h"

namespace foyer::io {

struct LocalAddress {
  IpAddress ip;
  std::string interfaceName;
  int prefixBits = 0;  // of its network; 0 = not known, as behind a tunnel
  bool operator==(const LocalAddress&) const = default;
};

// Smaller is better: public and private IPv4 and global IPv6 first, then IPv4 link-local, then
// link-local IPv6, then loopback. Pure.
[[nodiscard]] int addressRank(const IpAddress& ip);
// Stable sort by addressRank(). Pure.
void rankAddresses(std::vector<IpAddress>& addresses);
void rankAddresses(std::vector<SocketAddress>& addresses);

// Addresses of interfaces that are up, best first. Interfaces of containers and virtual machines
// (docker*, veth*, virbr*, br-*) come after real ones of the same rank.
[[nodiscard]] std::vector<LocalAddress> listLocalAddresses();
// The best one that is not loopback; nullopt on a machine without a network.
[[nodiscard]] std::optional<IpAddress> bestLocalAddress();

// Calls back in the loop's thread when addresses or links change: at once, because the sound of a
// call may go the wrong way from now on, and again after kSettle of quiet, when all of it is known.
class AddressWatcher {
 public:
  // A DHCP renewal or a cable brings a handful of messages at once …
  static constexpr Duration kGather = 10ms;
  // … and routes and further addresses a while later.
  static constexpr Duration kSettle = 300ms;

  using Callback = std::function<void(TimePoint now)>;
  // Fault stage "netlink" when the kernel refuses; a program goes on without.
  [[nodiscard]] static Result<std::unique_ptr<AddressWatcher>, Fault> start(EventLoop& loop,
                                                                            Callback callback);
  ~AddressWatcher();
  AddressWatcher(const AddressWatcher&) = delete;
  AddressWatcher& operator=(const AddressWatcher&) = delete;

 private:
  AddressWatcher(EventLoop& loop, int fd, Callback callback);
  void readMessages(TimePoint now);
  void onTimer(TimePoint now);

  EventLoop& m_loop;
  int m_fd;
  Callback m_callback;
  std::optional<TimePoint> m_quietAt;  // while a change settles
  bool m_hasToldFirst = false;         // of that change
  EventLoop::WatchId m_watch = 0;
  EventLoop::TimerId m_timer = 0;
};

}  // namespace foyer::io
