#include "core/net/library_versions.h"

#include <gnutls/gnutls.h>
#include <ngtcp2/ngtcp2.h>

namespace foyer::net {

TransportLibraries transportLibraries() {
  const char* gnutls = gnutls_check_version(nullptr);
  const ngtcp2_info* ngtcp2 = ngtcp2_version(0);
  return {ngtcp2 == nullptr ? "" : ngtcp2->version_str, gnutls == nullptr ? "" : gnutls};
}

}  // namespace foyer::net
