// TURN for calls, in the NET thread: which servers there are, an address on one of them while a
// call wants it, and "Test this server". Servers are tried in their order, the next beside the last
// after a moment; the first that gives an address is used, the others are let go. What relays
// handed out comes after the person's own. Passwords live here in memory alone.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/random.h"
#include "core/client/client.h"
#include "core/io/event_loop.h"
#include "core/io/resolver.h"
#include "core/io/turn_port.h"
#include "core/io/turn_tester.h"
#include "core/net/turn_credentials.h"

namespace foyer::engine {

// One server with what it takes to use it.
struct TurnAccess {
  net::TurnLink link;
  net::TurnCredentials credentials;
  std::optional<TimePoint> goodUntil;  // as the relay said; else the user name may tell
  std::optional<Fingerprint> fromRelay;
  // Where that relay is: it may not send us into private networks that it is not in itself.
  std::optional<IpAddress> relayAt;
};

// For TurnServerView.
struct TurnState {
  std::string link;
  std::string userName;
  std::optional<Fingerprint> fromRelay;
  std::optional<std::int64_t> goodUntilMs;  // Unix
  bool isInUse = false;
  std::optional<Fault> fault;
};

class TurnPaths {
 public:
  using Resolve =
      std::function<void(const std::string& host, std::uint16_t port, io::Resolver::Callback)>;
  // From the loop, never inside a call.
  struct Handlers {
    std::function<void(TimePoint)> onLocals;   // port() is another
    std::function<void(TimePoint)> onChanged;  // states() says something new
    std::function<void(TimePoint, const net::DatagramView&)> onDatagram;
    // Asked once each time a call begins to want an address, and when they run out in it or
    // are refused: relays that hand out credentials should be asked for them.
    std::function<void(TimePoint)> onNeed;
  };
  // A server that has not given an address by then has the next tried beside it.
  static constexpr Duration kNextAfter = 700ms;
  // All failed, and the call still wants one. Where it may have been the moment alone (a server
  // that starts, a link that was away, credentials of a relay that are used up), the first pause is
  // short and each further one twice as long.
  static constexpr Duration kAgainAfter = 30s;
  static constexpr Duration kFirstAgainAfter = 1s;
  // Less than that left of time-limited credentials: new ones are asked for.
  static constexpr Duration kRenewBefore = 60s;
  // Ports that give their address back, at most; beyond that they are cut off.
  static constexpr std::size_t kMaxLeaving = 8;

  TurnPaths(io::EventLoop& loop, RandomSource& random, Resolve resolve, Handlers handlers);
  ~TurnPaths();
  TurnPaths(const TurnPaths&) = delete;
  TurnPaths& operator=(const TurnPaths&) = delete;

  // The person's own, in their order; those without a password are left out by the caller.
  void setOwn(TimePoint now, std::vector<TurnAccess> servers);
  // What that relay handed out last; none: it is gone.
  void setFromRelay(TimePoint now, const Fingerprint& relay, std::vector<TurnAccess> servers);
  // A call that may go directly lives.
  void setWanted(TimePoint now, bool isWanted);
  // The network is another one.
  void onNetworkChanged(TimePoint now);
  // Answers once. One at a time: what was under way is given up unanswered.
  void test(TurnAccess server, std::function<void(const io::TurnTest&)> done);
  // Unix time, ms, at steady zero.
  void setWallClock(std::int64_t unixMsAtSteadyZero) { m_wallOffsetMs = unixMsAtSteadyZero; }

  // The one in use.
  [[nodiscard]] io::TurnPort* port() const { return m_inUse; }
  [[nodiscard]] std::vector<TurnState> states() const;
  // Gives back what there is, without waiting for the answer.
  void shutDown(TimePoint now);

 private:
  struct Attempt {
    std::string link;
    std::vector<SocketAddress> rest;  // of the host, to be tried after this one
    std::unique_ptr<io::TurnPort> port;
  };
  [[nodiscard]] std::vector<const TurnAccess*> all() const;
  // Unix ms; nullopt: for ever, as far as is known.
  [[nodiscard]] std::optional<std::int64_t> goodUntil(const TurnAccess& server) const;
  [[nodiscard]] bool isGood(TimePoint now, const TurnAccess& server) const;
  // When new credentials are to be asked for.
  [[nodiscard]] std::optional<TimePoint> renewal() const;
  [[nodiscard]] const TurnAccess* find(const std::string& link) const;
  // The first that was not tried in this round and whose credentials are good; null: none.
  [[nodiscard]] const TurnAccess* nextOf(TimePoint now) const;
  void beginRound(TimePoint now);
  // Before the next round, when every server of this one has failed.
  [[nodiscard]] Duration pauseAfterRound() const;
  void tryNext(TimePoint now);
  void onAnswer(TimePoint now, const std::string& link, const io::Resolver::Answer& answer);
  void start(const TurnAccess& server, std::vector<SocketAddress> addresses);
  void onTimer(TimePoint now);
  // Attempts that ended, the first that gave an address, ports that were given back.
  void sweepEnded(TimePoint now);
  void chooseFirst(TimePoint now);
  void useNone(TimePoint now);
  void letGo(TimePoint now, std::unique_ptr<io::TurnPort> port);
  void wake(TimePoint at);
  [[nodiscard]] io::TurnPort::Server serverOf(const TurnAccess& access, const SocketAddress& at);

  io::EventLoop& m_loop;
  RandomSource& m_random;
  Resolve m_resolve;
  Handlers m_handlers;
  std::vector<TurnAccess> m_own;
  std::map<Fingerprint, std::vector<TurnAccess>> m_fromRelays;
  std::map<std::string, Fault> m_faults;  // by link, of the last attempt
  std::int64_t m_wallOffsetMs = 0;

  bool m_isWanted = false;
  bool m_isNeedy = false;            // onNeed is to be called
  bool m_hasNews = false;            // onChanged is to be called
  std::vector<std::string> m_tried;  // links of this round
  int m_lookUps = 0;                 // of this round
  std::uint64_t m_round = 0;         // look-ups of an earlier one do not count
  std::vector<Attempt> m_attempts;
  io::TurnPort* m_inUse = nullptr;  // of one of them
  std::deque<std::unique_ptr<io::TurnPort>> m_leaving;
  std::optional<TimePoint> m_nextAt;
  int m_failedRounds = 0;              // one after the other
  std::optional<TimePoint> m_askedAt;  // relays, last, for this call
  io::EventLoop::TimerId m_timer = 0;
  std::uint16_t m_labels = 0;  // given out
  std::shared_ptr<const net::TlsCredentials> m_tls;

  std::unique_ptr<io::TurnTester> m_tester;
  std::uint64_t m_tests = 0;
  // Answers to look-ups may come when this is gone.
  std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

}  // namespace foyer::engine
