// Answers STUN binding requests (RFC 8489) with the address they came from, so that a relay is an
// observer of NATs on the port it has anyway. Keeps nothing about anybody; bounded per source and
// as a whole, because sources can be forged. Leaves out a second address (RFC 5780) and everything
// that needs a password. A value of one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/net/endpoint.h"
#include "core/net/rate_limit.h"

namespace foyer::net {

// One look at a NAT asks from nine sockets, and again where datagrams get lost; a home has several
// people.
constexpr double kStunAnswersPerSource = 20;  // a second
constexpr double kStunAnswersPerSourceBurst = 60;
// 22 kB/s out at the most, whoever asks.
constexpr double kStunAnswers = 500;  // a second
constexpr double kStunAnswersBurst = 1000;
// Between two pollTransmit() calls.
constexpr std::size_t kMaxWaitingStunAnswers = 256;

struct StunResponderStats {
  std::uint64_t answered = 0;
  std::uint64_t refused = 0;     // 420: it asked for something that is not offered
  std::uint64_t suppressed = 0;  // beyond the rates, or too many wait
  std::uint64_t ignored = 0;     // no binding request
};

class StunResponder {
 public:
  // `random` outlives it; nothing is drawn before somebody asks.
  explicit StunResponder(RandomSource& random) : m_random(&random) {}

  // Of Demux::Stun. An answer is at most 2.2 times as long as its question.
  void handleDatagram(TimePoint now, const DatagramView& datagram);
  void pollTransmit(const TransmitSink& sink);
  [[nodiscard]] const StunResponderStats& stats() const { return m_stats; }

 private:
  struct Answer {
    SocketAddress local;
    SocketAddress remote;
    Bytes bytes;
  };

  RandomSource* m_random;
  std::optional<AddressLimiter> m_perSource;
  TokenBucket m_whole{kStunAnswers, kStunAnswersBurst};
  std::vector<Answer> m_waiting;
  StunResponderStats m_stats;
};

}  // namespace foyer::net
