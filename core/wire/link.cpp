#include "core/wire/link.h"

#include <algorithm>
#include <charconv>

#include "core/base/assert.h"
#include "core/wire/text.h"

namespace foyer::wire {
namespace {

constexpr std::string_view kScheme = "foyer://";

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

// RFC 3986 section 2.1; '+' is itself.
std::optional<std::string> unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    c = lowerOf(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = digit(text[i + 1]);
    const int low = digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string escape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (isValidToken({&c, 1})) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  return out;
}

// 32 hex digits in any case, or eight groups of four with spaces or dashes between.
std::optional<Fingerprint> fingerprintFrom(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    digits.push_back(lowerOf(c));
  }
  return Fingerprint::parseHex(digits);
}

std::optional<std::uint16_t> parsePort(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number == 0 ||
      number > 65535)
    return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

Result<LinkHost, LinkError> parseHost(std::string_view text) {
  LinkHost made;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return Failure(LinkError::BadHost);
    const auto ip = IpAddress::parse(text.substr(1, end - 1));
    if (!ip || ip->isV4()) return Failure(LinkError::BadHost);
    made.host = ip->toString();
    const auto after = text.substr(end + 1);
    if (!after.starts_with(':')) return Failure(LinkError::BadPort);
    port = after.substr(1);
  } else {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return Failure(LinkError::BadPort);
    made.host = lowered(text.substr(0, colon));
    const auto ip = IpAddress::parse(made.host);
    if (!ip && !isHostName(made.host)) return Failure(LinkError::BadHost);
    port = text.substr(colon + 1);
  }
  const auto number = parsePort(port);
  if (!number) return Failure(LinkError::BadPort);
  made.port = *number;
  return made;
}

// Calls onPart for each part between separators; stops at the first error it returns.
template <class OnPart>
std::optional<LinkError> forEachPart(std::string_view text, char separator, OnPart&& onPart) {
  while (true) {
    const auto end = text.find(separator);
    if (const std::optional<LinkError> error = onPart(text.substr(0, end))) return error;
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
}

// Calls onParameter(name, unescaped value) for each parameter of "a=b&c=d".
template <class OnParameter>
std::optional<LinkError> forEachParameter(std::string_view query, OnParameter&& onParameter) {
  std::size_t count = 0;
  return forEachPart(query, '&', [&](std::string_view part) -> std::optional<LinkError> {
    if (part.empty()) return std::nullopt;
    if (++count > kMaxLinkParameters) return LinkError::TooManyParameters;
    const auto equals = part.find('=');
    const auto value =
        equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    const auto plain = unescape(value);
    if (!plain) return LinkError::BadEscape;
    return onParameter(part.substr(0, equals), *plain);
  });
}

struct Pieces {
  std::string_view kind;       // between the scheme and the next '/'
  std::string_view authority;  // after it, up to '?' or '#'
  std::string_view query;
  std::string_view fragment;
};

Result<Pieces, LinkError> cut(std::string_view text) {
  text = trimmed(text);
  if (text.size() > kMaxLink) return Failure(LinkError::TooLong);
  if (text.size() < kScheme.size() || lowered(text.substr(0, kScheme.size())) != kScheme) {
    return Failure(LinkError::NotFoyer);
  }
  text.remove_prefix(kScheme.size());
  Pieces pieces;
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    pieces.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const auto mark = text.find('?'); mark != std::string_view::npos) {
    pieces.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  const auto slash = text.find('/');
  pieces.kind = text.substr(0, slash);
  if (slash != std::string_view::npos) pieces.authority = text.substr(slash + 1);
  // Desktops and mail programs like to end a link with a slash.
  if (pieces.authority.ends_with('/')) pieces.authority.remove_suffix(1);
  return pieces;
}

Result<RelayLink, LinkError> relayFrom(const Pieces& pieces) {
  RelayLink link;
  if (pieces.authority.empty()) return Failure(LinkError::NoHost);
  auto error =
      forEachPart(pieces.authority, ',', [&](std::string_view part) -> std::optional<LinkError> {
        if (link.hosts.size() >= kMaxLinkHosts) return LinkError::TooManyHosts;
        const auto plain = unescape(part);
        if (!plain) return LinkError::BadEscape;
        auto host = parseHost(*plain);
        if (!host) return host.error();
        link.hosts.push_back(std::move(*host));
        return std::nullopt;
      });
  if (error) return Failure(*error);
  bool hasTcp = false;
  error = forEachParameter(
      pieces.query,
      [&](std::string_view name, const std::string& value) -> std::optional<LinkError> {
        if (name == "tcp") {
          const auto port = parsePort(value);
          if (!port || hasTcp) return LinkError::BadPort;
          link.tcpPort = *port;
          hasTcp = true;
          return std::nullopt;
        }
        if (name != "invite") return std::nullopt;
        // Two tokens: one of them is not what the sender meant.
        if (!isValidToken(value) || !link.invite.empty()) return LinkError::BadToken;
        link.invite = value;
        return std::nullopt;
      });
  if (error) return Failure(*error);
  const auto fragment = unescape(pieces.fragment);
  if (!fragment) return Failure(LinkError::BadEscape);
  const auto fingerprint = fingerprintFrom(*fragment);
  if (!fingerprint) return Failure(LinkError::BadFingerprint);
  link.relay = *fingerprint;
  return link;
}

Result<PersonLink, LinkError> personFrom(const Pieces& pieces) {
  PersonLink link;
  const auto plain = unescape(pieces.authority);
  if (!plain) return Failure(LinkError::BadEscape);
  const auto fingerprint = fingerprintFrom(*plain);
  if (!fingerprint) return Failure(LinkError::BadFingerprint);
  link.person = *fingerprint;
  const auto error = forEachParameter(
      pieces.query,
      [&](std::string_view name, const std::string& value) -> std::optional<LinkError> {
        if (name == "name") {
          if (!isValidAlias(value) || !link.name.empty()) return LinkError::BadName;
          link.name = value;
        } else if (name == "relay") {
          auto relay = parseRelayLink(value);
          if (!relay || link.relay) return LinkError::BadRelay;
          link.relay = std::move(*relay);
        }
        return std::nullopt;
      });
  if (error) return Failure(*error);
  return link;
}

std::string relayText(const RelayLink& link, bool redact) {
  std::string out = std::string(kScheme) + "relay/";
  if (redact) {
    out += "…";
  } else {
    for (std::size_t i = 0; i < link.hosts.size(); ++i) {
      std::string host = link.hosts[i].toString();
      // The zone of a link-local address is escaped (RFC 6874).
      if (const auto zone = host.find('%'); zone != std::string::npos) host.replace(zone, 1, "%25");
      out += (i == 0 ? "" : ",") + host;
    }
  }
  if (!link.invite.empty()) out += redact ? "?invite=…" : "?invite=" + escape(link.invite);
  if (link.tcpPort != kRelayTcpPort) {
    out += link.invite.empty() ? '?' : '&';
    out += "tcp=" + std::to_string(link.tcpPort);
  }
  return out + "#" + (redact ? link.relay.hex().substr(0, 4) + "…" : link.relay.hex());
}

}  // namespace

