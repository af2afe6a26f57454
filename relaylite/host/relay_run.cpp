#include "relaylite/host/relay_run.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <variant>

#include "core/crypto/identity.h"
#include "core/io/files.h"
#include "core/io/interfaces.h"
#include "core/io/mdns.h"
#include "core/io/net_driver.h"
#include "core/io/udp_socket.h"
#include "relaylite/host/relay_identity.h"
#include "relaylite/host/relay_link.h"
#include "relaylite/host/relay_sockets.h"
#include "relaylite/host/self_check.h"
#include "relaylite/host/tcp_clients.h"
#include "relaylite/host/update_batcher.h"
#include "relaylite/relay.h"

namespace foyer::relayhost {
namespace {

// Somebody who stops "when calls end" and walks away should find it stopped the next day.
constexpr Duration kLongestDrain = 24h;
// The check's own client leaves within a round trip on this machine; if its goodbye is lost, the
// relay serves all the same.
constexpr Duration kCheckLeavesWithin = 500ms;
// How often the wall clock is looked at; the relay tells it to clients that join.
constexpr Duration kWallClockInterval = 60s;
// Joining takes memory that is free again afterwards (handshakes, pages of the lobby) but lies
// between what stays. It goes back to the system when nobody came or went for so long.
constexpr Duration kTidyAfter = 5s;

std::string hostName() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "Foyer";
  return name.data();
}

relaylite::RelayLimits limitsOf(const RelayTuning& tuning) {
  relaylite::RelayLimits limits;
  limits.maxClients = tuning.maxClients;
  limits.maxClientsPerAddress = tuning.maxClientsPerAddress;
  limits.maxCalls = tuning.maxCalls;
  if (tuning.mediaKbps) {
    limits.mediaBytesPerSecond = *tuning.mediaKbps * 1000.0 / 8;
    limits.mediaBytesBurst = limits.mediaBytesPerSecond;  // a second of it
  }
  return limits;
}

double kbps(std::uint64_t bytes, Duration over) {
  const double seconds = std::chrono::duration<double>(over).count();
  return seconds > 0 ? static_cast<double>(bytes) * 8 / 1000 / seconds : 0;
}

}  // namespace

struct RelayRun::State {
  State(io::EventLoop& onLoop, RandomSource& from, std::uint64_t generation, RelayOptions with,
        std::function<void(const RelayUpdate&)> to)
      : loop(onLoop), random(from), options(std::move(with)), publish(std::move(to)) {
    status.generation = generation;
    updateTimer = loop.addTimer([this](TimePoint now) { flush(now); });
    rateTimer = loop.addTimer([this](TimePoint now) { measureRates(now); });
    phaseTimer = loop.addTimer([this](TimePoint now) { onPhaseTimer(now); });
    wallTimer = loop.addTimer([this](TimePoint now) { lookAtWallClock(now); });
  }
  ~State() {
    release();
    for (const auto timer : {updateTimer, rateTimer, phaseTimer, wallTimer})
      loop.removeTimer(timer);
  }

  void begin();
  void verify(const std::vector<SocketAddress>& targets, std::size_t which);
  void onVerified(TimePoint now);
  void serve(TimePoint now);
  void stop(StopWhen when);
  void finish();
  void fail(Fault fault, std::optional<std::uint16_t> freePort = std::nullopt);
  void release();

  void enter(RelayPhase phase);
  void tell();
  void flush(TimePoint now);
  bool drainEvents(TimePoint now);
  void onClientChanged(const relaylite::ClientChanged& change);
  void measureRates(TimePoint now);
  void tidyMemory(TimePoint now);
  void onPhaseTimer(TimePoint now);
  void lookAtWallClock(TimePoint now);
  void announce();
  [[nodiscard]] std::vector<SocketAddress> addressesToGive() const;
  void refreshLink();
  void warn();
  [[nodiscard]] std::vector<SocketAddress> boundAddresses() const;
  [[nodiscard]] std::uint64_t bytesSoFar(bool in) const;

