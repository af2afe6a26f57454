#include "tests/relaylite/relay_world.h"

#include <algorithm>

#include "core/base/assert.h"
#include "core/crypto/presence.h"
#include "core/wire/media_packet.h"

namespace foyer::relaylite::testing {
namespace {

const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 0), 1};

bool isLater(const auto& a, const auto& b) {
  return a.at != b.at ? a.at > b.at : a.number > b.number;
}

}  // namespace

World::World(RelayConfig config, std::uint64_t seed)
    : m_random(seed),
      m_relayIdentity(crypto::Identity::generate(m_random)),
      m_relayConfig(std::move(config)) {
  restartRelay();
}

void World::restartRelay() {
  m_relay = std::make_unique<Relay>(m_now, WallTime{1'700'000'000'000}, m_relayConfig,
                                    m_relayIdentity, m_random);
}

SocketAddress World::relayAddress() const { return {IpAddress::v4(192, 0, 2, 1), 4433}; }

TestClient& World::adopt(crypto::Identity identity, std::optional<IpAddress> from) {
  auto client = std::make_unique<TestClient>(TestClient{std::move(identity)});
  const std::uint32_t n = m_nextAddress++;
  client->address.ip =
      from.value_or(IpAddress::v4(10, static_cast<std::uint8_t>(n >> 16),
                                  static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)));
  client->address.port = static_cast<std::uint16_t>(20000 + n);
  client->endpoint =
      std::make_unique<net::Endpoint>(net::EndpointConfig{}, client->identity, m_random);
  m_clients.push_back(std::move(client));
  return *m_clients.back();
}

TestClient& World::addClient(std::optional<IpAddress> from) {
  return adopt(crypto::Identity::generate(m_random), from);
}

TestClient& World::addTwin(const TestClient& of) {
  TestClient& twin = adopt(of.identity.clone(), std::nullopt);
  twin.sequence = of.sequence;
  return twin;
}

void World::dial(TestClient& client) {
  client.reader = {};
  client.closed.reset();
  client.isConnected = false;
  net::DialOptions options;
  options.local = kLabel;
  options.remote = relayAddress();
  options.pin = net::KeyPin::to(m_relay->fingerprint());
  const auto id = client.endpoint->connect(m_now, options);
  FOYER_ASSERT(id.has_value(), "a test's client can dial");
  client.connection = *id;
}

void World::send(TestClient& client, const wire::Message& message) {
  sendRaw(client, wire::encodeFrame(message));
}

void World::sendRaw(TestClient& client, ByteView bytes) {
  (void)client.endpoint->sendControl(client.connection, bytes);
}

void World::sendJson(TestClient& client, std::string_view json) {
  Bytes frame;
  appendU32(frame, static_cast<std::uint32_t>(json.size()));
  append(frame, viewOf(json));
  sendRaw(client, frame);
}

bool World::sendMedia(TestClient& client, std::uint64_t channel, std::string_view text) {
  Bytes header(8);
  header.resize(wire::encodeVarint(channel, header));
  return client.endpoint->sendDatagram(m_now, client.connection, header, viewOf(text)).has_value();
}

void World::reconnect(TestClient& client, const std::string& invite) {
  client.isCut = false;
  client.endpoint =
      std::make_unique<net::Endpoint>(net::EndpointConfig{}, client.identity, m_random);
  // A new socket, so nothing of the old connection is heard.
  client.address.port = static_cast<std::uint16_t>(client.address.port + 5000);
  client.inbox.clear();
  dial(client);
  hello(client, invite);
}

void World::leave(TestClient& client, std::uint64_t code) {
  client.endpoint->close(m_now, client.connection, code);
}

Bytes World::record(TestClient& client, const std::string& alias) {
  crypto::PresenceRecord made;
  made.box = m_random.id<BoxKey>();
  made.sequence = ++client.sequence;
  made.issuedMs = 1;
  made.ttlSeconds = 7200;
  made.relay = m_relay->fingerprint();
  made.alias = alias;
  return crypto::signPresence(client.identity, made);
}

void World::hello(TestClient& client, const std::string& invite) {
  send(client, wire::Hello{1, {1}, invite});
}

