// What the sockets of the NET thread feed: the client, and the network check, which asks from the
// same sockets so that it measures what calls will use. Whoever tests may make worse what leaves
// (net::Impairment), for both alike. Decides nothing else. Fed and drained by an
// io::NetDriver; NET thread.
#pragma once

#include <optional>

#include "core/client/client.h"
#include "core/engine/net_check.h"
#include "core/net/endpoint.h"
#include "core/net/impairment.h"

namespace foyer::engine {

class NetMachine {
 public:
  NetMachine(client::Client& client, NetCheck& check, net::Impairment& impairment)
      : m_client(client), m_check(check), m_impairment(impairment) {}

  void handleDatagram(TimePoint now, const net::DatagramView& datagram) {
    if (!m_check.handleDatagram(now, datagram)) m_client.handleDatagram(now, datagram);
  }
  void handleTimeout(TimePoint now) {
    m_check.handleTimeout(now);
    m_client.handleTimeout(now);
  }
  void pollTransmit(TimePoint now, const net::TransmitSink& sink) {
    if (m_impairment.isIdle()) {
      m_client.pollTransmit(now, sink);
      m_check.pollTransmit(now, sink);
      return;
    }
    const net::TransmitSink worse = [&](const net::TransmitBatch& batch) {
      m_impairment.take(now, batch, sink);
    };
    m_client.pollTransmit(now, worse);
    m_check.pollTransmit(now, worse);
    m_impairment.release(now, sink);
  }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const {
    std::optional<TimePoint> first;
    for (const auto& next :
         {m_client.pollTimeout(), m_check.pollTimeout(), m_impairment.pollTimeout()})
      if (next && (!first || *next < *first)) first = next;
    return first;
  }

 private:
  client::Client& m_client;
  NetCheck& m_check;
  net::Impairment& m_impairment;
};

}  // namespace foyer::engine
