// Which relay comes first: as the person sorted them, then as they were joined. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/store/stored_state.h"

namespace foyer::engine {

// A client is on 16 at once; what was sorted beyond is in the order of joining again.
inline constexpr std::size_t kMaxSortedRelays = 32;

// Of setting "relay_order": fingerprints with commas between. What is none is left out.
[[nodiscard]] std::vector<Fingerprint> parseRelayOrder(std::string_view text);
[[nodiscard]] std::string formatRelayOrder(const std::vector<Fingerprint>& order);

// All of `known`, in that order.
[[nodiscard]] std::vector<Fingerprint> orderOf(const std::vector<store::StoredRelay>& known,
                                               const std::vector<Fingerprint>& sorted);

// `order` with `relay` so many places further among `shown`, the part of it that the person sees.
[[nodiscard]] std::vector<Fingerprint> withMoved(std::vector<Fingerprint> order,
                                                 const std::vector<Fingerprint>& shown,
                                                 const Fingerprint& relay, int by);

}  // namespace foyer::engine
