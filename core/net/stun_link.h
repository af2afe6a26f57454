// The STUN servers of the settings: "stun.example.org:3478, stun:[2001:db8::1]". Each is a host
// with or without a port, and with or without the scheme of RFC 7064. Leaves out stuns: (TLS) and
// resolving. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/wire/link.h"

namespace foyer::net {

// RFC 7064 section 3.2.
constexpr std::uint16_t kStunPort = 3478;
// Three observers tell everything; more are for those of which some are down.
constexpr std::size_t kMaxStunServers = 8;

enum class StunLinkError : std::uint8_t { TooMany, BadHost, BadPort };
// Stable codes: "too_many", "bad_host", "bad_port".
[[nodiscard]] const char* toString(StunLinkError error);

// Separated by commas; white space around each is taken off, empty ones are skipped and repeated
// ones kept once. An empty text is an empty list.
[[nodiscard]] Result<std::vector<wire::LinkHost>, StunLinkError> parseStunServers(
    std::string_view text);

}  // namespace foyer::net
