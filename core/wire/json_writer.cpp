#include "core/wire/json_writer.h"

#include "core/wire/text.h"

namespace foyer::wire {

void appendJsonText(Bytes& out, std::string_view value, std::size_t maxBytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  value = cutUtf8(value, maxBytes);
  const bool valid = isValidUtf8(value);
  out.push_back('"');
  for (const char c : value) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(byte);
    } else if (byte < 0x20) {
      append(out, viewOf("\\u00"));
      out.push_back(static_cast<std::uint8_t>(kHex[byte >> 4]));
      out.push_back(static_cast<std::uint8_t>(kHex[byte & 15]));
    } else if (byte >= 0x80 && !valid) {
      out.push_back('?');
    } else {
      out.push_back(byte);
    }
  }
  out.push_back('"');
}

void JsonWriter::field(std::string_view name) {
  if (!m_first) raw(",");
  m_first = false;
  raw("\"");
  raw(name);
  raw("\":");
}

JsonWriter& JsonWriter::integer(std::string_view name, std::uint64_t value) {
  field(name);
  raw(std::to_string(value));
  return *this;
}

JsonWriter& JsonWriter::boolean(std::string_view name, bool value) {
  field(name);
  raw(value ? "true" : "false");
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view name, std::string_view value, std::size_t maxBytes) {
  field(name);
  appendJsonText(m_out, value, maxBytes);
  return *this;
}

JsonWriter& JsonWriter::binary(std::string_view name, ByteView value) {
  field(name);
  raw("\"");
  raw(toBase64Url(value));
  raw("\"");
  return *this;
}

JsonWriter& JsonWriter::hex(std::string_view name, ByteView value) {
  field(name);
  raw("\"");
  raw(toHex(value));
  raw("\"");
  return *this;
}

}  // namespace foyer::wire
