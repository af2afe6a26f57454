// A client and a server that hold each other's keys, over a path that the input rules: it drops,
// repeats, reorders and damages packets, moves the client's address, lets time pass, and has both
// sides send, close, migrate and forget. What arrives is what was sent, ends are told once, and at
// the end nothing is left. net_endpoint covers strangers; here packets are genuine.
// mutations: 400
#include <array>
#include <deque>
#include <iterator>
#include <map>
#include <set>

#include "core/base/assert.h"
#include "core/crypto/identity.h"
#include "core/net/endpoint.h"

using namespace foyer;
using namespace foyer::net;

namespace {

constexpr int kMaxOperations = 150;
constexpr std::size_t kMaxKept = 64;
const SocketAddress kServer{IpAddress::v4(10, 0, 0, 1), 7447};
const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 0), 1};
const SocketAddress kOtherLabel{IpAddress::v4(0, 0, 0, 0), 2};

struct Packet {
  bool toServer = false;
  SocketAddress local;
  SocketAddress from;
  std::uint8_t ecn = 0;
  Bytes bytes;
};

// Every control stream carries the same bytes, so whoever reads knows what comes next.
std::uint8_t byteAt(std::uint64_t offset) { return static_cast<std::uint8_t>(offset * 31 + 7); }

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : m_rest(data, size) {}
  [[nodiscard]] bool isEmpty() const { return m_rest.empty(); }
  std::uint8_t next() {
    if (m_rest.empty()) return 0;
    const std::uint8_t byte = m_rest[0];
    m_rest = m_rest.subspan(1);
    return byte;
  }

 private:
  ByteView m_rest;
};

EndpointConfig serverConfig(std::uint8_t flags) {
  EndpointConfig config;
  config.acceptMode = AcceptMode::Open;
  config.maxConnections = 8;
  config.maxTombstones = (flags & 1) != 0 ? 1 : 16;
  config.maxQueuedDatagrams = 32;
  config.maxDatagramEvents = 16;
  config.serverProfile.controlSendBytes = 8192;
  config.serverProfile.controlReceiveBytes = 8192;
  if ((flags & 2) != 0) {
    config.acceptFilter = [](const IncomingDial& dial) -> std::optional<AcceptDecision> {
      FOYER_ASSERT(dial.initialDcid.size() >= 8, "RFC 9000 section 7.2");
      return AcceptDecision{};
    };
  }
  config.isPublic = (flags & 4) != 0;
  return config;
}

class Play {
 public:
  Play(const std::uint8_t* data, std::size_t size) : m_input(data, size), m_flags(m_input.next()) {
    restartServer();
    m_client.emplace(EndpointConfig{}, clientIdentity(), m_clientRandom);
    m_server->setRetryAlways((m_flags & 8) != 0);
  }

  void run() {
    dial();
    turn();
    // Most inputs begin with a session that stands.
    if ((m_flags & 16) == 0) {
      for (int i = 0; i < 40 && !m_client->isConnected(m_dialled); ++i) {
        while (!m_path.empty()) deliver(0);
        pass(5ms);
      }
      FOYER_ASSERT(m_client->isConnected(m_dialled), "an undisturbed dial succeeds");
    }
    for (int i = 0; i < kMaxOperations && !m_input.isEmpty(); ++i) {
      step();
      turn();
    }
    // A dead path: everything ends by itself.
    m_path.clear();
    for (int i = 0; i < 400; ++i) {
      const auto a = m_client->pollTimeout();
      const auto b = m_server->pollTimeout();
      if (!a && !b) break;
      const TimePoint next = std::min(a.value_or(TimePoint::max()), b.value_or(TimePoint::max()));
      pass(std::max(next - m_now, Duration(1ms)));
      m_path.clear();
    }
    FOYER_ASSERT(m_client->connectionCount() == 0 && m_server->connectionCount() == 0,
                 "on a dead path all connections end");
    FOYER_ASSERT(m_server->halfOpenCount() == 0, "and half-open ones");
  }

 private:
  static const crypto::Identity& serverIdentity() {
    static const auto identity = [] {
      SeededRandom random(1);
      return crypto::Identity::generate(random);
    }();
    return identity;
  }
  static const crypto::Identity& clientIdentity() {
    static const auto identity = [] {
      SeededRandom random(2);
      return crypto::Identity::generate(random);
    }();
    return identity;
  }