  io::EventLoop& loop;
  RandomSource& random;
  RelayOptions options;
  std::function<void(const RelayUpdate&)> publish;
  RelayStatus status;  // as it is to be told next; the counts are kept by `updates`
  UpdateBatcher updates;
  io::EventLoop::TimerId updateTimer = 0, rateTimer = 0, phaseTimer = 0, wallTimer = 0;
  // Posted closures look whether the run still exists.
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);

  std::optional<crypto::Identity> identity;
  std::vector<std::unique_ptr<io::UdpSocket>> sockets;
  std::unique_ptr<TcpClients> tcp;  // with options.tcpPort
  std::optional<relaylite::Relay> relay;
  std::optional<io::NetDriver<relaylite::Relay>> driver;
  std::unique_ptr<io::AddressWatcher> addressWatcher;
  std::unique_ptr<io::Mdns> mdns;
  std::unique_ptr<SelfCheck> check;
  io::WallJumpDetector wallJumps;

  // Until Serving, arrivals and departures wait here: a client that came and went in that time is
  // the check's own and is nobody's business.
  std::vector<ConnectionChange> held;
  std::map<std::uint64_t, RelayGuest> guests;  // bounded by the relay's clients
  bool hasCheckPassed = false;
  std::optional<SocketAddress> unanswered;  // the address for others, where only loopback answered
  std::uint64_t bytesIn = 0, bytesOut = 0;  // at the last measuring
  std::optional<TimePoint> measuredAt;
  std::size_t clientsBefore = 0;         // at the last measuring
  std::optional<TimePoint> untidySince;  // the last coming or going
};

void RelayRun::State::enter(RelayPhase phase) {
  status.phase = phase;
  tell();
}

// Takes the relay's own counts, so that they are right even if events were lost.
void RelayRun::State::tell() {
  const bool isCounted =
      relay && (status.phase == RelayPhase::Serving || status.phase == RelayPhase::Stopping);
  const relaylite::Snapshot now = isCounted ? relay->snapshot() : relaylite::Snapshot{};
  status.clients = static_cast<std::uint32_t>(now.clients);
  status.calls = static_cast<std::uint32_t>(now.calls);
  status.guests.clear();
  for (const auto& [number, guest] : guests) {
    if (!isCounted || status.guests.size() == kMaxGuestsTold) break;
    status.guests.push_back(guest);
  }
  status.tcpConnections = tcp ? static_cast<std::uint32_t>(tcp->count()) : 0;
  updates.setStatus(status);
  flush(loop.now());
}

void RelayRun::State::flush(TimePoint now) {
  if (const auto update = updates.pollUpdate(now)) publish(*update);
  loop.setDeadline(updateTimer, updates.pollTimeout());
}

void RelayRun::State::begin() {
  enter(RelayPhase::Binding);
  auto opened = openRelaySockets(options.listen, options.port);
  if (!opened) return fail(opened.error().fault, opened.error().freePort);
  sockets = std::move(*opened);
  if (options.tcpPort) {
    TcpLimits limits;
    limits.clientsPerAddress = options.tuning.maxClientsPerAddress;
    tcp = std::make_unique<TcpClients>(
        loop, limits, [this](const SocketAddress& remote, ByteView datagram) {
          driver->receive(io::tcpLabel(remote.ip.family), remote, datagram);
        });
    if (auto listening = listenForTcp(*tcp, options.listen, *options.tcpPort); !listening)
      return fail(listening.error().fault);
    status.tcpPort = tcp->port();
  }
  if (auto made = io::makeDirectory(options.dataDirectory); !made) {
    Fault fault = made.error();
    fault.stage = "identity";
    return fail(std::move(fault));
  }
  auto loaded = loadOrCreateRelayIdentity(options.dataDirectory, random);
  if (!loaded) return fail(loaded.error());
  identity.emplace(std::move(*loaded));
  status.fingerprint = identity->fingerprint();
  status.port = sockets.front()->localAddress().port;

  relaylite::RelayConfig config;
  config.inviteToken = options.tuning.inviteToken.value_or("");
  config.invites = options.tuning.invites;
  config.limits = limitsOf(options.tuning);
  config.turn = options.tuning.turn;
  const TimePoint now = loop.now();
  relay.emplace(now, loop.clock().wall(), std::move(config), *identity, random);
  driver.emplace(loop, *relay, [this](TimePoint at) { return drainEvents(at); });
  for (const auto& socket : sockets) driver->addSocket(*socket);
  if (tcp)
    for (const auto family : {IpAddress::Family::V4, IpAddress::Family::V6})
      driver->addPort(*tcp, io::tcpLabel(family));
  driver->pump(now);
  lookAtWallClock(now);

  enter(RelayPhase::DetectingAddresses);
  refreshLink();
  if (auto watcher = io::AddressWatcher::start(loop, [this](TimePoint) {
        refreshLink();
        tell();
      })) {
    addressWatcher = std::move(*watcher);
  }

  enter(RelayPhase::Announcing);
  announce();

  enter(RelayPhase::Verifying);
  // The address others are given first; the loopback one if that does not answer.
  std::vector<SocketAddress> targets{addressesToGive().front()};
  if (boundAddresses().front().ip.isUnspecified()) {
    const bool v4 = sockets.front()->family() == IpAddress::Family::V4;
    targets.push_back({v4 ? IpAddress::v4(127, 0, 0, 1) : *IpAddress::parse("::1"), status.port});
  }
  verify(targets, 0);
}

