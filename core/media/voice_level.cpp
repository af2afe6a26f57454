#include "core/media/voice_level.h"

#include <algorithm>
#include <cmath>

namespace foyer::media {
namespace {

// How long the level of a talker is remembered, seconds of speech.
constexpr float kMemory = 3.0F;
// Speech has pauses inside words: what is so far below the level is not counted.
constexpr float kActiveRange = 0.02F;  // -17 dB
constexpr float kRiseDbPerSecond = 6, kFastRiseDbPerSecond = 14, kFallDbPerSecond = 20;
constexpr float kFastSeconds = 2.5F;  // of speech: a new talker is brought up sooner

constexpr std::size_t kStep = 120;  // the limiter's, 2.5 ms
constexpr float kRelease = 0.985F;  // per step: half of a cut is back after 0.1 s

void ramp(std::span<float> block, float from, float to) {
  if (from == 1 && to == 1) return;
  const float step = (to - from) / static_cast<float>(block.size());
  float gain = from;
  for (float& s : block) s *= gain += step;
}

}  // namespace

float rmsToDbfs(float rms) { return rms > 0.03F ? 20 * std::log10(rms / 32768.0F) : -120; }

float rmsOf(std::span<const float> block) {
  float sum = 0;
  for (const float s : block) sum += s * s;
  return block.empty() ? 0 : std::sqrt(sum / static_cast<float>(block.size()));
}

void VoiceLevel::process(std::span<float> block, bool isVoice) {
  const float rms = rmsOf(block);
  const float seconds = static_cast<float>(block.size()) / static_cast<float>(kSampleRate);
  const float from = std::pow(10.0F, 0.05F * m_gainDb);
  if (isVoice && rms * rms > kActiveRange * m_power) {
    m_weight = std::min(m_weight + seconds, kMemory);
    m_power += std::min(seconds / m_weight, 1.0F) * (rms * rms - m_power);
  }
  if (m_weight > 0) {
    const float wanted = std::clamp(m_limits.targetDbfs - rmsToDbfs(std::sqrt(m_power)),
                                    -m_limits.maxCutDb, m_limits.maxGainDb);
    const float rise = m_weight < kFastSeconds ? kFastRiseDbPerSecond : kRiseDbPerSecond;
    // Louder only while somebody speaks, or pauses would swell.
    const float up = isVoice ? rise * seconds : 0;
    m_gainDb += std::clamp(wanted - m_gainDb, -kFallDbPerSecond * seconds, up);
  }
  ramp(block, from, std::pow(10.0F, 0.05F * m_gainDb));
}

void VoiceLevel::leave(std::span<float> block) {
  ramp(block, std::pow(10.0F, 0.05F * m_gainDb), 1);
  *this = VoiceLevel(m_limits);
}

void VoiceLimiter::process(std::span<float> block) {
  const auto wantedOf = [&](std::size_t begin) {
    float peak = 0;
    for (std::size_t i = begin; i < std::min(begin + kStep, block.size()); ++i)
      peak = std::max(peak, std::abs(block[i]));
    return peak > kCeiling ? kCeiling / peak : 1.0F;
  };
  float wanted = block.empty() ? 1.0F : wantedOf(0);
  for (std::size_t begin = 0; begin < block.size(); begin += kStep) {
    const std::size_t size = std::min(kStep, block.size() - begin);
    const float next = begin + size < block.size() ? wantedOf(begin + size) : 1.0F;
    float aim = std::min(wanted, next);
    wanted = next;
    // Half of what is missing comes back slowly; the last thousandth at once, so that quiet sound
    // is exact again.
    const float released = 1 - kRelease * (1 - m_gain);
    aim = std::min(aim, released > 0.999F ? 1.0F : released);
    if (aim == 1 && m_gain == 1) continue;
    const float step = (aim - m_gain) / static_cast<float>(size);
    for (std::size_t i = begin; i < begin + size; ++i) {
      m_gain += step;
      // Only a peak that begins with the span can come before the gain is down.
      block[i] = std::clamp(block[i] * m_gain, -kCeiling, kCeiling);
    }
    m_gain = aim;
  }
}

}  // namespace foyer::media
