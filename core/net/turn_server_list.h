// The TURN servers of a profile as the setting "turn_servers" keeps them: one line each, the link,
// a space, the user name. Passwords are no part of it (core/store). Values, no thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/net/turn_link.h"

namespace foyer::net {

// More are of no use to a call, and eight of the longest fit one setting.
inline constexpr std::size_t kMaxTurnServers = 8;
// Bytes. The protocol takes 508; coturn's data base has 512, people have fewer.
inline constexpr std::size_t kMaxTurnUserName = 128;

struct TurnServer {
  TurnLink link;
  std::string userName;
  bool operator==(const TurnServer&) const = default;
};

// What is not a server with a user is left out; each link once, at most kMaxTurnServers.
[[nodiscard]] std::vector<TurnServer> parseTurnServers(std::string_view setting);
[[nodiscard]] std::string formatTurnServers(std::span<const TurnServer> servers);

// Stage "turn_link" (TurnLinkError), or stage "turn": no_user, bad_user (too long, control
// characters).
[[nodiscard]] Result<TurnServer, Fault> turnServerFrom(std::string_view link,
                                                       std::string_view userName);
// Stage "turn": no_password, bad_password (too long, or with control characters).
[[nodiscard]] std::optional<Fault> passwordRefusal(std::string_view password);

}  // namespace foyer::net
