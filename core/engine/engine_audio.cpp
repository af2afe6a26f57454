// The engine's hands on the devices: one opening at a time, for a call or for the level meter.
#include <unistd.h>

#include <algorithm>

#include "core/engine/engine.h"

namespace foyer::engine {

audio::StreamSpec Engine::streamSpec(audio::Purpose purpose) const {
  const auto chosen = [this](const std::string& forced, const char* key) {
    if (!forced.empty()) return audio::DeviceSpec::parse(forced);
    return audio::DeviceSpec::parse(setting(key).toStdString());
  };
  return {chosen(m_options.audioIn, "audio_in"), chosen(m_options.audioOut, "audio_out"), purpose};
}

void Engine::openSound(const CallId& call) {
  m_pump.close();
  m_meter.reset();
  m_loopback.reset();
  m_soundCall = call;
  CallSound sound;
  sound.seam = std::make_shared<client::MediaSeam>();
  sound.seam->isMuted.store(m_isMuted, std::memory_order_relaxed);
  sound.seam->isDeafened.store(m_isDeafened, std::memory_order_relaxed);
  sound.seam->wakeNet = [fd = m_net->audioWakeFd()] {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = write(fd, &one, sizeof one);
  };
  const auto status = std::find_if(m_callStates.begin(), m_callStates.end(),
                                   [&](const auto& each) { return each.call == call; });
  if (status != m_callStates.end()) applyVoice(*sound.seam, status->peerFingerprint);
  beginRecord(*sound.seam);
  // A file is sent as it is; voice processing is for a microphone in a room.
  const bool hasVoice = !streamSpec(audio::Purpose::Call).input.isPaced();
  sound.audio = std::make_unique<CallAudio>(sound.seam, m_codecs, hasVoice);
  m_sound = std::move(sound);
  m_soundHistory.clear();
  m_audioFault.reset();
  m_sound->generation = m_pump.open(streamSpec(audio::Purpose::Call), *m_sound->audio);
  m_net->post([call, seam = m_sound->seam](NetSide& side) {
    side.client().attachMedia(side.now(), call, seam);
  });
  announce("audio:opened", "", {{"call", call.hex()}});
}

void Engine::closeSound() {
  m_pump.close();
  m_meter.reset();
  m_loopback.reset();
  if (m_soundCall && m_sound) {
    const audio::StreamStatus status = m_pump.status();
    if (status.captureStarted)
      m_sound->captureStartedNs = static_cast<std::int64_t>(toNanoseconds(*status.captureStarted));
    if (status.playoutStarted)
      m_sound->playoutStartedNs = static_cast<std::int64_t>(toNanoseconds(*status.playoutStarted));
    m_sound->audio.reset();
    endRecord(*m_soundCall, *m_sound->seam);
    m_pastSounds[*m_soundCall] = std::move(*m_sound);
    if (m_net)
      m_net->post([call = *m_soundCall](NetSide& side) { side.client().detachMedia(call); });
  }
  m_soundCall.reset();
  m_sound.reset();
}

void Engine::openMeter() {
  if (++m_meterUsers == 1 && m_store && !m_soundCall && !m_loopback) openMeterNow();
}

void Engine::openMeterNow() {
  if (m_soundCall || !m_options.watchesDevices) return;
  m_meter = std::make_unique<MeterAudio>();
  m_pump.open(streamSpec(audio::Purpose::Meter), *m_meter);
}

void Engine::closeMeter() {
  if (m_meterUsers == 0 || --m_meterUsers > 0 || m_soundCall || m_loopback) return;
  m_pump.close();
  m_meter.reset();
}

void Engine::selectInput(const QString& deviceId) {
  m_options.audioIn.clear();  // the command line chose for the start alone
  setSetting("audio_in", deviceId);
  const audio::StreamSpec spec = streamSpec(audio::Purpose::Call);
  if (m_pump.isOpen()) m_pump.change(spec.input, spec.output);
  Q_EMIT audioChanged();
}

void Engine::selectOutput(const QString& deviceId) {
  m_options.audioOut.clear();
  setSetting("audio_out", deviceId);
  const audio::StreamSpec spec = streamSpec(audio::Purpose::Call);
  if (m_pump.isOpen()) m_pump.change(spec.input, spec.output);
  Q_EMIT audioChanged();
}

void Engine::playTestSound() { Q_EMIT testSoundRequested(); }

void Engine::wakeNetForAudio() {
  if (!m_net) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto n = write(m_net->audioWakeFd(), &one, sizeof one);
}

void Engine::noteAudio(const char* code) {
  m_audioNotice = code;
  ++m_audioNotices;
}

void Engine::onAudioEvents() {
  while (const auto event = m_pump.events().pop()) {
    using enum audio::AudioEventKind;
    const bool isInput = event->direction == audio::Direction::Capture;
    const bool isCurrent = m_sound ? event->generation == m_sound->generation : true;
    if (event->kind != Underflow)
      announce(std::string("audio:") + audio::toString(event->kind), "",
               {{"direction", std::string(isInput ? "capture" : "playout")},
                {"fault", std::string(audio::toString(event->fault))}});
    switch (event->kind) {
      case Failed:
        if (!isCurrent) break;
        m_audioFault = audio::toFault(event->fault, event->direction);
        Q_EMIT faultRaised(*m_audioFault);
        // Without sound there is no call to secure; a talking one goes on with what it has.
        if (m_soundCall && m_net) {
          const auto view = callView(*m_soundCall);
          if (view && view->state == CallState::Securing)
            m_net->post([call = *m_soundCall](NetSide& side) {
              side.client().audioFailed(side.now(), call);
            });
        }
        break;
      case DeviceLost:
        noteAudio(isInput ? "input_lost_default_used" : "output_lost_default_used");
        break;
      case DeviceNotFound:
        noteAudio(isInput ? "input_absent_default_used" : "output_absent_default_used");
        break;
      case DeviceBusy:
        noteAudio(isInput ? "input_busy_other_used" : "output_busy_other_used");
        break;
      case Recovered:
        noteAudio(isInput ? "input_recovered" : "output_recovered");
        if (isCurrent) m_audioFault.reset();
        wakeNetForAudio();
        break;
      case Started:
        if (isCurrent) m_audioFault.reset();
        wakeNetForAudio();
        break;
      case DefaultChanged:
      case ListChanged:
      case Underflow:
      case LatencyChanged:
      case Restarting:
      case InputSilent:
      case InputHeard:
        break;
    }
  }
  Q_EMIT audioChanged();
}

}  // namespace foyer::engine
