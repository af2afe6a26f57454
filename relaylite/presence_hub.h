// Tells those who asked who is here: a paged snapshot of one version, then deltas gathered for
// 250 ms (catalogue K-20). Both are the same walk over the directory's changes. What one client has
// not acknowledged and what is sent a turn are bounded; who is slow waits and then gets one larger
// delta. Value, no thread.
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "relaylite/carrier.h"
#include "relaylite/directory.h"

namespace foyer::relaylite {

class PresenceHub {
 public:
  // All must outlive the hub.
  PresenceHub(const Directory& directory, Carrier& carrier, Outbox& outbox, Metrics& metrics);

  // Answers presence_get: deltas when the list of version `has` can be brought up to date, else
  // pages. From then on the client is told of changes.
  void subscribe(TimePoint now, net::ConnectionId client, std::uint64_t has);
  void unsubscribe(net::ConnectionId client);
  // The directory has changed.
  void changed(TimePoint now);

  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

 private:
  struct Subscriber {
    std::uint64_t cursor = 0;      // told up to here
    std::uint64_t snapshotTo = 0;  // version of the snapshot under way; 0: none
    std::uint32_t page = 0;
    // Changes bring their record when it is newer than this, the version up to which everything was
    // told. While somebody may have slipped past the walk of a snapshot it is 0, and every change
    // brings its record.
    std::uint64_t recordsFrom = 0;
    bool isQueued = false;
    bool wantsAnswer = false;  // an answer is owed even if nothing changed
  };
  // What many clients need alike is encoded once.
  struct CachedDelta {
    std::uint64_t from = 0;
    std::uint64_t recordsFrom = 0;
    std::uint64_t to = 0;
    Bytes frame;
  };

  void queue(net::ConnectionId client, Subscriber& subscriber);
  void pump(TimePoint now);
  // True when there is nothing more to tell now.
  bool feed(net::ConnectionId client, Subscriber& subscriber);
  void sendPage(net::ConnectionId client, Subscriber& subscriber);
  void sendDelta(net::ConnectionId client, Subscriber& subscriber);
  [[nodiscard]] const CachedDelta& deltaFor(const Subscriber& subscriber);

  const Directory* m_directory;
  Carrier* m_carrier;
  Outbox* m_outbox;
  Metrics* m_metrics;
  std::unordered_map<net::ConnectionId, Subscriber> m_subscribers;
  std::deque<net::ConnectionId> m_queue;
  std::vector<CachedDelta> m_cache;
  std::uint64_t m_cacheVersion = 0;
  std::size_t m_turnBytes = 0;  // sent in this turn
  std::optional<TimePoint> m_flushAt;
  std::optional<TimePoint> m_pumpAt;
};

}  // namespace foyer::relaylite
