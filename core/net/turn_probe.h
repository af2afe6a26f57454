// "Test this server": allocates on a TURN server, sends one small datagram through it to itself,
// and gives everything back. Nobody but the server hears of it and nothing is kept. Leaves out
// resolving, connecting and TLS, whose faults the owner knows. A value of one thread; fed and
// drained as TurnClient is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/net/turn_client.h"

namespace foyer::net {

// Somebody waits at the screen: 0, 0.5, 1.5, 3.5 s, given up at 5.5 s.
constexpr TurnRetry kTurnProbeRetry{.first = 500ms, .sendings = 4, .lastWait = 4, .onStream = 6s};
// The datagram through the server: so often, and so long apart.
constexpr unsigned kTurnProbeSends = 5;
constexpr Duration kTurnProbeGap = 200ms;
constexpr std::size_t kTurnProbeBytes = 32;

struct TurnReport {
  // The server gave an allocation; what follows is of it.
  bool isUsable = false;
  SocketAddress relayed;
  SocketAddress mapped;
  Duration lifetime{};
  // Why not.
  std::optional<TurnFault> fault;
  // From the first question to its answer; none when it had to be repeated.
  std::optional<Duration> roundTrip;
  // A datagram to the relayed address came back through the server, after that time. None proves
  // nothing: a server behind a NAT of its own, or one that forbids its own address, works too.
  std::optional<Duration> relayRoundTrip;
  // Where the server sent us, when it did.
  std::optional<SocketAddress> redirectedTo;
  // Until when time-limited credentials are good, seconds of Unix time.
  std::optional<std::int64_t> credentialsExpiry;
  // From start() to the allocation, or to the fault.
  Duration took{};
  // The server said that it has taken the allocation back.
  bool isGivenBack = false;
};

class TurnProbe {
 public:
  // `config.retry` is replaced by kTurnProbeRetry. `random` outlives the probe.
  TurnProbe(TurnConfig config, RandomSource& random);

  // Over TCP and TLS: when the connection to server() stands.
  void start(TimePoint now);
  // The connection broke.
  void disconnected(TimePoint now);

  // False: not for the probe. `from`: server() for a stream.
  bool handle(TimePoint now, const SocketAddress& from, ByteView message);
  void handleTimeout(TimePoint now);
  void pollTransmit(TimePoint now, const TurnClient::Sink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  [[nodiscard]] const SocketAddress& server() const { return m_client.server(); }
  // A stream was redirected: start() is waited for, on a connection to server().
  [[nodiscard]] bool wantsConnection() const { return m_wantsConnection; }
  [[nodiscard]] bool isDone() const { return m_isDone; }
  // Whole when isDone().
  [[nodiscard]] const TurnReport& report() const { return m_report; }

 private:
  void takeEvents(TimePoint now);
  void giveBack(TimePoint now);

  RandomSource& m_random;
  bool m_isStream;
  TurnClient m_client;
  TurnReport m_report;
  bool m_hasStarted = false;
  TimePoint m_startedAt{};
  unsigned m_questions = 0;
  TimePoint m_askedAt{};
  bool m_isAnswered = false;
  // The datagram through the server; the next sending, or the end of waiting.
  std::array<std::uint8_t, kTurnProbeBytes> m_token{};
  std::optional<TimePoint> m_nextSend;
  unsigned m_sends = 0;
  TimePoint m_firstSend{};
  bool m_wantsConnection = false;
  bool m_isDone = false;
};

}  // namespace foyer::net
