#include "core/engine/net_thread.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <tuple>

#include "core/base/assert.h"
#include "core/client/labels.h"
#include "core/io/default_route.h"

namespace foyer::engine {
namespace {

// What changed within this time is told together (B-12): twenty updates a second are more than a
// person sees.
constexpr Duration kPushInterval = 50ms;
constexpr Duration kClockInterval = 1s;
// Round trips to relays are shown, and nothing else says that they changed.
constexpr Duration kRelayInterval = 5s;
// Events between two pushes; a flood beyond it loses events, never state.
constexpr std::size_t kMaxEvents = 512;

}  // namespace

NetSide::NetSide(io::EventLoop& loop, crypto::Identity identity, client::ClientOptions options,
                 ContactList contacts, io::QtInbox<NetUpdate>::Producer out, int audioFd)
    : m_loop(loop),
      m_contacts(std::move(contacts)),
      m_client(loop.clock().now(), loop.clock().wall(), std::move(identity), m_contacts, m_random,
               std::move(options)),
      m_out(std::move(out)),
      m_searchSockets(
          {.add = [this](io::UdpSocket& socket,
                         const SocketAddress& label) { m_driver->addSocket(socket, label); },
           .remove = [this](const io::UdpSocket& socket) { m_driver->removeSocket(socket); }}),
      m_mappings(loop, m_random, [this](TimePoint now) { onMappings(now); }),
      m_check(std::make_unique<NetCheck>(
          loop, m_random, checkWorld(),
          NetCheck::Callbacks{.onChanged = [this](TimePoint now) { tellNetwork(now); },
                              .onReport =
                                  [this](TimePoint now, const net::NatReport& report) {
                                    m_client.setNatReport(now, report);
                                    if (report.mappedV4) m_mappings.observed(*report.mappedV4);
                                    if (report.mappedV6) m_mappings.observed(*report.mappedV6);
                                  },
                              .onTouched = [this] { m_driver->touch(); }})),
      m_weather(m_random.u64()),
      m_machine(m_client, *m_check, m_impairment),
      m_tcp(loop,
            [this](const SocketAddress& remote, ByteView datagram) {
              m_driver->receive(client::tcpLabelFor(remote), remote, datagram);
            }),
      m_resolver(loop),
      m_finder(
          loop,
          [this](const std::string& host, std::uint16_t port, io::Resolver::Callback callback) {
            m_resolver.resolve(host, port, std::move(callback));
          },
          {.onFound = [this](RelayFinder::Found found) { onFound(std::move(found)); },
           .onFault = [this](const Fault& fault) { push({.at = m_loop.now(), .fault = fault}); }}),
      m_turn(loop, m_random,
             [this](const std::string& host, std::uint16_t port, io::Resolver::Callback callback) {
               m_resolver.resolve(host, port, std::move(callback));
             },
             {.onLocals = [this](TimePoint now) { tellTurn(now); },
              .onChanged =
                  [this](TimePoint now) {
                    m_turnChanged = true;
                    planPush(now);
                  },
              .onDatagram =
                  [this](TimePoint, const net::DatagramView& datagram) {
                    m_driver->receive(datagram.local, datagram.remote, datagram.payload);
                  },
              .onNeed =
                  [this](TimePoint now) {
                    if (!m_hasTurnFromRelays) return;
                    m_client.requestTurn(now);
                    m_driver->touch();
                  }}) {
  m_driver = std::make_unique<io::NetDriver<NetMachine>>(
      loop, m_machine, [this](TimePoint now) { return drain(now); });

  std::optional<Fault> fault;
  for (const IpAddress& any : {IpAddress::v4(0, 0, 0, 0), IpAddress::v6({})}) {
    auto socket = io::UdpSocket::open({any, 0});
    if (!socket) {
      fault = socket.error();
      continue;
    }
    m_sockets.push_back(std::move(*socket));
    m_driver->addSocket(*m_sockets.back());
    m_mappings.addSocket(any.family, m_sockets.back()->localAddress().port);
  }
  if (m_sockets.empty()) push({.fault = fault});
  for (const IpAddress& any : {IpAddress::v4(0, 0, 0, 0), IpAddress::v6({})})
    m_driver->addPort(m_tcp, client::tcpLabelFor({any, 0}));

  m_audioWatch = loop.watch(audioFd, io::kReadable, [this, audioFd](TimePoint now, io::Readiness) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto n = read(audioFd, &count, sizeof count);
    m_client.handleAudio(now);
    m_driver->touch();
  });
  m_pushTimer = loop.addTimer([this](TimePoint now) { pushChanges(now); });
  m_clockTimer = loop.addTimer([this](TimePoint now) { lookAtClocks(now); });
  lookAtClocks(loop.clock().now());
  if (auto watcher =
          io::AddressWatcher::start(loop, [this](TimePoint now) { onNetworkChanged(now); }))
    m_addresses = std::move(*watcher);
}

