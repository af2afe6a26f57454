#include "core/audio/device_pump.h"

#include <thread>

#include "core/audio/pulse_backend.h"
#include "core/audio/qt_backend.h"
#include "core/audio/timer_backend.h"
#include "core/audio/wav_recorder.h"

namespace foyer::audio {

DevicePump::DevicePump(NativeBackend native)
    : m_recorders(std::make_unique<RecorderShelf>()), m_nativeKind(native) {}

DevicePump::~DevicePump() { close(); }

AudioBackend& DevicePump::native() {
  if (!m_native) {
    if (m_nativeKind == NativeBackend::Pulse) {
      m_native = std::make_unique<PulseBackend>(m_events, m_counters, *m_recorders);
    } else {
      m_native = std::make_unique<QtBackend>(m_events, m_counters, *m_recorders);
    }
  }
  return *m_native;
}

AudioBackend& DevicePump::backendFor(const StreamSpec& spec) {
  const bool needsOutput = spec.purpose == Purpose::Call;
  if (!spec.input.isPaced() || (needsOutput && !spec.output.isPaced())) return native();
  if (!m_timer) m_timer = std::make_unique<TimerBackend>(m_events, m_counters, *m_recorders);
  return *m_timer;
}

void DevicePump::watchDevices() { native().watch(); }

DeviceList DevicePump::devices() const { return m_native ? m_native->devices() : DeviceList(); }

std::uint32_t DevicePump::open(const StreamSpec& spec, DuplexCallbacks& callbacks) {
  close();
  m_spec = spec;
  m_callbacks = &callbacks;
  m_current = &backendFor(spec);
  m_current->open(spec, callbacks, ++m_generation);
  return m_generation;
}

void DevicePump::change(const DeviceSpec& input, const DeviceSpec& output) {
  if (m_current == nullptr || (m_spec.input == input && m_spec.output == output)) return;
  m_spec.input = input;
  m_spec.output = output;
  AudioBackend& next = backendFor(m_spec);
  if (&next == m_current) {
    m_current->change(input, output);
    return;
  }
  m_current->close();
  m_current = &next;
  m_current->open(m_spec, *m_callbacks, m_generation);
}

void DevicePump::close() {
  if (m_current == nullptr) return;
  m_current->close();
  m_current = nullptr;
  m_callbacks = nullptr;
  flushFiles();
}

bool DevicePump::isOpen() const { return m_current != nullptr; }

StreamStatus DevicePump::status() const { return m_counters.snapshot(); }

void DevicePump::flushFiles() { m_recorders->flush(); }

}  // namespace foyer::audio