  void restartServer() {
    m_server.emplace(serverConfig(m_flags), serverIdentity(), m_serverRandom);
    m_toServer.clear();
    m_live[1].clear();
  }
  void dial() {
    DialOptions options;
    options.local = kLabel;
    options.remote = kServer;
    options.pin = KeyPin::to(serverIdentity().fingerprint());
    options.profile.controlSendBytes = 8192;
    options.profile.controlReceiveBytes = 8192;
    if ((m_flags & 32) != 0) options.controlRelease = ControlRelease::AfterConfirmed;
    if (m_client->connectionCount() >= 4) return;
    const auto id = m_client->connect(m_now, options);
    FOYER_ASSERT(id.has_value(), "these options are good");
    m_dialled = *id;
    m_live[0].insert(*id);
  }

  void turn() {
    transmit(*m_client, true);
    transmit(*m_server, false);
    drain(*m_client, 0);
    drain(*m_server, 1);
    transmit(*m_client, true);
    transmit(*m_server, false);
  }
  void transmit(Endpoint& from, bool toServer) {
    from.pollTransmit(m_now, [&](const TransmitBatch& batch) {
      FOYER_ASSERT(batch.segmentSize > 0 && batch.packets() <= 64, "a batch fits UDP_SEGMENT");
      for (std::size_t at = 0; at < batch.payload.size(); at += batch.segmentSize) {
        const std::size_t size = std::min(batch.segmentSize, batch.payload.size() - at);
        if (m_path.size() >= kMaxKept) m_path.pop_front();
        m_path.push_back({toServer, batch.local, toServer ? m_clientAddress : kServer, batch.ecn,
                          toBytes(batch.payload.subspan(at, size))});
      }
    });
  }
  void drain(Endpoint& endpoint, std::size_t side) {
    while (const auto event = endpoint.pollEvent()) {
      if (const auto* connected = std::get_if<Connected>(&*event)) {
        if (side == 1) m_live[1].insert(connected->id);
        const crypto::Identity& other = side == 0 ? serverIdentity() : clientIdentity();
        FOYER_ASSERT(connected->peer == other.publicKey(), "the key that was proven");
      } else if (const auto* control = std::get_if<ControlReceived>(&*event)) {
        // Each connection's stream starts at offset 0 of its own.
        std::uint64_t& offset = side == 0 ? m_toClient[control->id] : m_toServer[control->id];
        for (const std::uint8_t byte : control->bytes) {
          FOYER_ASSERT(byte == byteAt(offset), "the stream arrives whole and in order");
          ++offset;
        }
      } else if (const auto* datagram = std::get_if<DatagramReceived>(&*event)) {
        FOYER_ASSERT(datagram->bytes.size() >= 2 && datagram->bytes[0] == 0xda,
                     "only what was sent arrives");
      } else if (const auto* closed = std::get_if<Closed>(&*event)) {
        FOYER_ASSERT(m_ended.insert({side, closed->id.value, m_restarts}).second,
                     "an end is told once");
        m_live[side].erase(closed->id);
      }
    }
  }
  void deliver(std::size_t index) {
    const Packet packet = m_path[index];
    m_path.erase(m_path.begin() + static_cast<std::ptrdiff_t>(index));
    hand(packet);
    turn();
  }
  void hand(const Packet& packet) {
    if (packet.toServer) {
      (void)m_server->handleDatagram(m_now, {kServer, packet.from, packet.ecn, packet.bytes});
    } else {
      // The client's label of the path it sent on.
      (void)m_client->handleDatagram(m_now, {m_clientLabel, kServer, packet.ecn, packet.bytes});
    }
  }
  void pass(Duration time) {
    m_now += time;
    m_client->handleTimeout(m_now);
    m_server->handleTimeout(m_now);
    turn();
  }
  Endpoint& endpointOf(std::size_t side) { return side == 0 ? *m_client : *m_server; }
  ConnectionId pick(std::size_t side) {
    auto& live = m_live[side];
    if (live.empty()) return {};
    return *std::next(live.begin(), m_input.next() % static_cast<std::ptrdiff_t>(live.size()));
  }
  void sendControl(std::size_t side) {
    const ConnectionId id = pick(side);
    std::uint64_t& sent = m_sent[{side, id.value, side == 1 ? m_restarts : 0}];
    Bytes bytes(std::size_t{m_input.next()} * 16);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = byteAt(sent + i);
    if (endpointOf(side).sendControl(id, bytes)) sent += bytes.size();
  }
  void step() {
    const std::uint8_t what = m_input.next();
    const std::size_t side = what >> 7;
    switch (what % 20) {
      case 0:
      case 1:
        return sendControl(side);
      case 2: {
        const std::array<std::uint8_t, 2> header{0xda, what};
        const Bytes payload(std::size_t{m_input.next()} * 6, what);
        (void)endpointOf(side).sendDatagram(m_now, pick(side), header, payload);
        return;
      }
      case 3:
      case 4:
      case 5:
      case 6:
        // All that is under way, in order.
        for (std::size_t i = m_path.size(); i > 0 && !m_path.empty(); --i) deliver(0);
        return;
      case 7:
        if (!m_path.empty()) deliver(m_input.next() % m_path.size());
        return;
      case 8:
        if (!m_path.empty()) m_path.erase(m_path.begin() + m_input.next() % m_path.size());
        return;
      case 9:
        if (!m_path.empty()) hand(m_path[m_input.next() % m_path.size()]);  // and once more later
        return;
      case 10:
        if (!m_path.empty()) {
          Packet damaged = m_path[m_input.next() % m_path.size()];
          if (damaged.bytes.empty()) return;
          damaged.bytes[m_input.next() % damaged.bytes.size()] ^= m_input.next();
          hand(damaged);
        }
        return;
      case 11:
        if (!m_path.empty()) {
          // A packet from somewhere else, as an attacker on the path sends it.
          Packet moved = m_path[m_input.next() % m_path.size()];
          moved.from.port = static_cast<std::uint16_t>(5000 + m_input.next());
          hand(moved);
        }
        return;
      case 12:
        // The client's NAT gives it another address.
        m_clientAddress.port = static_cast<std::uint16_t>(4000 + m_input.next() % 4);
        return;
      case 13: {
        const SocketAddress label = (m_input.next() & 1) != 0 ? kOtherLabel : kLabel;
        if (m_client->initiateMigration(m_now, pick(0), label, kServer)) m_clientLabel = label;
        return;
      }
      case 14:
        return pass(std::chrono::milliseconds(m_input.next()));
      case 15:
        return pass(std::chrono::milliseconds(m_input.next() * 50));
      case 16:
        endpointOf(side).close(m_now, pick(side), m_input.next(), "enough");
        return;
      case 17:
        dial();
        return;
      case 18:
        if (m_input.next() % 4 == 0) {
          ++m_restarts;
          restartServer();
        } else {
          m_server->setRetryAlways((m_input.next() & 1) != 0);
        }
        return;
      default: {
        const std::uint8_t mode = m_input.next();
        if (mode % 8 == 0) return m_server->closeAll(m_now, 6, "draining");
        m_server->setAcceptMode(mode % 8 == 1   ? AcceptMode::Refuse
                                : mode % 8 == 2 ? AcceptMode::Silent
                                                : AcceptMode::Open);
      }
    }
  }

  Input m_input;
  std::uint8_t m_flags;
  SeededRandom m_serverRandom{3};
  SeededRandom m_clientRandom{4};
  std::optional<Endpoint> m_server;
  std::optional<Endpoint> m_client;
  TimePoint m_now = fromNanoseconds(1'000'000'000);
  SocketAddress m_clientAddress{IpAddress::v4(10, 0, 0, 2), 4000};
  SocketAddress m_clientLabel = kLabel;
  ConnectionId m_dialled;
  std::deque<Packet> m_path;
  std::array<std::set<ConnectionId>, 2> m_live;
  std::map<ConnectionId, std::uint64_t> m_toClient;
  std::map<ConnectionId, std::uint64_t> m_toServer;
  std::map<std::array<std::uint64_t, 3>, std::uint64_t> m_sent;
  std::set<std::array<std::uint64_t, 3>> m_ended;
  std::uint64_t m_restarts = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1024) return 0;
  Play(data, size).run();
  return 0;
}