NetSide::~NetSide() {
  m_check.reset();  // its sockets are the driver's too
  m_loop.unwatch(m_audioWatch);
  m_loop.removeTimer(m_pushTimer);
  m_loop.removeTimer(m_clockTimer);
}

void NetSide::setDirectCalls(bool isOn) {
  m_goesDirect = isOn;
  m_client.setGoesDirect(m_loop.now(), isOn);
  tellAddresses(m_loop.now());
  m_check->setAutomatic(isOn);
  onMappings(m_loop.now());
  m_driver->touch();
}

void NetSide::setPortMapping(bool isOn) {
  m_mapsPorts = isOn;
  onMappings(m_loop.now());
  m_driver->touch();
}

void NetSide::setStunServers(std::vector<wire::LinkHost> servers) {
  m_check->setStunServers(std::move(servers));
}

bool NetSide::checkNetwork(bool isSlow, NetCheck::Done done) {
  return m_check->start(m_loop.now(), isSlow, std::move(done));
}

NetworkCheckView NetSide::networkView() const {
  NetworkCheckView view = m_check->view();
  view.mappingV4 = m_mappings.view(IpAddress::Family::V4);
  view.mappingV6 = m_mappings.view(IpAddress::Family::V6);
  return view;
}

NetCheck::World NetSide::checkWorld() {
  NetCheck::World world;
  world.relays = [this] {
    std::vector<NetCheck::RelayPoint> points;
    for (client::RelayEnd& end : m_client.relayEnds()) {
      NetCheck::RelayPoint point;
      point.isConnected = end.phase == client::RelayPhase::Connected;
      point.isDialling = end.phase == client::RelayPhase::Connecting;
      // The other addresses tell about the other family.
      if (end.inUse) point.addresses.push_back(*end.inUse);
      for (const SocketAddress& at : end.known)
        if (!end.inUse || at.ip.family != end.inUse->ip.family) point.addresses.push_back(at);
      if (end.inUse) point.observed = end.observed;
      points.push_back(std::move(point));
    }
    if (m_finder.isSearching()) points.push_back({.isDialling = true});
    return points;
  };
  world.mainSocket = [this](IpAddress::Family family) -> std::optional<net::NatSocket> {
    for (const auto& socket : m_sockets)
      if (socket->family() == family)
        return net::NatSocket{io::localLabel(family), socket->localAddress().port};
    return std::nullopt;
  };
  world.hostAddresses = [] {
    std::vector<IpAddress> all;
    for (const io::LocalAddress& local : io::listLocalAddresses()) all.push_back(local.ip);
    return all;
  };
  world.isInside = [](const IpAddress& ip) {
    return ip.isLoopback() || ip.isLinkLocal() || ip.isPrivate();
  };
  world.hasMetStranger = [this] { return m_tcp.hasMetStranger(); };
  world.lookUp = [this](const std::string& host, std::uint16_t port,
                        io::Resolver::Callback callback) {
    m_resolver.resolve(host, port, std::move(callback));
  };
  world.addSocket = [this](io::UdpSocket& socket, const SocketAddress& label) {
    m_driver->addSocket(socket, label);
  };
  world.removeSocket = [this](const io::UdpSocket& socket) { m_driver->removeSocket(socket); };
  return world;
}

void NetSide::impair(const net::ImpairmentSpec& spec) {
  m_impairment.configure(spec);
  m_driver->touch();
}

NetFacts NetSide::facts() const {
  NetFacts facts;
  for (const auto& socket : m_sockets) {
    facts.hasSocketV6 = facts.hasSocketV6 || socket->family() == IpAddress::Family::V6;
    facts.hasSegmentation = facts.hasSegmentation || socket->hasSegmentation();
  }
  for (const io::LocalAddress& local : io::listLocalAddresses())
    facts.hasAddressV6 = facts.hasAddressV6 ||
                         (!local.ip.isV4() && !local.ip.isLoopback() && !local.ip.isLinkLocal());
  facts.hasRouteV6 = io::findDefaultRoute(IpAddress::Family::V6).has_value();
  facts.impairment = m_impairment.counters();
  return facts;
}

void NetSide::onNetworkChanged(TimePoint now) {
  m_finder.retryNow(now);
  tellAddresses(now);
  m_mappings.networkChanged();
  std::vector<IpAddress> own;
  for (const io::LocalAddress& local : io::listLocalAddresses()) own.push_back(local.ip);
  m_tcp.onNetworkChanged(own);
  m_client.retryRelays(now);
  m_check->networkChanged(now);
  m_turn.onNetworkChanged(now);
  m_driver->touch();
}

