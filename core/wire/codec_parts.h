// What the message codecs of the families share. Internal to core/wire.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"
#include "core/wire/message.h"

namespace foyer::wire {

// Stable words of an enum, in one table for both directions.
template <class Enum, std::size_t N>
using Words = std::array<std::pair<Enum, const char*>, N>;

template <class Enum, std::size_t N>
const char* wordOf(const Words<Enum, N>& words, Enum value) {
  for (const auto& [known, word] : words) {
    if (known == value) return word;
  }
  return "other";
}
template <class Enum, std::size_t N>
std::optional<Enum> valueOf(const Words<Enum, N>& words, std::string_view text) {
  for (const auto& [known, word] : words) {
    if (text == word) return known;
  }
  return std::nullopt;
}

// Each family: the type name of one message, its fields, and the way back. `Tag<M>` picks the
// overload; a reader that is no longer good makes the result meaningless.
template <class M>
struct Tag {};

#define FOYER_WIRE_CODEC(Type)                      \
  const char* nameOf(Tag<Type>);                    \
  void writeFields(JsonWriter& out, const Type& m); \
  Type readFields(FieldReader& in, Tag<Type>)

FOYER_WIRE_CODEC(Hello);
FOYER_WIRE_CODEC(Welcome);
FOYER_WIRE_CODEC(Refused);
FOYER_WIRE_CODEC(Reflect);
FOYER_WIRE_CODEC(Reflected);
FOYER_WIRE_CODEC(Ping);
FOYER_WIRE_CODEC(Pong);
FOYER_WIRE_CODEC(Replaced);
FOYER_WIRE_CODEC(Draining);
FOYER_WIRE_CODEC(ErrorMessage);
FOYER_WIRE_CODEC(Publish);
FOYER_WIRE_CODEC(Published);
FOYER_WIRE_CODEC(Availability);
FOYER_WIRE_CODEC(PresenceGet);
FOYER_WIRE_CODEC(PresencePage);
FOYER_WIRE_CODEC(PresenceDelta);
FOYER_WIRE_CODEC(Offer);
FOYER_WIRE_CODEC(Setup);
FOYER_WIRE_CODEC(Sealed);
FOYER_WIRE_CODEC(Channel);
FOYER_WIRE_CODEC(Undeliverable);
FOYER_WIRE_CODEC(Attach);
FOYER_WIRE_CODEC(Release);
FOYER_WIRE_CODEC(Released);
FOYER_WIRE_CODEC(TurnGet);
FOYER_WIRE_CODEC(TurnGiven);

#undef FOYER_WIRE_CODEC

}  // namespace foyer::wire
