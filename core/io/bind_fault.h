// Why a socket could not be bound or made to listen, as a Fault of stage "bind". A value, no
// thread.
#pragma once

#include "core/base/fault.h"

namespace foyer::io {

// `error` is an errno. Codes: port_taken, permission, no_family, address_not_local, no_resources,
// failed.
[[nodiscard]] Fault bindFault(int error);

}  // namespace foyer::io
