#include "core/engine/metrics_address.h"

#include <charconv>

namespace foyer::engine {
namespace {

// What sun_path holds, with its end.
constexpr std::size_t kMaxSocketPath = 107;

// A port of this program's own rules: no sign, no space, not 0.
std::optional<std::uint16_t> parsePort(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

Result<MetricsAddress, Fault> parseMetricsAddress(std::string_view text) {
  const Failure<Fault> refused(Fault{"metrics", "bad_address", false, {}});
  constexpr std::string_view kUnix = "unix:";
  if (text.starts_with(kUnix)) {
    const std::string path(text.substr(kUnix.size()));
    const bool isClean = path.find('\0') == std::string::npos;
    if (path.size() < 2 || path.front() != '/' || path.size() > kMaxSocketPath || !isClean)
      return refused;
    return MetricsAddress{path, {}};
  }
  for (const std::string_view host : {"127.0.0.1:", "[::1]:"}) {
    if (!text.starts_with(host)) continue;
    const auto port = parsePort(text.substr(host.size()));
    const auto ip = IpAddress::parse(host.front() == '[' ? "::1" : "127.0.0.1");
    if (!port || !ip) return refused;
    return MetricsAddress{{}, {*ip, *port}};
  }
  return refused;
}

}  // namespace foyer::engine
