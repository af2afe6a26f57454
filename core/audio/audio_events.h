// What happens to the sound devices, told to another thread. A bounded lock-free queue with many
// writers (audio threads) and one reader, and a descriptor that becomes readable. A full queue
// drops the newest and counts it. Any thread may push, one thread pops.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/fault.h"

namespace foyer::audio {

enum class Direction : std::uint8_t { Capture, Playout };

// Why a direction does not run. toString gives the stable code of the Fault.
enum class AudioFault : std::uint8_t {
  None,
  NoSoundServer,       // no PulseAudio or PipeWire answers
  NoMicrophone,        // the server has no input but monitors
  NoSpeaker,           // the server has no output
  DeviceNotFound,      // the named device is not there and neither is a default
  DeviceBusy,          // somebody else holds it
  AccessDenied,        // the server refuses this program
  DeviceNeverStarted,  // two tries of two seconds gave no callback (B-33)
  DeviceStalled,       // ran, stopped calling back, and did not come back after a restart
  FileUnreadable,
  FileNotWav,
  FileUnwritable,
};
[[nodiscard]] const char* toString(AudioFault fault);

enum class AudioEventKind : std::uint8_t {
  Started,         // first capture and first playout callback of this opening were both seen
  Failed,          // `direction` does not run, see `fault`; the other direction goes on
  DeviceLost,      // the device of `direction` went away; the default is in use now
  DeviceNotFound,  // the asked device of `direction` is absent; the default is in use
  DeviceBusy,  // somebody else holds the device of `direction`; another is used until it is free
  DefaultChanged,  // the server's default of `direction` is another one
  ListChanged,     // devices came or went: read DevicePump::devices()
  Underflow,       // playout had nothing in time; `value` = count since opening
  LatencyChanged,  // `value` = playout target length in ms (20 or 40)
  Restarting,      // `direction` gave no callback and is opened once more
  Recovered,       // `direction` runs again after Failed or Restarting
  InputSilent,     // the microphone delivers only zeros: media::kSilentInputAfter
  InputHeard,      // … and does no longer
};
[[nodiscard]] const char* toString(AudioEventKind kind);

struct AudioEvent {
  AudioEventKind kind = AudioEventKind::ListChanged;
  Direction direction = Direction::Capture;
  AudioFault fault = AudioFault::None;
  std::uint32_t generation = 0;  // of the opening it belongs to; 0 = of no opening
  std::int32_t value = 0;
};

// The stage is "capture" or "playout", the code toString(fault), the detail empty.
[[nodiscard]] Fault toFault(AudioFault fault, Direction direction);

class AudioEventQueue {
 public:
  static constexpr std::size_t kCapacity = 256;  // far above what one second can bring

  AudioEventQueue();
  ~AudioEventQueue();
  AudioEventQueue(const AudioEventQueue&) = delete;
  AudioEventQueue& operator=(const AudioEventQueue&) = delete;

  // Any thread; never blocks, never allocates. False when full (counted).
  bool push(const AudioEvent& event);
  // The reader's thread. Also resets the descriptor once empty.
  [[nodiscard]] std::optional<AudioEvent> pop();
  // Readable while events wait (an eventfd): for QSocketNotifier or an event loop.
  [[nodiscard]] int readableFd() const { return m_fd; }
  [[nodiscard]] std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }

 private:
  struct Slot {
    std::atomic<std::size_t> sequence{0};
    AudioEvent event;
  };
  std::array<Slot, kCapacity> m_slots;
  alignas(64) std::atomic<std::size_t> m_tail{0};
  alignas(64) std::size_t m_head = 0;
  std::atomic<std::uint64_t> m_dropped{0};
  int m_fd = -1;
};

}  // namespace foyer::audio
