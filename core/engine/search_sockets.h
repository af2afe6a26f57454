// The sockets that the search for a direct way wants beside the two of calls (client::SocketWish,
// ADR 0018): hundreds at most, for seconds. Leaves out what is sent from them. NET thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/client/client.h"
#include "core/io/udp_socket.h"

namespace foyer::engine {

class SearchSockets {
 public:
  struct Driver {
    // Datagrams of the socket come in under `label` from then on.
    std::function<void(io::UdpSocket& socket, const SocketAddress& label)> add;
    std::function<void(const io::UdpSocket& socket)> remove;
  };
  // The driver is told of what is closed while this lives; at the end it forgets by itself.
  explicit SearchSockets(Driver driver) : m_driver(std::move(driver)) {}

  // Opens and closes; true when locals() is another list. A system that gives fewer sockets than
  // are wanted is not asked again before the next search.
  bool follow(const client::SocketWish& wish);
  // For Client::setExtraLocals().
  [[nodiscard]] std::vector<client::ExtraLocal> locals() const;

 private:
  struct Open {
    SocketAddress label;
    std::unique_ptr<io::UdpSocket> socket;
  };
  Driver m_driver;
  std::vector<Open> m_open;
  bool m_isSpent = false;  // the system has no more to give
};

}  // namespace foyer::engine
