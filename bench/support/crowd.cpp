#include "bench/support/crowd.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "core/crypto/presence.h"
#include "core/io/net_driver.h"
#include "core/wire/media_packet.h"

namespace foyer::bench {
namespace {

// The type stands at the beginning of a message.
constexpr std::size_t kTypeWithin = 40;

}  // namespace

struct Crowd::Driver : io::NetDriver<Crowd> {
  using NetDriver::NetDriver;
};

Crowd::Crowd(io::EventLoop& loop, Options options)
    : m_loop(loop),
      m_options(std::move(options)),
      m_driver(std::make_unique<Driver>(loop, *this,
                                        [this](TimePoint now) { return takeEvents(now); })) {}
Crowd::~Crowd() = default;

void Crowd::add(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t index = m_members.size();
    auto member = std::make_unique<Member>(crypto::Identity::generate(m_random));
    IpAddress ip = IpAddress::v4(127, 0, 0, 1);
    if (m_options.ownAddresses) {
      ip = IpAddress::v4(127, 1, static_cast<std::uint8_t>(index / 250),
                         static_cast<std::uint8_t>(1 + index % 250));
    }
    auto socket = io::UdpSocket::open({ip, 0});
    if (!socket) {
      std::fprintf(stderr, "no socket: %s\n", socket.error().detail.c_str());
      std::exit(EXIT_FAILURE);
    }
    member->socket = std::move(*socket);
    net::EndpointConfig config;
    config.maxQueuedDatagrams = 64;
    member->endpoint = std::make_unique<net::Endpoint>(config, member->identity, m_random);
    member->endpoint->setDatagramHandler(member.get());
    const SocketAddress label = member->socket->localAddress();
    m_byLabel[label] = index;
    m_driver->addSocket(*member->socket, label);
    m_members.push_back(std::move(member));
  }
}

void Crowd::dial(std::size_t index) {
  Member& m = member(index);
  net::DialOptions dial;
  dial.local = m.socket->localAddress();
  dial.remote = m_options.relay;
  dial.pin = m_options.pin;
  const auto id = m.endpoint->connect(m_loop.clock().now(), dial);
  if (!id) std::abort();
  m.connection = *id;
  m.reader = {};
  m.isConnected = m.isWelcomed = m.isPublished = false;
  if (m_options.saysHello) sendControl(index, wire::Hello{1, {1}, ""});
  touch(index);
}

void Crowd::hangUp(std::size_t index) {
  Member& m = member(index);
  m.endpoint->close(m_loop.clock().now(), m.connection, 0);
  touch(index);
}

void Crowd::sendControl(std::size_t index, const wire::Message& message) {
  Member& m = member(index);
  (void)m.endpoint->sendControl(m.connection, wire::encodeFrame(message));
  touch(index);
}

void Crowd::sendMedia(std::size_t index, std::uint64_t tx, ByteView packet) {
  Member& m = member(index);
  std::array<std::uint8_t, 8> header{};
  const std::size_t size = wire::encodeVarint(tx, header);
  (void)m.endpoint->sendDatagram(m_loop.now(), m.connection, {header.data(), size}, packet);
  touch(index);
}

void Crowd::pump() { m_driver->pump(m_loop.clock().now()); }

std::uint64_t Crowd::datagrams() const {
  std::uint64_t sum = 0;
  for (const auto& m : m_members) sum += m->datagrams;
  return sum;
}

void Crowd::touch(std::size_t index) {
  m_driver->touch();
  if (m_members[index]->isTouched) return;
  m_members[index]->isTouched = true;
  m_touched.push_back(index);
}

void Crowd::handleDatagram(TimePoint now, const net::DatagramView& datagram) {
  const std::size_t index = m_byLabel.at(datagram.local);
  m_members[index]->endpoint->handleDatagram(now, datagram);
  touch(index);
}

void Crowd::handleTimeout(TimePoint now) {
  for (std::size_t i = 0; i < m_members.size(); ++i) {
    const auto due = m_members[i]->endpoint->pollTimeout();
    if (!due || *due > now) continue;
    m_members[i]->endpoint->handleTimeout(now);
    touch(i);
  }
}

void Crowd::pollTransmit(TimePoint now, const net::TransmitSink& sink) {
  m_writing.swap(m_touched);
  for (const std::size_t index : m_writing) {
    m_members[index]->isTouched = false;
    m_members[index]->endpoint->pollTransmit(now, sink);
  }
  m_writing.clear();
}

std::optional<TimePoint> Crowd::pollTimeout() const {
  std::optional<TimePoint> next;
  for (const auto& m : m_members) {
    const auto due = m->endpoint->pollTimeout();
    if (due && (!next || *due < *next)) next = due;
  }
  return next;
}

bool Crowd::takeEvents(TimePoint) {
  bool any = false;
  for (std::size_t i = 0; i < m_touched.size(); ++i) {
    const std::size_t index = m_touched[i];
    while (const auto event = m_members[index]->endpoint->pollEvent()) {
      any = true;
      take(index, *event);
    }
  }
  return any;
}

void Crowd::take(std::size_t index, const net::Event& event) {
  Member& m = member(index);
  if (std::holds_alternative<net::Connected>(event)) {
    m.isConnected = true;
    ++m_connects;
    checkReady(index);
  } else if (const auto* closed = std::get_if<net::Closed>(&event)) {
    if (closed->reason == net::CloseReason::LocalClose) return;
    ++m_losses;
    std::fprintf(stderr, "connection lost: %s %s\n", net::toString(closed->reason),
                 closed->detail.c_str());
  } else if (const auto* received = std::get_if<net::ControlReceived>(&event)) {
    m.reader.feed(received->bytes, [&](ByteView frame) {
      // A lobby of a thousand for each of a thousand is read, but not looked into.
      if (textOf(frame.first(std::min<std::size_t>(frame.size(), kTypeWithin))).find("presence_") !=
          std::string::npos)
        return;
      if (const auto decoded = wire::decodeMessage(frame)) message(index, *decoded);
    });
  }
}

void Crowd::message(std::size_t index, const wire::Message& message) {
  Member& m = member(index);
  if (std::holds_alternative<wire::Welcome>(message)) {
    m.isWelcomed = true;
    if (m_options.publishes) {
      crypto::PresenceRecord record;
      record.box = m_random.id<BoxKey>();
      record.sequence = 1;
      record.issuedMs = 1;
      record.ttlSeconds = 7200;
      record.relay = *m_options.pin.fingerprint;
      record.alias = "Client " + std::to_string(index);
      sendControl(index, wire::Publish{2, crypto::signPresence(m.identity, record)});
    }
    checkReady(index);
  } else if (std::holds_alternative<wire::Published>(message)) {
    m.isPublished = true;
    sendControl(index, wire::PresenceGet{3, 0});
    checkReady(index);
  } else if (const auto* channel = std::get_if<wire::Channel>(&message)) {
    m.channels.push_back(*channel);
  } else if (const auto* refused = std::get_if<wire::Refused>(&message)) {
    std::fprintf(stderr, "refused: %s\n", wire::toString(refused->code));
  } else if (const auto* error = std::get_if<wire::ErrorMessage>(&message)) {
    std::fprintf(stderr, "error: %s\n", wire::toString(error->code));
  }
}

void Crowd::checkReady(std::size_t index) {
  const Member& m = member(index);
  if (!m.isConnected || (m_options.saysHello && !m.isWelcomed) ||
      (m_options.publishes && !m.isPublished)) {
    return;
  }
  ++m_ready;
  if (onReady) onReady(index);
}

}  // namespace foyer::bench
