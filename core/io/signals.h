// Signals as events of a loop (signalfd), and the line to systemd (sd_notify's protocol, without
// its library).
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/io/event_loop.h"

namespace foyer::io {

// Blocks them for this thread and every thread it starts from now on. Call it first in main().
void blockSignals(std::initializer_list<int> numbers);

class SignalWatcher {
 public:
  using Callback = std::function<void(int signal)>;
  // `numbers` were blocked before (blockSignals). Fault stage "signals".
  [[nodiscard]] static Result<std::unique_ptr<SignalWatcher>, Fault> start(
      EventLoop& loop, std::initializer_list<int> numbers, Callback callback);
  ~SignalWatcher();
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;

 private:
  SignalWatcher(EventLoop& loop, int fd, Callback callback);

  EventLoop& m_loop;
  int m_fd;
  Callback m_callback;
  EventLoop::WatchId m_watch = 0;
};

// Sends `state` ("READY=1", "STOPPING=1", "STATUS=…") to $NOTIFY_SOCKET. False when there is none
// or it did not take it; nobody needs to care.
bool notifyServiceManager(std::string_view state);

}  // namespace foyer::io
