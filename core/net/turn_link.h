// turn: and turns: links (RFC 7065), as an operator of a TURN server hands them out:
//   turn:HOST[:PORT][?transport=udp|tcp]     turns:HOST[:PORT][?transport=tcp]
// They name a server and never a user: links land in histories and logs, so user name and password
// are typed apart. Leaves out DTLS (turns over UDP) and resolving. Values, no thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/wire/link.h"

namespace foyer::net {

// How bytes reach the server; what the server relays is UDP in each case.
enum class TurnTransport : std::uint8_t { Udp, Tcp, Tls };
[[nodiscard]] const char* toString(TurnTransport transport);

// RFC 7065 section 3.1.
constexpr std::uint16_t kTurnPort = 3478;
constexpr std::uint16_t kTurnTlsPort = 5349;

struct TurnLink {
  wire::LinkHost server;
  TurnTransport transport = TurnTransport::Udp;
  bool operator==(const TurnLink&) const = default;

  // Comes back from parseTurnLink() the same; the default port and transport are left out.
  [[nodiscard]] std::string format() const;
};

enum class TurnLinkError {
  TooLong,
  NotTurn,      // another scheme, or none
  HasSlashes,   // "turn://": RFC 7065 has none
  HasUserInfo,  // "name@" or "name:password@" before the host
  NoHost,
  BadHost,
  BadPort,
  BadTransport,      // something else than udp and tcp
  TlsNeedsTcp,       // turns: with transport=udp would be DTLS
  UnknownParameter,  // anything but one transport=
};
// Stable codes, as "has_user_info".
[[nodiscard]] const char* toString(TurnLinkError error);

// Surrounding white space is taken off; scheme, host and transport in any case.
[[nodiscard]] Result<TurnLink, TurnLinkError> parseTurnLink(std::string_view text);

}  // namespace foyer::net
