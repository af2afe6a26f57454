// Byte strings, and their text forms hex and base64url (RFC 4648 section 5, without padding).
// Decoders are total: anything but the canonical form is nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

[[nodiscard]] inline ByteView viewOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view textOf(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline Bytes toBytes(ByteView view) { return {view.begin(), view.end()}; }
inline void append(Bytes& to, ByteView what) { to.insert(to.end(), what.begin(), what.end()); }

// Lower-case hex, two digits a byte.
[[nodiscard]] std::string toHex(ByteView bytes);
// Accepts lower-case only, an even number of digits.
[[nodiscard]] std::optional<Bytes> fromHex(std::string_view hex);

[[nodiscard]] std::string toBase64Url(ByteView bytes);
[[nodiscard]] std::optional<Bytes> fromBase64Url(std::string_view text);

// Big-endian integers, as everything Foyer signs, seals or derives has them.
inline void appendU16(Bytes& to, std::uint16_t v) {
  to.push_back(static_cast<std::uint8_t>(v >> 8));
  to.push_back(static_cast<std::uint8_t>(v));
}
inline void appendU32(Bytes& to, std::uint32_t v) {
  appendU16(to, static_cast<std::uint16_t>(v >> 16));
  appendU16(to, static_cast<std::uint16_t>(v));
}
inline void appendU64(Bytes& to, std::uint64_t v) {
  appendU32(to, static_cast<std::uint32_t>(v >> 32));
  appendU32(to, static_cast<std::uint32_t>(v));
}
[[nodiscard]] inline std::uint16_t readU16(const std::uint8_t* p) {
  return static_cast<std::uint16_t>((p[0] << 8) | p[1]);
}
[[nodiscard]] inline std::uint32_t readU32(const std::uint8_t* p) {
  return (static_cast<std::uint32_t>(readU16(p)) << 16) | readU16(p + 2);
}
[[nodiscard]] inline std::uint64_t readU64(const std::uint8_t* p) {
  return (static_cast<std::uint64_t>(readU32(p)) << 32) | readU32(p + 4);
}

}  // namespace foyer
