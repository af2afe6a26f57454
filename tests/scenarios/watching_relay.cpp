#include "tests/scenarios/watching_relay.h"

#include "core/wire/media_packet.h"

namespace foyer::sim {
namespace {

const SocketAddress kLabel{IpAddress::v4(0, 0, 0, 0), 1};

net::EndpointConfig serverConfig() {
  net::EndpointConfig config;
  config.acceptMode = net::AcceptMode::Open;
  return config;
}

}  // namespace

WatchingRelay::WatchingRelay(Network& network, const SocketAddress& address, std::uint64_t seed)
    : m_network(network),
      m_address(address),
      m_random(seed),
      m_identity(crypto::Identity::generate(m_random)),
      m_endpoint(serverConfig(), m_identity, m_random) {
  m_endpoint.setDatagramHandler(this);
  network.attach(*this, address);
}

WatchingRelay::~WatchingRelay() { m_network.detach(*this); }

client::RelayTarget WatchingRelay::target() const {
  client::RelayTarget target;
  target.fingerprint = fingerprint();
  target.addresses = {m_address};
  return target;
}

void WatchingRelay::say(const Fingerprint& to, const wire::Message& message) {
  const auto at = m_people.find(to);
  if (at == m_people.end() || at->second.connection.isNull()) return;
  // A client that is gone loses it, as with any relay.
  (void)m_endpoint.sendControl(at->second.connection, wire::encodeFrame(message));
  m_network.at(m_network.now(), [this](TimePoint) { m_network.touch(*this); });
}

void WatchingRelay::handleDatagram(TimePoint now, const SocketAddress&, const SocketAddress& remote,
                                   std::uint8_t ecn, ByteView bytes) {
  m_endpoint.handleDatagram(now, {kLabel, remote, ecn, bytes});
}

void WatchingRelay::drain(TimePoint now, const Sink& sink) {
  while (auto event = m_endpoint.pollEvent()) {
    if (const auto* connected = std::get_if<net::Connected>(&*event)) {
      const Fingerprint who = crypto::fingerprintOf(connected->peer);
      Person& person = m_people[who];
      person.connection = connected->id;
      person.reader = {};
      person.follows = false;
      m_byConnection[connected->id] = who;
    } else if (const auto* control = std::get_if<net::ControlReceived>(&*event)) {
      const auto at = m_byConnection.find(control->id);
      if (at == m_byConnection.end()) continue;
      const Fingerprint who = at->second;
      Person& person = m_people[who];
      (void)person.reader.feed(control->bytes, [&](ByteView json) {
        controls.push_back({who, toBytes(json)});
        if (const auto message = wire::decodeMessage(json)) onMessage(now, who, person, *message);
      });
    } else if (const auto* closed = std::get_if<net::Closed>(&*event)) {
      const auto at = m_byConnection.find(closed->id);
      if (at == m_byConnection.end()) continue;
      if (m_people[at->second].connection == closed->id) m_people[at->second].connection = {};
      m_byConnection.erase(at);
    }
  }
  m_endpoint.pollTransmit(now, [&](const net::TransmitBatch& batch) { passOn(batch, sink); });
}

void WatchingRelay::changed(const Fingerprint& who, bool withRecord) {
  const std::uint64_t from = m_version++;
  const Person& person = m_people[who];
  for (const auto& [other, listener] : m_people) {
    if (!listener.follows) continue;
    wire::PresenceDelta delta{from, m_version, {}};
    delta.changes.push_back({who, withRecord ? person.record : Bytes{}, person.state});
    say(other, delta);
  }
}

void WatchingRelay::openChannel(const CallId& call, const Fingerprint& to,
                                const Fingerprint& peer) {
  const auto number = [&](const Fingerprint& sender) {
    const auto [at, isNew] = m_numbers.try_emplace({call, sender}, m_nextNumber);
    if (isNew) m_nextNumber += 2;
    return at->second;
  };
  const std::uint64_t tx = number(to);
  const std::uint64_t rx = number(peer);
  m_ways[{to, tx}] = {peer, tx};
  m_ways[{peer, rx}] = {to, rx};
  say(to, wire::Channel{call, tx, rx, peer});
}

void WatchingRelay::onMessage(TimePoint now, const Fingerprint& who, Person& person,
                              const wire::Message& message) {
  const bool passes = !mayPass || mayPass(who, message);
  if (const auto* hello = std::get_if<wire::Hello>(&message)) {
    if (passes)
      say(who, wire::Welcome{hello->id, 1,
                             static_cast<std::uint64_t>(1'790'000'000'000 +
                                                        toMilliseconds(now.time_since_epoch())),
                             "198.51.100.1:1", "watching", 7200});
  } else if (const auto* publish = std::get_if<wire::Publish>(&message)) {
    person.record = publish->record;
    changed(who, true);
    say(who, wire::Published{publish->id, m_version});
  } else if (const auto* availability = std::get_if<wire::Availability>(&message)) {
    person.state = availability->state;
    if (!person.record.empty()) changed(who, false);
  } else if (std::holds_alternative<wire::PresenceGet>(message)) {
    wire::PresencePage page{m_version, 0, true, {}};
    for (const auto& [other, entry] : m_people)
      if (!entry.record.empty()) page.people.push_back({entry.record, entry.state});
    person.follows = true;
    say(who, page);
  } else if (const auto* offer = std::get_if<wire::Offer>(&message)) {
    m_calls[offer->callId] = {who, offer->to};
    openChannel(offer->callId, who, offer->to);
    openChannel(offer->callId, offer->to, who);
    if (passes) say(offer->to, *offer);
  } else if (const auto* setup = std::get_if<wire::Setup>(&message)) {
    if (passes) say(setup->to, *setup);
  } else if (const auto* sealed = std::get_if<wire::Sealed>(&message)) {
    if (passes) say(sealed->to, *sealed);
  } else if (const auto* attach = std::get_if<wire::Attach>(&message)) {
    openChannel(attach->callId, who, attach->peer);
  } else if (const auto* ping = std::get_if<wire::Ping>(&message)) {
    say(who, wire::Pong{ping->id});
  }
}

void WatchingRelay::onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) {
  const auto sender = m_byConnection.find(from);
  if (sender == m_byConnection.end()) return;
  datagrams.push_back({sender->second, toBytes(payload)});
  const auto channel = wire::decodeVarint(payload);
  if (!channel) return;
  const auto way = m_ways.find({sender->second, channel->value});
  if (way == m_ways.end() || !mayPassMedia) return;
  const Person& receiver = m_people[way->second.first];
  if (receiver.connection.isNull()) return;
  std::array<std::uint8_t, wire::kMaxVarintBytes> header{};
  const std::size_t size = wire::encodeVarint(way->second.second, header);
  // Forwarded as it is; a lost one is lost.
  (void)m_endpoint.sendDatagram(now, receiver.connection, ByteView(header).first(size),
                                payload.subspan(channel->size));
}

}  // namespace foyer::sim
