#include "core/net/tombstones.h"

#include <bit>
#include <utility>

namespace foyer::net {

void Tombstones::add(Tombstone tombstone) {
  if (m_bound == 0) return;
  while (m_items.size() >= m_bound) dropOldest();
  const std::uint64_t handle = kFlag | (m_first + m_items.size());
  for (const std::uint64_t key : tombstone.cidKeys) m_routes.set(key, handle);
  m_items.push_back(std::move(tombstone));
}

const Tombstone* Tombstones::touch(std::uint64_t handle, std::size_t size) {
  const std::uint64_t number = handle & ~kFlag;
  if (number < m_first || number - m_first >= m_items.size()) return nullptr;
  Tombstone& item = m_items[static_cast<std::size_t>(number - m_first)];
  ++item.packetsSeen;
  if (item.closePacket.empty() || !std::has_single_bit(item.packetsSeen)) return nullptr;
  return item.closePacket.size() <= 3 * size ? &item : nullptr;
}

void Tombstones::expire(TimePoint now) {
  while (!m_items.empty() && m_items.front().expires <= now) dropOldest();
}

void Tombstones::dropOldest() {
  for (const std::uint64_t key : m_items.front().cidKeys) m_routes.erase(key, kFlag | m_first);
  m_items.pop_front();
  ++m_first;
}

}  // namespace foyer::net
