// What a client knows about the network it is in.
#include "core/client/client.h"

namespace foyer::client {

std::vector<RelayEnd> Client::relayEnds() const {
  std::vector<RelayEnd> ends;
  ends.reserve(m_relays.size());
  for (const auto& [fingerprint, relay] : m_relays) {
    const RelayStatus status = relay->session.status();
    RelayEnd end{.phase = status.phase,
                 .inUse = {},
                 .known = relay->session.target().addresses,
                 .observed = {}};
    if (relay->session.isAdmitted() && status.carrier == RelayCarrier::Udp) {
      end.inUse = m_endpoint.remoteAddress(relay->session.connection());
      if (status.observed) end.observed = SocketAddress::parse(*status.observed);
    }
    ends.push_back(std::move(end));
  }
  return ends;
}

}  // namespace foyer::client
