#include "core/io/avahi_poll.h"

#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <optional>

using foyer::io::EventLoop;
using foyer::io::Readiness;

// libavahi declares these two and leaves them to the owner of the loop.
struct AvahiWatch {
  EventLoop* loop = nullptr;
  // A copy: D-Bus watches one descriptor twice (reading, writing), which epoll does not allow.
  int descriptor = -1;
  int original = -1;
  std::optional<EventLoop::WatchId> watch;
  AvahiWatchEvent happened{};
  AvahiWatchCallback callback = nullptr;
  void* userdata = nullptr;

  void listen(AvahiWatchEvent events) {
    // Without interest the descriptor leaves epoll, which would report a hang-up for ever.
    if (watch) loop->unwatch(*watch);
    watch.reset();
    const Readiness what{.readable = (events & AVAHI_WATCH_IN) != 0,
                         .writable = (events & AVAHI_WATCH_OUT) != 0};
    if (!what.readable && !what.writable) return;
    watch = loop->watch(descriptor, what, [this](foyer::TimePoint, Readiness ready) {
      int bits = 0;
      if (ready.readable) bits |= AVAHI_WATCH_IN;
      if (ready.writable) bits |= AVAHI_WATCH_OUT;
      if (ready.failed) bits |= AVAHI_WATCH_HUP;
      happened = static_cast<AvahiWatchEvent>(bits);
      callback(this, original, happened, userdata);  // may free this
    });
  }
};

struct AvahiTimeout {
  EventLoop* loop = nullptr;
  EventLoop::TimerId timer = 0;
  AvahiTimeoutCallback callback = nullptr;
  void* userdata = nullptr;

  // `when` is a time of gettimeofday(); null disables.
  void set(const timeval* when) {
    if (when == nullptr) {
      loop->setDeadline(timer, std::nullopt);
      return;
    }
    const foyer::Duration at =
        std::chrono::seconds(when->tv_sec) + std::chrono::microseconds(when->tv_usec);
    const foyer::Duration wall = std::chrono::milliseconds(loop->clock().wall().unixMs);
    loop->setDeadline(timer, loop->now() + (at - wall));
  }
};

namespace foyer::io {
namespace {

AvahiWatch* newWatch(const AvahiPoll* poll, int fd, AvahiWatchEvent events,
                     AvahiWatchCallback callback, void* userdata) {
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return nullptr;
  auto* watch = new AvahiWatch;
  watch->loop = static_cast<EventLoop*>(poll->userdata);
  watch->descriptor = copy;
  watch->original = fd;
  watch->callback = callback;
  watch->userdata = userdata;
  watch->listen(events);
  return watch;
}

void updateWatch(AvahiWatch* watch, AvahiWatchEvent events) { watch->listen(events); }

AvahiWatchEvent eventsOf(AvahiWatch* watch) { return watch->happened; }

void freeWatch(AvahiWatch* watch) {
  watch->listen(AvahiWatchEvent{});
  close(watch->descriptor);
  delete watch;
}

AvahiTimeout* newTimeout(const AvahiPoll* poll, const timeval* when, AvahiTimeoutCallback callback,
                         void* userdata) {
  auto* timeout = new AvahiTimeout;
  timeout->loop = static_cast<EventLoop*>(poll->userdata);
  timeout->callback = callback;
  timeout->userdata = userdata;
  timeout->timer = timeout->loop->addTimer(
      [timeout](TimePoint) { timeout->callback(timeout, timeout->userdata); });
  timeout->set(when);
  return timeout;
}

void updateTimeout(AvahiTimeout* timeout, const timeval* when) { timeout->set(when); }

void freeTimeout(AvahiTimeout* timeout) {
  timeout->loop->removeTimer(timeout->timer);
  delete timeout;
}

}  // namespace

AvahiPoll avahiPollOn(EventLoop& loop) {
  AvahiPoll poll{};
  poll.userdata = &loop;
  poll.watch_new = newWatch;
  poll.watch_update = updateWatch;
  poll.watch_get_events = eventsOf;
  poll.watch_free = freeWatch;
  poll.timeout_new = newTimeout;
  poll.timeout_update = updateTimeout;
  poll.timeout_free = freeTimeout;
  return poll;
}

}  // namespace foyer::io
