#include "core/media/level.h"

#include <algorithm>
#include <cmath>

namespace foyer::media {

std::int8_t levelDbfs(std::span<const std::int16_t> pcm) {
  double energy = 0;
  for (const std::int16_t s : pcm) energy += static_cast<double>(s) * s;
  if (energy == 0) return kDigitalSilenceDb;
  const double meanSquare = energy / (static_cast<double>(pcm.size()) * 32768.0 * 32768.0);
  return static_cast<std::int8_t>(std::clamp(std::lround(10 * std::log10(meanSquare)), -126L, 0L));
}

void SilentInputDetector::push(std::span<const std::int16_t> pcm) {
  const auto lastSound =
      std::find_if(pcm.rbegin(), pcm.rend(), [](std::int16_t s) { return s != 0; });
  if (lastSound != pcm.rend()) m_zeroSamples = 0;
  m_zeroSamples += lastSound - pcm.rbegin();
}

}  // namespace foyer::media