void NetSide::onRelaysMoved(TimePoint now) {
  for (const client::RelayEnd& end : m_client.relayEnds()) {
    if (!end.inUse) continue;
    if (end.observed) m_mappings.observed(*end.observed);
    m_hasRelayOutside = m_hasRelayOutside || !end.inUse->ip.isLoopback();
  }
  m_check->relaysChanged(now);
  onMappings(now);
}

// A router is bothered once there is somebody outside to be reached by.
void NetSide::onMappings(TimePoint now) {
  m_mappings.setWanted(now, m_goesDirect && m_mapsPorts && m_hasRelayOutside);
  m_client.setMappedAddresses(now, m_mappings.addresses());
  m_driver->touch();
  tellNetwork(now);
}

void NetSide::tellNetwork(TimePoint now) {
  m_networkChanged = true;
  planPush(now);
}

void NetSide::planPush(TimePoint now) {
  if (m_isPushPlanned) return;
  m_isPushPlanned = true;
  m_loop.setDeadline(m_pushTimer, now + kPushInterval);
}

void NetSide::setTurnServers(std::vector<TurnAccess> servers) {
  m_turn.setOwn(m_loop.now(), std::move(servers));
}

void NetSide::setTurnFromRelays(bool isOn) { m_hasTurnFromRelays = isOn; }

void NetSide::takeTurn(TimePoint now, client::Client::TurnFrom given) {
  std::vector<TurnAccess> servers;
  for (net::TurnLink& link : given.turn.links)
    servers.push_back({.link = std::move(link),
                       .credentials = given.turn.credentials.clone(),
                       .goodUntil = given.turn.goodUntil,
                       .fromRelay = given.relay,
                       .relayAt = given.relayAt});
  m_turn.setFromRelay(now, given.relay, std::move(servers));
}

void NetSide::testTurnServer(TurnAccess server, std::function<void(const io::TurnTest&)> done) {
  m_turn.test(std::move(server), std::move(done));
}

void NetSide::tellTurn(TimePoint now) {
  if (m_turnPort != nullptr) m_driver->removePort(*m_turnPort);
  m_turnPort = m_turn.port();
  if (m_turnPort != nullptr) m_driver->addPort(*m_turnPort, m_turnPort->label());
  tellExtraLocals(now);
}

// All of them together, whichever has changed.
void NetSide::tellExtraLocals(TimePoint now) {
  std::vector<client::ExtraLocal> locals;
  if (m_turnPort != nullptr)
    locals.push_back({m_turnPort->label(), m_turnPort->relayed(), wire::CandidateKind::Relayed});
  const std::vector<client::ExtraLocal> searching = m_searchSockets.locals();
  locals.insert(locals.end(), searching.begin(), searching.end());
  m_client.setExtraLocals(now, std::move(locals));
  m_driver->touch();
}

void NetSide::tellAddresses(TimePoint now) {
  std::vector<client::LocalEndpoint> endpoints;
  for (const io::LocalAddress& local : io::listLocalAddresses())
    for (const auto& socket : m_sockets)
      if (socket->family() == local.ip.family && net::isOfferable(local.ip))
        endpoints.push_back({{local.ip, socket->localAddress().port}, local.prefixBits});
  m_client.setLocalAddresses(now, std::move(endpoints));
}

void NetSide::lookAtClocks(TimePoint now) {
  const WallTime wall = m_loop.clock().wall();
  m_client.setWallClock(now, wall);
  m_turn.setWallClock(wall.unixMs - toMilliseconds(now.time_since_epoch()));
  if (const auto slept = m_sleep.observe(m_loop.clock().now(), m_loop.clock().bootTime())) {
    // The relay has given this client up; the idle timer stood still and would find out too late.
    if (*slept > net::TransportProfile{}.idleTimeout)
      m_client.wakeUp(now);
    else
      m_client.retryRelays(now);
    m_finder.retryNow(now);
    m_mappings.onSlept(*slept);
    m_check->networkChanged(now);
    m_driver->touch();
    push({.at = now, .slept = slept});
  }
  if (std::any_of(m_sockets.begin(), m_sockets.end(), [](const auto& s) { return s != nullptr; }) &&
      !m_client.calls(now).empty()) {
    m_callsChanged = true;  // rates and round trips are shown live
    if (!m_isPushPlanned) pushChanges(now);
  }
  if (now >= m_relaysDue) {
    m_relaysDue = now + kRelayInterval;
    m_relaysChanged = m_relaysChanged || !m_client.relays().empty();
    if (m_relaysChanged && !m_isPushPlanned) pushChanges(now);
  }
  m_loop.setDeadline(m_clockTimer, now + kClockInterval);
}

