// A relay of channels with many receivers. The protocol has no message for these yet (rooms), so
// this puts the relay's own Forwarder on a real Endpoint without the rest of the relay, and takes
// its orders from the benchmark. Loop thread only.
#pragma once

#include <vector>

#include "core/crypto/identity.h"
#include "core/net/endpoint.h"
#include "relaylite/carrier.h"
#include "relaylite/forwarder.h"
#include "relaylite/relay_config.h"

namespace foyer::bench {

class RoomRelay final : private relaylite::Carrier, private net::DatagramHandler {
 public:
  RoomRelay(const crypto::Identity& identity, RandomSource& random)
      : m_endpoint(configOf(), identity, random), m_forwarder(*this, m_metrics, m_limits) {
    m_endpoint.setDatagramHandler(this);
  }

  struct Arrival {
    net::ConnectionId id;
    PublicKey key;
  };
  [[nodiscard]] const std::vector<Arrival>& arrivals() const { return m_arrivals; }
  // Everything from `source` goes to all of `receivers`. The number the source puts before it.
  std::uint64_t join(TimePoint now, net::ConnectionId source,
                     const std::vector<net::ConnectionId>& receivers) {
    const auto opened = m_forwarder.open(source, now);
    for (const net::ConnectionId to : receivers) {
      m_forwarder.addReceiver(opened->source, to, m_forwarder.takeRx(to));
    }
    return opened->tx;
  }
  [[nodiscard]] const relaylite::Metrics& metrics() const { return m_metrics; }
  [[nodiscard]] const net::EndpointStats& endpointStats() const {
    return m_endpoint.endpointStats();
  }

  void handleDatagram(TimePoint now, const net::DatagramView& datagram) {
    m_endpoint.handleDatagram(now, datagram);
    takeEvents();
  }
  void handleTimeout(TimePoint now) { m_endpoint.handleTimeout(now); }
  void pollTransmit(TimePoint now, const net::TransmitSink& sink) {
    m_endpoint.pollTransmit(now, sink);
    takeEvents();
  }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const { return m_endpoint.pollTimeout(); }

 private:
  static net::EndpointConfig configOf() {
    net::EndpointConfig config;
    config.acceptMode = net::AcceptMode::Open;
    config.serverProfile = relaylite::RelayConfig::relayProfile();
    return config;
  }
  void takeEvents() {
    while (const auto event = m_endpoint.pollEvent()) {
      if (const auto* connected = std::get_if<net::Connected>(&*event)) {
        m_arrivals.push_back({connected->id, connected->peer});
      }
    }
  }
  void onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) override {
    m_forwarder.onDatagram(now, from, payload);
  }
  bool sendControl(net::ConnectionId to, ByteView bytes) override {
    return m_endpoint.sendControl(to, bytes).has_value();
  }
  bool sendDatagram(TimePoint now, net::ConnectionId to, ByteView header,
                    ByteView payload) override {
    return m_endpoint.sendDatagram(now, to, header, payload).has_value();
  }
  void close(TimePoint now, net::ConnectionId id, wire::CloseCode code) override {
    m_endpoint.close(now, id, static_cast<std::uint64_t>(code));
  }
  [[nodiscard]] std::size_t controlPending(net::ConnectionId) const override { return 0; }
  [[nodiscard]] std::optional<Duration> roundTrip(net::ConnectionId) const override { return {}; }

  relaylite::RelayLimits m_limits;
  relaylite::Metrics m_metrics;
  net::Endpoint m_endpoint;
  relaylite::Forwarder m_forwarder;
  std::vector<Arrival> m_arrivals;
};

}  // namespace foyer::bench
