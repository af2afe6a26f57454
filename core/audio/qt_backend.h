// The portable second backend: Qt Multimedia in a thread of its own, for systems without
// PulseAudio. Correct rather than quick (60 ms buffers; ux.md 3.2 has the measurements). Qt 6.4
// does not tell about devices that come and go, so the list is polled.
#pragma once

#include <memory>

#include "core/audio/device.h"
#include "core/audio/paced_duplex.h"

class QThread;

namespace foyer::audio {

class QtBackendWorker;

class QtBackend final : public AudioBackend {
 public:
  QtBackend(AudioEventQueue& events, StreamCounters& counters, RecorderShelf& recorders);
  ~QtBackend() override;

  void watch() override;
  [[nodiscard]] DeviceList devices() const override;
  void open(const StreamSpec& spec, DuplexCallbacks& callbacks, std::uint32_t generation) override;
  void change(const DeviceSpec& input, const DeviceSpec& output) override;
  void close() override;

 private:
  RecorderShelf& m_recorders;
  StreamSpec m_spec;
  std::unique_ptr<QThread> m_thread;
  QtBackendWorker* m_worker;  // lives in m_thread, deleted there
};

}  // namespace foyer::audio
