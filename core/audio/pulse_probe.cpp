#include "core/audio/pulse_probe.h"

#include "core/audio/device.h"

namespace foyer::audio {

void PulseProbe::ask(pa_context* context, const std::string& device) {
  close();
  const pa_sample_spec format{PA_SAMPLE_S16NE, static_cast<std::uint32_t>(kSampleRate), 1};
  m_stream = pa_stream_new(context, "Is it free?", &format, nullptr);
  if (m_stream == nullptr) return;
  constexpr auto kFlags =
      static_cast<pa_stream_flags_t>(PA_STREAM_START_CORKED | PA_STREAM_DONT_MOVE);
  // An error puts the stream into a state that answer() reads.
  if (m_direction == Direction::Capture) {
    (void)pa_stream_connect_record(m_stream, device.c_str(), nullptr, kFlags);
  } else {
    (void)pa_stream_connect_playback(m_stream, device.c_str(), nullptr, kFlags, nullptr, nullptr);
  }
}

PulseProbe::Answer PulseProbe::answer() const {
  if (m_stream == nullptr) return Answer::NotAsked;
  switch (pa_stream_get_state(m_stream)) {
    case PA_STREAM_CREATING:
      return Answer::Waiting;
    case PA_STREAM_READY:
      return Answer::Free;
    case PA_STREAM_UNCONNECTED:
    case PA_STREAM_FAILED:
    case PA_STREAM_TERMINATED:
      return Answer::Refused;
  }
  return Answer::Refused;
}

void PulseProbe::close() {
  if (m_stream == nullptr) return;
  pa_stream_disconnect(m_stream);
  pa_stream_unref(m_stream);
  m_stream = nullptr;
}

}  // namespace foyer::audio
