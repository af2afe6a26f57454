// Calls as a relay sees them: a call id, two fingerprints, a channel. It forwards boxes it cannot
// open, gives each side its channel numbers, keeps a call over lost connections for 45 s, and never
// speaks as one of the two (docs/protocol.md, call family). Value, no thread.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>

#include "relaylite/carrier.h"
#include "relaylite/directory.h"
#include "relaylite/forwarder.h"
#include "relaylite/relay_config.h"

namespace foyer::relaylite {

// Who speaks: a registered client on its connection.
struct Speaker {
  net::ConnectionId connection;
  Fingerprint who;
};

class CallRouter {
 public:
  // All must outlive the router.
  CallRouter(const Directory& directory, Forwarder& forwarder, Outbox& outbox, Metrics& metrics,
             const RelayLimits& limits);

  // `mayOffer`: the caller's budget of offers is not used up.
  void offer(TimePoint now, const Speaker& from, const wire::Offer& message, bool mayOffer);
  void route(TimePoint now, const Speaker& from, const wire::Setup& message);
  void route(TimePoint now, const Speaker& from, const wire::Sealed& message);
  void attach(TimePoint now, const Speaker& from, const wire::Attach& message);
  void release(TimePoint now, const Speaker& from, const wire::Release& message);
  // The connection is lost (calls wait for it) or left on purpose (its side is released).
  void disconnected(TimePoint now, const Speaker& speaker, bool onPurpose);

  // From now on no new call.
  void drain() { m_isDraining = true; }
  // Ends every call, as the relay's word.
  void releaseAll(wire::ReleasedCode code);

  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  [[nodiscard]] std::size_t calls() const { return m_calls.size(); }

 private:
  // When to look whether a call is still alive; one entry a call.
  using Looks = std::multimap<TimePoint, CallId>;
  struct Side {
    Fingerprint who;
    net::ConnectionId connection;  // null: not here at present
    SourceId source;
    std::uint64_t tx = 0;
    std::uint64_t rx = 0;
    bool isReleased = false;
  };
  struct Call {
    Side caller;
    Side callee;
    TimePoint lastMessage;
    Looks::iterator look;
    // The callee has said something in this call. Before, and once a side has released it, only
    // time passes: neither a stranger's nor a hostile peer's word alone holds a place in anybody's
    // budget.
    bool isTaken = false;
  };
  using Calls = std::unordered_map<CallId, Call>;
  // Calls somebody is part of; gone when all are zero.
  struct Load {
    std::size_t placed = 0;
    std::size_t all = 0;      // placed, and taken as the callee
    std::size_t waiting = 0;  // for the callee's first word
    bool operator==(const Load&) const = default;
  };

  // Side of `who`, and the other one; null when they are no party.
  [[nodiscard]] static Side* sideOf(Call& call, const Fingerprint& who);
  [[nodiscard]] static Side& otherSide(Call& call, const Side& side);
  [[nodiscard]] std::optional<wire::UndeliverableCode> whyNot(const Speaker& from,
                                                              const wire::Offer& message) const;
  // Budgets of one more call between the two.
  [[nodiscard]] bool hasRoom(const Fingerprint& caller, const Fingerprint& callee) const;
  Calls::iterator open(TimePoint now, const CallId& id, const Fingerprint& caller,
                       const Fingerprint& callee);
  // Numbers for a side on this connection, joined to the other side. False: no number is left.
  bool join(TimePoint now, Call& call, Side& side, net::ConnectionId connection);
  void leave(Call& call, Side& side);
  void tellChannel(const CallId& id, Call& call, const Side& side);
  // `side` of the call said something: its life counts from here.
  void touch(TimePoint now, Call& call, const Side& side);
  // One call less for the callee.
  void unloadCallee(const Call& call);
  void forgetIfIdle(const Fingerprint& who);
  void remove(Calls::iterator at);
  template <class Routed>
  void forward(TimePoint now, const Speaker& from, const Routed& message);
  [[nodiscard]] TimePoint lastSign(const Call& call) const;

  const Directory* m_directory;
  Forwarder* m_forwarder;
  Outbox* m_outbox;
  Metrics* m_metrics;
  const RelayLimits* m_limits;
  Calls m_calls;
  std::unordered_map<Fingerprint, Load> m_loads;
  Looks m_looks;
  bool m_isDraining = false;
};

}  // namespace foyer::relaylite
