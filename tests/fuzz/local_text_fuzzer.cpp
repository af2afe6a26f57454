// What a person writes or a script passes on: a relay's configuration, an address to listen at, an
// address in a link, a scenario of the laboratory.
#include <string>
#include <string_view>

#include "core/base/address.h"
#include "core/base/assert.h"
#include "core/sim/call_scenario.h"
#include "relaylite/host/relay_config.h"

using namespace foyer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto options = relayhost::parseRelayConfig(text); !options) {
    FOYER_ASSERT(options.error().stage == "config", "a refusal says where it comes from");
    FOYER_ASSERT(!options.error().detail.empty(), "and why");
  }
  relayhost::RelayOptions options;
  (void)relayhost::parseListen(text, options);
  if (const auto address = SocketAddress::parse(text))
    FOYER_ASSERT(SocketAddress::parse(address->toString()) == address, "comes back the same");
  // The text is its own trace file.
  const auto scenario = sim::parseCallScenario(
      std::string(text),
      [&](const std::string&) -> Result<std::string, Fault> { return std::string(text); });
  if (!scenario) {
    FOYER_ASSERT(scenario.error().stage == "scenario", "a refusal says where it comes from");
    FOYER_ASSERT(!scenario.error().detail.empty(), "and why");
  }
  return 0;
}
