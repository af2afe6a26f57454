#include "core/base/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace foyer {
namespace {

// Longest text that can be an IPv6 address with a numeric zone.
constexpr std::size_t kMaxAddressText = INET6_ADDRSTRLEN + 12;

template <class Number>
std::optional<Number> parseNumber(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

IpAddress IpAddress::v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  IpAddress made;
  made.bytes = {a, b, c, d};
  return made;
}

IpAddress IpAddress::v6(const std::array<std::uint8_t, 16>& bytes, std::uint32_t scope) {
  static constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0,    0,
                                                              0, 0, 0, 0, 0xff, 0xff};
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()))
    return v4(bytes[12], bytes[13], bytes[14], bytes[15]);
  IpAddress made;
  made.family = Family::V6;
  made.bytes = bytes;
  // Only link-local addresses need a zone; elsewhere it would make equal addresses differ.
  made.scopeId = (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) ? scope : 0;
  return made;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.size() > kMaxAddressText) return std::nullopt;
  // What follows a zero would not be looked at below.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  std::uint32_t scope = 0;
  const auto percent = text.find('%');
  if (percent != std::string_view::npos) {
    const auto zone = parseNumber<std::uint32_t>(text.substr(percent + 1));
    if (!zone) return std::nullopt;
    scope = *zone;
    text = text.substr(0, percent);
  }
  const std::string zeroTerminated(text);
  std::array<std::uint8_t, 16> raw{};
  if (percent == std::string_view::npos &&
      inet_pton(AF_INET, zeroTerminated.c_str(), raw.data()) == 1)
    return v4(raw[0], raw[1], raw[2], raw[3]);
  if (inet_pton(AF_INET6, zeroTerminated.c_str(), raw.data()) == 1) return v6(raw, scope);
  return std::nullopt;
}

bool IpAddress::isUnspecified() const {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
}

bool IpAddress::isLoopback() const {
  if (isV4()) return bytes[0] == 127;
  return std::all_of(bytes.begin(), bytes.begin() + 15, [](std::uint8_t b) { return b == 0; }) &&
         bytes[15] == 1;
}

bool IpAddress::isLinkLocal() const {
  if (isV4()) return bytes[0] == 169 && bytes[1] == 254;
  return bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
}

bool IpAddress::isPrivate() const {
  if (isV4())
    return bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xf0) == 16) ||
           (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
  return (bytes[0] & 0xfe) == 0xfc;
}

std::string IpAddress::toString() const {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(isV4() ? AF_INET : AF_INET6, bytes.data(), text, sizeof text);
  std::string out(text);
  if (scopeId != 0) out += "%" + std::to_string(scopeId);
  return out;
}

std::optional<SocketAddress> SocketAddress::parse(std::string_view text) {
  std::string_view host;
  std::string_view port;
  if (!text.empty() && text.front() == '[') {
    const auto close = text.find(']');
    if (close == std::string_view::npos || close + 1 >= text.size() || text[close + 1] != ':')
      return std::nullopt;
    host = text.substr(1, close - 1);
    port = text.substr(close + 2);
    if (host.find(':') == std::string_view::npos) return std::nullopt;
  } else {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
      return std::nullopt;
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
  }
  const auto ip = IpAddress::parse(host);
  const auto number = parseNumber<std::uint16_t>(port);
  if (!ip || !number) return std::nullopt;
  return SocketAddress{*ip, *number};
}

std::string SocketAddress::toString() const {
  return (ip.isV4() ? ip.toString() : "[" + ip.toString() + "]") + ":" + std::to_string(port);
}

}  // namespace foyer
