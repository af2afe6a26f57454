// One capture or playback stream of libpulse at low latency: buffers of the asked length, sample
// times mapped to CLOCK_MONOTONIC, sound handed to a DuplexRunner. Lives in the AUDIO thread.
#pragma once

#include <pulse/pulseaudio.h>

#include <array>
#include <cstdint>
#include <string>

#include "core/audio/duplex_runner.h"
#include "core/audio/sample_clock.h"

namespace foyer::audio {

class PulseStream {
 public:
  // Playback target lengths; capture fragments are half of it (ux.md 3.2: 15 ms loop at 20/10).
  static constexpr int kShortTargetMs = 20;
  static constexpr int kLongTargetMs = 40;

  class Owner {
   public:
    // The stream cannot be made, or ended by itself; `fault` None = it ran and was ended by the
    // server (device gone). The stream is to be closed by the owner, later.
    virtual void streamEnded(Direction direction, AudioFault fault) = 0;
    virtual void streamMoved(Direction direction) = 0;

   protected:
    ~Owner() = default;
  };

  PulseStream(Direction direction, Owner& owner, DuplexRunner& runner)
      : m_direction(direction), m_owner(owner), m_runner(runner) {}
  ~PulseStream() { close(); }
  PulseStream(const PulseStream&) = delete;
  PulseStream& operator=(const PulseStream&) = delete;

  // streamEnded follows if it does not work out.
  void open(pa_context* context, const std::string& device, int targetMs);
  void close();
  [[nodiscard]] bool isOpen() const { return m_stream != nullptr; }
  // The server's name of the device it is connected to.
  [[nodiscard]] const std::string& device() const { return m_device; }
  void setTarget(int targetMs);

 private:
  [[nodiscard]] pa_buffer_attr attributes(int targetMs) const;
  void stateChanged();
  void readable();
  void writable(std::size_t bytes);
  // How large a buffer was asked of the server, and how large a one it gave.
  void noteAsked();
  void noteGranted();
  // Measured latency of the next sample; `otherwise` while the server has told nothing yet.
  [[nodiscard]] Duration latencyOr(Duration otherwise) const;

  Direction m_direction;
  Owner& m_owner;
  DuplexRunner& m_runner;
  pa_stream* m_stream = nullptr;
  std::string m_device;
  int m_targetMs = kShortTargetMs;
  bool m_wasReady = false;
  SampleClock m_clock;
  std::int64_t m_samples = 0;  // since this stream was opened
  std::array<std::int16_t, kMaxBlockSamples> m_block{};
};

}  // namespace foyer::audio
