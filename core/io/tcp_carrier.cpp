#include "core/io/tcp_carrier.h"

#include <algorithm>

namespace foyer::io {
namespace {

constexpr Duration kSweepInterval = 5s;

// Who answers with something else than TLS, or with something else inside it.
bool isStrangers(const Fault& fault) {
  return fault.code == "tls_not_tls" || fault.code == "not_datagrams";
}

}  // namespace

TcpCarrier::TcpCarrier(EventLoop& loop, OnDatagram onDatagram)
    : m_loop(loop),
      m_onDatagram(std::move(onDatagram)),
      m_credentials(net::TlsCredentials::unchecked()),
      m_timer(loop.addTimer([this](TimePoint now) { sweep(now); })) {}

TcpCarrier::~TcpCarrier() { m_loop.removeTimer(m_timer); }

void TcpCarrier::queue(TimePoint now, const SocketAddress& remote, ByteView datagram) {
  auto found = m_lines.find(remote);
  if (found == m_lines.end()) {
    if (m_lines.size() >= kMaxLinks) return;
    if (m_lines.empty()) m_loop.setDeadline(m_timer, now + kSweepInterval);
    found = m_lines.emplace(remote, Line{}).first;
  }
  Line& line = found->second;
  line.usedAt = now;
  if (!line.link) {
    if (now < line.notBefore) return;
    open(remote, line);
  }
  line.link->push(now, datagram);
}

void TcpCarrier::open(const SocketAddress& remote, Line& line) {
  line.link =
      DatagramLink::connect(m_loop, remote, {.tls = m_credentials, .openWithin = kOpenWithin},
                            {.onOpen = {},
                             .onDatagram =
                                 [this, remote](TimePoint, ByteView datagram) {
                                   // A relay that answers is one, and may be asked again at once
                                   // should the connection break.
                                   m_lines.at(remote).pause = kFirstPause;
                                   m_hasMetStranger = false;
                                   m_onDatagram(remote, datagram);
                                 },
                             .onClosed =
                                 [this, remote](TimePoint at, const Fault& fault) {
                                   if (isStrangers(fault)) m_hasMetStranger = true;
                                   Line& broken = m_lines.at(remote);
                                   broken.notBefore = at + broken.pause;
                                   broken.pause = std::min(broken.pause * 2, kLastPause);
                                   broken.link.reset();
                                 }});
}

void TcpCarrier::flush(TimePoint now) {
  for (auto& [remote, line] : m_lines)
    if (line.link) line.link->flush(now);
}

void TcpCarrier::onNetworkChanged(const std::vector<IpAddress>& own) {
  m_hasMetStranger = false;
  for (auto& [remote, line] : m_lines) {
    line.notBefore = {};
    line.pause = kFirstPause;
    const bool isGone =
        line.link && std::find(own.begin(), own.end(), line.link->localAddress().ip) == own.end();
    if (isGone) line.link.reset();
  }
}

void TcpCarrier::sweep(TimePoint now) {
  std::erase_if(m_lines, [&](const auto& entry) {
    const Line& line = entry.second;
    return now - line.usedAt > kUnusedAfter && now >= line.notBefore;
  });
  if (!m_lines.empty()) m_loop.setDeadline(m_timer, now + kSweepInterval);
}

std::size_t TcpCarrier::openLinks() const {
  return static_cast<std::size_t>(std::count_if(m_lines.begin(), m_lines.end(), [](const auto& e) {
    return e.second.link && e.second.link->isOpen();
  }));
}

}  // namespace foyer::io
