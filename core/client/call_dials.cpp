// Which direct connection of a call is made, and when; which of the peer's is taken.
#include <algorithm>

#include "core/client/call_paths.h"
#include "core/crypto/secret.h"
#include "core/net/punch_plan.h"

namespace foyer::client {
namespace {

// Of the time that the confirm takes by the relay. The direct way takes at least the rest, or the
// dial comes to a NAT that is still shut.
constexpr double kEarlyShare = 0.85;
// The peer chooses how long it takes to ring: a longer round trip says nothing about the way, and
// would only stretch how long somebody is dialled who has not said a word.
constexpr Duration kLongestRelayedRtt = 1s;
// What a busy machine may take to answer.
constexpr Duration kEarlySlack = 10ms;
// Asks to all addresses of a host leave together; that of IPv6 shall not lose by a hair.
constexpr Duration kBetterWithin = 5ms;
// Connections of one call at once: the one in use, its successor, and two that are going away.
constexpr std::size_t kMaxLinks = 4;

net::TransportProfile profile() {
  net::TransportProfile p;
  // Media keep the mapping open; a muted call with pauses left out needs this.
  p.keepAlive = 2s;
  p.idleTimeout = 8s;
  p.handshakeTimeout = 4s;
  return p;
}

}  // namespace

void CallPaths::expectPeer(TimePoint now, Duration relayedRtt) {
  if (!isCaller() || relayedRtt > kLongestRelayedRtt) return;
  const auto wait = std::chrono::duration_cast<Duration>(relayedRtt / 2 * kEarlyShare);
  m_expected = {now + relayedRtt / 2, now + wait, relayedRtt};
}

void CallPaths::dialBest(TimePoint now, net::Endpoint& endpoint, const Due& due) {
  // The caller dials, the other one listens: one handshake, and the side that can move a live
  // connection (RFC 9000 section 9) is known.
  if (!isCaller() || !isDoubtful(now) || m_links.size() >= kMaxLinks ||
      m_dials >= crypto::kCallerDialIds)
    return;
  std::vector<SocketAddress> inUse;
  for (const Link& one : m_links) {
    const bool isUnderWay = m_direct != one.id && !one.retireAt;
    if (isUnderWay && (one.isConnected || !one.isSlow)) return;
    // A way that fell silent is dialled again: the address may be another one's by now. So is one
    // that was dialled before anything was heard from it.
    if (m_direct != one.id && !one.isEarly) inUse.push_back(one.way.remote);
  }
  auto best = m_probes.best(inUse);
  const bool isEarly = !best && due.isEarly;
  if (isEarly) best = earlyWay();
  if (!best) return;
  if (!isEarly && !due.hasWaited && m_probes.mayHaveBetter(*best)) {
    if (!m_betterUntil) m_betterUntil = now + kBetterWithin;
    return;
  }
  const Duration patience = isEarly ? m_expected->relayedRtt : kDialPatience;
  // One that came too early is not repeated for long towards somebody who has not said a word.
  const Duration within = isEarly ? std::max(patience, kDialPatience) : kBindWithin;
  net::DialOptions dial;
  dial.local = best->local;
  dial.remote = best->remote;
  dial.alpn = net::kAlpnPeer;
  dial.pin = net::KeyPin::to(m_peer);
  dial.profile = profile();
  // Whom the pin names has answered: what is sent before it has judged this side's certificate is
  // sealed anyway.
  dial.connectedWhen = net::ConnectedWhen::Completed;
  const auto dialId = crypto::dialId(m_keys.dial, m_dials++);
  dial.initialDcid = Bytes(dialId.begin(), dialId.end());
  if (const auto id = endpoint.connect(now, dial)) {
    m_links.push_back({.id = *id,
                       .way = *best,
                       .since = now,
                       .slowAt = now + patience,
                       .isEarly = isEarly,
                       .within = within});
    m_record.add(now, PathStep::Dialled, best->kind, best->remote);
  }
}

CallPaths::Due CallPaths::takeDue(TimePoint now) {
  const auto take = [&](std::optional<TimePoint>& at) {
    const bool isDue = at && now >= *at;
    if (isDue) at.reset();
    return isDue;
  };
  return {m_expected && take(m_expected->dialAt), take(m_betterUntil)};
}

// Not behind a NAT that gives each destination another port, and not behind the same router.
std::optional<PathWay> CallPaths::earlyWay() const {
  const auto isHard = [](net::NatMapping mapping) {
    return mapping != net::NatMapping::Unknown && mapping != net::NatMapping::EndpointIndependent;
  };
  if (isHard(m_peerNat.mapping) ||
      (m_ownNat && isHard(net::traitsOf(*m_ownNat, m_triesPorts).mapping)))
    return std::nullopt;
  auto way = m_probes.likeliest();
  if (way && std::find(m_offered.begin(), m_offered.end(), way->remote.ip) != m_offered.end())
    return std::nullopt;
  return way;
}

// What was heard says how long the way is, and so when the answer to the early dial is due.
void CallPaths::judgeEarly(TimePoint now, const SocketAddress& from) {
  if (!m_expected) return;
  for (Link& one : m_links) {
    if (!one.isEarly || one.isConnected) continue;
    const Duration oneWay = std::max(now - m_expected->at, Duration::zero());
    one.slowAt =
        one.way.remote == from ? std::min(one.slowAt, one.since + 2 * oneWay + kEarlySlack) : now;
  }
  m_expected.reset();
}

std::optional<net::AcceptDecision> CallPaths::accept(const net::IncomingDial& dial) {
  if (isCaller() || m_links.size() >= kMaxLinks) return std::nullopt;
  for (std::uint8_t i = 0; i < crypto::kCallerDialIds; ++i) {
    const auto expected = crypto::dialId(m_keys.dial, i);
    if (!crypto::equalInConstantTime(expected, dial.initialDcid)) continue;
    const auto taken = std::find_if(m_taken.begin(), m_taken.end(),
                                    [&](const Taken& one) { return one.dial == i; });
    if (taken == m_taken.end())
      m_taken.push_back({i, dial.remote});
    else if (taken->by != dial.remote)
      return std::nullopt;
    return net::AcceptDecision{.pin = net::KeyPin::to(m_peer),
                               .alpns = {net::kAlpnPeer},
                               .profile = profile(),
                               .tag = m_tag};
  }
  return std::nullopt;
}

}  // namespace foyer::client
