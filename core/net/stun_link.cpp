#include "core/net/stun_link.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/net/turn_link.h"

namespace foyer::net {
namespace {

static_assert(kStunPort == kTurnPort);

constexpr std::string_view kScheme = "stun:";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// After the scheme both kinds of links are HOST[:PORT] with the same port by itself (RFC 7064 and
// 7065 section 3.1); TURN's may have a transport behind it.
Result<wire::LinkHost, StunLinkError> serverFrom(std::string_view text) {
  const auto isSame = [](char small, char any) {
    return small == any || (any >= 'A' && any <= 'Z' && small == any - 'A' + 'a');
  };
  const bool hasScheme = text.size() >= kScheme.size() &&
                         std::equal(kScheme.begin(), kScheme.end(), text.begin(), isSame);
  // "stun:5000" is a host of that name: digits alone are none.
  const bool isHostOfThatName =
      hasScheme && text.find_first_not_of("0123456789", kScheme.size()) == std::string_view::npos;
  if (hasScheme && !isHostOfThatName) text.remove_prefix(kScheme.size());
  if (text.find('?') != std::string_view::npos) return Failure(StunLinkError::BadHost);
  auto link = parseTurnLink("turn:" + std::string(text));
  if (link) return std::move(link->server);
  return Failure(link.error() == TurnLinkError::BadPort ? StunLinkError::BadPort
                                                        : StunLinkError::BadHost);
}

}  // namespace

const char* toString(StunLinkError error) {
  switch (error) {
    case StunLinkError::TooMany:
      return "too_many";
    case StunLinkError::BadHost:
      return "bad_host";
    case StunLinkError::BadPort:
      return "bad_port";
  }
  return "unknown";
}

Result<std::vector<wire::LinkHost>, StunLinkError> parseStunServers(std::string_view text) {
  std::vector<wire::LinkHost> servers;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view one = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (one.empty()) continue;
    auto server = serverFrom(one);
    if (!server) return Failure(server.error());
    if (std::find(servers.begin(), servers.end(), *server) != servers.end()) continue;
    if (servers.size() == kMaxStunServers) return Failure(StunLinkError::TooMany);
    servers.push_back(std::move(*server));
  }
  return servers;
}

}  // namespace foyer::net
