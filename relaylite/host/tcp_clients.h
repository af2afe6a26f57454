// Clients that reach the relay over TLS on TCP because UDP is blocked where they are: a listener
// and its connections, as one DatagramPort of the relay's driver. To the relay each is a remote
// address under the label of TCP. Everything is bounded: how many, how many from one address, how
// many that have not finished TLS, how long each may be silent, what waits for who does not read.
// The relay's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/io/datagram_link.h"
#include "core/io/datagram_port.h"
#include "relaylite/admission.h"

namespace foyer::relayhost {

struct TcpLimits {
  std::size_t clients = 512;           // each costs a descriptor and some 60 kB
  std::size_t clientsPerAddress = 64;  // IPv6: per /64; as many as over UDP
  std::size_t handshakes = 64;         // TLS not finished; each is worth a signature
  std::size_t handshakesPerAddress = 8;
  Duration handshakeWithin = 10s;
  // Nothing came, or the relay had nothing to say (what comes is no QUIC of a client): a client
  // that lives says something every 4 s, and is answered.
  Duration silentFor = 30s;
};

struct TcpStats {
  std::uint64_t accepted = 0, opened = 0;
  std::uint64_t refusedFull = 0, refusedAddress = 0, refusedHandshakes = 0;
  std::uint64_t closedSilent = 0;
  std::uint64_t closedBad = 0;  // no TLS, no datagrams, too slow a handshake
  std::uint64_t datagramsIn = 0, datagramsOut = 0;
  std::uint64_t dropped = 0;  // for who does not read quickly enough; of those that are gone
};

class TcpClients final : public io::DatagramPort {
 public:
  using OnDatagram = std::function<void(const SocketAddress& remote, ByteView datagram)>;

  TcpClients(io::EventLoop& loop, TcpLimits limits, OnDatagram onDatagram);
  ~TcpClients() override;
  TcpClients(const TcpClients&) = delete;
  TcpClients& operator=(const TcpClients&) = delete;

  // Listens at one more address, with a certificate that is new for this run. Fault stage
  // "binding".
  [[nodiscard]] Result<void, Fault> listen(const SocketAddress& local);
  // Who is in stays in.
  void stopListening() { m_listeners.clear(); }
  // Of the first listener, 0 before.
  [[nodiscard]] std::uint16_t port() const;
  // For who comes next.
  void setClientsPerAddress(std::size_t count) { m_limits.clientsPerAddress = count; }

  void queue(TimePoint now, const SocketAddress& remote, ByteView datagram) override;
  void flush(TimePoint now) override;

  [[nodiscard]] std::size_t count() const { return m_clients.size(); }
  [[nodiscard]] const TcpStats& stats() const { return m_stats; }

 private:
  struct Client {
    std::unique_ptr<io::DatagramLink> link;
    TimePoint answeredAt;
    bool isOpen = false;
    bool isWaiting = false;  // in m_toFlush
  };
  void onIncoming(TimePoint now, io::TcpListener::Incoming& incoming);
  void onOpen(TimePoint now, const SocketAddress& remote);
  void onClosed(const SocketAddress& remote, const Fault& fault);
  void remove(const SocketAddress& remote);
  void sweep(TimePoint now);

  io::EventLoop& m_loop;
  TcpLimits m_limits;
  OnDatagram m_onDatagram;
  std::shared_ptr<const net::TlsCredentials> m_credentials;
  std::vector<std::unique_ptr<io::TcpListener>> m_listeners;
  std::unordered_map<SocketAddress, Client> m_clients;
  relaylite::AddressCounts m_addresses, m_handshakeAddresses;
  std::size_t m_handshakes = 0;
  std::vector<SocketAddress> m_toFlush;
  io::EventLoop::TimerId m_timer = 0;
  TcpStats m_stats;
};

}  // namespace foyer::relayhost
