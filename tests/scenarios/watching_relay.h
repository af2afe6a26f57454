// A relay in other hands: it serves clients as the protocol says and keeps every byte they gave it,
// and a test may swallow, keep back or invent messages. Small, without limits; never a real relay.
#pragma once

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "core/client/client.h"
#include "core/crypto/identity.h"
#include "core/net/endpoint.h"
#include "core/sim/network.h"
#include "core/wire/frame_reader.h"
#include "core/wire/message.h"

namespace foyer::sim {

class WatchingRelay final : public Node, private net::DatagramHandler {
 public:
  struct Control {
    Fingerprint from;
    Bytes json;  // one frame's content
  };
  struct Datagram {
    Fingerprint from;
    Bytes bytes;  // hop header and what is sealed
  };

  WatchingRelay(Network& network, const SocketAddress& address, std::uint64_t seed);
  ~WatchingRelay() override;

  [[nodiscard]] client::RelayTarget target() const;
  [[nodiscard]] const Fingerprint& fingerprint() const { return m_identity.fingerprint(); }

  std::vector<Control> controls;
  std::vector<Datagram> datagrams;
  // False: the message goes nowhere. Asked for offer, setup, sealed and hello.
  std::function<bool(const Fingerprint& from, const wire::Message&)> mayPass;
  bool mayPassMedia = true;
  // Words of the relay's own, or of others a second time.
  void say(const Fingerprint& to, const wire::Message& message);

  void handleDatagram(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                      std::uint8_t ecn, ByteView bytes) override;
  void handleTimeout(TimePoint now) override { m_endpoint.handleTimeout(now); }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const override {
    return m_endpoint.pollTimeout();
  }
  void drain(TimePoint now, const Sink& sink) override;

 private:
  struct Person {
    net::ConnectionId connection;
    wire::FrameReader reader;
    Bytes record;
    wire::PresenceState state = wire::PresenceState::Available;
    bool follows = false;
  };

  void onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) override;
  void onMessage(TimePoint now, const Fingerprint& who, Person& person,
                 const wire::Message& message);
  void changed(const Fingerprint& who, bool withRecord);
  void openChannel(const CallId& call, const Fingerprint& to, const Fingerprint& peer);

  Network& m_network;
  SocketAddress m_address;
  SeededRandom m_random;
  crypto::Identity m_identity;
  net::Endpoint m_endpoint;
  std::map<Fingerprint, Person> m_people;
  std::map<net::ConnectionId, Fingerprint> m_byConnection;
  std::uint64_t m_version = 1;
  // What somebody sends on -> to whom and on what they receive it.
  std::map<std::pair<Fingerprint, std::uint64_t>, std::pair<Fingerprint, std::uint64_t>> m_ways;
  std::map<CallId, std::pair<Fingerprint, Fingerprint>> m_calls;
  std::map<std::pair<CallId, Fingerprint>, std::uint64_t> m_numbers;
  std::uint64_t m_nextNumber = 64;
};

}  // namespace foyer::sim