void RelayRun::State::verify(const std::vector<SocketAddress>& targets, std::size_t which) {
  check = std::make_unique<SelfCheck>(
      loop, random,
      SelfCheck::Target{targets[which], net::KeyPin::to(identity->publicKey()),
                        options.tuning.inviteToken.value_or("")},
      [this, targets, which](const Result<void, Fault>& outcome) {
        // Copies: deleting the check deletes this closure.
        const std::vector<SocketAddress> all = targets;
        const std::size_t tried = which;
        const Result<void, Fault> result = outcome;
        check.reset();
        if (status.phase != RelayPhase::Verifying) return;
        if (result) return onVerified(loop.now());
        if (tried + 1 < all.size()) {
          unanswered = all[tried];
          return verify(all, tried + 1);
        }
        fail(result.error());
      });
}

void RelayRun::State::onVerified(TimePoint now) {
  hasCheckPassed = true;
  loop.setDeadline(phaseTimer, now + kCheckLeavesWithin);
}

// The check has answered and its client is gone.
void RelayRun::State::serve(TimePoint now) {
  loop.setDeadline(phaseTimer, std::nullopt);
  for (const ConnectionChange& change : std::exchange(held, {})) updates.addChange(change);
  status.servingSince = now;
  warn();
  enter(RelayPhase::Serving);
  measureRates(now);
}

bool RelayRun::State::drainEvents(TimePoint now) {
  bool any = false;
  while (const auto event = relay->pollEvent()) {
    any = true;
    if (const auto* change = std::get_if<relaylite::ClientChanged>(&*event)) {
      onClientChanged(*change);
    } else if (std::holds_alternative<relaylite::Drained>(*event) &&
               status.phase == RelayPhase::Stopping) {
      // After this turn, so that the farewells are written.
      loop.post([this, token = std::weak_ptr<bool>(alive)] {
        if (!token.expired() && status.phase == RelayPhase::Stopping) finish();
      });
    }
  }
  if (!any) return false;
  if (hasCheckPassed && status.phase == RelayPhase::Verifying && held.empty()) serve(now);
  tell();
  if (!measuredAt) measureRates(now);
  return true;
}

void RelayRun::State::onClientChanged(const relaylite::ClientChanged& change) {
  if (change.delta > 0)
    guests[change.client] = {change.client, change.who, change.at};
  else
    guests.erase(change.client);
  if (status.phase == RelayPhase::Serving || status.phase == RelayPhase::Stopping) {
    updates.addChange({change.delta, change.client, change.at});
    return;
  }
  const auto before = std::ranges::find(held, change.client, &ConnectionChange::client);
  if (change.delta < 0 && before != held.end()) {
    held.erase(before);
  } else if (change.delta > 0) {
    held.push_back({change.delta, change.client, change.at});
  }
}

// Runs only while somebody is connected, so that an idle relay sleeps.
void RelayRun::State::measureRates(TimePoint now) {
  const std::uint64_t in = bytesSoFar(true);
  const std::uint64_t out = bytesSoFar(false);
  if (measuredAt) {
    status.kbpsIn = kbps(in - bytesIn, now - *measuredAt);
    status.kbpsOut = kbps(out - bytesOut, now - *measuredAt);
  }
  bytesIn = in;
  bytesOut = out;
  const std::size_t clients = relay ? relay->snapshot().clients : 0;
  if (clients != clientsBefore) untidySince = now;
  clientsBefore = clients;
  tidyMemory(now);
  const bool goesOn = clients > 0;
  measuredAt = goesOn ? std::optional(now) : std::nullopt;
  if (!goesOn) status.kbpsIn = status.kbpsOut = 0;
  loop.setDeadline(rateTimer,
                   goesOn ? std::optional(now + HostedRelay::kUpdateInterval) : std::nullopt);
  tell();
}

void RelayRun::State::tidyMemory(TimePoint now) {
  if (!untidySince || now - *untidySince < kTidyAfter) return;
  malloc_trim(0);
  untidySince.reset();
}

void RelayRun::State::onPhaseTimer(TimePoint now) {
  if (status.phase == RelayPhase::Verifying && hasCheckPassed) serve(now);
  if (status.phase == RelayPhase::Stopping) finish();
}

void RelayRun::State::lookAtWallClock(TimePoint now) {
  const WallTime wall = loop.clock().wall();
  if (relay && wallJumps.observe(loop.clock().bootTime(), wall)) relay->setWallTime(now, wall);
  loop.setDeadline(wallTimer, now + kWallClockInterval);
}

