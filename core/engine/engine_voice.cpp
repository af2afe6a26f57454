// What a person chose about their voice, from the settings to what runs: the seam of a call, the
// client's defaults, the loopback test.
#include <algorithm>

#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

constexpr const char* kVolumePrefix = "volume_";
constexpr auto kRelaxed = std::memory_order_relaxed;

}  // namespace

bool Engine::isOn(const char* key, bool byItself) const {
  const QString value = setting(QString::fromLatin1(key));
  return value.isEmpty() ? byItself : value == QLatin1String("on");
}

media::VoiceSettings Engine::voiceSettings() const {
  media::VoiceSettings voice;
  voice.echoCancellation = isOn("echo_cancelling", true);
  voice.noiseSuppression = isOn("noise_reduction", true);
  voice.gainControl = isOn("level_control", true);
  // Rumble is of no use to anybody, but who switches everything off wants the bare microphone.
  voice.highPass = voice.echoCancellation || voice.noiseSuppression || voice.gainControl;
  return voice;
}

media::TalkMode Engine::talkMode() const {
  const QString value = setting(QStringLiteral("talk_mode"));
  if (value == QLatin1String("voice")) return media::TalkMode::VoiceActivation;
  if (value == QLatin1String("push")) return media::TalkMode::PushToTalk;
  return media::TalkMode::OpenMic;
}

double Engine::volumeOf(const Fingerprint& person) const {
  bool isNumber = false;
  const double volume = setting(QLatin1String(kVolumePrefix) + QString::fromStdString(person.hex()))
                            .toDouble(&isNumber);
  return isNumber ? std::clamp(volume, 0.0, double{media::VoiceOutputSettings::kMaxVolume}) : 1;
}

void Engine::setVolume(const Fingerprint& person, double volume) {
  const double kept = std::clamp(volume, 0.0, double{media::VoiceOutputSettings::kMaxVolume});
  setSetting(QLatin1String(kVolumePrefix) + QString::fromStdString(person.hex()),
             kept == 1 ? QString() : QString::number(kept, 'f', 2));
}

void Engine::applyVoice(client::MediaSeam& seam, const Fingerprint& peer) const {
  seam.voice.set(voiceSettings());
  seam.voice.talkMode.store(talkMode(), kRelaxed);
  seam.voice.isTalkKeyDown.store(m_isTalkKeyDown, kRelaxed);
  // A recording is what was said, to the bit; an ear is protected.
  const bool isEar = !streamSpec(audio::Purpose::Call).output.isPaced();
  media::VoiceOutputSettings output = media::VoiceOutputSettings::plain();
  output.volume = static_cast<float>(volumeOf(peer));
  output.isLevelled = isEar && isOn("level_others", true);
  output.isSafe = isEar;
  seam.voice.set(output);
}

void Engine::sendQualityDefaults() {
  if (!m_net) return;
  m_net->post([tier = defaultQuality(), isLow = isOn("low_delay", false),
               savesSilence = isOn("silence_saving", false)](NetSide& side) {
    side.client().setQualityDefaults(side.now(), tier, isLow);
    side.client().setSilenceSaving(savesSilence);
  });
}

bool Engine::isMetered() const {
  return isOn("metered", m_systemNetwork && m_systemNetwork->isMetered());
}

void Engine::sendMetered() {
  if (!m_net) return;
  m_net->post([isMetered = isMetered()](NetSide& side) {
    side.client().setMetered(side.now(), isMetered);
  });
}

void Engine::sendDirectCalls() {
  if (m_net)
    m_net->post([isOn = isOn("direct_calls", true)](NetSide& side) { side.setDirectCalls(isOn); });
}

void Engine::onSoundSetting(const std::string& key) {
  const bool isSending = key == "low_delay" || key == "silence_saving";
  if (key == "quality" || isSending) sendQualityDefaults();
  if (key == "metered") sendMetered();
  if (key == "direct_calls") sendDirectCalls();
  if (key == "port_mapping" || key == "stun_servers" || key == "birthday") sendNetworkSettings();
  const bool isVoice = key == "echo_cancelling" || key == "noise_reduction" ||
                       key == "level_control" || key == "level_others" || key == "talk_mode" ||
                       key.starts_with(kVolumePrefix);
  if (isVoice && m_sound && m_soundCall) {
    const auto status = std::find_if(m_callStates.begin(), m_callStates.end(),
                                     [this](const auto& call) { return call.call == m_soundCall; });
    if (status != m_callStates.end()) applyVoice(*m_sound->seam, status->peerFingerprint);
  }
  if (isVoice && m_loopback) applyVoice(m_loopback->seam(), m_identity.fingerprint);
  if (isVoice || isSending) {
    Q_EMIT audioChanged();
    Q_EMIT callsChanged();
  }
}

void Engine::setTalkKey(bool isDown) {
  if (isDown == m_isTalkKeyDown) return;
  m_isTalkKeyDown = isDown;
  if (m_sound) m_sound->seam->voice.isTalkKeyDown.store(isDown, kRelaxed);
  Q_EMIT callsChanged();
}

void Engine::setLoopback(bool isOn) {
  if (isOn == (m_loopback != nullptr) || m_soundCall || !m_store) return;
  m_pump.close();
  m_meter.reset();
  m_loopback.reset();
  if (isOn) {
    auto seam = std::make_shared<client::MediaSeam>();
    applyVoice(*seam, m_identity.fingerprint);
    // The gate is for others; who tests wants to hear.
    seam->voice.talkMode.store(media::TalkMode::OpenMic, kRelaxed);
    m_loopback = std::make_unique<LoopbackAudio>(std::move(seam));
    m_audioFault.reset();
    m_pump.open(streamSpec(audio::Purpose::Call), *m_loopback);
  } else if (m_meterUsers > 0) {
    openMeterNow();
  }
  Q_EMIT audioChanged();
}

}  // namespace foyer::engine
