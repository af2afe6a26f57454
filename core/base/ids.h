// Strong identifiers: byte strings of a fixed length that do not mix.
#pragma once

#include <array>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace foyer {

template <class Tag, std::size_t N>
struct ByteId {
  static constexpr std::size_t kSize = N;
  std::array<std::uint8_t, N> bytes{};

  auto operator<=>(const ByteId&) const = default;
  [[nodiscard]] ByteView view() const { return bytes; }
  [[nodiscard]] std::string hex() const { return toHex(bytes); }
  [[nodiscard]] bool isZero() const { return *this == ByteId{}; }

  [[nodiscard]] static std::optional<ByteId> fromBytes(ByteView from) {
    if (from.size() != N) return std::nullopt;
    ByteId id;
    std::memcpy(id.bytes.data(), from.data(), N);
    return id;
  }
  [[nodiscard]] static std::optional<ByteId> parseHex(std::string_view text) {
    const auto decoded = foyer::fromHex(text);
    return decoded ? fromBytes(*decoded) : std::nullopt;
  }
};

// Ed25519 public key of a client or relay: the identity itself.
using PublicKey = ByteId<struct PublicKeyTag, 32>;
// First 16 bytes of SHA-256 of the public key: routes and labels, never proves.
using Fingerprint = ByteId<struct FingerprintTag, 16>;
// Random 128 bits, scopes everything of one call.
using CallId = ByteId<struct CallIdTag, 16>;
// X25519 public key that set-up messages are sealed to.
using BoxKey = ByteId<struct BoxKeyTag, 32>;

}  // namespace foyer

template <class Tag, std::size_t N>
struct std::hash<foyer::ByteId<Tag, N>> {
  std::size_t operator()(const foyer::ByteId<Tag, N>& id) const noexcept {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }
};
