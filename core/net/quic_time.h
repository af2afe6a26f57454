// TimePoint to and from ngtcp2's timestamps. ngtcp2 treats early times as special in places, so
// virtual clocks that start at zero are moved away from it.
#pragma once

#include <ngtcp2/ngtcp2.h>

#include "core/base/time.h"

namespace foyer::net {

inline constexpr std::uint64_t kQuicTimeOffset = 3600ULL * NGTCP2_SECONDS;

[[nodiscard]] constexpr ngtcp2_tstamp toQuicTime(TimePoint t) {
  return toNanoseconds(t) + kQuicTimeOffset;
}
[[nodiscard]] constexpr TimePoint fromQuicTime(ngtcp2_tstamp t) {
  return fromNanoseconds(t - kQuicTimeOffset);
}
[[nodiscard]] constexpr ngtcp2_duration toQuicDuration(Duration d) {
  return static_cast<ngtcp2_duration>(d.count());
}

}  // namespace foyer::net
