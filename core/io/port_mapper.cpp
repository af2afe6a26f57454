#include "core/io/port_mapper.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "core/base/assert.h"
#include "core/io/socket_address.h"
#include "core/net/port_mapping_ssdp.h"

namespace foyer::io {
namespace {

// Questions of 60 bytes, answers of 1100.
constexpr UdpOptions kSmallSocket{.bufferBytes = 64 << 10, .segmentationOffload = false};
constexpr std::size_t kAnnouncementBytes = net::kPcpMaxBytes;
// One flooding neighbour does not keep the loop; level triggering brings the rest.
constexpr int kAnnouncementsPerTurn = 16;
// Ports below belong to the system's services.
constexpr std::uint16_t kFirstOtherPort = 1024;

// Shared with every other program of this machine that listens for the same.
int openAnnounceSocket(const IpAddress& local) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_ALLHOSTS_GROUP);  // 224.0.0.1: nothing but announcements
  at.sin_port = htons(net::kMappingAnnouncePort);
  ip_mreq group{};
  group.imr_multiaddr = at.sin_addr;
  RawAddress raw;
  toRaw({local, 0}, raw);
  group.imr_interface = reinterpret_cast<const sockaddr_in*>(raw.get())->sin_addr;
  // Membership is implied on most systems, so its refusal is no reason to go without.
  setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

}  // namespace

PortMapper::PortMapper(EventLoop& loop, RandomSource& random, const PortMapperOptions& options,
                       Callback callback)
    : m_loop(loop), m_random(random), m_options(options), m_callback(std::move(callback)) {
  FOYER_ASSERT(options.localPort != 0, "the socket has a port");
  m_timer = m_loop.addTimer([this](TimePoint now) {
    if (!m_mapping) {
      networkChanged();
      return;
    }
    m_mapping->handleTimeout(now);
    pump(now);
  });
  m_searchTimer = m_loop.addTimer([this](TimePoint now) { search(now); });
  m_upnp = std::make_unique<UpnpWorker>(m_loop);
  open();
}

PortMapper::~PortMapper() {
  *m_isAlive = false;
  m_callback = {};
  m_onStopped = {};
  if (m_mapping) m_mapping->stop(m_loop.now());
  pump(m_loop.now());
  m_upnp->waitForEnd(kEndPatience);
  close();
  m_loop.removeTimer(m_timer);
  m_loop.removeTimer(m_searchTimer);
}

const std::optional<net::HeldMapping>& PortMapper::held() const {
  static const std::optional<net::HeldMapping> kNone;
  return m_mapping ? m_mapping->held() : kNone;
}

void PortMapper::open() {
  m_route = findDefaultRoute(m_options.family);
  auto socket = m_route ? UdpSocket::open({m_route->local, 0}, kSmallSocket)
                        : Failure<Fault>(Fault{"route", "none", true, {}});
  if (!socket) {  // or the address has just gone
    m_route.reset();
    m_loop.setDeadline(m_timer, m_loop.now() + kRouteRetry);
    return;
  }
  m_socket = std::move(*socket);
  m_watch = m_loop.watch(m_socket->fd(), kReadable,
                         [this](TimePoint now, Readiness) { readSocket(now); });
  openAnnouncements();
  m_mapping = std::make_unique<net::PortMapping>(
      net::PortMappingConfig{m_route->gateway, m_route->local, m_options.localPort,
                             m_options.usesUpnp},
      m_random);
  m_mapping->start(m_loop.now());
  pump(m_loop.now());
}

void PortMapper::close() {
  m_loop.setDeadline(m_timer, std::nullopt);
  m_loop.setDeadline(m_searchTimer, std::nullopt);
  if (m_socket) m_loop.unwatch(m_watch);
  if (m_announceFd >= 0) {
    m_loop.unwatch(m_announceWatch);
    ::close(std::exchange(m_announceFd, -1));
  }
  m_socket.reset();
  m_mapping.reset();
  m_order.reset();
  m_description.reset();
  m_searchBegan.reset();
}

void PortMapper::openAnnouncements() {
  // Of IPv6 there are none that home routers send; the minute's check finds a restart there.
  if (!m_route->local.isV4()) return;
  m_announceFd = openAnnounceSocket(m_route->local);
  if (m_announceFd < 0) return;
  m_announceWatch = m_loop.watch(m_announceFd, kReadable,
                                 [this](TimePoint now, Readiness) { readAnnouncements(now); });
}

void PortMapper::networkChanged() {
  if (m_isStopping) return;
  if (m_mapping && findDefaultRoute(m_options.family) == m_route) return;
  const auto lost = held();
  close();
  // An errand for the old router may still run; its answer is nobody's.
  m_upnp = std::make_unique<UpnpWorker>(m_loop);
  if (lost && m_callback) {
    m_callback(m_loop.now(),
               net::PortMappingLost{lost->external, net::MappingLoss::NetworkChanged});
  }
  open();
}

void PortMapper::onSlept(Duration slept) {
  networkChanged();  // a laptop wakes up elsewhere
  if (!m_mapping || m_isStopping) return;
  m_mapping->onSlept(m_loop.now(), slept);
  pump(m_loop.now());
}

void PortMapper::verified(const SocketAddress& external) {
  if (m_mapping) m_mapping->onVerified(external);
}

void PortMapper::disproved(const SocketAddress& external) {
  if (!m_mapping) return;
  m_mapping->onDisproved(m_loop.now(), external);
  pump(m_loop.now());
}

