#include "core/engine/net_check.h"

#include <algorithm>
#include <utility>

#include "core/net/candidate.h"

namespace foyer::engine {
namespace {

// A few requests of 28 bytes.
constexpr io::UdpOptions kSmallSocket{.bufferBytes = 64 << 10, .segmentationOffload = false};

// Labels of the extra sockets: no address a socket of calls or of a peer has, and their own port.
IpAddress extraIp(IpAddress::Family family) {
  return family == IpAddress::Family::V4
             ? IpAddress::v4(0, 0, 0, 2)
             : IpAddress::v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2});
}
bool isExtra(const SocketAddress& label) { return label.ip == extraIp(label.ip.family); }

}  // namespace

NetCheck::NetCheck(io::EventLoop& loop, RandomSource& random, World world, Callbacks callbacks)
    : m_loop(loop),
      m_random(random),
      m_world(std::move(world)),
      m_callbacks(std::move(callbacks)),
      m_planTimer(loop.addTimer([this](TimePoint now) {
        if (m_stage == Stage::Idle) begin(now, false);
      })),
      m_prepareTimer(loop.addTimer([this](TimePoint now) { goOn(now); })) {}

NetCheck::~NetCheck() {
  *m_isAlive = false;
  closeExtraSockets();
  m_loop.removeTimer(m_planTimer);
  m_loop.removeTimer(m_prepareTimer);
}

// --- When

void NetCheck::setAutomatic(bool isOn) {
  m_isAutomatic = isOn;
  if (!isOn) m_loop.setDeadline(m_planTimer, std::nullopt);
  if (isOn && m_relaysSeen > 0 && !m_view.endedAtMs) plan(m_loop.now());
}

void NetCheck::plan(TimePoint now) {
  if (m_isAutomatic && m_stage == Stage::Idle) m_loop.setDeadline(m_planTimer, now + kSettle);
}

void NetCheck::relaysChanged(TimePoint now) {
  const auto relays = m_world.relays();
  const auto connected = static_cast<std::size_t>(std::count_if(
      relays.begin(), relays.end(), [](const RelayPoint& r) { return r.isConnected; }));
  const bool isMore = connected > m_relaysSeen;
  m_relaysSeen = connected;
  goOn(now);
  if (isMore && (!m_view.endedAtMs || m_view.report.observersAnswered < 2)) plan(now);
}

void NetCheck::networkChanged(TimePoint now) {
  if (m_stage == Stage::Idle)
    plan(now);
  else
    begin(now, m_view.isSlow);  // what was measured so far is of the old network
}

bool NetCheck::start(TimePoint now, bool isSlow, Done done) {
  const bool isUnderWay = m_stage != Stage::Idle;
  if (isUnderWay && m_view.isSlow && !isSlow) return false;
  if (done) m_waiting.push_back(std::move(done));
  if (!isUnderWay || m_view.isSlow != isSlow) begin(now, isSlow);
  return true;
}

// --- Preparing

void NetCheck::begin(TimePoint now, bool isSlow) {
  closeExtraSockets();
  m_check.reset();
  m_stage = Stage::Preparing;
  m_asksInside = false;
  m_loop.setDeadline(m_planTimer, std::nullopt);
  m_view.state = NetworkCheckState::Running;
  m_view.isSlow = isSlow;
  m_view.startedAtMs = toMilliseconds(now.time_since_epoch());
  m_prepareUntil = now + kPrepare;
  lookUpServers();
  m_callbacks.onChanged(now);
  goOn(now);
}

void NetCheck::lookUpServers() {
  ++m_lookUp;
  m_serverAddresses.clear();
  m_openLookUps = m_servers.size();
  for (const wire::LinkHost& server : m_servers)
    m_world.lookUp(server.host, server.port,
                   [this, alive = m_isAlive, lookUp = m_lookUp](io::Resolver::Answer answer) {
                     if (!*alive || lookUp != m_lookUp) return;
                     --m_openLookUps;
                     if (answer)
                       m_serverAddresses.insert(m_serverAddresses.end(), answer->begin(),
                                                answer->end());
                     goOn(m_loop.now());
                   });
}

