#include "core/net/turn_server_list.h"

#include <algorithm>

#include "core/net/turn_credentials.h"
#include "core/wire/text.h"

namespace foyer::net {
namespace {

bool hasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

Fault turnFault(const char* code) { return {"turn", code, false, {}}; }

}  // namespace

Result<TurnServer, Fault> turnServerFrom(std::string_view link, std::string_view userName) {
  auto parsed = parseTurnLink(link);
  if (!parsed) return Failure<Fault>(Fault{"turn_link", toString(parsed.error()), false, {}});
  if (userName.empty()) return Failure<Fault>(turnFault("no_user"));
  if (userName.size() > kMaxTurnUserName || hasControl(userName) || !wire::isValidUtf8(userName))
    return Failure<Fault>(turnFault("bad_user"));
  return TurnServer{std::move(*parsed), std::string(userName)};
}

std::optional<Fault> passwordRefusal(std::string_view password) {
  if (password.empty()) return turnFault("no_password");
  if (password.size() > kMaxTurnPassword || hasControl(password)) return turnFault("bad_password");
  return std::nullopt;
}

std::vector<TurnServer> parseTurnServers(std::string_view setting) {
  std::vector<TurnServer> servers;
  while (!setting.empty() && servers.size() < kMaxTurnServers) {
    const auto end = std::min(setting.find('\n'), setting.size());
    const std::string_view line = setting.substr(0, end);
    setting.remove_prefix(std::min(end + 1, setting.size()));
    const auto space = line.find(' ');
    if (space == std::string_view::npos) continue;
    auto server = turnServerFrom(line.substr(0, space), line.substr(space + 1));
    if (!server) continue;
    const bool isKnown = std::any_of(servers.begin(), servers.end(), [&](const TurnServer& known) {
      return known.link == server->link;
    });
    if (!isKnown) servers.push_back(std::move(*server));
  }
  return servers;
}

std::string formatTurnServers(std::span<const TurnServer> servers) {
  std::string text;
  for (const TurnServer& server : servers) {
    if (!text.empty()) text += '\n';
    text += server.link.format() + ' ' + server.userName;
  }
  return text;
}

}  // namespace foyer::net
