// foyer-relay's command line: few options, everything else is in the configuration file. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::relayapp {

struct CommandLine {
  bool wantsHelp = false;
  bool wantsVersion = false;
  bool noMdns = false;
  std::optional<std::string> configFile;
  std::optional<std::string> listen;
  std::optional<std::string> dataDirectory;
  std::optional<std::string> tcpPort;
};

// Both "--name value" and "--name=value". Fault stage "arguments", code "invalid".
[[nodiscard]] Result<CommandLine, Fault> parseCommandLine(
    const std::vector<std::string>& arguments);

[[nodiscard]] std::string_view helpText();

}  // namespace foyer::relayapp
