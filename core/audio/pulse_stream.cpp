#include "core/audio/pulse_stream.h"

#include <algorithm>

#include "core/audio/audio_thread.h"

namespace foyer::audio {

namespace {

constexpr auto kUnset = static_cast<std::uint32_t>(-1);
constexpr std::size_t kSampleBytes = sizeof(std::int16_t);

AudioFault faultOf(int pulseError) {
  switch (pulseError) {
    case PA_ERR_BUSY:
      return AudioFault::DeviceBusy;
    case PA_ERR_ACCESS:
      return AudioFault::AccessDenied;
    case PA_ERR_NOENTITY:
      return AudioFault::DeviceNotFound;
    case PA_ERR_CONNECTIONREFUSED:
    case PA_ERR_CONNECTIONTERMINATED:
      return AudioFault::NoSoundServer;
    default:
      return AudioFault::DeviceBusy;
  }
}

std::uint32_t bytesOfMs(int ms) {
  return static_cast<std::uint32_t>(ms) * static_cast<std::uint32_t>(kSampleRate / 1000) *
         static_cast<std::uint32_t>(kSampleBytes);
}

PulseStream* self(void* data) { return static_cast<PulseStream*>(data); }

}  // namespace

pa_buffer_attr PulseStream::attributes(int targetMs) const {
  pa_buffer_attr a{kUnset, kUnset, kUnset, kUnset, kUnset};
  if (m_direction == Direction::Capture) a.fragsize = bytesOfMs(targetMs / 2);
  if (m_direction == Direction::Playout) a.tlength = bytesOfMs(targetMs);
  return a;
}

void PulseStream::open(pa_context* context, const std::string& device, int targetMs) {
  close();
  m_device = device;
  m_targetMs = targetMs;
  m_clock.reset();
  m_samples = 0;
  m_wasReady = false;
  const bool isCapture = m_direction == Direction::Capture;
  const pa_sample_spec format{PA_SAMPLE_S16NE, static_cast<std::uint32_t>(kSampleRate), 1};
  pa_proplist* properties = pa_proplist_new();
  pa_proplist_sets(properties, PA_PROP_MEDIA_ROLE, "phone");
  m_stream = pa_stream_new_with_proplist(context, isCapture ? "Microphone" : "Call", &format,
                                         nullptr, properties);
  pa_proplist_free(properties);
  if (m_stream == nullptr) {
    m_owner.streamEnded(m_direction, faultOf(pa_context_errno(context)));
    return;
  }
  pa_stream_set_state_callback(
      m_stream, [](pa_stream*, void* d) { self(d)->stateChanged(); }, this);
  pa_stream_set_moved_callback(
      m_stream,
      [](pa_stream* s, void* d) {
        const char* name = pa_stream_get_device_name(s);
        self(d)->m_device = name != nullptr ? name : "";
        self(d)->m_owner.streamMoved(self(d)->m_direction);
      },
      this);
  const pa_buffer_attr buffers = attributes(targetMs);
  constexpr auto kFlags = static_cast<pa_stream_flags_t>(
      PA_STREAM_ADJUST_LATENCY | PA_STREAM_INTERPOLATE_TIMING | PA_STREAM_AUTO_TIMING_UPDATE);
  int result = 0;
  if (isCapture) {
    pa_stream_set_read_callback(
        m_stream, [](pa_stream*, std::size_t, void* d) { self(d)->readable(); }, this);
    result = pa_stream_connect_record(m_stream, device.c_str(), &buffers, kFlags);
  } else {
    pa_stream_set_write_callback(
        m_stream, [](pa_stream*, std::size_t bytes, void* d) { self(d)->writable(bytes); }, this);
    pa_stream_set_underflow_callback(
        m_stream, [](pa_stream*, void* d) { self(d)->m_runner.underflow(monotonicNow()); }, this);
    result =
        pa_stream_connect_playback(m_stream, device.c_str(), &buffers, kFlags, nullptr, nullptr);
  }
  noteAsked();
  if (result < 0) m_owner.streamEnded(m_direction, faultOf(pa_context_errno(context)));
}

void PulseStream::noteAsked() {
  if (m_direction == Direction::Capture)
    m_runner.counters().captureFragmentMs = m_targetMs / 2;
  else
    m_runner.counters().playoutBufferMs = m_targetMs;
}

// Asked anew each time: it is another one after a change of the target or of the device.
void PulseStream::noteGranted() {
  const pa_buffer_attr* given = pa_stream_get_buffer_attr(m_stream);
  if (given == nullptr) return;
  const bool isCapture = m_direction == Direction::Capture;
  const std::uint32_t bytes = isCapture ? given->fragsize : given->tlength;
  if (bytes == kUnset) return;
  StreamCounters& counters = m_runner.counters();
  (isCapture ? counters.captureGrantedNs : counters.playoutGrantedNs)
      .store(durationOfSamples(static_cast<std::int64_t>(bytes / kSampleBytes)).count(),
             std::memory_order_relaxed);
}

void PulseStream::close() {
  if (m_stream == nullptr) return;
  pa_stream_set_state_callback(m_stream, nullptr, nullptr);
  pa_stream_set_moved_callback(m_stream, nullptr, nullptr);
  pa_stream_set_read_callback(m_stream, nullptr, nullptr);
  pa_stream_set_write_callback(m_stream, nullptr, nullptr);
  pa_stream_set_underflow_callback(m_stream, nullptr, nullptr);
  pa_stream_disconnect(m_stream);
  pa_stream_unref(m_stream);
  m_stream = nullptr;
}

void PulseStream::setTarget(int targetMs) {
  if (m_stream == nullptr || m_targetMs == targetMs || !m_wasReady) return;
  m_targetMs = targetMs;
  const pa_buffer_attr buffers = attributes(targetMs);
  pa_operation* operation = pa_stream_set_buffer_attr(m_stream, &buffers, nullptr, nullptr);
  if (operation != nullptr) pa_operation_unref(operation);
  noteAsked();
}

void PulseStream::stateChanged() {
  switch (pa_stream_get_state(m_stream)) {
    case PA_STREAM_READY: {
      m_wasReady = true;
      const char* name = pa_stream_get_device_name(m_stream);
      if (name != nullptr) m_device = name;
      return;
    }
    case PA_STREAM_FAILED:
    case PA_STREAM_TERMINATED: {
      const int error = pa_context_errno(pa_stream_get_context(m_stream));
      m_owner.streamEnded(m_direction, m_wasReady ? AudioFault::None : faultOf(error));
      return;
    }
    case PA_STREAM_UNCONNECTED:
    case PA_STREAM_CREATING:
      return;
  }
}

Duration PulseStream::latencyOr(Duration otherwise) const {
  pa_usec_t us = 0;
  int isNegative = 0;
  if (pa_stream_get_latency(m_stream, &us, &isNegative) < 0) return otherwise;
  const auto latency = std::chrono::microseconds(static_cast<std::int64_t>(us));
  return isNegative != 0 ? -latency : latency;
}

void PulseStream::readable() {
  const TimePoint now = monotonicNow();
  noteGranted();
  // The age of the oldest unread sample; before the first timing report one fragment.
  const Duration age = latencyOr(std::chrono::milliseconds(m_targetMs / 2));
  const TimePoint oldestAt = m_clock.update(m_samples, now - age);
  // Negative at a sink's monitor, which hands sound out before it is heard. (At a remapped one
  // PulseAudio says 0 for what is below it.)
  const Duration waiting = durationOfSamples(
      static_cast<std::int64_t>(pa_stream_readable_size(m_stream) / kSampleBytes));
  m_runner.counters().captureLatencyNs.store((now - oldestAt - waiting).count(),
                                             std::memory_order_relaxed);
  while (m_stream != nullptr && pa_stream_readable_size(m_stream) > 0) {
    const void* data = nullptr;
    std::size_t bytes = 0;
    if (pa_stream_peek(m_stream, &data, &bytes) < 0 || bytes == 0) return;
    const std::size_t count = bytes / kSampleBytes;
    const auto* samples = static_cast<const std::int16_t*>(data);
    if (samples == nullptr) m_block.fill(0);  // a hole: the server lost sound
    for (std::size_t at = 0; at < count;) {
      const std::size_t n = std::min(count - at, m_block.size());
      const std::int16_t* from = samples == nullptr ? m_block.data() : samples + at;
      m_runner.capture(now, m_clock.at(m_samples), {from, n}, DuplexRunner::ZeroWatch::On);
      m_samples += static_cast<std::int64_t>(n);
      at += n;
    }
    pa_stream_drop(m_stream);
  }
}

void PulseStream::writable(std::size_t bytes) {
  const TimePoint now = monotonicNow();
  noteGranted();
  const Duration ahead = latencyOr(std::chrono::milliseconds(m_targetMs));
  m_runner.counters().playoutLatencyNs.store(std::max<std::int64_t>(ahead.count(), 0),
                                             std::memory_order_relaxed);
  m_clock.update(m_samples, now + ahead);
  for (std::size_t left = bytes / kSampleBytes; left > 0;) {
    const std::size_t n = std::min(left, m_block.size());
    m_runner.playout(now, m_clock.at(m_samples), std::span(m_block).first(n));
    if (pa_stream_write(m_stream, m_block.data(), n * kSampleBytes, nullptr, 0, PA_SEEK_RELATIVE) <
        0) {
      return;
    }
    m_samples += static_cast<std::int64_t>(n);
    left -= n;
  }
}

}  // namespace foyer::audio
