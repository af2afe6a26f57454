// The handle of one QUIC connection of one Endpoint. A value; it is not the connection id on the
// wire (those change during a connection, see core/net/cid_maker.h).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace foyer::net {

// Slot (low 20 bits) and generation (the rest): found without hashing, never given out twice by the
// same Endpoint. 0 is no connection.
struct ConnectionId {
  static constexpr unsigned kSlotBits = 20;
  static constexpr std::uint64_t kSlotMask = (std::uint64_t{1} << kSlotBits) - 1;

  std::uint64_t value = 0;

  auto operator<=>(const ConnectionId&) const = default;
  [[nodiscard]] constexpr bool isNull() const { return value == 0; }
  [[nodiscard]] constexpr std::size_t slot() const {
    return static_cast<std::size_t>(value & kSlotMask);
  }
};

enum class Role : std::uint8_t { Client, Server };

}  // namespace foyer::net

template <>
struct std::hash<foyer::net::ConnectionId> {
  std::size_t operator()(const foyer::net::ConnectionId& id) const noexcept {
    return std::hash<std::uint64_t>{}(id.value * 0x9E3779B97F4A7C15ULL);
  }
};
