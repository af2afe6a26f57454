// Control messages of the session family: who speaks, on which terms, and how it ends
// (docs/protocol.md, control stream). Plain values; encoding is in message.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace foyer::wire {

// Why a relay does not admit a client, or sends one away. A code this version does not know decodes
// as Other.
enum class RefusedCode {
  Other,
  Version,         // no protocol version in common
  InviteRequired,  // this relay asks for a token
  InviteWrong,
  InviteRevoked,  // said to one who is in: the invite that let them in was taken back
  Full,           // no room for another client
  AddressLimit,   // too many connections from this address
  Draining,
};
[[nodiscard]] const char* toString(RefusedCode code);

// Why one request was not carried out; the connection goes on.
enum class ErrorCode {
  Other,
  NotRegistered,  // a state of presence before a record was published
  BadRecord,      // does not decode, wrong signature, out of range
  WrongKey,       // a record of another identity
  StaleRecord,    // a sequence number that is not higher
  TooSoon,        // refreshed more often than once in five minutes
  RateLimited,
  Limit,  // a budget such as calls at once is used up
  UnknownCall,
};
[[nodiscard]] const char* toString(ErrorCode code);

// Client → relay, first message.
struct Hello {
  std::uint32_t id = 0;
  std::vector<std::uint8_t> versions{1};
  std::string invite;  // empty: none
  // Nobody is to see this person: the relay forgets a record that it has of an earlier connection.
  bool isHidden = false;
  bool operator==(const Hello&) const = default;
};
struct Welcome {
  std::uint32_t id = 0;
  std::uint8_t version = 1;
  std::uint64_t timeMs = 0;  // the relay's wall clock, Unix ms
  std::string observed;      // "ip:port" as the relay sees the client
  std::string relayBuild;
  std::uint32_t ttlSeconds = 0;  // lifetime a presence record may have
  Bytes vouch{};  // the relay's signed word on `observed` (crypto/observed.h), or none
  bool operator==(const Welcome&) const = default;
};
// The relay closes the connection after it.
struct Refused {
  std::uint32_t id = 0;
  RefusedCode code = RefusedCode::Other;
  std::string detail;
  std::optional<std::uint32_t> retryAfterMs;
  bool operator==(const Refused&) const = default;
};
struct Reflect {
  std::uint32_t id = 0;
  bool operator==(const Reflect&) const = default;
};
struct Reflected {
  std::uint32_t id = 0;
  std::string observed;  // "ip:port"
  Bytes vouch{};         // as in Welcome
  bool operator==(const Reflected&) const = default;
};
struct Ping {
  std::uint32_t id = 0;
  bool operator==(const Ping&) const = default;
};
struct Pong {
  std::uint32_t id = 0;
  bool operator==(const Pong&) const = default;
};
// A newer registration of the same identity took over.
struct Replaced {
  bool operator==(const Replaced&) const = default;
};
struct Draining {
  std::uint32_t retryAfterMs = 0;
  std::string detail;
  bool operator==(const Draining&) const = default;
};
struct ErrorMessage {
  std::uint32_t id = 0;  // of the request; 0: none
  ErrorCode code = ErrorCode::Other;
  std::string detail;
  std::string about;  // type of the message refused; empty: none
  bool operator==(const ErrorMessage&) const = default;
};

}  // namespace foyer::wire
