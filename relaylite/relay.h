// A whole relay as a value on one QUIC endpoint: admission, presence, call routing, channels that
// it cannot read, limits, drain, and a STUN server beside it (docs/protocol.md). No socket, thread,
// clock or randomness of its own; what it cannot do is say where it listens (relaylite/host). A
// value of one thread.
//
// A turn of the owner's loop: handleDatagram()*, handleTimeout(now) if due, pollEvent()*,
// pollTransmit(now, sink), then sleep until pollTimeout().
#pragma once

#include <memory>
#include <optional>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/net/endpoint.h"
#include "core/net/stun_responder.h"
#include "relaylite/directory.h"
#include "relaylite/relay_config.h"
#include "relaylite/relay_event.h"

namespace foyer::crypto {
class Identity;
}

namespace foyer::relaylite {

class Relay {
 public:
  // `random` must outlive the relay; `wall` is the wall clock at `now`, told to clients.
  // `directory` may be null: one in memory.
  Relay(TimePoint now, WallTime wall, RelayConfig config, const crypto::Identity& identity,
        RandomSource& random, std::unique_ptr<Directory> directory = nullptr);
  ~Relay();
  Relay(Relay&&) noexcept;
  Relay& operator=(Relay&&) noexcept;

  // --- Fed
  net::Demux handleDatagram(TimePoint now, const net::DatagramView& datagram);
  void handleTimeout(TimePoint now);
  // The wall clock was set.
  void setWallTime(TimePoint now, WallTime wall);

  // --- Drained
  void pollTransmit(TimePoint now, const net::TransmitSink& sink);
  // At most kMaxEvents wait; more are dropped and counted, snapshot() stays right.
  [[nodiscard]] std::optional<Event> pollEvent();
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;
  static constexpr std::size_t kMaxEvents = 4096;

  // --- Steered
  // Takes effect for whoever comes next; clients and calls that are in stay in.
  void tune(const std::string& inviteToken, const RelayLimits& limits);
  // All of them each time; one that is missing lets nobody in any more, and who came in by it is
  // sent away unless it was over by itself.
  void invite(TimePoint now, std::vector<Invite> invites);
  // For whoever asks from now on; an empty one: nothing.
  void offerTurn(TurnOffer offer);
  // Tells everybody, takes nobody new and no new call; closes all connections (code 6) when no call
  // is left or at `deadline`; then Drained. A deadline of `now` closes at once. A later call can
  // only shorten it.
  void drain(TimePoint now, TimePoint deadline);

  // --- Asked
  [[nodiscard]] const Metrics& metrics() const;
  [[nodiscard]] Snapshot snapshot() const;
  [[nodiscard]] const net::EndpointStats& endpointStats() const;
  [[nodiscard]] const net::StunResponderStats& stunStats() const;
  [[nodiscard]] const Fingerprint& fingerprint() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace foyer::relaylite
