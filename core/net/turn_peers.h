// The peers of one TURN allocation: permission, channel, and until when the server keeps each.
// Leaves out the requests that make them. A value, no thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/address.h"
#include "core/base/time.h"

namespace foyer::net {

// A call has one peer with a handful of addresses; every peer costs a request each few minutes.
constexpr std::size_t kMaxTurnPeers = 16;
// RFC 8656 section 12.
constexpr std::uint16_t kFirstTurnChannel = 0x4000;
constexpr std::uint16_t kLastTurnChannel = 0x4fff;
// RFC 8656 sections 9 and 12: what the server grants, without saying so in its answer.
constexpr Duration kTurnPermissionLife = 5min;
constexpr Duration kTurnChannelLife = 10min;
// Section 12: so long after a binding ran out neither its number nor its address may be bound anew.
constexpr Duration kTurnChannelQuarantine = 5min;

struct TurnPeer {
  SocketAddress address;
  bool isPermitted = false;
  TimePoint permittedUntil{};
  // nullopt while that request is under way.
  std::optional<TimePoint> renewPermissionAt;
  // Asked for; 0: none, it is reached with Send indications.
  std::uint16_t channel = 0;
  bool isBound = false;
  TimePoint boundUntil{};
  // nullopt while that request is under way, and when the server wants no channel.
  std::optional<TimePoint> renewChannelAt;
};

class TurnPeers {
 public:
  // Null when there are kMaxTurnPeers. Pointers are valid until the next add or remove.
  [[nodiscard]] TurnPeer* add(const SocketAddress& address);
  [[nodiscard]] TurnPeer* find(const SocketAddress& address);
  [[nodiscard]] const TurnPeer* find(const SocketAddress& address) const;
  [[nodiscard]] TurnPeer* findByChannel(std::uint16_t channel);
  // Permissions are of an IP address, whatever the port.
  [[nodiscard]] bool permits(const IpAddress& ip) const;
  // Its channel stays kept for it as long as the server keeps it.
  void remove(TimePoint now, const SocketAddress& address);

  // The number to bind for `address`: the one it had, if the server may still know it, else one
  // that was never used; 0 when there is none left.
  [[nodiscard]] std::uint16_t channelFor(TimePoint now, const SocketAddress& address);

  [[nodiscard]] std::vector<TurnPeer>& all() { return m_peers; }
  [[nodiscard]] const std::vector<TurnPeer>& all() const { return m_peers; }

 private:
  // A peer that went, with its channel.
  struct Kept {
    SocketAddress address;
    std::uint16_t channel = 0;
    TimePoint until{};
  };
  // More: the oldest is forgotten, and if just that peer returns the server refuses its channel,
  // which costs Send indications instead.
  static constexpr std::size_t kMaxKept = 64;

  std::vector<TurnPeer> m_peers;
  std::vector<Kept> m_kept;
  std::uint16_t m_nextChannel = kFirstTurnChannel;
};

}  // namespace foyer::net
