// An address on a TURN server as one more local end of a NetDriver's machine: what the machine
// sends from label() to a peer is wrapped for it, what the server relays comes in as a datagram
// from the peer to label(). Asks the server to let a peer through at the first packet towards it.
// Leaves out which server, and when (core/engine/turn_paths.h). The loop's thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/io/datagram_port.h"
#include "core/io/event_loop.h"
#include "core/io/turn_connection.h"
#include "core/net/turn_client.h"

namespace foyer::io {

class TurnPort final : public DatagramPort {
 public:
  // None runs inside a call of this class; onChanged may delete the port.
  struct Handlers {
    // relayed(), or hasEnded() and fault(), say something new.
    std::function<void(TimePoint)> onChanged;
    // Valid during the call.
    std::function<void(TimePoint, const SocketAddress& peer, ByteView packet)> onPacket;
  };
  struct Server {
    net::TurnConfig config;
    std::string host;                                // of the link
    std::shared_ptr<const net::TlsCredentials> tls;  // for Tls alone
  };

  // Packets that wait until the server lets their peer through; the oldest gives way.
  static constexpr std::size_t kMaxWaiting = 32;
  // Bytes that wait for a slow stream, above which packets are lost instead: half a second of voice
  // at 100 kb/s. What is older nobody wants to hear.
  static constexpr std::size_t kMaxBehind = 6 * 1024;
  // A peer that has not been heard for this long may be forgotten for a new one.
  static constexpr Duration kPeerSilence = 10s;

  // Begins to allocate. `loop` and `random` outlive the port.
  TurnPort(EventLoop& loop, RandomSource& random, const SocketAddress& label, Server server,
           Handlers handlers);
  // Gives back as far as that needs no waiting.
  ~TurnPort() override;
  TurnPort(const TurnPort&) = delete;
  TurnPort& operator=(const TurnPort&) = delete;

  // Lost when there is no allocation, when the peer has another family, and when there are
  // net::kMaxTurnPeers that were all heard of late.
  void queue(TimePoint now, const SocketAddress& peer, ByteView packet) override;
  void flush(TimePoint now) override;
  // Gives the address back; onChanged when the server has said so, or does not answer.
  void close(TimePoint now);

  // The address that the system would reach the server from now is another one than at the
  // beginning: the server does not know this end any more.
  [[nodiscard]] bool hasMoved() const;

  [[nodiscard]] const SocketAddress& label() const { return m_label; }
  [[nodiscard]] std::optional<SocketAddress> relayed() const { return m_client.relayed(); }
  [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
  [[nodiscard]] const std::optional<Fault>& fault() const { return m_fault; }
  [[nodiscard]] bool wasGivenBack() const { return m_client.wasGivenBack(); }

 private:
  struct Peer {
    SocketAddress at;
    TimePoint usedAt{};  // heard, or added
  };
  struct Waiting {
    SocketAddress peer;
    Bytes packet;
  };
  [[nodiscard]] Peer* find(const SocketAddress& at);
  [[nodiscard]] bool admit(TimePoint now, const SocketAddress& at);
  void onMessage(TimePoint now, const SocketAddress& from, ByteView message);
  // Events, what is to be sent, the next wake-up.
  void pump(TimePoint now);
  void sendWaiting(TimePoint now, const SocketAddress& peer);
  void transmit(TimePoint now);

  EventLoop& m_loop;
  SocketAddress m_label;
  Handlers m_handlers;
  net::TurnTransport m_transport;
  net::TurnClient m_client;
  TurnConnection m_connection;
  EventLoop::TimerId m_timer = 0;
  std::optional<IpAddress> m_source;  // of this machine, towards the server
  std::vector<Peer> m_peers;
  std::deque<Waiting> m_waiting;
  bool m_hasEnded = false;
  std::optional<Fault> m_fault;
};

}  // namespace foyer::io
