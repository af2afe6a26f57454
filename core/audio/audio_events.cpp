#include "core/audio/audio_events.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/assert.h"

namespace foyer::audio {

const char* toString(AudioFault fault) {
  switch (fault) {
    case AudioFault::None:
      return "none";
    case AudioFault::NoSoundServer:
      return "no_sound_server";
    case AudioFault::NoMicrophone:
      return "no_microphone";
    case AudioFault::NoSpeaker:
      return "no_speaker";
    case AudioFault::DeviceNotFound:
      return "device_not_found";
    case AudioFault::DeviceBusy:
      return "device_busy";
    case AudioFault::AccessDenied:
      return "access_denied";
    case AudioFault::DeviceNeverStarted:
      return "device_never_started";
    case AudioFault::DeviceStalled:
      return "device_stalled";
    case AudioFault::FileUnreadable:
      return "file_unreadable";
    case AudioFault::FileNotWav:
      return "file_not_wav";
    case AudioFault::FileUnwritable:
      return "file_unwritable";
  }
  return "none";
}

const char* toString(AudioEventKind kind) {
  switch (kind) {
    case AudioEventKind::Started:
      return "started";
    case AudioEventKind::Failed:
      return "failed";
    case AudioEventKind::DeviceLost:
      return "device_lost";
    case AudioEventKind::DeviceNotFound:
      return "device_not_found";
    case AudioEventKind::DeviceBusy:
      return "device_busy";
    case AudioEventKind::DefaultChanged:
      return "default_changed";
    case AudioEventKind::ListChanged:
      return "list_changed";
    case AudioEventKind::Underflow:
      return "underflow";
    case AudioEventKind::LatencyChanged:
      return "latency_changed";
    case AudioEventKind::Restarting:
      return "restarting";
    case AudioEventKind::Recovered:
      return "recovered";
    case AudioEventKind::InputSilent:
      return "input_silent";
    case AudioEventKind::InputHeard:
      return "input_heard";
  }
  return "unknown";
}

Fault toFault(AudioFault fault, Direction direction) {
  const bool retryable = fault != AudioFault::FileNotWav && fault != AudioFault::FileUnreadable;
  return {.stage = direction == Direction::Capture ? "capture" : "playout",
          .code = toString(fault),
          .retryable = retryable};
}

// D. Vyukov's bounded queue: each slot's sequence says whose turn it is.
AudioEventQueue::AudioEventQueue() : m_fd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  FOYER_ASSERT(m_fd >= 0, "a process that cannot open one more descriptor cannot run");
  for (std::size_t i = 0; i < kCapacity; ++i) {
    m_slots[i].sequence.store(i, std::memory_order_relaxed);
  }
}

AudioEventQueue::~AudioEventQueue() { ::close(m_fd); }

bool AudioEventQueue::push(const AudioEvent& event) {
  std::size_t position = m_tail.load(std::memory_order_relaxed);
  Slot* slot = nullptr;
  for (;;) {
    slot = &m_slots[position % kCapacity];
    const std::size_t sequence = slot->sequence.load(std::memory_order_acquire);
    if (sequence == position) {
      if (m_tail.compare_exchange_weak(position, position + 1, std::memory_order_relaxed)) break;
    } else if (sequence < position) {
      m_dropped.fetch_add(1, std::memory_order_relaxed);
      return false;
    } else {
      position = m_tail.load(std::memory_order_relaxed);
    }
  }
  slot->event = event;
  slot->sequence.store(position + 1, std::memory_order_release);
  const std::uint64_t one = 1;
  // Only a full counter refuses, and then the descriptor is readable already.
  [[maybe_unused]] const auto written = ::write(m_fd, &one, sizeof one);
  return true;
}

std::optional<AudioEvent> AudioEventQueue::pop() {
  Slot& slot = m_slots[m_head % kCapacity];
  const auto isReady = [&] { return slot.sequence.load(std::memory_order_acquire) == m_head + 1; };
  if (!isReady()) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(m_fd, &count, sizeof count);
    // A push between the look and the reset would be signalled to nobody: look again.
    if (!isReady()) return std::nullopt;
  }
  const AudioEvent event = slot.event;
  slot.sequence.store(m_head + kCapacity, std::memory_order_release);
  ++m_head;
  return event;
}

}  // namespace foyer::audio
