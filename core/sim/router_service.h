// What a home router answers at UDP 5351: NAT-PMP (RFC 6886) and PCP (RFC 6887) over the mappings
// of core/sim/router.h. UPnP is TCP and left out. A function made of values.
#pragma once

#include "core/sim/router.h"

namespace foyer::sim {

struct MappingProtocols {
  bool pcp = true;
  bool natPmp = true;
};

// For Router::setService() of the same router, which outlives it.
[[nodiscard]] Router::Service mappingService(Router& router, MappingProtocols speaks = {});

}  // namespace foyer::sim