void NetCheck::goOn(TimePoint now) {
  if (m_stage != Stage::Preparing) return;
  const auto relays = m_world.relays();
  const auto isConnected = [](const RelayPoint& relay) { return relay.isConnected; };
  const auto isDialling = [](const RelayPoint& relay) { return relay.isDialling; };
  const bool waitsForRelay = std::none_of(relays.begin(), relays.end(), isConnected) &&
                             std::any_of(relays.begin(), relays.end(), isDialling);
  if (now < m_prepareUntil && (waitsForRelay || m_openLookUps > 0)) {
    m_loop.setDeadline(m_prepareTimer, m_prepareUntil);
    return;
  }
  run(now);
}

// Relays that are reached come first, then what the settings name, then the rest: addresses of the
// other family, and of relays that do not answer, which is how blocked UDP is noticed.
net::NatCheckConfig NetCheck::configNow() {
  net::NatCheckConfig config;
  const auto relays = m_world.relays();
  for (const RelayPoint& relay : relays)
    if (relay.isConnected && !relay.addresses.empty())
      config.observers.push_back(relay.addresses.front());
  config.observers.insert(config.observers.end(), m_serverAddresses.begin(),
                          m_serverAddresses.end());
  for (const RelayPoint& relay : relays)
    config.observers.insert(config.observers.end(), relay.addresses.begin(), relay.addresses.end());
  keepOutside(config.observers);
  config.mainV4 = m_world.mainSocket(IpAddress::Family::V4);
  config.mainV6 = m_world.mainSocket(IpAddress::Family::V6);
  config.hostAddresses = m_world.hostAddresses();
  if (m_view.isSlow)
    config.lifetimeWaits.assign(std::begin(kLifetimeWaits), std::end(kLifetimeWaits));
  return config;
}

// Who is inside sees another address of ours than everybody else, and would pass for a liar, or
// make one of everybody else.
void NetCheck::keepOutside(std::vector<SocketAddress>& observers) {
  const auto isInside = [this, hosts = m_world.hostAddresses()](const SocketAddress& at) {
    return m_world.isInside(at.ip) || std::find(hosts.begin(), hosts.end(), at.ip) != hosts.end();
  };
  const bool hasInside = std::any_of(observers.begin(), observers.end(), isInside);
  const bool hasOutside = !std::all_of(observers.begin(), observers.end(), isInside);
  m_leftInside = hasInside && hasOutside && !m_asksInside;
  m_isAllInside = hasInside && (!hasOutside || m_asksInside);
  if (hasInside && hasOutside)
    std::erase_if(observers, [&](const SocketAddress& at) { return isInside(at) != m_asksInside; });
}

void NetCheck::openExtraSockets(net::NatCheckConfig& config) {
  for (const auto family : {IpAddress::Family::V4, IpAddress::Family::V6}) {
    const bool hasMain =
        (family == IpAddress::Family::V4 ? config.mainV4 : config.mainV6).has_value();
    const bool hasObserver =
        std::any_of(config.observers.begin(), config.observers.end(),
                    [&](const SocketAddress& at) { return at.ip.family == family; });
    if (!hasMain || !hasObserver) continue;
    const IpAddress any =
        family == IpAddress::Family::V4 ? IpAddress::v4(0, 0, 0, 0) : IpAddress::v6({});
    for (std::size_t i = 0; i < kExtraSockets; ++i) {
      auto socket = io::UdpSocket::open({any, 0}, kSmallSocket);
      if (!socket) break;  // fewer tell less, and none leaves it to the main socket
      const std::uint16_t port = (*socket)->localAddress().port;
      config.extra.push_back({.label = {extraIp(family), port}, .port = port});
      m_world.addSocket(**socket, config.extra.back().label);
      m_extra.push_back(std::move(*socket));
    }
  }
}

void NetCheck::closeExtraSockets() {
  for (const auto& socket : m_extra) m_world.removeSocket(*socket);
  m_extra.clear();
}

// --- Running

