// How a session reaches its relay: which addresses are dialled when, by UDP and by TCP, and when a
// live connection moves from one to the other.
#include <algorithm>

#include "core/base/assert.h"
#include "core/client/labels.h"
#include "core/client/relay_session.h"
#include "core/wire/close_codes.h"

namespace foyer::client {

void RelaySession::dialNext(TimePoint now) {
  m_nextDialAt.reset();
  while (m_nextAddress < m_target.addresses.size()) {
    const SocketAddress& address = m_target.addresses[m_nextAddress++];
    if (!dial(now, localLabelFor(address), address)) continue;
    if (m_nextAddress < m_target.addresses.size()) m_nextDialAt = now + kNextAddressAfter;
    return;
  }
  if (m_dials.empty()) fail(now, {"connect", "unreachable", true, "no address could be dialled"});
}

void RelaySession::dialTcp(TimePoint now) {
  m_tcpDialAt.reset();
  while (m_nextTcp < m_tcpAddresses.size()) {
    const SocketAddress& address = m_tcpAddresses[m_nextTcp++];
    if (!dial(now, tcpLabelFor(address), address)) continue;
    if (m_nextTcp < m_tcpAddresses.size()) m_tcpDialAt = now + kNextAddressAfter;
    return;
  }
}

bool RelaySession::dial(TimePoint now, const SocketAddress& local, const SocketAddress& remote) {
  const bool isTcp = local == tcpLabelFor(remote);
  net::DialOptions dial;
  dial.local = local;
  dial.remote = remote;
  dial.alpn = net::kAlpnRelay;
  dial.pin = m_target.knownKey ? net::KeyPin::to(*m_target.knownKey)
                               : net::KeyPin::to(m_target.fingerprint);
  if (isTcp) dial.profile.handshakeTimeout = kTcpHandshake;
  const auto id = m_endpoint->connect(now, dial);
  if (!id) return false;
  m_dials.push_back({*id, isTcp ? RelayCarrier::Tcp : RelayCarrier::Udp, remote.port});
  const Bytes flight = firstFlight(now);
  // Cannot fail: the buffer of a new connection is empty and far larger than one flight.
  const auto sent = m_endpoint->sendControl(*id, flight);
  FOYER_ASSERT(sent.has_value(), "a new connection takes the first flight");
  return true;
}

void RelaySession::closeDials(TimePoint now, net::ConnectionId except) {
  for (const Dial& dial : m_dials)
    if (dial.id != except)
      m_endpoint->close(now, dial.id, static_cast<std::uint64_t>(wire::CloseCode::Done));
  m_dials.clear();
  m_nextDialAt.reset();
  m_tcpDialAt.reset();
}

// From TCP to UDP; the connection is the same, and so is all that the relay knows.
void RelaySession::onPathChanged(TimePoint now, const net::PathChanged& changed) {
  const bool isTcp = changed.local == tcpLabelFor(changed.remote);
  const RelayCarrier carrier = isTcp ? RelayCarrier::Tcp : RelayCarrier::Udp;
  if (carrier == m_status.carrier) return;
  m_status.carrier = carrier;
  m_status.carrierPort = changed.remote.port;
  m_hasChanged = true;
  if (isTcp) {
    m_status.observed.reset();
    planUdp(now);
    return;
  }
  m_isUdpBlocked = false;
  m_onUdpSince = now;
  m_udpRetryAt.reset();
  // Not at once: the relay proves the new path first, and says where TCP came from until then.
  m_reflectAt = now + kReflectAgain;
}

// The host that the connection is with comes first: it was reached.
SocketAddress RelaySession::likelyOf(const std::vector<SocketAddress>& all,
                                     std::size_t tries) const {
  std::size_t first = 0;
  const auto remote = m_endpoint->remoteAddress(m_connection);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (remote && all[i].ip == remote->ip) first = i;
  return all[(first + tries) % all.size()];
}

void RelaySession::lookForAnswers(TimePoint now) {
  m_lookAt.reset();
  if (!m_isAdmitted || m_availability != wire::PresenceState::InCall) return;
  m_lookAt = now + kLookInterval;
  const auto stats = m_endpoint->stats(m_connection);
  if (!stats || m_status.carrier != RelayCarrier::Udp || m_tcpAddresses.empty()) return;
  if (stats->packetsReceived != m_hearing.received) {
    m_hearing = {stats->packetsReceived, stats->packetsSent, now};
    m_tcpTries = 0;
    return;
  }
  const bool isDeaf =
      now - m_hearing.at >= kDeafAfter && stats->packetsSent - m_hearing.sentBefore >= kDeafPackets;
  if (!isDeaf) return;
  const SocketAddress address = likelyOf(m_tcpAddresses, m_tcpTries++);
  (void)m_endpoint->initiateMigration(now, m_connection, tcpLabelFor(address), address);
  m_hearing = {stats->packetsReceived, stats->packetsSent, now};  // time to come to something
}

void RelaySession::planUdp(TimePoint now) {
  m_isUdpBlocked = true;
  m_udpTries = 0;
  m_udpRetryAt = now + m_udpPause;
}

void RelaySession::tryUdp(TimePoint now) {
  if (m_target.addresses.empty()) return;
  const SocketAddress address = likelyOf(m_target.addresses, m_udpTries++);
  // What does not work leaves the connection where it is.
  (void)m_endpoint->initiateMigration(now, m_connection, localLabelFor(address), address);
  // All addresses are tried before the pause grows: one of them may be of a family that is not
  // there.
  if (m_udpTries % m_target.addresses.size() == 0)
    m_udpPause = std::min(m_udpPause * 2, kUdpLastRetry);
  m_udpRetryAt = now + m_udpPause;
}

Bytes RelaySession::firstFlight(TimePoint now) {
  wire::Hello hello;
  hello.id = expect(Request::Hello, now + kWelcomeTimeout);
  hello.invite = m_target.invite;
  hello.isHidden = m_record.empty();
  Bytes flight = wire::encodeFrame(hello);
  if (!m_record.empty()) {
    append(flight, wire::encodeFrame(
                       wire::Publish{expect(Request::Publish, now + kWelcomeTimeout), m_record}));
  }
  m_lobbyVersion = 0;
  append(flight, wire::encodeFrame(wire::PresenceGet{
                     expect(Request::Lobby, now + kWelcomeTimeout + kLobbyTimeout), 0}));
  if (m_availability != wire::PresenceState::Available)
    append(flight, wire::encodeFrame(wire::Availability{m_availability}));
  return flight;
}

void RelaySession::onVerified(TimePoint now, net::ConnectionId id, const PublicKey& key) {
  if (!m_connection.isNull()) {
    // Another address was quicker.
    m_endpoint->close(now, id, static_cast<std::uint64_t>(wire::CloseCode::Done));
    std::erase_if(m_dials, [&](const Dial& dial) { return dial.id == id; });
    return;
  }
  m_connection = id;
  m_frames = {};
  for (const Dial& dial : m_dials) {
    if (dial.id != id) continue;
    m_status.carrier = dial.carrier;
    m_status.carrierPort = dial.port;
  }
  if (m_status.carrier == RelayCarrier::Udp) {
    m_isUdpBlocked = false;
    m_onUdpSince = now;
  } else {
    m_status.observed.reset();
    if (now - m_onUdpSince > kUdpProven) m_udpPause = kUdpFirstRetry;
  }
  closeDials(now, id);
  m_status.key = key;
  m_target.knownKey = key;
  m_hasChanged = true;
}

}  // namespace foyer::client
