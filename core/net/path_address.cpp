#include "core/net/path_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>

namespace foyer::net {

ngtcp2_socklen fillSockaddr(const SocketAddress& from, ngtcp2_sockaddr_union& storage) {
  if (from.ip.isV4()) {
    storage.in.sin_family = AF_INET;
    storage.in.sin_port = htons(from.port);
    std::memcpy(&storage.in.sin_addr, from.ip.bytes.data(), 4);
    return sizeof(storage.in);
  }
  storage.in6.sin6_family = AF_INET6;
  storage.in6.sin6_port = htons(from.port);
  storage.in6.sin6_scope_id = from.ip.scopeId;
  std::memcpy(&storage.in6.sin6_addr, from.ip.bytes.data(), 16);
  return sizeof(storage.in6);
}

PathAddresses::PathAddresses(const SocketAddress& local, const SocketAddress& remote) {
  m_path.local = {&m_local.sa, fillSockaddr(local, m_local)};
  m_path.remote = {&m_remote.sa, fillSockaddr(remote, m_remote)};
}

SocketAddress toSocketAddress(const ngtcp2_addr& address) {
  SocketAddress made;
  if (address.addr == nullptr) return made;
  if (address.addr->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, address.addr, sizeof(in));
    std::memcpy(made.ip.bytes.data(), &in.sin_addr, 4);
    made.port = ntohs(in.sin_port);
  } else {
    sockaddr_in6 in6{};
    std::memcpy(&in6, address.addr, sizeof(in6));
    made.ip.family = IpAddress::Family::V6;
    std::memcpy(made.ip.bytes.data(), &in6.sin6_addr, 16);
    made.ip.scopeId = in6.sin6_scope_id;
    made.port = ntohs(in6.sin6_port);
  }
  return made;
}

}  // namespace foyer::net
