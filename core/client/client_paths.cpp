// Direct ways of calls: what this side offers, what the peer offers, and where packets go.
#include <algorithm>

#include "core/client/client.h"
#include "core/crypto/observed.h"
#include "core/wire/media_packet.h"

namespace foyer::client {

void Client::setLocalAddresses(TimePoint now, std::vector<LocalEndpoint> addresses) {
  if (addresses == m_localAddresses) return;
  m_localAddresses = std::move(addresses);
  for (auto& [id, live] : m_calls) offerPaths(now, live);
  pump(now);
}

void Client::setGoesDirect(TimePoint now, bool isOn) {
  if (std::exchange(m_goesDirect, isOn) == isOn) return;
  for (auto& [id, live] : m_calls) offerPaths(now, live);
  pump(now);
}

void Client::setMappedAddresses(TimePoint now, std::vector<SocketAddress> addresses) {
  if (addresses == m_mappedAddresses) return;
  m_mappedAddresses = std::move(addresses);
  for (auto& [id, live] : m_calls) offerPaths(now, live);
  pump(now);
}

void Client::setExtraLocals(TimePoint now, std::vector<ExtraLocal> locals) {
  if (locals.size() > kMaxExtraLocals) locals.resize(kMaxExtraLocals);
  if (locals == m_extraLocals) return;
  m_extraLocals = std::move(locals);
  for (auto& [id, live] : m_calls) {
    if (live.paths) live.paths->setExtraLocals(now, m_extraLocals);
    offerPaths(now, live);
  }
  pump(now);
}

std::vector<wire::Candidate> Client::ownCandidates(std::span<const SocketAddress> predicted) const {
  std::vector<SocketAddress> hosts, observed, relayed;
  for (const LocalEndpoint& local : m_localAddresses) hosts.push_back(local.at);
  for (const auto& [fingerprint, relay] : m_relays)
    if (const auto& text = relay->session.status().observed)
      if (const auto at = SocketAddress::parse(*text)) observed.push_back(*at);
  for (const ExtraLocal& local : m_extraLocals)
    if (local.at && local.kind == wire::CandidateKind::Relayed) relayed.push_back(*local.at);
  return net::candidatesOf(hosts, m_mappedAddresses, observed, relayed, predicted);
}

// With the answer, a round trip before everything else can be told: what is likeliest to work.
std::vector<wire::Candidate> Client::answerCandidates() const {
  if (!m_goesDirect || m_localAddresses.empty()) return {};
  std::vector<wire::Candidate> all = ownCandidates({});
  const auto rank = [](const wire::Candidate& one) {
    return one.kind == wire::CandidateKind::Reflexive ? 0
           : one.kind == wire::CandidateKind::Mapped  ? 1
                                                      : 2;
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  // At least one of its own interfaces: the other side may be in the same LAN.
  if (all.size() > wire::kMaxAnswerCandidates) {
    const auto host = std::find_if(all.begin(), all.end(), [](const wire::Candidate& one) {
      return one.kind == wire::CandidateKind::Host;
    });
    if (host != all.end() && host - all.begin() >= std::ptrdiff_t{wire::kMaxAnswerCandidates})
      std::iter_swap(host, all.begin() + wire::kMaxAnswerCandidates - 1);
    all.resize(wire::kMaxAnswerCandidates);
  }
  return all;
}

void Client::offerPaths(TimePoint now, LiveCall& live) {
  if (!m_goesDirect || m_localAddresses.empty()) return;
  if (!live.paths) {
    auto keys = m_agent.pathKeys(live.status.call);
    if (!keys) return;
    live.paths = std::make_unique<CallPaths>(live.status.call, live.status.peer, std::move(*keys),
                                             ++m_pathTags, m_random);
    live.paths->setExtraLocals(now, m_extraLocals);
    tellNat(now, live);
  }
  auto candidates = ownCandidates(live.paths->predicted());
  std::optional<wire::NatWords> nat;
  if (m_natReport) nat = net::wordsOf(net::traitsOf(*m_natReport, m_triesPorts));
  wire::Paths paths{std::move(candidates), std::move(nat), vouches()};
  if (paths == live.offered) return;
  if (!m_agent.setPaths(live.status.call, paths.candidates, paths.nat, paths.vouches)) return;
  live.paths->onOffered(now, paths.candidates);
  live.offered = std::move(paths);
}

std::vector<Bytes> Client::vouches() const {
  std::vector<Bytes> all;
  for (const auto& [fingerprint, relay] : m_relays)
    if (relay->session.isAdmitted() && !relay->session.vouch().empty() &&
        all.size() < wire::kMaxVouches)
      all.push_back(relay->session.vouch());
  return all;
}

// Of relays that this side is on, too: another's word is worth nothing here.
std::vector<IpAddress> Client::vouchedFor(TimePoint now, const PublicKey& peer,
                                          const std::vector<Bytes>& vouches) const {
  std::vector<IpAddress> ips;
  for (const Bytes& vouch : vouches) {
    const auto observed = crypto::readObserved(vouch);
    const Relay* const relay = observed ? findRelay(observed->relay) : nullptr;
    if (relay == nullptr) continue;
    const auto key = relay->session.status().key;
    const auto wall =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, wallMs(now, observed->relay)));
    if (key && crypto::isObserved(*key, peer, *observed, wall)) ips.push_back(observed->ip);
  }
  return ips;
}

