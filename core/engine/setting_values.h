// Which settings there are and what each may hold: the control socket and the settings page refuse
// alike. Leaves out what a setting does (engine_*.cpp). Pure.
#pragma once

#include <string_view>

namespace foyer::engine {

// Ports that a relay may keep; those below are the system's.
constexpr int kLeastRelayPort = 1024, kMostRelayPort = 65535;

// Why `key` cannot be `value`, as a code of stage "settings"; nullptr: it can. An empty value is
// what the setting is by itself. Codes: unknown_key, bad_value, too_long, bad_alias.
[[nodiscard]] const char* settingRefusal(std::string_view key, std::string_view value);

}  // namespace foyer::engine
