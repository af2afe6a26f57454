#include "core/sim/sim_relay.h"

#include <algorithm>

namespace foyer::sim {
namespace {

constexpr WallTime kWall{1'790'000'000'000};
// A wildcard socket's constant label; what the real one uses does not matter here.
const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 0), 1};
const SocketAddress kTcpLabel{IpAddress::v4(0, 0, 0, 0), 2};

}  // namespace

SimRelay::SimRelay(Network& network, const Place& place, std::uint64_t seed,
                   relaylite::RelayConfig config)
    : m_network(network),
      m_random(seed),
      m_config(std::move(config)),
      m_identity(crypto::Identity::generate(m_random)),
      m_relay(network.now(), kWall, m_config, m_identity, m_random) {
  for (const IpAddress& ip : place.interfaces.at(0).addresses)
    m_addresses.push_back({ip, place.port});
  network.attach(*this, place);
}

SimRelay::~SimRelay() { m_network.detach(*this); }

void SimRelay::restart(bool keepsKey) {
  if (!keepsKey) m_identity = crypto::Identity::generate(m_random);
  m_relay = relaylite::Relay(m_network.now(), kWall, m_config, m_identity, m_random);
}

void SimRelay::handleDatagram(TimePoint now, const SocketAddress&, const SocketAddress& remote,
                              std::uint8_t ecn, ByteView bytes) {
  m_relay.handleDatagram(now, {kLabel, remote, ecn, bytes});
}

void SimRelay::handleStream(TimePoint now, const SocketAddress& remote, ByteView bytes) {
  m_relay.handleDatagram(now, {kTcpLabel, remote, 0, bytes});
}

void SimRelay::drain(TimePoint now, const Sink& sink) {
  while (m_relay.pollEvent()) {
  }
  m_relay.pollTransmit(now, [&](const net::TransmitBatch& batch) {
    if (batch.local == kTcpLabel)
      passOnByStream(batch, m_network, *this);
    else
      passOn(batch, sink);
  });
}

}  // namespace foyer::sim
