#include "core/wire/message.h"

#include "core/base/assert.h"
#include "core/wire/codec_parts.h"
#include "core/wire/limits.h"

namespace foyer::wire {
namespace {

// Tries the alternatives of Message one after the other by their type name.
template <std::size_t I = 0>
Result<Message, DecodeError> decodeAs(std::string_view type, FieldReader& in) {
  if constexpr (I == std::variant_size_v<Message>) {
    return Failure(DecodeError::UnknownType);
  } else {
    using M = std::variant_alternative_t<I, Message>;
    if (type != nameOf(Tag<M>{})) return decodeAs<I + 1>(type, in);
    Message made = readFields(in, Tag<M>{});
    if (!in.isGood()) return Failure(DecodeError::BadField);
    return made;
  }
}

}  // namespace

const char* toString(DecodeError error) {
  switch (error) {
    case DecodeError::UnknownType:
      return "unknown_type";
    case DecodeError::NotJson:
      return "not_json";
    case DecodeError::TooComplex:
      return "too_complex";
    case DecodeError::DuplicateKey:
      return "duplicate_key";
    case DecodeError::BadField:
      return "bad_field";
  }
  return "unknown";
}

const char* typeName(const Message& message) {
  return std::visit([]<class M>(const M&) { return nameOf(Tag<M>{}); }, message);
}

Bytes encodeFrame(const Message& message) {
  Bytes frame(kFrameHeader);
  JsonWriter out(frame);
  out.text("t", typeName(message), kMaxTypeName);
  std::visit([&](const auto& m) { writeFields(out, m); }, message);
  out.end();
  const std::size_t length = frame.size() - kFrameHeader;
  FOYER_ASSERT(length <= kMaxFrame, "counts and sizes of each message keep it below the limit");
  for (std::size_t i = 0; i < kFrameHeader; ++i) {
    frame[i] = static_cast<std::uint8_t>(length >> (8 * (kFrameHeader - 1 - i)));
  }
  return frame;
}

Result<Message, DecodeError> decodeMessage(ByteView json) {
  const auto object = parseJsonObject(json);
  if (!object) return Failure(object.error());
  FieldReader in(*object);
  const std::string type = in.text("t", kMaxTypeName);
  if (!in.isGood()) return Failure(DecodeError::BadField);
  return decodeAs(type, in);
}

}  // namespace foyer::wire