std::vector<SocketAddress> RelayRun::State::boundAddresses() const {
  std::vector<SocketAddress> bound;
  for (const auto& socket : sockets) bound.push_back(socket->localAddress());
  return bound;
}

std::uint64_t RelayRun::State::bytesSoFar(bool in) const {
  std::uint64_t bytes = 0;
  for (const auto& socket : sockets) {
    bytes += in ? socket->stats().receivedBytes : socket->stats().sentBytes;
  }
  return bytes;
}

std::vector<SocketAddress> RelayRun::State::addressesToGive() const {
  return linkAddresses(boundAddresses(), options.localAddresses ? options.localAddresses()
                                                                : io::listLocalAddresses());
}

void RelayRun::State::refreshLink() {
  status.link = relayLink(addressesToGive(), identity->fingerprint(),
                          options.tuning.inviteToken.value_or(""), status.tcpPort);
  warn();
}

// Not before it serves: until then the check may still find more.
void RelayRun::State::warn() {
  status.warning.reset();
  if (status.servingSince) status.warning = reachWarning(addressesToGive(), unanswered);
}

// Absent daemons are no error: the link works without.
void RelayRun::State::announce() {
  if (!options.announce) return;
  const std::weak_ptr<bool> token = alive;
  mdns = std::make_unique<io::Mdns>(io::Mdns::Callbacks{
      .onState = {},
      .onRelays = {},
      .onAnnounced =
          [this, token](const std::string& name) {
            // In the mDNS thread, which is joined before the run and its loop end.
            loop.post([this, token, name] {
              if (token.expired() || !mdns) return;
              status.announcedName = name;
              tell();
            });
          },
  });
  mdns->announce(io::MdnsAnnouncement{options.name.empty() ? hostName() : options.name, status.port,
                                      identity->fingerprint()});
}

void RelayRun::State::stop(StopWhen when) {
  if (status.phase == RelayPhase::Idle) return;
  if (!relay) return finish();  // an error: nothing is open any more
  check.reset();
  const TimePoint now = loop.now();
  // Nobody new should find it.
  if (mdns) mdns->announce(std::nullopt);
  status.announcedName.clear();
  relay->drain(now, when == StopWhen::Now ? now : now + kLongestDrain);
  if (when == StopWhen::Now) {
    loop.setDeadline(phaseTimer, now + HostedRelay::kStopGrace);
  } else if (status.phase != RelayPhase::Stopping) {
    loop.setDeadline(phaseTimer, std::nullopt);  // what the check may have left
  }
  enter(RelayPhase::Stopping);
  driver->touch();
}

void RelayRun::State::finish() {
  release();
  status.link.clear();
  status.port = status.tcpPort = 0;
  status.fault.reset();
  status.warning.reset();
  status.freePort.reset();
  status.announcedName.clear();
  status.servingSince.reset();
  status.kbpsIn = status.kbpsOut = 0;
  enter(RelayPhase::Idle);
}

void RelayRun::State::fail(Fault fault, std::optional<std::uint16_t> freePort) {
  release();
  status.fault = std::move(fault);
  status.warning.reset();
  status.freePort = freePort;
  status.link.clear();
  status.announcedName.clear();
  enter(RelayPhase::Error);
}

void RelayRun::State::release() {
  for (const auto timer : {rateTimer, phaseTimer, wallTimer}) loop.setDeadline(timer, std::nullopt);
  check.reset();
  mdns.reset();
  addressWatcher.reset();
  driver.reset();
  tcp.reset();
  relay.reset();
  sockets.clear();
  identity.reset();
  guests.clear();
}

RelayRun::RelayRun(io::EventLoop& loop, RandomSource& random, std::uint64_t generation,
                   RelayOptions options, std::function<void(const RelayUpdate&)> publish)
    : m_state(std::make_unique<State>(loop, random, generation, std::move(options),
                                      std::move(publish))) {}
RelayRun::~RelayRun() = default;

void RelayRun::begin() { m_state->begin(); }
void RelayRun::stop(StopWhen when) { m_state->stop(when); }

void RelayRun::reload(const RelayTuning& tuning) {
  State& s = *m_state;
  s.options.tuning = tuning;
  if (!s.relay) return;
  s.relay->tune(tuning.inviteToken.value_or(""), limitsOf(tuning));
  s.relay->invite(s.loop.now(), tuning.invites);
  if (s.tcp) s.tcp->setClientsPerAddress(tuning.maxClientsPerAddress);
  s.relay->offerTurn(tuning.turn);
  s.refreshLink();
  s.tell();
}

}  // namespace foyer::relayhost
