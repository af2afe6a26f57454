// Callbacks for device tests: play a test pattern, keep what was captured, and count allocations
// between entry and exit of the callback (allocation_counter.cpp).
#pragma once

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "core/audio/audio_thread.h"
#include "core/audio/device.h"

namespace foyer::audio::test {

// Allocations of the calling thread so far.
[[nodiscard]] std::uint64_t allocationsOfThread();

// Plays a click of 1 ms every half second over a constant of 300, listens for both.
class RecordingCallbacks : public DuplexCallbacks {
 public:
  static constexpr std::int64_t kClickPeriod = kSampleRate / 2;
  static constexpr std::int16_t kFloor = 300, kClick = 20000;

  // Room for `seconds`, so that recording does not allocate.
  explicit RecordingCallbacks(int seconds) {
    captured.reserve(static_cast<std::size_t>(seconds * kSampleRate));
    captureTimes.reserve(static_cast<std::size_t>(seconds) * 1000);
    playoutTimes.reserve(static_cast<std::size_t>(seconds) * 1000);
  }
  void onCapture(TimePoint firstAt, std::span<const std::int16_t> samples) override {
    isLegal = isLegal && !samples.empty() && samples.size() <= kMaxBlockSamples;
    if (captured.size() + samples.size() <= captured.capacity()) {
      captureTimes.push_back({static_cast<std::int64_t>(captured.size()), firstAt});
      captured.insert(captured.end(), samples.begin(), samples.end());
    }
    captureCalls.fetch_add(1);
  }
  void onPlayout(const PlayoutTime& time, std::span<std::int16_t> out) override {
    isLegal =
        isLegal && !out.empty() && out.size() % kPlayoutGrid == 0 && out.size() <= kMaxBlockSamples;
    if (playoutTimes.size() < playoutTimes.capacity())
      playoutTimes.push_back({played, time.soundsAt});
    for (std::int16_t& s : out) s = played++ % kClickPeriod < kSampleRate / 1000 ? kClick : kFloor;
    playoutCalls.fetch_add(1);
  }

  struct Stamp {
    std::int64_t sample;
    TimePoint at;
  };
  std::vector<std::int16_t> captured;
  std::vector<Stamp> captureTimes, playoutTimes;
  std::int64_t played = 0;
  bool isLegal = true;
  std::atomic<int> captureCalls{0}, playoutCalls{0};
};

// Waits in the test's thread until `done` or the limit; true when done.
template <class Predicate>
bool waitUntil(Duration limit, Predicate done) {
  const TimePoint until = monotonicNow() + limit;
  while (!done()) {
    if (monotonicNow() >= until) return false;
    timespec t{0, 2'000'000};
    ::nanosleep(&t, nullptr);
  }
  return true;
}

// Waits for the next event of this kind, dropping others.
inline std::optional<AudioEvent> waitForEvent(AudioEventQueue& events, AudioEventKind kind,
                                              Duration limit) {
  std::optional<AudioEvent> found;
  waitUntil(limit, [&] {
    while (const auto event = events.pop()) {
      if (event->kind == kind) {
        found = event;
        return true;
      }
    }
    return false;
  });
  return found;
}

}  // namespace foyer::audio::test
