// The one place where JSON of the protocol is read. A pre-sized tree is built by a SAX pass that
// holds the limits (depth, values, fields, no doubles, no duplicate names, valid UTF-8), then
// fields are taken out by name and range. Internal to core/wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/wire/limits.h"
#include "core/wire/message.h"

namespace foyer::wire {

struct JsonValue {
  enum class Kind : std::uint8_t { Null, Boolean, Integer, NegativeInteger, Text, Array, Object };
  Kind kind = Kind::Null;
  bool boolean = false;
  std::uint64_t integer = 0;        // Integer
  std::string name;                 // of this field, when the parent is an object
  std::string text;                 // Text
  std::vector<JsonValue> children;  // Array, Object
};

// One JSON object, or why not. Throws nothing.
[[nodiscard]] Result<JsonValue, DecodeError> parseJsonObject(ByteView json);

// Takes fields out of one object. The first field that is missing, of another kind or out of range
// makes isGood() false for good; values returned after that mean nothing. Unknown fields are
// ignored.
class FieldReader {
 public:
  explicit FieldReader(const JsonValue& object) : m_object(object) {}

  [[nodiscard]] bool isGood() const { return m_good; }
  void fail() { m_good = false; }
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

  std::uint64_t integer(std::string_view name, std::uint64_t min, std::uint64_t max);
  template <class T>
  T integerOf(std::string_view name, std::uint64_t min, std::uint64_t max) {
    return static_cast<T>(integer(name, min, max));
  }
  bool boolean(std::string_view name);
  // Plain text (text.h) of at most maxBytes.
  std::string text(std::string_view name, std::size_t maxBytes);
  std::string textOr(std::string_view name, std::size_t maxBytes, std::string_view otherwise);
  // base64url without padding.
  Bytes binary(std::string_view name, std::size_t minBytes, std::size_t maxBytes);
  // Lower-case hex of a Fingerprint or CallId.
  template <class Id>
  Id id(std::string_view name) {
    const auto parsed = Id::parseHex(text(name, Id::kSize * 2));
    if (!parsed) m_good = false;
    return parsed.value_or(Id{});
  }
  // Children of an array of at most maxItems.
  const std::vector<JsonValue>& array(std::string_view name, std::size_t maxItems);
  // For a FieldReader of its own, which says whether its fields are good.
  const JsonValue& object(std::string_view name);

 private:
  [[nodiscard]] const JsonValue* find(std::string_view name) const;
  [[nodiscard]] const JsonValue* find(std::string_view name, JsonValue::Kind kind);

  const JsonValue& m_object;
  bool m_good = true;
};

}  // namespace foyer::wire
