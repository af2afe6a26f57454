// One thread's loop: epoll, an eventfd to wake it, one deadline per registrant, posted closures.
// Reads its clock once per turn. run() and everything not marked "any thread" belong to one thread
// (before run(): the thread that built the loop). Leaves out: Qt, thread pools, signals
// (signals.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/base/time.h"
#include "core/io/clock.h"

struct epoll_event;

namespace foyer::io {

// What a file descriptor is watched for, and what it turned out to be.
struct Readiness {
  bool readable = false;
  bool writable = false;
  bool failed = false;  // EPOLLERR or EPOLLHUP; always reported
  bool operator==(const Readiness&) const = default;
};
inline constexpr Readiness kReadable{.readable = true};
inline constexpr Readiness kWritable{.writable = true};
inline constexpr Readiness kReadableAndWritable{.readable = true, .writable = true};

class EventLoop {
 public:
  using WatchId = std::uint64_t;
  using TimerId = std::uint64_t;
  using WatchCallback = std::function<void(TimePoint now, Readiness ready)>;
  using TimerCallback = std::function<void(TimePoint now)>;

  // Closures waiting for their turn; more are refused and counted. A loop that is this far behind
  // does not get better by remembering more.
  static constexpr std::size_t kMaxPosted = 4096;

  // `clock` outlives the loop and may be shared if its implementation allows that.
  explicit EventLoop(SteadySource& clock);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Returns after stop(). Closures posted before stop() have run; later ones are dropped when the
  // loop is destroyed. A stop() before run() makes run() return after one turn.
  void run();
  // One turn: waits at most `longest` (nullopt: until something happens), for tests and drains.
  void runOnce(std::optional<Duration> longest);
  // Any thread, also a callback.
  void stop();
  // Any thread. False when the loop is full (kMaxPosted); the closure is then not run.
  bool post(std::function<void()> work);
  // Any thread.
  [[nodiscard]] std::uint64_t refusedPosts() const;

  // The descriptor stays the caller's and must stay open until unwatch(). Level-triggered.
  WatchId watch(int fd, Readiness what, WatchCallback callback);
  void rewatch(WatchId id, Readiness what);
  // Allowed in any callback; the watch's callback is not called again.
  void unwatch(WatchId id);

  // A registrant has one deadline; setting it replaces the one before, nullopt is "never". After
  // the callback the deadline is unset until set again.
  TimerId addTimer(TimerCallback callback);
  void setDeadline(TimerId id, std::optional<TimePoint> deadline);
  void removeTimer(TimerId id);

  // Called at the end of each turn in which anything ran, in order of registration.
  TimerId addTurnEnd(TimerCallback callback);
  void removeTurnEnd(TimerId id);

  // Gathers input under load: while turns begin more often than each kBusyTurns × `shortest`, the
  // next one begins no sooner than `shortest` after this one, so that it finds more to do at once.
  // A loop with less to do is not delayed. Zero (the default): never. The wait is real time.
  void setShortestTurn(Duration shortest) { m_shortestTurn = shortest; }
  static constexpr int kBusyTurns = 4;

  // The time of this turn (of construction before the first turn).
  [[nodiscard]] TimePoint now() const { return m_now; }
  [[nodiscard]] SteadySource& clock() { return m_clock; }
  [[nodiscard]] bool isInLoopThread() const;

 private:
  struct Watch {
    int fd = -1;
    WatchCallback callback;
  };
  struct Timer {
    TimerId id = 0;
    std::shared_ptr<TimerCallback> callback;
    std::optional<TimePoint> deadline;
    std::uint64_t lastTurn = 0;
  };
  struct TurnEnd {
    TimerId id = 0;
    std::shared_ptr<TimerCallback> callback;
  };

  void wake();
  void gather();
  [[nodiscard]] int waitForEvents(std::optional<Duration> longest);
  bool runWatches(int ready);
  bool runTimers();
  bool runPosted();
  void runTurnEnds();
  [[nodiscard]] Timer* timerOf(TimerId id);

  static constexpr int kEventsPerTurn = 64;

  SteadySource& m_clock;
  int m_epoll = -1;
  int m_wakeFd = -1;
  TimePoint m_now;
  TimePoint m_before;  // the turn before that one
  Duration m_shortestTurn{};
  std::uint64_t m_turn = 0;
  std::uint64_t m_nextId = 1;
  std::unique_ptr<::epoll_event[]> m_events;
  std::unordered_map<WatchId, std::shared_ptr<Watch>> m_watches;
  // A loop has a handful of registrants, so the earliest is found by looking at all: that neither
  // allocates nor collects outdated entries as a heap would.
  std::vector<Timer> m_timers;
  std::vector<TurnEnd> m_turnEnds;
  std::atomic<bool> m_stopping{false};
  std::atomic<std::thread::id> m_thread{};
  mutable std::mutex m_postMutex;
  std::vector<std::function<void()>> m_posted;
  std::vector<std::function<void()>> m_running;
  std::uint64_t m_refused = 0;
};

}  // namespace foyer::io