void NetSide::connectRelay(const wire::RelayLink& link, std::optional<PublicKey> knownKey) {
  m_finder.find(link, knownKey);
}

void NetSide::disconnectRelay(const Fingerprint& relay) {
  m_finder.forget(relay);
  m_client.disconnectRelay(m_loop.now(), relay);
  m_turn.setFromRelay(m_loop.now(), relay, {});
}

void NetSide::onFound(RelayFinder::Found found) {
  const auto connected =
      m_client.connectRelay(m_loop.now(), {.fingerprint = found.link.relay,
                                           .addresses = std::move(found.addresses),
                                           .invite = found.link.invite,
                                           .knownKey = found.key,
                                           .tcpPort = found.link.tcpPort});
  if (!connected) push({.at = m_loop.now(), .fault = connected.error()});
  m_driver->touch();
}

void NetSide::touch() { m_driver->touch(); }

bool NetSide::drain(TimePoint now) {
  bool any = false, haveRelaysMoved = false;
  while (auto event = m_client.pollEvent()) {
    any = true;
    haveRelaysMoved |= std::holds_alternative<client::RelayChanged>(*event);
    m_relaysChanged |= std::holds_alternative<client::RelayChanged>(*event);
    m_peopleChanged |= std::holds_alternative<client::PeopleChanged>(*event);
    m_callsChanged |= std::holds_alternative<client::CallChanged>(*event);
    const bool isNews = std::holds_alternative<client::CallRang>(*event) ||
                        std::holds_alternative<client::CallEnded>(*event) ||
                        std::holds_alternative<client::TriedToReachYou>(*event);
    if (isNews && m_events.size() < kMaxEvents) m_events.push_back(std::move(*event));
  }
  if (haveRelaysMoved) onRelaysMoved(now);
  // After every input: a call that may go directly begins to want it, or ends.
  m_turn.setWanted(now, m_goesDirect && m_client.hasDirectCall());
  while (auto given = m_client.pollTurn()) takeTurn(now, std::move(*given));
  if (m_searchSockets.follow(m_client.wantedSockets())) tellExtraLocals(now);
  if (any && !m_isPushPlanned) {
    // Calls are told at once, the rest waits for company.
    m_isPushPlanned = true;
    m_loop.setDeadline(m_pushTimer, m_callsChanged ? now : now + kPushInterval);
  } else if (any && m_callsChanged) {
    m_loop.setDeadline(m_pushTimer, now);
  }
  return any;
}

void NetSide::pushChanges(TimePoint now) {
  m_isPushPlanned = false;
  NetUpdate update{.at = now};
  if (m_relaysChanged) update.relays = m_client.relays();
  if (m_peopleChanged) update.people = m_client.people();
  if (m_callsChanged) update.calls = m_client.calls(now);
  if (m_networkChanged) update.network = networkView();
  if (m_turnChanged) update.turn = m_turn.states();
  update.events = std::exchange(m_events, {});
  m_relaysChanged = m_peopleChanged = m_callsChanged = m_networkChanged = m_turnChanged = false;
  push(std::move(update));
}

void NetSide::pushEverything() {
  m_relaysChanged = m_peopleChanged = m_callsChanged = m_networkChanged = m_turnChanged = true;
  pushChanges(m_loop.now());
}

void NetSide::push(NetUpdate update) { m_out.push(std::move(update)); }

void NetSide::shutDown() {
  m_client.shutDown(m_loop.clock().now());
  m_turn.shutDown(m_loop.clock().now());
  m_driver->pump(m_loop.clock().now());
}

NetThread::NetThread(io::SteadySource& clock, crypto::Identity identity,
                     client::ClientOptions options, ContactList contacts,
                     io::QtInbox<NetUpdate>::Producer out)
    : m_audioFd(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      m_thread("foyer-net", clock, io::Scheduling::RoundRobin) {
  FOYER_ASSERT(m_audioFd >= 0, "a process has descriptors left for an eventfd");
  auto parts = std::make_shared<std::tuple<crypto::Identity, client::ClientOptions, ContactList>>(
      std::move(identity), std::move(options), std::move(contacts));
  m_thread.start(
      [this, parts, out] {
        m_side = std::make_unique<NetSide>(m_thread.loop(), std::move(std::get<0>(*parts)),
                                           std::move(std::get<1>(*parts)),
                                           std::move(std::get<2>(*parts)), out, m_audioFd);
      },
      [this] {
        m_side->shutDown();
        m_side.reset();
      });
}

NetThread::~NetThread() {
  m_thread.stopAndJoin();
  close(m_audioFd);
}

void NetThread::post(std::function<void(NetSide&)> work) {
  m_thread.loop().post([this, work = std::move(work)] {
    if (!m_side) return;
    work(*m_side);
    m_side->touch();
  });
}

}  // namespace foyer::engine
