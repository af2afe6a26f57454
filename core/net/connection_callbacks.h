// The functions ngtcp2 calls during read, expiry and write of a connection. Internal to the room.
#pragma once

#include "core/net/connection.h"

namespace foyer::net {

struct Connection::Callbacks {
  // `tracking`: acknowledged and lost datagrams are reported only if somebody listens.
  static ngtcp2_callbacks make(Role role, DatagramTracking tracking);
};

}  // namespace foyer::net
