#include "core/audio/timer_backend.h"

#include <ctime>

#include "core/audio/audio_thread.h"

namespace foyer::audio {

namespace {
void sleepUntil(TimePoint at) {
  const std::int64_t ns = at.time_since_epoch().count();
  timespec t{};
  t.tv_sec = static_cast<std::time_t>(ns / 1'000'000'000);
  t.tv_nsec = static_cast<long>(ns % 1'000'000'000);
  // An interrupted sleep only makes the loop look at the clock early.
  ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr);
}
}  // namespace

void TimerBackend::open(const StreamSpec& spec, DuplexCallbacks& callbacks,
                        std::uint32_t generation) {
  m_spec = spec;
  PacedDuplex::Parts parts = PacedDuplex::load(spec, m_recorders);
  const TimePoint now = monotonicNow();
  m_runner.begin(now, callbacks, generation, parts.capture, parts.playout);
  m_paced.begin(now, m_runner, std::move(parts));
  startThread();
}

void TimerBackend::change(const DeviceSpec& input, const DeviceSpec& output) {
  if (!m_runner.isOpen()) return;
  stopThread();
  m_spec.input = input;
  m_spec.output = output;
  m_runner.counters().restarts.fetch_add(1, std::memory_order_relaxed);
  m_paced.begin(monotonicNow(), m_runner, PacedDuplex::load(m_spec, m_recorders));
  startThread();
}

void TimerBackend::close() {
  stopThread();
  m_paced.end();
  m_runner.end();
}

void TimerBackend::startThread() {
  m_stops = false;
  m_thread = std::thread([this] { run(); });
}

void TimerBackend::stopThread() {
  m_stops = true;
  if (m_thread.joinable()) m_thread.join();
}

// Nothing to supervise here: a thread that does not run cannot notice it.
void TimerBackend::run() {
  becomeAudioThread();
  while (!m_stops.load(std::memory_order_relaxed)) {
    sleepUntil(m_paced.nextTick());
    m_paced.tick(monotonicNow());
  }
}

}  // namespace foyer::audio
