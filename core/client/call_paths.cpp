#include "core/client/call_paths.h"

#include <algorithm>

#include "core/client/client.h"
#include "core/client/labels.h"
#include "core/crypto/secret.h"

namespace foyer::client {
namespace {

// Without a direct way the whole search is repeated, later each time (catalogue K-46).
constexpr Duration kFirstSearch = 15s, kLastSearch = 120s;
constexpr Duration kSoon = 1s;
constexpr std::size_t kTagBytes = 32;
constexpr std::string_view kExporterLabel = "EXPORTER-foyer-p2p";
// Application codes of a direct connection.
constexpr std::uint64_t kDone = 0, kNotBound = 1, kHungUp = 2;
// Words of one byte on the control stream, after the tag.
constexpr std::uint8_t kNominate = 1, kAgreed = 2, kDeaf = 3, kHeard = 4;

}  // namespace

CallPaths::CallPaths(const CallId& call, const PublicKey& peer, call::PathKeys keys,
                     std::uint64_t tag, RandomSource& random)
    : m_call(call),
      m_peer(peer),
      m_keys(std::move(keys)),
      m_tag(tag),
      m_probes(m_keys.role, m_keys.probe, random),
      m_search(random),
      m_searchPause(kFirstSearch) {}

void CallPaths::setPeerCandidates(TimePoint now, std::span<const wire::Candidate> candidates,
                                  std::span<const net::HostAddress> own,
                                  std::span<const IpAddress> vouched) {
  const bool isNew = m_probes.setPeer(now, candidates, own, vouched, m_record);
  // The other side is somewhere else now; whether it still hears the direct way shows soon.
  if (isNew && m_direct) doubt(now);
  planGuesses(now);
  m_hasChanged = true;
}

void CallPaths::setExtraLocals(TimePoint now, std::span<const ExtraLocal> locals) {
  m_probes.setExtraLocals(now, locals);
  std::vector<SocketAddress> sockets;
  for (const ExtraLocal& local : locals)
    if (local.kind == wire::CandidateKind::Predicted) sockets.push_back(local.label);
  m_search.setSockets(now, sockets);
}

void CallPaths::onOffered(TimePoint now, std::span<const wire::Candidate> candidates) {
  m_offered.clear();
  for (const wire::Candidate& one : candidates) {
    m_record.add(now, PathStep::Offered, one.kind, one.at);
    m_offered.push_back(one.at.ip);
  }
}

void CallPaths::searchAgain(TimePoint now) {
  m_searchAt.reset();
  m_record.add(now, PathStep::SearchedAgain);
  m_probes.askAgain(now);
  m_search.again(now);
}

void CallPaths::doubt(TimePoint now) {
  m_overlapUntil = std::max(m_overlapUntil, now + kMoveOverlap);
  if (!std::exchange(m_isDoubting, true)) m_probes.askAgain(now);
}

void CallPaths::onNetworkChanged(TimePoint now) {
  m_record.add(now, PathStep::NetworkChanged);
  m_searchPause = kFirstSearch;
  m_search.end();
  m_search.refill();
  // The direct way is kept: the old network may still be there, and QUIC moves by itself where the
  // peer's NAT lets it. What is sent goes by the relay as well until that is known.
  if (m_direct)
    doubt(now);
  else
    searchAgain(now);
}

bool CallPaths::handleProbe(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                            ByteView bytes) {
  const bool isOurs = m_probes.handle(now, local, remote, bytes, m_record);
  if (isOurs && m_probes.hasContact()) m_search.settle(now);
  if (isOurs) judgeEarly(now, remote);
  return isOurs;
}

void CallPaths::pollTransmit(TimePoint now, const net::TransmitSink& sink) {
  // The packets of a direct way keep it open; nothing has to be asked.
  m_probes.pollTransmit(now, !m_direct || m_isDoubting, sink, m_record);
  sendGuesses(now, sink);
}

std::optional<TimePoint> CallPaths::pollTimeout() const {
  std::optional<TimePoint> next = m_searchAt;
  const auto consider = [&](std::optional<TimePoint> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  if (!m_direct || m_isDoubting) consider(m_probes.pollTimeout());
  if (m_expected) consider(m_expected->dialAt);
  consider(m_betterUntil);
  if (const auto due = m_search.pollTimeout()) consider(std::max(*due, m_probes.nextProbeAt()));
  for (const Link& one : m_links) {
    if (!one.isBound) consider(one.since + one.within);
    if (isCaller() && !one.isConnected && !one.isSlow) consider(one.slowAt);
    if (m_direct == one.id && !m_haveComplained) consider(silentFrom(one));
    if (one.isBound) consider(one.heardAt + kGivenUp);
    consider(one.retireAt);
  }
  return next;
}

// ---- connections

CallPaths::Link* CallPaths::link(net::ConnectionId id) {
  const auto found =
      std::find_if(m_links.begin(), m_links.end(), [&](const Link& l) { return l.id == id; });
  return found == m_links.end() ? nullptr : &*found;
}

bool CallPaths::owns(net::ConnectionId id) const {
  return std::any_of(m_links.begin(), m_links.end(), [&](const Link& l) { return l.id == id; });
}

const CallPaths::Link* CallPaths::direct() const {
  for (const Link& one : m_links)
    if (m_direct == one.id) return &one;
  return nullptr;
}

TimePoint CallPaths::silentFrom(const Link& one) {
  // The peer sends there once it knows of the nomination.
  const Duration more = one.isAgreed ? Duration::zero() : kDialPatience;
  return one.heardAt + more + std::clamp(one.apart * 5 / 2, kSilence, kLongestSilence);
}

bool CallPaths::isDoubtful(TimePoint now) const {
  const Link* const one = direct();
  return one == nullptr || m_isPeerDeaf || now >= silentFrom(*one);
}

bool CallPaths::handleEvent(TimePoint now, net::Endpoint& endpoint, const net::Event& event) {
  if (const auto* connected = std::get_if<net::Connected>(&event)) {
    Link* known = link(connected->id);
    if (known == nullptr && connected->role == net::Role::Server && connected->tag == m_tag &&
        connected->alpn == net::kAlpnPeer) {
      const PathWay way = m_probes.wayOf(connected->remote);
      m_links.push_back({.id = connected->id, .way = way});
      m_record.add(now, PathStep::PeerDialled, way.kind, way.remote);
      known = &m_links.back();
    }
    if (known == nullptr) return false;
    onConnected(now, endpoint, *known);
    return true;
  }
  if (const auto* control = std::get_if<net::ControlReceived>(&event)) {
    Link* const known = link(control->id);
    if (known == nullptr) return false;
    onControl(now, endpoint, *known, control->bytes);
    return true;
  }
  if (const auto* closed = std::get_if<net::Closed>(&event)) {
    const Link* const known = link(closed->id);
    if (known == nullptr) return false;
    m_hasPeerHungUp |=
        known->isBound && closed->reason == net::CloseReason::PeerClose && closed->code == kHungUp;
    m_record.add(now, known->isBound ? PathStep::Lost : PathStep::Failed, known->way.kind,
                 known->way.remote, net::toString(closed->reason));
    drop(now, endpoint, closed->id, {});
    return true;
  }
  if (const auto* moved = std::get_if<net::PathChanged>(&event)) {
    Link* const known = link(moved->id);
    if (known == nullptr) return false;
    known->way.remote = moved->remote;
    m_hasChanged = true;
    return true;
  }
  return false;
}

void CallPaths::onConnected(TimePoint now, net::Endpoint& endpoint, Link& one) {
  one.isConnected = true;
  one.within = kBindWithin;
  one.since = one.heardAt = now;
  const auto exported = endpoint.exporter(one.id, kExporterLabel, m_call.view());
  if (!exported) return drop(now, endpoint, one.id, "no exporter");
  const auto tag = crypto::bindTag(m_keys.bindOwn, m_call, *exported);
  [[maybe_unused]] const auto sent = endpoint.sendControl(one.id, tag);
  if (isCaller()) nominate(now, endpoint, one);
}

// Right after the own tag, not after the peer's: it is worth nothing until both tags are proven.
// It is used at once: the handshake has shown that both directions work, and until the other side
// agreed the relay carries a copy of everything.
void CallPaths::nominate(TimePoint now, net::Endpoint& endpoint, const Link& one) {
  if (m_direct == one.id || !isDoubtful(now)) return;
  say(endpoint, one, kNominate);
  useDirect(now, one);
}

void CallPaths::onControl(TimePoint now, net::Endpoint& endpoint, Link& one, ByteView bytes) {
  const net::ConnectionId id = one.id;
  if (!one.isBound) {
    const std::size_t taken = std::min(kTagBytes - one.inbox.size(), bytes.size());
    one.inbox.insert(one.inbox.end(), bytes.begin(),
                     bytes.begin() + static_cast<std::ptrdiff_t>(taken));
    bytes = bytes.subspan(taken);
    if (one.inbox.size() < kTagBytes) return;
    const auto exported = endpoint.exporter(id, kExporterLabel, m_call.view());
    if (!exported || !crypto::equalInConstantTime(
                         crypto::bindTag(m_keys.bindPeer, m_call, *exported), one.inbox)) {
      m_record.add(now, PathStep::Failed, one.way.kind, one.way.remote, "not_bound");
      endpoint.close(now, id, kNotBound);
      return drop(now, endpoint, id, {});
    }
    one.isBound = true;
    one.heardAt = now;
    one.inbox.clear();
    m_record.add(now, PathStep::Bound, one.way.kind, one.way.remote);
  }
  for (const std::uint8_t word : bytes) {
    Link* const still = link(id);
    if (still == nullptr) return;
    onWord(now, endpoint, *still, word);
  }
}

void CallPaths::say(net::Endpoint& endpoint, const Link& one, std::uint8_t word) {
  // A full buffer is that of a dead connection, which is noticed by its silence.
  [[maybe_unused]] const auto sent = endpoint.sendControl(one.id, ByteView(&word, 1));
}

void CallPaths::onWord(TimePoint now, net::Endpoint& endpoint, Link& one, std::uint8_t word) {
  one.heardAt = now;
  switch (word) {
    case kNominate:
      if (isCaller()) return;
      say(endpoint, one, kAgreed);
      one.isAgreed = true;
      return useDirect(now, one);
    case kAgreed:
      if (isCaller() && m_direct == one.id) one.isAgreed = true;
      return;
    case kDeaf:
      if (m_direct != one.id) return;
      m_isPeerDeaf = true;
      m_record.add(now, PathStep::Deaf, one.way.kind, one.way.remote);
      return doubt(now);
    case kHeard:
      if (m_direct != one.id) return;
      m_isPeerDeaf = false;
      m_overlapUntil = std::max(m_overlapUntil, now + kOverlap);
      return;
    default:
      return;  // of a newer version
  }
}

void CallPaths::useDirect(TimePoint now, const Link& one) {
  m_direct = one.id;
  m_expected.reset();
  m_overlapUntil = now + kOverlap;
  m_isPeerDeaf = m_haveComplained = m_isDoubting = false;
  m_hadDirect = true;
  m_searchAt.reset();
  m_searchPause = kFirstSearch;
  m_search.end();
  m_search.refill();
  m_hasChanged = true;
  m_record.add(now, PathStep::InUse, one.way.kind, one.way.remote);
  // What the peer still sends on the old ones comes in meanwhile.
  for (Link& other : m_links)
    if (other.id != one.id) other.retireAt = now + kOverlap;
}

void CallPaths::onHeard(TimePoint now, net::Endpoint& endpoint, net::ConnectionId on) {
  Link* const one = link(on);
  if (one == nullptr) return;
  // A smoothed mean (RFC 6298 section 2 has one of this kind); a hole counts no more than it may
  // be.
  one->apart += (std::min(now - one->heardAt, kLongestSilence) - one->apart) / 16;
  one->heardAt = now;
  if (m_haveComplained && m_direct == on) {
    m_haveComplained = false;
    m_record.add(now, PathStep::Heard, one->way.kind, one->way.remote);
    say(endpoint, *one, kHeard);
    m_overlapUntil = std::max(m_overlapUntil, now + kOverlap);
  }
}

void CallPaths::drop(TimePoint now, net::Endpoint& endpoint, net::ConnectionId id,
                     std::string_view why) {
  Link* const one = link(id);
  if (one == nullptr) return;
  if (!why.empty()) {
    endpoint.close(now, id, kDone, why);
    m_record.add(now, one->isBound ? PathStep::Lost : PathStep::Failed, one->way.kind,
                 one->way.remote, why);
  }
  const bool wasRetired = one->retireAt.has_value();
  const bool wasTooEarly = one->isEarly && !one->isConnected;
  // What came to nothing is not tried again before it is asked again.
  if (!wasRetired && !wasTooEarly) m_probes.forget(one->way);
  std::erase_if(m_links, [&](const Link& l) { return l.id == id; });
  if (wasTooEarly) return;
  if (m_direct == id) {
    m_direct.reset();
    m_hasChanged = true;
  }
  // What worked until now is tried again soon, what never did later.
  if (!m_direct && !m_searchAt)
    planSearch(now + (m_searchPause == kFirstSearch ? kSoon : m_searchPause));
}

void CallPaths::planSearch(TimePoint at) {
  m_searchAt = at;
  m_searchPause = std::min(m_searchPause * 2, kLastSearch);
}

void CallPaths::handleTimeout(TimePoint now, net::Endpoint& endpoint) {
  std::vector<std::pair<net::ConnectionId, std::string_view>> dead;
  for (Link& one : m_links) {
    one.isSlow = one.isSlow || (!one.isConnected && now >= one.slowAt);
    if (one.retireAt && now >= *one.retireAt)
      dead.emplace_back(one.id, "replaced");
    else if (!one.isBound && now >= one.since + one.within)
      dead.emplace_back(one.id, "not bound in time");
    else if (one.isBound && now >= one.heardAt + kGivenUp)
      dead.emplace_back(one.id, "silent");
    else if (m_direct == one.id && !m_haveComplained && now >= silentFrom(one)) {
      m_haveComplained = true;
      m_record.add(now, PathStep::Silent, one.way.kind, one.way.remote);
      say(endpoint, one, kDeaf);
      doubt(now);
    }
  }
  for (const auto& [id, why] : dead) drop(now, endpoint, id, why);
  // Trusted again: the probes may rest.
  if (m_isDoubting && now >= m_overlapUntil && !isDoubtful(now)) m_isDoubting = false;
  if (m_searchAt && now >= *m_searchAt) searchAgain(now);
  tendGuesses(now);
  dialBest(now, endpoint, takeDue(now));
  if (!m_searchAt && !m_direct && m_links.empty() && m_probes.targets() > 0 &&
      m_probes.isExhausted() && !m_search.isUnderWay())
    planSearch(now + m_searchPause);
}

void CallPaths::close(TimePoint now, net::Endpoint& endpoint, bool isHangup) {
  for (const Link& one : m_links) endpoint.close(now, one.id, isHangup ? kHungUp : kDone);
  m_links.clear();
  m_direct.reset();
}

CallPaths::Use CallPaths::use(TimePoint now) const {
  const Link* const one = direct();
  if (one == nullptr) return {std::nullopt, true};
  return {m_direct, !one->isAgreed || isDoubtful(now) || now < m_overlapUntil};
}

PathFigures CallPaths::figures(const net::Endpoint& endpoint) const {
  PathFigures figures;
  figures.tried = static_cast<int>(m_probes.targets());
  figures.answered = static_cast<int>(m_probes.answered());
  const Link* const one = direct();
  if (one == nullptr) {
    const bool isBusy = !m_links.empty() || !m_probes.isExhausted() || m_search.isUnderWay();
    const auto isPlan = [&](net::PunchStrategy strategy) {
      return m_plan.strategy == strategy && !m_probes.hasContact();
    };
    figures.reason = m_hadDirect                            ? PathReason::Lost
                     : !m_probes.hasOffer()                 ? PathReason::PeerTellsNone
                     : m_probes.targets() == 0              ? PathReason::NoneUsable
                     : isPlan(net::PunchStrategy::BothHard) ? PathReason::BothHard
                     : isPlan(net::PunchStrategy::NotTried) ? PathReason::PortsNotTried
                     : isBusy                               ? PathReason::Looking
                                                            : PathReason::NoAnswer;
    return figures;
  }
  const bool isServers = one->way.isRelayed || one->way.kind == wire::CandidateKind::Relayed;
  figures.kind = isServers                                                 ? PathKind::Turn
                 : net::isOnOwnNetwork(one->way.remote.ip, m_probes.own()) ? PathKind::Lan
                 : one->way.remote.ip.isV4()                               ? PathKind::DirectV4
                                                                           : PathKind::DirectV6;
  if (const auto stats = endpoint.stats(one->id)) figures.rtt = stats->smoothedRtt;
  return figures;
}

}  // namespace foyer::client
