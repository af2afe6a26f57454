#include "core/io/socket_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace foyer::io {

void toRaw(const SocketAddress& address, RawAddress& into) {
  if (address.ip.isV4()) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    std::memcpy(&v4.sin_addr, address.ip.bytes.data(), 4);
    std::memcpy(&into.storage, &v4, sizeof v4);
    into.length = sizeof v4;
    return;
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(address.port);
  v6.sin6_scope_id = address.ip.scopeId;
  std::memcpy(&v6.sin6_addr, address.ip.bytes.data(), 16);
  std::memcpy(&into.storage, &v6, sizeof v6);
  into.length = sizeof v6;
}

std::optional<SocketAddress> fromRaw(const sockaddr* raw) {
  if (raw->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, raw, sizeof v4);
    std::array<std::uint8_t, 4> b{};
    std::memcpy(b.data(), &v4.sin_addr, 4);
    return SocketAddress{IpAddress::v4(b[0], b[1], b[2], b[3]), ntohs(v4.sin_port)};
  }
  if (raw->sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, raw, sizeof v6);
    std::array<std::uint8_t, 16> b{};
    std::memcpy(b.data(), &v6.sin6_addr, 16);
    constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(kMapped.begin(), kMapped.end(), b.begin())) {
      return SocketAddress{IpAddress::v4(b[12], b[13], b[14], b[15]), ntohs(v6.sin6_port)};
    }
    return SocketAddress{IpAddress::v6(b, v6.sin6_scope_id), ntohs(v6.sin6_port)};
  }
  return std::nullopt;
}

}  // namespace foyer::io
