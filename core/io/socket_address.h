// SocketAddress to and from the kernel's sockaddr. Values, no thread.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <optional>

#include "core/base/address.h"

namespace foyer::io {

struct RawAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
  [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

// Fills `into` without allocating.
void toRaw(const SocketAddress& address, RawAddress& into);
// nullopt for families other than IPv4 and IPv6. IPv4-mapped IPv6 comes out as IPv4.
[[nodiscard]] std::optional<SocketAddress> fromRaw(const sockaddr* raw);

}  // namespace foyer::io
