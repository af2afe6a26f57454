// Somebody who speaks QUIC to a relay and says what a test wants, byte by byte: floods, slow-loris,
// other protocol versions.
#pragma once

#include <optional>
#include <vector>

#include "core/crypto/identity.h"
#include "core/crypto/presence.h"
#include "core/crypto/primitives.h"
#include "core/net/endpoint.h"
#include "core/sim/network.h"
#include "core/sim/sim_relay.h"
#include "core/wire/frame_reader.h"
#include "core/wire/message.h"

namespace foyer::sim {

class Stranger final : public Node {
 public:
  Stranger(Network& network, const SocketAddress& address, std::uint64_t seed)
      : m_network(network),
        m_random(seed),
        m_identity(crypto::Identity::generate(m_random)),
        m_endpoint({}, m_identity, m_random) {
    network.attach(*this, address);
  }
  ~Stranger() override { m_network.detach(*this); }

  void dial(const SimRelay& relay) {
    net::DialOptions dial;
    dial.local = {IpAddress::v4(0, 0, 0, 0), 1};
    dial.remote = relay.address();
    dial.pin = net::KeyPin::to(relay.fingerprint());
    if (const auto id = m_endpoint.connect(m_network.now(), dial)) m_connection = *id;
    m_network.touch(*this);
  }
  bool say(const wire::Message& message) { return sayRaw(wire::encodeFrame(message)); }
  bool sayRaw(ByteView bytes) {
    const bool sent = m_endpoint.sendControl(m_connection, bytes).has_value();
    m_network.touch(*this);
    return sent;
  }
  bool throwDatagram(ByteView bytes) {
    const bool sent = m_endpoint.sendDatagram(m_network.now(), m_connection, {}, bytes).has_value();
    m_network.touch(*this);
    return sent;
  }
  // A record that names these protocol versions.
  [[nodiscard]] Bytes record(const Fingerprint& relay, Bytes versions) const {
    crypto::PresenceRecord record;
    SeededRandom random(7);
    record.box = crypto::BoxPair::generate(random).publicKey;
    record.sequence = 1'790'000'000'000;
    record.issuedMs = 1'790'000'000'000;
    record.ttlSeconds = 3600;
    record.versions = std::move(versions);
    record.relay = relay;
    record.alias = "Stranger";
    return crypto::signPresence(m_identity, record);
  }
  [[nodiscard]] const Fingerprint& fingerprint() const { return m_identity.fingerprint(); }

  std::vector<wire::Message> heard;
  std::optional<net::Closed> closed;
  bool isConnected = false;

  void handleDatagram(TimePoint now, const SocketAddress&, const SocketAddress& remote,
                      std::uint8_t ecn, ByteView bytes) override {
    m_endpoint.handleDatagram(now, {{IpAddress::v4(0, 0, 0, 0), 1}, remote, ecn, bytes});
  }
  void handleTimeout(TimePoint now) override { m_endpoint.handleTimeout(now); }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const override {
    return m_endpoint.pollTimeout();
  }
  void drain(TimePoint now, const Sink& sink) override {
    while (auto event = m_endpoint.pollEvent()) {
      if (std::holds_alternative<net::Connected>(*event)) isConnected = true;
      if (const auto* end = std::get_if<net::Closed>(&*event)) closed = *end;
      if (const auto* control = std::get_if<net::ControlReceived>(&*event))
        (void)m_reader.feed(control->bytes, [&](ByteView json) {
          if (auto message = wire::decodeMessage(json)) heard.push_back(std::move(*message));
        });
    }
    m_endpoint.pollTransmit(now, [&](const net::TransmitBatch& batch) { passOn(batch, sink); });
  }

 private:
  Network& m_network;
  SeededRandom m_random;
  crypto::Identity m_identity;
  net::Endpoint m_endpoint;
  net::ConnectionId m_connection;
  wire::FrameReader m_reader;
};

}  // namespace foyer::sim
