// Requests to a TURN server that wait for their answer: when each is sent, sent again (over UDP
// only, RFC 8489 section 6.2.1) and given up. Leaves out what they say. A value, no thread.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/net/stun.h"

namespace foyer::net {

enum class TurnRequestKind {
  Allocate,
  Refresh,
  Permission,
  Channel,
  Close,  // Refresh with lifetime 0
  Clear,  // the same, for what an earlier run left on this port
};

[[nodiscard]] StunMethod methodOf(TurnRequestKind kind);

struct TurnRequest {
  StunTransactionId id;
  TurnRequestKind kind = TurnRequestKind::Allocate;
  // Of Permission and Channel.
  SocketAddress peer;
  Bytes message;
  bool bearsCredentials = false;
  // It repeats one that was refused because of its nonce.
  bool hadStaleNonce = false;
  // An answer came that could not be shown to be the server's.
  bool sawUnverified = false;
  // Its user name and password were refused (401), so many times.
  unsigned refusals = 0;
};

struct TurnRetry {
  // RFC 8489 section 6.2.1: RTO, doubled after each sending; Rc sendings; Rm times RTO after the
  // last: 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s, given up at 39.5 s.
  Duration first = 500ms;
  unsigned sendings = 7;
  unsigned lastWait = 16;
  // Ti of section 6.2.2: a stream delivers or breaks, so there is one sending.
  Duration onStream = 39'500ms;
};

class TurnRequests {
 public:
  TurnRequests(TurnRetry retry, bool isStream) : m_retry(retry), m_isStream(isStream) {}

  void add(TurnRequest request);
  // Valid until the next add, take or forget.
  [[nodiscard]] TurnRequest* find(const StunTransactionId& id);
  [[nodiscard]] std::optional<TurnRequest> take(const StunTransactionId& id);
  // A 401 came for it. False: that stands. True: it was sent more than once, and the answer to
  // another copy may say otherwise: while coturn 4.6 still looks a user up, it answers 401 to the
  // copies that come meanwhile, and then success to the first.
  [[nodiscard]] bool mayYetSucceed(const StunTransactionId& id);
  // One whose last wait is over; to be called until nullopt.
  [[nodiscard]] std::optional<TurnRequest> takeGivenUp(TimePoint now);
  // Those about one peer.
  void forget(const SocketAddress& peer);
  void clear() { m_waiting.clear(); }

  // Hands over what is due, each message valid during the call.
  void send(TimePoint now, const std::function<void(ByteView)>& sink);
  // When send() or takeGivenUp() has something to do; nullopt when nothing waits.
  [[nodiscard]] std::optional<TimePoint> wakeUp() const;
  [[nodiscard]] std::size_t size() const { return m_waiting.size(); }

 private:
  struct Waiting {
    TurnRequest request;
    unsigned sent = 0;
    // The next sending or, after the last, the end. Before the first: at once.
    TimePoint next{};
  };
  [[nodiscard]] bool isLast(const Waiting& waiting) const {
    return waiting.sent >= (m_isStream ? 1 : m_retry.sendings);
  }

  TurnRetry m_retry;
  bool m_isStream;
  std::vector<Waiting> m_waiting;
};

}  // namespace foyer::net
