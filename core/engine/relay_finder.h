// Finds the addresses of relays by their links and asks again while the network cannot tell: a
// laptop that starts without a network has not lost its relays. Left out: the connection, and the
// look-up itself (core/io/resolver.h). The loop's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/io/event_loop.h"
#include "core/io/resolver.h"
#include "core/wire/link.h"

namespace foyer::engine {

// The link a person gave, with the hosts of a hint after its own: what mDNS says is anybody's word
// and takes the place of nothing.
[[nodiscard]] wire::RelayLink withHint(wire::RelayLink link, const wire::RelayLink& hint);

class RelayFinder {
 public:
  static constexpr Duration kFirstRetry = 1s;
  static constexpr Duration kLastRetry = 60s;
  // Relays looked for at once; one more is refused.
  static constexpr std::size_t kMaxWanted = 64;

  // The callback never runs inside the call, and not after the finder is gone.
  using LookUp =
      std::function<void(const std::string& host, std::uint16_t port, io::Resolver::Callback)>;
  struct Found {
    wire::RelayLink link;
    std::optional<PublicKey> key;
    std::vector<SocketAddress> addresses;  // at least one
  };
  struct Callbacks {
    std::function<void(Found)> onFound;
    // Stage "resolve". Once for each kind of failure in a row, not for every attempt.
    std::function<void(const Fault&)> onFault;
  };

  RelayFinder(io::EventLoop& loop, LookUp lookUp, Callbacks callbacks);
  ~RelayFinder();
  RelayFinder(const RelayFinder&) = delete;
  RelayFinder& operator=(const RelayFinder&) = delete;

  // Takes the place of an earlier search for the same relay.
  void find(const wire::RelayLink& link, std::optional<PublicKey> key);
  void forget(const Fingerprint& relay);
  // Somebody is looked for, or waits to be.
  [[nodiscard]] bool isSearching() const { return !m_wanted.empty(); }
  // The network is another one: what waits is asked now.
  void retryNow(TimePoint now);

 private:
  struct Wanted {
    wire::RelayLink link;
    std::optional<PublicKey> key;
    std::uint64_t search = 0;  // answers of an earlier one do not count
    std::size_t open = 0;      // hosts not answered yet
    std::vector<std::vector<SocketAddress>> byHost;
    std::optional<Fault> fault;
    std::string toldCode;
    Duration wait = kFirstRetry;
    std::optional<TimePoint> retryAt;
  };

  void ask(const Fingerprint& relay, Wanted& wanted);
  void onAnswer(const Fingerprint& relay, std::uint64_t search, std::size_t host,
                io::Resolver::Answer answer);
  void onTimer(TimePoint now);
  void setTimer();

  io::EventLoop& m_loop;
  LookUp m_lookUp;
  Callbacks m_callbacks;
  io::EventLoop::TimerId m_timer = 0;
  std::uint64_t m_lastSearch = 0;
  std::map<Fingerprint, Wanted> m_wanted;
};

}  // namespace foyer::engine
