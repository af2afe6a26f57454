#include "core/io/turn_port.h"

#include <algorithm>

#include "core/io/default_route.h"

namespace foyer::io {
namespace {

net::TurnConfig ofFamily(net::TurnConfig config, IpAddress::Family family) {
  config.family = family;
  return config;
}

}  // namespace

TurnPort::TurnPort(EventLoop& loop, RandomSource& random, const SocketAddress& label, Server server,
                   Handlers handlers)
    : m_loop(loop),
      m_label(label),
      m_handlers(std::move(handlers)),
      m_transport(server.config.transport),
      m_client(ofFamily(std::move(server.config), label.ip.family), random),
      m_connection(loop, m_transport, std::move(server.tls), std::move(server.host),
                   {.onOpen =
                        [this](TimePoint now) {
                          m_client.start(now);
                          pump(now);
                        },
                    .onMessage = [this](TimePoint now, const SocketAddress& from,
                                        ByteView message) { onMessage(now, from, message); },
                    .onBroken =
                        [this](TimePoint now, const Fault& fault) {
                          if (m_hasEnded) return;
                          m_hasEnded = true;
                          m_fault = fault;
                          m_handlers.onChanged(now);
                        }}) {
  m_timer = m_loop.addTimer([this](TimePoint now) {
    m_client.handleTimeout(now);
    pump(now);
  });
  m_connection.open(m_client.server());
  m_source = sourceTowards(m_client.server());
}

bool TurnPort::hasMoved() const { return sourceTowards(m_client.server()) != m_source; }

TurnPort::~TurnPort() {
  m_loop.removeTimer(m_timer);
  m_client.close(m_loop.now());
  transmit(m_loop.now());
}

TurnPort::Peer* TurnPort::find(const SocketAddress& at) {
  const auto found =
      std::find_if(m_peers.begin(), m_peers.end(), [&](const Peer& one) { return one.at == at; });
  return found == m_peers.end() ? nullptr : &*found;
}

bool TurnPort::admit(TimePoint now, const SocketAddress& at) {
  if (find(at) != nullptr) return true;
  if (m_peers.size() >= net::kMaxTurnPeers) {
    const auto oldest =
        std::min_element(m_peers.begin(), m_peers.end(),
                         [](const Peer& a, const Peer& b) { return a.usedAt < b.usedAt; });
    if (now - oldest->usedAt < kPeerSilence) return false;
    m_client.removePeer(now, oldest->at);
    m_peers.erase(oldest);
  }
  if (!m_client.addPeer(now, at)) return false;
  m_peers.push_back({at, now});
  return true;
}

void TurnPort::queue(TimePoint now, const SocketAddress& peer, ByteView packet) {
  if (m_hasEnded || !m_client.isAllocated() || !admit(now, peer)) return;
  if (m_connection.pending() > kMaxBehind) return;
  const auto wrapped = m_client.wrap(now, peer, packet);
  if (wrapped) return m_connection.send(m_client.server(), *wrapped);
  if (wrapped.error() == net::TurnSendError::TooLarge) return;
  if (m_waiting.size() >= kMaxWaiting) m_waiting.pop_front();
  m_waiting.push_back({peer, toBytes(packet)});
  // The question to the server leaves with flush().
}

void TurnPort::flush(TimePoint now) {
  if (m_hasEnded) return;
  transmit(now);
  m_loop.setDeadline(m_timer, m_client.pollTimeout());
}

void TurnPort::transmit(TimePoint now) {
  m_client.pollTransmit(
      now, [this](ByteView message) { m_connection.send(m_client.server(), message); });
  m_connection.flush();
}

void TurnPort::close(TimePoint now) {
  if (m_hasEnded) return;
  m_client.close(now);
  transmit(now);
  // The end is told from the loop, even when nothing was begun.
  m_loop.setDeadline(m_timer, m_client.hasEnded() ? now : m_client.pollTimeout());
}

void TurnPort::onMessage(TimePoint now, const SocketAddress& from, ByteView message) {
  const net::TurnInput input = m_client.handle(now, from, message);
  if (input.kind == net::TurnInput::Kind::Data) {
    if (Peer* const known = find(input.peer)) known->usedAt = now;
    m_handlers.onPacket(now, input.peer, input.payload);
  } else if (input.kind == net::TurnInput::Kind::Used) {
    pump(now);
  }
}

void TurnPort::sendWaiting(TimePoint now, const SocketAddress& peer) {
  for (const Waiting& one : m_waiting) {
    if (one.peer != peer) continue;
    if (const auto wrapped = m_client.wrap(now, peer, one.packet))
      m_connection.send(m_client.server(), *wrapped);
  }
  std::erase_if(m_waiting, [&](const Waiting& one) { return one.peer == peer; });
}

void TurnPort::pump(TimePoint now) {
  bool hasChanged = false;
  while (const auto event = m_client.pollEvent()) {
    if (std::holds_alternative<net::TurnAllocated>(*event)) {
      hasChanged = true;
    } else if (const auto* redirected = std::get_if<net::TurnRedirected>(&*event)) {
      // Over UDP the client has begun anew by itself.
      if (m_transport != net::TurnTransport::Udp) m_connection.open(redirected->server);
      m_source = sourceTowards(redirected->server);
    } else if (const auto* ready = std::get_if<net::TurnPeerReady>(&*event)) {
      sendWaiting(now, ready->peer);
    } else if (const auto* lost = std::get_if<net::TurnPeerLost>(&*event)) {
      std::erase_if(m_peers, [&](const Peer& one) { return one.at == lost->peer; });
      std::erase_if(m_waiting, [&](const Waiting& one) { return one.peer == lost->peer; });
    } else if (const auto* ended = std::get_if<net::TurnEnded>(&*event)) {
      m_hasEnded = true;
      if (ended->fault) m_fault = net::asFault(*ended->fault);
      hasChanged = true;
    }
  }
  transmit(now);
  m_loop.setDeadline(m_timer, m_hasEnded ? std::nullopt : m_client.pollTimeout());
  if (hasChanged) m_handlers.onChanged(now);
}

}  // namespace foyer::io
