#include "core/audio/duplex_runner.h"

#include <algorithm>

#include "core/audio/audio_thread.h"

namespace foyer::audio {

namespace {
// While the device's own clock settles the start is corrected; then it stands.
constexpr std::uint64_t kSettleSamples = kSampleRate;

void noteStart(std::atomic<std::int64_t>& startedNs, std::uint64_t done, TimePoint firstAt) {
  if (done >= kSettleSamples) return;
  const TimePoint start = firstAt - durationOfSamples(static_cast<std::int64_t>(done));
  startedNs.store(start.time_since_epoch().count(), std::memory_order_relaxed);
}
}  // namespace

void DuplexRunner::begin(TimePoint now, DuplexCallbacks& callbacks, std::uint32_t generation,
                         bool wantsCapture, bool wantsPlayout) {
  m_callbacks = &callbacks;
  m_generation = generation;
  m_counters.reset(generation);
  m_supervisor.begin(now, wantsCapture, wantsPlayout);
  m_blockAt = m_blockEnd = 0;
}

void DuplexRunner::end() {
  m_callbacks = nullptr;
  m_generation = 0;
  m_counters.isOpen = false;
  m_counters.isStarted = false;
  m_supervisor.end();
}

void DuplexRunner::capture(TimePoint now, TimePoint firstAt, std::span<const std::int16_t> samples,
                           ZeroWatch watch) {
  if (m_callbacks == nullptr || samples.empty()) return;
  const bool onlyZeros = watch == ZeroWatch::On &&
                         std::all_of(samples.begin(), samples.end(), [](auto s) { return s == 0; });
  m_supervisor.captured(now, onlyZeros);
  noteStart(m_counters.captureStartedNs, m_counters.capturedSamples, firstAt);
  for (std::size_t at = 0; at < samples.size();) {
    const std::size_t n = std::min(kMaxBlockSamples, samples.size() - at);
    m_callbacks->onCapture(firstAt + durationOfSamples(static_cast<std::int64_t>(at)),
                           samples.subspan(at, n));
    at += n;
  }
  m_counters.capturedSamples.fetch_add(samples.size(), std::memory_order_relaxed);
  reportIfStarted();
}

void DuplexRunner::playout(TimePoint now, TimePoint firstAt, std::span<std::int16_t> out) {
  if (m_callbacks == nullptr) {
    std::fill(out.begin(), out.end(), std::int16_t{0});
    return;
  }
  if (out.empty()) return;
  m_supervisor.callback(now, Direction::Playout);
  noteStart(m_counters.playoutStartedNs, m_counters.playedSamples, firstAt);
  for (std::size_t at = 0; at < out.size();) {
    if (m_blockAt == m_blockEnd) {
      const std::size_t wanted = (out.size() - at + kPlayoutGrid - 1) / kPlayoutGrid * kPlayoutGrid;
      m_blockAt = 0;
      m_blockEnd = std::min(wanted, kMaxBlockSamples);
      std::fill_n(m_block.begin(), m_blockEnd, std::int16_t{0});
      m_callbacks->onPlayout({now, firstAt + durationOfSamples(static_cast<std::int64_t>(at))},
                             std::span(m_block).first(m_blockEnd));
    }
    const std::size_t n = std::min(m_blockEnd - m_blockAt, out.size() - at);
    std::copy_n(m_block.begin() + static_cast<std::ptrdiff_t>(m_blockAt), n,
                out.begin() + static_cast<std::ptrdiff_t>(at));
    m_blockAt += n;
    at += n;
  }
  m_counters.playedSamples.fetch_add(out.size(), std::memory_order_relaxed);
  reportIfStarted();
}

void DuplexRunner::underflow(TimePoint now) {
  if (!m_supervisor.underflow(now)) return;
  const auto count = m_counters.underflows.fetch_add(1, std::memory_order_relaxed) + 1;
  report(AudioEventKind::Underflow, Direction::Playout, AudioFault::None,
         static_cast<std::int32_t>(count));
}

void DuplexRunner::report(AudioEventKind kind, Direction direction, AudioFault fault,
                          std::int32_t value) {
  m_events.push({kind, direction, fault, m_generation, value});
}

void DuplexRunner::fail(Direction direction, AudioFault fault) {
  m_supervisor.failed(direction);
  report(AudioEventKind::Failed, direction, fault);
}

// "Started" does not wait for the next turn of the watchdog.
void DuplexRunner::reportIfStarted() {
  if (!m_supervisor.takeStarted()) return;
  m_counters.isStarted = true;
  report(AudioEventKind::Started, Direction::Playout);
}

std::optional<StreamSupervisor::Action> DuplexRunner::poll(TimePoint now) {
  using enum StreamSupervisor::ActionKind;
  if (m_callbacks == nullptr) return std::nullopt;
  while (const auto action = m_supervisor.poll(now)) {
    switch (action->kind) {
      case Started:
        m_counters.isStarted = true;
        report(AudioEventKind::Started, action->direction);
        break;
      case Fail:
        report(AudioEventKind::Failed, action->direction, action->fault);
        break;
      case Recovered:
        report(AudioEventKind::Recovered, action->direction);
        break;
      case InputSilent:
        report(AudioEventKind::InputSilent, action->direction);
        break;
      case InputHeard:
        report(AudioEventKind::InputHeard, action->direction);
        break;
      case Restart:
        m_counters.restarts.fetch_add(1, std::memory_order_relaxed);
        report(AudioEventKind::Restarting, action->direction);
        return action;
      case Widen:
      case Narrow:
        return action;
    }
  }
  return std::nullopt;
}

}  // namespace foyer::audio
