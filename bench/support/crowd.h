// Many clients in one thread, each with an identity, an endpoint and a socket of its own, so that a
// relay meets them as it meets real ones: one address each, real handshakes, delayed
// acknowledgements. Speaks just enough of the protocol to be admitted. A fed-and-drained machine
// for NetDriver; the owner's loop thread only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/crypto/identity.h"
#include "core/io/event_loop.h"
#include "core/io/os_random.h"
#include "core/io/udp_socket.h"
#include "core/net/endpoint.h"
#include "core/wire/frame_reader.h"
#include "core/wire/message.h"

namespace foyer::bench {

class Crowd {
 public:
  struct Options {
    SocketAddress relay;
    net::KeyPin pin;
    // One address of 127.0.0.0/8 each (from 127.1.0.1 on), because a relay counts per address.
    bool ownAddresses = true;
    bool saysHello = false;
    bool publishes = false;  // and so is in the lobby, is told of it and may call
  };
  struct Member final : net::DatagramHandler {
    explicit Member(crypto::Identity from) : identity(std::move(from)) {}
    void onDatagram(TimePoint, net::ConnectionId, ByteView) override { ++datagrams; }

    crypto::Identity identity;
    std::unique_ptr<io::UdpSocket> socket;
    std::unique_ptr<net::Endpoint> endpoint;
    net::ConnectionId connection;
    wire::FrameReader reader;
    std::vector<wire::Channel> channels;  // as the relay told
    std::uint64_t datagrams = 0;
    bool isConnected = false, isWelcomed = false, isPublished = false, isTouched = false;
  };

  // `loop` outlives the crowd.
  Crowd(io::EventLoop& loop, Options options);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Makes so many more members; they are silent until dialled.
  void add(std::size_t count);
  void dial(std::size_t index);
  void hangUp(std::size_t index);
  void sendControl(std::size_t index, const wire::Message& message);
  // hop header ‖ `packet` on the member's own channel number `tx`.
  void sendMedia(std::size_t index, std::uint64_t tx, ByteView packet);
  // Writes at once; for commands from outside the loop's callbacks.
  void pump();

  [[nodiscard]] std::size_t size() const { return m_members.size(); }
  [[nodiscard]] Member& member(std::size_t index) { return *m_members[index]; }
  [[nodiscard]] std::uint64_t datagrams() const;
  // Dialled and admitted as far as the options say.
  [[nodiscard]] std::size_t ready() const { return m_ready; }
  [[nodiscard]] std::uint64_t connects() const { return m_connects; }
  [[nodiscard]] std::uint64_t losses() const { return m_losses; }
  // Called when a member is ready, from the loop.
  std::function<void(std::size_t)> onReady;

  // ---- the machine of NetDriver
  void handleDatagram(TimePoint now, const net::DatagramView& datagram);
  void handleTimeout(TimePoint now);
  void pollTransmit(TimePoint now, const net::TransmitSink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

 private:
  void touch(std::size_t index);
  bool takeEvents(TimePoint now);
  void take(std::size_t index, const net::Event& event);
  void message(std::size_t index, const wire::Message& message);
  void checkReady(std::size_t index);

  io::EventLoop& m_loop;
  Options m_options;
  io::OsRandom m_random;
  std::vector<std::unique_ptr<Member>> m_members;
  std::unordered_map<SocketAddress, std::size_t> m_byLabel;
  std::vector<std::size_t> m_touched, m_writing;
  std::size_t m_ready = 0;
  std::uint64_t m_connects = 0, m_losses = 0;
  // Needs the whole class, which this header is still in the middle of.
  struct Driver;
  std::unique_ptr<Driver> m_driver;
};

}  // namespace foyer::bench
