#include "core/engine/setting_values.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>

#include "core/net/stun_link.h"
#include "core/store/stored_state.h"
#include "core/wire/text.h"
#include "core/wire/tiers.h"

namespace foyer::engine {
namespace {

// On or off; what each is by itself is decided where it is used.
constexpr std::string_view kSwitches[] = {
    "host_relay",   "relay_announce", "echo_cancelling", "noise_reduction", "level_control",
    "level_others", "low_delay",      "silence_saving",  "metered",         "record_calls",
    "call_history", "do_not_disturb", "direct_calls",    "port_mapping",    "turn_from_relays",
    "birthday",     "lobby_by_relay"};

const char* oneOf(std::string_view value, std::initializer_list<std::string_view> values) {
  const bool isThere = std::find(values.begin(), values.end(), value) != values.end();
  return value.empty() || isThere ? nullptr : "bad_value";
}

const char* portRefusal(std::string_view value) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), port);
  const bool isPort = error == std::errc() && end == value.data() + value.size();
  return value.empty() || isPort ? nullptr : "bad_value";
}

}  // namespace

const char* settingRefusal(std::string_view key, std::string_view value) {
  if (value.size() > store::kMaxSettingBytes) return "too_long";
  if (key == "audio_in" || key == "audio_out") return nullptr;
  // A name cannot be put back to nothing; "" asks for none.
  if (key == "alias") return value.empty() || wire::isValidAlias(value) ? nullptr : "bad_alias";
  if (key == "theme") return oneOf(value, {"system", "light", "dark"});
  if (key == "lobby_sort") return oneOf(value, {"state", "name", "recent"});
  if (key == "motion") return oneOf(value, {"system", "reduced"});
  if (key == "quality")
    return value == "auto" || wire::parseTier(value) ? nullptr : oneOf(value, {});
  if (std::find(std::begin(kSwitches), std::end(kSwitches), key) != std::end(kSwitches))
    return oneOf(value, {"on", "off"});
  if (key == "stun_servers") return net::parseStunServers(value) ? nullptr : "bad_value";
  if (key == "talk_mode") return oneOf(value, {"open", "voice", "push"});
  if (key == "relay_port") return portRefusal(value);
  return "unknown_key";
}

}  // namespace foyer::engine
