#include "core/client/path_probes.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/client/client.h"
#include "core/client/labels.h"

namespace foyer::client {
namespace {

// Asks of one target: quickly at first, because the first ones only open the NATs, then less and
// less often; one that never answers is left alone after the last.
constexpr std::array<Duration, 14> kAskAfter = {0ms,   50ms,  50ms,  100ms, 100ms,  200ms, 300ms,
                                                400ms, 600ms, 800ms, 1s,    1500ms, 2s,    2500ms};

}  // namespace

PathProbes::Target* PathProbes::find(const SocketAddress& local, const SocketAddress& remote) {
  const auto found = std::find_if(m_targets.begin(), m_targets.end(), [&](const Target& t) {
    return t.way.local == local && t.way.remote == remote;
  });
  return found == m_targets.end() ? nullptr : &*found;
}

bool PathProbes::isKnown(const SocketAddress& remote) const {
  return std::any_of(m_targets.begin(), m_targets.end(),
                     [&](const Target& t) { return t.way.remote == remote; });
}

PathProbes::Target* PathProbes::add(TimePoint at, const PathWay& way) {
  if (Target* known = find(way.local, way.remote)) return known;
  if (m_targets.size() >= kMaxTargets) return nullptr;
  Target made{.way = way, .nextAt = at};
  made.mostAsks = isVouched(way.remote.ip) ? kAskAfter.size() : kUnvouchedAsks;
  m_random.fill(made.nonce);
  m_targets.push_back(made);
  m_hasChanged = true;
  return &m_targets.back();
}

void PathProbes::addThroughServers(TimePoint now, const SocketAddress& remote,
                                   wire::CandidateKind kind) {
  // A server on the internet reaches no private network, and must not be made to try.
  if (remote.ip.isPrivate()) return;
  for (const SocketAddress& label : m_servers)
    if (label.ip.family == remote.ip.family) add(now + kRelayedAfter, {label, remote, kind, true});
}

bool PathProbes::setPeer(TimePoint now, std::span<const wire::Candidate> candidates,
                         std::span<const net::HostAddress> own, std::span<const IpAddress> vouched,
                         PathRecord& record) {
  m_own.assign(own.begin(), own.end());
  m_vouched.assign(vouched.begin(), vouched.end());
  m_hasOffer = !candidates.empty();
  std::erase_if(m_targets, [&](const Target& known) {
    return !known.hasAnswered && !known.hasPeerAsked &&
           std::none_of(candidates.begin(), candidates.end(),
                        [&](const wire::Candidate& c) { return c.at == known.way.remote; });
  });
  bool isNew = false;
  for (const wire::Candidate& candidate : candidates) {
    if (const auto refusal = net::refusalOf(candidate.at, m_own)) {
      record.add(now, PathStep::Refused, candidate.kind, candidate.at, net::toString(*refusal));
      continue;
    }
    if (isKnown(candidate.at)) {
      // A relay may have stood for it meanwhile.
      for (Target& known : m_targets)
        if (known.way.remote == candidate.at && isVouched(candidate.at.ip))
          known.mostAsks = kAskAfter.size();
      continue;
    }
    if (!mayTry(candidate.at)) {
      record.add(now, PathStep::Refused, candidate.kind, candidate.at, "too_many");
      continue;
    }
    isNew = true;
    record.add(now, PathStep::PeerOffered, candidate.kind, candidate.at);
    add(now, {localLabelFor(candidate.at), candidate.at, candidate.kind});
    addThroughServers(now, candidate.at, candidate.kind);
  }
  return isNew;
}

bool PathProbes::isVouched(const IpAddress& ip) const {
  return std::find(m_vouched.begin(), m_vouched.end(), ip) != m_vouched.end() ||
         net::isOnOwnNetwork(ip, m_own);
}

bool PathProbes::mayTry(const SocketAddress& at) {
  const auto hasRoom = [](auto& counted, const auto& one, std::size_t most) {
    if (std::find(counted.begin(), counted.end(), one) != counted.end()) return true;
    if (counted.size() >= most) return false;
    counted.push_back(one);
    return true;
  };
  if (net::isOnOwnNetwork(at.ip, m_own)) return hasRoom(m_near, at, kMaxNear);
  return isVouched(at.ip) || hasRoom(m_unvouched, at.ip, kMaxUnvouched);
}

bool PathProbes::mayAnswer(TimePoint now) {
  const double seconds = std::chrono::duration<double>(now - m_answersAt).count();
  m_answerBudget = std::min(kAnswersBurst, m_answerBudget + seconds * kAnswersPerSecond);
  m_answersAt = now;
  if (m_answerBudget < 1) return false;
  m_answerBudget -= 1;
  return true;
}

void PathProbes::setExtraLocals(TimePoint now, std::span<const ExtraLocal> locals) {
  m_servers.clear();
  for (const ExtraLocal& local : locals)
    if (local.kind == wire::CandidateKind::Relayed) m_servers.push_back(local.label);
  std::erase_if(m_targets, [&](const Target& known) {
    return known.way.isRelayed &&
           std::find(m_servers.begin(), m_servers.end(), known.way.local) == m_servers.end();
  });
  // By copy: the list grows meanwhile.
  const std::vector<Target> plain = m_targets;
  for (const Target& known : plain)
    if (!known.way.isRelayed) addThroughServers(now, known.way.remote, known.way.kind);
}

void PathProbes::askAgain(TimePoint now) {
  for (Target& known : m_targets) {
    // Nobody but the peer says that it is there, and nobody was: left alone.
    if (!known.wasReached && !isVouched(known.way.remote.ip) && known.asks >= known.mostAsks)
      continue;
    known.asks = 0;
    known.nextAt = known.way.isRelayed ? now + kRelayedAfter : now;
    known.hasAnswered = known.hasPeerAsked = false;
  }
}

bool PathProbes::handle(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                        ByteView bytes, PathRecord& record) {
  const auto probe = net::decodeProbe(m_key, crypto::other(m_role), bytes);
  if (!probe) return false;
  if (const auto* ask = std::get_if<net::ProbeAsk>(&*probe)) {
    if (mayAnswer(now))
      m_answers.push_back(
          {local, remote, net::encodeProbe(m_key, m_role, net::ProbeAnswer{ask->nonce, remote})});
    if (!net::isOfferable(remote.ip)) return true;
    if (!mayTry(remote)) return true;
    // The peer reaches this side from there: a NAT of its own gave it that address (RFC 8445
    // section 7.3.1.3). The ask proves that it wants to be asked there.
    const bool isServers = std::find(m_servers.begin(), m_servers.end(), local) != m_servers.end();
    Target* const from = add(now, {local, remote, kindOf(remote), isServers});
    if (from != nullptr && !std::exchange(from->hasPeerAsked, true)) {
      from->wasReached = true;
      m_hasChanged = true;
      record.add(now, PathStep::PeerAsked, from->way.kind, remote);
    }
    return true;
  }
  const auto& answer = std::get<net::ProbeAnswer>(*probe);
  Target* const asked = find(local, remote);
  if (asked != nullptr && asked->nonce == answer.nonce && !asked->hasAnswered) {
    asked->hasAnswered = asked->wasReached = true;
    m_hasChanged = true;
    record.add(now, PathStep::Answered, asked->way.kind, remote);
  }
  return true;
}

void PathProbes::pollTransmit(TimePoint now, bool isAsking, const net::TransmitSink& sink,
                              PathRecord& record) {
  const auto send = [&](const SocketAddress& local, const SocketAddress& to, ByteView bytes) {
    sink({.local = local, .remote = to, .segmentSize = bytes.size(), .payload = bytes});
  };
  for (const Answer& answer : m_answers) send(answer.local, answer.to, answer.bytes);
  m_answers.clear();
  while (isAsking && now >= mayAskAt()) {
    Target* next = nullptr;
    for (Target& known : m_targets) {
      if (known.hasAnswered || known.asks >= known.mostAsks) continue;
      if (known.nextAt <= now && (next == nullptr || known.nextAt < next->nextAt)) next = &known;
    }
    if (next == nullptr) return;
    if (!isVouched(next->way.remote.ip) && m_unvouchedAsks++ >= kMaxUnvouchedAsks) {
      next->asks = next->mostAsks;
      continue;
    }
    send(next->way.local, next->way.remote,
         net::encodeProbe(m_key, m_role, net::ProbeAsk{next->nonce}));
    if (next->asks == 0) record.add(now, PathStep::Asked, next->way.kind, next->way.remote);
    if (++next->asks < next->mostAsks) next->nextAt = now + kAskAfter[next->asks];
    m_pacedAt = std::max(m_pacedAt, now) + kProbesApart;
  }
}

std::optional<TimePoint> PathProbes::pollTimeout() const {
  std::optional<TimePoint> next;
  for (const Target& known : m_targets) {
    if (known.hasAnswered || known.asks >= known.mostAsks) continue;
    const TimePoint at = std::max(known.nextAt, mayAskAt());
    if (!next || at < *next) next = at;
  }
  return next;
}

std::optional<PathWay> PathProbes::best(std::span<const SocketAddress> without) const {
  const Target* best = nullptr;
  const auto rank = [](const Target& target) {
    return std::tuple(target.way.isRelayed, target.way.kind, !target.hasAnswered);
  };
  for (const Target& known : m_targets) {
    if (!known.hasAnswered && !(known.hasPeerAsked && known.asks > 0)) continue;
    if (std::find(without.begin(), without.end(), known.way.remote) != without.end()) continue;
    if (best == nullptr || rank(known) < rank(*best)) best = &known;
  }
  return best != nullptr ? std::optional(best->way) : std::nullopt;
}

bool PathProbes::mayHaveBetter(const PathWay& way) const {
  return std::any_of(m_targets.begin(), m_targets.end(), [&](const Target& known) {
    return !known.way.isRelayed && known.way.kind < way.kind && !known.way.remote.ip.isPrivate() &&
           !known.hasAnswered && !known.hasPeerAsked && known.asks < known.mostAsks;
  });
}

std::optional<PathWay> PathProbes::likeliest() const {
  const PathWay* best = nullptr;
  for (const Target& known : m_targets) {
    const PathWay& way = known.way;
    const bool isGuessed =
        way.kind == wire::CandidateKind::Predicted || way.kind == wire::CandidateKind::Relayed;
    if (way.isRelayed || isGuessed || way.remote.ip.isPrivate()) continue;
    if (best == nullptr || way.kind < best->kind) best = &way;
  }
  return best != nullptr && isVouched(best->remote.ip) ? std::optional(*best) : std::nullopt;
}

wire::CandidateKind PathProbes::kindOf(const SocketAddress& remote) const {
  for (const Target& known : m_targets)
    if (known.way.remote == remote) return known.way.kind;
  return wire::CandidateKind::Reflexive;
}

PathWay PathProbes::wayOf(const SocketAddress& remote) const {
  const Target* found = nullptr;
  for (const Target& known : m_targets)
    if (known.way.remote == remote && (found == nullptr || known.hasPeerAsked)) found = &known;
  if (found != nullptr) return found->way;
  return {localLabelFor(remote), remote, wire::CandidateKind::Reflexive};
}

void PathProbes::forget(const PathWay& way) {
  Target* const known = find(way.local, way.remote);
  if (known == nullptr) return;
  known->hasAnswered = known->hasPeerAsked = false;
  known->asks = known->mostAsks;
}

void PathProbes::pollGuesses(TimePoint now, net::PortSearch& search,
                             const net::TransmitSink& sink) {
  while (now >= m_pacedAt) {
    const auto shot = search.next(now);
    if (!shot) return;
    // Its answer is not waited for: whom it reaches asks back, from there.
    net::ProbeAsk ask;
    m_random.fill(ask.nonce);
    const Bytes bytes = net::encodeProbe(m_key, m_role, ask);
    sink({.local = shot->local,
          .remote = shot->remote,
          .segmentSize = bytes.size(),
          .payload = bytes});
    m_pacedAt = now + kProbesApart;
  }
}

bool PathProbes::hasContact() const {
  return std::any_of(m_targets.begin(), m_targets.end(),
                     [](const Target& known) { return known.hasAnswered || known.hasPeerAsked; });
}

void PathProbes::addEndsInUse(std::vector<SocketAddress>& labels) const {
  for (const Target& known : m_targets)
    if (known.hasAnswered || known.hasPeerAsked) labels.push_back(known.way.local);
}

std::optional<SocketAddress> PathProbes::publicAddress(IpAddress::Family family) const {
  const PathWay* found = nullptr;
  const auto rank = [&](const PathWay& way) {
    return std::pair(!isVouched(way.remote.ip), way.kind != wire::CandidateKind::Reflexive);
  };
  for (const Target& known : m_targets) {
    const PathWay& way = known.way;
    const bool isItsOwn =
        way.kind != wire::CandidateKind::Predicted && way.kind != wire::CandidateKind::Relayed;
    if (way.remote.ip.family != family || way.remote.ip.isPrivate() || !isItsOwn) continue;
    if (found == nullptr || rank(way) < rank(*found)) found = &way;
  }
  return found != nullptr ? std::optional(found->remote) : std::nullopt;
}

bool PathProbes::isExhausted() const {
  return std::all_of(m_targets.begin(), m_targets.end(), [](const Target& known) {
    return known.hasAnswered || known.asks >= known.mostAsks;
  });
}

std::size_t PathProbes::answered() const {
  return static_cast<std::size_t>(std::count_if(m_targets.begin(), m_targets.end(),
                                                [](const Target& t) { return t.hasAnswered; }));
}

}  // namespace foyer::client
