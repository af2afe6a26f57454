#include "relaylite/host/tcp_clients.h"

#include <algorithm>
#include <utility>

namespace foyer::relayhost {
namespace {

constexpr Duration kSweepInterval = 5s;

}  // namespace

TcpClients::TcpClients(io::EventLoop& loop, TcpLimits limits, OnDatagram onDatagram)
    : m_loop(loop),
      m_limits(limits),
      m_onDatagram(std::move(onDatagram)),
      m_timer(loop.addTimer([this](TimePoint now) { sweep(now); })) {}

TcpClients::~TcpClients() { m_loop.removeTimer(m_timer); }

Result<void, Fault> TcpClients::listen(const SocketAddress& local) {
  if (!m_credentials) {
    auto made = net::TlsCredentials::selfSigned();
    if (!made) return Failure<Fault>(Fault{"binding", "tls", false, net::toString(made.error())});
    m_credentials = *made;
  }
  auto opened = io::TcpListener::open(
      m_loop, local, [this](TimePoint now, auto& incoming) { onIncoming(now, incoming); });
  if (!opened) {
    Fault fault = opened.error();
    fault.stage = "binding";
    return Failure<Fault>(std::move(fault));
  }
  m_listeners.push_back(std::move(*opened));
  return {};
}

std::uint16_t TcpClients::port() const {
  return m_listeners.empty() ? 0 : m_listeners.front()->localAddress().port;
}

void TcpClients::onIncoming(TimePoint now, io::TcpListener::Incoming& incoming) {
  const SocketAddress remote = incoming.remote();
  ++m_stats.accepted;
  // Who is not taken is closed at once: whatever is said to them costs more.
  if (m_clients.size() >= m_limits.clients) {
    ++m_stats.refusedFull;
    return;
  }
  if (m_addresses.of(remote.ip) >= m_limits.clientsPerAddress) {
    ++m_stats.refusedAddress;
    return;
  }
  if (m_handshakes >= m_limits.handshakes ||
      m_handshakeAddresses.of(remote.ip) >= m_limits.handshakesPerAddress) {
    ++m_stats.refusedHandshakes;
    return;
  }
  // The same port of the same host can come back before the old connection is known to be gone.
  remove(remote);
  if (m_clients.empty()) m_loop.setDeadline(m_timer, now + kSweepInterval);
  Client& client = m_clients[remote];
  client.answeredAt = now;
  m_addresses.add(remote.ip);
  m_handshakeAddresses.add(remote.ip);
  ++m_handshakes;
  client.link = io::DatagramLink::accept(
      incoming, {.tls = m_credentials, .openWithin = m_limits.handshakeWithin},
      {.onOpen = [this, remote](TimePoint at) { onOpen(at, remote); },
       .onDatagram =
           [this, remote](TimePoint, ByteView datagram) {
             ++m_stats.datagramsIn;
             m_onDatagram(remote, datagram);
           },
       .onClosed = [this, remote](TimePoint, const Fault& fault) { onClosed(remote, fault); }});
}

void TcpClients::onOpen(TimePoint now, const SocketAddress& remote) {
  Client& client = m_clients.at(remote);
  client.isOpen = true;
  client.answeredAt = now;
  ++m_stats.opened;
  m_handshakeAddresses.remove(remote.ip);
  --m_handshakes;
}

void TcpClients::onClosed(const SocketAddress& remote, const Fault& fault) {
  const bool isOrderly = fault.code == "closed" || fault.code == "reset" ||
                         (fault.stage == "connection" && fault.code == "tls_cut_off");
  if (!isOrderly) ++m_stats.closedBad;
  remove(remote);
}

void TcpClients::remove(const SocketAddress& remote) {
  const auto found = m_clients.find(remote);
  if (found == m_clients.end()) return;
  const auto& sent = found->second.link->sent();
  m_stats.dropped += sent.droppedFull + sent.droppedOld;
  m_addresses.remove(remote.ip);
  if (!found->second.isOpen) {
    m_handshakeAddresses.remove(remote.ip);
    --m_handshakes;
  }
  m_clients.erase(found);
}

void TcpClients::queue(TimePoint now, const SocketAddress& remote, ByteView datagram) {
  const auto found = m_clients.find(remote);
  if (found == m_clients.end()) return;
  Client& client = found->second;
  client.link->push(now, datagram);
  client.answeredAt = now;
  ++m_stats.datagramsOut;
  if (!std::exchange(client.isWaiting, true)) m_toFlush.push_back(remote);
}

void TcpClients::flush(TimePoint now) {
  for (const SocketAddress& remote : std::exchange(m_toFlush, {})) {
    const auto found = m_clients.find(remote);
    if (found == m_clients.end()) continue;
    found->second.isWaiting = false;
    found->second.link->flush(now);
  }
}

void TcpClients::sweep(TimePoint now) {
  std::vector<SocketAddress> silent;
  for (const auto& [remote, client] : m_clients) {
    const TimePoint last = std::min(client.answeredAt, client.link->heardAt());
    if (client.isOpen && now - last > m_limits.silentFor) silent.push_back(remote);
  }
  for (const SocketAddress& remote : silent) {
    ++m_stats.closedSilent;
    remove(remote);
  }
  if (!m_clients.empty()) m_loop.setDeadline(m_timer, now + kSweepInterval);
}

}  // namespace foyer::relayhost