void PortMapper::stop(std::function<void()> onStopped) {
  m_isStopping = true;
  m_onStopped = std::move(onStopped);
  if (!m_mapping) m_loop.setDeadline(m_timer, std::nullopt);
  if (m_mapping) {
    m_mapping->stop(m_loop.now());
    if (m_searchBegan) answerUpnp({net::UpnpOutcome::NoGateway, {}, 0});
  }
  pump(m_loop.now());
}

void PortMapper::readSocket(TimePoint now) {
  m_socket->receive([&](const ReceivedDatagram& datagram) {
    if (datagram.remote == m_mapping->server()) {
      m_mapping->handleDatagram(now, datagram.remote, datagram.bytes);
    } else if (m_searchBegan && datagram.remote.ip == m_route->gateway) {
      // The answer to the search; routers send it from any port.
      if (auto description = net::ssdpLocation(datagram.bytes, m_route->gateway)) {
        m_description = std::move(description);
        m_searchBegan.reset();
        m_loop.setDeadline(m_searchTimer, std::nullopt);
        runErrand();
      }
    }
  });
  pump(now);
}

void PortMapper::readAnnouncements(TimePoint now) {
  std::array<std::uint8_t, kAnnouncementBytes> buffer;
  for (int i = 0; i < kAnnouncementsPerTurn; ++i) {
    RawAddress from;
    from.length = sizeof from.storage;
    const ssize_t got =
        recvfrom(m_announceFd, buffer.data(), buffer.size(), 0, from.get(), &from.length);
    if (got < 0) break;
    if (const auto remote = fromRaw(from.get())) {
      m_mapping->handleAnnouncement(now, *remote,
                                    ByteView(buffer).first(static_cast<std::size_t>(got)));
    }
  }
  pump(now);
}

// What the mapping has to say after any input.
void PortMapper::pump(TimePoint now) {
  if (m_isPumping) return;  // a callback commanded it; the loop below goes on
  m_isPumping = true;
  while (m_mapping) {
    bool isQuiet = true;
    while (const auto bytes = m_mapping->pollTransmit()) {
      m_socket->queue(m_mapping->server(), 0, *bytes);
    }
    if (const auto order = m_mapping->pollUpnp()) {
      isQuiet = false;
      carryOut(now, *order);
    }
    // A callback may change the network, so each event is taken from what is there then.
    if (auto event = m_mapping->pollEvent()) {
      isQuiet = false;
      if (m_callback && !m_isStopping) m_callback(now, *event);
    }
    if (isQuiet) break;
  }
  m_isPumping = false;
  // What the kernel does not take now is as good as lost: it is asked again in time.
  if (m_socket) m_socket->flush();
  if (m_mapping) m_loop.setDeadline(m_timer, m_mapping->pollTimeout());
  finishStop();
}

void PortMapper::finishStop() {
  if (!m_onStopped || (m_mapping && !m_mapping->isStopped())) return;
  m_loop.post([alive = m_isAlive, onStopped = std::exchange(m_onStopped, nullptr)] {
    if (*alive) onStopped();
  });
}

// --- UPnP
// -----------------------------------------------------------------------------------------

void PortMapper::carryOut(TimePoint now, const net::UpnpOrder& order) {
  m_order = order;
  if (m_description) {
    runErrand();
  } else if (order.kind == net::UpnpOrder::Kind::Remove) {
    answerUpnp({net::UpnpOutcome::NoGateway, {}, 0});
  } else {
    m_searchBegan = now;
    m_searches = 0;
    search(now);
  }
}

void PortMapper::search(TimePoint now) {
  if (!m_searchBegan || !m_socket) return;
  if (++m_searches == std::size(kSearchTimes)) {
    m_searchBegan.reset();
    answerUpnp({net::UpnpOutcome::NoGateway, {}, 0});
    pump(now);
    return;
  }
  for (const SocketAddress& to :
       {net::ssdpGroup(), SocketAddress{m_route->gateway, net::kSsdpPort}}) {
    m_socket->queue(to, 0, net::ssdpSearch(to));
  }
  m_socket->flush();
  m_loop.setDeadline(m_searchTimer, *m_searchBegan + kSearchTimes[m_searches]);
}

void PortMapper::runErrand() {
  UpnpErrand errand;
  errand.order = *m_order;
  errand.description = *m_description;
  errand.gateway = m_route->gateway;
  errand.local = m_route->local;
  errand.localPort = m_options.localPort;
  for (std::uint16_t& port : errand.otherPorts) {
    port = static_cast<std::uint16_t>(kFirstOtherPort + m_random.below(65536 - kFirstOtherPort));
  }
  const bool runs = m_upnp->run(std::move(errand), [this](const net::UpnpAnswer& answer) {
    // The router may have moved its description after a restart: searched for anew.
    if (answer.outcome == net::UpnpOutcome::NoGateway) m_description.reset();
    answerUpnp(answer);
    pump(m_loop.now());
  });
  if (!runs) answerUpnp({net::UpnpOutcome::OutOfTime, {}, 0});
}

void PortMapper::answerUpnp(const net::UpnpAnswer& answer) {
  m_order.reset();
  m_searchBegan.reset();
  m_loop.setDeadline(m_searchTimer, std::nullopt);
  if (m_mapping) m_mapping->onUpnp(m_loop.now(), answer);
}

}  // namespace foyer::io
