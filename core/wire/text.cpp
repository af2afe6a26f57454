#include "core/wire/text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/wire/limits.h"

namespace foyer::wire {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};

// RFC 3629 section 4; nullopt for anything it does not allow.
std::optional<CodePoint> decodeFirst(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = at(0);
  if (lead < 0x80) return CodePoint{lead, 1};
  std::size_t size = 0;
  char32_t value = 0;
  char32_t smallest = 0;
  if ((lead & 0xe0) == 0xc0) {
    size = 2, value = lead & 0x1f, smallest = 0x80;
  } else if ((lead & 0xf0) == 0xe0) {
    size = 3, value = lead & 0x0f, smallest = 0x800;
  } else if ((lead & 0xf8) == 0xf0) {
    size = 4, value = lead & 0x07, smallest = 0x10000;
  } else {
    return std::nullopt;
  }
  if (text.size() < size) return std::nullopt;
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xc0) != 0x80) return std::nullopt;
    value = (value << 6) | (at(i) & 0x3f);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < smallest || value > 0x10ffff || surrogate) return std::nullopt;
  return CodePoint{value, size};
}

// Calls f(char32_t) for each character; false at the first that is not UTF-8 or that f refuses.
template <class F>
bool everyCodePoint(std::string_view text, F&& f) {
  while (!text.empty()) {
    const auto point = decodeFirst(text);
    if (!point || !f(point->value)) return false;
    text.remove_prefix(point->size);
  }
  return true;
}

bool isControl(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

// Marks that change the order of what surrounds them (UAX #9).
bool isBidiControl(char32_t c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

// Characters without a picture of their own that would let two names look alike. Joiners are not
// among them: several scripts and emoji need them.
bool isInvisible(char32_t c) {
  return c == 0x00ad || c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 ||
         (c >= 0x180b && c <= 0x180e) || c == 0x200b || (c >= 0x2060 && c <= 0x2065) ||
         (c >= 0x206a && c <= 0x206f) || c == 0x3164 || c == 0xfeff || c == 0xffa0 ||
         (c >= 0xfff0 && c <= 0xfffc) || (c >= 0xe0000 && c <= 0xe0fff);
}

bool isUnassignedByDesign(char32_t c) {
  const bool privateUse = (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
  const bool nonCharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  return privateUse || nonCharacter;
}

bool isSpace(char32_t c) {
  return c == 0x20 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
         c == 0x205f || c == 0x3000;
}

bool isJoiner(char32_t c) { return c == 0x200c || c == 0x200d; }

// The combining marks of common scripts and emoji modifiers: what a person sees as part of the
// character before.
bool isExtender(char32_t c) {
  return isJoiner(c) || (c >= 0x0300 && c <= 0x036f) || (c >= 0x0483 && c <= 0x0489) ||
         (c >= 0x0591 && c <= 0x05bd) || (c >= 0x0610 && c <= 0x061a) ||
         (c >= 0x064b && c <= 0x065f) || (c >= 0x06d6 && c <= 0x06dc) ||
         (c >= 0x0900 && c <= 0x0903) || (c >= 0x093a && c <= 0x094f && c != 0x093d) ||
         (c >= 0x0e34 && c <= 0x0e3a) || (c >= 0x0e47 && c <= 0x0e4e) ||
         (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
         (c >= 0x20d0 && c <= 0x20ff) || (c >= 0x3099 && c <= 0x309a) ||
         (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f) ||
         (c >= 0x1f3fb && c <= 0x1f3ff);
}

}  // namespace

bool isValidUtf8(std::string_view text) {
  return everyCodePoint(text, [](char32_t) { return true; });
}

bool isPlainText(std::string_view text) {
  return everyCodePoint(text, [](char32_t c) { return !isControl(c); });
}

bool isValidAlias(std::string_view text) {
  if (text.empty() || text.size() > kMaxAliasBytes) return false;
  char32_t first = 0;
  char32_t last = 0;
  bool any = false;
  const bool allowed = everyCodePoint(text, [&](char32_t c) {
    if (!any) first = c;
    any = true;
    last = c;
    return !isControl(c) && !isBidiControl(c) && !isInvisible(c) && !isUnassignedByDesign(c);
  });
  if (!allowed || isSpace(first) || isSpace(last) || isExtender(first)) return false;
  return countGraphemes(text) <= kMaxAliasGraphemes;
}

std::size_t countGraphemes(std::string_view validUtf8) {
  std::size_t count = 0;
  bool joined = false;
  (void)everyCodePoint(validUtf8, [&](char32_t c) {
    const bool continues = count > 0 && (isExtender(c) || joined);
    if (!continues) ++count;
    joined = c == 0x200d;
    return true;
  });
  return count;
}

std::string_view cutUtf8(std::string_view text, std::size_t maxBytes) {
  if (text.size() <= maxBytes) return text;
  std::size_t end = maxBytes;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

bool isValidToken(std::string_view text) {
  if (text.empty() || text.size() > kMaxToken) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
  });
}

}  // namespace foyer::wire
