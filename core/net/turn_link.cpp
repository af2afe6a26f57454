#include "core/net/turn_link.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace foyer::net {
namespace {

char lowerOf(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lowerOf);
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Digits alone: from_chars would take neither sign nor space, but leading zeros without end.
std::optional<std::uint16_t> portFrom(std::string_view text) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number == 0 || number > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

std::uint16_t defaultPort(TurnTransport transport) {
  return transport == TurnTransport::Tls ? kTurnTlsPort : kTurnPort;
}

// "HOST", "HOST:PORT", "[V6]", "[V6]:PORT"
Result<wire::LinkHost, TurnLinkError> serverFrom(std::string_view text, std::uint16_t port) {
  if (text.empty()) return Failure(TurnLinkError::NoHost);
  wire::LinkHost made{.host = {}, .port = port};
  std::string_view after;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return Failure(TurnLinkError::BadHost);
    const auto ip = IpAddress::parse(text.substr(1, end - 1));
    // A zone is a number of this machine; a link is written on another one.
    if (!ip || ip->isV4() || ip->scopeId != 0) return Failure(TurnLinkError::BadHost);
    made.host = ip->toString();
    after = text.substr(end + 1);
    if (!after.empty() && !after.starts_with(':')) return Failure(TurnLinkError::BadHost);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    made.host = lowered(text.substr(0, colon));
    after = text.substr(colon);
    if (made.host.empty()) return Failure(TurnLinkError::NoHost);
    if (!IpAddress::parse(made.host) && !wire::isHostName(made.host)) {
      return Failure(TurnLinkError::BadHost);
    }
  }
  if (after.empty()) return made;
  const auto given = portFrom(after.substr(1));
  if (!given) return Failure(TurnLinkError::BadPort);
  made.port = *given;
  return made;
}

}  // namespace

const char* toString(TurnTransport transport) {
  switch (transport) {
    case TurnTransport::Udp:
      return "udp";
    case TurnTransport::Tcp:
      return "tcp";
    case TurnTransport::Tls:
      return "tls";
  }
  return "unknown";
}

const char* toString(TurnLinkError error) {
  switch (error) {
    case TurnLinkError::TooLong:
      return "too_long";
    case TurnLinkError::NotTurn:
      return "not_turn";
    case TurnLinkError::HasSlashes:
      return "has_slashes";
    case TurnLinkError::HasUserInfo:
      return "has_user_info";
    case TurnLinkError::NoHost:
      return "no_host";
    case TurnLinkError::BadHost:
      return "bad_host";
    case TurnLinkError::BadPort:
      return "bad_port";
    case TurnLinkError::BadTransport:
      return "bad_transport";
    case TurnLinkError::TlsNeedsTcp:
      return "tls_needs_tcp";
    case TurnLinkError::UnknownParameter:
      return "unknown_parameter";
  }
  return "unknown";
}

std::string TurnLink::format() const {
  const bool isV6 = server.host.find(':') != std::string::npos;
  std::string text = transport == TurnTransport::Tls ? "turns:" : "turn:";
  text += isV6 ? "[" + server.host + "]" : server.host;
  if (server.port != defaultPort(transport)) text += ":" + std::to_string(server.port);
  if (transport == TurnTransport::Tcp) text += "?transport=tcp";
  return text;
}

Result<TurnLink, TurnLinkError> parseTurnLink(std::string_view text) {
  text = trimmed(text);
  if (text.size() > wire::kMaxLink) return Failure(TurnLinkError::TooLong);
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return Failure(TurnLinkError::NotTurn);
  const std::string scheme = lowered(text.substr(0, colon));
  if (scheme != "turn" && scheme != "turns") return Failure(TurnLinkError::NotTurn);
  text.remove_prefix(colon + 1);
  // Told before everything else: whoever pasted a password should hear about that first.
  if (text.find('@') != std::string_view::npos) return Failure(TurnLinkError::HasUserInfo);
  if (text.starts_with('/')) return Failure(TurnLinkError::HasSlashes);

  TurnLink link;
  link.transport = scheme == "turns" ? TurnTransport::Tls : TurnTransport::Udp;
  if (const auto mark = text.find('?'); mark != std::string_view::npos) {
    const std::string query = lowered(text.substr(mark + 1));
    text = text.substr(0, mark);
    constexpr std::string_view kTransport = "transport=";
    if (!query.starts_with(kTransport) || query.find('&') != std::string::npos) {
      return Failure(TurnLinkError::UnknownParameter);
    }
    const std::string_view name = std::string_view(query).substr(kTransport.size());
    if (name != "udp" && name != "tcp") return Failure(TurnLinkError::BadTransport);
    if (link.transport == TurnTransport::Tls) {
      if (name == "udp") return Failure(TurnLinkError::TlsNeedsTcp);
    } else if (name == "tcp") {
      link.transport = TurnTransport::Tcp;
    }
  }
  auto server = serverFrom(text, defaultPort(link.transport));
  if (!server) return Failure(server.error());
  link.server = std::move(*server);
  return link;
}

}  // namespace foyer::net
