#include "core/engine/setting_values.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>

#include "core/audio/ring.h"
#include "core/engine/engine_interface.h"
#include "core/engine/metrics_address.h"
#include "core/net/stun_link.h"
#include "core/store/stored_state.h"
#include "core/wire/text.h"
#include "core/wire/tiers.h"

namespace foyer::engine {
namespace {

// On or off; what each is by itself is decided where it is used.
constexpr std::string_view kSwitches[] = {
    "host_relay",    "relay_announce", "echo_cancelling",   "noise_reduction", "level_control",
    "level_others",  "low_delay",      "silence_saving",    "metered",         "record_calls",
    "call_history",  "do_not_disturb", "direct_calls",      "port_mapping",    "turn_from_relays",
    "birthday",      "join_found",     "invisible",         "talk_everywhere", "tray",
    "close_to_tray", "autostart",      "relay_invite_only", "lobby_by_relay"};
constexpr int kMaxRingVolume = 100;    // percent
constexpr int kMaxAwayMinutes = 1440;  // a day

const char* oneOf(std::string_view value, std::initializer_list<std::string_view> values) {
  const bool isThere = std::find(values.begin(), values.end(), value) != values.end();
  return value.empty() || isThere ? nullptr : "bad_value";
}

const char* numberRefusal(std::string_view value, int least, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool isWhole = error == std::errc() && end == value.data() + value.size();
  return value.empty() || (isWhole && number >= least && number <= most) ? nullptr : "bad_value";
}

}  // namespace

const char* settingRefusal(std::string_view key, std::string_view value) {
  if (value.size() > store::kMaxSettingBytes) return "too_long";
  // A key that the window cannot read is said there.
  if (key == "audio_in" || key == "audio_out" || key == "ring_device" || key == "talk_key")
    return nullptr;
  if (key == "ring") return value.empty() || audio::parseRing(value) ? nullptr : "bad_value";
  if (key == "ring_volume") return numberRefusal(value, 0, kMaxRingVolume);
  if (key == "auto_away") return numberRefusal(value, 1, kMaxAwayMinutes);
  // A name cannot be put back to nothing; "" asks for none.
  if (key == "alias") return value.empty() || wire::isValidAlias(value) ? nullptr : "bad_alias";
  if (key == "theme") return oneOf(value, {"system", "light", "dark"});
  if (key == "language") return oneOf(value, {"en", "de"});
  if (key == "lobby_sort") return oneOf(value, {"state", "name", "recent"});
  if (key == "scale") return oneOf(value, {"125", "150", "175", "200"});
  if (key == "motion") return oneOf(value, {"system", "reduced"});
  if (key == "quality")
    return value == "auto" || wire::parseTier(value) ? nullptr : oneOf(value, {});
  if (std::find(std::begin(kSwitches), std::end(kSwitches), key) != std::end(kSwitches))
    return oneOf(value, {"on", "off"});
  if (key == "metrics") return value.empty() || parseMetricsAddress(value) ? nullptr : "bad_value";
  if (key == "stun_servers") return net::parseStunServers(value) ? nullptr : "bad_value";
  if (key == "talk_mode") return oneOf(value, {"open", "voice", "push"});
  if (key == "relay_port") return numberRefusal(value, kLeastRelayPort, kMostRelayPort);
  if (key == "relay_max_people") return numberRefusal(value, 1, EngineInterface::kMaxRelayPeople);
  if (key == "relay_max_kbps")
    return numberRefusal(value, EngineInterface::kMinRelayKbps, EngineInterface::kMaxRelayKbps);
  return "unknown_key";
}

}  // namespace foyer::engine
