// The one maker of the connection ids this program puts on the wire (RFC 9000 section 5.1): one
// length, so that a server id can live in them later and packets be steered by it.
#pragma once

#include <ngtcp2/ngtcp2.h>

#include "core/base/bytes.h"
#include "core/base/random.h"

namespace foyer::net {

inline constexpr std::size_t kConnectionIdSize = 8;

[[nodiscard]] inline ngtcp2_cid makeConnectionId(RandomSource& random) {
  ngtcp2_cid cid{};
  cid.datalen = kConnectionIdSize;
  random.fill({cid.data, kConnectionIdSize});
  return cid;
}

// The same eight bytes as a key of CidTable.
[[nodiscard]] inline std::uint64_t connectionIdKey(const std::uint8_t* eightBytes) {
  return readU64(eightBytes);
}

}  // namespace foyer::net
