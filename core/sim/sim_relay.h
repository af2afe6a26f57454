// One whole relay in a simulated world.
#pragma once

#include "core/crypto/identity.h"
#include "core/sim/network.h"
#include "core/wire/link.h"
#include "relaylite/relay.h"

namespace foyer::sim {

class SimRelay final : public Node {
 public:
  // The place has at least one address.
  SimRelay(Network& network, const Place& place, std::uint64_t seed, relaylite::RelayConfig config);
  ~SimRelay() override;

  [[nodiscard]] relaylite::Relay& relay() { return m_relay; }
  // Takes TLS on TCP too, at the usual port.
  void listenForTcp() { m_network.listen(*this, wire::kRelayTcpPort); }
  [[nodiscard]] Fingerprint fingerprint() const { return m_identity.fingerprint(); }
  [[nodiscard]] const SocketAddress& address() const { return m_addresses[0]; }
  // As a link names them, the first interface's.
  [[nodiscard]] const std::vector<SocketAddress>& addresses() const { return m_addresses; }
  // The process dies and another one with the same (or another) key takes its place: no goodbye.
  void restart(bool keepsKey);

  void handleDatagram(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                      std::uint8_t ecn, ByteView bytes) override;
  void handleStream(TimePoint now, const SocketAddress& remote, ByteView bytes) override;
  void handleTimeout(TimePoint now) override { m_relay.handleTimeout(now); }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const override {
    return m_relay.pollTimeout();
  }
  void drain(TimePoint now, const Sink& sink) override;

 private:
  Network& m_network;
  std::vector<SocketAddress> m_addresses;
  SeededRandom m_random;
  relaylite::RelayConfig m_config;
  crypto::Identity m_identity;
  relaylite::Relay m_relay;
};

}  // namespace foyer::sim
