#include "core/net/port_mapping_ssdp.h"

#include <algorithm>

namespace foyer::net {
namespace {

constexpr std::string_view kScheme = "http://";
constexpr std::size_t kMaxAnswer = 2048;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool startsWithIgnoringCase(std::string_view text, std::string_view with) {
  return text.size() >= with.size() &&
         std::ranges::equal(text.substr(0, with.size()), with, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

SocketAddress ssdpGroup() { return {IpAddress::v4(239, 255, 255, 250), kSsdpPort}; }

Bytes ssdpSearch(const SocketAddress& to) {
  std::string text = "M-SEARCH * HTTP/1.1\r\nHOST: " + to.toString() +
                     "\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
                     "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n\r\n";
  return toBytes(viewOf(text));
}

bool isUrlOf(std::string_view url, const IpAddress& router) {
  if (url.size() > kMaxLocation || !startsWithIgnoringCase(url, kScheme)) return false;
  if (!std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f; })) return false;
  url.remove_prefix(kScheme.size());
  const std::string_view authority = url.substr(0, url.find('/'));
  if (authority.size() == url.size()) return false;  // no path
  // Numeric host alone: names would be looked up, and "user@host" would be another host.
  if (const auto withPort = SocketAddress::parse(authority)) {
    return withPort->ip == router && withPort->port != 0;
  }
  return IpAddress::parse(authority) == router && router.isV4();
}

std::optional<std::string> ssdpLocation(ByteView answer, const IpAddress& router) {
  if (answer.size() > kMaxAnswer) return std::nullopt;
  std::string_view text = textOf(answer);
  bool isFirst = true;
  std::optional<std::string> location;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (isFirst) {
      if (!line.starts_with("HTTP/1.") || line.find(" 200") == std::string_view::npos) {
        return std::nullopt;
      }
      isFirst = false;
      continue;
    }
    if (line.empty()) break;
    constexpr std::string_view kHeader = "location:";
    if (!startsWithIgnoringCase(line, kHeader)) continue;
    const std::string_view url = trimmed(line.substr(kHeader.size()));
    if (location || !isUrlOf(url, router)) return std::nullopt;
    location = std::string(url);
  }
  return location;
}

}  // namespace foyer::net
