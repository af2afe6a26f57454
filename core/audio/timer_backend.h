// The backend for openings without any real device (`null` and `file:` on both sides): one thread
// that sleeps to absolute times. No sound server is asked.
#pragma once

#include <atomic>
#include <thread>

#include "core/audio/paced_duplex.h"

namespace foyer::audio {

class TimerBackend final : public AudioBackend {
 public:
  TimerBackend(AudioEventQueue& events, StreamCounters& counters, RecorderShelf& recorders)
      : m_recorders(recorders), m_runner(events, counters) {}
  ~TimerBackend() override { TimerBackend::close(); }

  void watch() override {}
  [[nodiscard]] DeviceList devices() const override { return {}; }
  void open(const StreamSpec& spec, DuplexCallbacks& callbacks, std::uint32_t generation) override;
  void change(const DeviceSpec& input, const DeviceSpec& output) override;
  void close() override;

 private:
  void startThread();
  void stopThread();
  void run();

  RecorderShelf& m_recorders;
  DuplexRunner m_runner;
  PacedDuplex m_paced;
  StreamSpec m_spec;
  std::atomic<bool> m_stops{false};
  std::thread m_thread;
};

}  // namespace foyer::audio
