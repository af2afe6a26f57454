#include "core/crypto/enc.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::crypto {

namespace {

// Takes one lp() off the front.
std::optional<ByteView> takeField(ByteView& rest) {
  if (rest.size() < 2) return std::nullopt;
  const std::size_t size = readU16(rest.data());
  if (rest.size() - 2 < size) return std::nullopt;
  const ByteView field = rest.subspan(2, size);
  rest = rest.subspan(2 + size);
  return field;
}

void appendField(Bytes& out, ByteView field) {
  FOYER_ASSERT(field.size() <= kMaxEncField, "callers cap what they encode");
  appendU16(out, static_cast<std::uint16_t>(field.size()));
  append(out, field);
}

}  // namespace

Bytes enc(std::string_view label, std::initializer_list<ByteView> fields) {
  std::size_t size = 2 + label.size();
  for (const ByteView field : fields) size += 2 + field.size();
  Bytes out;
  // Exactly sized: growth would leave unwiped copies of fields that are secret.
  out.reserve(size);
  appendField(out, viewOf(label));
  for (const ByteView field : fields) appendField(out, field);
  return out;
}

bool decodeEnc(ByteView body, std::string_view label, std::span<ByteView> fields) {
  const auto claimed = takeField(body);
  if (!claimed || textOf(*claimed) != label) return false;
  for (ByteView& field : fields) {
    const auto taken = takeField(body);
    if (!taken) return false;
    field = *taken;
  }
  return body.empty();
}

std::string_view labelOf(ByteView body) {
  const auto label = takeField(body);
  return label ? textOf(*label) : std::string_view{};
}

std::array<std::uint8_t, 1> u8Field(std::uint8_t v) { return {v}; }
std::array<std::uint8_t, 2> u16Field(std::uint16_t v) {
  return {static_cast<std::uint8_t>(v >> 8), static_cast<std::uint8_t>(v)};
}
std::array<std::uint8_t, 4> u32Field(std::uint32_t v) {
  std::array<std::uint8_t, 4> out{};
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(v >> (24 - 8 * i));
  return out;
}
std::array<std::uint8_t, 8> u64Field(std::uint64_t v) {
  std::array<std::uint8_t, 8> out{};
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(v >> (56 - 8 * i));
  return out;
}

std::optional<std::uint8_t> readU8Field(ByteView field) {
  if (field.size() != 1) return std::nullopt;
  return field[0];
}
std::optional<std::uint16_t> readU16Field(ByteView field) {
  if (field.size() != 2) return std::nullopt;
  return readU16(field.data());
}
std::optional<std::uint32_t> readU32Field(ByteView field) {
  if (field.size() != 4) return std::nullopt;
  return readU32(field.data());
}
std::optional<std::uint64_t> readU64Field(ByteView field) {
  if (field.size() != 8) return std::nullopt;
  return readU64(field.data());
}

void padInto(ByteView message, MutableByteView out) {
  FOYER_ASSERT(message.size() < out.size(), "the end mark needs a byte");
  std::copy(message.begin(), message.end(), out.begin());
  out[message.size()] = 0x80;
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(message.size()) + 1, out.end(),
            std::uint8_t{0});
}

std::optional<std::size_t> unpaddedSize(ByteView padded) {
  std::size_t end = padded.size();
  while (end > 0 && padded[end - 1] == 0) --end;
  if (end == 0 || padded[end - 1] != 0x80) return std::nullopt;
  return end - 1;
}

}  // namespace foyer::crypto
