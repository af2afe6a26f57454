// What is heard of a peer, on its way to the loudspeaker: loudness levelling, the person's own
// volume, and a limiter for the sake of ears: no peak at full scale, and nothing that is loud for
// longer than a shout. Any block size; no delay. Owned by one thread (AUDIO); nothing allocates.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/media/voice_level.h"
#include "core/media/voice_settings.h"

namespace foyer::media {

class VoiceOutput {
 public:
  explicit VoiceOutput(const VoiceOutputSettings& settings = {}) { set(settings); }
  void set(const VoiceOutputSettings& settings);
  void process(std::span<std::int16_t> pcm);

 private:
  void step(std::span<std::int16_t> pcm);
  [[nodiscard]] float safeGain(std::span<const float> block);

  // A listener's level: less than a sender's, whose own processing has done most of it.
  static constexpr VoiceLevel::Limits kLimits{.targetDbfs = -20, .maxGainDb = 12, .maxCutDb = 12};

  VoiceOutputSettings m_settings;
  VoiceLevel m_level{kLimits};
  VoiceLimiter m_limiter;
  std::array<float, 480> m_block{};
  float m_volume = 1;
  float m_loudness = 0;  // mean square of the last tenth of a second
  float m_safe = 1;
};

}  // namespace foyer::media
