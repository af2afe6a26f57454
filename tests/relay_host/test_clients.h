// Real clients on a loop: one endpoint, any number of connections that say hello.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include "core/crypto/identity.h"
#include "core/io/net_driver.h"
#include "core/io/os_random.h"
#include "core/io/udp_socket.h"
#include "core/net/endpoint.h"
#include "core/wire/frame_reader.h"
#include "core/wire/link.h"
#include "core/wire/message.h"

namespace foyer::relayhost {

class TestClients {
 public:
  // `from`: the address of this computer that they come from.
  explicit TestClients(io::EventLoop& loop, IpAddress from = IpAddress::v4(0, 0, 0, 0))
      : m_loop(loop),
        m_socket(std::move(*io::UdpSocket::open({from, 0}))),
        m_identity(crypto::Identity::generate(m_random)),
        m_endpoint(net::EndpointConfig{}, m_identity, m_random),
        m_driver(loop, m_endpoint, [this](TimePoint) { return drain(); }) {
    m_driver.addSocket(*m_socket);
  }

  void join(const wire::RelayLink& link, std::optional<std::string> invite = std::nullopt) {
    net::DialOptions dial;
    for (const wire::LinkHost& host : link.hosts) {
      const auto address = host.address();
      if (!address || !address->ip.isV4()) continue;
      dial.remote = *address;
      break;
    }
    dial.local = io::localLabel(IpAddress::Family::V4);
    dial.pin = net::KeyPin::to(link.relay);
    const TimePoint now = m_loop.clock().now();
    const auto id = m_endpoint.connect(now, dial);
    if (!id) return;
    m_last = *id;
    wire::Hello hello;
    hello.id = 1;
    hello.invite = invite.value_or(link.invite);
    (void)m_endpoint.sendControl(*id, wire::encodeFrame(hello));
    m_driver.pump(now);
  }

  // The one who joined last is in a call from now on, waiting for the other to come back to it.
  void waitInCall() {
    const wire::Attach attach{m_random.id<CallId>(), m_random.id<Fingerprint>()};
    (void)m_endpoint.sendControl(m_last, wire::encodeFrame(attach));
    m_driver.pump(m_loop.clock().now());
  }

  std::size_t welcomed = 0, refused = 0, drained = 0, closed = 0, channels = 0;

 private:
  bool drain() {
    bool any = false;
    while (const auto event = m_endpoint.pollEvent()) {
      any = true;
      if (std::holds_alternative<net::Closed>(*event)) ++closed;
      const auto* received = std::get_if<net::ControlReceived>(&*event);
      if (received == nullptr) continue;
      m_readers[received->id].feed(received->bytes, [&](ByteView frame) {
        const auto message = wire::decodeMessage(frame);
        if (!message) return;
        welcomed += std::holds_alternative<wire::Welcome>(*message);
        refused += std::holds_alternative<wire::Refused>(*message);
        channels += std::holds_alternative<wire::Channel>(*message);
        drained += std::holds_alternative<wire::Draining>(*message);
      });
    }
    return any;
  }

  io::EventLoop& m_loop;
  io::OsRandom m_random;
  std::unique_ptr<io::UdpSocket> m_socket;
  crypto::Identity m_identity;
  net::Endpoint m_endpoint;
  net::ConnectionId m_last;
  std::unordered_map<net::ConnectionId, wire::FrameReader> m_readers;
  io::NetDriver<net::Endpoint> m_driver;
};

}  // namespace foyer::relayhost
