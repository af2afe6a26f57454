// Direct ways of calls: what this side offers, what the peer offers, and where packets go.
#include <algorithm>

#include "core/client/client.h"
#include "core/wire/media_packet.h"

namespace foyer::client {

void Client::setLocalAddresses(TimePoint now, std::vector<LocalEndpoint> addresses) {
  if (addresses == m_localAddresses) return;
  m_localAddresses = std::move(addresses);
  for (auto& [id, live] : m_calls) offerPaths(now, live);
  pump(now);
}

void Client::offerPaths(TimePoint, LiveCall& live) {
  // Who tells no addresses wants no direct calls; then none is offered or listened for.
  if (m_localAddresses.empty()) return;
  if (!live.paths) {
    auto keys = m_agent.pathKeys(live.status.call);
    if (!keys) return;
    live.paths = std::make_unique<CallPaths>(live.status.call, live.status.peer, std::move(*keys),
                                             ++m_pathTags, m_random);
  }
  std::vector<SocketAddress> hosts, observed;
  for (const LocalEndpoint& local : m_localAddresses) hosts.push_back(local.at);
  for (const auto& [fingerprint, relay] : m_relays)
    if (const auto& text = relay->session.status().observed)
      if (const auto at = SocketAddress::parse(*text)) observed.push_back(*at);
  m_agent.setPaths(live.status.call, net::candidatesOf(hosts, {}, observed));
}

void Client::onPeerPaths(TimePoint now, LiveCall& live,
                         const std::vector<wire::Candidate>& candidates) {
  offerPaths(now, live);
  if (!live.paths) return;
  std::vector<net::HostAddress> own;
  for (const LocalEndpoint& local : m_localAddresses)
    own.push_back({local.at.ip, local.prefixBits});
  live.paths->setPeerCandidates(now, candidates, own);
}

bool Client::handlePathEvent(TimePoint now, const net::Event& event) {
  return std::any_of(m_calls.begin(), m_calls.end(), [&](auto& entry) {
    return entry.second.paths && entry.second.paths->handleEvent(now, m_endpoint, event);
  });
}

void Client::pumpPaths(TimePoint now) {
  for (auto& [id, live] : m_calls) {
    if (!live.paths) continue;
    live.paths->handleTimeout(now, m_endpoint);
    if (!live.paths->takeChanged()) continue;
    updateFromAgent(live);
    tell(CallChanged{id});
  }
}

bool Client::sendOnPaths(TimePoint now, LiveCall& live, ByteView sealed, net::DatagramUse use,
                         std::size_t& wireBytes) {
  const CallPaths::Use ways = live.paths ? live.paths->use(now) : CallPaths::Use{};
  bool isSent = false;
  // Sealed once: what comes twice is a repeat, and dropped there.
  if (ways.direct && m_endpoint.sendDatagram(now, *ways.direct, {}, sealed, use)) {
    isSent = true;
    wireBytes += sealed.size();
  }
  if (isSent && !ways.relay) return true;
  const auto summary = m_agent.summary(live.status.call);
  if (!summary || !summary->channel) return isSent;
  const Relay* relay = findRelay(summary->channel->relay);
  if (relay == nullptr || !relay->session.isAdmitted()) return isSent;
  std::array<std::uint8_t, wire::kMaxVarintBytes> header;
  const std::size_t headerBytes = wire::encodeVarint(summary->channel->tx, header);
  if (!m_endpoint.sendDatagram(now, relay->session.connection(), {header.data(), headerBytes},
                               sealed, use))
    return isSent;
  wireBytes += headerBytes + sealed.size();
  return true;
}

}  // namespace foyer::client
