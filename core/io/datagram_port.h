// A way for datagrams that is no UDP socket: a relay's TCP carrier, a TURN allocation. NetDriver
// hands it what leaves from its label. An interface of the loop's thread.
#pragma once

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/time.h"

namespace foyer::io {

class DatagramPort {
 public:
  virtual ~DatagramPort() = default;
  // Takes a copy; like a network it may lose it, and never says so.
  virtual void queue(TimePoint now, const SocketAddress& remote, ByteView datagram) = 0;
  // The end of a turn: what is queued leaves, as far as it can.
  virtual void flush(TimePoint now) = 0;
};

}  // namespace foyer::io
