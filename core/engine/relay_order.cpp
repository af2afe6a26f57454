#include "core/engine/relay_order.h"

#include <algorithm>

namespace foyer::engine {

std::vector<Fingerprint> parseRelayOrder(std::string_view text) {
  std::vector<Fingerprint> order;
  while (!text.empty() && order.size() < kMaxSortedRelays) {
    const std::size_t comma = text.find(',');
    const auto relay = Fingerprint::parseHex(std::string(text.substr(0, comma)));
    if (relay && std::find(order.begin(), order.end(), *relay) == order.end())
      order.push_back(*relay);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return order;
}

std::string formatRelayOrder(const std::vector<Fingerprint>& order) {
  std::string text;
  for (std::size_t i = 0; i < std::min(order.size(), kMaxSortedRelays); ++i) {
    if (!text.empty()) text += ',';
    text += order[i].hex();
  }
  return text;
}

std::vector<Fingerprint> orderOf(const std::vector<store::StoredRelay>& known,
                                 const std::vector<Fingerprint>& sorted) {
  std::vector<const store::StoredRelay*> rest;
  std::vector<Fingerprint> order;
  const auto isKnown = [&](const Fingerprint& relay) {
    return std::any_of(known.begin(), known.end(),
                       [&](const auto& one) { return one.fingerprint == relay; });
  };
  for (const Fingerprint& relay : sorted)
    if (isKnown(relay)) order.push_back(relay);
  for (const store::StoredRelay& relay : known)
    if (std::find(order.begin(), order.end(), relay.fingerprint) == order.end())
      rest.push_back(&relay);
  std::stable_sort(rest.begin(), rest.end(),
                   [](const auto* a, const auto* b) { return a->firstSeen < b->firstSeen; });
  for (const store::StoredRelay* relay : rest) order.push_back(relay->fingerprint);
  return order;
}

std::vector<Fingerprint> withMoved(std::vector<Fingerprint> order,
                                   const std::vector<Fingerprint>& shown, const Fingerprint& relay,
                                   int by) {
  const auto at = std::find(shown.begin(), shown.end(), relay);
  if (at == shown.end() || by == 0) return order;
  const auto last = static_cast<std::ptrdiff_t>(shown.size()) - 1;
  const auto to = std::clamp<std::ptrdiff_t>((at - shown.begin()) + by, 0, last);
  const Fingerprint& place = shown[static_cast<std::size_t>(to)];
  if (place == relay) return order;
  std::erase(order, relay);
  auto before = std::find(order.begin(), order.end(), place);
  if (by > 0 && before != order.end()) ++before;
  order.insert(before, relay);
  return order;
}

}  // namespace foyer::engine