void NetCheck::run(TimePoint now) {
  m_loop.setDeadline(m_prepareTimer, std::nullopt);
  m_stage = Stage::Running;
  net::NatCheckConfig config = configNow();
  openExtraSockets(config);
  const std::vector<SocketAddress> observers = config.observers;
  m_check.emplace(std::move(config), m_random);
  for (const RelayPoint& relay : m_world.relays())
    if (relay.isConnected && relay.observed && !relay.addresses.empty() &&
        std::find(observers.begin(), observers.end(), relay.addresses.front()) != observers.end())
      m_check->observed(relay.addresses.front(), *relay.observed);
  m_check->start(now);
  m_callbacks.onTouched();
  takeResult(now);
}

// The sockets are closed outside the driver's own callbacks.
void NetCheck::takeResult(TimePoint) {
  if (!m_check || !m_check->isDone()) return;
  m_loop.post([this, alive = m_isAlive] {
    if (*alive && m_check && m_check->isDone()) finish(m_loop.now());
  });
}

void NetCheck::finish(TimePoint now) {
  const net::NatReport report = m_check->report();
  m_check.reset();
  closeExtraSockets();
  if (report.udp == net::NatAnswer::No && m_leftInside) {
    m_asksInside = true;
    return run(now);
  }
  m_view.report = believed(report);
  m_stage = Stage::Idle;
  m_view.state = NetworkCheckState::Done;
  m_view.outlook = net::outlookOf(m_view.report);
  m_view.endedAtMs = toMilliseconds(now.time_since_epoch());
  m_view.endedAtUnixMs = m_loop.clock().wall().unixMs;
  const auto relays = m_world.relays();
  m_view.relaysConnected = static_cast<int>(std::count_if(
      relays.begin(), relays.end(), [](const RelayPoint& r) { return r.isConnected; }));
  m_view.problem = problemOf(m_view.report);
  m_callbacks.onReport(now, m_view.report);
  m_callbacks.onChanged(now);
  for (const Done& done : std::exchange(m_waiting, {})) done();
}

// From inside one sees whether UDP and the families work, and nothing of a router to the outside.
net::NatReport NetCheck::believed(net::NatReport report) {
  m_view.isInsideOnly = m_isAllInside && report.udp == net::NatAnswer::Yes;
  if (!m_view.isInsideOnly) return report;
  net::NatReport kept;
  kept.udp = report.udp;
  kept.ipv4 = report.ipv4;
  kept.ipv6 = report.ipv6;
  kept.family = report.family;
  kept.roundTrip = report.roundTrip;
  kept.observersAsked = report.observersAsked;
  kept.observersAnswered = report.observersAnswered;
  return kept;
}

NetworkProblem NetCheck::problemOf(const net::NatReport& report) const {
  if (report.udp == net::NatAnswer::Yes) {
    const bool isSlow = report.roundTrip && *report.roundTrip >= net::kSlowRoundTrip;
    return isSlow ? NetworkProblem::Slow : NetworkProblem::None;
  }
  if (m_view.relaysConnected > 0 && report.udp == net::NatAnswer::No)
    return NetworkProblem::UdpBlocked;
  const auto hosts = m_world.hostAddresses();
  if (std::none_of(hosts.begin(), hosts.end(), net::isOfferable)) return NetworkProblem::NoNetwork;
  if (m_world.hasMetStranger()) return NetworkProblem::Captive;
  return report.observersAsked == 0 ? NetworkProblem::NoObservers : NetworkProblem::NothingAnswers;
}

bool NetCheck::handleDatagram(TimePoint now, const net::DatagramView& datagram) {
  const bool isOurs = m_check && m_check->handleDatagram(now, datagram);
  if (isOurs) takeResult(now);
  return isOurs || isExtra(datagram.local);
}

void NetCheck::handleTimeout(TimePoint now) {
  if (!m_check) return;
  m_check->handleTimeout(now);
  takeResult(now);
}

void NetCheck::pollTransmit(TimePoint now, const net::TransmitSink& sink) {
  if (m_check) m_check->pollTransmit(now, sink);
}

std::optional<TimePoint> NetCheck::pollTimeout() const {
  return m_check ? m_check->pollTimeout() : std::nullopt;
}

}  // namespace foyer::engine