TestClient& World::join(const std::string& alias) {
  TestClient& client = addClient();
  dial(client);
  hello(client);
  send(client, wire::Publish{2, record(client, alias)});
  FOYER_ASSERT(runUntil([&] { return client.count<wire::Published>() > 0; }), "a client can join");
  return client;
}

bool World::runUntil(const std::function<bool()>& done, Duration limit) {
  const TimePoint end = m_now + limit;
  while (true) {
    drain();
    if (done()) return true;
    TimePoint next = end;
    const auto earlier = [&](std::optional<TimePoint> at) {
      if (at && *at < next) next = *at;
    };
    if (!m_queue.empty()) earlier(m_queue.front().at);
    earlier(m_relay->pollTimeout());
    for (const auto& client : m_clients) earlier(client->endpoint->pollTimeout());
    if (next >= end) {
      m_now = end;
      drain();
      return done();
    }
    m_now = std::max(m_now, next);
    while (!m_queue.empty() && m_queue.front().at <= m_now) {
      std::pop_heap(m_queue.begin(), m_queue.end(), isLater<Packet, Packet>);
      const Packet packet = std::move(m_queue.back());
      m_queue.pop_back();
      deliver(packet);
    }
    const auto isDue = [&](std::optional<TimePoint> at) { return at && *at <= m_now; };
    if (isDue(m_relay->pollTimeout())) m_relay->handleTimeout(m_now);
    for (const auto& client : m_clients) {
      if (isDue(client->endpoint->pollTimeout())) client->endpoint->handleTimeout(m_now);
    }
  }
}

std::vector<Event> World::takeEvents() { return std::exchange(m_events, {}); }

void World::drain() {
  const auto drainRelay = [&] {
    while (const auto event = m_relay->pollEvent()) m_events.push_back(*event);
    m_relay->pollTransmit(m_now, [this](const net::TransmitBatch& batch) {
      const TestClient* to = at(batch.remote);
      transmit(batch, relayAddress(), to == nullptr || to->isCut);
    });
  };
  drainRelay();
  for (const auto& client : m_clients) {
    while (!client->readsSlowly) {
      const auto event = client->endpoint->pollEvent();
      if (!event) break;
      take(*client, *event);
    }
    client->endpoint->pollTransmit(m_now, [&](const net::TransmitBatch& batch) {
      transmit(batch, client->address, client->isCut);
    });
  }
}

void World::transmit(const net::TransmitBatch& batch, const SocketAddress& from, bool isCut) {
  if (isCut) return;
  for (std::size_t i = 0; i < batch.payload.size(); i += batch.segmentSize) {
    const std::size_t size = std::min(batch.segmentSize, batch.payload.size() - i);
    m_queue.push_back(
        {m_now + delay, m_number++, from, batch.remote, toBytes(batch.payload.subspan(i, size))});
    std::push_heap(m_queue.begin(), m_queue.end(), isLater<Packet, Packet>);
  }
}

void World::deliver(const Packet& packet) {
  if (packet.to == relayAddress()) {
    m_relay->handleDatagram(m_now, {relayAddress(), packet.from, 0, packet.bytes});
  } else if (TestClient* client = at(packet.to); client != nullptr && !client->isCut) {
    client->endpoint->handleDatagram(m_now, {kLabel, packet.from, 0, packet.bytes});
  }
}

TestClient* World::at(const SocketAddress& address) {
  for (const auto& client : m_clients) {
    if (client->address == address) return client.get();
  }
  return nullptr;
}

void World::take(TestClient& client, const net::Event& event) {
  if (const auto* control = std::get_if<net::ControlReceived>(&event)) {
    (void)client.reader.feed(control->bytes, [&](ByteView json) {
      const auto message = wire::decodeMessage(json);
      FOYER_ASSERT(message.has_value(), "a relay sends what decodes");
      client.inbox.push_back(*message);
    });
  } else if (const auto* datagram = std::get_if<net::DatagramReceived>(&event)) {
    client.datagrams.push_back(datagram->bytes);
  } else if (const auto* closed = std::get_if<net::Closed>(&event)) {
    if (closed->id != client.connection) return;
    client.closed = *closed;
    client.isConnected = false;
  } else if (std::holds_alternative<net::Connected>(event)) {
    client.isConnected = true;
  }
}

}  // namespace foyer::relaylite::testing
