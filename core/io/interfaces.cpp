#include "core/io/interfaces.h"

#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/io/socket_address.h"

namespace foyer::io {
namespace {

// Bridges and cables of containers and virtual machines: real addresses that nobody outside
// reaches.
bool isVirtual(std::string_view interfaceName) {
  constexpr std::array<std::string_view, 6> kPrefixes{"docker", "veth",  "virbr",
                                                      "br-",    "vmnet", "lxc"};
  return std::ranges::any_of(kPrefixes, [&](auto p) { return interfaceName.starts_with(p); });
}

// A tunnel's own mask says nothing about who is reached through it.
int prefixBitsOf(const ifaddrs& entry) {
  if (entry.ifa_netmask == nullptr || (entry.ifa_flags & IFF_POINTOPOINT) != 0) return 0;
  // The family of a mask is not set everywhere; that of its address is.
  const auto ones = [](const void* bytes, std::size_t size) {
    int count = 0;
    for (std::size_t i = 0; i < size; ++i)
      count += std::popcount(static_cast<const unsigned char*>(bytes)[i]);
    return count;
  };
  if (entry.ifa_addr->sa_family == AF_INET) {
    sockaddr_in mask{};
    std::memcpy(&mask, entry.ifa_netmask, sizeof mask);
    return ones(&mask.sin_addr, sizeof mask.sin_addr);
  }
  sockaddr_in6 mask{};
  std::memcpy(&mask, entry.ifa_netmask, sizeof mask);
  return ones(&mask.sin6_addr, sizeof mask.sin6_addr);
}

}  // namespace

int addressRank(const IpAddress& ip) {
  if (ip.isUnspecified()) return 5;
  if (ip.isLoopback()) return 4;
  if (ip.isLinkLocal()) return ip.isV4() ? 2 : 3;
  return ip.isV4() ? 0 : 1;
}

void rankAddresses(std::vector<IpAddress>& addresses) {
  std::ranges::stable_sort(addresses, {}, addressRank);
}

void rankAddresses(std::vector<SocketAddress>& addresses) {
  std::ranges::stable_sort(addresses, {}, [](const SocketAddress& a) { return addressRank(a.ip); });
}

std::vector<LocalAddress> listLocalAddresses() {
  std::vector<LocalAddress> found;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return found;
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || (entry->ifa_flags & IFF_UP) == 0) continue;
    if (const auto address = fromRaw(entry->ifa_addr))
      found.push_back({address->ip, entry->ifa_name, prefixBitsOf(*entry)});
  }
  freeifaddrs(list);
  std::ranges::stable_sort(found, {}, [](const LocalAddress& a) {
    return addressRank(a.ip) * 2 + (isVirtual(a.interfaceName) ? 1 : 0);
  });
  return found;
}

std::optional<IpAddress> bestLocalAddress() {
  const auto all = listLocalAddresses();
  if (all.empty() || all.front().ip.isLoopback()) return std::nullopt;
  return all.front().ip;
}

Result<std::unique_ptr<AddressWatcher>, Fault> AddressWatcher::start(EventLoop& loop,
                                                                     Callback callback) {
  const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    const Fault fault{"netlink", "failed", false, std::strerror(errno)};
    if (fd >= 0) close(fd);
    return Failure<Fault>(fault);
  }
  return std::unique_ptr<AddressWatcher>(new AddressWatcher(loop, fd, std::move(callback)));
}

AddressWatcher::AddressWatcher(EventLoop& loop, int fd, Callback callback)
    : m_loop(loop), m_fd(fd), m_callback(std::move(callback)) {
  m_timer = m_loop.addTimer([this](TimePoint now) { onTimer(now); });
  m_watch = m_loop.watch(fd, kReadable, [this](TimePoint now, Readiness) { readMessages(now); });
}

AddressWatcher::~AddressWatcher() {
  m_loop.unwatch(m_watch);
  m_loop.removeTimer(m_timer);
  close(m_fd);
}

void AddressWatcher::readMessages(TimePoint now) {
  alignas(nlmsghdr) std::array<char, 8192> buffer;
  bool changed = false;
  while (true) {
    const ssize_t got = recv(m_fd, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == ENOBUFS) {  // messages were lost, so something has changed
      changed = true;
      continue;
    }
    if (got <= 0) break;
    int left = static_cast<int>(got);
    for (auto* header = reinterpret_cast<nlmsghdr*>(buffer.data()); NLMSG_OK(header, left);
         header = NLMSG_NEXT(header, left)) {
      changed = changed || (header->nlmsg_type >= RTM_NEWLINK && header->nlmsg_type <= RTM_DELADDR);
    }
  }
  if (!changed) return;
  if (!m_quietAt) m_loop.setDeadline(m_timer, now + kGather);
  m_quietAt = now + kSettle;
}

void AddressWatcher::onTimer(TimePoint now) {
  if (!m_quietAt) return;
  const bool isQuiet = now >= *m_quietAt;
  const bool isFirst = !std::exchange(m_hasToldFirst, !isQuiet);
  m_loop.setDeadline(m_timer, isQuiet ? std::nullopt : m_quietAt);
  if (isQuiet) m_quietAt.reset();
  if (isFirst || isQuiet) m_callback(now);
}

}  // namespace foyer::io
