// SocketAddress to and from the socket API's form that ngtcp2 takes in its paths. A value.
#pragma once

#include <ngtcp2/ngtcp2.h>

#include "core/base/address.h"

namespace foyer::net {

// The two ends of a path in memory that must outlive `get()`.
class PathAddresses {
 public:
  PathAddresses(const SocketAddress& local, const SocketAddress& remote);
  PathAddresses(const PathAddresses&) = delete;
  PathAddresses& operator=(const PathAddresses&) = delete;

  [[nodiscard]] const ngtcp2_path* get() const { return &m_path; }

 private:
  ngtcp2_sockaddr_union m_local{};
  ngtcp2_sockaddr_union m_remote{};
  ngtcp2_path m_path{};
};

[[nodiscard]] SocketAddress toSocketAddress(const ngtcp2_addr& address);
// Fills `storage` and returns its length.
ngtcp2_socklen fillSockaddr(const SocketAddress& from, ngtcp2_sockaddr_union& storage);

}  // namespace foyer::net