bool isHostName(std::string_view name) {
  if (name.empty() || name.size() > kMaxHostName) return false;
  std::size_t label = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '.') {
      if (label == 0 || name[i - 1] == '-') return false;
      label = 0;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && (c != '-' || label == 0)) return false;
    if (++label > 63) return false;
  }
  if (label == 0 || name.back() == '-') return false;
  // Digits and dots alone would be an address; what was meant is not a name then.
  return name.find_first_not_of("0123456789.") != std::string_view::npos;
}

const char* toString(LinkError error) {
  switch (error) {
    case LinkError::TooLong:
      return "too_long";
    case LinkError::NotFoyer:
      return "not_foyer";
    case LinkError::UnknownKind:
      return "unknown_kind";
    case LinkError::BadEscape:
      return "bad_escape";
    case LinkError::BadHost:
      return "bad_host";
    case LinkError::BadPort:
      return "bad_port";
    case LinkError::NoHost:
      return "no_host";
    case LinkError::TooManyHosts:
      return "too_many_hosts";
    case LinkError::BadFingerprint:
      return "bad_fingerprint";
    case LinkError::BadToken:
      return "bad_token";
    case LinkError::BadName:
      return "bad_name";
    case LinkError::BadRelay:
      return "bad_relay";
    case LinkError::TooManyParameters:
      return "too_many_parameters";
  }
  return "unknown";
}

std::optional<SocketAddress> LinkHost::address() const {
  const auto ip = IpAddress::parse(host);
  if (!ip) return std::nullopt;
  return SocketAddress{*ip, port};
}

std::string LinkHost::toString() const {
  const bool isV6 = host.find(':') != std::string::npos;
  return (isV6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

LinkHost LinkHost::of(const SocketAddress& address) {
  return {address.ip.toString(), address.port};
}

std::string RelayLink::format() const {
  FOYER_ASSERT(!hosts.empty(), "a relay link says where the relay is");
  return relayText(*this, false);
}

std::string RelayLink::redacted() const { return relayText(*this, true); }

std::string PersonLink::format() const {
  std::string out = std::string(kScheme) + "person/" + person.hex();
  char separator = '?';
  if (!name.empty()) {
    out += separator + ("name=" + escape(name));
    separator = '&';
  }
  if (relay) out += separator + ("relay=" + escape(relay->format()));
  return out;
}

std::string PersonLink::redacted() const {
  return std::string(kScheme) + "person/" + person.hex().substr(0, 4) + "…";
}

Result<Link, LinkError> parseLink(std::string_view text) {
  const auto pieces = cut(text);
  if (!pieces) return Failure(pieces.error());
  const std::string kind = lowered(pieces->kind.substr(0, 16));
  if (kind == "relay")
    return relayFrom(*pieces).map([](RelayLink link) { return Link(std::move(link)); });
  if (kind == "person") {
    return personFrom(*pieces).map([](PersonLink link) { return Link(std::move(link)); });
  }
  return Failure(LinkError::UnknownKind);
}

Result<RelayLink, LinkError> parseRelayLink(std::string_view text) {
  const auto pieces = cut(text);
  if (!pieces) return Failure(pieces.error());
  if (lowered(pieces->kind.substr(0, 16)) != "relay") return Failure(LinkError::UnknownKind);
  return relayFrom(*pieces);
}

Result<PersonLink, LinkError> parsePersonLink(std::string_view text) {
  const auto pieces = cut(text);
  if (!pieces) return Failure(pieces.error());
  if (lowered(pieces->kind.substr(0, 16)) != "person") return Failure(LinkError::UnknownKind);
  return personFrom(*pieces);
}

}  // namespace foyer::wire
