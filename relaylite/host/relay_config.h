// foyer-relay's configuration file: one JSON object, read strictly. A misspelt key is an error that
// names it, because a limit that silently does not apply is worse than a relay that does not start.
//
//   { "listen": "0.0.0.0:4433",     "" or absent: all interfaces, any port; "[::1]:4433", ":4433"
//     "tcp": 443,                   TLS on TCP too, for who has no UDP; absent: none
//     "data_dir": "/var/lib/foyer-relay",
//     "name": "Garden relay",       announced in the local network; absent: the host's name
//     "mdns": true,
//     "real_time": false,
//     "invite_token": "…",          asked of everybody who joins; absent: none
//     "turn": { "links": ["turn:turn.example.org", "turns:turn.example.org"],
//               "secret_file": "/etc/foyer-relay/turn-secret",  coturn's static-auth-secret
//               "lifetime_s": 3600 },
//     "limits": { "clients": 1000, "clients_per_address": 64, "calls": 500 } }
//
// Pure; reading the file is core/io's.
#pragma once

#include <string>
#include <string_view>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/wire/limits.h"
#include "relaylite/host/hosted_relay.h"

namespace foyer::relayhost {

// Bytes of the file with the secret, line end included.
inline constexpr std::size_t kMaxTurnSecretFile = net::kMaxTurnPassword + 2;
inline constexpr std::uint32_t kMinTurnLifetime = 60, kMaxTurnLifetime = wire::kMaxTurnTtlSeconds;

// A configuration is a page at most.
inline constexpr std::size_t kMaxConfigBytes = 64 * 1024;

// Said of a token that is none.
inline constexpr const char* kTokenRule = "must be 1 to 128 of the characters A-Z a-z 0-9 - _ . ~";
static_assert(wire::kMaxToken == 128);

// What is not said keeps the value it has in `options`. Fault stage "config", code "invalid"; the
// detail names the key and never holds the token.
[[nodiscard]] Result<RelayOptions, Fault> parseRelayConfig(std::string_view json,
                                                           RelayOptions options = {});

// The secret out of the content of "secret_file": its first line. nullopt: empty or too long.
[[nodiscard]] std::shared_ptr<const net::TurnPassword> turnSecretFrom(std::string_view content);

// "ADDR:PORT", "[V6]:PORT", ":PORT" (all interfaces) into listen and port. "0.0.0.0" and "[::]" are
// the wildcard of one family. False when it is none of these.
[[nodiscard]] bool parseListen(std::string_view text, RelayOptions& into);

}  // namespace foyer::relayhost
