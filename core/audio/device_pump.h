// The sound of the program behind one object: picks the backend for a StreamSpec, keeps recorders
// of output files for the life of the program, and binds the media pipelines' callbacks.
// Owned and called by one thread (the engine's); callbacks run in the AUDIO thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/audio/audio_events.h"
#include "core/audio/device.h"

namespace foyer::audio {

class RecorderShelf;

enum class NativeBackend : std::uint8_t { Pulse, QtMultimedia };

class DevicePump {
 public:
  // The Qt Multimedia backend needs a QCoreApplication.
  explicit DevicePump(NativeBackend native = NativeBackend::Pulse);
  ~DevicePump();
  DevicePump(const DevicePump&) = delete;
  DevicePump& operator=(const DevicePump&) = delete;

  // Connects to the sound server and watches devices. Call it after the first frame; without it
  // (headless with files) no sound server is ever asked.
  void watchDevices();
  [[nodiscard]] DeviceList devices() const;

  // Opens for a call or a meter; an opening that is there is closed first. Returns at once with
  // the generation that the events of this opening carry.
  std::uint32_t open(const StreamSpec& spec, DuplexCallbacks& callbacks);
  // Another microphone or speaker in mid-call; between backends it is a close and open of the
  // same callbacks. The generation stays. Does nothing when nothing is open.
  void change(const DeviceSpec& input, const DeviceSpec& output);
  void close();
  [[nodiscard]] bool isOpen() const;
  [[nodiscard]] StreamStatus status() const;

  [[nodiscard]] AudioEventQueue& events() { return m_events; }
  // Writes what is still queued for output files; done by the destructor too.
  void flushFiles();

 private:
  [[nodiscard]] AudioBackend& backendFor(const StreamSpec& spec);
  [[nodiscard]] AudioBackend& native();

  AudioEventQueue m_events;
  StreamCounters m_counters;
  std::unique_ptr<RecorderShelf> m_recorders;
  NativeBackend m_nativeKind;
  std::unique_ptr<AudioBackend> m_native;
  std::unique_ptr<AudioBackend> m_timer;
  AudioBackend* m_current = nullptr;
  DuplexCallbacks* m_callbacks = nullptr;
  StreamSpec m_spec;
  std::uint32_t m_generation = 0;
};

}  // namespace foyer::audio
