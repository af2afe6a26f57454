// The path between a device and the media callbacks: cuts into blocks, counts, watches zeros, and
// turns the supervisor's findings into events. Every method runs in the AUDIO thread and neither
// allocates nor locks.
#pragma once

#include <array>
#include <span>

#include "core/audio/device.h"
#include "core/audio/stream_supervisor.h"

namespace foyer::audio {

class DuplexRunner {
 public:
  DuplexRunner(AudioEventQueue& events, StreamCounters& counters)
      : m_events(events), m_counters(counters) {}

  void begin(TimePoint now, DuplexCallbacks& callbacks, std::uint32_t generation, bool wantsCapture,
             bool wantsPlayout);
  void end();
  [[nodiscard]] bool isOpen() const { return m_callbacks != nullptr; }

  enum class ZeroWatch : std::uint8_t { Off, On };
  void capture(TimePoint now, TimePoint firstAt, std::span<const std::int16_t> samples,
               ZeroWatch watch);
  // Any length: what the callbacks gave beyond it (less than kPlayoutGrid) is kept for next time.
  void playout(TimePoint now, TimePoint firstAt, std::span<std::int16_t> out);
  // Time passed on a direction that nobody could serve: keeps sample k at started + k/48000.
  void skipCapture(std::uint64_t samples) { m_counters.capturedSamples += samples; }
  void skipPlayout(std::uint64_t samples) { m_counters.playedSamples += samples; }
  void underflow(TimePoint now);

  void report(AudioEventKind kind, Direction direction, AudioFault fault = AudioFault::None,
              std::int32_t value = 0);
  // Reports Failed and tells the supervisor.
  void fail(Direction direction, AudioFault fault);
  void reopened(TimePoint now, Direction direction) { m_supervisor.reopened(now, direction); }
  void tellWhenItRuns(Direction direction) { m_supervisor.tellWhenItRuns(direction); }

  // What the backend has to do itself: Restart, Widen or Narrow. Everything else is reported here.
  [[nodiscard]] std::optional<StreamSupervisor::Action> poll(TimePoint now);
  [[nodiscard]] bool isWide() const { return m_supervisor.isWide(); }
  [[nodiscard]] StreamCounters& counters() { return m_counters; }

 private:
  void reportIfStarted();

  AudioEventQueue& m_events;
  StreamCounters& m_counters;
  StreamSupervisor m_supervisor;
  DuplexCallbacks* m_callbacks = nullptr;
  std::uint32_t m_generation = 0;
  std::array<std::int16_t, kMaxBlockSamples> m_block{};  // asked for and not yet handed to a device
  std::size_t m_blockAt = 0, m_blockEnd = 0;
};

}  // namespace foyer::audio
