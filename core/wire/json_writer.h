// Writes one compact JSON object. Texts are escaped and anything that is not UTF-8 becomes '?', so
// what it writes always parses. Internal to core/wire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace foyer::wire {

class JsonWriter {
 public:
  explicit JsonWriter(Bytes& out) : m_out(out) { raw("{"); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& integer(std::string_view name, std::uint64_t value);
  JsonWriter& boolean(std::string_view name, bool value);
  // Cut to maxBytes at a character's end.
  JsonWriter& text(std::string_view name, std::string_view value, std::size_t maxBytes);
  // base64url.
  JsonWriter& binary(std::string_view name, ByteView value);
  JsonWriter& hex(std::string_view name, ByteView value);
  // writeItem(Bytes& out) is called once an item and writes its JSON.
  template <class Items, class WriteItem>
  JsonWriter& array(std::string_view name, const Items& items, WriteItem&& writeItem) {
    field(name);
    raw("[");
    bool first = true;
    for (const auto& item : items) {
      if (!first) raw(",");
      first = false;
      writeItem(m_out, item);
    }
    raw("]");
    return *this;
  }
  // writeFields(JsonWriter&) writes what is in it.
  template <class WriteFields>
  JsonWriter& object(std::string_view name, WriteFields&& writeFields) {
    field(name);
    JsonWriter inner(m_out);
    writeFields(inner);
    inner.end();
    return *this;
  }
  void end() { raw("}"); }

 private:
  void raw(std::string_view text) { append(m_out, viewOf(text)); }
  void field(std::string_view name);

  Bytes& m_out;
  bool m_first = true;
};

// A JSON string with its quotes.
void appendJsonText(Bytes& out, std::string_view value, std::size_t maxBytes);

}  // namespace foyer::wire
