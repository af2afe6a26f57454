#include "core/io/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>

#include "core/base/assert.h"

namespace foyer::io {
namespace {

// Ids of watches start at 1, so this one is free for the eventfd.
constexpr std::uint64_t kWakeId = 0;

std::uint32_t epollBits(Readiness what) {
  return (what.readable ? EPOLLIN : 0u) | (what.writable ? EPOLLOUT : 0u);
}

timespec toTimespec(Duration d) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(d);
  timespec t{};
  t.tv_sec = static_cast<time_t>(seconds.count());
  t.tv_nsec = static_cast<long>((d - seconds).count());
  return t;
}

}  // namespace

EventLoop::EventLoop(SteadySource& clock)
    : m_clock(clock),
      m_epoll(epoll_create1(EPOLL_CLOEXEC)),
      m_wakeFd(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      m_now(clock.now()),
      m_before(m_now),
      m_events(std::make_unique<epoll_event[]>(kEventsPerTurn)) {
  FOYER_ASSERT(m_epoll >= 0 && m_wakeFd >= 0, "a process without descriptors left cannot go on");
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kWakeId;
  const int added = epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeFd, &event);
  FOYER_ASSERT(added == 0, "a new eventfd can be watched");
  m_posted.reserve(64);
  m_running.reserve(64);
}

EventLoop::~EventLoop() {
  close(m_wakeFd);
  close(m_epoll);
}

void EventLoop::run() {
  m_thread.store(std::this_thread::get_id(), std::memory_order_relaxed);
  do {
    runOnce(std::nullopt);
  } while (!m_stopping.exchange(false));
  // What was posted before stop() may have come after this turn's share was taken.
  if (runPosted()) runTurnEnds();
  m_thread.store(std::thread::id(), std::memory_order_relaxed);
}

void EventLoop::runOnce(std::optional<Duration> longest) {
  gather();
  const int ready = waitForEvents(longest);
  m_before = m_now;
  m_now = m_clock.now();
  ++m_turn;
  bool any = runWatches(ready);
  any = runTimers() || any;
  any = runPosted() || any;
  if (any) runTurnEnds();
}

void EventLoop::gather() {
  if (m_shortestTurn <= Duration::zero() || m_now - m_before > kBusyTurns * m_shortestTurn) return;
  const Duration left = m_now + m_shortestTurn - m_clock.now();
  if (left <= Duration::zero() || left > m_shortestTurn) return;
  const timespec wait = toTimespec(left);
  // A signal may cut it short; then the turn is merely less full.
  clock_nanosleep(CLOCK_MONOTONIC, 0, &wait, nullptr);
}

void EventLoop::stop() {
  m_stopping.store(true);
  wake();
}

bool EventLoop::post(std::function<void()> work) {
  {
    const std::lock_guard lock(m_postMutex);
    if (m_posted.size() >= kMaxPosted) {
      ++m_refused;
      return false;
    }
    m_posted.push_back(std::move(work));
    if (m_posted.size() > 1) return true;  // whoever posted the first one has woken the loop
  }
  wake();
  return true;
}

std::uint64_t EventLoop::refusedPosts() const {
  const std::lock_guard lock(m_postMutex);
  return m_refused;
}

void EventLoop::wake() {
  const std::uint64_t one = 1;
  // EAGAIN means the counter is full: the loop is awake already.
  [[maybe_unused]] const ssize_t written = write(m_wakeFd, &one, sizeof one);
}

int EventLoop::waitForEvents(std::optional<Duration> longest) {
  for (const Timer& timer : m_timers) {
    if (!timer.deadline) continue;
    const Duration wait = std::max(Duration::zero(), *timer.deadline - m_clock.now());
    longest = longest ? std::min(*longest, wait) : wait;
  }
  if (m_stopping.load()) longest = Duration::zero();

  static std::atomic<bool> hasPwait2{true};  // Linux 5.11; before it the wait is in whole ms
  if (hasPwait2.load(std::memory_order_relaxed)) {
    const timespec wait = toTimespec(longest.value_or(Duration::zero()));
    const int ready =
        epoll_pwait2(m_epoll, m_events.get(), kEventsPerTurn, longest ? &wait : nullptr, nullptr);
    if (ready >= 0) return ready;
    if (errno != ENOSYS) return 0;
    hasPwait2.store(false, std::memory_order_relaxed);
  }
  int milliseconds = -1;
  if (longest) {
    const auto up = std::chrono::ceil<std::chrono::milliseconds>(*longest).count();
    milliseconds = static_cast<int>(std::min<std::int64_t>(up, INT_MAX));
  }
  return std::max(0, epoll_wait(m_epoll, m_events.get(), kEventsPerTurn, milliseconds));
}

