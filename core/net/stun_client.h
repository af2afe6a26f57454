// Asks STUN servers from which address they see a socket of ours (binding requests, RFC 8489
// section 6.2.1), several at once, from one socket or many. Leaves out authentication, redirects
// (300 is an answer like any refusal: a server does not choose where we send) and sockets. A value
// of one thread; `random` must outlive it.
//
// A turn of the owner's loop: handleDatagram()*, handleTimeout(now) if due, pollEvent()*, then
// pollTransmit(now, sink), then sleep until pollTimeout().
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/base/address.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/net/endpoint.h"
#include "core/net/stun.h"

namespace foyer::net {

// The wait after the first request; it doubles with each. RFC 8489 says 500 ms, meant for servers
// that see every client of a provider; a call has to be audible 300 ms after the answer, a lost
// datagram must not cost more than that, and a query is seven datagrams of 28 bytes at most.
constexpr Duration kStunFirstWait = 100ms;
// Rc of RFC 8489 section 6.2.1.
constexpr unsigned kStunMaxSends = 7;
// A query that has no answer by then has none: slower than satellites with a full queue.
constexpr Duration kStunDeadline = 2s;
// Queries under way and answers not yet taken together; more are refused.
constexpr std::size_t kMaxStunQueries = 128;

using StunQueryId = std::uint32_t;

struct StunQuery {
  // Label of the socket, as in DatagramView::local.
  SocketAddress local;
  SocketAddress server;
  // RFC 5780: asks the server to answer from its other address or port. Then `answerFrom` says
  // which that is; unset means `server`.
  StunChangeRequest change;
  std::optional<SocketAddress> answerFrom;
  Duration deadline = kStunDeadline;
};

enum class StunOutcome : std::uint8_t {
  Answered,
  NoAnswer,   // nothing until the deadline
  Refused,    // an error response: `errorCode`
  BadAnswer,  // a response without a usable mapped address, or not from `answerFrom`
};
[[nodiscard]] const char* toString(StunOutcome outcome);

struct StunAnswer {
  StunQueryId id = 0;
  StunQuery query;
  StunOutcome outcome = StunOutcome::NoAnswer;
  // Answered: how the server says it sees the socket; a claim, nothing more.
  SocketAddress mapped;
  // Answered: the server's other address and port (RFC 5780), as it says.
  std::optional<SocketAddress> other;
  // From the first request to the answer: an upper bound once `sends` is above 1.
  Duration roundTrip{};
  unsigned sends = 0;
  std::uint16_t errorCode = 0;
};

enum class StunAskError : std::uint8_t {
  TooMany,     // kMaxStunQueries
  BadAddress,  // no host's address: unspecified, multicast, broadcast, or port 0
};
[[nodiscard]] const char* toString(StunAskError error);

// An address that one host can have and a port that is not 0.
[[nodiscard]] bool isHostAddress(const SocketAddress& address);

class StunClient {
 public:
  explicit StunClient(RandomSource& random) : m_random(&random) {}

  // The request leaves with the next pollTransmit(); one event follows for every id.
  [[nodiscard]] Result<StunQueryId, StunAskError> ask(TimePoint now, const StunQuery& query);
  // Forgets the query without an event; unknown ids are ignored.
  void cancel(StunQueryId id);

  // --- Fed
  // False: not the answer to any query (wrong id, socket or sender); somebody else's datagram.
  bool handleDatagram(TimePoint now, const DatagramView& datagram);
  void handleTimeout(TimePoint now);

  // --- Drained
  void pollTransmit(TimePoint now, const TransmitSink& sink);
  [[nodiscard]] std::optional<StunAnswer> pollEvent();
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  [[nodiscard]] std::size_t underWay() const { return m_transactions.size(); }

 private:
  struct Transaction {
    StunQueryId id = 0;
    StunQuery query;
    StunTransactionId transaction;
    TimePoint startedAt;
    TimePoint endsAt;
    // Never once all requests were sent.
    std::optional<TimePoint> sendAt;
    Duration wait = kStunFirstWait;
    unsigned sends = 0;
  };

  void finish(std::size_t index, StunAnswer answer);

  RandomSource* m_random;
  std::vector<Transaction> m_transactions;
  std::deque<StunAnswer> m_events;
  StunQueryId m_nextId = 1;
};

}  // namespace foyer::net
