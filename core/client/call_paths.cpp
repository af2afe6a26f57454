#include "core/client/call_paths.h"

#include <algorithm>
#include <array>

#include "core/client/labels.h"
#include "core/crypto/secret.h"

namespace foyer::client {
namespace {

// Asks of one target: quickly at first, because the first ones only open the NATs, then less and
// less often; one that never answers is left alone after the last.
constexpr std::array<Duration, 14> kAskAfter = {0ms,   50ms,  50ms,  100ms, 100ms,  200ms, 300ms,
                                                400ms, 600ms, 800ms, 1s,    1500ms, 2s,    2500ms};
// Without a direct way the whole search is repeated, later each time (catalogue K-46).
constexpr Duration kFirstSearch = 15s, kLastSearch = 120s;
constexpr Duration kSoon = 1s;
// Answers in one turn; a flood of asks gets no more.
constexpr std::size_t kMaxAnswers = 32;
// Connections of one call at once: one each way and one that is going away.
constexpr std::size_t kMaxLinks = 4;
constexpr std::size_t kTagBytes = 32;
constexpr std::string_view kExporterLabel = "EXPORTER-foyer-p2p";
// Application codes of a direct connection.
constexpr std::uint64_t kDone = 0, kNotBound = 1;
// Words of one byte on the control stream, after the tag.
constexpr std::uint8_t kNominate = 1, kAgreed = 2, kDeaf = 3, kHeard = 4;

net::TransportProfile profile() {
  net::TransportProfile p;
  // Media keep the mapping open; a muted call with pauses left out needs this.
  p.keepAlive = 2s;
  p.idleTimeout = 8s;
  p.handshakeTimeout = 4s;
  return p;
}

}  // namespace

CallPaths::CallPaths(const CallId& call, const PublicKey& peer, call::PathKeys keys,
                     std::uint64_t tag, RandomSource& random)
    : m_call(call),
      m_peer(peer),
      m_keys(std::move(keys)),
      m_tag(tag),
      m_random(random),
      m_searchPause(kFirstSearch) {}

CallPaths::Target* CallPaths::target(const SocketAddress& at) {
  const auto found =
      std::find_if(m_targets.begin(), m_targets.end(), [&](const Target& t) { return t.at == at; });
  return found == m_targets.end() ? nullptr : &*found;
}

void CallPaths::addTarget(TimePoint now, const SocketAddress& at, wire::CandidateKind kind) {
  if (target(at) != nullptr || m_targets.size() >= kMaxTargets) return;
  Target made{.at = at, .kind = kind, .nextAt = now};
  m_random.fill(made.nonce);
  m_targets.push_back(made);
  m_hasChanged = true;
}

void CallPaths::setPeerCandidates(TimePoint now, std::span<const wire::Candidate> candidates,
                                  std::span<const net::HostAddress> own) {
  m_own.assign(own.begin(), own.end());
  std::erase_if(m_targets, [&](const Target& known) {
    return !known.hasAnswered &&
           std::none_of(candidates.begin(), candidates.end(),
                        [&](const wire::Candidate& c) { return c.at == known.at; });
  });
  for (const wire::Candidate& candidate : candidates)
    if (!net::refusalOf(candidate.at, m_own)) addTarget(now, candidate.at, candidate.kind);
}

void CallPaths::searchAgain(TimePoint now) {
  m_searchAt.reset();
  for (Target& known : m_targets) {
    known.asks = 0;
    known.nextAt = now;
    known.hasAnswered = false;
  }
}

void CallPaths::onNetworkChanged(TimePoint now, net::Endpoint& endpoint) {
  while (!m_links.empty()) drop(now, endpoint, m_links.back().id, "network changed");
  m_searchPause = kFirstSearch;
  searchAgain(now);
}

// ---- probes

bool CallPaths::handleProbe(TimePoint now, const SocketAddress& remote, ByteView bytes) {
  const auto probe = net::decodeProbe(m_keys.probe, crypto::other(m_keys.role), bytes);
  if (!probe) return false;
  if (const auto* ask = std::get_if<net::ProbeAsk>(&*probe)) {
    if (m_answers.size() < kMaxAnswers)
      m_answers.push_back({remote, net::encodeProbe(m_keys.probe, m_keys.role,
                                                    net::ProbeAnswer{ask->nonce, remote})});
    // The peer reaches this side from there: a NAT of its own gave it that address (RFC 8445
    // section 7.3.1.3). The ask proves that it wants to be asked there.
    if (net::isOfferable(remote.ip)) addTarget(now, remote, wire::CandidateKind::Reflexive);
    return true;
  }
  const auto& answer = std::get<net::ProbeAnswer>(*probe);
  Target* asked = target(remote);
  if (asked != nullptr && asked->nonce == answer.nonce && !asked->hasAnswered) {
    asked->hasAnswered = true;
    m_hasChanged = true;
  }
  return true;
}

void CallPaths::pollTransmit(TimePoint now, const net::TransmitSink& sink) {
  const auto send = [&](const SocketAddress& to, ByteView bytes) {
    sink({.local = localLabelFor(to), .remote = to, .segmentSize = bytes.size(), .payload = bytes});
  };
  for (const Answer& answer : m_answers) send(answer.to, answer.bytes);
  m_answers.clear();
  if (m_direct) return;  // its own packets keep it open
  while (now >= m_nextProbeAt) {
    Target* next = nullptr;
    for (Target& known : m_targets) {
      if (known.hasAnswered || known.asks >= static_cast<int>(kAskAfter.size())) continue;
      if (known.nextAt <= now && (next == nullptr || known.nextAt < next->nextAt)) next = &known;
    }
    if (next == nullptr) return;
    send(next->at, net::encodeProbe(m_keys.probe, m_keys.role, net::ProbeAsk{next->nonce}));
    ++next->asks;
    if (next->asks < static_cast<int>(kAskAfter.size()))
      next->nextAt = now + kAskAfter[static_cast<std::size_t>(next->asks)];
    m_nextProbeAt = now + kProbesApart;
  }
}

std::optional<TimePoint> CallPaths::pollTimeout() const {
  std::optional<TimePoint> next = m_searchAt;
  const auto consider = [&](TimePoint at) {
    if (!next || at < *next) next = at;
  };
  if (!m_direct)
    for (const Target& known : m_targets)
      if (!known.hasAnswered && known.asks < static_cast<int>(kAskAfter.size()))
        consider(std::max(known.nextAt, m_nextProbeAt));
  for (const Link& one : m_links) {
    if (!one.isBound) consider(one.since + kBindWithin);
    if (m_direct == one.id && !m_haveComplained) consider(one.heardAt + kSilence);
    if (m_direct == one.id) consider(one.heardAt + kGivenUp);
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

void CallPaths::dialBest(TimePoint now, net::Endpoint& endpoint) {
  // The caller dials, the other one listens: one handshake, and the side that can move a live
  // connection (RFC 9000 section 9) is known.
  if (!isCaller() || !m_links.empty() || m_dials >= crypto::kCallerDialIds) return;
  const Target* best = nullptr;
  for (const Target& known : m_targets)
    if (known.hasAnswered && (best == nullptr || known.kind < best->kind)) best = &known;
  if (best == nullptr) return;
  net::DialOptions dial;
  dial.local = localLabelFor(best->at);
  dial.remote = best->at;
  dial.alpn = net::kAlpnPeer;
  dial.pin = net::KeyPin::to(m_peer);
  dial.profile = profile();
  const auto dialId = crypto::dialId(m_keys.dial, m_dials++);
  dial.initialDcid = Bytes(dialId.begin(), dialId.end());
  if (const auto id = endpoint.connect(now, dial))
    m_links.push_back({.id = *id, .remote = best->at, .kind = best->kind, .since = now});
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

bool CallPaths::handleEvent(TimePoint now, net::Endpoint& endpoint, const net::Event& event) {
  if (const auto* connected = std::get_if<net::Connected>(&event)) {
    Link* known = link(connected->id);
    if (known == nullptr && connected->role == net::Role::Server && connected->tag == m_tag &&
        connected->alpn == net::kAlpnPeer) {
      const Target* from = target(connected->remote);
      m_links.push_back({.id = connected->id,
                         .remote = connected->remote,
                         .kind = from != nullptr ? from->kind : wire::CandidateKind::Reflexive,
                         .since = now});
      known = &m_links.back();
    }
    if (known == nullptr) return false;
    known->isConnected = true;
    known->since = known->heardAt = now;
    const auto exported = endpoint.exporter(known->id, kExporterLabel, m_call.view());
    if (!exported) {
      drop(now, endpoint, known->id, "no exporter");
      return true;
    }
    const auto tag = crypto::bindTag(m_keys.bindOwn, m_call, *exported);
    [[maybe_unused]] const auto sent = endpoint.sendControl(known->id, tag);
    return true;
  }
  if (const auto* control = std::get_if<net::ControlReceived>(&event)) {
    Link* const known = link(control->id);
    if (known == nullptr) return false;
    onControl(now, endpoint, *known, control->bytes);
    return true;
  }
  if (const auto* closed = std::get_if<net::Closed>(&event)) {
    if (link(closed->id) == nullptr) return false;
    drop(now, endpoint, closed->id, {});
    return true;
  }
  if (const auto* moved = std::get_if<net::PathChanged>(&event)) {
    Link* const known = link(moved->id);
    if (known == nullptr) return false;
    known->remote = moved->remote;
    m_hasChanged = true;
    return true;
  }
  return false;
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
      endpoint.close(now, id, kNotBound);
      drop(now, endpoint, id, {});
      return;
    }
    bound(now, endpoint, one);
  }
  for (const std::uint8_t word : bytes) {
    Link* const still = link(id);
    if (still == nullptr) return;
    onWord(now, endpoint, *still, word);
  }
}

void CallPaths::bound(TimePoint now, net::Endpoint& endpoint, Link& one) {
  one.isBound = true;
  one.heardAt = now;
  one.inbox.clear();
  if (isCaller()) say(endpoint, one, kNominate);
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
      return useDirect(now, one.id);
    case kAgreed:
      if (isCaller()) useDirect(now, one.id);
      return;
    case kDeaf:
      m_isPeerDeaf = true;
      return;
    case kHeard:
      m_isPeerDeaf = false;
      m_overlapUntil = std::max(m_overlapUntil, now + kOverlap);
      return;
    default:
      return;  // of a newer version
  }
}

void CallPaths::useDirect(TimePoint now, net::ConnectionId id) {
  m_direct = id;
  m_overlapUntil = now + kOverlap;
  m_isPeerDeaf = m_haveComplained = false;
  m_searchAt.reset();
  m_searchPause = kFirstSearch;
  m_hasChanged = true;
}

void CallPaths::onHeard(TimePoint now, net::Endpoint& endpoint, net::ConnectionId on) {
  Link* const one = link(on);
  if (one == nullptr) return;
  one->heardAt = now;
  if (m_haveComplained && m_direct == on) {
    m_haveComplained = false;
    say(endpoint, *one, kHeard);
    m_overlapUntil = std::max(m_overlapUntil, now + kOverlap);
  }
}

void CallPaths::drop(TimePoint now, net::Endpoint& endpoint, net::ConnectionId id,
                     std::string_view why) {
  if (!why.empty()) endpoint.close(now, id, kDone, why);
  std::erase_if(m_links, [&](const Link& l) { return l.id == id; });
  if (m_direct == id) {
    m_direct.reset();
    m_hasChanged = true;
  }
  // What worked until now is tried again soon, what never did later.
  if (!m_searchAt) planSearch(now + (m_searchPause == kFirstSearch ? kSoon : m_searchPause));
}

void CallPaths::planSearch(TimePoint at) {
  m_searchAt = at;
  m_searchPause = std::min(m_searchPause * 2, kLastSearch);
}

// Everything was asked as often as it is asked, and nothing came of it.
bool CallPaths::isExhausted() const {
  return !m_targets.empty() && m_links.empty() &&
         std::all_of(m_targets.begin(), m_targets.end(), [](const Target& known) {
           return known.hasAnswered || known.asks >= static_cast<int>(kAskAfter.size());
         });
}

void CallPaths::handleTimeout(TimePoint now, net::Endpoint& endpoint) {
  std::vector<net::ConnectionId> dead;
  for (Link& one : m_links) {
    if (!one.isBound && now >= one.since + kBindWithin) dead.push_back(one.id);
    if (m_direct != one.id) continue;
    if (!m_haveComplained && now >= one.heardAt + kSilence) {
      m_haveComplained = true;
      say(endpoint, one, kDeaf);
    }
    if (now >= one.heardAt + kGivenUp) dead.push_back(one.id);
  }
  for (const net::ConnectionId id : dead) drop(now, endpoint, id, "silent");
  if (m_searchAt && now >= *m_searchAt) searchAgain(now);
  dialBest(now, endpoint);
  if (!m_searchAt && isExhausted()) planSearch(now + m_searchPause);
}

void CallPaths::close(TimePoint now, net::Endpoint& endpoint) {
  for (const Link& one : m_links) endpoint.close(now, one.id, kDone);
  m_links.clear();
  m_direct.reset();
}

CallPaths::Use CallPaths::use(TimePoint now) const {
  const Link* const one = direct();
  if (one == nullptr) return {};
  const bool isDoubtful = now >= one->heardAt + kSilence || m_isPeerDeaf;
  return {one->id, isDoubtful || now < m_overlapUntil};
}

PathFigures CallPaths::figures(const net::Endpoint& endpoint) const {
  PathFigures figures;
  figures.tried = static_cast<int>(m_targets.size());
  figures.answered = static_cast<int>(std::count_if(m_targets.begin(), m_targets.end(),
                                                    [](const Target& t) { return t.hasAnswered; }));
  const Link* const one = direct();
  if (one == nullptr) return figures;
  figures.kind = net::isOnOwnNetwork(one->remote.ip, m_own) ? PathKind::Lan
                 : one->remote.ip.isV4()                    ? PathKind::DirectV4
                                                            : PathKind::DirectV6;
  if (const auto stats = endpoint.stats(one->id)) figures.rtt = stats->smoothedRtt;
  return figures;
}

}  // namespace foyer::client
