#include "core/media/voice_output.h"

#include <algorithm>
#include <cmath>

namespace foyer::media {
namespace {

// Steady sound above this is no speech that anybody wants to hear: -8 dBFS.
constexpr float kSafeRms = 13'000;
constexpr float kLoudnessSeconds = 0.1F, kReleaseSeconds = 0.5F;
// Below this a peer is not speaking, and noise shall not swell: -50 dBFS.
constexpr float kSpeechRms = 104;

}  // namespace

void VoiceOutput::set(const VoiceOutputSettings& settings) {
  m_settings = settings;
  // A volume from a settings file or a slider may be anything.
  m_settings.volume = std::isfinite(settings.volume)
                          ? std::clamp(settings.volume, 0.0F, VoiceOutputSettings::kMaxVolume)
                          : 1.0F;
}

void VoiceOutput::process(std::span<std::int16_t> pcm) {
  const bool isIdle =
      m_volume == 1 && m_safe == 1 && m_limiter.gain() == 1 && m_level.gainDb() == 0;
  if (m_settings == VoiceOutputSettings::plain() && isIdle) return;
  while (!pcm.empty()) {
    const std::size_t n = std::min(pcm.size(), m_block.size());
    step(pcm.first(n));
    pcm = pcm.subspan(n);
  }
}

float VoiceOutput::safeGain(std::span<const float> block) {
  const float rms = rmsOf(block);
  const float seconds = static_cast<float>(block.size()) / static_cast<float>(kSampleRate);
  m_loudness += std::min(seconds / kLoudnessSeconds, 1.0F) * (rms * rms - m_loudness);
  const float wanted = std::min(1.0F, kSafeRms / std::max(std::sqrt(m_loudness), 1.0F));
  if (wanted < m_safe) return wanted;
  const float released = m_safe + (1 - m_safe) * std::min(seconds / kReleaseSeconds, 1.0F);
  return std::min(wanted, released > 0.999F ? 1.0F : released);
}

void VoiceOutput::step(std::span<std::int16_t> pcm) {
  const std::span<float> block = std::span(m_block).first(pcm.size());
  std::copy(pcm.begin(), pcm.end(), block.begin());
  if (m_settings.isLevelled) {
    m_level.process(block, rmsOf(block) > kSpeechRms);
  } else {
    m_level.leave(block);
  }
  // Gains move over a block, so that nothing clicks.
  const auto scale = [&](float& gain, float aim) {
    if (gain == 1 && aim == 1) return;
    const float move = (aim - gain) / static_cast<float>(block.size());
    for (float& s : block) s *= gain += move;
    gain = aim;
  };
  scale(m_volume, m_settings.volume);
  scale(m_safe, m_settings.isSafe ? safeGain(block) : 1.0F);
  if (m_settings.isSafe || m_limiter.gain() < 1) m_limiter.process(block);
  std::transform(block.begin(), block.end(), pcm.begin(), [](float s) {
    return static_cast<std::int16_t>(std::clamp(std::lrint(s), -32768L, 32767L));
  });
}

}  // namespace foyer::media
