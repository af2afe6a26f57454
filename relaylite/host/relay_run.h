// One run of the relay, from binding to idle: sockets, identity, the Relay itself, mDNS, the check
// that it answers. Lives on the relay's loop; nothing of it survives a run.
#pragma once

#include <functional>
#include <memory>

#include "core/base/random.h"
#include "core/io/event_loop.h"
#include "relaylite/host/hosted_relay.h"

namespace foyer::relayhost {

class RelayRun {
 public:
  // `publish` is called from the loop, also inside begin(), stop() and reload(). It must not delete
  // the run.
  RelayRun(io::EventLoop& loop, RandomSource& random, std::uint64_t generation,
           RelayOptions options, std::function<void(const RelayUpdate&)> publish);
  // Without farewell, and without another update: stop() and wait for Idle to part in peace.
  ~RelayRun();
  RelayRun(const RelayRun&) = delete;
  RelayRun& operator=(const RelayRun&) = delete;

  void begin();
  void stop(StopWhen when);
  void reload(const RelayTuning& tuning);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace foyer::relayhost
