// Asks the server whether a device that was held by somebody else can be had again: a corked stream
// that plays and records nothing, so the sound that goes on elsewhere is not interrupted. One
// question at a time. Lives in the AUDIO thread.
#pragma once

#include <pulse/pulseaudio.h>

#include <cstdint>
#include <string>

#include "core/audio/audio_events.h"

namespace foyer::audio {

class PulseProbe {
 public:
  enum class Answer : std::uint8_t { NotAsked, Waiting, Free, Refused };

  explicit PulseProbe(Direction direction) : m_direction(direction) {}
  ~PulseProbe() { close(); }
  PulseProbe(const PulseProbe&) = delete;
  PulseProbe& operator=(const PulseProbe&) = delete;

  // The answer is to be polled, and closed once it is there.
  void ask(pa_context* context, const std::string& device);
  [[nodiscard]] Answer answer() const;
  void close();

 private:
  Direction m_direction;
  pa_stream* m_stream = nullptr;
};

}  // namespace foyer::audio