bool EventLoop::runWatches(int ready) {
  bool any = false;
  for (int i = 0; i < ready; ++i) {
    const epoll_event event = m_events[static_cast<std::size_t>(i)];
    if (event.data.u64 == kWakeId) {
      std::uint64_t count = 0;
      [[maybe_unused]] const ssize_t got = read(m_wakeFd, &count, sizeof count);
      continue;
    }
    // An earlier callback of this turn may have taken it away.
    const auto found = m_watches.find(event.data.u64);
    if (found == m_watches.end()) continue;
    const std::shared_ptr<Watch> watch = found->second;
    const Readiness what{.readable = (event.events & EPOLLIN) != 0,
                         .writable = (event.events & EPOLLOUT) != 0,
                         .failed = (event.events & (EPOLLERR | EPOLLHUP)) != 0};
    watch->callback(m_now, what);
    any = true;
  }
  return any;
}

bool EventLoop::runTimers() {
  bool any = false;
  // Each registrant runs at most once a turn, so one that is always due does not starve sockets.
  while (true) {
    Timer* due = nullptr;
    for (Timer& timer : m_timers) {
      if (!timer.deadline || *timer.deadline > m_now || timer.lastTurn == m_turn) continue;
      if (due == nullptr || *timer.deadline < *due->deadline) due = &timer;
    }
    if (due == nullptr) return any;
    due->deadline.reset();
    due->lastTurn = m_turn;
    const std::shared_ptr<TimerCallback> callback = due->callback;
    (*callback)(m_now);
    any = true;
  }
}

bool EventLoop::runPosted() {
  {
    const std::lock_guard lock(m_postMutex);
    m_running.swap(m_posted);
  }
  if (m_running.empty()) return false;
  for (std::function<void()>& work : m_running) {
    work();
    work = nullptr;  // what it holds dies here, in this thread, in order
  }
  m_running.clear();
  return true;
}

void EventLoop::runTurnEnds() {
  // By index: a callback may add or remove one; the worst that does is to delay one by a turn.
  for (std::size_t i = 0; i < m_turnEnds.size(); ++i) {
    const std::shared_ptr<TimerCallback> callback = m_turnEnds[i].callback;
    (*callback)(m_now);
  }
}

EventLoop::WatchId EventLoop::watch(int fd, Readiness what, WatchCallback callback) {
  const WatchId id = m_nextId++;
  epoll_event event{};
  event.events = epollBits(what);
  event.data.u64 = id;
  const int added = epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
  FOYER_ASSERT(added == 0, "the descriptor is open, can be polled and is watched once");
  m_watches.emplace(id, std::make_shared<Watch>(Watch{fd, std::move(callback)}));
  return id;
}

void EventLoop::rewatch(WatchId id, Readiness what) {
  const auto found = m_watches.find(id);
  FOYER_ASSERT(found != m_watches.end(), "only a live watch is changed");
  epoll_event event{};
  event.events = epollBits(what);
  event.data.u64 = id;
  epoll_ctl(m_epoll, EPOLL_CTL_MOD, found->second->fd, &event);
}

void EventLoop::unwatch(WatchId id) {
  const auto found = m_watches.find(id);
  if (found == m_watches.end()) return;
  epoll_ctl(m_epoll, EPOLL_CTL_DEL, found->second->fd, nullptr);
  m_watches.erase(found);
}

EventLoop::Timer* EventLoop::timerOf(TimerId id) {
  const auto found = std::ranges::find(m_timers, id, &Timer::id);
  return found == m_timers.end() ? nullptr : &*found;
}

EventLoop::TimerId EventLoop::addTimer(TimerCallback callback) {
  const TimerId id = m_nextId++;
  m_timers.push_back({id, std::make_shared<TimerCallback>(std::move(callback)), std::nullopt, 0});
  return id;
}

void EventLoop::setDeadline(TimerId id, std::optional<TimePoint> deadline) {
  Timer* timer = timerOf(id);
  FOYER_ASSERT(timer != nullptr, "only a live timer is set");
  timer->deadline = deadline;
}

void EventLoop::removeTimer(TimerId id) {
  std::erase_if(m_timers, [id](const Timer& timer) { return timer.id == id; });
}

EventLoop::TimerId EventLoop::addTurnEnd(TimerCallback callback) {
  const TimerId id = m_nextId++;
  m_turnEnds.push_back({id, std::make_shared<TimerCallback>(std::move(callback))});
  return id;
}

void EventLoop::removeTurnEnd(TimerId id) {
  std::erase_if(m_turnEnds, [id](const TurnEnd& end) { return end.id == id; });
}

bool EventLoop::isInLoopThread() const {
  return m_thread.load(std::memory_order_relaxed) == std::this_thread::get_id();
}

}  // namespace foyer::io
