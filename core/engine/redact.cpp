#include "core/engine/redact.h"

#include <algorithm>
#include <cctype>

#include "core/base/address.h"

namespace foyer::engine {
namespace {

constexpr std::size_t kIdDigits = 32;  // a fingerprint or call id in hex
constexpr std::size_t kKeptDigits = 8;
constexpr std::size_t kLongestPlainWord = 40;  // no name of ours is longer; keys and tokens are 43

bool isWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         c == ':' || c == '[' || c == ']' || c == '%';
}

bool isHex(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](unsigned char c) { return std::isxdigit(c) != 0; });
}

// "1.2.3.4", "1.2.3.4:5", "fe80::1", "[::1]:5"
bool isAddress(std::string_view word) {
  if (word.find('.') == std::string_view::npos && word.find(':') == std::string_view::npos)
    return false;
  while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  if (IpAddress::parse(word) || SocketAddress::parse(word)) return true;
  if (word.size() > 2 && word.front() == '[' && word.back() == ']')
    return IpAddress::parse(word.substr(1, word.size() - 2)).has_value();
  return false;
}

std::string redactWord(std::string_view word) {
  if (isAddress(word)) return "[address]";
  if (word.size() == kIdDigits && isHex(word))
    return std::string(word.substr(0, kKeptDigits)) + "…";
  // A name with its own punctuation, such as "relay:connected", is looked at piece by piece.
  if (word.size() > kLongestPlainWord) return "[removed]";
  for (const char separator : {':', '.'}) {
    const auto at = word.find(separator);
    if (at != std::string_view::npos)
      return redactWord(word.substr(0, at)) + separator + redactWord(word.substr(at + 1));
  }
  return std::string(word);
}

}  // namespace

std::string redact(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t i = 0;
  while (i < text.size()) {
    if (!isWordChar(text[i])) {
      out.push_back(text[i++]);
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && isWordChar(text[end])) ++end;
    out += redactWord(text.substr(i, end - i));
    i = end;
  }
  // What follows "invite=" is a secret however short it is.
  for (std::size_t at = out.find("invite="); at != std::string::npos;
       at = out.find("invite=", at + 7)) {
    std::size_t end = at + 7;
    while (end < out.size() && out[end] != '&' && out[end] != '#' && out[end] != ' ' &&
           out[end] != '"')
      ++end;
    out.replace(at + 7, end - at - 7, "[removed]");
  }
  return out;
}

}  // namespace foyer::engine
