// The setting "stun_servers" as a list to show and to change, each as "host:port". Leaves
// out what is done with them (net_thread). Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::engine {

// Each once; none of a setting that does not parse.
[[nodiscard]] std::vector<std::string> stunServersOf(std::string_view setting);
// The setting with what was typed as well, one server or several with commas between. Stage "stun":
// empty (nothing was typed), too_many, bad_host, bad_port.
[[nodiscard]] Result<std::string, Fault> withStunServer(std::string_view setting,
                                                        std::string_view typed);
// … without the one at that place of stunServersOf().
[[nodiscard]] std::string withoutStunServer(std::string_view setting, std::size_t at);

}  // namespace foyer::engine
