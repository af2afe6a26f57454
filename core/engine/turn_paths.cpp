#include "core/engine/turn_paths.h"

#include <algorithm>

#include "core/client/labels.h"
#include "core/net/candidate.h"

namespace foyer::engine {
namespace {

// After an address that was in use is lost.
constexpr Duration kSoon = 1s;
// Addresses of one host that are tried.
constexpr std::size_t kMaxAddresses = 3;
constexpr std::int64_t kMsPerSecond = 1000;

// A relay may not make us knock at doors of networks that it is not in itself (K-17), nor at
// services.
bool mayUse(const TurnAccess& server, const SocketAddress& at) {
  if (!server.fromRelay) return true;
  if (!server.relayAt) return false;
  constexpr std::uint16_t kFirstFree = 1024, kHttps = 443, kHttp = 80;
  if (at.port < kFirstFree && at.port != kHttps && at.port != kHttp) return false;
  if (at.ip.isLoopback()) return server.relayAt->isLoopback();
  if (at.ip.isPrivate()) return server.relayAt->isPrivate() || server.relayAt->isLoopback();
  return net::isOfferable(at.ip);
}

// What a relay handed out may be used up or be of a secret that has changed: it has other ones. And
// coturn 4.6 was seen to refuse good ones now and then, shortly after its start on a busy machine.
bool wantsOthers(const TurnAccess& server, const Fault& fault) {
  return server.fromRelay && fault.code == "wrong_credentials";
}

bool isWorthAnotherAddress(const Fault& fault) {
  return fault.stage == "turn_connect" || fault.code == "no_answer";
}

}  // namespace

TurnPaths::TurnPaths(io::EventLoop& loop, RandomSource& random, Resolve resolve, Handlers handlers)
    : m_loop(loop),
      m_random(random),
      m_resolve(std::move(resolve)),
      m_handlers(std::move(handlers)) {
  m_timer = m_loop.addTimer([this](TimePoint now) { onTimer(now); });
}

TurnPaths::~TurnPaths() { m_loop.removeTimer(m_timer); }

void TurnPaths::wake(TimePoint at) {
  // Ports and the tester have timers of their own.
  if (m_nextAt && *m_nextAt < at) at = *m_nextAt;
  m_loop.setDeadline(m_timer, at);
}

std::vector<const TurnAccess*> TurnPaths::all() const {
  std::vector<const TurnAccess*> servers;
  for (const TurnAccess& server : m_own) servers.push_back(&server);
  for (const auto& [relay, given] : m_fromRelays)
    for (const TurnAccess& server : given) servers.push_back(&server);
  return servers;
}

const TurnAccess* TurnPaths::find(const std::string& link) const {
  for (const TurnAccess* server : all())
    if (server->link.format() == link) return server;
  return nullptr;
}

std::optional<std::int64_t> TurnPaths::goodUntil(const TurnAccess& server) const {
  // The relay's word holds whatever this machine's clock says.
  if (server.goodUntil)
    return m_wallOffsetMs + toMilliseconds(server.goodUntil->time_since_epoch());
  const auto expiry = net::turnExpiry(server.credentials.username);
  return expiry ? std::optional(*expiry * kMsPerSecond) : std::nullopt;
}

bool TurnPaths::isGood(TimePoint now, const TurnAccess& server) const {
  const auto end = goodUntil(server);
  return !end || *end > m_wallOffsetMs + toMilliseconds(now.time_since_epoch());
}

std::optional<TimePoint> TurnPaths::renewal() const {
  std::optional<TimePoint> next;
  for (const auto& [relay, given] : m_fromRelays)
    for (const TurnAccess& server : given)
      if (server.goodUntil && (!next || *server.goodUntil - kRenewBefore < *next))
        next = *server.goodUntil - kRenewBefore;
  if (!m_isWanted || !next) return std::nullopt;
  return m_askedAt ? std::max(*next, *m_askedAt + kAgainAfter) : *next;
}

void TurnPaths::setOwn(TimePoint now, std::vector<TurnAccess> servers) {
  m_own = std::move(servers);
  std::erase_if(m_faults, [&](const auto& entry) { return find(entry.first) == nullptr; });
  m_hasNews = true;
  if (m_isWanted && m_inUse == nullptr) beginRound(now);
  wake(now);
}

void TurnPaths::setFromRelay(TimePoint now, const Fingerprint& relay,
                             std::vector<TurnAccess> servers) {
  // With new credentials each is worth another try.
  for (const TurnAccess& server : servers) std::erase(m_tried, server.link.format());
  if (servers.empty())
    m_fromRelays.erase(relay);
  else
    m_fromRelays[relay] = std::move(servers);
  m_hasNews = true;
  if (m_isWanted && m_inUse == nullptr && m_attempts.empty()) tryNext(now);
  wake(now);
}

void TurnPaths::setWanted(TimePoint now, bool isWanted) {
  if (isWanted == m_isWanted) return;
  m_isWanted = isWanted;
  m_failedRounds = 0;
  m_askedAt.reset();
  if (isWanted) {
    beginRound(now);
  } else {
    m_nextAt.reset();
    ++m_round;
    m_lookUps = 0;
    useNone(now);
    for (Attempt& attempt : std::exchange(m_attempts, {})) letGo(now, std::move(attempt.port));
  }
  wake(now);
}

void TurnPaths::onNetworkChanged(TimePoint now) {
  if (!m_isWanted) return;
  // An address on a server belongs to the address it was asked for from; another interface that
  // comes or goes is nothing to it.
  if (m_inUse != nullptr && !m_inUse->hasMoved()) return;
  useNone(now);
  for (Attempt& attempt : std::exchange(m_attempts, {})) letGo(now, std::move(attempt.port));
  m_failedRounds = 0;
  m_askedAt.reset();
  beginRound(now);
  wake(now);
}

void TurnPaths::beginRound(TimePoint now) {
  ++m_round;
  m_lookUps = 0;
  m_tried.clear();
  if (!m_askedAt || now - *m_askedAt >= kAgainAfter) m_isNeedy = true;
  tryNext(now);
}

void TurnPaths::tryNext(TimePoint now) {
  m_nextAt.reset();
  if (!m_isWanted || m_inUse != nullptr) return;
  const TurnAccess* const server = nextOf(now);
  if (server == nullptr) {
    if (m_attempts.empty() && m_lookUps == 0) m_nextAt = now + pauseAfterRound();
    return;
  }
  const std::string link = server->link.format();
  m_tried.push_back(link);
  ++m_lookUps;
  m_resolve(server->link.server.host, server->link.server.port,
            [this, link, round = m_round,
             alive = std::weak_ptr(m_isAlive)](const io::Resolver::Answer& answer) {
              if (!alive.lock() || round != m_round) return;
              --m_lookUps;
              onAnswer(m_loop.now(), link, answer);
            });
  m_nextAt = now + kNextAfter;
}

Duration TurnPaths::pauseAfterRound() const {
  const bool mayPass = std::any_of(m_tried.begin(), m_tried.end(), [&](const std::string& link) {
    const auto fault = m_faults.find(link);
    const TurnAccess* const server = find(link);
    return fault != m_faults.end() && server != nullptr &&
           (fault->second.retryable || wantsOthers(*server, fault->second));
  });
  if (!mayPass) return kAgainAfter;
  Duration pause = kFirstAgainAfter;
  for (int i = 0; i < m_failedRounds && pause < kAgainAfter; ++i) pause *= 2;
  return std::min(pause, kAgainAfter);
}

const TurnAccess* TurnPaths::nextOf(TimePoint now) const {
  for (const TurnAccess* server : all()) {
    const bool wasTried =
        std::find(m_tried.begin(), m_tried.end(), server->link.format()) != m_tried.end();
    if (!wasTried && isGood(now, *server)) return server;
  }
  return nullptr;
}

void TurnPaths::onAnswer(TimePoint now, const std::string& link,
                         const io::Resolver::Answer& answer) {
  const TurnAccess* const server = find(link);
  if (!m_isWanted || m_inUse != nullptr || server == nullptr) return;
  std::vector<SocketAddress> addresses;
  if (answer)
    for (const SocketAddress& at : *answer)
      if (mayUse(*server, at) && addresses.size() < kMaxAddresses) addresses.push_back(at);
  if (addresses.empty()) {
    m_faults.insert_or_assign(
        link, answer ? Fault{"turn_connect", "not_allowed", false, {}} : answer.error());
    m_hasNews = true;
    tryNext(now);
  } else {
    start(*server, std::move(addresses));
  }
  wake(now);
}

io::TurnPort::Server TurnPaths::serverOf(const TurnAccess& access, const SocketAddress& at) {
  io::TurnPort::Server server;
  server.config.server = at;
  server.config.transport = access.link.transport;
  server.config.credentials = access.credentials.clone();
  server.host = access.link.server.host;
  if (access.link.transport == net::TurnTransport::Tls) {
    if (!m_tls)
      if (auto trusted = net::TlsCredentials::systemTrust()) m_tls = std::move(*trusted);
    server.tls = m_tls;
  }
  return server;
}

void TurnPaths::start(const TurnAccess& server, std::vector<SocketAddress> addresses) {
  const SocketAddress at = addresses.front();
  addresses.erase(addresses.begin());
  m_labels = m_labels == UINT16_MAX ? 1 : static_cast<std::uint16_t>(m_labels + 1);
  const SocketAddress label = client::turnLabel(m_labels);
  auto port = std::make_unique<io::TurnPort>(
      m_loop, m_random, label, serverOf(server, at),
      io::TurnPort::Handlers{
          // Looked at outside the port's own callback, where it may be deleted.
          .onChanged = [this](TimePoint when) { wake(when); },
          .onPacket =
              [this, label](TimePoint when, const SocketAddress& peer, ByteView packet) {
                m_handlers.onDatagram(when, {label, peer, 0, packet});
              }});
  m_attempts.push_back({server.link.format(), std::move(addresses), std::move(port)});
}

void TurnPaths::letGo(TimePoint now, std::unique_ptr<io::TurnPort> port) {
  if (port->hasEnded()) return;
  port->close(now);
  m_leaving.push_back(std::move(port));
  if (m_leaving.size() > kMaxLeaving) m_leaving.pop_front();
}

void TurnPaths::useNone(TimePoint now) {
  if (m_inUse == nullptr) return;
  m_inUse = nullptr;
  m_hasNews = true;
  m_handlers.onLocals(now);
}

void TurnPaths::sweepEnded(TimePoint now) {
  std::erase_if(m_leaving, [](const auto& port) { return port->hasEnded(); });
  std::vector<Attempt> ended;
  for (auto one = m_attempts.begin(); one != m_attempts.end();) {
    if (!one->port->hasEnded()) {
      ++one;
      continue;
    }
    ended.push_back(std::move(*one));
    one = m_attempts.erase(one);
  }
  for (Attempt& attempt : ended) {
    const Fault fault = attempt.port->fault().value_or(Fault{"turn_allocate", "closed", true, {}});
    const TurnAccess* const server = find(attempt.link);
    m_hasNews = true;
    if (attempt.port.get() == m_inUse) {
      m_faults.insert_or_assign(attempt.link, fault);
      useNone(now);
      m_tried.clear();
      m_isNeedy = true;
      m_nextAt = now + kSoon;
    } else if (server != nullptr && !attempt.rest.empty() && isWorthAnotherAddress(fault)) {
      start(*server, std::move(attempt.rest));
    } else {
      m_faults.insert_or_assign(attempt.link, fault);
      if (server != nullptr && wantsOthers(*server, fault)) m_askedAt.reset();
      if (m_inUse == nullptr) tryNext(now);
    }
  }
}

void TurnPaths::chooseFirst(TimePoint now) {
  if (m_inUse != nullptr) return;
  const auto ready = std::find_if(m_attempts.begin(), m_attempts.end(), [](const Attempt& one) {
    return one.port->relayed().has_value();
  });
  if (ready == m_attempts.end()) return;
  Attempt chosen = std::move(*ready);
  m_attempts.erase(ready);
  for (Attempt& attempt : std::exchange(m_attempts, {})) letGo(now, std::move(attempt.port));
  m_faults.erase(chosen.link);
  m_failedRounds = 0;
  m_inUse = chosen.port.get();
  m_attempts.push_back(std::move(chosen));
  m_nextAt.reset();
  m_hasNews = true;
  m_handlers.onLocals(now);
}

void TurnPaths::onTimer(TimePoint now) {
  sweepEnded(now);
  chooseFirst(now);
  if (m_nextAt && *m_nextAt <= now) {
    if (nextOf(now) == nullptr && m_attempts.empty() && m_lookUps == 0) {
      ++m_failedRounds;
      beginRound(now);
    } else {
      tryNext(now);
    }
  }
  const auto renewAt = renewal();
  if (renewAt && *renewAt <= now) m_isNeedy = true;
  if (m_isNeedy) m_askedAt = now;
  std::optional<TimePoint> next = m_nextAt;
  if (const auto again = renewal(); again && (!next || *again < *next)) next = again;
  if (next) m_loop.setDeadline(m_timer, *next);
  if (std::exchange(m_isNeedy, false)) m_handlers.onNeed(now);
  if (std::exchange(m_hasNews, false)) m_handlers.onChanged(now);
}

std::vector<TurnState> TurnPaths::states() const {
  std::vector<TurnState> states;
  for (const TurnAccess* server : all()) {
    TurnState state{.link = server->link.format(),
                    .userName = server->credentials.username,
                    .fromRelay = server->fromRelay,
                    .goodUntilMs = goodUntil(*server)};
    state.isInUse = std::any_of(m_attempts.begin(), m_attempts.end(), [&](const Attempt& one) {
      return one.port.get() == m_inUse && one.link == state.link;
    });
    if (const auto fault = m_faults.find(state.link); fault != m_faults.end())
      state.fault = fault->second;
    states.push_back(std::move(state));
  }
  return states;
}

void TurnPaths::test(TurnAccess server, std::function<void(const io::TurnTest&)> done) {
  m_tester.reset();
  const auto shared = std::make_shared<TurnAccess>(std::move(server));
  m_resolve(shared->link.server.host, shared->link.server.port,
            [this, shared, done = std::move(done), number = ++m_tests,
             alive = std::weak_ptr(m_isAlive)](const io::Resolver::Answer& answer) {
              if (!alive.lock() || number != m_tests) return;
              if (!answer || answer->empty()) {
                io::TurnTest test;
                test.fault = answer ? Fault{"resolve", "not_found", true, {}} : answer.error();
                return done(test);
              }
              m_tester = std::make_unique<io::TurnTester>(m_loop, m_random,
                                                          serverOf(*shared, answer->front()), done);
            });
}

void TurnPaths::shutDown(TimePoint now) {
  m_tester.reset();
  ++m_tests;
  setWanted(now, false);
}

}  // namespace foyer::engine
