// IP addresses and UDP/TCP endpoints as values, without the socket API. IPv4 and IPv6; IPv4-mapped
// IPv6 is normalised to IPv4. The text form is "1.2.3.4:5" and "[2001:db8::1]:5" (RFC 5952).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace foyer {

struct IpAddress {
  enum class Family : std::uint8_t { V4, V6 };
  Family family = Family::V4;
  // Network order; an IPv4 address uses the first four bytes, the rest is zero.
  std::array<std::uint8_t, 16> bytes{};
  // Zone of a link-local IPv6 address; 0 means none.
  std::uint32_t scopeId = 0;

  auto operator<=>(const IpAddress&) const = default;

  [[nodiscard]] static IpAddress v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d);
  [[nodiscard]] static IpAddress v6(const std::array<std::uint8_t, 16>& bytes,
                                    std::uint32_t scope = 0);
  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] bool isV4() const { return family == Family::V4; }
  [[nodiscard]] bool isUnspecified() const;
  [[nodiscard]] bool isLoopback() const;
  // 169.254/16 and fe80::/10.
  [[nodiscard]] bool isLinkLocal() const;
  // RFC 1918, RFC 6598 (100.64/10) and fc00::/7.
  [[nodiscard]] bool isPrivate() const;
  [[nodiscard]] std::string toString() const;
};

struct SocketAddress {
  IpAddress ip;
  std::uint16_t port = 0;

  auto operator<=>(const SocketAddress&) const = default;
  [[nodiscard]] static std::optional<SocketAddress> parse(std::string_view text);
  [[nodiscard]] std::string toString() const;
};

}  // namespace foyer

template <>
struct std::hash<foyer::IpAddress> {
  std::size_t operator()(const foyer::IpAddress& a) const noexcept {
    return std::hash<std::string_view>{}(
               {reinterpret_cast<const char*>(a.bytes.data()), a.bytes.size()}) ^
           static_cast<std::size_t>(a.family) ^ (static_cast<std::size_t>(a.scopeId) << 1);
  }
};
template <>
struct std::hash<foyer::SocketAddress> {
  std::size_t operator()(const foyer::SocketAddress& a) const noexcept {
    return std::hash<foyer::IpAddress>{}(a.ip) * 31 + a.port;
  }
};
