// `null` and `file:` as devices: blocks of 10 ms at exact times of CLOCK_MONOTONIC, sample k at
// start + k/48000. A thread that comes late catches up; one that was away for seconds leaves the
// time out (silence in the file) so that the times stay true. Driven by its owner's AUDIO thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/audio/duplex_runner.h"
#include "core/audio/wav_recorder.h"
#include "core/base/result.h"

namespace foyer::audio {

using Clip = std::vector<std::int16_t>;  // 48 kHz mono

// Reads any 16-bit PCM WAV; blocking, not for the AUDIO thread.
[[nodiscard]] Result<std::shared_ptr<const Clip>, AudioFault> loadClip(const std::string& path);

class PacedDuplex {
 public:
  static constexpr std::size_t kBlock = kMaxBlockSamples;
  // More than this is not caught up but left out.
  static constexpr Duration kMaxCatchUp = 1s;

  // What the paced directions of an opening need, loaded before the AUDIO thread sees it.
  struct Parts {
    bool capture = false, playout = false;  // which directions are paced
    std::shared_ptr<const Clip> clip;       // null = silence
    WavRecorder* recorder = nullptr;        // null = discard
    AudioFault captureFault = AudioFault::None, playoutFault = AudioFault::None;
  };
  [[nodiscard]] static Parts load(const StreamSpec& spec, RecorderShelf& recorders);

  // Directions with a fault are reported as Failed and do not run.
  void begin(TimePoint now, DuplexRunner& runner, Parts parts);
  void end();
  [[nodiscard]] bool isRunning() const { return m_runner != nullptr; }
  // When tick() is due next.
  [[nodiscard]] TimePoint nextTick() const { return m_start + durationOfBlocks(m_tick); }
  // Does all ticks that are due.
  void tick(TimePoint now);

 private:
  [[nodiscard]] static Duration durationOfBlocks(std::uint64_t blocks) {
    return Duration(std::chrono::milliseconds(10)) * static_cast<std::int64_t>(blocks);
  }
  void playBlock(TimePoint now, TimePoint at);
  void captureBlock(TimePoint now, TimePoint at);

  DuplexRunner* m_runner = nullptr;
  Parts m_parts;
  TimePoint m_start{};
  std::uint64_t m_tick = 0;
  std::size_t m_clipAt = 0;
  bool m_saidWriteFault = false;
};

}  // namespace foyer::audio
