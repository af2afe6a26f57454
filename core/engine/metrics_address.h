// The address that a person may name for metrics (docs/metrics.md). Value function.
#pragma once

#include <string>
#include <string_view>

#include "core/base/address.h"
#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::engine {

// Where metrics are served: a local socket, or a port that this computer alone reaches.
struct MetricsAddress {
  std::string path;  // absolute; else `loopback` holds
  SocketAddress loopback;
};
// "unix:/absolute/path", "127.0.0.1:PORT", "[::1]:PORT" (port 1 … 65535); anything else, names too,
// is refused: a name may lead to another computer.
[[nodiscard]] Result<MetricsAddress, Fault> parseMetricsAddress(std::string_view text);

}  // namespace foyer::engine
