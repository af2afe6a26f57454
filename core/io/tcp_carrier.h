// The client's end of relays over TLS on TCP: a DatagramPort that opens a connection for the first
// datagram to an address, keeps it while it is used and opens another when it broke. Who has the
// relay's key is QUIC's question, inside; so no certificate is checked. The loop's thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/io/datagram_link.h"
#include "core/io/datagram_port.h"

namespace foyer::io {

class TcpCarrier final : public DatagramPort {
 public:
  // Relays times their addresses, tried beside each other; one more takes the place of none.
  static constexpr std::size_t kMaxLinks = 32;
  // QUIC says something every 4 s while it lives (TransportProfile::keepAlive); what is silent for
  // longer was given up.
  static constexpr Duration kUnusedAfter = 15s;
  // After a failure the address is left alone for so long, then twice as long each time.
  static constexpr Duration kFirstPause = 500ms;
  static constexpr Duration kLastPause = 30s;
  static constexpr Duration kOpenWithin = 5s;

  using OnDatagram = std::function<void(const SocketAddress& remote, ByteView datagram)>;

  TcpCarrier(EventLoop& loop, OnDatagram onDatagram);
  ~TcpCarrier() override;
  TcpCarrier(const TcpCarrier&) = delete;
  TcpCarrier& operator=(const TcpCarrier&) = delete;

  void queue(TimePoint now, const SocketAddress& remote, ByteView datagram) override;
  void flush(TimePoint now) override;
  // This machine has these addresses now. A connection from another one is left, and the next
  // datagram opens a new one; what failed may be tried again.
  void onNetworkChanged(const std::vector<IpAddress>& own);

  // Connections that stand.
  [[nodiscard]] std::size_t openLinks() const;
  // Where a relay is said to be, somebody spoke who is none, and no relay has since: as a network
  // does that wants a page to be visited first. Forgotten with the network.
  [[nodiscard]] bool hasMetStranger() const { return m_hasMetStranger; }

 private:
  struct Line {
    std::unique_ptr<DatagramLink> link;  // none during a pause
    TimePoint usedAt;
    TimePoint notBefore{};
    Duration pause = kFirstPause;
  };
  void open(const SocketAddress& remote, Line& line);
  void sweep(TimePoint now);

  EventLoop& m_loop;
  OnDatagram m_onDatagram;
  std::shared_ptr<const net::TlsCredentials> m_credentials;
  std::map<SocketAddress, Line> m_lines;
  EventLoop::TimerId m_timer = 0;
  bool m_hasMetStranger = false;
};

}  // namespace foyer::io