void Client::onPeerPaths(TimePoint now, LiveCall& live,
                         const std::vector<wire::Candidate>& candidates,
                         const std::optional<wire::NatWords>& nat,
                         const std::vector<Bytes>& vouches) {
  offerPaths(now, live);
  if (!live.paths) return;
  live.paths->setPeerNat(now, nat ? net::traitsOf(*nat) : net::NatTraits{});
  std::vector<net::HostAddress> own;
  for (const LocalEndpoint& local : m_localAddresses)
    own.push_back({local.at.ip, local.prefixBits});
  live.paths->setPeerCandidates(now, candidates, own, vouchedFor(now, live.status.peer, vouches));
  // The first of them came with the answer, and the confirm left just now.
  if (const Duration rtt = std::exchange(live.relayedRtt, Duration{}); rtt > Duration::zero())
    live.paths->expectPeer(now, rtt);
}

crypto::CallPolicy Client::usualPolicy(const PublicKey& peer, std::string_view alias,
                                       const Relay& relay) const {
  if (m_contacts.contact(peer, alias).isKnown) return crypto::CallPolicy::Trusted;
  // In one's own LAN everybody sees the addresses anyway.
  const auto remote = m_endpoint.remoteAddress(relay.session.connection());
  if (!remote) return crypto::CallPolicy::Private;
  if (remote->ip.isLoopback()) return crypto::CallPolicy::Trusted;
  std::vector<net::HostAddress> own;
  for (const LocalEndpoint& local : m_localAddresses)
    own.push_back({local.at.ip, local.prefixBits});
  return remote->ip.isPrivate() && net::isOnOwnNetwork(remote->ip, own)
             ? crypto::CallPolicy::Trusted
             : crypto::CallPolicy::Private;
}

PathFigures Client::pathFigures(const LiveCall& live) const {
  if (live.paths) return live.paths->figures(m_endpoint);
  PathFigures figures;
  figures.reason = live.status.isPrivate      ? PathReason::Private
                   : !m_goesDirect            ? PathReason::Off
                   : m_localAddresses.empty() ? PathReason::NoAddress
                                              : PathReason::Unconfirmed;
  return figures;
}

SocketWish Client::wantedSockets() const {
  SocketWish wish;
  for (const auto& [id, live] : m_calls) {
    if (!live.paths) continue;
    wish.count = std::max(wish.count, live.paths->wantedSockets());
    live.paths->addEndsInUse(wish.inUse);
  }
  return wish;
}

void Client::setNatReport(TimePoint now, const net::NatReport& report) {
  m_natReport = report;
  for (auto& [id, live] : m_calls) {
    tellNat(now, live);
    offerPaths(now, live);
  }
  pump(now);
}

void Client::setTriesPorts(TimePoint now, bool isOn) {
  if (std::exchange(m_triesPorts, isOn) == isOn) return;
  for (auto& [id, live] : m_calls) {
    tellNat(now, live);
    offerPaths(now, live);
  }
  pump(now);
}

void Client::tellNat(TimePoint now, LiveCall& live) {
  if (live.paths && m_natReport) live.paths->setOwnNat(now, *m_natReport, m_triesPorts);
}

bool Client::handleStun(TimePoint now, const net::DatagramView& datagram) {
  return std::any_of(m_calls.begin(), m_calls.end(), [&](auto& entry) {
    return entry.second.paths && entry.second.paths->handleStun(now, datagram);
  });
}

void Client::requestTurn(TimePoint now) {
  for (auto& [id, live] : m_calls) {
    if (!live.paths) continue;
    if (Relay* relay = findRelay(live.status.relay)) relay->session.requestTurn(now);
  }
}

std::optional<Client::TurnFrom> Client::pollTurn() {
  for (auto& [fingerprint, relay] : m_relays) {
    auto turn = relay->session.takeTurn();
    if (!turn) continue;
    const auto at = m_endpoint.remoteAddress(relay->session.connection());
    if (at) return TurnFrom{fingerprint, at->ip, std::move(*turn)};
  }
  return std::nullopt;
}

bool Client::hasDirectCall() const {
  return std::any_of(m_calls.begin(), m_calls.end(),
                     [](const auto& entry) { return entry.second.paths != nullptr; });
}

bool Client::handlePathEvent(TimePoint now, const net::Event& event) {
  return std::any_of(m_calls.begin(), m_calls.end(), [&](auto& entry) {
    return entry.second.paths && entry.second.paths->handleEvent(now, m_endpoint, event);
  });
}

void Client::pumpPaths(TimePoint now) {
  std::vector<CallId> hungUp;
  for (auto& [id, live] : m_calls) {
    if (!live.paths) continue;
    live.paths->handleTimeout(now, m_endpoint);
    if (live.paths->hasPeerHungUp()) hungUp.push_back(id);
    if (!live.paths->takeChanged()) continue;
    offerPaths(now, live);
    updateFromAgent(live);
    tell(CallChanged{id});
  }
  for (const CallId& id : hungUp) m_agent.peerHungUp(now, id);
  if (!hungUp.empty()) pumpAgent(now);
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
