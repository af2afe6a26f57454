// A relay and clients on real QUIC endpoints, joined back to back in virtual time. The clients are
// bare: they send what a test says and keep what they get.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/identity.h"
#include "core/net/endpoint.h"
#include "core/wire/frame_reader.h"
#include "core/wire/message.h"
#include "relaylite/relay.h"

namespace foyer::relaylite::testing {

struct TestClient {
  crypto::Identity identity;
  SocketAddress address;
  std::unique_ptr<net::Endpoint> endpoint;
  net::ConnectionId connection;
  std::uint64_t sequence = 0;

  wire::FrameReader reader;
  std::vector<wire::Message> inbox;
  std::vector<Bytes> datagrams;
  std::optional<net::Closed> closed;
  bool isConnected = false;
  bool isCut = false;        // nothing arrives either way
  bool readsSlowly = false;  // takes no events: nothing of the stream is consumed

  [[nodiscard]] const Fingerprint& who() const { return identity.fingerprint(); }
  template <class M>
  [[nodiscard]] std::vector<M> all() const {
    std::vector<M> out;
    for (const auto& message : inbox) {
      if (const M* m = std::get_if<M>(&message)) out.push_back(*m);
    }
    return out;
  }
  template <class M>
  [[nodiscard]] std::optional<M> last() const {
    const auto found = all<M>();
    if (found.empty()) return std::nullopt;
    return found.back();
  }
  template <class M>
  [[nodiscard]] std::size_t count() const {
    return all<M>().size();
  }
};

class World {
 public:
  explicit World(RelayConfig config = {}, std::uint64_t seed = 1);

  [[nodiscard]] TimePoint now() const { return m_now; }
  Duration delay = 5ms;
  RandomSource& random() { return m_random; }
  Relay& relay() { return *m_relay; }
  [[nodiscard]] SocketAddress relayAddress() const;
  // The same relay again, without anything it knew.
  void restartRelay();

  // Clients stay at their address in memory. Each has an address of its own unless one is given.
  TestClient& addClient(std::optional<IpAddress> from = std::nullopt);
  // A second device with the same identity.
  TestClient& addTwin(const TestClient& of);
  void dial(TestClient& client);
  void send(TestClient& client, const wire::Message& message);
  void sendRaw(TestClient& client, ByteView bytes);
  void sendJson(TestClient& client, std::string_view json);
  bool sendMedia(TestClient& client, std::uint64_t channel, std::string_view text);
  // The connection vanishes without a word, and comes back by a new one with the same key.
  void cut(TestClient& client) { client.isCut = true; }
  void reconnect(TestClient& client, const std::string& invite = "");
  void leave(TestClient& client, std::uint64_t code = 0);
  // A signed record, newer each time.
  [[nodiscard]] Bytes record(TestClient& client, const std::string& alias = "");

  // Dialled, welcomed and published.
  TestClient& join(const std::string& alias = "");
  void hello(TestClient& client, const std::string& invite = "");

  void run(Duration span) {
    (void)runUntil([] { return false; }, span);
  }
  bool runUntil(const std::function<bool()>& done, Duration limit = 10s);
  std::vector<Event> takeEvents();

 private:
  struct Packet {
    TimePoint at;
    std::uint64_t number;
    SocketAddress from;
    SocketAddress to;
    Bytes bytes;
  };
  TestClient& adopt(crypto::Identity identity, std::optional<IpAddress> from);
  void drain();
  void transmit(const net::TransmitBatch& batch, const SocketAddress& from, bool isCut);
  void take(TestClient& client, const net::Event& event);
  void deliver(const Packet& packet);
  [[nodiscard]] TestClient* at(const SocketAddress& address);

  SeededRandom m_random;
  crypto::Identity m_relayIdentity;
  RelayConfig m_relayConfig;
  std::unique_ptr<Relay> m_relay;
  std::vector<std::unique_ptr<TestClient>> m_clients;
  std::vector<Packet> m_queue;
  std::vector<Event> m_events;
  std::uint64_t m_number = 0;
  std::uint32_t m_nextAddress = 1;
  TimePoint m_now = fromNanoseconds(1'000'000'000);
};

}  // namespace foyer::relaylite::testing
