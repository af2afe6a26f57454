// The versions of the libraries that this room runs on, as they say themselves. Any thread.
#pragma once

#include <string>

namespace foyer::net {

struct TransportLibraries {
  std::string ngtcp2, gnutls;
};
[[nodiscard]] TransportLibraries transportLibraries();

}  // namespace foyer::net
