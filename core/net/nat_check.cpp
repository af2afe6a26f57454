#include "core/net/nat_check.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/assert.h"

namespace foyer::net {

namespace {

// Own words and those of relays, and two more of the chosen one.
constexpr std::size_t kMaxSamples = 2 * kMaxNatObservers + 2;

bool isLocal(const IpAddress& ip) { return ip.isLoopback() || ip.isLinkLocal() || ip.isPrivate(); }

// Whether a server's word about its other address may be followed: another address and port of the
// same kind. What it names gets a handful of small requests, never one inside this home, unless the
// server itself is there.
bool mayFollow(const SocketAddress& server, const SocketAddress& other) {
  return isHostAddress(other) && other.ip.family == server.ip.family && other.ip != server.ip &&
         other.port != server.port && other.port >= kFirstExternalPort &&
         (!isLocal(other.ip) || isLocal(server.ip)) &&
         other.ip.isLoopback() == server.ip.isLoopback();
}

// A server out there cannot see an address that only exists in here, nor a port NATs do not give.
bool canSee(const SocketAddress& server, const SocketAddress& mapped) {
  return isHostAddress(mapped) && mapped.port >= kFirstExternalPort &&
         (!isLocal(mapped.ip) || isLocal(server.ip)) &&
         mapped.ip.isLoopback() == server.ip.isLoopback();
}

}  // namespace

NatCheck::NatCheck(NatCheckConfig config, RandomSource& random)
    : m_config(std::move(config)), m_random(&random), m_client(random) {
  for (const SocketAddress& address : m_config.observers) {
    const bool isAgain = std::any_of(m_observers.begin(), m_observers.end(),
                                     [&](const Observer& o) { return o.address == address; });
    if (m_observers.size() == kMaxNatObservers || isAgain || !isHostAddress(address)) continue;
    Observer observer;
    observer.address = address;
    observer.voter = voterOf(address.ip);
    if (observer.voter == m_voters.size()) m_voters.push_back(address.ip);
    m_observers.push_back(observer);
  }
}

std::size_t NatCheck::voterOf(const IpAddress& ip) const {
  return static_cast<std::size_t>(std::find(m_voters.begin(), m_voters.end(), ip) -
                                  m_voters.begin());
}

void NatCheck::observed(const SocketAddress& observer, const SocketAddress& mapped) {
  if (!isHostAddress(observer) || !canSee(observer, mapped)) return;
  const std::size_t voter = voterOf(observer.ip);
  if (voter == m_voters.size()) {
    if (m_voters.size() == 2 * kMaxNatObservers) return;
    m_voters.push_back(observer.ip);
  }
  addSample(voter, observer, mapped);
}

void NatCheck::addSample(std::size_t voter, const SocketAddress& to, const SocketAddress& mapped) {
  const auto known = std::find_if(m_samples.begin(), m_samples.end(),
                                  [&](const NatSample& sample) { return sample.to == to; });
  if (known != m_samples.end())
    known->mapped = mapped;
  else if (m_samples.size() < kMaxSamples)
    m_samples.push_back({voter, to, mapped});
}

// --- The course of it

void NatCheck::start(TimePoint now) {
  FOYER_ASSERT(m_stage == Stage::Idle, "start() is called once");
  m_stage = Stage::Mapping;
  for (std::size_t i = 0; i < m_observers.size(); ++i) {
    const auto& socket = mainOf(m_observers[i].address.ip.family);
    if (!socket) continue;
    m_observers[i].isAsked = true;
    StunQuery query;
    query.local = socket->label;
    query.server = m_observers[i].address;
    ask(now, Purpose::Mapping, i, query);
  }
  advance(now);
}

void NatCheck::ask(TimePoint now, Purpose purpose, std::size_t index, const StunQuery& query) {
  const auto id = m_client.ask(now, query);
  // Refused: as if nobody had answered. The bounds above keep far below the client's.
  if (id) m_pending.push_back({*id, purpose, index});
}

void NatCheck::take(TimePoint now, const StunAnswer& answer) {
  const auto pending = std::find_if(m_pending.begin(), m_pending.end(),
                                    [&](const Pending& p) { return p.id == answer.id; });
  if (pending == m_pending.end()) return;
  const Pending what = *pending;
  m_pending.erase(pending);
  const bool isAnswered =
      answer.outcome == StunOutcome::Answered && canSee(answer.query.server, answer.mapped);
  if (isAnswered) {
    m_roundTrip = std::min(m_roundTrip.value_or(answer.roundTrip), answer.roundTrip);
    m_newestPort = answer.mapped.port;
  }
  switch (what.purpose) {
    case Purpose::Mapping: {
      Observer& observer = m_observers[what.index];
      observer.isHeard = answer.outcome != StunOutcome::NoAnswer;
      if (!isAnswered) return;
      observer.hasAnswered = true;
      if (answer.other && mayFollow(observer.address, *answer.other)) observer.other = answer.other;
      addSample(observer.voter, observer.address, answer.mapped);
      return;
    }
    case Purpose::Socket:
      if (!isAnswered) return;
      m_extras[what.index].mapped = answer.mapped;
      m_extras[what.index].mappedAt = now - (answer.sends > 1 ? *m_roundTrip : answer.roundTrip);
      return;
    case Purpose::FilterBoth:
      m_filterBoth = answer.outcome;
      return;
    case Purpose::FilterPort:
      m_filterPort = answer.outcome;
      return;
    case Purpose::Others:
      if (isAnswered) addSample(m_observers[*m_chosen].voter, answer.query.server, answer.mapped);
      return;
    case Purpose::LifetimeFrom:
      if (!isAnswered) return;
      m_extras[what.index].before = answer.mapped;
      m_extras[what.index].askAgainAt = now + m_extras[what.index].wait;
      return;
    case Purpose::LifetimeTo:
      if (isAnswered) m_extras[what.index].survived = answer.mapped == m_extras[what.index].before;
      return;
  }
}

bool NatCheck::isStageOver() const {
  if (!m_pending.empty() || m_nextSocketAt) return false;
  if (m_hairpin && !m_hairpin->isOver) return false;
  return std::none_of(m_extras.begin(), m_extras.end(),
                      [](const Extra& extra) { return extra.askAgainAt.has_value(); });
}

void NatCheck::advance(TimePoint now) {
  while (const auto answer = m_client.pollEvent()) take(now, *answer);
  startDueSockets(now);
  while (m_stage != Stage::Idle && m_stage != Stage::Done && isStageOver()) enterNext(now);
}

void NatCheck::enterNext(TimePoint now) {
  switch (m_stage) {
    case Stage::Idle:
    case Stage::Done:
      return;
    case Stage::Mapping:
      m_chosen = chooseObserver();
      m_stage = m_chosen ? Stage::Sockets : Stage::Done;
      if (m_chosen) enterSockets(now);
      return;
    case Stage::Sockets:
      m_stage = Stage::Filtering;
      enterFiltering(now);
      return;
    case Stage::Filtering:
      m_stage = Stage::Others;
      enterOthers(now);
      return;
    case Stage::Others:
      m_stage = Stage::Lifetime;
      enterLifetime(now);
      return;
    case Stage::Lifetime:
      m_stage = Stage::Done;
      return;
  }
}

// One that fits what the others see; better one that can answer from a second address.
std::optional<std::size_t> NatCheck::chooseObserver() const {
  const NatVerdict verdict = concludeMapping(samplesOf(family()));
  std::optional<std::size_t> chosen;
  std::size_t chosenRank = 0;
  for (std::size_t i = 0; i < m_observers.size(); ++i) {
    const Observer& observer = m_observers[i];
    if (!observer.hasAnswered || observer.address.ip.family != family()) continue;
    const bool fits = std::find(verdict.disagreeing.begin(), verdict.disagreeing.end(),
                                observer.voter) == verdict.disagreeing.end();
    const std::size_t rank = 1U + (fits ? 2U : 0U) + (observer.other ? 1U : 0U);
    if (rank <= chosenRank) continue;
    chosen = i;
    chosenRank = rank;
  }
  return chosen;
}

// Extra sockets of the family that is measured, one after the other.
void NatCheck::enterSockets(TimePoint now) {
  for (const NatSocket& socket : m_config.extra)
    if (socket.label.ip.family == family() && m_extras.size() < kMaxNatSockets)
      m_extras.push_back({.socket = socket});
  if (!m_extras.empty()) m_nextSocketAt = now;
  startDueSockets(now);
}

void NatCheck::startDueSockets(TimePoint now) {
  if (m_nextSocketAt && *m_nextSocketAt <= now) {
    StunQuery query;
    query.local = m_extras[m_startedSockets].socket.label;
    query.server = m_observers[*m_chosen].address;
    ask(now, Purpose::Socket, m_startedSockets, query);
    ++m_startedSockets;
    m_nextSocketAt.reset();
    if (m_startedSockets < m_extras.size()) m_nextSocketAt = now + kNatSocketGap;
  }
  for (std::size_t i = 0; i < m_extras.size(); ++i) {
    Extra& extra = m_extras[i];
    if (!extra.askAgainAt || *extra.askAgainAt > now) continue;
    extra.askAgainAt.reset();
    StunQuery query;
    query.local = extra.socket.label;
    query.server = m_observers[*m_chosen].address;
    ask(now, Purpose::LifetimeTo, i, query);
  }
}

// RFC 5780 section 4.4, both tests at once: what comes in opens no filter. From a socket that has
// sent to nobody but the chosen observer.
void NatCheck::enterFiltering(TimePoint now) {
  const Observer& chosen = m_observers[*m_chosen];
  if (!chosen.other) return;
  SocketAddress local = mainOf(family())->label;
  if (!m_extras.empty() && m_extras.front().mapped)
    local = m_extras.front().socket.label;
  else if (voterOf(chosen.other->ip) != m_voters.size())
    return;  // the main socket has opened the filter for that address already
  StunQuery query;
  query.local = local;
  query.server = chosen.address;
  query.deadline = silence();
  query.change = {.ip = true, .port = true};
  query.answerFrom = chosen.other;
  ask(now, Purpose::FilterBoth, 0, query);
  query.change = {.ip = false, .port = true};
  query.answerFrom = SocketAddress{chosen.address.ip, chosen.other->port};
  ask(now, Purpose::FilterPort, 0, query);
}

// RFC 5780 section 4.3, unless independent observers have answered the question already.
void NatCheck::enterOthers(TimePoint now) {
  const NatVerdict verdict = concludeMapping(samplesOf(family()));
  const Observer& chosen = m_observers[*m_chosen];
  if (chosen.other && verdict.mapping != NatMapping::EndpointIndependent) {
    StunQuery query;
    query.local = mainOf(family())->label;
    query.deadline = silence();
    for (const std::uint16_t port : {chosen.address.port, chosen.other->port}) {
      query.server = {chosen.other->ip, port};
      ask(now, Purpose::Others, 0, query);
    }
  }
  startHairpin(now);
}

// A second socket is needed: many NATs and hosts drop a datagram from an address to itself. Both
// ways, so that each side's filter is open for the other. Only towards an address that two
// independent observers have named as ours: one alone could name somebody else's.
void NatCheck::startHairpin(TimePoint now) {
  const NatVerdict verdict = concludeMapping(samplesOf(family()));
  if (!verdict.isConfirmed || m_extras.empty()) return;
  const Extra& extra = m_extras.back();
  const SocketAddress main = mainOf(family())->label;
  const auto own = std::find_if(m_samples.begin(), m_samples.end(), [&](const NatSample& sample) {
    return sample.to == m_observers[*m_chosen].address;
  });
  if (!extra.mapped || extra.mapped->ip != verdict.ip || own == m_samples.end()) return;
  const SocketAddress mainMapped = verdict.mapped.value_or(own->mapped);
  if (mainMapped.ip != verdict.ip) return;
  Hairpin hairpin;
  hairpin.ways = {{{main, *extra.mapped}, {extra.socket.label, mainMapped}}};
  hairpin.transaction = m_random->id<StunTransactionId>();
  hairpin.sendAt = now;
  hairpin.endsAt = now + silence();
  m_hairpin = hairpin;
}

void NatCheck::enterLifetime(TimePoint now) {
  // A NAT that keeps ports makes the same mapping again, so its death would not be seen.
  const NatReport known = report();
  if (known.translated != NatAnswer::Yes || known.allocation.pattern == PortPattern::Preserving)
    return;
  for (std::size_t i = 0; i < std::min(m_extras.size(), m_config.lifetimeWaits.size()); ++i) {
    if (m_config.lifetimeWaits[i] <= Duration::zero()) continue;
    m_extras[i].wait = m_config.lifetimeWaits[i];
    StunQuery query;
    query.local = m_extras[i].socket.label;
    query.server = m_observers[*m_chosen].address;
    ask(now, Purpose::LifetimeFrom, i, query);
  }
}

// --- Fed and drained

bool NatCheck::handleDatagram(TimePoint now, const DatagramView& datagram) {
  const bool isOurs = m_client.handleDatagram(now, datagram) || takeHairpin(datagram);
  if (isOurs) advance(now);
  return isOurs;
}

bool NatCheck::takeHairpin(const DatagramView& datagram) {
  if (!m_hairpin || m_hairpin->isOver || datagram.payload.size() != kStunHeader) return false;
  if (std::memcmp(datagram.payload.data() + 8, m_hairpin->transaction.bytes.data(),
                  StunTransactionId::kSize) != 0)
    return false;
  m_hairpin->hasArrived = true;
  m_hairpin->isOver = true;
  return true;
}

void NatCheck::handleTimeout(TimePoint now) {
  m_client.handleTimeout(now);
  if (m_hairpin && m_hairpin->endsAt <= now) m_hairpin->isOver = true;
  advance(now);
}

void NatCheck::sendHairpin(TimePoint now, const TransmitSink& sink) {
  if (!m_hairpin || m_hairpin->isOver || !m_hairpin->sendAt || *m_hairpin->sendAt > now) return;
  ++m_hairpin->sends;
  m_hairpin->sendAt.reset();
  if (m_hairpin->sends < kNatHairpinSends) m_hairpin->sendAt = now + kNatHairpinGap;
  std::array<std::uint8_t, kStunHeader> buffer{};
  // An indication, which nobody answers.
  const StunWriter writer(buffer, StunMethod::Binding, StunClass::Indication,
                          m_hairpin->transaction);
  for (const Hairpin::Way& way : m_hairpin->ways) {
    TransmitBatch batch;
    batch.local = way.from;
    batch.remote = way.to;
    batch.segmentSize = kStunHeader;
    batch.payload = writer.finish().value();
    sink(batch);
  }
}

void NatCheck::pollTransmit(TimePoint now, const TransmitSink& sink) {
  m_client.pollTransmit(now, sink);
  sendHairpin(now, sink);
}

std::optional<TimePoint> NatCheck::pollTimeout() const {
  std::optional<TimePoint> at = m_client.pollTimeout();
  const auto sooner = [&](const std::optional<TimePoint>& other) {
    if (other && (!at || *other < *at)) at = other;
  };
  sooner(m_nextSocketAt);
  for (const Extra& extra : m_extras) sooner(extra.askAgainAt);
  if (m_hairpin && !m_hairpin->isOver) {
    sooner(m_hairpin->sendAt);
    sooner(m_hairpin->endsAt);
  }
  return at;
}

// --- What it comes to

std::vector<NatSample> NatCheck::samplesOf(IpAddress::Family family) const {
  std::vector<NatSample> samples;
  for (const NatSample& sample : m_samples)
    if (sample.to.ip.family == family) samples.push_back(sample);
  return samples;
}

Duration NatCheck::silence() const {
  return std::clamp(4 * m_roundTrip.value_or(kMaxNatSilence), kMinNatSilence, kMaxNatSilence);
}

IpAddress::Family NatCheck::family() const {
  return samplesOf(IpAddress::Family::V4).empty() && !samplesOf(IpAddress::Family::V6).empty()
             ? IpAddress::Family::V6
             : IpAddress::Family::V4;
}

NatAnswer NatCheck::works(IpAddress::Family family) const {
  bool isAsked = false;
  bool isHeard = !samplesOf(family).empty();
  for (const Observer& observer : m_observers) {
    if (observer.address.ip.family != family) continue;
    isAsked = isAsked || observer.isAsked;
    isHeard = isHeard || observer.isHeard;
  }
  if (isHeard) return NatAnswer::Yes;
  return isAsked && m_stage != Stage::Mapping ? NatAnswer::No : NatAnswer::Unknown;
}

NatFiltering NatCheck::filtering() const {
  if (m_filterBoth == StunOutcome::Answered) return NatFiltering::EndpointIndependent;
  // A server that says no instead of answering from elsewhere has told nothing.
  if (m_filterBoth != StunOutcome::NoAnswer) return NatFiltering::Unknown;
  if (m_filterPort == StunOutcome::Answered) return NatFiltering::AddressDependent;
  if (m_filterPort == StunOutcome::NoAnswer) return NatFiltering::AddressAndPortDependent;
  return NatFiltering::Unknown;
}

PortAllocation NatCheck::allocation(const NatVerdict& verdict) const {
  std::vector<Extra> inOrder = m_extras;
  std::stable_sort(inOrder.begin(), inOrder.end(),
                   [](const Extra& a, const Extra& b) { return a.mappedAt < b.mappedAt; });
  std::vector<PortSample> ports;
  for (const Extra& extra : inOrder)
    if (extra.mapped && extra.mapped->ip == verdict.ip)
      ports.push_back({extra.socket.port, extra.mapped->port});
  // Fresh mappings in order; the main socket's are of any age, and one only where it keeps it.
  if (!ports.empty()) return classifyPortAllocation(ports);
  const auto& main = mainOf(family());
  if (!main) return {};
  for (const NatSample& sample : samplesOf(family()))
    if (sample.mapped.ip == verdict.ip) ports.push_back({main->port, sample.mapped.port});
  return classifyPortAllocation(ports);
}

NatAnswer NatCheck::translated(const NatVerdict& verdict) const {
  const auto& main = mainOf(family());
  if (!verdict.ip || !main || m_config.hostAddresses.empty()) return NatAnswer::Unknown;
  const bool isOwn = std::find(m_config.hostAddresses.begin(), m_config.hostAddresses.end(),
                               *verdict.ip) != m_config.hostAddresses.end();
  const bool isSamePort = verdict.mapped && verdict.mapped->port == main->port;
  return isOwn && isSamePort ? NatAnswer::No : NatAnswer::Yes;
}

void NatCheck::reportLifetime(NatReport& report) const {
  for (const Extra& extra : m_extras)
    if (extra.survived == false)
      report.lifetimeBelow = std::min(report.lifetimeBelow.value_or(extra.wait), extra.wait);
  for (const Extra& extra : m_extras)
    if (extra.survived == true && (!report.lifetimeBelow || extra.wait < *report.lifetimeBelow))
      report.lifetimeAtLeast = std::max(report.lifetimeAtLeast, extra.wait);
}

NatReport NatCheck::report() const {
  NatReport report;
  report.ipv4 = works(IpAddress::Family::V4);
  report.ipv6 = works(IpAddress::Family::V6);
  if (report.ipv4 == NatAnswer::Yes || report.ipv6 == NatAnswer::Yes)
    report.udp = NatAnswer::Yes;
  else if (report.ipv4 == NatAnswer::No || report.ipv6 == NatAnswer::No)
    report.udp = NatAnswer::No;
  report.family = family();
  const NatVerdict verdict = concludeMapping(samplesOf(family()));
  report.translated = translated(verdict);
  report.mapping = verdict.mapping;
  report.filtering = filtering();
  report.allocation = allocation(verdict);
  if (m_hairpin && m_hairpin->hasArrived)
    report.hairpin = NatAnswer::Yes;
  else if (m_hairpin && m_hairpin->isOver && verdict.mapping == NatMapping::EndpointIndependent)
    report.hairpin = NatAnswer::No;  // elsewhere the mapping towards ourselves is another one
  reportLifetime(report);
  report.mappedV4 = concludeMapping(samplesOf(IpAddress::Family::V4)).mapped;
  report.mappedV6 = concludeMapping(samplesOf(IpAddress::Family::V6)).mapped;
  report.newestPort = m_newestPort;
  report.externalIp = verdict.ip;
  if (m_chosen) report.observer = m_observers[*m_chosen].address;
  report.roundTrip = m_roundTrip;
  for (const Observer& observer : m_observers) {
    report.observersAsked += observer.isAsked ? 1 : 0;
    report.observersAnswered += observer.hasAnswered ? 1 : 0;
  }
  for (const auto family : {IpAddress::Family::V4, IpAddress::Family::V6}) {
    const auto disagreeing = concludeMapping(samplesOf(family)).disagreeing;
    for (const NatSample& sample : samplesOf(family))
      if (std::find(disagreeing.begin(), disagreeing.end(), sample.voter) != disagreeing.end())
        report.disagreeing.push_back(sample.to);
  }
  return report;
}

}  // namespace foyer::net
