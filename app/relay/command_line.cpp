#include "app/relay/command_line.h"

#include <utility>

namespace foyer::relayapp {
namespace {

Failure<Fault> invalid(std::string detail) {
  return Failure<Fault>(Fault{"arguments", "invalid", false, std::move(detail)});
}

}  // namespace

Result<CommandLine, Fault> parseCommandLine(const std::vector<std::string>& arguments) {
  CommandLine line;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    std::optional<std::string>* into = nullptr;
    bool* flag = nullptr;
    if (name == "--config") into = &line.configFile;
    if (name == "--listen") into = &line.listen;
    if (name == "--tcp") into = &line.tcpPort;
    if (name == "--data-dir") into = &line.dataDirectory;
    if (name == "--no-mdns") flag = &line.noMdns;
    if (name == "--help" || name == "-h") flag = &line.wantsHelp;
    if (name == "--version") flag = &line.wantsVersion;
    // Other users of the machine can read command lines.
    if (name.starts_with("--invite")) {
      return invalid("the invite token belongs into the configuration file or FOYER_RELAY_INVITE");
    }
    if (flag != nullptr) {
      if (equals != std::string::npos) return invalid(name + " takes no value");
      *flag = true;
    } else if (into != nullptr) {
      if (equals != std::string::npos) {
        *into = argument.substr(equals + 1);
      } else if (i + 1 < arguments.size()) {
        *into = arguments[++i];
      } else {
        return invalid(name + " needs a value");
      }
    } else {
      return invalid("unknown argument \"" + name.substr(0, 64) + "\"; see --help");
    }
  }
  return line;
}

std::string_view helpText() {
  return R"(foyer-relay: lets people find and call each other; hears and reads nothing of their calls.

  foyer-relay [--config FILE] [--listen ADDRESS:PORT] [--tcp PORT] [--data-dir DIR] [--no-mdns]

  --config FILE          JSON: listen, tcp, data_dir, name, mdns, real_time, invite_token,
                         limits {clients, clients_per_address, calls},
                         turn {links, secret_file, lifetime_s}: the operator's TURN server, for
                         which clients get credentials that end; the file holds its secret
  --listen ADDRESS:PORT  where to listen; [IPV6]:PORT; :PORT for all interfaces. Port 0 takes any
                         free one. Without it: all interfaces, any port.
  --tcp PORT             listen for TLS on TCP too, for people whose networks block UDP. They look at
                         443; the link names any other port. Without it: nothing listens on TCP.
  --data-dir DIR         where the relay's key is kept. Without it: $STATE_DIRECTORY (systemd), else
                         the user's data folder.
  --no-mdns              do not announce the relay in the local network
  --help, --version

The environment variable FOYER_RELAY_INVITE sets the invite token; the command line does not,
because other users can read it.

When it serves, the first line on standard output is one JSON object with "link", to be given to
people. On failure it prints {"error":{"stage","code","retryable","detail"}} and ends with 1.
SIGTERM and SIGINT: no new calls, ends when the last one has, a second one ends at once.
SIGHUP: reads limits, invite token and turn anew.
)";
}

}  // namespace foyer::relayapp
