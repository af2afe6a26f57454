// What the sockets of the NET thread feed: the client, and the network check, which asks from the
// same sockets so that it measures what calls will use. Decides nothing else. Fed and drained by an
// io::NetDriver; NET thread.
#pragma once

#include <algorithm>
#include <optional>

#include "core/client/client.h"
#include "core/engine/net_check.h"
#include "core/net/endpoint.h"

namespace foyer::engine {

class NetMachine {
 public:
  NetMachine(client::Client& client, NetCheck& check) : m_client(client), m_check(check) {}

  void handleDatagram(TimePoint now, const net::DatagramView& datagram) {
    if (!m_check.handleDatagram(now, datagram)) m_client.handleDatagram(now, datagram);
  }
  void handleTimeout(TimePoint now) {
    m_check.handleTimeout(now);
    m_client.handleTimeout(now);
  }
  void pollTransmit(TimePoint now, const net::TransmitSink& sink) {
    m_client.pollTransmit(now, sink);
    m_check.pollTransmit(now, sink);
  }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const {
    const auto calls = m_client.pollTimeout();
    const auto check = m_check.pollTimeout();
    if (!calls || !check) return calls ? calls : check;
    return std::min(*calls, *check);
  }

 private:
  client::Client& m_client;
  NetCheck& m_check;
};

}  // namespace foyer::engine
