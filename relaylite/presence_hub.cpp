#include "relaylite/presence_hub.h"

#include <algorithm>

#include "core/wire/limits.h"
#include "relaylite/relay_config.h"

namespace foyer::relaylite {
namespace {

// People or changes of one frame: about 10 KB. Longer frames would save little, and what is in
// flight at once to one client is memory that QUIC keeps for as long as the connection lives.
constexpr std::size_t kPeoplePerFrame = 25;
static_assert(kPeoplePerFrame <= wire::kMaxPeoplePerPage &&
              kPeoplePerFrame <= wire::kMaxChangesPerDelta);
// Presence a client has not acknowledged; beyond it the client waits.
constexpr std::size_t kPendingBytes = 12 * 1024;
// Sent to all clients in one turn, so that a thousand who join at once do not fill the memory.
constexpr std::size_t kTurnBytes = 512 * 1024;
constexpr Duration kNextTurn = 5ms;
// How soon a client that waits is looked at again; below the round trip of most paths.
constexpr Duration kLookAgain = 10ms;
// Different deltas kept at once; clients in step need one.
constexpr std::size_t kMaxCached = 8;

}  // namespace

PresenceHub::PresenceHub(const Directory& directory, Carrier& carrier, Outbox& outbox,
                         Metrics& metrics)
    : m_directory(&directory), m_carrier(&carrier), m_outbox(&outbox), m_metrics(&metrics) {}

void PresenceHub::subscribe(TimePoint now, net::ConnectionId client, std::uint64_t has) {
  Subscriber& subscriber = m_subscribers[client];
  const bool wasQueued = subscriber.isQueued;
  subscriber = {};
  subscriber.isQueued = wasQueued;
  subscriber.wantsAnswer = true;
  const std::uint64_t version = m_directory->version();
  if (has >= m_directory->oldestVersion() && has <= version) {
    // Whoever changed while that list was read may have slipped past it; whether somebody did is
    // not remembered, so what changed since brings its record.
    subscriber.cursor = has;
  } else {
    subscriber.snapshotTo = version;
  }
  queue(client, subscriber);
  // In a storm of newcomers the turn that is planned comes first.
  if (m_queue.size() == 1)
    pump(now);
  else if (!m_pumpAt)
    m_pumpAt = now;
}

void PresenceHub::unsubscribe(net::ConnectionId client) { m_subscribers.erase(client); }

void PresenceHub::changed(TimePoint now) {
  if (!m_flushAt) m_flushAt = now + kCoalesce;
}

void PresenceHub::queue(net::ConnectionId client, Subscriber& subscriber) {
  if (subscriber.isQueued) return;
  subscriber.isQueued = true;
  m_queue.push_back(client);
}

void PresenceHub::handleTimeout(TimePoint now) {
  if (m_flushAt && *m_flushAt <= now) {
    m_flushAt.reset();
    for (auto& [client, subscriber] : m_subscribers) {
      if (subscriber.cursor < m_directory->version()) queue(client, subscriber);
    }
    m_pumpAt = now;
  }
  if (m_pumpAt && *m_pumpAt <= now) pump(now);
}

std::optional<TimePoint> PresenceHub::pollTimeout() const {
  if (!m_flushAt) return m_pumpAt;
  return m_pumpAt ? std::min(*m_pumpAt, *m_flushAt) : m_flushAt;
}

void PresenceHub::pump(TimePoint now) {
  m_pumpAt.reset();
  m_turnBytes = 0;
  if (m_cacheVersion != m_directory->version()) m_cache.clear();
  m_cacheVersion = m_directory->version();
  for (std::size_t left = m_queue.size(); left > 0 && m_turnBytes < kTurnBytes; --left) {
    const net::ConnectionId client = m_queue.front();
    m_queue.pop_front();
    const auto at = m_subscribers.find(client);
    if (at == m_subscribers.end()) continue;
    at->second.isQueued = false;
    if (!feed(client, at->second)) queue(client, at->second);
  }
  if (!m_queue.empty())
    m_pumpAt = now + (m_turnBytes < kTurnBytes ? kLookAgain : kNextTurn);
  else
    m_cache = {};
}

bool PresenceHub::feed(net::ConnectionId client, Subscriber& subscriber) {
  while (subscriber.snapshotTo != 0 || subscriber.wantsAnswer ||
         subscriber.cursor < m_directory->version()) {
    if (m_turnBytes >= kTurnBytes || m_carrier->controlPending(client) > kPendingBytes)
      return false;
    // Departures since then are forgotten: no delta could tell them.
    if (subscriber.snapshotTo == 0 && subscriber.cursor < m_directory->oldestVersion()) {
      subscriber.cursor = 0;
      subscriber.page = 0;
      subscriber.snapshotTo = m_directory->version();
    }
    if (subscriber.snapshotTo != 0)
      sendPage(client, subscriber);
    else
      sendDelta(client, subscriber);
    subscriber.wantsAnswer = false;
  }
  return true;
}

void PresenceHub::sendPage(net::ConnectionId client, Subscriber& subscriber) {
  wire::PresencePage page{subscriber.snapshotTo, subscriber.page, false, {}};
  page.people.reserve(kPeoplePerFrame);
  // Departures take no room on a page but are walked over; one more than fits shows whether this is
  // the last page.
  while (true) {
    const auto changes =
        m_directory->changesAfter(subscriber.cursor, kPeoplePerFrame - page.people.size() + 1);
    bool isEnd = changes.empty();
    for (const Change& change : changes) {
      if (change.version > subscriber.snapshotTo) {
        isEnd = true;
        break;
      }
      if (change.person != nullptr) {
        if (page.people.size() == kPeoplePerFrame) break;
        page.people.push_back({change.person->record, change.person->state, change.person->leg});
      }
      subscriber.cursor = change.version;
    }
    page.last = isEnd;
    if (isEnd || page.people.size() == kPeoplePerFrame) {
      // A full page may still be the last one.
      if (!isEnd) {
        const auto next = m_directory->changesAfter(subscriber.cursor, 1);
        page.last = next.empty() || next[0].version > subscriber.snapshotTo;
      }
      break;
    }
  }
  // A list of this size is beyond what any client reads; it ends here, and deltas go on.
  if (++subscriber.page >= wire::kMaxPages) page.last = true;
  const Bytes frame = wire::encodeFrame(page);
  m_turnBytes += frame.size();
  ++m_metrics->pagesOut;
  m_outbox->sendFrame(client, frame);
  if (!page.last) return;
  // Whoever changed since the walk began was not met by it.
  subscriber.cursor = subscriber.snapshotTo;
  const bool nobodySlipped = m_directory->version() == subscriber.snapshotTo;
  subscriber.recordsFrom = nobodySlipped ? subscriber.snapshotTo : 0;
  subscriber.snapshotTo = 0;
}

const PresenceHub::CachedDelta& PresenceHub::deltaFor(const Subscriber& subscriber) {
  for (const CachedDelta& cached : m_cache) {
    if (cached.from == subscriber.cursor && cached.recordsFrom == subscriber.recordsFrom) {
      return cached;
    }
  }
  wire::PresenceDelta delta{subscriber.cursor, m_directory->version(), {}};
  const auto changes = m_directory->changesAfter(subscriber.cursor, kPeoplePerFrame);
  for (const Change& change : changes) {
    wire::PresenceChange told{change.fingerprint, {}, wire::PresenceState::Gone};
    if (change.person != nullptr) {
      told.state = change.person->state;
      told.leg = change.person->leg;
      if (change.recordVersion > subscriber.recordsFrom) told.record = change.person->record;
    }
    delta.changes.push_back(std::move(told));
  }
  if (changes.size() == kPeoplePerFrame) delta.to = changes.back().version;
  if (m_cache.size() >= kMaxCached) m_cache.erase(m_cache.begin());
  m_cache.push_back({delta.from, subscriber.recordsFrom, delta.to, wire::encodeFrame(delta)});
  return m_cache.back();
}

void PresenceHub::sendDelta(net::ConnectionId client, Subscriber& subscriber) {
  const CachedDelta& delta = deltaFor(subscriber);
  m_turnBytes += delta.frame.size();
  ++m_metrics->deltasOut;
  m_outbox->sendFrame(client, delta.frame);
  subscriber.cursor = delta.to;
  // Short of that, somebody met by none of these deltas may have changed again since.
  if (subscriber.cursor == m_directory->version()) subscriber.recordsFrom = subscriber.cursor;
}

}  // namespace foyer::relaylite
