#include "relaylite/host/hosted_relay.h"

#include <condition_variable>
#include <mutex>

#include "core/io/loop_thread.h"
#include "core/io/os_random.h"
#include "relaylite/host/relay_run.h"

namespace foyer::relayhost {

const char* toString(RelayPhase phase) {
  switch (phase) {
    case RelayPhase::Idle:
      return "idle";
    case RelayPhase::Binding:
      return "binding";
    case RelayPhase::DetectingAddresses:
      return "detecting_addresses";
    case RelayPhase::Announcing:
      return "announcing";
    case RelayPhase::Verifying:
      return "verifying";
    case RelayPhase::Serving:
      return "serving";
    case RelayPhase::Stopping:
      return "stopping";
    case RelayPhase::Error:
      return "error";
  }
  return "?";
}

struct HostedRelay::State {
  State(io::SteadySource& clock, std::function<void(const RelayUpdate&)> whenUpdated)
      : onUpdate([this, tell = std::move(whenUpdated)](const RelayUpdate& update) {
          {
            const std::lock_guard lock(mutex);
            phase = update.status.phase;
          }
          phaseChanged.notify_all();
          tell(update);
        }),
        thread("foyer-relay", clock) {
    thread.loop().setShortestTurn(kGather);
  }

  std::mutex mutex;  // of phase
  std::condition_variable phaseChanged;
  RelayPhase phase = RelayPhase::Idle;
  std::function<void(const RelayUpdate&)> onUpdate;
  io::LoopThread thread;
  std::uint64_t generation = 0;  // owner's thread
  io::OsRandom random;
  std::unique_ptr<RelayRun> run;  // relay's thread
};

HostedRelay::HostedRelay(io::SteadySource& clock, std::function<void(const RelayUpdate&)> onUpdate)
    : m_state(std::make_unique<State>(clock, std::move(onUpdate))) {}

HostedRelay::~HostedRelay() { m_state->thread.stopAndJoin(); }

std::uint64_t HostedRelay::start(RelayOptions options) {
  State* s = m_state.get();
  const std::uint64_t generation = ++s->generation;
  // A relay that was never started costs no thread.
  if (!s->thread.isRunning()) s->thread.start({}, [s] { s->run.reset(); });
  s->thread.loop().post([s, generation, options = std::move(options)] {
    if (options.realTime) io::requestRoundRobin();
    s->run.reset();
    s->run =
        std::make_unique<RelayRun>(s->thread.loop(), s->random, generation, options, s->onUpdate);
    s->run->begin();
  });
  return generation;
}

void HostedRelay::stop(StopWhen when) {
  State* s = m_state.get();
  if (!s->thread.isRunning()) return;
  s->thread.loop().post([s, when] {
    if (s->run) s->run->stop(when);
  });
}

void HostedRelay::stopAndWait() {
  stop(StopWhen::Now);
  std::unique_lock lock(m_state->mutex);
  m_state->phaseChanged.wait_for(lock, kStopGrace,
                                 [this] { return m_state->phase == RelayPhase::Idle; });
}

void HostedRelay::reload(RelayTuning tuning) {
  State* s = m_state.get();
  if (!s->thread.isRunning()) return;
  s->thread.loop().post([s, tuning = std::move(tuning)] {
    if (s->run) s->run->reload(tuning);
  });
}

}  // namespace foyer::relayhost
