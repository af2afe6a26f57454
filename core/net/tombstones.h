// What is left of closed connections for three probe timeouts (RFC 9000 section 10.2): their ids,
// so that late packets are known, and our close packet, to be repeated to a peer that missed it.
// Bounded: the oldest goes first. A value, no thread.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/net/cid_table.h"

namespace foyer::net {

struct Tombstone {
  std::vector<std::uint64_t> cidKeys;
  // Empty when the peer closed: then late packets are only swallowed.
  Bytes closePacket;
  SocketAddress local;
  SocketAddress remote;
  TimePoint expires;
  std::uint64_t packetsSeen = 0;
};

class Tombstones {
 public:
  // Marks a handle of the table as one of these.
  static constexpr std::uint64_t kFlag = std::uint64_t{1} << 63;

  Tombstones(std::size_t bound, CidTable& routes) : m_bound(bound), m_routes(routes) {}

  void add(Tombstone tombstone);
  // A packet for `handle` of `size` bytes came; the close packet to repeat, or null. The answer
  // thins out (every power of two) and is never more than three times the input.
  [[nodiscard]] const Tombstone* touch(std::uint64_t handle, std::size_t size);
  void expire(TimePoint now);
  [[nodiscard]] std::size_t size() const { return m_items.size(); }

 private:
  void dropOldest();

  std::size_t m_bound;
  CidTable& m_routes;
  std::deque<Tombstone> m_items;
  std::uint64_t m_first = 1;  // handle number of m_items.front()
};

}  // namespace foyer::net
