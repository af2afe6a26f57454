// foyer-relay: the relay alone. Reads its configuration, runs one HostedRelay, prints its link,
// drains on SIGTERM. The main thread has a loop for signals; the relay has its own thread.
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/relay/command_line.h"
#include "core/crypto/secret.h"
#include "core/io/event_loop.h"
#include "core/io/files.h"
#include "core/io/signals.h"
#include "core/wire/text.h"
#include "relaylite/host/hosted_relay.h"
#include "relaylite/host/relay_config.h"

namespace {

using foyer::Failure;
using foyer::Fault;
using foyer::Result;
using foyer::relayhost::RelayOptions;
using foyer::relayhost::RelayPhase;
using foyer::relayhost::RelayStatus;
using nlohmann::json;

void printLine(const json& object) {
  const std::string text = object.dump(-1, ' ', false, json::error_handler_t::replace);
  std::printf("%s\n", text.c_str());
  std::fflush(stdout);
}

int fail(const Fault& fault, std::optional<std::uint16_t> freePort = std::nullopt) {
  json error{{"stage", fault.stage},
             {"code", fault.code},
             {"retryable", fault.retryable},
             {"detail", fault.detail}};
  if (freePort) error["free_port"] = *freePort;
  printLine({{"error", error}});
  return EXIT_FAILURE;
}

// Configuration file, then environment, then command line.
Result<RelayOptions, Fault> optionsOf(const foyer::relayapp::CommandLine& line) {
  RelayOptions options;
  if (line.configFile) {
    auto text = foyer::io::readFile(*line.configFile, foyer::relayhost::kMaxConfigBytes);
    if (!text) {
      Fault fault = text.error();
      fault.stage = "config";
      return Failure<Fault>(fault);
    }
    auto read = foyer::relayhost::parseRelayConfig(foyer::textOf(*text), options);
    if (!read) return read;
    options = std::move(*read);
  }
  if (!options.turnSecretFile.empty()) {
    auto content =
        foyer::io::readFile(options.turnSecretFile, foyer::relayhost::kMaxTurnSecretFile);
    if (!content) {
      Fault fault = content.error();
      fault.stage = "config";
      return Failure<Fault>(fault);
    }
    options.tuning.turn.secret = foyer::relayhost::turnSecretFrom(foyer::textOf(*content));
    foyer::crypto::wipe(*content);
    if (!options.tuning.turn.secret)
      return Failure<Fault>(
          Fault{"config", "invalid", false, "\"turn.secret_file\" is empty or too long"});
  }
  if (const char* token = std::getenv("FOYER_RELAY_INVITE"); token != nullptr && *token != '\0') {
    if (!foyer::wire::isValidToken(token)) {
      return Failure<Fault>(
          Fault{"config", "invalid", false,
                std::string("FOYER_RELAY_INVITE ") + foyer::relayhost::kTokenRule});
    }
    options.tuning.inviteToken = token;
  }
  if (line.listen && !foyer::relayhost::parseListen(*line.listen, options)) {
    return Failure<Fault>(Fault{"arguments", "invalid", false,
                                "--listen must be ADDRESS:PORT, [IPV6]:PORT or :PORT"});
  }
  if (line.tcpPort) {
    const std::string& text = *line.tcpPort;
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
      return Failure<Fault>(Fault{"arguments", "invalid", false, "--tcp must be a port"});
    options.tcpPort = port;
  }
  if (line.dataDirectory) options.dataDirectory = *line.dataDirectory;
  if (options.dataDirectory.empty()) {
    const char* state = std::getenv("STATE_DIRECTORY");
    options.dataDirectory = state != nullptr ? state : foyer::io::defaultDataDirectory();
  }
  if (options.dataDirectory.empty()) {
    return Failure<Fault>(Fault{"config", "no_data_dir", false, "say where with --data-dir"});
  }
  if (line.noMdns) options.announce = false;
  return options;
}

// What the main thread keeps while the relay runs.
class Program {
 public:
  Program(foyer::relayapp::CommandLine line, RelayOptions options)
      : m_line(std::move(line)),
        m_options(std::move(options)),
        m_loop(m_clock),
        m_relay(m_clock, [this](const foyer::relayhost::RelayUpdate& update) {
          m_loop.post([this, status = update.status] { onStatus(status); });
        }) {}

  int run() {
    auto signals = foyer::io::SignalWatcher::start(m_loop, {SIGTERM, SIGINT, SIGHUP},
                                                   [this](int signal) { onSignal(signal); });
    if (!signals) return fail(signals.error());
    m_relay.start(m_options);
    m_loop.run();
    return m_exitCode;
  }

 private:
  void onStatus(const RelayStatus& status) {
    if (status.phase == RelayPhase::Error && status.fault) {
      m_exitCode = fail(*status.fault, status.freePort);
      m_loop.stop();
    } else if (status.phase == RelayPhase::Serving && !m_hasServed) {
      m_hasServed = true;
      json said{{"link", status.link},
                {"fingerprint", status.fingerprint.hex()},
                {"port", status.port},
                {"phase", "serving"}};
      if (status.tcpPort != 0) said["tcp_port"] = status.tcpPort;
      printLine(said);
      foyer::io::notifyServiceManager("READY=1");
    } else if (status.phase == RelayPhase::Idle) {
      m_loop.stop();
    }
  }

  void onSignal(int signal) {
    if (signal == SIGHUP) {
      // A mistake in the file keeps what was in force.
      auto options = optionsOf(m_line);
      if (options) {
        m_relay.reload(options->tuning);
      } else {
        std::fprintf(stderr, "foyer-relay: not reloaded: %s\n", options.error().detail.c_str());
      }
      return;
    }
    using foyer::relayhost::StopWhen;
    if (!m_isStopping) foyer::io::notifyServiceManager("STOPPING=1");
    m_relay.stop(m_isStopping ? StopWhen::Now : StopWhen::CallsEnded);
    m_isStopping = true;
  }

  foyer::relayapp::CommandLine m_line;
  RelayOptions m_options;
  foyer::io::SystemClock m_clock;
  foyer::io::EventLoop m_loop;
  bool m_hasServed = false;
  bool m_isStopping = false;
  int m_exitCode = EXIT_SUCCESS;
  foyer::relayhost::HostedRelay m_relay;  // last: its thread posts to the loop above
};

}  // namespace

int main(int argc, char** argv) {
  foyer::io::blockSignals({SIGTERM, SIGINT, SIGHUP});
  auto line = foyer::relayapp::parseCommandLine(std::vector<std::string>(argv + 1, argv + argc));
  if (!line) return fail(line.error());
  if (line->wantsHelp) {
    std::fputs(foyer::relayapp::helpText().data(), stdout);
    return EXIT_SUCCESS;
  }
  if (line->wantsVersion) {
    std::puts("foyer-relay " FOYER_VERSION);
    return EXIT_SUCCESS;
  }
  auto options = optionsOf(*line);
  if (!options) return fail(options.error());
  if (auto made = foyer::io::makeDirectory(options->dataDirectory); !made)
    return fail(made.error());
  const auto lock = foyer::io::LockFile::acquire(options->dataDirectory + "/relay.lock");
  if (!lock) return fail(lock.error());
  return Program(std::move(*line), std::move(*options)).run();
}
