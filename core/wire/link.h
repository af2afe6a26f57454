// foyer:// links: how a relay or a person is handed from one human to another.
//   foyer://relay/HOST:PORT[,HOST:PORT…][?invite=TOKEN&tcp=PORT…]#FINGERPRINT
//   foyer://person/FINGERPRINT[?name=…&relay=…]     relay = a relay link, percent-encoded
// IPv6 stands in brackets, names are allowed (resolving is core/io's), unknown parameters are
// ignored. A link may hold a token: show and log only redacted(). Values, no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/wire/limits.h"

namespace foyer::wire {

struct LinkHost {
  std::string host;  // a name in lower case or an address; IPv6 without brackets
  std::uint16_t port = 0;
  bool operator==(const LinkHost&) const = default;

  // The address when `host` is one, nullopt for a name.
  [[nodiscard]] std::optional<SocketAddress> address() const;
  // "host:port", IPv6 in brackets.
  [[nodiscard]] std::string toString() const;
  [[nodiscard]] static LinkHost of(const SocketAddress& address);
};

// Where UDP is blocked, a relay is asked for at this port of the same hosts over TLS on TCP, unless
// its link says another (tcp=PORT).
inline constexpr std::uint16_t kRelayTcpPort = 443;

struct RelayLink {
  std::vector<LinkHost> hosts;  // 1 … kMaxLinkHosts, in order of preference
  Fingerprint relay;
  std::string invite;  // empty: none
  std::uint16_t tcpPort = kRelayTcpPort;
  bool operator==(const RelayLink&) const = default;

  [[nodiscard]] std::string format() const;
  // Without token and with the first four digits of the fingerprint, for logs and screens.
  [[nodiscard]] std::string redacted() const;
};

struct PersonLink {
  Fingerprint person;
  std::string name;  // the sender's word, shown as such; may be empty
  std::optional<RelayLink> relay;
  bool operator==(const PersonLink&) const = default;

  [[nodiscard]] std::string format() const;
  [[nodiscard]] std::string redacted() const;
};

using Link = std::variant<RelayLink, PersonLink>;

enum class LinkError {
  TooLong,
  NotFoyer,     // another scheme
  UnknownKind,  // neither relay nor person
  BadEscape,    // percent-encoding
  BadHost,
  BadPort,
  NoHost,
  TooManyHosts,
  BadFingerprint,  // missing or not 32 hex digits
  BadToken,
  BadName,
  BadRelay,  // the relay parameter of a person link
  TooManyParameters,
};
[[nodiscard]] const char* toString(LinkError error);

// A DNS name in lower case (RFC 1123 section 2.1), at most kMaxHostName long; never an address.
[[nodiscard]] bool isHostName(std::string_view name);

// Surrounding white space is taken off; scheme and kind in any case, fingerprint with or without
// groups of four.
[[nodiscard]] Result<Link, LinkError> parseLink(std::string_view text);
[[nodiscard]] Result<RelayLink, LinkError> parseRelayLink(std::string_view text);
[[nodiscard]] Result<PersonLink, LinkError> parsePersonLink(std::string_view text);

}  // namespace foyer::wire
