// The one encoding of everything that is signed, hashed or bound (docs/keys.md section 2):
//   enc(label, f1 … fn) = lp(label) ‖ lp(f1) ‖ … ‖ lp(fn),  lp(x) = u16(length) ‖ x
// Injective, and its decoder is strict: named label, exact number of fields, nothing left over.
// Also padding, which hides lengths: pad(m, n) = m ‖ 80 ‖ 00… . Values, no thread.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>

#include "core/base/bytes.h"

namespace foyer::crypto {

constexpr std::size_t kMaxEncField = 65535;

// Every field is at most kMaxEncField bytes; longer is a broken invariant of the caller.
[[nodiscard]] Bytes enc(std::string_view label, std::initializer_list<ByteView> fields);

// Fills `fields`, views into `body`; false if it is not exactly enc(label, as many fields).
[[nodiscard]] bool decodeEnc(ByteView body, std::string_view label, std::span<ByteView> fields);
template <std::size_t N>
[[nodiscard]] std::optional<std::array<ByteView, N>> decodeEnc(ByteView body,
                                                               std::string_view label) {
  std::array<ByteView, N> fields;
  if (!decodeEnc(body, label, std::span<ByteView>(fields))) return std::nullopt;
  return fields;
}
// The label a body claims, to choose the decoder by; empty if there is none.
[[nodiscard]] std::string_view labelOf(ByteView body);

// Fixed-width big-endian integers as fields.
[[nodiscard]] std::array<std::uint8_t, 1> u8Field(std::uint8_t v);
[[nodiscard]] std::array<std::uint8_t, 2> u16Field(std::uint16_t v);
[[nodiscard]] std::array<std::uint8_t, 4> u32Field(std::uint32_t v);
[[nodiscard]] std::array<std::uint8_t, 8> u64Field(std::uint64_t v);
// Exact width or nullopt.
[[nodiscard]] std::optional<std::uint8_t> readU8Field(ByteView field);
[[nodiscard]] std::optional<std::uint16_t> readU16Field(ByteView field);
[[nodiscard]] std::optional<std::uint32_t> readU32Field(ByteView field);
[[nodiscard]] std::optional<std::uint64_t> readU64Field(ByteView field);

// Writes pad(message, out.size()) into out; message.size() < out.size().
void padInto(ByteView message, MutableByteView out);
// Length of the message inside, or nullopt if there is no 80.
[[nodiscard]] std::optional<std::size_t> unpaddedSize(ByteView padded);

}  // namespace foyer::crypto
