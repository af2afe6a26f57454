// The connection of a TurnClient to a real server over UDP, TCP or TLS, and the loop that turns
// both.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/io/clock.h"
#include "core/io/os_random.h"
#include "core/net/turn_client.h"
#include "core/net/turn_stream.h"

namespace foyer::test {

// Whether a TCP listener could have this address now.
[[nodiscard]] bool canListen(const SocketAddress& address);

// Bytes to and from one server. Never blocks but for connecting and the TLS handshake.
class TurnWire {
 public:
  using Sink = std::function<void(ByteView message)>;
  virtual ~TurnWire() = default;
  virtual void send(ByteView message) = 0;
  // False: the connection is gone, or says what is not TURN.
  [[nodiscard]] virtual bool receive(const Sink& sink) = 0;
  [[nodiscard]] virtual int fd() const = 0;

  // Null when nobody listens there. `certificate`: DER, the only one that is accepted (TLS).
  // `localPort`: UDP only, 0 for any.
  [[nodiscard]] static std::unique_ptr<TurnWire> connect(net::TurnTransport transport,
                                                         const SocketAddress& server,
                                                         const Bytes& certificate,
                                                         std::uint16_t localPort = 0);
};

// A client with its wire; keeps what came.
class TurnUser {
 public:
  struct Data {
    SocketAddress peer;
    Bytes payload;
  };

  TurnUser(net::TurnConfig config, const Bytes& certificate = {});

  // Starts to allocate.
  void start();
  // Turns once: waits at most `longest` for something to come.
  void turn(Duration longest);
  void send(const SocketAddress& peer, ByteView payload);
  // Turns until `done`; false after ten seconds.
  [[nodiscard]] bool until(const std::function<bool()>& done);
  [[nodiscard]] bool allocate();
  [[nodiscard]] bool permit(const SocketAddress& peer);
  [[nodiscard]] TimePoint now() { return m_clock.now(); }

  template <class E>
  [[nodiscard]] std::vector<E> all() const {
    std::vector<E> found;
    for (const net::TurnEvent& event : events) {
      if (const E* one = std::get_if<E>(&event)) found.push_back(*one);
    }
    return found;
  }
  // "turn_allocate wrong_credentials 401" of the end; "closed" when there was no fault, "" before.
  [[nodiscard]] std::string ending() const;

  net::TurnClient& client() { return *m_client; }

  std::vector<net::TurnEvent> events;
  std::vector<Data> data;
  bool isBroken = false;
  // To be set before start(); 0: any.
  std::uint16_t localPort = 0;

 private:
  void drain();

  io::SystemClock m_clock;
  io::OsRandom m_random;
  net::TurnTransport m_transport;
  Bytes m_certificate;
  std::unique_ptr<TurnWire> m_wire;
  std::optional<net::TurnClient> m_client;
};

}  // namespace foyer::test
