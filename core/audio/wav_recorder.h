// An output file that grows while calls play into it: the AUDIO thread hands blocks over a ring, a
// thread of its own writes them and rewrites the header, so the file is valid at any moment. One
// recorder per path lives as long as the program: later calls append.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>

#include "core/audio/audio_events.h"
#include "core/audio/device.h"
#include "core/base/result.h"
#include "core/base/spsc_ring.h"

namespace foyer::audio {

class WavRecorder {
 public:
  // Five seconds: a disk that stalls longer loses sound; silence of that length stands for it.
  static constexpr std::size_t kRingBlocks = 500;
  static constexpr auto kWriteInterval = std::chrono::milliseconds(100);

  // Creates or empties the file and writes a header for no samples.
  [[nodiscard]] static Result<std::unique_ptr<WavRecorder>, AudioFault> create(
      const std::string& path);
  ~WavRecorder();
  WavRecorder(const WavRecorder&) = delete;
  WavRecorder& operator=(const WavRecorder&) = delete;

  // AUDIO thread; at most kMaxBlockSamples. Neither allocates nor locks.
  void write(std::span<const std::int16_t> samples);
  void writeSilence(std::uint64_t samples);
  // Any thread but AUDIO: returns when all that was written before is in the file.
  void flush();
  // The disk refused a write (full, gone); everything since is dropped.
  [[nodiscard]] bool hasFailed() const { return m_hasFailed.load(std::memory_order_relaxed); }

 private:
  struct Block {
    std::size_t silence = 0;  // this many zeros come before the samples
    std::size_t size = 0;
    std::array<std::int16_t, kMaxBlockSamples> samples;
  };
  explicit WavRecorder(int fd);
  void run();
  void drain();
  [[nodiscard]] bool writeAll(const void* data, std::size_t bytes);
  [[nodiscard]] bool writeZeros(std::size_t samples);
  [[nodiscard]] bool writeHeader();

  int m_fd;
  SpscRing<Block> m_ring{kRingBlocks};
  std::uint64_t m_dataBytes = 0;  // writer thread
  std::atomic<bool> m_hasFailed{false};
  std::uint64_t m_owedSilence = 0;  // AUDIO thread: what did not fit, so that times stay true
  std::mutex m_mutex;               // of the two below, never taken by the AUDIO thread
  std::condition_variable m_wake, m_flushed;
  bool m_stops = false;
  std::uint64_t m_flushAsked = 0, m_flushDone = 0;
  std::thread m_thread;
};

// The recorders of one program, by path.
class RecorderShelf {
 public:
  static constexpr std::size_t kMaxRecorders = 16;  // more paths are refused
  [[nodiscard]] Result<WavRecorder*, AudioFault> open(const std::string& path);
  void flush();

 private:
  std::map<std::string, std::unique_ptr<WavRecorder>, std::less<>> m_byPath;
};

}  // namespace foyer::audio
