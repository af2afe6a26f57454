#include "core/io/default_route.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "core/io/socket_address.h"

namespace foyer::io {
namespace {

// Stands for the internet in the look-up; nothing is sent there. Addresses for documentation
// (RFC 5737, RFC 3849) are in no table but by the default route.
const IpAddress& somewhere(bool v4) {
  static const IpAddress kV4 = IpAddress::v4(192, 0, 2, 1);
  static const IpAddress kV6 = *IpAddress::parse("2001:db8::1");
  return v4 ? kV4 : kV6;
}

// The kernel answers at once; this only bounds the impossible.
constexpr timeval kPatience{.tv_sec = 1, .tv_usec = 0};

struct Question {
  nlmsghdr header{};
  rtmsg route{};
  rtattr attribute{};
  std::array<std::uint8_t, 16> destination{};
};

std::optional<IpAddress> addressOf(const rtattr* attribute, bool v4, std::uint32_t interface) {
  const std::size_t size = v4 ? 4 : 16;
  if (RTA_PAYLOAD(attribute) != size) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), RTA_DATA(attribute), size);
  if (v4) return IpAddress::v4(bytes[0], bytes[1], bytes[2], bytes[3]);
  return IpAddress::v6(bytes, interface);
}

std::optional<DefaultRoute> read(const nlmsghdr* header, bool v4) {
  const auto* route = static_cast<const rtmsg*>(NLMSG_DATA(header));
  if (route->rtm_type != RTN_UNICAST) return std::nullopt;
  const rtattr* gateway = nullptr;
  const rtattr* source = nullptr;
  std::uint32_t interface = 0;
  int left = static_cast<int>(RTM_PAYLOAD(header));
  for (const auto* a = RTM_RTA(route); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
    if (a->rta_type == RTA_GATEWAY) gateway = a;
    if (a->rta_type == RTA_PREFSRC) source = a;
    if (a->rta_type == RTA_OIF && RTA_PAYLOAD(a) == sizeof interface) {
      std::memcpy(&interface, RTA_DATA(a), sizeof interface);
    }
  }
  if (gateway == nullptr || source == nullptr) return std::nullopt;
  const auto to = addressOf(gateway, v4, interface);
  const auto from = addressOf(source, v4, interface);
  if (!to || !from || to->isUnspecified() || from->isUnspecified()) return std::nullopt;
  return DefaultRoute{*to, *from};
}

}  // namespace

std::optional<DefaultRoute> findDefaultRoute(IpAddress::Family family) {
  const bool v4 = family == IpAddress::Family::V4;
  const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) return std::nullopt;
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);

  const std::size_t size = v4 ? 4 : 16;
  Question question;
  question.header.nlmsg_type = RTM_GETROUTE;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.header.nlmsg_len =
      static_cast<std::uint32_t>(NLMSG_LENGTH(sizeof(rtmsg)) + RTA_LENGTH(size));
  question.route.rtm_family = v4 ? AF_INET : AF_INET6;
  question.route.rtm_dst_len = static_cast<std::uint8_t>(size * 8);
  question.attribute.rta_type = RTA_DST;
  question.attribute.rta_len = static_cast<unsigned short>(RTA_LENGTH(size));
  std::copy_n(somewhere(v4).bytes.begin(), size, question.destination.begin());

  std::optional<DefaultRoute> found;
  alignas(nlmsghdr) std::array<char, 8192> buffer;
  if (send(fd, &question, question.header.nlmsg_len, 0) > 0) {
    const ssize_t got = recv(fd, buffer.data(), buffer.size(), 0);
    const auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data());
    if (got > 0 && NLMSG_OK(header, static_cast<std::uint32_t>(got)) &&
        header->nlmsg_type == RTM_NEWROUTE) {
      found = read(header, v4);
    }
  }
  close(fd);
  return found;
}

std::optional<IpAddress> sourceTowards(const SocketAddress& remote) {
  const int fd = socket(remote.ip.isV4() ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return std::nullopt;
  RawAddress to;
  toRaw(remote, to);
  RawAddress bound;
  bound.length = sizeof bound.storage;
  std::optional<SocketAddress> source;
  // For a datagram socket this looks up the route and sends nothing.
  if (connect(fd, to.get(), to.length) == 0 && getsockname(fd, bound.get(), &bound.length) == 0)
    source = fromRaw(bound.get());
  close(fd);
  return source ? std::optional(source->ip) : std::nullopt;
}

}  // namespace foyer::io
