#include "core/wire/json_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/wire/text.h"

namespace foyer::wire {
namespace {

using Json = nlohmann::json;

// Receives the tokens of nlohmann's lexer, which itself refuses invalid UTF-8 and lone surrogates.
// Returning false stops the parser where it stands, so nothing deep or large is ever built.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return add({}) != nullptr; }
  bool boolean(bool value) override {
    JsonValue made{JsonValue::Kind::Boolean};
    made.boolean = value;
    return add(std::move(made)) != nullptr;
  }
  bool number_integer(number_integer_t value) override {
    JsonValue made{JsonValue::Kind::NegativeInteger};
    if (value >= 0) {
      made.kind = JsonValue::Kind::Integer;
      made.integer = static_cast<std::uint64_t>(value);
    }
    return add(std::move(made)) != nullptr;
  }
  bool number_unsigned(number_unsigned_t value) override {
    JsonValue made{JsonValue::Kind::Integer};
    made.integer = value;
    return add(std::move(made)) != nullptr;
  }
  // Integers beyond 64 bits arrive here too.
  bool number_float(number_float_t, const string_t&) override {
    return refuse(DecodeError::BadField);
  }
  bool string(string_t& value) override {
    JsonValue made{JsonValue::Kind::Text};
    made.text = std::move(value);
    return add(std::move(made)) != nullptr;
  }
  bool binary(binary_t&) override { return refuse(DecodeError::NotJson); }
  bool start_object(std::size_t) override { return open(JsonValue::Kind::Object); }
  bool start_array(std::size_t) override { return open(JsonValue::Kind::Array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    const auto& fields = m_open.back()->children;
    if (name.size() > kMaxJsonName || fields.size() >= kMaxJsonFields) {
      return refuse(DecodeError::TooComplex);
    }
    const auto same = [&](const JsonValue& field) { return field.name == name; };
    if (std::any_of(fields.begin(), fields.end(), same)) return refuse(DecodeError::DuplicateKey);
    m_name = std::move(name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return refuse(DecodeError::NotJson);
  }

  [[nodiscard]] DecodeError error() const { return m_error; }
  [[nodiscard]] JsonValue takeRoot() { return std::move(m_root); }

 private:
  bool refuse(DecodeError error) {
    m_error = error;
    return false;
  }
  JsonValue* add(JsonValue value) {
    if (++m_count > kMaxJsonValues) {
      refuse(DecodeError::TooComplex);
      return nullptr;
    }
    if (m_open.empty()) {
      // Only an object may be the whole.
      if (value.kind != JsonValue::Kind::Object) {
        refuse(DecodeError::NotJson);
        return nullptr;
      }
      m_root = std::move(value);
      return &m_root;
    }
    JsonValue& parent = *m_open.back();
    value.name = std::move(m_name);
    m_name.clear();
    parent.children.push_back(std::move(value));
    return &parent.children.back();
  }
  bool open(JsonValue::Kind kind) {
    if (m_open.size() >= kMaxJsonDepth) return refuse(DecodeError::TooComplex);
    JsonValue* made = add(JsonValue{kind});
    if (made == nullptr) return false;
    // Stays valid: a parent's children are not added to while a child is open.
    m_open.push_back(made);
    return true;
  }
  bool close() {
    m_open.pop_back();
    return true;
  }

  JsonValue m_root;
  std::vector<JsonValue*> m_open;
  std::string m_name;
  std::size_t m_count = 0;
  DecodeError m_error = DecodeError::NotJson;
};

const std::vector<JsonValue> kNoChildren;
const JsonValue kNothing;

}  // namespace

Result<JsonValue, DecodeError> parseJsonObject(ByteView json) {
  // nlohmann would skip a byte order mark; RFC 8259 section 8.1 forbids sending one.
  if (json.empty() || json.size() > kMaxFrame || json[0] == 0xef) {
    return Failure(DecodeError::NotJson);
  }
  TreeBuilder builder;
  const bool good = Json::sax_parse(json.begin(), json.end(), &builder, Json::input_format_t::json,
                                    /*strict=*/true);
  if (!good) return Failure(builder.error());
  return builder.takeRoot();
}

const JsonValue* FieldReader::find(std::string_view name) const {
  for (const JsonValue& field : m_object.children) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

const JsonValue* FieldReader::find(std::string_view name, JsonValue::Kind kind) {
  const JsonValue* field = find(name);
  if (field == nullptr || field->kind != kind) {
    m_good = false;
    return nullptr;
  }
  return field;
}

std::uint64_t FieldReader::integer(std::string_view name, std::uint64_t min, std::uint64_t max) {
  const JsonValue* field = find(name, JsonValue::Kind::Integer);
  if (field == nullptr) return min;
  if (field->integer < min || field->integer > max) {
    m_good = false;
    return min;
  }
  return field->integer;
}

bool FieldReader::boolean(std::string_view name) {
  const JsonValue* field = find(name, JsonValue::Kind::Boolean);
  return field != nullptr && field->boolean;
}

std::string FieldReader::text(std::string_view name, std::size_t maxBytes) {
  const JsonValue* field = find(name, JsonValue::Kind::Text);
  if (field == nullptr) return {};
  if (field->text.size() > maxBytes || !isPlainText(field->text)) {
    m_good = false;
    return {};
  }
  return field->text;
}

std::string FieldReader::textOr(std::string_view name, std::size_t maxBytes,
                                std::string_view otherwise) {
  return has(name) ? text(name, maxBytes) : std::string(otherwise);
}

Bytes FieldReader::binary(std::string_view name, std::size_t minBytes, std::size_t maxBytes) {
  const JsonValue* field = find(name, JsonValue::Kind::Text);
  if (field == nullptr) return {};
  auto decoded = fromBase64Url(field->text);
  if (!decoded || decoded->size() < minBytes || decoded->size() > maxBytes) {
    m_good = false;
    return {};
  }
  return std::move(*decoded);
}

const std::vector<JsonValue>& FieldReader::array(std::string_view name, std::size_t maxItems) {
  const JsonValue* field = find(name, JsonValue::Kind::Array);
  if (field == nullptr) return kNoChildren;
  if (field->children.size() > maxItems) {
    m_good = false;
    return kNoChildren;
  }
  return field->children;
}

const JsonValue& FieldReader::object(std::string_view name) {
  const JsonValue* field = find(name, JsonValue::Kind::Object);
  return field == nullptr ? kNothing : *field;
}

}  // namespace foyer::wire
