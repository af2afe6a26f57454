#include "core/engine/stun_setting.h"

#include "core/net/stun_link.h"

namespace foyer::engine {
namespace {

std::string joined(const std::vector<std::string>& servers) {
  std::string setting;
  for (const std::string& server : servers) setting += (setting.empty() ? "" : ", ") + server;
  return setting;
}

}  // namespace

std::vector<std::string> stunServersOf(std::string_view setting) {
  std::vector<std::string> servers;
  if (const auto parsed = net::parseStunServers(setting))
    for (const wire::LinkHost& server : *parsed) servers.push_back(server.toString());
  return servers;
}

Result<std::string, Fault> withStunServer(std::string_view setting, std::string_view typed) {
  const std::string whole = joined(stunServersOf(setting)) + ',' + std::string(typed);
  if (typed.find_first_not_of(", \t\r\n") == std::string_view::npos)
    return Failure<Fault>(Fault{"stun", "empty", false, {}});
  const auto parsed = net::parseStunServers(whole);
  if (!parsed) return Failure<Fault>(Fault{"stun", net::toString(parsed.error()), false, {}});
  return joined(stunServersOf(whole));
}

std::string withoutStunServer(std::string_view setting, std::size_t at) {
  std::vector<std::string> servers = stunServersOf(setting);
  if (at < servers.size()) servers.erase(servers.begin() + static_cast<std::ptrdiff_t>(at));
  return joined(servers);
}

}  // namespace foyer::engine
